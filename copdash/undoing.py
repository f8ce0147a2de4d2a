"""Undo and redo: a gesture taken back by another one, which never overwrites what came later nor breaks a rule."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from copdash import case_studies, history, meetings, models, relations
from copdash.errors import ChangedElsewhere, Invalid, NotFound
from copdash.fields import plain, shown
from copdash.history import label_of
from copdash.models import SUBJECTS, Change, Gesture, GestureState
from copdash.roles import EDITORS
from copdash.verbs import verb

UNDO, REDO = "undo", "redo"
"""What the log calls them."""


@verb(EDITORS, UNDO, by_board=True, with_names_hidden=True)
def undo(session: Session, gesture_id: uuid.UUID | None = None) -> str:
    """Take back the actor's last gesture in this case study, or the named one while later ones stay.

    Returns what was taken back. Raises `NotFound` where there is nothing to undo, `ChangedElsewhere` where it would
    overwrite a later change.
    """
    mine = session.info["gesture"]
    target = (
        history.gesture_of(session, gesture_id)
        if gesture_id
        else next(iter(history.undoable(session, mine.case_study_id, mine.actor_id)), None)
    )
    if target is None:
        raise NotFound("There is nothing to undo.")
    if target.case_study_id != mine.case_study_id or target.state != GestureState.DONE:
        raise NotFound("That change cannot be undone: it has been undone already, or it cannot be taken back.")
    _take_back(session, target)
    target.state = GestureState.UNDONE.value
    mine.state, mine.reverts_id = GestureState.OPEN.value, target.id
    history.tell(session, f"Undid: {target.summary}")
    return target.summary


@verb(EDITORS, REDO, by_board=True, with_names_hidden=True)
def redo(session: Session) -> str:
    """Do again what the actor undid last in this case study. Returns what; raises as `undo` does."""
    mine = session.info["gesture"]
    undone = session.exec(history.open_undos(mine.case_study_id, mine.actor_id)).first()
    if undone is None:
        raise NotFound("There is nothing to redo.")
    _take_back(session, undone)
    undone.state = GestureState.FINAL.value
    target = history.gesture_of(session, undone.reverts_id)
    target.state = GestureState.DONE.value
    mine.state, mine.reverts_id = GestureState.FINAL.value, target.id
    history.tell(session, f"Redid: {target.summary}")
    session.flush()
    session.add(mine)
    session.flush()
    target.turn = mine.number or 0
    return target.summary


def _take_back(session: Session, gesture: Gesture) -> None:
    changes = session.exec(
        select(Change).where(Change.gesture_id == gesture.id).order_by(col(Change.number).desc())
    ).all()
    rows = {row.id: row for row in _rows_of(session, changes)}
    gone: dict[str, set[uuid.UUID]] = {}
    for change in changes:
        if change.before == change.after:
            continue  # a merge wrote down what it decided, and changed nothing
        table = SUBJECTS[change.subject]
        row = rows.get(change.subject_id)
        if change.before is None and not change.field:
            if row is not None:
                _compare(session, change, history.snapshot(row))
                session.delete(row)
                rows.pop(change.subject_id)
                gone.setdefault(change.subject, set()).add(change.subject_id)
        elif change.field:
            if row is None:
                raise ChangedElsewhere(f"{label_of(change)}: the row has been deleted since; bring it back first.")
            current = plain(getattr(row, change.field))
            if current != change.after:
                raise _overwrites(change, change.field, change.after, current)
            if session.deleted:
                session.flush()  # as below
            setattr(row, change.field, history.restored(table, {change.field: change.before})[change.field])
        else:
            if row is not None:
                raise ChangedElsewhere("It is back already.")
            if session.deleted:
                session.flush()  # what must be unique is free again before another row takes it
            rows[change.subject_id] = table(**history.restored(table, change.before))
            _refuse_doubled_invitation(session, rows[change.subject_id])
            session.add(rows[change.subject_id])
    session.flush()
    _refuse_orphans(session, changes, gone, rows)
    _keep_the_rules(session, changes, rows)


def _rows_of(session: Session, changes: Sequence[Change]) -> list[Any]:
    found: list[Any] = []
    for subject, table in SUBJECTS.items():
        ids = list({change.subject_id for change in changes if change.subject == subject})
        for part in history.parts(ids):
            statement = select(table).where(table.id.in_(part)).with_for_update()  # type: ignore[attr-defined]
            found.extend(session.exec(statement).all())
    return found


def _compare(session: Session, change: Change, current: dict[str, Any]) -> None:
    for field, now in current.items():  # a row older than a column was added with the column's default
        default = SUBJECTS[change.subject].model_fields[field].get_default()
        after = change.after.get(field, plain(default))
        if field not in history.ARRANGED and now != after:
            raise _overwrites(change, field, after, current[field])


def _overwrites(change: Change, field: str, after: Any, current: Any) -> ChangedElsewhere:
    return ChangedElsewhere(
        f"{label_of(change, field)} was changed since: this change made it {shown(after)}, now it is {shown(current)}. "
        "Undoing would overwrite that, so nothing was done."
    )


_REFERENCES = (
    (models.Stakeholder, "case_study_id", "case_study", "A stakeholder was added to it"),
    (models.Meeting, "case_study_id", "case_study", "A meeting was added to it"),
    (models.Milestone, "case_study_id", "case_study", "A milestone was added to it"),
    (models.Version, "case_study_id", "case_study", "Its map was frozen"),
    (models.Version, "meeting_id", "meeting", "The map was frozen after it"),
    (models.Action, "stakeholder_id", "stakeholder", "An action was set for it"),
    (models.Action, "meeting_id", "meeting", "An action was set for it"),
    (models.Call, "case_study_id", "case_study", "Leader and KWR spoke about it"),
    (models.Note, "call_id", "call", "A note was made in it"),
    (models.Action, "call_id", "call", "An action came out of it"),
    (models.Relation, "from_id", "stakeholder", "A tie was drawn to it"),
    (models.Relation, "to_id", "stakeholder", "A tie was drawn to it"),
    (models.Invitation, "stakeholder_id", "stakeholder", "It was invited to a meeting"),
    (models.Invitation, "meeting_id", "meeting", "Somebody was invited to it"),
    (models.AgendaBlock, "meeting_id", "meeting", "An agenda was written for it"),
    (models.Preparation, "meeting_id", "meeting", "A task was given to it"),
    (models.Contribution, "meeting_id", "meeting", "It was linked to a milestone"),
    (models.Contribution, "milestone_id", "milestone", "A meeting was linked to it"),
    (models.Baseline, "case_study_id", "case_study", "Its roadmap was agreed"),
    (models.Comment, "case_study_id", "case_study", "Somebody commented on it"),
    (models.Comparison, "stakeholder_id", "stakeholder", "It was compared with another one"),
)


def _refuse_orphans(
    session: Session, changes: Sequence[Change], gone: dict[str, set[uuid.UUID]], rows: dict[uuid.UUID, Any]
) -> None:
    for table, field, subject, what in _REFERENCES:
        for part in history.parts(list(gone.get(subject, ()))):
            if session.exec(select(table.id).where(getattr(table, field).in_(part))).first():
                raise ChangedElsewhere(f"{what} since; undo that first. Nothing was done.")
    back = {change.subject_id for change in changes if change.field or change.after is None}
    for table, field, subject, _ in _REFERENCES:
        needed = {getattr(rows[i], field) for i in back if isinstance(rows.get(i), table)} - {None}
        found: set[uuid.UUID] = set()
        target: Any = SUBJECTS[subject]
        for part in history.parts(list(needed)):
            found.update(session.exec(select(target.id).where(target.id.in_(part))))
        if needed - found:
            what = subject.replace("_", " ")
            raise ChangedElsewhere(f"The {what} it belongs to has been deleted since; bring that back first.")


def _refuse_doubled_invitation(session: Session, row: models.Base) -> None:
    if isinstance(row, models.Contribution):
        alike = (models.Contribution.meeting_id == row.meeting_id, models.Contribution.milestone_id == row.milestone_id)
        if session.exec(select(models.Contribution.id).where(*alike)).first() is not None:
            raise ChangedElsewhere("Somebody linked that milestone again since. Nothing was done.")
    if not isinstance(row, models.Invitation):
        return
    same = (models.Invitation.meeting_id == row.meeting_id, models.Invitation.stakeholder_id == row.stakeholder_id)
    if session.exec(select(models.Invitation.id).where(*same)).first() is not None:
        raise ChangedElsewhere("Somebody invited that stakeholder again since. Nothing was done.")


def _keep_the_rules(session: Session, changes: Sequence[Change], rows: dict[uuid.UUID, Any]) -> None:
    """What came back stands beside what was changed since: together they must still keep the rules of the verbs."""
    try:
        for row in {change.subject_id: rows.get(change.subject_id) for change in changes}.values():
            if isinstance(row, models.CaseStudy):
                case_studies.check(row)
            elif isinstance(row, models.Meeting):
                meetings.check(row)
            elif isinstance(row, models.Relation):
                relations.check(row)
        relations.refuse_doubles(session, [row for row in rows.values() if isinstance(row, models.Relation)])
    except Invalid as broken:
        raise ChangedElsewhere(
            f"Together with what was changed since, this cannot be: {broken} Nothing was done."
        ) from None

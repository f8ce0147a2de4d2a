"""The change log: who changed what. Rows change only through the session; the log writes itself.

`install` hangs a listener on our own sessionmaker (on SQLAlchemy's global Session it would log twice after a reload).
Bulk updates and deletes would pass it by and are refused.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, sessionmaker
from sqlmodel import Session, col, select

from copdash import models, words
from copdash.errors import Invalid, NotFound
from copdash.fields import (
    ACTION,
    AGENDA,
    BASELINE,
    CALL,
    CASE_STUDY,
    COMMENT,
    COMPARISON,
    FIELDS_SHOWN,
    INVITATION,
    MEETING,
    MILESTONE,
    NOTE,
    PREPARATION,
    RELATION,
    STAKEHOLDER,
    VERSION,
    Column,
    plain,
    shown,
)
from copdash.models import SUBJECTS, Change, Gesture, GestureState
from copdash.roles import PROGRAM

DEEP = 50
"""How many of a person's gestures in a case study can be undone."""

ARRANGED = {"position", "network_x", "network_y"}
"""Where a row stands on a screen; a row that only moved there can still be undone away."""

SUMMED_UP = {"series_id", "merged_from"}
"""Fields whose values say nothing to a person: a history tells what was done instead."""

_LABELS: dict[str, dict[str, Column]] = {
    "case_study": {**CASE_STUDY, **FIELDS_SHOWN},
    "stakeholder": dict(STAKEHOLDER),
    "relation": dict(RELATION),
    "meeting": dict(MEETING),
    "milestone": dict(MILESTONE),
    "invitation": dict(INVITATION),
    "agenda_block": dict(AGENDA),
    "preparation": dict(PREPARATION),
    "baseline": dict(BASELINE),
    "comment": dict(COMMENT),
    "comparison": dict(COMPARISON),
    "version": dict(VERSION),
    "call": dict(CALL),
    "note": dict(NOTE),
    "action": dict(ACTION),
}


@dataclass(frozen=True)
class Entry:
    """One line of a history, ready to be read: when and by whom which field went from what to what."""

    gesture_id: uuid.UUID
    at: dt.datetime
    actor_name: str
    summary: str
    label: str
    before: str
    after: str


# ---- writing the log ------------------------------------------------------------------------------------------------


def install(sessions: sessionmaker[Session]) -> None:
    """Make every session of this sessionmaker write the change log and refuse what would pass it by."""
    event.listen(sessions, "before_flush", _log)
    event.listen(sessions, "do_orm_execute", _refuse_bulk)
    for table in SUBJECTS.values():
        for attribute in sa.inspect(table).column_attrs:
            getattr(table, attribute.key).impl.active_history = True


def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete:
        raise RuntimeError("Bulk updates and deletes pass the change log by; change rows through the session")


def _log(session: Session, context: object, instances: object) -> None:
    gesture = session.info.get("gesture")
    entries: list[Change] = []

    def note(row: Any, field: str, before: Any, after: Any) -> None:
        if gesture is None:
            raise RuntimeError("A row was changed outside store.writing()")
        case_study_id = row.id if isinstance(row, models.CaseStudy) else row.case_study_id
        session.info["touched"].add(case_study_id)
        entries.append(
            Change(
                gesture_id=gesture.id,
                case_study_id=case_study_id,
                subject=row.__tablename__,
                subject_id=row.id,
                field=field,
                before=before,
                after=after,
            )
        )

    for row in session.new:
        if type(row).__tablename__ in SUBJECTS:
            note(row, "", None, snapshot(row))
    for row in session.dirty:
        if type(row).__tablename__ in SUBJECTS:
            for attribute in sa.inspect(row).attrs:
                history = attribute.load_history()
                if history.has_changes():
                    before = plain(history.deleted[0]) if history.deleted else None
                    after = plain(history.added[0]) if history.added else None
                    if before != after:
                        note(row, attribute.key, before, after)
    for row in session.deleted:
        if type(row).__tablename__ in SUBJECTS:
            note(row, "", snapshot(row), None)
    session.add_all(entries)


def snapshot(row: models.Base) -> dict[str, Any]:
    """All columns of a row as JSON knows them."""
    return {name: plain(getattr(row, name)) for name in row.__class__.model_fields}


def restored(table: type[models.Base], values: dict[str, Any]) -> dict[str, Any]:
    """Column values back from JSON: the inverse of `snapshot`, for columns that the table still has."""
    columns = sa.inspect(table).columns
    return {name: _from_json(columns[name].type, value) for name, value in values.items() if name in columns}


def _from_json(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.Uuid):
        return uuid.UUID(value)
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat(value)
    if isinstance(kind, models.Moment):
        return dt.datetime.fromisoformat(value)
    return value


def tell(session: Session, summary: str) -> None:
    """Name the gesture for «recent changes», in words such as «Moved Province»; the first one told stays."""
    gesture = session.info["gesture"]
    if not gesture.summary:
        gesture.summary = words.shortened(summary, 160)


def retell(session: Session, summary: str) -> None:
    """Name the gesture anew, where several verbs made one gesture."""
    session.info["gesture"].summary = ""
    tell(session, summary)


def known(session: Session, gesture_id: uuid.UUID, digest: str = "") -> bool:
    """Whether this gesture has already been carried out (a browser sends it again until it hears so).

    `digest` is that of its content; raises `Invalid` where the log holds another content under the same id.
    """
    found = session.exec(select(Gesture.digest).where(Gesture.id == gesture_id)).first()
    if found and digest and found != digest:
        raise Invalid(
            "Something else has been saved under this number, so this was not. Reload the page and do it again."
        )
    return found is not None


def forget(session: Session) -> None:
    """This transaction does nothing after all, and leaves nothing in the log."""
    session.info["named"] = False


def seal(session: Session) -> None:
    """Before the commit: give the gesture its place on the undo stack; a new gesture clears the actor's redo.

    A gesture that a browser named is kept although it changed nothing: sent again, it must not be done again.
    """
    session.flush()
    gesture: Gesture = session.info["gesture"]
    if not session.info["touched"]:
        if gesture.reverts_id is None:
            gesture.state, gesture.summary = GestureState.FINAL.value, ""
        if gesture.reverts_id is not None or session.info["named"]:
            session.add(gesture)
            session.flush()
            gesture.turn = gesture.number or 0
        return
    session.add(gesture)
    session.flush()
    gesture.turn = gesture.number or 0
    if gesture.state == GestureState.DONE:
        for undo_gesture in session.exec(open_undos(gesture.case_study_id, gesture.actor_id)):
            undo_gesture.state = GestureState.FINAL.value
            gesture_of(session, undo_gesture.reverts_id).state = GestureState.FINAL.value
    session.flush()


def open_undos(case_study_id: uuid.UUID | None, actor_id: uuid.UUID) -> Any:
    """The undo gestures of this actor in this case study that a redo could still take back, newest first."""
    return (
        select(Gesture)
        .where(
            Gesture.case_study_id == case_study_id,
            Gesture.actor_id == actor_id,
            Gesture.state == GestureState.OPEN.value,
        )
        .order_by(col(Gesture.number).desc())
    )


# ---- what can be undone ----------------------------------------------------------------------------------------------


def undoable(
    session: Session, case_study_id: uuid.UUID | None, actor_id: uuid.UUID, *, most: int = DEEP
) -> list[Gesture]:
    """What this actor could undo in this case study, newest first; `most` of it."""
    within = (
        select(Gesture.number)
        .where(
            Gesture.case_study_id == case_study_id,
            Gesture.actor_id == actor_id,
            col(Gesture.state).in_([GestureState.DONE.value, GestureState.UNDONE.value]),
        )
        .order_by(col(Gesture.turn).desc())
        .limit(DEEP)
    )
    statement = (
        select(Gesture)
        .where(col(Gesture.number).in_(within), Gesture.state == GestureState.DONE.value)
        .order_by(col(Gesture.turn).desc())
        .limit(most)
    )
    return list(session.exec(statement).all())


def redoable(session: Session, case_study_id: uuid.UUID, actor_id: uuid.UUID) -> Gesture | None:
    """The undo that this actor's redo would take back."""
    found: Gesture | None = session.exec(open_undos(case_study_id, actor_id).limit(1)).first()
    return found


def gesture_of(session: Session, gesture_id: uuid.UUID | None) -> Gesture:
    """One gesture by its id; raises `NotFound`."""
    found = session.exec(select(Gesture).where(Gesture.id == gesture_id)).first()
    if found is None:
        raise NotFound("That change is not in the history.")
    return found


def parts(ids: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    """Portions small enough for one IN clause."""
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def label_of(change: Change, field: str | None = None) -> str:
    """The label of the changed field, as it is on the screen."""
    column = _LABELS.get(change.subject, {}).get(field or change.field)
    return column.label if column else (field or change.field).replace("_", " ").capitalize()


# ---- reading the log ------------------------------------------------------------------------------------------------


def version(session: Session, case_study_id: uuid.UUID | None = None) -> int:
    """How far a case study has come: the number of its latest change. Only ever grows.

    For None the whole store: how many gestures it holds, as numbers of different case studies may be committed in
    another order than they were given.
    """
    if case_study_id is None:
        return session.exec(select(sa.func.count(col(Gesture.number)))).one()
    latest = select(sa.func.max(Change.number)).where(Change.case_study_id == case_study_id)
    return session.exec(latest).one() or 0


class Mark(NamedTuple):
    """How far a case study has come, and by which gesture: no other state of it, in whatever store, is marked so."""

    number: int
    gesture_id: uuid.UUID | None


def mark(session: Session, case_study_id: uuid.UUID) -> Mark:
    """`version` of a case study with the gesture of its latest change."""
    latest = (
        select(Change.number, Change.gesture_id)
        .where(Change.case_study_id == case_study_id)
        .order_by(col(Change.number).desc())
        .limit(1)
    )
    found = session.exec(latest).first()
    return Mark(*found) if found else Mark(0, None)


def versions(session: Session, case_study_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """`version` of several case studies, read in one go; those without any change are left out."""
    found: dict[uuid.UUID, int] = {}
    latest = (
        select(sa.func.max(Change.number))
        .where(col(Change.case_study_id) == col(models.CaseStudy.id))
        .correlate(models.CaseStudy)
        .scalar_subquery()
    )
    for part in parts(list(case_study_ids)):
        statement = select(models.CaseStudy.id, latest).where(col(models.CaseStudy.id).in_(part))
        found.update({row_id: number for row_id, number in session.exec(statement).all() if number is not None})
    return found


def recent(session: Session, case_study_id: uuid.UUID, *, limit: int = 30) -> list[Gesture]:
    """The latest gestures in a case study, newest first, the program's own left out."""
    statement = (
        select(Gesture)
        .where(
            Gesture.case_study_id == case_study_id,
            Gesture.actor_id != PROGRAM.id,
            Gesture.summary != "",  # it changed nothing
        )
        .order_by(col(Gesture.at).desc(), col(Gesture.number).desc())
        .limit(limit)
    )
    return list(session.exec(statement).all())


def author(gesture: Gesture) -> str:
    """Who did it, to be read; what a file says that somebody did is told as such, because files are unsigned."""
    return f"{gesture.actor_name} (by file)" if gesture.state == GestureState.ELSEWHERE else gesture.actor_name


def of_subject(session: Session, subject_id: uuid.UUID, *, limit: int = 100) -> list[Entry]:
    """The history of one stakeholder, tie, meeting or milestone, newest first."""
    statement = (
        select(Change, Gesture)
        .join(Gesture, col(Gesture.id) == Change.gesture_id)
        .where(Change.subject_id == subject_id)
        .order_by(col(Gesture.at).desc(), col(Change.number).desc())
        .limit(limit)
    )
    entries = []
    for change, gesture in session.exec(statement).all():
        if change.field in ARRANGED or change.before == change.after:
            continue
        whole = not change.field or change.field in SUMMED_UP
        came = gesture.summary if change.field else "Added" if change.before is None else "Deleted"
        entries.append(
            Entry(
                gesture.id,
                gesture.at,
                author(gesture),
                gesture.summary,
                came if whole else label_of(change),
                "" if whole else shown(change.before),
                "" if whole else shown(change.after),
            )
        )
    return entries


def revisions(session: Session, case_study_id: uuid.UUID, subject: str) -> dict[uuid.UUID, tuple[int, dt.datetime]]:
    """How many entries the log has of each row of a table in a case study, and when the latest was made."""
    statement = (
        select(Change.subject_id, sa.func.count(col(Change.number)), sa.func.max(col(Gesture.at)))
        .join(Gesture, col(Gesture.id) == Change.gesture_id)
        .where(Change.case_study_id == case_study_id, Change.subject == subject)
        .group_by(col(Change.subject_id))
    )
    return {row_id: (count, at) for row_id, count, at in session.exec(statement).all()}


def last_said(session: Session, case_study_id: uuid.UUID, subject: str) -> dict[uuid.UUID, dict[str, Any]]:
    """What each row of a table last said in each field, deleted rows and emptied fields too; values as JSON knows them.

    What was done in another store counts as well: it may have been passed on from there.
    """
    found: dict[uuid.UUID, dict[str, Any]] = {}
    statement = select(Change).where(Change.case_study_id == case_study_id, Change.subject == subject)
    for change in session.exec(statement.order_by(col(Change.number))):
        row = found.setdefault(change.subject_id, {})
        said = (change.after or change.before or {}) if not change.field else {change.field: change.after}
        row.update({name: value for name, value in said.items() if value is not None})
    return found


def last_author(session: Session, subject_id: uuid.UUID, field: str) -> str:
    """Who changed this field last, for a sentence; «somebody» when the log does not say."""
    statement = (
        select(Gesture.actor_name)
        .join(Change, col(Change.gesture_id) == Gesture.id)
        .where(
            Change.subject_id == subject_id,
            col(Change.field).in_([field, ""]),
            Gesture.state != GestureState.ELSEWHERE.value,
        )
        .order_by(col(Change.number).desc())
    )
    return session.exec(statement).first() or "somebody"


def stored(session: Session, table: type[models.Base]) -> dict[uuid.UUID, dict[str, Any]]:
    """The rows of one table as they are, by id, as JSON knows them; what `replayed` must equal."""
    kept: Any = table
    return {row.id: snapshot(row) for row in session.exec(select(kept)).all()}


def replayed(session: Session, subject: str) -> dict[uuid.UUID, dict[str, Any]]:
    """The rows of one table as the change log alone tells them; equals the table, or the log has a hole."""
    rows: dict[uuid.UUID, dict[str, Any]] = {}
    here = (
        select(Change)
        .join(Gesture, col(Gesture.id) == Change.gesture_id)
        .where(Gesture.state != GestureState.ELSEWHERE.value)
    )
    for change in session.exec(here.where(Change.subject == subject).order_by(col(Change.number))):
        if change.field:
            if change.subject_id not in rows:
                raise Invalid(f"The log changes {subject} {change.subject_id}, which it never added")
            rows[change.subject_id][change.field] = change.after
        elif change.after is None:
            rows.pop(change.subject_id, None)
        else:
            rows[change.subject_id] = dict(change.after)
    return rows

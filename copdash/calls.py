"""One-on-one calls between the leader of a case study and KWR: who spoke when, notes, and what was agreed to do.

At most one call of a case study is under way. A note that becomes an action is that action, and no note any more.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from copdash import actions, history, rows, words
from copdash.analysis import roadmap_news
from copdash.errors import Invalid
from copdash.fields import CALL, NOTE, clean
from copdash.models import (
    Action,
    AgendaBlock,
    Call,
    Change,
    Contribution,
    Gesture,
    GestureState,
    Invitation,
    Meeting,
    Milestone,
    Note,
    Preparation,
    Role,
)
from copdash.roles import EDITORS, PROGRAM, Actor
from copdash.verbs import acting, verb

FINISHED = "call_finished"
"""The name of the gesture that ends a call."""


@verb(EDITORS, "call_begun")
def begin(
    session: Session, case_study_id: uuid.UUID, *, people: str | None = None, id: uuid.UUID | None = None
) -> Call:
    """A call begins now; `people` are whoever speaks, by default the actor and who was here last for the other side.

    Raises `Invalid` where one is under way.
    """
    if under_way(session, case_study_id) is not None:
        raise Invalid("A call about this case study is under way already; finish that one first.")
    spoke = usual_people(session, case_study_id, acting(session)) if people is None else people
    row = Call(id=id or uuid.uuid4(), case_study_id=case_study_id, begun_at=_now(), **clean(CALL, {"people": spoke}))
    rows.added(session, row)
    history.tell(session, f"Began a call: {row.people}" if row.people else "Began a call")
    return row


@verb(EDITORS, FINISHED)
def finish(session: Session, call_id: uuid.UUID) -> None:
    """The call is over, now; one that is over already stays so. Raises `NotFound`."""
    row = rows.find(session, Call, call_id)
    if row.ended_at is None:
        row.ended_at = _now()
        history.tell(session, f"Finished the call: {row.people}" if row.people else "Finished the call")


@verb(EDITORS, "call_edited")
def edit(
    session: Session, call_id: uuid.UUID, *, values: Mapping[str, object], seen: Mapping[str, object] | None = None
) -> None:
    """Change who spoke. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Call, call_id)
    if rows.revise(session, row, CALL, values, seen):
        history.tell(session, f"Changed who spoke in the call: {row.people}")


@verb(EDITORS, "call_removed")
def remove(session: Session, call_id: uuid.UUID) -> None:
    """Delete a call with its notes; actions that came out of it stay. Raises `NotFound`."""
    row = rows.find(session, Call, call_id)
    for note in session.exec(select(Note).where(Note.call_id == row.id)).all():
        session.delete(note)
    for action in session.exec(select(Action).where(Action.call_id == row.id)).all():
        action.call_id = None
    session.delete(row)
    history.tell(session, f"Deleted the call of {words.day(row.begun_at)}")


# ---- notes ----------------------------------------------------------------------------------------------------------


@verb(EDITORS, "noted")
def note(session: Session, call_id: uuid.UUID, *, text: str, id: uuid.UUID | None = None) -> Note:
    """Keep a note of what was said. Raises `Invalid` for an empty one, `NotFound`."""
    call = rows.find(session, Call, call_id)
    row = Note(
        id=id or uuid.uuid4(),
        case_study_id=call.case_study_id,
        call_id=call.id,
        written_at=_now(),
        **clean(NOTE, {"text": text, "author_name": acting(session).name}),
    )
    rows.added(session, row)
    history.tell(session, f"Noted: {' '.join(row.text.split())}")
    return row


@verb(EDITORS, "note_edited")
def edit_note(
    session: Session, note_id: uuid.UUID, *, values: Mapping[str, object], seen: Mapping[str, object] | None = None
) -> None:
    """Change the words of a note. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Note, note_id)
    if rows.revise(session, row, NOTE, values, seen):
        history.tell(session, "Changed a note of the call")


@verb(EDITORS, "note_removed")
def remove_note(session: Session, note_id: uuid.UUID) -> None:
    """Delete a note. Raises `NotFound`."""
    row = rows.find(session, Note, note_id)
    session.delete(row)
    history.tell(session, f"Deleted the note: {' '.join(row.text.split())}")


@verb(EDITORS, "agreed_in_call")
def agree(
    session: Session, note_id: uuid.UUID, *, title: str, owner: str = "", due_on: dt.date | str | None = None
) -> Action:
    """A note becomes an action with somebody who sees to it and a day. Raises `Invalid`, `NotFound`."""
    row = rows.find(session, Note, note_id)
    made = actions.add(session, row.case_study_id, call_id=row.call_id, title=title, owner=owner, due_on=due_on)
    session.delete(row)
    history.retell(session, f"Agreed in the call: {made.title}" + (f" ({made.owner})" if made.owner else ""))
    return made


# ---- questions ------------------------------------------------------------------------------------------------------


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Call]:
    """All calls about a case study, the latest first."""
    statement = select(Call).where(Call.case_study_id == case_study_id)
    return list(session.exec(statement.order_by(col(Call.begun_at).desc(), col(Call.id))).all())


def under_way(session: Session, case_study_id: uuid.UUID) -> Call | None:
    """The call that has not ended; the latest, where files brought several."""
    return next((row for row in of_case(session, case_study_id) if row.ended_at is None), None)


def notes_of_case(session: Session, case_study_id: uuid.UUID) -> dict[uuid.UUID, list[Note]]:
    """The notes by call, in the order in which they were written."""
    statement = select(Note).where(Note.case_study_id == case_study_id).order_by(col(Note.written_at), col(Note.id))
    found: dict[uuid.UUID, list[Note]] = {}
    for row in session.exec(statement).all():
        found.setdefault(row.call_id, []).append(row)
    return found


def side(session: Session, case_study_id: uuid.UUID, role: Role) -> str:
    """Who was last here for one side, leader or KWR, by what they did in this case study; empty if nobody was."""
    statement = (
        select(Gesture)
        .where(
            Gesture.case_study_id == case_study_id,
            Gesture.actor_role == role.value,
            Gesture.actor_id != PROGRAM.id,
        )
        .order_by(col(Gesture.at).desc())
        .limit(1)
    )
    found = session.exec(statement).first()
    return found.actor_name if found else ""


def usual_people(session: Session, case_study_id: uuid.UUID, actor: Actor) -> str:
    """Whoever is likely to speak: the actor, and who was last here for the other side."""
    other = Role.LEADER if actor.role == Role.KWR else Role.KWR
    return ", ".join(dict.fromkeys(filter(None, (actor.name, side(session, case_study_id, other)))))


def news_since(session: Session, case_study_id: uuid.UUID, moment: dt.datetime) -> list[roadmap_news.News]:
    """What became of meetings, milestones, list and map after a moment, then against now."""
    entries = _entries(session, case_study_id, moment)
    named: list[Any] = [row for table in (Meeting, Milestone) for row in rows.of_case(session, table, case_study_id)]
    parts: list[Any] = [
        row
        for table in (Invitation, AgendaBlock, Preparation, Contribution)
        for row in rows.of_case(session, table, case_study_id)
    ]
    titles = {str(row.id): row.title for row in named}
    return roadmap_news.news(entries, titles, {str(row.id): str(row.meeting_id) for row in parts})


def _entries(session: Session, case_study_id: uuid.UUID, moment: dt.datetime) -> list[roadmap_news.Entry]:
    """What the log says of it, oldest first. Of whole stakeholders and ties only that they came or went: an import
    writes thousands of them, and nobody asks what was in them."""
    whole = sa.and_(col(Change.field) == "", col(Change.subject).in_(roadmap_news.COUNTED))
    after = (
        col(Change.case_study_id) == case_study_id,
        col(Change.subject).in_(roadmap_news.SUBJECTS),
        col(Gesture.at) > moment,
        col(Gesture.state) != GestureState.ELSEWHERE.value,  # its effect is that of the merge that brought it
    )
    by_gesture = col(Gesture.id) == col(Change.gesture_id)
    common = (
        *(col(Change.number), col(Change.subject), col(Change.subject_id), col(Change.field)),
        col(Gesture.actor_name),
    )
    read = sa.select(*common, col(Change.before), col(Change.after)).join(Gesture, by_gesture).where(*after, ~whole)
    came = col(Change.before).is_(sa.null()).label("came")
    counted = sa.select(*common, came).join(Gesture, by_gesture).where(*after, whole)
    found = [(number, (*entry, was, now), by) for number, *entry, by, was, now in session.execute(read) if was != now]
    found += [
        (number, (*entry, None if new else {}, {} if new else None), by)
        for number, *entry, by, new in session.execute(counted)
    ]
    found.sort(key=lambda one: one[0])
    return [
        roadmap_news.Entry(subject, str(row_id), field, was, now, by)
        for _, (subject, row_id, field, was, now), by in found
    ]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)

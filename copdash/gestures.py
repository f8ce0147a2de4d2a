"""The edge: turns what a board sends into verbs, one gesture one transaction. Knows no Streamlit.

A browser sends a gesture again until it hears that it was carried out or refused; one that is in the log already is
acknowledged and not done twice.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from sqlmodel import Session

from copdash import history, meetings, milestones, relations, stakeholders, store, undoing
from copdash.errors import Busy, Problem
from copdash.roles import Actor

MOST = 2_000
"""Rows one gesture may touch."""

Value = str | float | int | bool | None
Values = dict[str, Value]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Addition(_Sent):
    """A new row: the id that its author gave it, and its fields."""

    id: uuid.UUID
    values: Values


class Revision(_Sent):
    """New values of a row beside those that its author saw."""

    id: uuid.UUID
    values: Values
    seen: Values


class Move(_Sent):
    """A place on the power-interest grid, 0-10 each, beside the one its author saw."""

    id: uuid.UUID
    power: float | None
    interest: float | None
    seen: Values


class Spot(_Sent):
    """Where somebody stood in the network picture; None where nowhere yet."""

    x: float | None
    y: float | None


class Place(_Sent):
    """A place in the network picture, in its own units, beside the one its author saw."""

    id: uuid.UUID
    x: float
    y: float
    seen: Spot | None = None


class Ends(_Sent):
    """From where to where a tie went when its author saw it."""

    from_id: uuid.UUID
    to_id: uuid.UUID


class _Gesture(_Sent):
    id: uuid.UUID
    case_study_id: uuid.UUID


class Edited(_Gesture):
    """Cells of the list: changed, and rows added, in one go (typing, pasting, changing many together)."""

    name: Literal["edited"]
    edits: list[Revision] = Field(default_factory=list, max_length=MOST)
    additions: list[Addition] = Field(default_factory=list, max_length=MOST)


class Removed(_Gesture):
    """Stakeholders deleted."""

    name: Literal["removed"]
    stakeholder_ids: list[uuid.UUID] = Field(min_length=1, max_length=20_000)


class Moved(_Gesture):
    """Dots moved on the grid, from the tray or back to it."""

    name: Literal["moved"]
    moves: list[Move] = Field(min_length=1, max_length=MOST)


class Arranged(_Gesture):
    """Nodes put elsewhere in the network picture."""

    name: Literal["arranged"]
    places: list[Place] = Field(min_length=1, max_length=MOST)


class Tied(_Gesture):
    """A tie drawn."""

    name: Literal["tied"]
    relation_id: uuid.UUID
    from_id: uuid.UUID
    to_id: uuid.UUID
    type: str
    directed: bool = True
    strength: int = 1
    status: str = "Existing"


class TieEdited(_Gesture):
    """What a tie is changed: type, direction, strength, status, evidence, days."""

    name: Literal["tie_edited"]
    relation_id: uuid.UUID
    values: Values
    seen: Values


class TieTurned(_Gesture):
    """A tie made to point the other way."""

    name: Literal["tie_turned"]
    relation_id: uuid.UUID
    seen: Ends


class Cut(_Gesture):
    """Ties deleted."""

    name: Literal["cut"]
    relation_ids: list[uuid.UUID] = Field(min_length=1, max_length=MOST)


class Planned(_Gesture):
    """A meeting made, with days if it was dropped on the timeline."""

    name: Literal["planned"]
    meeting_id: uuid.UUID
    values: Values


class PlannedAll(_Gesture):
    """Several meetings made at once, as by pasting lines of dates and titles."""

    name: Literal["planned_all"]
    meetings: list[Addition] = Field(min_length=1, max_length=MOST)


class Rescheduled(_Gesture):
    """A meeting moved or resized on the timeline; without a start it goes back to the palette."""

    name: Literal["rescheduled"]
    meeting_id: uuid.UUID
    starts_on: str | None
    ends_on: str | None
    seen: Values


class MeetingEdited(_Gesture):
    """Fields of a meeting changed."""

    name: Literal["meeting_edited"]
    meeting_id: uuid.UUID
    values: Values
    seen: Values


class Invited(_Gesture):
    """The list of invited stakeholders chosen anew."""

    name: Literal["invited"]
    meeting_id: uuid.UUID
    stakeholder_ids: list[uuid.UUID] = Field(max_length=20_000)
    seen: list[uuid.UUID] = Field(max_length=20_000)


class MeetingsRemoved(_Gesture):
    """Meetings deleted."""

    name: Literal["meetings_removed"]
    meeting_ids: list[uuid.UUID] = Field(min_length=1, max_length=MOST)


class MilestoneSet(_Gesture):
    """A milestone made."""

    name: Literal["milestone_set"]
    milestone_id: uuid.UUID
    values: Values


class MilestoneEdited(_Gesture):
    """A milestone changed."""

    name: Literal["milestone_edited"]
    milestone_id: uuid.UUID
    values: Values
    seen: Values


class MilestonesRemoved(_Gesture):
    """Milestones deleted."""

    name: Literal["milestones_removed"]
    milestone_ids: list[uuid.UUID] = Field(min_length=1, max_length=MOST)


class Undo(_Gesture):
    """The last gesture taken back, or the named one."""

    name: Literal["undo"]
    gesture_id: uuid.UUID | None = None


class Redo(_Gesture):
    """The last undo taken back."""

    name: Literal["redo"]


AnyGesture = Annotated[
    Edited
    | Removed
    | Moved
    | Arranged
    | Tied
    | TieEdited
    | TieTurned
    | Cut
    | Planned
    | PlannedAll
    | Rescheduled
    | MeetingEdited
    | Invited
    | MeetingsRemoved
    | MilestoneSet
    | MilestoneEdited
    | MilestonesRemoved
    | Undo
    | Redo,
    Field(discriminator="name"),
]
_SENT: TypeAdapter[Any] = TypeAdapter(AnyGesture)


def _edited(session: Session, g: Edited) -> None:
    if g.additions:
        stakeholders.add_all(session, g.case_study_id, [(row.id, row.values) for row in g.additions])
    for row in g.edits:
        stakeholders.edit(session, row.id, values=row.values, seen=row.seen)
    if len(g.edits) + len(g.additions) > 1:
        history.retell(session, f"Changed {len(g.edits) + len(g.additions)} rows of the list")


def _moved(session: Session, g: Moved) -> None:
    for m in g.moves:
        stakeholders.move(session, m.id, power=m.power, interest=m.interest, seen=m.seen)
    if len(g.moves) > 1:
        history.retell(session, f"Moved {len(g.moves)} stakeholders")


def _planned_all(session: Session, g: PlannedAll) -> None:
    for row in g.meetings:
        meetings.plan(session, g.case_study_id, id=row.id, **row.values)
    if len(g.meetings) > 1:
        history.retell(session, f"Planned {len(g.meetings)} meetings")


_VERBS: dict[type[_Gesture], Callable[[Session, Any], object]] = {
    Edited: _edited,
    Removed: lambda s, g: stakeholders.remove(s, g.stakeholder_ids),
    Moved: _moved,
    Arranged: lambda s, g: stakeholders.arrange(
        s, {p.id: (p.x, p.y) for p in g.places}, seen={p.id: (p.seen.x, p.seen.y) for p in g.places if p.seen}
    ),
    Tied: lambda s, g: relations.tie(
        s,
        g.case_study_id,
        id=g.relation_id,
        from_id=g.from_id,
        to_id=g.to_id,
        type=g.type,
        directed=g.directed,
        strength=g.strength,
        status=g.status,
    ),
    TieEdited: lambda s, g: relations.edit(s, g.relation_id, values=g.values, seen=g.seen),
    TieTurned: lambda s, g: relations.turn(s, g.relation_id, seen=(g.seen.from_id, g.seen.to_id)),
    Cut: lambda s, g: relations.cut(s, g.relation_ids),
    Planned: lambda s, g: meetings.plan(s, g.case_study_id, id=g.meeting_id, **g.values),
    PlannedAll: _planned_all,
    Rescheduled: lambda s, g: meetings.reschedule(
        s, g.meeting_id, starts_on=g.starts_on, ends_on=g.ends_on, seen=g.seen
    ),
    MeetingEdited: lambda s, g: meetings.edit(s, g.meeting_id, values=g.values, seen=g.seen),
    Invited: lambda s, g: meetings.invite(s, g.meeting_id, stakeholder_ids=g.stakeholder_ids, seen=g.seen),
    MeetingsRemoved: lambda s, g: meetings.remove(s, g.meeting_ids),
    MilestoneSet: lambda s, g: milestones.set_up(s, g.case_study_id, id=g.milestone_id, **g.values),
    MilestoneEdited: lambda s, g: milestones.edit(s, g.milestone_id, values=g.values, seen=g.seen),
    MilestonesRemoved: lambda s, g: milestones.remove(s, g.milestone_ids),
    Undo: lambda s, g: undoing.undo(s, g.gesture_id),
    Redo: lambda s, g: undoing.redo(s),
}


def carry_out(actor: Actor, sent: object, handled: dict[str, str] | None = None) -> dict[str, str]:
    """Carry out a board's outbox in its order.

    Returns the sentence for each gesture id: empty where it is done (now or before), else why it was refused. Where the
    store cannot be reached there is no answer, and the browser sends it again.
    `handled` holds the answers already given to this browser, which are given again.
    """
    answers: dict[str, str] = {}
    for raw in sent if isinstance(sent, list) else []:
        gesture_id = str(raw.get("id")) if isinstance(raw, dict) else ""
        if handled and gesture_id in handled:
            answers[gesture_id] = handled[gesture_id]
            continue
        try:
            gesture = _SENT.validate_python(raw)
        except ValidationError as wrong:
            logging.getLogger("copdash.gestures").warning("A gesture was malformed: %d faults", wrong.error_count())
            answers[gesture_id] = "The page sent something that was not understood. Reload it and do that again."
            continue
        try:
            answers[gesture_id] = perform(actor, gesture)
        except Busy:
            break  # no answer: the browser keeps this one and those after it, and sends them again
        except Exception:  # one that cannot be done must not block those behind it
            number = uuid.uuid4().hex[:8]
            logging.getLogger("copdash.gestures").exception("Incident %s: %s", number, gesture.name)
            answers[gesture_id] = f"That could not be done (incident {number}). Reload the page and do it again."
    return answers


def perform(actor: Actor, gesture: Any) -> str:
    """One gesture, one transaction; the empty text, or the sentence that says why it was refused."""
    act = _VERBS[type(gesture)]
    try:
        with store.writing(actor, gesture.case_study_id, gesture_id=gesture.id, name=gesture.name) as session:
            if not history.known(session, gesture.id):
                act(session, gesture)
    except Busy:
        raise
    except Problem as problem:
        with store.reading() as session:
            return "" if history.known(session, gesture.id) else str(problem)
    return ""

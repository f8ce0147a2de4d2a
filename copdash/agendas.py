"""Agendas: the plan of a meeting's day, block after block, and how its minutes add up."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sqlmodel import Session, col, select

from copdash import history, rows
from copdash.errors import ChangedElsewhere, Invalid
from copdash.fields import AGENDA, clean
from copdash.models import AgendaBlock, Meeting
from copdash.roles import EDITORS
from copdash.verbs import verb


@verb(EDITORS, "agenda_added")
def add(session: Session, /, meeting_id: uuid.UUID, *, id: uuid.UUID | None = None, **values: object) -> AgendaBlock:
    """A new block at the end of a meeting's agenda; needs an activity. Raises `Invalid`, `NotFound`."""
    meeting = rows.find(session, Meeting, meeting_id)
    cleaned = clean(AGENDA, {"activity": "", "minutes": 0, **values})
    last = max((block.position for block in _of(session, meeting_id)), default=-1)
    block = AgendaBlock(
        id=id or uuid.uuid4(),
        case_study_id=meeting.case_study_id,
        meeting_id=meeting_id,
        position=last + 1,
        **cleaned,
    )
    rows.added(session, block)
    history.tell(session, f"Added {block.activity} to the agenda of {meeting.title}")
    return block


@verb(EDITORS, "agenda_edited")
def edit(
    session: Session, block_id: uuid.UUID, *, values: Mapping[str, object], seen: Mapping[str, object] | None = None
) -> None:
    """Change fields of a block. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    block = rows.find(session, AgendaBlock, block_id)
    if rows.revise(session, block, AGENDA, values, seen):
        history.tell(session, f"Changed {block.activity} in the agenda of {_title(session, block.meeting_id)}")


@verb(EDITORS, "agenda_arranged")
def arrange(session: Session, meeting_id: uuid.UUID, block_ids: Sequence[uuid.UUID]) -> None:
    """Put the blocks of a meeting into this order. Raises `ChangedElsewhere` when it has other blocks by now."""
    meeting = rows.find(session, Meeting, meeting_id)
    blocks = {block.id: block for block in _of(session, meeting_id)}
    if set(blocks) != set(block_ids) or len(blocks) != len(block_ids):
        raise ChangedElsewhere("Somebody changed the agenda meanwhile. Look at it again; nothing was moved.")
    for position, block_id in enumerate(block_ids):
        if blocks[block_id].position != position:
            blocks[block_id].position = position
    history.tell(session, f"Changed the order of the agenda of {meeting.title}")


@verb(EDITORS)
def write(session: Session, meeting_id: uuid.UUID, blocks: Sequence[Sequence[object]]) -> None:
    """Make the agenda of a meeting what these say: the values of each block in the order of `AGENDA`.

    Blocks are changed in their order, so that their histories go on. Raises `Invalid`, `NotFound`.
    """
    meeting = rows.find(session, Meeting, meeting_id)
    there = _of(session, meeting_id)
    for number, values in enumerate(blocks):
        given = dict(zip(AGENDA, values, strict=True))
        if number < len(there):
            rows.revise(session, there[number], AGENDA, given)
        else:
            cleaned = clean(AGENDA, given)
            block = AgendaBlock(case_study_id=meeting.case_study_id, meeting_id=meeting_id, position=number, **cleaned)
            block.position = max(number, there[-1].position + 1 + number - len(there)) if there else number
            session.add(block)
    for block in there[len(blocks) :]:
        session.delete(block)
    history.tell(session, f"Wrote the agenda of {meeting.title}")


@verb(EDITORS, "agenda_removed")
def remove(session: Session, block_ids: Sequence[uuid.UUID]) -> None:
    """Delete blocks. Raises `NotFound`."""
    found = rows.find_all(session, AgendaBlock, block_ids)
    for block in found:
        session.delete(block)
    if found:
        history.tell(session, f"Took {found[0].activity} off the agenda of {_title(session, found[0].meeting_id)}")


def _title(session: Session, meeting_id: uuid.UUID) -> str:
    meeting = session.get(Meeting, meeting_id)
    return meeting.title if meeting else "a meeting"


def _of(session: Session, meeting_id: uuid.UUID) -> list[AgendaBlock]:
    return by_meeting(session, [meeting_id])[meeting_id]


def by_meeting(session: Session, meeting_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[AgendaBlock]]:
    """The blocks of these meetings in the order of the day, read in one go."""
    lists: dict[uuid.UUID, list[AgendaBlock]] = {meeting_id: [] for meeting_id in meeting_ids}
    for part in history.parts(list(lists)):
        statement = (
            select(AgendaBlock)
            .where(col(AgendaBlock.meeting_id).in_(part))
            .order_by(col(AgendaBlock.position), col(AgendaBlock.id))
        )
        for block in session.exec(statement).all():
            lists[block.meeting_id].append(block)
    return lists


def times(day_starts_at: str, blocks: Sequence[AgendaBlock]) -> list[str]:
    """When each block begins, and at last when the day ends, as «09:30»; no times without a beginning.

    Raises `Invalid` for a beginning that is no time of day.
    """
    if not day_starts_at:
        return []
    try:
        hours, minutes = day_starts_at.split(":")
        at = int(hours) * 60 + int(minutes)
    except ValueError:
        raise Invalid("Give a time such as 09:30.") from None
    ends = [at]
    for block in blocks:
        ends.append(ends[-1] + block.minutes)
    return [f"{end // 60 % 24:02}:{end % 60:02}" for end in ends]


def gaps(blocks: Sequence[AgendaBlock]) -> list[str]:
    """What is odd about a day's plan, in sentences: blocks without minutes, long stretches without a break."""
    found = [f"{block.activity} has no minutes yet." for block in blocks if not block.minutes]
    stretch = 0
    for block, after in pairwise([*blocks, None]):
        assert block is not None  # noqa: S101 - only the last of the pairs ends with None
        rests = any(word in block.activity.casefold() for word in ("break", "lunch", "coffee", "pause"))
        stretch = 0 if rests else stretch + block.minutes
        if stretch > 120 and (after is None or stretch - block.minutes <= 120):
            found.append(f"More than two hours without a break by the end of {block.activity}.")
    return found

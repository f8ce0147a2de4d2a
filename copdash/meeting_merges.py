"""Two meetings made one: the kept one takes over what belongs to the other and names it, so both histories stay."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from copdash import history, rows
from copdash.errors import Invalid
from copdash.fields import MEETING
from copdash.models import SUBJECTS, About, AgendaBlock, Base, Comment, Contribution, Invitation, Meeting, Part
from copdash.roles import EDITORS
from copdash.verbs import verb

Row = TypeVar("Row", bound=Base)

MOST = 200
"""Meetings that one may have taken in."""


@verb(EDITORS, "meetings_merged")
def merge(
    session: Session,
    kept_id: uuid.UUID,
    gone_id: uuid.UUID,
    *,
    values: Mapping[str, object],
    seen: Mapping[uuid.UUID, Mapping[str, object]] | None = None,
) -> None:
    """Make two meetings of one case study one: `values` are what the kept one says from now on.

    Who is invited and who came, agenda (after the kept one's), tasks, milestones, actions, versions and comments of the
    one that goes belong to the kept one then. One undo takes all of it back. `seen`: fields of both, by id, as the
    author saw them; raises `ChangedElsewhere` if one is another by now, `Invalid`, `NotFound`.
    """
    kept, gone = (rows.find(session, Meeting, row_id) for row_id in (kept_id, gone_id))
    if kept.id == gone.id:
        raise Invalid("Choose two meetings to merge.")
    if kept.case_study_id != gone.case_study_id:
        raise Invalid("Each case study keeps its own meetings: copy the meeting first, then merge the copy.")
    for row in (kept, gone):
        rows.refuse_merging(session, row, MEETING, row.title, (seen or {}).get(row.id, {}))
    title = gone.title
    history.tell(session, f"Merged {title} into {kept.title}")
    rows.revise(session, kept, MEETING, values)
    if kept.starts_on is None:
        kept.ends_on = None
    elif kept.ends_on is None or kept.ends_on < kept.starts_on:
        raise Invalid("The meeting ends before it starts; choose start and end of the same meeting.")
    _take_over_people(session, kept.id, gone.id)
    _take_over_parts(session, kept.id, gone.id)
    _take_over_comments(session, kept.id, gone.id)
    taken_in = [*kept.merged_from.splitlines(), f"{gone.id} {title}", *gone.merged_from.splitlines()]
    kept.merged_from = "\n".join(taken_in[:MOST])
    session.flush()
    session.delete(gone)


def _take_over_people(session: Session, kept_id: uuid.UUID, gone_id: uuid.UUID) -> None:
    """Who is invited to both is invited once: came if they came to either, with the part that says more."""
    there = {one.stakeholder_id: one for one in session.exec(_of(Invitation, kept_id)).all()}
    for one in session.exec(_of(Invitation, gone_id)).all():
        known = there.get(one.stakeholder_id)
        if known is None:
            one.meeting_id = kept_id
            continue
        known.attended = known.attended or one.attended
        if known.role == Part.PARTICIPANT:
            known.role = one.role
        session.delete(one)


def _take_over_parts(session: Session, kept_id: uuid.UUID, gone_id: uuid.UUID) -> None:
    last = max((block.position for block in session.exec(_of(AgendaBlock, kept_id)).all()), default=-1)
    later = sorted(session.exec(_of(AgendaBlock, gone_id)).all(), key=lambda block: (block.position, str(block.id)))
    for number, block in enumerate(later, start=last + 1):
        block.meeting_id, block.position = kept_id, number
    prepared = {link.milestone_id for link in session.exec(_of(Contribution, kept_id)).all()}
    for link in session.exec(_of(Contribution, gone_id)).all():
        if link.milestone_id in prepared:
            session.delete(link)
        else:
            link.meeting_id = kept_id
    for table, column in _referring():
        field: Any = getattr(table, column)
        for row in session.exec(select(table).where(field == gone_id).with_for_update()).all():
            setattr(row, column, kept_id)


def _referring() -> list[tuple[type[Base], str]]:
    """Every other logged table and column with the key of a meeting: tasks, actions, versions, notes."""
    settled = (Invitation, AgendaBlock, Contribution)
    return [
        (table, column.name)
        for table in SUBJECTS.values()
        for column in sa.inspect(table).columns
        if table not in settled and any(key.column.table.name == Meeting.__tablename__ for key in column.foreign_keys)
    ]


def _take_over_comments(session: Session, kept_id: uuid.UUID, gone_id: uuid.UUID) -> None:
    """Threads name a meeting by its id in words, those about a check by the rule and the id."""
    about = (About.MEETING.value, About.CHECK.value)
    statement = select(Comment).where(col(Comment.about_key).endswith(str(gone_id)), col(Comment.about).in_(about))
    for comment in session.exec(statement).all():
        comment.about_key = comment.about_key.removesuffix(str(gone_id)) + str(kept_id)


def _of(table: type[Row], meeting_id: uuid.UUID) -> SelectOfScalar[Row]:
    return select(table).where(table.meeting_id == meeting_id).with_for_update()  # type: ignore[attr-defined]


# ---- what was merged ------------------------------------------------------------------------------------------------


def merged_into(row: Meeting) -> list[tuple[uuid.UUID, str]]:
    """Ids and titles of the meetings that a merge took into this one, so that their history can be read."""
    parts = [line.partition(" ") for line in row.merged_from.splitlines()]
    return [(uuid.UUID(meeting_id), title) for meeting_id, _, title in parts]


def checked_text(value: object) -> str:
    """The text of `merged_from` as another store wrote it, in our own words; raises `Invalid`."""
    lines: list[str] = []
    for line in str(value or "").splitlines()[:MOST]:
        meeting_id, _, title = line.partition(" ")
        try:
            lines.append(f"{uuid.UUID(meeting_id)} {MEETING['title'].clean(title)}")
        except ValueError:
            raise Invalid("the meetings that were merged into it are not named as they should be.") from None
    return "\n".join(lines)

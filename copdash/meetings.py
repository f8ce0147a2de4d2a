"""Meetings: what a roadmap is made of. Days are whole days; the end is the last day of the meeting."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from copdash import history, rows
from copdash.errors import Invalid
from copdash.fields import MEETING, clean
from copdash.models import Invitation, Meeting, MeetingKind, Stakeholder
from copdash.roles import EDITORS, verb


@verb(EDITORS)
def plan(session: Session, case_study_id: uuid.UUID, *, id: uuid.UUID | None = None, **values: object) -> Meeting:
    """A new meeting, scheduled if it has a start, waiting otherwise. Raises `Invalid`."""
    defaults = {"title": "", "kind": MeetingKind.COP_MEETING.value, "certainty": "Tentative"}
    cleaned = clean(MEETING, {**defaults, **values})
    row = Meeting(id=id or uuid.uuid4(), case_study_id=case_study_id, **cleaned)
    _set_days(row, row.starts_on, row.ends_on)
    rows.added(session, row)
    history.tell(session, f"Planned {row.title}")
    return row


@verb(EDITORS)
def edit(
    session: Session, meeting_id: uuid.UUID, *, values: Mapping[str, object], seen: Mapping[str, object] | None = None
) -> None:
    """Change fields of a meeting. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Meeting, meeting_id)
    changed = rows.revise(session, row, MEETING, values, seen)
    _set_days(row, row.starts_on, row.ends_on)
    if changed:
        labels = ", ".join(MEETING[field].label.lower() for field in changed)
        history.tell(session, f"Changed {labels} of {row.title}")


@verb(EDITORS)
def reschedule(
    session: Session,
    meeting_id: uuid.UUID,
    *,
    starts_on: object,
    ends_on: object = None,
    seen: Mapping[str, object] | None = None,
) -> None:
    """Put a meeting on other days; the two days are one unit. None unschedules it.

    Raises `Invalid`, `NotFound`, `ChangedElsewhere`.
    """
    row = rows.find(session, Meeting, meeting_id)
    first = MEETING["starts_on"].clean(starts_on)
    last = (MEETING["ends_on"].clean(ends_on) or first) if first else None
    was = row.starts_on
    changed = rows.revise(session, row, MEETING, {"starts_on": first, "ends_on": last}, seen)
    _set_days(row, first, last)
    if changed:
        what = "Unscheduled" if first is None else "Moved" if was else "Scheduled"
        history.tell(session, f"{what} {row.title}" + (f" to {first}" if first else ""))


@verb(EDITORS)
def invite(
    session: Session,
    meeting_id: uuid.UUID,
    *,
    stakeholder_ids: Sequence[uuid.UUID],
    seen: Sequence[uuid.UUID] | None = None,
) -> None:
    """Make the list of invited stakeholders what the author wants it to be.

    Only what the author added to or took from the list they saw changes, so that two people's choices both land.
    """
    row = rows.find(session, Meeting, meeting_id)
    invitations = session.exec(select(Invitation).where(Invitation.meeting_id == meeting_id)).all()
    now = {invitation.stakeholder_id: invitation for invitation in invitations}
    was = set(now) if seen is None else set(seen)
    wanted = set(stakeholder_ids)
    for stakeholder in rows.find_all(session, Stakeholder, sorted(wanted - was - set(now))):
        if stakeholder.case_study_id != row.case_study_id:
            raise Invalid("Only stakeholders of this case study can be invited.")
        session.add(Invitation(case_study_id=row.case_study_id, meeting_id=meeting_id, stakeholder_id=stakeholder.id))
    for stakeholder_id in (was - wanted) & set(now):
        session.delete(now[stakeholder_id])
    history.tell(session, f"Changed who is invited to {row.title}")


@verb(EDITORS)
def remove(session: Session, meeting_ids: Sequence[uuid.UUID]) -> None:
    """Delete meetings with their invitations; undo brings all of it back. Raises `NotFound`."""
    found = rows.find_all(session, Meeting, meeting_ids)
    for row in found:
        for invitation in session.exec(select(Invitation).where(Invitation.meeting_id == row.id)).all():
            session.delete(invitation)
        session.delete(row)
    history.tell(session, f"Deleted {found[0].title}" if len(found) == 1 else f"Deleted {len(found)} meetings")


def check(row: Meeting) -> None:
    """Raises `Invalid` for a meeting that ends before it starts, or ends without a start."""
    _set_days(row, row.starts_on, row.ends_on)


def _set_days(row: Meeting, first: dt.date | None, last: dt.date | None) -> None:
    if first is None and last is not None:
        raise Invalid("Give the meeting a start, or clear its end.")
    if first is not None and last is None:
        last = first
    if first and last and last < first:
        raise Invalid("The meeting ends before it starts; choose a later end.")
    if row.ends_on != last:
        row.ends_on = last


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Meeting]:
    """All meetings of a case study by start, the unscheduled ones last."""
    statement = (
        select(Meeting)
        .where(Meeting.case_study_id == case_study_id)
        .order_by(col(Meeting.starts_on).is_(None), col(Meeting.starts_on), col(Meeting.title), col(Meeting.id))
    )
    return list(session.exec(statement).all())


def by_case(session: Session, case_study_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Meeting]]:
    """The meetings of several case studies by start, read in one go."""
    lists: dict[uuid.UUID, list[Meeting]] = {case_study_id: [] for case_study_id in case_study_ids}
    statement = select(Meeting).order_by(
        col(Meeting.starts_on).is_(None), col(Meeting.starts_on), col(Meeting.title), col(Meeting.id)
    )
    for row in session.exec(statement.where(col(Meeting.case_study_id).in_(case_study_ids))).all():
        lists[row.case_study_id].append(row)
    return lists


def invited(session: Session, case_study_id: uuid.UUID) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The ids of the invited stakeholders by meeting, for all meetings of a case study."""
    statement = (
        select(Invitation.meeting_id, Invitation.stakeholder_id)
        .join(Stakeholder, col(Stakeholder.id) == Invitation.stakeholder_id)
        .where(Invitation.case_study_id == case_study_id)
        .order_by(col(Stakeholder.position), col(Stakeholder.id))
    )
    lists: dict[uuid.UUID, list[uuid.UUID]] = {}
    for meeting_id, stakeholder_id in session.exec(statement).all():
        lists.setdefault(meeting_id, []).append(stakeholder_id)
    return lists

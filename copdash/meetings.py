"""Meetings: what a roadmap is made of. Days are whole days; the end is the last day of the meeting."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session, col, select

from copdash import case_studies, history, rows, words
from copdash.errors import Invalid, NotFound
from copdash.fields import INVITATION, MEETING, clean
from copdash.models import (
    Action,
    AgendaBlock,
    Certainty,
    Contribution,
    Invitation,
    Meeting,
    MeetingKind,
    Milestone,
    Preparation,
    Stakeholder,
    Version,
)
from copdash.roles import EDITORS
from copdash.verbs import MOST as MOST_ROWS
from copdash.verbs import Addition, Day, Ids, Seen, SeenStakeholders, Stakeholders, Values, verb

DEFAULTS: Mapping[str, str] = {"kind": MeetingKind.COP_MEETING.value, "certainty": Certainty.TENTATIVE.value}
"""What a new meeting is where nobody says."""

INVITED = "invited"
"""What the log calls a choice of who is invited: one gesture a click."""

MOST_SPANS = 300
"""Spans of days that other case studies are asked about at once."""


@verb(EDITORS, "planned", with_names_hidden=True)
def plan(session: Session, /, case_study_id: uuid.UUID, *, id: uuid.UUID | None = None, **values: object) -> Meeting:
    """A new meeting, scheduled if it has a start, waiting otherwise. Raises `Invalid`."""
    return _plan(session, case_study_id, id or uuid.uuid4(), values)


def _plan(session: Session, case_study_id: uuid.UUID, meeting_id: uuid.UUID, values: Mapping[str, object]) -> Meeting:
    cleaned = clean(MEETING, {"title": "", **DEFAULTS, **values})
    row = Meeting(id=meeting_id, case_study_id=case_study_id, **cleaned)
    _set_days(row, row.starts_on, row.ends_on)
    rows.added(session, row)
    history.tell(session, f"Planned {row.title}")
    return row


@verb(EDITORS, plan, by_board=True)
def plan_one(session: Session, case_study_id: uuid.UUID, *, meeting_id: uuid.UUID, values: Values) -> None:
    """A meeting made, with days if it was dropped on the timeline. Raises as `plan` does."""
    _plan(session, case_study_id, meeting_id, values)


@verb(EDITORS, "planned_all", by_board=True, with_names_hidden=True)
def plan_all(
    session: Session,
    case_study_id: uuid.UUID,
    *,
    meetings: Annotated[list[Addition], Field(min_length=1, max_length=MOST_ROWS)],
) -> None:
    """Several meetings made at once, as by pasting lines of dates and titles. Raises as `plan` does; then none is."""
    for row in meetings:
        _plan(session, case_study_id, row.id, row.values)
    if len(meetings) > 1:
        history.retell(session, f"Planned {len(meetings)} meetings")


@verb(EDITORS, "meeting_edited", by_board=True)
def edit(session: Session, meeting_id: uuid.UUID, *, values: Values, seen: Seen = None) -> None:
    """Change fields of a meeting. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Meeting, meeting_id)
    changed = rows.revise(session, row, MEETING, values, seen)
    _set_days(row, row.starts_on, row.ends_on)
    if changed:
        history.tell(session, _edited(row, list(changed)))


def _edited(row: Meeting, changed: Sequence[str]) -> str:
    """What was done to a meeting, as a sentence."""
    if changed == ["moved_because"]:
        return f"Said why {row.title} moved" if row.moved_because else f"Took back why {row.title} moved"
    named = {"moved_because": "reason of the move", "day_starts_at": "hour it begins"}
    labels = ", ".join(named.get(field) or MEETING[field].label.lower() for field in changed)
    return f"Changed {labels} of {row.title}"


@verb(EDITORS, "rescheduled", by_board=True, with_names_hidden=True)
def reschedule(
    session: Session, meeting_id: uuid.UUID, *, starts_on: Day, ends_on: Day = None, seen: Seen = None
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
        history.tell(session, f"{what} {row.title}" + (f" to {words.day(first)}" if first else ""))


@verb(EDITORS, INVITED, by_board=True)
def invite(
    session: Session,
    meeting_id: uuid.UUID,
    *,
    stakeholder_ids: Stakeholders,
    seen: SeenStakeholders = None,
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


@verb(EDITORS, "cast")
def cast(
    session: Session,
    meeting_id: uuid.UUID,
    stakeholder_id: uuid.UUID,
    *,
    values: Mapping[str, object],
    seen: Mapping[str, object] | None = None,
) -> None:
    """Say what an invited stakeholder comes as (`role`). Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    statement = select(Invitation).where(
        Invitation.meeting_id == meeting_id, Invitation.stakeholder_id == stakeholder_id
    )
    invitation = session.exec(statement).first()
    if invitation is None:
        raise NotFound("This stakeholder is not invited any more. Invite them again first.")
    row = rows.find(session, Invitation, invitation.id)
    if rows.revise(session, row, INVITATION, values, seen):
        who = session.get(Stakeholder, stakeholder_id)
        history.tell(session, f"{who.name if who else 'Somebody'} comes as {row.role.lower()}")


@verb(EDITORS, "attendance_noted")
def note_attended(
    session: Session,
    meeting_id: uuid.UUID,
    *,
    stakeholder_ids: Sequence[uuid.UUID],
    seen: Sequence[uuid.UUID] | None = None,
) -> None:
    """Say who of the invited came: these and no others. Works as `invite` does, so two people's notes both land.

    Raises `NotFound` for somebody who is not invited.
    """
    row = rows.find(session, Meeting, meeting_id)
    statement = select(Invitation).where(Invitation.meeting_id == meeting_id).with_for_update()
    invitations = {invitation.stakeholder_id: invitation for invitation in session.exec(statement).all()}
    was = {one for one, invitation in invitations.items() if invitation.attended} if seen is None else set(seen)
    wanted = set(stakeholder_ids)
    if (wanted - was) - set(invitations):
        raise NotFound("Somebody you chose is not invited any more. Invite them again first; nothing was noted.")
    for stakeholder_id in (wanted ^ was) & set(invitations):
        invitations[stakeholder_id].attended = stakeholder_id in wanted
    came = sum(invitation.attended for invitation in invitations.values())
    history.tell(session, f"{came} of {len(invitations)} invited came to {row.title}")


@verb(EDITORS, note_attended)
def welcome(session: Session, meeting_id: uuid.UUID, stakeholder_id: uuid.UUID) -> None:
    """Somebody who was not invited came: on the list, and there. Raises `NotFound`, `Invalid`."""
    invite(session, meeting_id, stakeholder_ids=[stakeholder_id], seen=[])
    session.flush()
    note_attended(session, meeting_id, stakeholder_ids=[stakeholder_id], seen=[])


@verb(EDITORS, "prepared")
def prepare(
    session: Session,
    meeting_id: uuid.UUID,
    *,
    milestone_ids: Sequence[uuid.UUID],
    seen: Sequence[uuid.UUID] | None = None,
) -> None:
    """Make the list of milestones that a meeting prepares what the author wants it to be; works as `invite` does."""
    row = rows.find(session, Meeting, meeting_id)
    links = session.exec(select(Contribution).where(Contribution.meeting_id == meeting_id)).all()
    now = {link.milestone_id: link for link in links}
    was = set(now) if seen is None else set(seen)
    wanted = set(milestone_ids)
    for milestone in rows.find_all(session, Milestone, sorted(wanted - was - set(now))):
        if milestone.case_study_id != row.case_study_id:
            raise Invalid("Only milestones of this case study can be linked.")
        session.add(Contribution(case_study_id=row.case_study_id, meeting_id=meeting_id, milestone_id=milestone.id))
    for milestone_id in (was - wanted) & set(now):
        session.delete(now[milestone_id])
    history.tell(session, f"Changed which milestones {row.title} prepares")


@verb(EDITORS, "meetings_removed", by_board=True)
def remove(session: Session, meeting_ids: Ids) -> None:
    """Delete meetings with their invitations, agenda, tasks and links; undo brings all back. Raises `NotFound`.

    Actions and versions that named them stay, without the meeting.
    """
    found = rows.find_all(session, Meeting, meeting_ids)
    for row in found:
        for action in session.exec(select(Action).where(Action.meeting_id == row.id)).all():
            action.meeting_id = None
        for version in session.exec(select(Version).where(Version.meeting_id == row.id)).all():
            version.meeting_id = None
        for table in (Invitation, AgendaBlock, Preparation, Contribution):
            for part in session.exec(select(table).where(table.meeting_id == row.id)).all():  # type: ignore[attr-defined]
                session.delete(part)
        session.delete(row)
    history.tell(
        session, f"Deleted {found[0].title}" if len(found) == 1 else f"Deleted {words.counted(len(found), 'meeting')}"
    )


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


def found(session: Session, meeting_id: uuid.UUID) -> Meeting | None:
    """The meeting as it is now; None where it is no more."""
    return session.get(Meeting, meeting_id)


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Meeting]:
    """All meetings of a case study by start, the unscheduled ones last."""
    statement = (
        select(Meeting)
        .where(Meeting.case_study_id == case_study_id)
        .order_by(col(Meeting.starts_on).is_(None), col(Meeting.starts_on), col(Meeting.title), col(Meeting.id))
    )
    return list(session.exec(statement).all())


def withdrawn(session: Session, case_study_id: uuid.UUID, *, today: dt.date) -> list[Meeting]:
    """Meetings that were deleted or unscheduled and whose last day has not passed, as they were, by start.

    They are no rows of the store: a calendar that has them from an earlier file shall let them go.
    """
    planned = {row.id for row in of_case(session, case_study_id) if row.starts_on}
    found = []
    for row_id, said in history.last_said(session, case_study_id, Meeting.__tablename__).items():
        if row_id in planned or not said.get("starts_on"):
            continue
        row = Meeting(**{**history.restored(Meeting, said), "id": row_id, "case_study_id": case_study_id})
        if row.starts_on and max(row.ends_on or row.starts_on, row.starts_on) >= today:
            found.append(row)
    return sorted(found, key=lambda row: (row.starts_on or today, row.title, str(row.id)))


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


def attended(session: Session, case_study_id: uuid.UUID) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The ids of the stakeholders who came, by meeting, for all meetings of a case study; as `invited`, those only."""
    statement = (
        select(Invitation.meeting_id, Invitation.stakeholder_id)
        .join(Stakeholder, col(Stakeholder.id) == Invitation.stakeholder_id)
        .where(Invitation.case_study_id == case_study_id, col(Invitation.attended).is_(True))
        .order_by(col(Stakeholder.position), col(Stakeholder.id))
    )
    lists: dict[uuid.UUID, list[uuid.UUID]] = {}
    for meeting_id, stakeholder_id in session.exec(statement).all():
        lists.setdefault(meeting_id, []).append(stakeholder_id)
    return lists


def roles(session: Session, case_study_id: uuid.UUID) -> dict[uuid.UUID, dict[uuid.UUID, str]]:
    """What the invited stakeholders come as, by meeting and stakeholder."""
    lists: dict[uuid.UUID, dict[uuid.UUID, str]] = {}
    statement = select(Invitation).where(Invitation.case_study_id == case_study_id)
    for row in session.exec(statement).all():
        lists.setdefault(row.meeting_id, {})[row.stakeholder_id] = row.role
    return lists


def prepared(session: Session, case_study_id: uuid.UUID) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The ids of the milestones that each meeting of a case study prepares, by meeting."""
    statement = (
        select(Contribution.meeting_id, Contribution.milestone_id)
        .join(Milestone, col(Milestone.id) == Contribution.milestone_id)
        .where(Contribution.case_study_id == case_study_id)
        .order_by(col(Milestone.due_on), col(Milestone.id))
    )
    lists: dict[uuid.UUID, list[uuid.UUID]] = {}
    for meeting_id, milestone_id in session.exec(statement).all():
        lists.setdefault(meeting_id, []).append(milestone_id)
    return lists


def elsewhere(
    session: Session, case_study_id: uuid.UUID, days: Sequence[tuple[dt.date, dt.date]]
) -> dict[uuid.UUID, list[Meeting]]:
    """Meetings of other case studies that share a day with one of these spans and that somebody is named for.

    By case study; the others are those of `case_studies.beside`. Only what shares a day is read: the store may hold
    thousands.
    """
    spans = sorted(set(days))[:MOST_SPANS]
    if not spans:
        return {}
    statement = (
        select(Meeting)
        .where(
            col(Meeting.case_study_id).in_(case_studies.ids_beside(case_study_id)),
            sa.or_(
                col(Meeting.starts_on).in_(_each_day(spans)),  # almost all meetings are of one day
                sa.and_(
                    col(Meeting.ends_on) > col(Meeting.starts_on),
                    sa.or_(
                        *(
                            sa.and_(col(Meeting.starts_on) <= last, col(Meeting.ends_on) >= first)
                            for first, last in spans
                        )
                    ),
                ),
            ),
            (col(Meeting.moderator) != "") | (col(Meeting.organiser) != "") | (col(Meeting.note_taker) != ""),
        )
        .order_by(col(Meeting.starts_on), col(Meeting.id))
    )
    lists: dict[uuid.UUID, list[Meeting]] = {}
    for row in session.exec(statement).all():
        lists.setdefault(row.case_study_id, []).append(row)
    return lists


def _each_day(spans: Sequence[tuple[dt.date, dt.date]]) -> list[dt.date]:
    """Every day of these spans once, a hundred of each at most."""
    found = {
        first + dt.timedelta(days=step) for first, last in spans for step in range(min((last - first).days + 1, 100))
    }
    return sorted(found)[:10_000]

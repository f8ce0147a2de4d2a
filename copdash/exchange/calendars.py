"""Meetings as a calendar file (.ics) for Outlook, Google and Apple: a later download updates, and does not double.

A meeting keeps its UID for ever, its SEQUENCE grows with every change that the log has of it. One that was deleted or
lost its day is in the file as cancelled until that day has passed. Who is invited stays out: calendar files are passed
on.
"""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from collections.abc import Sequence

from icalendar import Calendar, Event, vText

from copdash import agendas, case_studies, history, meeting_merges, meetings
from copdash.errors import Invalid, NotFound
from copdash.exchange import time_zones, words
from copdash.models import AgendaBlock, CaseStudy, Certainty, Meeting
from copdash.store import Session

MIME = "text/calendar"
TWO_HOURS = 120
"""How long a meeting takes that has a beginning but no agenda yet, on each of its days."""

_STATUS = {
    Certainty.TENTATIVE: "TENTATIVE",
    Certainty.PLANNED: "TENTATIVE",
    Certainty.CONFIRMED: "CONFIRMED",
    Certainty.HELD: "CONFIRMED",
    Certainty.CANCELLED: "CANCELLED",
}


def of_case(session: Session, case_study_id: uuid.UUID) -> bytes:
    """All meetings of a case study that have a day, cancelled and withdrawn ones as cancelled.

    Raises `Invalid` if there is none.
    """
    case_study = case_studies.get(session, case_study_id)
    dated = [row for row in meetings.of_case(session, case_study_id) if row.starts_on]
    today = dt.datetime.now(zoneinfo.ZoneInfo(case_study.time_zone)).date()
    gone = meetings.withdrawn(session, case_study_id, today=today)
    if not dated and not gone:
        raise Invalid("No meeting has a day yet, so there is nothing for a calendar.")
    taken_in = {meeting_id for row in (*dated, *gone) for meeting_id, _ in meeting_merges.merged_into(row)}
    for row in gone:
        row.certainty = Certainty.CANCELLED.value
    return _written(session, case_study, [*dated, *(row for row in gone if row.id not in taken_in)])


def of_meeting(session: Session, case_study_id: uuid.UUID, meeting_id: uuid.UUID) -> bytes:
    """One meeting. Raises `NotFound`, and `Invalid` for one without a day."""
    case_study = case_studies.get(session, case_study_id)
    row = next((row for row in meetings.of_case(session, case_study_id) if row.id == meeting_id), None)
    if row is None:
        raise NotFound("This meeting has been deleted meanwhile.")
    if row.starts_on is None:
        raise Invalid("The meeting has no day yet, so there is nothing for a calendar.")
    return _written(session, case_study, [row])


def _written(session: Session, case_study: CaseStudy, rows: Sequence[Meeting]) -> bytes:
    revisions = history.revisions(session, case_study.id, "meeting")
    # An agenda moves the end, and the time zone all of it: what belongs to several meetings counts for each.
    shared = [
        one
        for what in ("agenda_block", "case_study")
        for one in history.revisions(session, case_study.id, what).values()
    ]
    blocks = agendas.by_meeting(session, [row.id for row in rows])
    dated = []
    for row in rows:
        own, changed = revisions.get(row.id, (0, None))
        moments = [at for at in (changed, *(at for _, at in shared)) if at]
        dated.append((row, blocks[row.id], own + sum(count for count, _ in shared), max(moments, default=None)))
    return calendar(case_study, dated)


def calendar(
    case_study: CaseStudy, rows: Sequence[tuple[Meeting, Sequence[AgendaBlock], int, dt.datetime | None]]
) -> bytes:
    """The file: each meeting with its agenda, how often it was changed, and when last (None: never).

    What a meeting took in is in the file as cancelled: a calendar that has it from an earlier download lets it go.
    """
    made = Calendar()
    made.add("prodid", "-//COPDash//Roadmap//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(words.line(case_study.title)))  # of itself the library escapes known names only
    for row, blocks, sequence, changed in rows:
        made.add_component(_event(case_study, row, blocks, sequence, changed))
        for meeting_id, title in meeting_merges.merged_into(row):
            gone = Meeting(**{**row.model_dump(), "id": meeting_id, "title": title, "certainty": Certainty.CANCELLED})
            made.add_component(_event(case_study, gone, (), sequence, changed))
    _add_zone(made, case_study, min((row.starts_on.year for row, *_ in rows if row.starts_on), default=2000))
    return bytes(made.to_ical())


def _add_zone(made: Calendar, case_study: CaseStudy, year: int) -> None:
    """The zone that the moments in the file are in, if there is one; it stands before them."""
    if case_study.time_zone in made.get_missing_tzids():
        zone = time_zones.described(case_study.time_zone, since=year)
        if zone is not None:
            made.subcomponents.insert(0, zone)
    made.add_missing_timezones()


def _event(
    case_study: CaseStudy, row: Meeting, blocks: Sequence[AgendaBlock], sequence: int, changed: dt.datetime | None
) -> Event:
    event = Event()
    event.add("uid", f"{row.id}@copdash")
    event.add("sequence", sequence)
    event.add("dtstamp", changed or dt.datetime.now(dt.UTC))
    if changed:
        event.add("last-modified", changed)
    event.add("summary", words.line(row.title))
    status = _STATUS.get(Certainty(row.certainty), "TENTATIVE")
    event.add("status", status)
    event.add("transp", "OPAQUE" if status == "CONFIRMED" else "TRANSPARENT")  # only what is certain makes one busy
    event.add("categories", [words.line(row.kind)])
    starts, ends = times(case_study, row, blocks)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    place = words.line(row.place) or words.line(row.link)
    if place:
        event.add("location", place)
    if words.line(row.link).startswith(("https://", "http://")):
        event.add("url", words.line(row.link))
    description = _description(case_study, row, blocks)
    if description:
        event.add("description", description)
    return event


def times(
    case_study: CaseStudy, row: Meeting, blocks: Sequence[AgendaBlock]
) -> tuple[dt.date, dt.date] | tuple[dt.datetime, dt.datetime]:
    """From when to when: whole days (the end is the day after the last), or moments in the case study's zone.

    A meeting that says when it begins is timed. Its length is the agenda's; one of several days begins on each at the
    same hour, and the agenda's minutes are shared among them. Moments of the hour that comes twice in autumn are in
    UTC, because the local time would not say which of the two is meant; one of the hour that is left out in spring is
    moved behind it.
    """
    assert row.starts_on is not None  # noqa: S101 - only dated meetings come here
    last = max(row.ends_on or row.starts_on, row.starts_on)
    if not row.day_starts_at:
        return row.starts_on, last + dt.timedelta(days=1)
    zone = zoneinfo.ZoneInfo(case_study.time_zone)
    begins = dt.time.fromisoformat(row.day_starts_at)
    days = (last - row.starts_on).days + 1
    minutes = -(-sum(block.minutes for block in blocks) // days) or TWO_HOURS
    starts = dt.datetime.combine(row.starts_on, begins, zone).astimezone(dt.UTC)
    ends = dt.datetime.combine(last, begins, zone).astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    local = starts.astimezone(zone), ends.astimezone(zone)
    return (starts, ends) if any(map(_comes_twice, local)) else local


def _comes_twice(moment: dt.datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _description(case_study: CaseStudy, row: Meeting, blocks: Sequence[AgendaBlock]) -> str:
    said = [
        words.line(case_study.title),
        *(
            f"{label}: {words.passage(text)}"
            for label, text in (
                ("Theme", row.theme),
                ("Goals", row.goals),
                ("Expected outcomes", row.expected_outcomes),
                ("Moderator", row.moderator),
                ("Language", row.language),
                ("Online", row.link),
            )
            if text
        ),
    ]
    begins = agendas.times(row.day_starts_at, blocks)
    for number, block in enumerate(blocks):
        when = begins[number] if begins else f"{block.minutes} min"
        said.append(f"{when} {words.line(block.activity)}")
    return "\n".join(said)

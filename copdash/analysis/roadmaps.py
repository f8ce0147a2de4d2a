"""Questions a roadmap answers: what comes next, and does the CoP start within its launch window.

Days are whole days at the case study's place. Cancelled meetings and meetings without a day answer nothing.
"""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from copdash import words
from copdash.errors import Invalid
from copdash.models import CaseStudy, Certainty, Meeting, MeetingKind


class Launching(enum.StrEnum):
    """Where the first CoP meeting stands against the launch window."""

    INSIDE = "Inside the launch window"
    BEFORE = "Before the launch window"
    AFTER = "After the launch window"
    NOT_PLANNED = "Not yet planned"
    NO_WINDOW = "No launch window set"


@dataclass(frozen=True)
class Launch:
    """The first CoP meeting against the launch window; `days` outside it (0 inside), `sentence` for the screen."""

    state: Launching
    meeting: Meeting | None
    days: int
    sentence: str


def today(case_study: CaseStudy, now: dt.datetime | None = None) -> dt.date:
    """The day to look at a case study from: its as-of date, or else today in its own time zone.

    `now` is a moment with a zone (default: this moment). Raises `Invalid` for an unknown IANA zone or a naive `now`.
    """
    if case_study.as_of is not None:
        return case_study.as_of
    if now is not None and now.tzinfo is None:
        raise Invalid("A moment needs a time zone.")
    try:
        zone = ZoneInfo(case_study.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise Invalid(f"“{case_study.time_zone}” is no time zone. Choose one such as Europe/Amsterdam.") from problem
    return (now or dt.datetime.now(dt.UTC)).astimezone(zone).date()


def next_meeting(meetings: Iterable[Meeting], as_of: dt.date, kind: str | None = None) -> Meeting | None:
    """The first meeting still to come or under way at `as_of`, of one kind or of any; None when there is none.

    A meeting on `as_of` itself counts unless it is already held.
    """
    ahead = [
        meeting
        for meeting in _scheduled(meetings)
        if _last_day(meeting) >= as_of
        and meeting.certainty != Certainty.HELD
        and (kind is None or meeting.kind == kind)
    ]
    return min(ahead, key=_order, default=None)


def first_cop_meeting(meetings: Iterable[Meeting]) -> Meeting | None:
    """The earliest CoP meeting with a day, held or to come; None when none has a day."""
    cop = [meeting for meeting in _scheduled(meetings) if meeting.kind == MeetingKind.COP_MEETING]
    return min(cop, key=_order, default=None)


def launch(case_study: CaseStudy, meetings: Iterable[Meeting]) -> Launch:
    """Whether the first CoP meeting falls into the launch window; first and last day of the window count as inside.

    A window may be open at one end. Raises `Invalid` when it ends before it begins.
    """
    since, until = case_study.launch_from, case_study.launch_until
    if since and until and until < since:
        raise Invalid("The launch window ends before it begins. Correct its dates in the case study.")
    first = first_cop_meeting(meetings)
    window = _window(since, until)
    if first is None or first.starts_on is None:
        asked = f"; it is due {window}" if window else ""
        return Launch(Launching.NOT_PLANNED, None, 0, f"The first CoP meeting has no day yet{asked}.")
    day = first.starts_on
    when = f"The first CoP meeting is on {words.day_in_full(day)}"
    if not window:
        return Launch(Launching.NO_WINDOW, first, 0, f"{when}. No launch window is set for this case study.")
    if since and day < since:
        days = (since - day).days
        return Launch(
            Launching.BEFORE, first, days, f"{when}, {words.counted(days, 'day')} before the launch window opens."
        )
    if until and day > until:
        days = (day - until).days
        return Launch(
            Launching.AFTER, first, days, f"{when}, {words.counted(days, 'day')} after the launch window closed."
        )
    return Launch(Launching.INSIDE, first, 0, f"{when}, inside the launch window ({window}).")


def _scheduled(meetings: Iterable[Meeting]) -> list[Meeting]:
    return [m for m in meetings if m.starts_on is not None and m.certainty != Certainty.CANCELLED]


def _last_day(meeting: Meeting) -> dt.date:
    day = meeting.ends_on or meeting.starts_on
    assert day is not None  # noqa: S101 - only scheduled meetings come here
    return day


def _order(meeting: Meeting) -> tuple[dt.date, str]:
    assert meeting.starts_on is not None  # noqa: S101 - only scheduled meetings come here
    return meeting.starts_on, str(meeting.id)


def _window(since: dt.date | None, until: dt.date | None) -> str:
    if since and until:
        return f"between {words.day_in_full(since)} and {words.day_in_full(until)}"
    if since:
        return f"from {words.day_in_full(since)}"
    return f"until {words.day_in_full(until)}" if until else ""


WORKING_DAY = 8 * 60
"""As many minutes of a day a plan may take at most before it is odd."""


def minutes_of(meeting: Meeting) -> int:
    """How many minutes of agenda a meeting has room for: eight hours a day, one day where no end is set."""
    if meeting.starts_on is None:
        return WORKING_DAY
    return ((_last_day(meeting) - meeting.starts_on).days + 1) * WORKING_DAY


def numbers(meetings: Iterable[Meeting]) -> dict[uuid.UUID, int]:
    """The number of each CoP meeting that has a day and is not cancelled, counted from 1 by day.

    A meeting's number follows from the others' days; it is never stored, so it cannot contradict them.
    """
    cop = sorted((m for m in _scheduled(meetings) if m.kind == MeetingKind.COP_MEETING), key=_order)
    return {meeting.id: number for number, meeting in enumerate(cop, start=1)}

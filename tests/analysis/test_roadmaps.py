"""Questions a roadmap answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from copdash import words
from copdash.analysis import roadmaps
from copdash.analysis.roadmaps import Launching
from copdash.errors import Invalid
from copdash.models import CaseStudy, Certainty, Meeting, MeetingKind

JUNE, NOVEMBER = dt.date(2021, 6, 1), dt.date(2021, 11, 30)


def meeting(day: dt.date | None, **values: Any) -> Meeting:
    return Meeting(starts_on=day, **values)


def case_study(**values: Any) -> CaseStudy:
    return CaseStudy(**{"launch_from": JUNE, "launch_until": NOVEMBER, **values})


def test_the_next_meeting_is_the_first_from_today_on() -> None:
    past, today, later = (meeting(dt.date(2021, 6, day)) for day in (1, 15, 20))
    assert roadmaps.next_meeting([later, past, today], dt.date(2021, 6, 15)) is today


def test_a_meeting_under_way_is_the_next_one() -> None:
    running = meeting(dt.date(2021, 6, 14), ends_on=dt.date(2021, 6, 16))
    assert roadmaps.next_meeting([running], dt.date(2021, 6, 16)) is running
    assert roadmaps.next_meeting([running], dt.date(2021, 6, 17)) is None


def test_cancelled_held_and_unscheduled_meetings_are_never_next() -> None:
    day = dt.date(2021, 6, 15)
    meetings = [
        meeting(day, certainty=Certainty.CANCELLED),
        meeting(day, certainty=Certainty.HELD.value),
        meeting(None),
    ]
    assert roadmaps.next_meeting(meetings, day) is None


def test_the_next_meeting_of_a_kind() -> None:
    visit = meeting(dt.date(2021, 7, 1), kind=MeetingKind.SITE_VISIT)
    cop = meeting(dt.date(2021, 8, 1))
    assert roadmaps.next_meeting([visit, cop], JUNE, MeetingKind.COP_MEETING) is cop


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [
        (dt.date(2021, 5, 31), Launching.BEFORE, 1),
        (JUNE, Launching.INSIDE, 0),
        (NOVEMBER, Launching.INSIDE, 0),
        (dt.date(2021, 12, 2), Launching.AFTER, 2),
    ],
)
def test_the_first_and_last_day_of_the_launch_window_are_inside(day: dt.date, state: Launching, days: int) -> None:
    found = roadmaps.launch(case_study(), [meeting(day)])
    assert (found.state, found.days) == (state, days)
    assert words.day_in_full(day) in found.sentence
    assert found.sentence.endswith(".")


def test_only_a_scheduled_cop_meeting_that_is_not_cancelled_launches() -> None:
    others = [
        meeting(JUNE, kind=MeetingKind.SITE_VISIT),
        meeting(JUNE, certainty=Certainty.CANCELLED),
        meeting(None),
    ]
    found = roadmaps.launch(case_study(), others)
    assert found.state == Launching.NOT_PLANNED
    assert found.sentence == (
        "The first CoP meeting has no day yet; it is due between 1 June 2021 and 30 November 2021."
    )


def test_a_window_may_be_open_at_one_end_or_missing() -> None:
    assert roadmaps.launch(case_study(launch_from=None), [meeting(dt.date(2020, 1, 1))]).state == Launching.INSIDE
    assert roadmaps.launch(case_study(launch_until=None), [meeting(dt.date(2030, 1, 1))]).state == Launching.INSIDE
    bare = CaseStudy()
    assert roadmaps.launch(bare, [meeting(JUNE)]).state == Launching.NO_WINDOW
    assert roadmaps.launch(bare, []).sentence == "The first CoP meeting has no day yet."


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid):
        roadmaps.launch(case_study(launch_until=dt.date(2021, 5, 1)), [])


def test_today_is_the_as_of_date_or_the_day_in_the_case_studys_own_zone() -> None:
    late = dt.datetime(2021, 6, 14, 22, 30, tzinfo=dt.UTC)
    assert roadmaps.today(CaseStudy(time_zone="Europe/Madrid"), late) == dt.date(2021, 6, 15)
    assert roadmaps.today(CaseStudy(time_zone="UTC"), late) == dt.date(2021, 6, 14)
    assert roadmaps.today(CaseStudy(time_zone="no zone", as_of=JUNE), late) == JUNE


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd"])
def test_a_place_outside_all_zones_is_refused(zone: str) -> None:
    with pytest.raises(Invalid, match="time zone"):
        roadmaps.today(CaseStudy(time_zone=zone))

"""Days of a series of meetings."""

from __future__ import annotations

import datetime as dt

import pytest

from copdash.analysis import recurrences
from copdash.errors import Invalid


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_weeks_keep_the_weekday_and_both_ends_count() -> None:
    found = recurrences.days(day("2021-10-05"), 4, "weeks", day("2021-12-28"))
    assert found == [day("2021-10-05"), day("2021-11-02"), day("2021-11-30"), day("2021-12-28")]


def test_months_keep_the_day_or_take_the_last_one() -> None:
    found = recurrences.days(day("2021-10-31"), 2, "months", day("2022-05-01"))
    assert found == [day("2021-10-31"), day("2021-12-31"), day("2022-02-28"), day("2022-04-30")]


def test_weekends_and_public_holidays_are_moved_to_the_next_working_day() -> None:
    found = recurrences.days(day("2022-04-27"), 1, "months", day("2022-08-27"), country="Netherlands")
    assert found[0] == day("2022-04-28")  # King's Day
    assert found[-1] == day("2022-08-29")  # a Saturday
    assert found[1] == day("2022-05-27")


def test_an_unknown_country_still_has_weekends() -> None:
    assert recurrences.working("Atlantis", day("2022-01-01")) == day("2022-01-03")


@pytest.mark.parametrize(
    ("every", "until"), [(1, "2021-10-06"), (1, "2025-10-05"), (0, "2021-12-31"), (53, "2030-01-01")]
)
def test_a_series_of_one_or_of_hundreds_is_refused_with_a_way_out(every: int, until: str) -> None:
    with pytest.raises(Invalid):
        recurrences.days(day("2021-10-05"), every, "weeks", day(until))

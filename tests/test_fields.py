"""Values in words: a day is said in one way everywhere, and only in files as ISO."""

import datetime as dt

import pytest

from copdash.fields import shown


@pytest.mark.parametrize("value", [dt.date(2027, 3, 18), "2027-03-18"])
def test_a_day_is_said_as_day_month_year(value: object) -> None:
    assert shown(value) == "18 Mar 2027"


@pytest.mark.parametrize("text", ["2027-13-40", "CoP of 2027-03-18", "2027"])
def test_what_is_no_day_stays_as_it_was_typed(text: str) -> None:
    assert shown(text) == text

"""Days that come again: every so many weeks or months until a day, moved off weekends and public holidays if wished."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal

from copdash.analysis import public_holidays
from copdash.errors import Invalid

Unit = Literal["weeks", "months"]
MOST = 60
"""Meetings that one series may have."""


def days(first: dt.date, every: int, unit: Unit, until: dt.date, *, country: str | None = None) -> list[dt.date]:
    """The days of a series, both ends included: from `first` every so many weeks or months, the last not after `until`.

    Months keep the day of the month, or the last one where a month is shorter. With a `country` a day on its weekend or
    a national holiday moves to the next working day that is none. Raises `Invalid` for a series without a second day,
    and for one of more than `MOST`.
    """
    if not 1 <= every <= 52:
        raise Invalid("Give a number from 1 to 52: how many weeks or months lie between two meetings.")
    found: list[dt.date] = []
    step = 0
    while (day := _after(first, every * step, unit)) <= until:
        found.append(day)
        step += 1
        if len(found) > MOST:
            raise Invalid(f"That would be more than {MOST} meetings; choose an earlier end or a longer time between.")
    if len(found) < 2:
        raise Invalid("Only one day fits; choose a later end, or plan one meeting instead of a series.")
    return found if country is None else [working(country, day) for day in found]


def working(country: str, day: dt.date) -> dt.date:
    """The day itself, or the next one on which people work in that country; two weeks on at most."""
    for step in range(15):
        on = day + dt.timedelta(days=step)
        if not public_holidays.is_weekend(country, on) and public_holidays.holiday(country, on) is None:
            return on
    return day


def _after(first: dt.date, number: int, unit: Unit) -> dt.date:
    if unit == "weeks":
        return first + dt.timedelta(weeks=number)
    months = first.year * 12 + first.month - 1 + number
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))

"""Time zones in calendar files say the same as the zone itself, to a reader that is not ours."""

from __future__ import annotations

import datetime as dt
import io
import zoneinfo

import pytest
from dateutil import tz  # vobject reads zones with it
from icalendar import Calendar

from copdash.exchange import time_zones


@pytest.mark.parametrize(
    "name", ["Europe/Athens", "Europe/London", "Asia/Jerusalem", "Australia/Sydney", "America/New_York", "Asia/Kolkata"]
)
def test_a_zone_that_dateutil_reads_has_the_right_offset_on_every_day_of_four_years(name: str) -> None:
    made = time_zones.described(name, since=2026)
    assert made is not None
    theirs = tz.tzical(io.StringIO(made.to_ical().decode().replace("\r\n", "\n"))).get()
    ours = zoneinfo.ZoneInfo(name)
    for day in range(4 * 366):
        date = dt.date(2026, 1, 1) + dt.timedelta(days=day)
        noons = [dt.datetime.combine(date, dt.time(12), zone) for zone in (theirs, ours)]
        assert noons[0].utcoffset() == noons[1].utcoffset(), date


def test_a_zone_without_a_yearly_rule_is_left_to_the_library() -> None:
    assert time_zones.described("Africa/Casablanca", since=2026) is None
    assert Calendar().get_missing_tzids() == set()

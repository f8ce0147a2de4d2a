"""A time zone as calendar files carry it: with a yearly rule a change of the clock, which every calendar understands.

Lists of single days (RDATE) are as right by the standard, and some readers pass them by and are an hour off.
"""

from __future__ import annotations

import calendar
import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

YEARS = 28
"""After so many years the days of the week come round again: a rule that holds for them holds."""

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_Change = tuple[dt.datetime, dt.datetime]


def described(name: str, *, since: int) -> Timezone | None:
    """The zone from the year `since` on; None where its clock follows no yearly rule, as in Morocco."""
    zone = zoneinfo.ZoneInfo(name)
    changes: defaultdict[tuple[int, int, dt.time], list[_Change]] = defaultdict(list)
    for before, after in _changes(zone, since - 1):
        changes[before.month, before.weekday(), before.time()].append((before, after))
    made = Timezone()
    made.add("tzid", name)
    if not changes:
        made.add_component(_part(dt.datetime(since - 1, 1, 1, tzinfo=zone), dt.datetime(since - 1, 1, 1, tzinfo=zone)))
        return made
    for found in changes.values():
        rule = _rule([before for before, _ in found])
        if len(found) != YEARS or rule is None:
            return None
        part = _part(*found[0])
        part.add("rrule", rule)
        made.add_component(part)
    return made


def _changes(zone: zoneinfo.ZoneInfo, year: int) -> Iterator[_Change]:
    """Each change of the clock in `YEARS` years: the moment in the old and in the new time."""
    at, end = dt.datetime(year, 1, 1, tzinfo=dt.UTC), dt.datetime(year + YEARS, 1, 1, tzinfo=dt.UTC)
    while at < end:
        following = at + dt.timedelta(days=1)
        old, new = at.astimezone(zone).utcoffset(), following.astimezone(zone).utcoffset()
        if old is not None and new is not None and old != new:
            minutes = _first(at, zone, old)
            moment = at + dt.timedelta(minutes=minutes)
            yield moment.astimezone(dt.timezone(old)), moment.astimezone(zone)
        at = following


def _first(at: dt.datetime, zone: zoneinfo.ZoneInfo, old: dt.timedelta) -> int:
    """The first minute of the day after `at` that has another offset."""
    low, high = 0, 1440
    while high - low > 1:
        middle = (low + high) // 2
        same = (at + dt.timedelta(minutes=middle)).astimezone(zone).utcoffset() == old
        low, high = (middle, high) if same else (low, middle)
    return high


def _rule(days: list[dt.datetime]) -> vRecur | None:
    first, last = min(day.day for day in days), max(day.day for day in days)
    if last - first != 6:
        return None
    month, weekday = days[0].month, _DAYS[days[0].weekday()]
    said: dict[str, object] = {"freq": "YEARLY", "bymonth": month}
    if month != 2 and last == calendar.monthrange(2001, month)[1]:
        return vRecur({**said, "byday": f"-1{weekday}"})
    if first % 7 == 1:
        return vRecur({**said, "byday": f"{first // 7 + 1}{weekday}"})
    return vRecur({**said, "byday": weekday, "bymonthday": list(range(first, last + 1))})


def _part(before: dt.datetime, after: dt.datetime) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    part.add("dtstart", before.replace(tzinfo=None))
    part.add("tzoffsetfrom", before.utcoffset())
    part.add("tzoffsetto", after.utcoffset())
    part.add("tzname", after.tzname() or "")
    return part

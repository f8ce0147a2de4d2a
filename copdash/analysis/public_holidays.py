"""Public holidays and weekends of a country, by the name people give it. National holidays only."""

from __future__ import annotations

import datetime as dt
import functools

import holidays
from holidays.registry import COUNTRIES

from copdash import words

_ALSO = {
    "the netherlands": "NL",
    "holland": "NL",
    "nederland": "NL",
    "espana": "ES",
    "italia": "IT",
    "ellada": "GR",
    "hellas": "GR",
    "deutschland": "DE",
    "osterreich": "AT",
    "schweiz": "CH",
    "suisse": "CH",
    "danmark": "DK",
    "belgie": "BE",
    "belgique": "BE",
    "great britain": "GB",
    "scotland": "GB",
    "england": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "czech republic": "CZ",
    "czechia": "CZ",
    "turkiye": "TR",
    "usa": "US",
}


def code_of(country: str) -> str | None:
    """The two letters of a country: of its name in English, its own code, or None for one that is not known."""
    name = words.folded(country)
    if not name:
        return None
    return _ALSO.get(name) or _codes().get(name)


def holiday(country: str, day: dt.date) -> str | None:
    """What public holiday a day is in a country; None for none, and for a country that is not known."""
    code = code_of(country)
    return None if code is None else _of(code, day.year).get(day)


def between(country: str, first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """The national holidays from one day to another, both included, at most twenty years; none where not known."""
    code = code_of(country)
    if code is None:
        return []
    years = range(first.year, min(last.year, first.year + 19) + 1)
    found = [(day, name) for year in years for day, name in _of(code, year).items() if first <= day <= last]
    return sorted(found)


def weekend(country: str) -> list[int]:
    """The weekdays on which nobody works, Monday being 0; Saturday and Sunday where the country is not known."""
    code = code_of(country)
    return [5, 6] if code is None else sorted(_of(code, 2021).weekend)


def is_weekend(country: str, day: dt.date) -> bool:
    """Whether nobody works on that weekday in the country; Saturday and Sunday where it is not known."""
    code = code_of(country)
    return day.weekday() in ({5, 6} if code is None else _of(code, day.year).weekend)


@functools.cache
def _codes() -> dict[str, str]:
    known: dict[str, str] = {}
    for module, (_, *codes) in COUNTRIES.items():
        known[module.replace("_", " ")] = codes[0]
        known.update({words.folded(code): codes[0] for code in codes})
    return known


@functools.lru_cache(maxsize=512)
def _of(code: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(code, years=year, expand=False, language="en_US")

"""What a line of notes says as an action: who sees to it, what, and by when.

    Marta: invite the irrigators by 15 Oct      Marta, 15 October, «Invite the irrigators»

A line that does not say who or when gets whom and when it is given; nothing of the line is lost without being said.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from copdash import words

SOON = 14
"""Days from today until an action is due that does not say when."""

_MONTHS = {
    "sept": 9,
    **{said.casefold(): number for number, name in enumerate(words.MONTHS, start=1) for said in (name, name[:3])},
}
_WEEKDAYS = tuple(day.casefold() for day in words.WEEKDAYS)
_WORDS = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = (
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_WORDS})\.?(?:\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month_first>{_WORDS})\.?\s+(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year_last>\d{{4}}))?"
    r"|(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"
    rf"|(?P<weekday>{'|'.join(_WEEKDAYS)})"
    r"|(?P<tomorrow>tomorrow)|(?P<week>next week)"
)
_BY = re.compile(rf"[\s,;(]*\b(?:by|until|before|due|on)\s+(?:{_DAY})\b[.)]*", re.IGNORECASE)
_IN = re.compile(
    r"[\s,;(]*\b(?:in|within)\s+(?P<count>\d{1,2}|a|one|two|three|four|six)\s+(?P<unit>day|week|month)s?\b[.)]*",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^\s*(?P<name>\w[\w.'’-]*|[^\W\d_a-zß-ÿ][\w.'’-]*(?: \w[\w.'’-]*){1,3})\s*:\s+(?P<rest>\S.*)$", re.DOTALL
)
"""A word before a colon, or up to four of which the first has a capital."""
_AT = re.compile(r"(?:^|\s)@(?P<name>\w[\w'’-]*)")
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_NO_NAMES = frozenset({"action", "actions", "todo", "to do", "note", "question", "decision", "idea"})
"""Words before a colon that are no one."""


@dataclass(frozen=True)
class Proposed:
    """An action as a line proposes it."""

    title: str
    owner: str
    due_on: dt.date


def proposed(text: str, *, today: dt.date, owner: str = "") -> Proposed:
    """What a line says; `owner` sees to it, in `SOON` days from `today`, where the line names nobody and no day."""
    line, who, due = " ".join(text.split()), owner, None
    named = _OWNER.match(line)
    if named and named["name"].casefold() in _NO_NAMES:
        line = named["rest"]
        named = _OWNER.match(line)
    if named:
        who, line = named["name"], named["rest"]
    elif at := _AT.search(line):
        who, line = at["name"], f"{line[: at.start()]} {line[at.end() :]}".strip()
    for pattern in (_BY, _IN):
        for found in pattern.finditer(line):
            due = _day(found.groupdict(), today)
            if due is not None:
                line = f"{line[: found.start()]} {line[found.end() :]}".strip()
                break
        if due is not None:
            break
    line = " ".join(line.split()).strip(" ,;:-") or " ".join(text.split())
    return Proposed(line[:1].upper() + line[1:], who, due or today + dt.timedelta(days=SOON))


def _day(said: dict[str, str | None], today: dt.date) -> dt.date | None:
    """The day that was said; a day without a year is the next one from today on. None where there is no such day."""
    if unit := said.get("unit"):
        count = said["count"] or ""
        number = int(count) if count.isdigit() else _NUMBERS[count.casefold()]
        return today + dt.timedelta(days=number * {"day": 1, "week": 7, "month": 30}[unit.casefold()])
    if said["tomorrow"]:
        return today + dt.timedelta(days=1)
    if said["week"]:
        return today + dt.timedelta(days=7)
    if weekday := said["weekday"]:
        return today + dt.timedelta(days=(_WEEKDAYS.index(weekday.casefold()) - today.weekday() - 1) % 7 + 1)
    try:
        if said["iso"]:
            day = dt.date.fromisoformat(said["iso"])
        elif said["d"]:
            day = dt.date(int(said["y"] or 0), int(said["m"] or 0), int(said["d"]))
        else:
            month = _MONTHS[(said["month"] or said["month_first"] or "").casefold()]
            number, year = int(said["day"] or said["day_last"] or 0), said["year"] or said["year_last"]
            day = dt.date(int(year) if year else today.year, month, number)
            if not year and day < today:
                day = dt.date(today.year + 1, month, number)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None

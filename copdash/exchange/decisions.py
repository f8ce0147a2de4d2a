"""What the numbers and dates of a column mean together: one scale, one order of day and month, said and changeable.

A scale follows from the heading, from signs in the cells or from the range of all ratings of a table. Where it is not
certain, it is a question with a default, and never a guess in silence. Nobody is asked about our own exports.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copdash import fields
from copdash.exchange import words
from copdash.exchange.headings import SCALE, Subject
from copdash.exchange.reading import Cell

KEPT = "0-10"
SCALES: Mapping[str, tuple[float, float]] = {
    KEPT: (0, 10),
    "1-3": (1, 3),
    "0-3": (0, 3),
    "1-4": (1, 4),
    "0-4": (0, 4),
    "1-5": (1, 5),
    "0-5": (0, 5),
    "1-7": (1, 7),
    "0-1": (0, 1),
    "0-100": (0, 100),
    "1-10": (0, 10),
}
"""The scales that can be chosen, with the numbers that mean 0 and 10 here. "1-10" is taken as it is."""

DAY_FIRST, MONTH_FIRST = "day first", "month first"
ORDERS = (DAY_FIRST, MONTH_FIRST)
FEWEST = 5
"""So many ratings have to lie on a smaller scale before it is proposed."""

_RATINGS = frozenset(name for name, column in fields.STAKEHOLDER.items() if column.shape == "rating")
_DAYS = frozenset({"starts_on", "ends_on", "due_on", "since", "until"})
OUT_OF = re.compile(r"\d+(?:[.,]\d+)? ?(?:/|of|von|van|sur|de|su|out of|aus|uit) ?(\d{1,3})", re.IGNORECASE)
"""A rating with its scale: "4/5", "4 of 5"."""

_NUMERIC = re.compile(
    r"(?:(?P<weekday>[^\W\d]+)\.?,? )?(?P<first>\d{1,2})(?P<sign>[./-]) ?(?P<second>\d{1,2})[./-] ?"
    r"(?P<year>\d{4}|\d{2})(?:[T ,].*)?"
)


@dataclass(frozen=True)
class Decision:
    """How a column is read: `choice` is one of `SCALES` or `ORDERS`, `why` ends the sentence that says so."""

    field: str
    choice: str
    certain: bool
    why: str

    @property
    def options(self) -> Sequence[str]:
        """What can be chosen instead."""
        return tuple(SCALES) if self.field in _RATINGS else ORDERS


def found(
    subject: Subject,
    headings: Sequence[str],
    columns: Sequence[str | None],
    rows: Iterable[Sequence[Cell]],
    *,
    own: bool = False,
    percent: Mapping[int, int] | None = None,
) -> tuple[Decision, ...]:
    """A decision for each column of ratings and of days, those that need none left out.

    In our `own` exports no range of numbers says another scale; a heading that somebody gave another scale does.
    `percent` has for each column how many of its numbers a workbook shows as percentages.
    """
    cells: dict[str, list[Cell]] = {name: [] for name in columns if name in _RATINGS | _DAYS and name is not None}
    places = [(index, name) for index, name in enumerate(columns) if name in cells and name is not None]
    for row in rows:
        for index, name in places:
            if index < len(row) and row[index] is not None:
                cells[name].append(row[index])
    said = {name: headings[index] for index, name in places}
    if subject == "stakeholders":
        shown = {name: (percent or {}).get(index, 0) for index, name in places}
        return tuple(_scales({name: cells[name] for name in cells if name in _RATINGS}, said, own, shown))
    return tuple(_orders({name: cells[name] for name in cells if name in _DAYS}))


def rated(number: float, scale: str) -> float:
    """A number of a scale as a rating from 0 to 10, to a tenth where the scale is another one."""
    low, high = SCALES.get(scale) or _ends(scale)
    return number if (low, high) == (0, 10) else round((number - low) / (high - low) * 10, 2)


def sentence(one: Decision, label: str) -> str:
    """What was decided, with an example: "Power: a scale of 1-5 (the heading says so); 4 becomes 7.5"."""
    if one.choice in ORDERS:
        example = "03/04 is 3 April" if one.choice == DAY_FIRST else "03/04 is 4 March"
        return f"{label}: the {one.choice.replace(' first', ' stands first')}, {example} ({one.why})"
    if SCALES.get(one.choice) == (0, 10):
        return f"{label}: taken as it is, from 0 to 10 ({one.why})"
    low, high = SCALES.get(one.choice) or _ends(one.choice)
    near = high - 1 if high - low > 1 and high <= 10 else (low + high) / 2
    return f"{label}: a scale of {one.choice}; {near:g} becomes {rated(near, one.choice):g} ({one.why})"


def _ends(scale: str) -> tuple[float, float]:
    low, _, high = scale.rpartition("-")
    return float(low), float(high)


# ---- scales ---------------------------------------------------------------------------------------------------------


def _scales(
    cells: Mapping[str, list[Cell]], headings: Mapping[str, str], own: bool, percent: Mapping[str, int]
) -> Iterable[Decision]:
    plain: dict[str, list[float]] = {}
    for name, column in cells.items():
        numbers = [value for cell in column if isinstance(value := words.number(cell), float)]
        texts = [words.line(cell) for cell in column if isinstance(cell, str)]
        scale = _in_heading(headings[name])
        if scale:
            yield Decision(name, scale, True, "the heading says so")
        elif any(re.fullmatch(r"\d+(?:[.,]\d+)? ?%", text) for text in texts):
            yield Decision(name, "0-100", True, "the cells are percentages")
        elif numbers and percent[name] >= len(numbers):
            yield Decision(name, "0-1", True, "the workbook shows percentages")
        elif of := _out_of(texts):
            yield Decision(name, f"0-{of}", True, f"the cells say “/ {of}”")
        elif numbers and not own:
            plain[name] = numbers
    yield from _by_range(plain)


def _in_heading(heading: str) -> str:
    match = SCALE.search(heading)
    if match is None:
        return "0-100" if "%" in heading else ""
    scale = f"{match['low']}-{match['high']}"
    return scale if int(match["low"]) < int(match["high"]) <= 100 else ""


def _out_of(texts: Sequence[str]) -> int | None:
    ends = {int(match[1]) for text in texts if (match := OUT_OF.fullmatch(text))}
    return next(iter(ends)) if len(ends) == 1 and not ends & {0, 10} else None


def _by_range(plain: Mapping[str, list[float]]) -> Iterable[Decision]:
    """Columns whose heading says nothing have one scale: that of all their numbers together."""
    together = [number for numbers in plain.values() for number in numbers]
    if not together:
        return
    low, high = min(together), max(together)
    many, whole = len(together) >= FEWEST, all(number.is_integer() for number in together)
    choice, certain, why = KEPT, True, f"the highest is {high:g}"
    if sum(number > 10 for number in together) * 3 > len(together) and high <= 100:
        choice, certain, why = "0-100", False, f"they go up to {high:g}"
    elif low >= 0 and high <= 1 and not whole:
        choice, certain, why = "0-1", len(together) > 1, "all lie from 0 to 1"
    elif high <= 5:
        most = "3" if high <= 3 else "5"
        likely = many and whole and high > 1
        choice = f"{'1' if low >= 1 else '0'}-{most}" if likely else KEPT
        certain, why = False, f"no number is above {high:g}, and nothing says the scale"
    if choice == KEPT and certain:
        return
    for name in plain:
        yield Decision(name, choice, certain, why)


# ---- days -----------------------------------------------------------------------------------------------------------


def _orders(cells: Mapping[str, list[Cell]]) -> Iterable[Decision]:
    proofs: dict[str, set[str]] = {}
    reasons: dict[str, str] = {}
    for name, column in cells.items():
        found = [m for cell in column if isinstance(cell, str) and (m := _NUMERIC.fullmatch(words.line(cell)))]
        pairs = [(int(m["first"]), m["sign"], int(m["second"])) for m in found]
        by_weekday = {order for m in found if (order := _by_weekday(m))}
        if by_weekday:
            reasons[name] = "the weekday shows it"
        if pairs:
            proofs[name] = {DAY_FIRST for first, _, _ in pairs if first > 12}
            proofs[name] |= {MONTH_FIRST for _, _, second in pairs if second > 12}
            proofs[name] |= by_weekday
            proofs[name] |= {"either"} if any(first != second for first, _, second in pairs) else set()
            if all(sign == "." for _, sign, _ in pairs):
                proofs[name].add(DAY_FIRST)
    elsewhere = {proof for said in proofs.values() for proof in said} & set(ORDERS)
    for name, said in proofs.items():
        orders = said & set(ORDERS)
        if len(orders) == 1:
            yield Decision(name, orders.pop(), True, reasons.get(name, "a number above 12 shows it"))
        elif orders:
            yield Decision(name, DAY_FIRST, False, "the lines contradict each other")
        elif len(elsewhere) == 1 and "either" in said:
            yield Decision(name, next(iter(elsewhere)), True, "as in the other column of days")
        elif "either" in said:
            yield Decision(name, DAY_FIRST, False, "nothing in the file shows which it is")


def _by_weekday(match: re.Match[str]) -> str:
    """The one order in which the day falls on the weekday that stands beside it; "" where that is both, or neither."""
    weekday = words.weekday(match["weekday"]) if match["weekday"] else None
    if weekday is None:
        return ""
    days = {
        DAY_FIRST: words.day(f"{match['first']}/{match['second']}/{match['year']}"),
        MONTH_FIRST: words.day(f"{match['second']}/{match['first']}/{match['year']}"),
    }
    fit = [order for order, day in days.items() if isinstance(day, dt.date) and day.weekday() == weekday]
    return fit[0] if len(fit) == 1 else ""


def day_in_order(cell: Cell, order: str) -> dt.date | object | None:
    """A day, with the month before the day where its weekday or the column has it so; as `words.day` otherwise."""
    text = words.line(cell) if isinstance(cell, str) else ""
    if match := _NUMERIC.fullmatch(text):
        first, second = int(match["first"]), int(match["second"])
        order = _by_weekday(match) or order
        if (order == MONTH_FIRST and second <= 31 and first <= 12) or (order == DAY_FIRST and second > 12 >= first):
            first, second = second, first
        return words.day(f"{first}/{second}/{match['year']}")
    return words.day(cell)

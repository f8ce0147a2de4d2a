"""Lines of a table that are no rows of it: totals below a list, and lines that a workbook hides.

A person decides with one click: totals are left out unless somebody keeps them, hidden lines the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from copdash import fields
from copdash.exchange import vocabulary, words
from copdash.exchange.parsing import Sheet
from copdash.exchange.reading import Cell

Extra = Literal["totals", "hidden"]
USUAL: Final[frozenset[Extra]] = frozenset({"totals"})
"""What is left out where nobody says otherwise."""

REASONS: Mapping[Extra, str] = {
    "totals": "This is a total of other lines.",
    "hidden": "This line is hidden in the workbook.",
}

_RATINGS = frozenset(name for name, column in fields.STAKEHOLDER.items() if column.shape == "rating")
_NAMES = frozenset({"name", "first_name", "last_name"})
_TOTALS = frozenset(
    vocabulary.normal(word)
    for word in (
        "total|totals|grand total|overall total|total score|sub total|subtotal|sum|sum total|average|averages|mean|"
        "median|count|Summe|Gesamt|Gesamtsumme|Gesamtergebnis|Insgesamt|Zwischensumme|Durchschnitt|Mittelwert|Anzahl|"
        "totaal|eindtotaal|totaal generaal|subtotaal|som|gemiddelde|aantal|total général|sous-total|somme|moyenne|"
        "suma|suma total|total general|promedio|totale|totale generale|subtotale|somma|media aritmetica|ensemble"
    ).split("|")
)
_LONGEST = 60
_FEWEST = 3
"""So many lines have to stand above sums that are ratings, too: 1, 2 and 3 are three stakeholders."""


def lines(sheet: Sheet, header_row: int | None, columns: Sequence[str | None]) -> dict[Extra, list[int]]:
    """Which lines with something in them are totals, and which are hidden, counted from 1."""
    first = 0 if header_row is None else header_row + 1
    hidden = {row for row in sheet.marks.get("hidden_rows", ()) if isinstance(row, int) and first < row}
    filled = (row for row in hidden if row <= len(sheet.rows) and any(words.line(cell) for cell in sheet.rows[row - 1]))
    return {"totals": list(_totals(sheet.rows, first, columns)), "hidden": sorted(filled)}


def _totals(rows: Sequence[Sequence[Cell]], first: int, columns: Sequence[str | None]) -> Iterator[int]:
    """A line is a total if its name is such a word, with nothing but numbers beside it, or if each of its ratings is
    the sum of those above it."""
    if not _NAMES & set(columns):
        return
    named = [index for index, name in enumerate(columns) if name in _NAMES]
    rated = [(index, name) for index, name in enumerate(columns) if name in _RATINGS and name is not None]
    beside = [index for index, name in enumerate(columns) if name is not None and name not in _NAMES | _RATINGS]
    sums: dict[str, float] = {}
    above = 0
    last = len(rows)
    for number, row in enumerate(rows[first:], start=first + 1):
        ratings = {
            name: value
            for index, name in rated
            if index < len(row) and row[index] is not None and isinstance(value := words.number(row[index]), float)
        }
        if _is_called_total(row, named, beside) or _is_sum(ratings, sums, above, last=number == last):
            yield number
            sums, above = {}, 0
            continue
        for name, value in ratings.items():
            sums[name] = sums.get(name, 0.0) + value
        above += bool(ratings)


def _is_called_total(row: Sequence[Cell], named: Sequence[int], beside: Sequence[int]) -> bool:
    called = [row[index] for index in named if index < len(row) and row[index]]
    if len(called) != 1 or not isinstance(called[0], str) or len(called[0]) > _LONGEST:
        return False
    if vocabulary.normal(called[0].rstrip("0123456789:= ")) not in _TOTALS:
        return False
    others = [row[index] for index in beside if index < len(row)]
    return not any(isinstance(cell, str) and not words.is_nothing(words.line(cell)) for cell in others)


def _is_sum(ratings: Mapping[str, float], sums: Mapping[str, float], above: int, *, last: bool) -> bool:
    """Several columns agree, or one does in the last line; below few lines only where no rating can be so high."""
    if above < 2 or not ratings or any(abs(sums.get(name, 0.0) - value) > 1e-6 for name, value in ratings.items()):
        return False
    agree, high = sum(value > 0 for value in ratings.values()), min(ratings.values()) > 10
    return (agree > 1 and (high or above >= _FEWEST)) or (high and last and above >= _FEWEST)

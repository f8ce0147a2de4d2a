"""One line of a foreign table as values of our fields, with a sentence for whatever was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copdash import fields
from copdash.errors import Invalid
from copdash.exchange import decisions, meeting_cells, vocabulary, words
from copdash.exchange.columns import Layout, headings
from copdash.exchange.headings import Subject
from copdash.exchange.parsing import Sheet
from copdash.exchange.reading import Cell

Meanings = Mapping[tuple[str, str], str]
"""What a person said a word means: (field, word in the file) -> word of ours, or "" to leave it out."""

COLUMNS: Mapping[Subject, Mapping[str, fields.Column]] = {
    "stakeholders": {
        **fields.STAKEHOLDER,
        "first_name": fields.Column("first_name", "First name"),
        "infix": fields.Column("infix", "Between first and last name"),
        "last_name": fields.Column("last_name", "Last name"),
    },
    "relations": {
        **fields.RELATION,
        "from": fields.Column("from", "From"),
        "from_organisation": fields.Column("from_organisation", "From organisation"),
        "to": fields.Column("to", "To"),
        "to_organisation": fields.Column("to_organisation", "To organisation"),
    },
    "meetings": {**fields.MEETING, **meeting_cells.COLUMNS, "uid": fields.Column("uid", "Calendar UID")},
    "milestones": {
        **fields.MILESTONE,
        "title": fields.Column("title", "Milestone"),
        "uid": fields.Column("uid", "Calendar UID"),
    },
}


@dataclass(slots=True)
class Row:
    """What one line says. `values` has only fields that are not empty; `number` counts the lines of the file from 1."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    refusal: str = ""


def rows(sheet: Sheet, layout: Layout, meanings: Meanings, unknown: Counter[tuple[str, str]]) -> Iterator[Row]:
    """The lines below the header that hold anything; `unknown` counts the words that mean nothing to us."""
    columns = COLUMNS[layout.subject]
    titles = headings(sheet, layout)
    mapped = [(index, columns[name]) for index, name in enumerate(layout.columns) if name is not None]
    choices = {one.field: one.choice for one in layout.decisions}
    first = 0 if layout.header_row is None else layout.header_row + 1
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        if not any(cell is not None for cell in cells):
            continue
        row = Row(number)
        for index, column in mapped:
            if index < len(cells) and cells[index] is not None:
                _take(row, column, cells[index], titles[index], _Said(meanings, unknown, choices.get(column.name, "")))
        if row.values or row.warnings or row.refusal or any(words.line(cell) for cell in cells):
            yield row


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known beside the cell: what words mean, which ones were met, and the scale or order of its column."""

    meanings: Meanings
    unknown: Counter[tuple[str, str]]
    choice: str


def _take(row: Row, column: fields.Column, cell: Cell, title: str, said: _Said) -> None:
    if column.shape == "choice":
        value: Any = _choice(row, column, words.line(cell), said)
    elif column.shape in _READERS:
        value = _READERS[column.shape](row, column, cell, said)
    elif column.name == "themes":
        value = words.themes(cell)
    else:
        value = words.passage(cell) if column.shape == "note" else words.line(cell)
    if value is None or value == "":
        return
    if column.name in row.values and column.shape != "clock":  # only for fields that may be joined
        before = row.values[column.name]
        if column.name == "themes":
            value = words.themes(f"{before};{value}")
        else:
            value = f"{before}; {value}" if column.name in meeting_cells.LABELS else f"{before}\n{title}: {value}"
    if (
        column.name not in meeting_cells.LABELS
        and isinstance(value, str)
        and len(value) > (fields.LONGEST_NOTE if column.shape == "note" else fields.LONGEST_TEXT)
    ):
        row.refusal = row.refusal or _refusal(column, value)
    row.values[column.name] = value


def _refusal(column: fields.Column, value: object) -> str:
    try:
        column.clean(value)
    except Invalid as problem:
        return str(problem)
    return ""


def _choice(row: Row, column: fields.Column, word: str, said: _Said) -> str | None:
    if (column.name, word) in said.meanings:
        return said.meanings[column.name, word]
    if column.choices is None or words.is_nothing(word):
        return None
    value = vocabulary.meaning(column.choices, word)
    if value is None:
        said.unknown[column.name, word] += 1
        instead = "the usual one is taken" if column.required else "left empty"
        row.warnings.append(f"“{_short(word)}” is not a known {column.label.lower()}; {instead}.")
    return value


def usual(column: fields.Column, word: str) -> str:
    """What a word in a column of ratings, strengths or flags is taken for unless a person says otherwise, or ""."""
    if column.shape == "rating":
        return vocabulary.rating(word)
    if column.shape == "strength":
        return vocabulary.strength(word)
    return ""


def offered(column: fields.Column) -> list[str]:
    """What a word of a column may mean."""
    if column.choices:
        return list(column.choices.values())
    return {"rating": [str(n) for n in range(11)], "strength": ["1", "2", "3"], "flag": ["yes", "no"]}.get(
        column.shape, []
    )


def _word(column: fields.Column, cell: Cell, said: _Said) -> str | None:
    """What a person said that the word means, or what it usually does; "" for nothing, None where it is not known."""
    word = words.line(cell)
    if (column.name, word) in said.meanings:
        said.unknown[column.name, word] += 1
        return said.meanings[column.name, word]
    said.unknown[column.name, word] += 1
    return usual(column, word) or None


def _rating(row: Row, column: fields.Column, cell: Cell, said: _Said) -> float | None:
    value = words.number(cell)
    if value is None:
        return None
    if not isinstance(value, float):
        meant = _word(column, cell, said)
        if meant is None:
            row.warnings.append(
                f"“{_short(words.line(cell))}” is not a number from 0 to 10; {column.label} left empty."
            )
        return float(meant) if meant else None
    found = decisions.rated(value, said.choice or decisions.KEPT)
    if not 0 <= found <= 10:
        scale = said.choice or decisions.KEPT
        row.warnings.append(f"{column.label} is {value:g}, outside the scale of {scale}; left empty.")
        return None
    return float(column.clean(found))


def _strength(row: Row, column: fields.Column, cell: Cell, said: _Said) -> int | None:
    value = words.number(cell)
    if value is None:
        return None
    if isinstance(value, float) and value in {1, 2, 3}:
        return int(value)
    meant = None if isinstance(value, float) else _word(column, cell, said)
    if meant is None:
        row.warnings.append(f"Strength is “{_short(words.line(cell))}”, not 1, 2 or 3; the usual one is taken.")
    return int(meant) if meant else None


def _day(row: Row, column: fields.Column, cell: Cell, said: _Said) -> Any:
    value = decisions.day_in_order(cell, said.choice)
    if value is words.NOT_UNDERSTOOD:
        row.warnings.append(f"“{_short(words.line(cell))}” is not a day such as 2021-09-15; {column.label} left empty.")
        return None
    if column.name == "starts_on" and isinstance(cell, str) and (time := words.clock(cell)):
        row.values.setdefault("day_starts_at", time)
    return value


def _flag(row: Row, column: fields.Column, cell: Cell, said: _Said) -> Any:
    value = words.flag(cell)
    if value is words.NOT_UNDERSTOOD:
        meant = _word(column, cell, said)
        if meant is None:
            row.warnings.append(f"“{_short(words.line(cell))}” is neither yes nor no; the usual is taken.")
        return meant == "yes" if meant else None
    return value


def _clock(row: Row, column: fields.Column, cell: Cell, said: _Said) -> Any:
    text = words.line(cell)
    if isinstance(cell, float) and 0 <= cell < 1:  # a time of day, as a spreadsheet counts it
        minutes = round(cell * 1440) % 1440
        text = f"{minutes // 60:02}:{minutes % 60:02}"
    try:
        return column.clean("" if words.is_nothing(text) else words.clock(text) or text)
    except Invalid:
        row.warnings.append(f"“{_short(text)}” is not a time such as 09:30; {column.label} left empty.")
        return None


_READERS: Mapping[str, Callable[[Row, fields.Column, Cell, _Said], Any]] = {
    "rating": _rating,
    "strength": _strength,
    "day": _day,
    "flag": _flag,
    "clock": _clock,
}


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def listed(labels: Sequence[str]) -> str:
    """Labels in a sentence: a, b and c."""
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"

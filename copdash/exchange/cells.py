"""One line of a foreign table as values of our fields, with a sentence for whatever was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from copdash import fields
from copdash.errors import Invalid
from copdash.exchange import decisions, left_out, meeting_cells, vocabulary, words
from copdash.exchange.columns import Layout, headings
from copdash.exchange.headings import Subject
from copdash.exchange.parsing import Sheet
from copdash.exchange.reading import Cell
from copdash.exchange.remarks import Remark
from copdash.words import shortened

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
    """What one line says. `values` has only fields that are not empty; `number` counts the lines of the file from 1.

    `remarks` are about what was not understood, `changes` about what was and is not as it stands. A line that is
    `left_out` says why.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    left_out: str = ""
    refusal: str = ""


def rows(sheet: Sheet, layout: Layout, meanings: Meanings, unknown: Counter[tuple[str, str]]) -> Iterator[Row]:
    """The lines below the header that hold anything; `unknown` counts the words that mean nothing to us."""
    columns = COLUMNS[layout.subject]
    titles = headings(sheet, layout)
    mapped = [(index, columns[name]) for index, name in enumerate(layout.columns) if name is not None]
    choices = {one.field: one.choice for one in layout.decisions}
    first = 0 if layout.header_row is None else layout.header_row + 1
    extras = left_out.lines(sheet, layout.header_row, layout.columns)
    skipped = {line: left_out.REASONS[extra] for extra in layout.left_out for line in extras[extra]}
    literal = layout.own or sheet.format not in ("CSV", "XLSX")
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        if not any(cell is not None for cell in cells):
            continue
        row = Row(number, left_out=skipped.get(number, ""))
        for index, column in mapped:
            if index < len(cells) and cells[index] is not None:
                said = _Said(meanings, unknown, choices.get(column.name, ""), literal)
                _take(row, column, cells[index], titles[index], said if not row.left_out else _unasked(said))
        if row.values or row.remarks or row.refusal or any(words.line(cell) for cell in cells):
            yield row


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known beside the cell: what words mean, which ones were met, and the scale or order of its column.

    `literal` says that no person wrote “n/a” for an empty cell: our own exports and networks of other programs.
    """

    meanings: Meanings
    unknown: Counter[tuple[str, str]]
    choice: str
    literal: bool


def _unasked(said: _Said) -> _Said:
    """The same for a line that is left out: nobody is asked about its words."""
    return replace(said, unknown=Counter())


def _take(row: Row, column: fields.Column, cell: Cell, title: str, said: _Said) -> None:
    if isinstance(cell, str) and _says_nothing(column, cell, said):
        row.changes.append(f"“{words.line(cell)}” as {column.label} is taken as empty.")
        return
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


def _says_nothing(column: fields.Column, cell: str, said: _Said) -> bool:
    """Whether a cell says that it is empty, such as “n/a”. In a text of our own exports such a word stays."""
    text = words.line(cell)
    if not text or column.shape == "flag" or (column.name, text) in said.meanings:
        return False
    if column.shape in ("text", "note"):
        return not said.literal and words.is_empty(text)
    return words.is_nothing(text)


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
        _tell(row, column, f"“{_short(word)}” is not a known {column.label.lower()}")
    return value


def _tell(row: Row, column: fields.Column, fact: str) -> None:
    row.remarks.append(Remark(fact, column.name, column.label))


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
            _tell(row, column, f"“{_short(words.line(cell))}” is not a number from 0 to 10")
        elif meant:
            row.changes.append(f"“{words.line(cell)}” as {column.label} is taken for {meant}.")
        return float(meant) if meant else None
    scale = said.choice or decisions.KEPT
    found = decisions.rated(value, scale)
    if not 0 <= found <= 10:
        _tell(row, column, f"“{value:g}” is outside the scale of {scale}")
        return None
    if found != value:
        row.changes.append(f"{column.label} is brought from a scale of {scale} to 0-10.")
    rating = float(column.clean(found))
    if found == value != rating:
        row.changes.append(f"{column.label} is rounded to two decimals.")
    return rating


def _strength(row: Row, column: fields.Column, cell: Cell, said: _Said) -> int | None:
    value = words.number(cell)
    if value is None:
        return None
    if isinstance(value, float) and value in {1, 2, 3}:
        return int(value)
    meant = None if isinstance(value, float) else _word(column, cell, said)
    if meant is None:
        _tell(row, column, f"“{_short(words.line(cell))}” is not a strength of 1, 2 or 3")
    elif meant:
        row.changes.append(f"“{words.line(cell)}” as {column.label} is taken for {meant}.")
    return int(meant) if meant else None


def _day(row: Row, column: fields.Column, cell: Cell, said: _Said) -> Any:
    value = decisions.day_in_order(cell, said.choice)
    if value is words.NOT_UNDERSTOOD:
        text = words.line(cell)
        period = words.period(text)
        what = f"{period}, not a day" if period else "not a day such as 2021-09-15"
        _tell(row, column, f"“{_short(text)}” is {what}")
        return None
    if column.name == "starts_on" and isinstance(cell, str) and (time := words.clock(cell)):
        row.values.setdefault("day_starts_at", time)
    return value


def _flag(row: Row, column: fields.Column, cell: Cell, said: _Said) -> Any:
    value = words.flag(cell)
    if value is words.NOT_UNDERSTOOD:
        meant = _word(column, cell, said)
        if meant is None:
            _tell(row, column, f"“{_short(words.line(cell))}” is neither yes nor no")
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
        _tell(row, column, f"“{_short(text)}” is not a time such as 09:30")
        return None


_READERS: Mapping[str, Callable[[Row, fields.Column, Cell, _Said], Any]] = {
    "rating": _rating,
    "strength": _strength,
    "day": _day,
    "flag": _flag,
    "clock": _clock,
}


def _short(text: str) -> str:
    return shortened(text, 60)

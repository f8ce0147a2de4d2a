"""Which line of a foreign table is its header, what the table is about, and which column is which of our fields."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from copdash import fields, models
from copdash.errors import Invalid
from copdash.exchange import meeting_cells, vocabulary
from copdash.exchange.parsing import Sheet
from copdash.exchange.reading import Cell
from copdash.exchange.words import is_nothing, line, number

Subject = Literal["stakeholders", "relations", "meetings", "milestones"]

LABELS: Final[Mapping[Subject, Mapping[str, str]]] = {
    "stakeholders": {name: column.label for name, column in fields.STAKEHOLDER.items()},
    "relations": {
        "from": "From",
        "from_organisation": "From organisation",
        "to": "To",
        "to_organisation": "To organisation",
        **{name: column.label for name, column in fields.RELATION.items()},
    },
    "meetings": {**{name: column.label for name, column in fields.MEETING.items()}, **meeting_cells.LABELS},
    # «Milestone» instead of «Title» tells such a file from a roadmap.
    "milestones": {name: column.label for name, column in fields.MILESTONE.items()} | {"title": "Milestone"},
}
"""The fields of a file and the headings an export gives them, in the order of its columns."""

ALSO: Final[Mapping[Subject, Mapping[str, str]]] = {
    "stakeholders": {"first_name": "First name", "last_name": "Last name"},
    "relations": {},
    "meetings": {},
    "milestones": {},
}
"""Fields that only an import knows: first and last name make a name."""

JOINED: Final = frozenset(
    {
        "notes",
        "themes",
        "rationale",
        "stake",
        "expectations",
        "needs",
        "goals",
        "expected_outcomes",
        "questions",
        "follow_up",
        "invited",
        "attended",
    }
)
"""Fields that several columns may feed together."""

LOOKED_AT = 40
"""How many lines from the top may be the header."""


@dataclass(frozen=True)
class Layout:
    """How a sheet is read. `header_row` is an index into `Sheet.rows`, None where there is no header.

    `columns` has one field name, or None for «leave out», for each column; `defaults` fills what new rows lack.
    """

    subject: Subject
    header_row: int | None
    columns: tuple[str | None, ...]
    defaults: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def offered(subject: Subject) -> dict[str, str]:
    """The fields a person may give to a column by hand, with their labels."""
    return {**LABELS[subject], **ALSO[subject]}


def understood(
    sheet: Sheet,
    *,
    subject: Subject | None = None,
    header_row: int | Literal["find"] | None = "find",
    renamed: Mapping[str, str] | None = None,
) -> Layout:
    """What can be found out about a sheet without asking; a subject or header row given by hand is kept.

    `renamed` are the labels that a case study gave to fields of its stakeholders: such a heading means that field.
    Raises `Invalid` for a header row outside the sheet, and for a text without a heading that is no list of names.
    """
    width = max((len(row) for row in sheet.rows), default=0)
    if isinstance(header_row, int) and not 0 <= header_row < len(sheet.rows):
        raise Invalid(f"The table has no line {header_row + 1}; choose one from 1 to {len(sheet.rows)}.")
    lines: Sequence[int] = range(min(LOOKED_AT, len(sheet.rows)))
    if header_row != "find":
        lines = [] if header_row is None else [header_row]
    for match in (exact_field, likely_field):
        found = _best(sheet, [subject] if subject else list(LABELS), lines, _renaming(match, renamed or {}))
        if found is not None:
            return _settled(sheet, *found, width)
    return _without_header(sheet, subject or "stakeholders", header_row, width)


def assigned(layout: Layout, changes: Mapping[int, str | None]) -> Layout:
    """The layout with some columns changed by hand. A field that had another column leaves that one, unless the field
    is in `JOINED`. Raises `Invalid` for a field or column that does not exist."""
    columns = list(layout.columns)
    for index, name in changes.items():
        if not 0 <= index < len(columns):
            raise Invalid(f"The table has no column {index + 1}.")
        if name is not None and name not in offered(layout.subject):
            raise Invalid(f"There is no field called {name}.")
        if name is not None and name not in JOINED:
            columns = [None if column == name else column for column in columns]
        columns[index] = name
    return replace(layout, columns=tuple(columns), notes=())


def suffices(layout: Layout) -> bool:
    """Whether the columns without which nothing can be imported are there."""
    return _suffices(layout.subject, set(layout.columns))


def headings(sheet: Sheet, layout: Layout) -> list[str]:
    """What each column is called in the file, or “Column 3” where it has no name."""
    row: Sequence[Cell] = [] if layout.header_row is None else sheet.rows[layout.header_row]
    texts = [line(cell) for cell in row] + [""] * (len(layout.columns) - len(row))
    return [text or f"Column {number}" for number, text in enumerate(texts, start=1)]


def exact_field(subject: Subject, heading: str) -> str | None:
    """The field that a heading names in one of six languages, or None."""
    known = _known(subject)
    without_remark = re.sub(r"\(.*?\)|\[.*?\]|^\s*\d+[.)]", " ", heading)
    return next((known[word] for text in (heading, without_remark) if (word := vocabulary.normal(text)) in known), None)


def likely_field(subject: Subject, heading: str) -> str | None:
    """Like `exact_field`, and also for a heading with a typing mistake."""
    word = vocabulary.normal(heading)
    if len(word) < 6 or len(word) > 60:
        return exact_field(subject, heading)
    close = difflib.get_close_matches(word, _known(subject), n=1, cutoff=0.87)
    return exact_field(subject, heading) or (_known(subject)[close[0]] if close else None)


@cache
def _known(subject: Subject) -> dict[str, str]:
    known: dict[str, str] = {vocabulary.normal(label): name for name, label in offered(subject).items()}
    for name, listed in vocabulary.words_of("headers.toml")[subject].items():
        for word in listed:
            known.setdefault(word, name)
    return known


_Match = Callable[[Subject, str], str | None]


def _renaming(match: _Match, renamed: Mapping[str, str]) -> _Match:
    """The same, and a heading that a case study gave to a field of stakeholders is that field before all others."""
    own = {vocabulary.normal(label): name for name, label in renamed.items()}

    def matched(subject: Subject, heading: str) -> str | None:
        name = own.get(vocabulary.normal(heading)) if subject == "stakeholders" else None
        return name or match(subject, heading)

    return matched if own else match


def _best(
    sheet: Sheet, subjects: Sequence[Subject], lines: Sequence[int], match: _Match
) -> tuple[Subject, int, list[str | None]] | None:
    """The subject and line whose headings say most. A line with numbers in it is hardly a header."""
    best: tuple[float, Subject, int, list[str | None]] | None = None
    for subject in subjects:
        for index in lines:
            cells = sheet.rows[index]
            names = [_called(subject, cell, match) for cell in cells]
            if subject == "meetings" and "title" not in names:
                names = _name_as_title(names, cells)
            if not _suffices(subject, set(names)):
                continue
            numbers = sum(isinstance(cell, int | float) for cell in cells)
            score = len({name for name in names if name}) - 0.5 * numbers
            if score > 0 and (best is None or score > best[0]):
                best = (score, subject, index, names)
    return best[1:] if best else None


def _called(subject: Subject, cell: Cell, match: _Match) -> str | None:
    return match(subject, line(cell)) if isinstance(cell, str) and len(cell) <= 100 else None


def _name_as_title(names: list[str | None], cells: Sequence[Cell]) -> list[str | None]:
    """In a list with days or a status, “Name” is the title of a meeting."""
    if {"starts_on", "certainty", "format"} & set(names):
        for index, cell in enumerate(cells):
            if names[index] is None and _called("stakeholders", cell, exact_field) == "name":
                return [*names[:index], "title", *names[index + 1 :]]
    return names


def _suffices(subject: Subject, names: set[str | None]) -> bool:
    if subject == "relations":
        return {"from", "to"} <= names
    if subject == "meetings":
        return "title" in names
    if subject == "milestones":
        return {"title", "due_on"} <= names
    return bool(names & {"name", "organisation", "last_name"})


def _settled(sheet: Sheet, subject: Subject, header_row: int, names: list[str | None], width: int) -> Layout:
    """Each field once, except those that may be joined; the organisation is the name where there is no other."""
    notes: list[str] = []
    defaults: list[tuple[str, str]] = []
    cells = sheet.rows[header_row]
    columns: list[str | None] = []
    for index, name in enumerate(names):
        if name is not None and name in columns and name not in JOINED:
            label = offered(subject)[name]
            notes.append(f"“{line(cells[index])}” could be {label} too; the first such column was taken.")
            name = None
        columns.append(name)
    columns += [None] * (width - len(columns))
    if subject == "stakeholders" and not {"name", "last_name"} & set(columns):
        place = columns.index("organisation")
        columns[place] = "name"
        defaults.append(("kind", models.Kind.ORGANISATION.value))
        notes.append(f"“{line(cells[place])}” was taken as the name: each row is an organisation.")
    if subject == "stakeholders":
        columns = _stake_in_numbers(sheet, header_row, _by_values(sheet, header_row, columns))
    return Layout(subject, header_row, tuple(columns), tuple(defaults), tuple(notes))


def _by_values(sheet: Sheet, header_row: int, columns: list[str | None]) -> list[str | None]:
    """“Sector” and “Type” are said of several things: the words in the column decide between the vocabularies."""
    vocabularies: dict[str, type[models.Choice]] = {
        "helix": models.Helix,
        "group": models.Group,
        "kind": models.Kind,
        "scale": models.Scale,
    }
    for index, name in enumerate(columns):
        if name not in vocabularies:
            continue
        rows = sheet.rows[header_row + 1 : header_row + 501]
        said = {line(row[index]) for row in rows if index < len(row) and isinstance(row[index], str)} - {""}
        if not said:
            continue
        fit = {
            other: _fit(said, vocabularies[other]) for other in vocabularies if other == name or other not in columns
        }
        best = max(fit, key=lambda other: fit[other])
        if fit[best] >= 0.8 and fit[best] - fit[name] >= 0.3:
            columns[index] = best
    return columns


def _stake_in_numbers(sheet: Sheet, header_row: int, columns: list[str | None]) -> list[str | None]:
    """“Stake” with nothing but numbers below it is what others call interest."""
    if "stake" not in columns or "interest" in columns:
        return columns
    index = columns.index("stake")
    said = [row[index] for row in sheet.rows[header_row + 1 : header_row + 501] if index < len(row)]
    cells = [cell for cell in said if not is_nothing(line(cell))]
    if cells and all(isinstance(number(cell), float) for cell in cells):
        columns[index] = "interest"
    return columns


def _fit(said: set[str], choices: type[models.Choice]) -> float:
    """Which share of the words is known there, and which share are its very own words: from 0 to 2."""
    own = {vocabulary.normal(value) for value in choices.values()}
    known = sum(vocabulary.meaning(choices, word) is not None for word in said)
    return (known + sum(vocabulary.normal(word) in own for word in said)) / len(said)


def _without_header(sheet: Sheet, subject: Subject, header_row: int | str | None, width: int) -> Layout:
    """No heading was recognised: a single column is a list of names, anything else waits for a person to say."""
    if isinstance(header_row, int):
        return Layout(subject, header_row, (None,) * width)
    if width == 1 and subject == "stakeholders":
        if not sheet.names:
            raise Invalid(
                "This is text, not a table or a list of names: many lines are longer than a name, or have signs of "
                "another format in them. Put one name in each line, or save the table as CSV or XLSX."
            )
        return Layout(subject, None, ("name",), notes=("No header was found; each line is taken as a name.",))
    if width == 2 and subject == "relations":
        return Layout(
            subject, None, ("from", "to"), notes=("No header was found; the columns are taken as from and to.",)
        )
    if header_row is None:
        return Layout(subject, None, (None,) * width)
    first = next((index for index, row in enumerate(sheet.rows) if len(row) == width), 0)
    note = "No heading of this table was recognised; say which column is which."
    return Layout(subject, first, (None,) * width, notes=(note,))

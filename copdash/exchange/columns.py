"""Which line of a foreign table is its header, what the table is about, and which column is which of our fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from copdash import models
from copdash.errors import Invalid
from copdash.exchange import decisions, left_out, vocabulary
from copdash.exchange.decisions import Decision
from copdash.exchange.headings import LABELS, SCALE, Subject, exact_field, likely_field, offered
from copdash.exchange.parsing import Sheet
from copdash.exchange.reading import Cell
from copdash.exchange.words import day, flag, is_nothing, line, number

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
    `decisions` say which scale a column of ratings has, and in which order a column of days. `own` is True for a table
    as our exports write it. `left_out` names the kinds of `left_out.Extra` that do not come along.
    """

    subject: Subject
    header_row: int | None
    columns: tuple[str | None, ...]
    defaults: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    own: bool = False
    left_out: frozenset[left_out.Extra] = left_out.USUAL


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
        renaming = _renaming(match, renamed or {})
        for enough in (_suffices, _says_something):
            found = _best(sheet, [subject] if subject else list(LABELS), lines, renaming, enough)
            if found is not None:
                return _settled(sheet, *found, width, renamed or {})
    return _without_header(sheet, subject or "stakeholders", header_row, width)


def _decided(sheet: Sheet, layout: Layout) -> tuple[Decision, ...]:
    first = 0 if layout.header_row is None else layout.header_row + 1
    extras = left_out.lines(sheet, layout.header_row, layout.columns)
    skipped = {line - 1 for extra in layout.left_out for line in extras[extra]}
    rows = [row for index, row in enumerate(sheet.rows[first:], start=first) if index not in skipped]
    percent = {one[0]: one[1] for one in sheet.marks.get("percent", ()) if isinstance(one, list) and len(one) == 2}
    return decisions.found(
        layout.subject, headings(sheet, layout), layout.columns, rows, own=layout.own, percent=percent
    )


def _is_own(sheet: Sheet, subject: Subject, header_row: int, renamed: Mapping[str, str]) -> bool:
    """Whether our exports write such a table: the workbook says so, or the heading line has every label of ours."""
    labels = {**LABELS[subject], **(renamed if subject == "stakeholders" else {})}
    return sheet.own or {*labels.values()} <= {line(cell) for cell in sheet.rows[header_row]}


def decided(layout: Layout, field: str, choice: str) -> Layout:
    """The layout with one decision made by hand. Raises `Invalid` for a choice that there is not."""
    for one in layout.decisions:
        if one.field == field and choice in (*one.options, one.choice):
            made = replace(one, choice=choice, certain=True, why="you said so")
            return replace(layout, decisions=tuple(made if each == one else each for each in layout.decisions))
    raise Invalid("That is not a way to read this column.")


def assigned(sheet: Sheet, layout: Layout, changes: Mapping[int, str | None]) -> Layout:
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
    changed = replace(layout, columns=tuple(columns), notes=() if changes else layout.notes)
    by_hand = {one.field: one for one in layout.decisions if one.why == "you said so"}
    return replace(changed, decisions=tuple(by_hand.get(one.field, one) for one in _decided(sheet, changed)))


def with_extra(sheet: Sheet, layout: Layout, extra: left_out.Extra, *, comes: bool) -> Layout:
    """The layout with totals or hidden lines taken along or left out, which may change what numbers mean."""
    kinds = layout.left_out - {extra} if comes else layout.left_out | {extra}
    return assigned(sheet, replace(layout, left_out=kinds), {})


def suffices(layout: Layout) -> bool:
    """Whether the columns without which nothing can be imported are there."""
    return _suffices(layout.subject, set(layout.columns))


def headings(sheet: Sheet, layout: Layout) -> list[str]:
    """What each column is called in the file, or “Column 3” where it has no name."""
    row: Sequence[Cell] = [] if layout.header_row is None else _over_two_lines(sheet, layout.header_row)
    texts = [line(cell) for cell in row] + [""] * (len(layout.columns) - len(row))
    return [text or f"Column {number}" for number, text in enumerate(texts, start=1)]


_Match = Callable[[Subject, str], str | None]


def _renaming(match: _Match, renamed: Mapping[str, str]) -> _Match:
    """The same, and a heading that a case study gave to a field of stakeholders is that field before all others."""
    own = {vocabulary.normal(label): name for name, label in renamed.items()}

    def matched(subject: Subject, heading: str) -> str | None:
        name = own.get(vocabulary.normal(heading)) if subject == "stakeholders" else None
        return name or match(subject, heading)

    return matched if own else match


def _best(
    sheet: Sheet,
    subjects: Sequence[Subject],
    lines: Sequence[int],
    match: _Match,
    enough: Callable[[Subject, set[str | None]], bool],
) -> tuple[Subject, int, list[str | None]] | None:
    """The subject and line whose headings say most. A line with numbers in it is hardly a header, and a line with one
    filled cell is a title where another says as much."""
    best: tuple[tuple[float, bool, bool], Subject, int, list[str | None]] | None = None
    for subject in subjects:
        for index in lines:
            cells = _over_two_lines(sheet, index)
            names = [_called(subject, cell, match) for cell in cells]
            if subject == "meetings" and "title" not in names:
                names = _name_as_title(names, cells)
            if not enough(subject, set(names)):
                continue
            numbers = sum(isinstance(cell, int | float) for cell in cells)
            says = len({name for name in names if name}) - 0.5 * numbers
            filled = [line(cell) for cell in sheet.rows[index] if cell is not None]
            scales = len(filled) > 0 and all(SCALE.fullmatch(text) for text in filled)
            score = (says + _together(sheet, index, subject, names), len(filled) > 1 or scales, scales)
            if says > 0 and (best is None or score > best[0]):
                best = (score, subject, index, names)
    return best[1:] if best else None


def _together(sheet: Sheet, index: int, subject: Subject, names: list[str | None]) -> int:
    """What columns mean together: from and to are ties, unless they are days; a title with start and end a meeting."""
    if subject == "relations" and {"from", "to"} <= set(names):
        place = names.index("from")
        below = [row[place] for row in sheet.rows[index + 1 : index + 21] if place < len(row)]
        days = sum(isinstance(day(cell), dt.date) for cell in below)
        return 3 if days * 2 <= len(below) else 0
    return 2 if subject == "meetings" and {"title", "starts_on", "ends_on"} <= set(names) else 0


def _over_two_lines(sheet: Sheet, index: int) -> list[Cell]:
    """The headings of a line. One that is empty, or only says a scale, stands in the line above."""
    cells = sheet.rows[index]
    above = sheet.rows[index - 1] if index else []
    found: list[Cell] = []
    for place in range(max(len(cells), len(above))):
        cell = cells[place] if place < len(cells) else None
        over = above[place] if place < len(above) else None
        if isinstance(over, str) and len(over) <= 60 and sum(one is not None for one in above) > 1:
            if cell is None:
                cell = over
            elif isinstance(cell, str) and SCALE.fullmatch(line(cell)):
                cell = f"{over} {cell}"
        found.append(cell)
    return found


def _called(subject: Subject, cell: Cell, match: _Match) -> str | None:
    return match(subject, line(cell)) if isinstance(cell, str) and len(cell) <= 100 else None


def _name_as_title(names: list[str | None], cells: Sequence[Cell]) -> list[str | None]:
    """In a list with days or a status, “Name” is the title of a meeting, and so is a “Subject” with start and end."""
    if {"starts_on", "ends_on", "theme"} <= set(names):
        return ["title" if name == "theme" else name for name in names]
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


def _says_something(subject: Subject, names: set[str | None]) -> bool:
    """Whether a line is worth keeping although the column that is needed was not found in it."""
    return len(names - {None}) > 1


def _settled(
    sheet: Sheet,
    subject: Subject,
    header_row: int,
    names: list[str | None],
    width: int,
    renamed: Mapping[str, str],
) -> Layout:
    """Each field once, except those that may be joined; the organisation is the name where there is no other."""
    notes: list[str] = []
    defaults: list[tuple[str, str]] = []
    cells = _over_two_lines(sheet, header_row)
    columns: list[str | None] = []
    for index, name in enumerate(names):
        if name is not None and name in columns and name not in JOINED:
            label = offered(subject)[name]
            notes.append(f"“{line(cells[index])}” could be {label} too; the first such column was taken.")
            name = None
        columns.append(name)
    columns += [None] * (width - len(columns))
    if subject == "stakeholders":
        columns = _parts_of_a_name(sheet, header_row, columns)
    if subject == "stakeholders" and "organisation" in columns and not {"name", "last_name"} & set(columns):
        place = columns.index("organisation")
        columns[place] = "name"
        defaults.append(("kind", models.Kind.ORGANISATION.value))
        notes.append(f"“{line(cells[place])}” was taken as the name: each row is an organisation.")
    if subject == "stakeholders":
        columns = _stake_in_numbers(sheet, header_row, _by_values(sheet, header_row, columns))
    if subject == "relations":
        columns = _direction_as_type(sheet, header_row, columns)
    own = _is_own(sheet, subject, header_row, renamed)
    layout = Layout(subject, header_row, tuple(columns), tuple(defaults), tuple(notes), own=own)
    return replace(layout, decisions=_decided(sheet, layout))


_GIVEN_OR_WHOLE = frozenset(map(vocabulary.normal, ("nombre", "nome", "name", "naam", "nom")))
"""Words that mean a whole name, or the one part of it for which there is no other column."""


def _parts_of_a_name(sheet: Sheet, header_row: int, columns: list[str | None]) -> list[str | None]:
    """“Naam” beside “Voornaam” is the last name, “Nombre” beside “Apellidos” the first, unless it holds both."""
    parts = {"first_name", "last_name"} & set(columns)
    if len(parts) != 1 or "name" not in columns:
        return columns
    place, part = columns.index("name"), parts.pop()
    heading = sheet.rows[header_row][place] if place < len(sheet.rows[header_row]) else None
    if vocabulary.normal(line(heading)) not in _GIVEN_OR_WHOLE:
        return columns
    other = columns.index(part)
    both = [
        (line(row[place]), line(row[other])) for row in sheet.rows[header_row + 1 :] if len(row) > max(place, other)
    ]
    both = [(whole, said) for whole, said in both if whole and said]
    whole_names = sum(said.casefold() in whole.casefold() for whole, said in both)
    if whole_names * 2 > len(both):
        return columns
    missing = "last_name" if part == "first_name" else "first_name"
    return [missing if name == "name" else name for name in columns]


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


def _direction_as_type(sheet: Sheet, header_row: int, columns: list[str | None]) -> list[str | None]:
    """“Type” with nothing but directed and undirected below it, as Gephi writes it, is the direction."""
    if "type" not in columns or "directed" in columns:
        return columns
    index = columns.index("type")
    said = {line(row[index]) for row in sheet.rows[header_row + 1 :] if index < len(row)} - {""}
    if said and all(isinstance(flag(word), bool) for word in said):
        columns[index] = "directed"
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

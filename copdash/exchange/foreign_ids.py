"""Ids that a file gives its stakeholders, followed from its ties: no stakeholder is called by an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from copdash.exchange import vocabulary, words
from copdash.exchange.columns import Layout, headings
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Preview
from copdash.exchange.reading import Cell

Named = tuple[str, str]
"""A name and an organisation."""

Ids = Mapping[str, Named]
"""Who has which id in a file, by the id as names are compared."""

_HEADINGS = frozenset("id ids no nr number nummer key code kennung kurzel identifier uid node nodeid numero".split())


def of_list(sheet: Sheet, layout: Layout, plan: Preview) -> dict[str, Named]:
    """The ids of a list, from a column of that name in which each line has another one; empty where there is none."""
    named = {
        one.row_number: (one.name, _organisation(sheet, layout, one.row_number))
        for one in plan.planned
        if one.verdict not in ("refused", "left out") and one.name
    }
    for index, (heading, field) in enumerate(zip(headings(sheet, layout), layout.columns, strict=True)):
        if field is not None or not set(vocabulary.normal(heading).split()) & _HEADINGS:
            continue
        found = {words.key(written(_at(sheet, line, index))): who for line, who in named.items()}
        if named and "" not in found and len(found) == len(named):
            return found
    return {}


def apply(ids: Ids, ends: Iterable[str], known: Iterable[str]) -> bool:
    """Whether ties go by the ids of a list: nearly all of their ends are ids, and more of them than are names."""
    said = [words.key(end) for end in ends if end]
    names = {words.key(name) for name in known}
    by_id, by_name = sum(end in ids for end in said), sum(end in names for end in said)
    return bool(said) and by_id * 10 >= len(said) * 9 and by_id > by_name


def written(cell: Cell) -> str:
    """An id as text: 1.0 of a spreadsheet is 1."""
    return words.line(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


def _organisation(sheet: Sheet, layout: Layout, line: int) -> str:
    if "organisation" not in layout.columns:
        return ""
    text = words.line(_at(sheet, line, layout.columns.index("organisation")))
    return "" if words.is_empty(text) else text


def _at(sheet: Sheet, line: int, index: int) -> Cell:
    row = sheet.rows[line - 1]
    return row[index] if index < len(row) else None

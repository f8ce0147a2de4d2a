"""The account of a table: all of it that an import does not take as it stands, by reason, with the lines.

The same is said before and after an import, so that nothing is lost in silence.
"""

from __future__ import annotations

from copdash.exchange import left_out, words
from copdash.exchange.columns import Layout, headings
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Preview
from copdash.exchange.remarks import Told
from copdash.words import counted


def of_table(sheet: Sheet, layout: Layout, plan: Preview) -> list[Told]:
    """What the plan for a table leaves out, could not understand or changes, and what the workbook hides of it."""
    return [*_around(sheet, layout), *plan.told(), *_beside(sheet, layout), *_seen(sheet)]


def _around(sheet: Sheet, layout: Layout) -> list[Told]:
    """Lines above the heading, and hidden lines that come along."""
    first = layout.header_row or 0
    above = [number for number, row in enumerate(sheet.rows[:first], start=1) if any(words.line(cell) for cell in row)]
    told = (
        [Told("left out", "This stands above the columns and is no line of the table.", tuple(above))] if above else []
    )
    hidden = left_out.lines(sheet, layout.header_row, layout.columns)["hidden"]
    if hidden and "hidden" not in layout.left_out:
        told.append(Told("hidden", "This is hidden in the workbook and comes along.", tuple(hidden)))
    return told


def _beside(sheet: Sheet, layout: Layout) -> list[Told]:
    """Columns that belong to no field here and have something in them."""
    first = 0 if layout.header_row is None else layout.header_row + 1
    told = []
    for index, (heading, name) in enumerate(zip(headings(sheet, layout), layout.columns, strict=True)):
        if name is not None:
            continue
        filled = sum(index < len(row) and bool(words.line(row[index])) for row in sheet.rows[first:])
        if filled:
            cells = counted(filled, "cell")
            told.append(Told("left out", f"The column “{heading}” is left out: {cells}.", count=filled))
    return told


def _seen(sheet: Sheet) -> list[Told]:
    """What the workbook itself could not say: formulas without a value, errors, what its reader passed over."""
    counts = [len(sheet.marks[mark]) for mark in ("formulas", "errors") if sheet.marks.get(mark)]
    cells, reader = sheet.notes[: len(counts)], sheet.notes[len(counts) :]
    told = [Told("not understood", note, count=count) for note, count in zip(cells, counts, strict=True)]
    return [*told, *(Told("noted", note, count=1) for note in reader)]

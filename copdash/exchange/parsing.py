"""A foreign file becomes rows, in a child process with limits on memory, CPU and time. The server never parses one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copdash.errors import Invalid
from copdash.exchange import children, reading
from copdash.exchange.reading import DELIMITERS, MAX_COLUMNS, MAX_LINES, Cell
from copdash.words import counted, plural

MAX_BYTES = 10 * 1024 * 1024
SECONDS = 10
MAX_ANSWER = 96 * 1024 * 1024
"""What is taken of the child: the letters and cells that `reading` allows, as JSON."""
MOST_REMARKS = 30
ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1250", "cp1253", "cp1255", "mac_roman", "cp850")
"""Encodings to offer where the guess was wrong."""

_ADVICE = "Copy the table alone into a new file."


@dataclass(frozen=True)
class Sheet:
    """The rows of one table as the file has them: row i is line i + 1 of the table; dates are ISO text.

    `marks` are those of `workbook_marks`. `hidden` names those of its `sheets` that a workbook does not show.
    `own` is True for a workbook that an export of ours wrote. `names` is False for a text of one column whose lines do
    not look like a name each. `remarks` are sentences of a reader about what it passed over.
    """

    rows: list[list[Cell]]
    format: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    names: bool = True
    hidden: list[str] = field(default_factory=list)
    own: bool = False
    marks: dict[str, list[Any]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """What came along empty, a sentence each: formulas without a value, and error cells."""
        said = []
        if formulas := self.marks.get("formulas"):
            many = len(formulas)
            hold = "holds a formula that was" if many == 1 else "hold formulas that were"
            places = f"{', '.join(formulas[:3])}{' …' if formulas[3:] else ''}"
            said.append(
                f"{counted(many, 'cell')} {hold} never calculated, so nothing is known of them ({places}). "
                "Open the workbook in a spreadsheet, save it, and drop it again."
            )
        if errors := self.marks.get("errors"):
            places = ", ".join(f"{what} in {where}" for where, what in errors[:3])
            many = len(errors)
            hold = "holds an error" if many == 1 else "hold errors"
            said.append(
                f"{counted(many, 'cell')} {hold}, and nothing is taken from {plural(many, 'it')}: "
                f"{places}{' …' if errors[3:] else ''}."
            )
        return [*said, *self.remarks]


def parse(
    data: bytes,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    zone: str | None = None,
) -> Sheet:
    """The rows of a file of at most 10 MB; what is not given is found out. Times of a calendar are brought into `zone`.

    Raises `Invalid` with a sentence for a file that is empty, too large, damaged or not a table, and `Busy` when other
    files are being read for more than half a minute. Whatever the file does happens in a child process.
    """
    if len(data) > MAX_BYTES:
        raise Invalid(
            f"This file has {len(data) / 1024**2:.0f} MB; at most {MAX_BYTES // 1024**2} MB can be imported. "
            "Split it, or copy the table alone into a new file."
        )
    if not data.strip():
        raise Invalid("This file is empty. Choose a CSV or XLSX file with a table in it.")
    if delimiter is not None and delimiter not in DELIMITERS:
        raise Invalid("Columns can be separated by a comma, a semicolon, a tab or a vertical bar.")
    wishes = {"encoding": encoding, "delimiter": delimiter, "sheet": sheet, "zone": zone}
    answer = children.lines_of(
        [str(Path(reading.__file__))],
        json.dumps(wishes).encode() + b"\n" + data,
        seconds=SECONDS,
        most_bytes=MAX_ANSWER,
        advice=_ADVICE,
    )
    return _sheet(answer)


def _sheet(answer: Iterator[Any]) -> Sheet:
    """The sheet as the child tells it: how it was read, then a line a row. Its form is checked here once more."""
    head = next(answer)
    rows: list[list[Cell]] = []
    for row in answer:
        if not isinstance(row, list) or len(row) > MAX_COLUMNS or len(rows) > MAX_LINES:
            raise Invalid(f"This file could not be read safely. {_ADVICE}")
        if not all(cell is None or type(cell) in (str, int, float, bool) for cell in row):
            raise Invalid(f"This file could not be read safely. {_ADVICE}")
        rows.append(row)
    try:
        remarks = head.pop("remarks", [])
        if not isinstance(remarks, list) or len(remarks) > MOST_REMARKS:
            raise TypeError(remarks)
        return Sheet(rows=rows, **head, remarks=[str(remark)[:500] for remark in remarks])
    except TypeError:
        raise Invalid(f"This file could not be read safely. {_ADVICE}") from None

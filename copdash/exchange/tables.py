"""Lists, ties and roadmaps as CSV and XLSX files that import again without loss and in which nothing runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from copdash import fields
from copdash.exchange import words
from copdash.exchange.cells import COLUMNS
from copdash.exchange.headings import LABELS, Subject
from copdash.exchange.reading import LIVE, OWN

SHEETS: Mapping[Subject, str] = {
    "stakeholders": "Stakeholders",
    "relations": "Ties",
    "meetings": "Roadmap",
    "milestones": "Milestones",
}
"""What the sheets of a workbook are called."""

_LONGEST_CELL = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDE = {"name": 36, "title": 36, "notes": 60, "rationale": 48, "goals": 48, "invited": 48}
_WIDE |= {"attended": 48, "parts": 36, "agenda": 60, "tasks": 60, "prepares": 36}
_WIDE |= {"expected_outcomes": 48, "themes": 36, "stake": 48, "expectations": 48, "needs": 48, "expertise": 30}


def csv_file(
    subject: Subject,
    rows: Iterable[Mapping[str, Any]],
    *,
    delimiter: str = ",",
    renamed: Mapping[str, str] | None = None,
) -> bytes:
    """A CSV file (UTF-8 with a mark that Excel knows, CRLF) with our labels as header.

    `rows` have field names as in `headings.LABELS`; others are left out. Between semicolons, where spreadsheets of most
    of Europe expect them, numbers have a decimal comma: such a program makes 8 March of 8.3. A cell that a spreadsheet
    would run, one that begins with = + - @ ' tab or CR, gets one apostrophe in front; import takes it off again.
    `renamed` has other labels for some fields of stakeholders.
    """
    names = list(LABELS[subject])
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([_harmless(label) for label in _labels(subject, renamed)])
    for row in rows:
        writer.writerow([_harmless(_pointed(_written(name, row.get(name)), delimiter)) for name in names])
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(
    tables: Mapping[Subject, Iterable[Mapping[str, Any]]], *, renamed: Mapping[str, str] | None = None
) -> bytes:
    """An XLSX workbook with one sheet a subject; each text is a text cell, whatever it begins with.

    The heading stays in sight and can filter. Columns with a fixed vocabulary offer it as a list for the first thousand
    lines. A property says that the workbook is ours: an import asks nothing about it. `renamed` as in `csv_file`.
    """
    book = openpyxl.Workbook(write_only=True)
    book.custom_doc_props.append(StringProperty(name=OWN, value="tables"))  # type: ignore[no-untyped-call]
    for subject, rows in tables.items():
        names = list(LABELS[subject])
        sheet = book.create_sheet(SHEETS[subject])
        sheet.freeze_panes = "B2"
        for index, name in enumerate(names, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = _WIDE.get(name, 18)
        for validation in _choices(subject, names):
            sheet.data_validations.append(validation)
        sheet.append([_heading(sheet, label) for label in _labels(subject, renamed)])
        _fill(sheet, names, rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _labels(subject: Subject, renamed: Mapping[str, str] | None) -> list[str]:
    others = renamed if renamed and subject == "stakeholders" else {}
    return [others.get(name, label) for name, label in LABELS[subject].items()]


def plain_csv(labels: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A table that is only read, by field and label, as CSV; as harmless as `csv_file`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(labels.values())
    for row in rows:
        writer.writerow([_harmless(_written(name, row.get(name))) for name in labels])
    return text.getvalue().encode("utf-8-sig")


def plain_xlsx(sheet_name: str, labels: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The same as a workbook of one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name)
    sheet.freeze_panes = "A2"
    for index, name in enumerate(labels, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDE.get(name, 18)
    sheet.append([_heading(sheet, label) for label in labels.values()])
    _fill(sheet, list(labels), rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Any, names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """The lines below the heading, and a button to filter in each heading."""
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, _written(name, _shortened(row.get(name)))) for name in names])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{count}"


def _shortened(value: Any) -> Any:
    """A list of invited people longer than a cell of a workbook may be says how many are missing; CSV has them all.

    Nobody is uninvited by it: an import of a list with names it does not know takes nobody off.
    """
    if not isinstance(value, str) or len(value) <= _LONGEST_CELL:
        return value
    kept = value[: _LONGEST_CELL - 40].rpartition("; ")[0]
    return f"{kept}; … and {value[len(kept) :].count(';')} more"


def _written(name: str, value: Any) -> str | float | dt.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        text = _ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        return words.themes_cell(text) if name == "themes" else text
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, int | dt.date) else str(value)


def _pointed(value: Any, delimiter: str) -> Any:
    """A number as programs write it that expect this delimiter."""
    return str(value).replace(".", ",") if isinstance(value, float) and delimiter == ";" else value


def _harmless(value: Any) -> str:
    """The cell as text that no spreadsheet runs."""
    text = "" if value is None else value if isinstance(value, str) else str(value)
    return f"'{text}" if text.startswith(LIVE) else text


def _cell(sheet: Any, value: str | float | dt.date | None) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_ESCAPE.sub("_x005F_", value))
    cell.data_type = "s"  # openpyxl would make a formula of «=1» and an error of «#N/A»
    if value.startswith(LIVE):
        cell.quotePrefix = True  # the text stays text when somebody edits the cell
    return cell


def _heading(sheet: Any, label: str) -> Any:
    cell = _cell(sheet, label)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="0B6E75")
    cell.alignment = Alignment(vertical="center")
    return cell


def _choices(subject: Subject, names: Sequence[str]) -> Iterable[DataValidation]:
    for index, name in enumerate(names, start=1):
        column: fields.Column = COLUMNS[subject][name]
        words_offered = ",".join(column.choices.values()) if column.choices else ""
        if column.shape == "flag":
            words_offered = "yes,no"
        if words_offered and len(words_offered) <= 255:  # what the format allows
            letter = get_column_letter(index)
            validation = DataValidation("list", formula1=f'"{words_offered}"', allow_blank=True, showErrorMessage=False)
            validation.add(f"{letter}2:{letter}1001")
            yield validation

"""Bytes of a foreign file in, JSON rows out: the program of the child process, never run inside the server.

It sets its own limits before it looks at the first byte. It imports nothing of COPDash, so that it starts fast and a
crash of a parser takes nothing along.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import functools
import importlib.util
import io
import json
import re
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
MAX_ROWS = 50_000
"""Rows below a heading line; so many ties a case study file and a network may hold, too."""
MAX_LINES = MAX_ROWS + 1
MAX_COLUMNS = 200
MAX_CELL = 100_000
MAX_TEXT = 12_000_000
MAX_CELLS = 1_500_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 2_000
DELIMITERS = (",", ";", "\t", "|")
LIVE = ("=", "+", "-", "@", "'", "\t", "\r")
"""What a cell may not begin with in a CSV file, because a spreadsheet would run it; one apostrophe goes in front."""

OWN = "COPDash"
"""The property of a workbook that an export wrote."""

_INITIALS = (b"g", b"G", b"c", b"C", b"v", b"V", b"l", b"L")
"""What GML may begin with: graph, creator, comment, version, label."""

Cell = str | int | float | bool | None

_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)
"""What a damaged or locked zip may raise wherever a part of it is looked at."""

_SPLIT = f"Up to {MAX_ROWS:,} rows and {MAX_COLUMNS} columns can be imported at once; split the file."
# A cell with content whose address lies outside the limits. Cells without content (formatting only) do not count.
_FAR = re.compile(rb'<c r="((?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])[0-9]+|[A-Z]+(?:[0-9]{6,}|[5-9][0-9]{4}))"[^>]*(?<!/)>')
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WESTERN = frozenset("äöüßÄÖÜéèêëàâáåãæçñíìîïóòôøõœúùûÿÉÈÊËÀÂÁÅÃÆÇÑÍÌÎÏÓÒÔØÕŒÚÙÛ€£§°·²³µ½«»„“”‘’‚–—…•¿¡´ªº©®\xa0")


class Refused(Exception):
    """The file cannot be read; the text is a sentence for the person who brought it."""


def rows_of(data: bytes, wishes: dict[str, Any]) -> dict[str, Any]:
    """The rows of a file and how they were read. `wishes` may name `encoding`, `delimiter`, `sheet` and
    `zone`, the time zone into which the times of a calendar are brought.

    The file's content decides what it is, never its name. Row i of the answer is line i + 1 of the table. Raises
    `Refused`.
    """
    if data.startswith(b"PK\x03\x04"):
        return _workbook_of_a_plan(data, wishes)
    top = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if top.startswith(b"<") and (b"<graphml" in top or b"<gexf" in top):
        return _network(data, wishes)
    plans = _beside("plan_xml")
    if (kind := plans.kind(data[:4096])) and top.startswith(b"<"):
        return _plan(kind, wishes, lambda plan: plans.fill(plan, kind, data))
    network = _text_network(data, wishes)
    if network is not None:
        return network
    _known_stranger(data)
    return _told_apart(_text_table(data, wishes), str(wishes.get("sheet") or ""), "")


def _known_stranger(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            "This is an old Excel workbook (.xls) or one with a password. "
            "Save it in Excel as a workbook (.xlsx) without a password."
        )
    if data.startswith(b"%PDF"):
        raise Refused("This is a PDF, not a table. Bring the table as an XLSX or CSV file.")
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise Refused("This is a web page or XML, not a table. Open it in a spreadsheet and save it as XLSX or CSV.")


def _network(data: bytes, wishes: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = _beside("graph_reading").read(data, wishes.get("sheet"), Refused)
    return {**answer, "rows": _within_limits(answer["rows"])}


def _text_network(data: bytes, wishes: dict[str, Any]) -> dict[str, Any] | None:
    """The sheets of a network in Pajek, GML or JSON; None for anything else."""
    if data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] not in (b"*", b"%", b"#", b"{", *_INITIALS):
        return None
    texts = _beside("graph_texts")
    try:
        text, _ = _decoded(data, wishes.get("encoding"))
    except Refused:
        return None
    name = texts.kind(text)
    if not name:
        return None
    reader = _beside("graph_reading")
    graph = reader.Graph(Refused)
    texts.fill(graph, name, text)
    answer: dict[str, Any] = reader.answer(graph, wishes.get("sheet"))
    return {**answer, "rows": _within_limits(answer["rows"])}


def _plan(form: str, wishes: dict[str, Any], fill: Callable[[Any], None]) -> dict[str, Any]:
    """The sheets of a plan: its meetings and its milestones."""
    plan = _beside("plan_sheets").Plan(Refused, form)
    fill(plan)
    answer: dict[str, Any] = plan.answer(wishes.get("sheet"))
    return {**answer, "rows": _within_limits(answer["rows"])}


_MILESTONES = ": milestones"
"""What a sheet of a workbook is called that holds the milestones of another one."""


def _workbook_of_a_plan(data: bytes, wishes: dict[str, Any]) -> dict[str, Any]:
    wanted = str(wishes.get("sheet") or "")
    answer = _workbook(data, {**wishes, "sheet": wanted.removesuffix(_MILESTONES) or None})
    return answer if answer["own"] else _told_apart(answer, wanted, answer["sheet"])


def _told_apart(answer: dict[str, Any], wanted: str, sheet: str) -> dict[str, Any]:
    """A table of a planning program as one of meetings and one of milestones; any other one as it is."""
    plan = _beside("plan_sheets").Plan(Refused, answer["format"])
    parts = _beside("plan_tables").split(answer["rows"], plan)
    if not parts:
        return answer
    called = {"meetings": sheet or "Meetings", "milestones": f"{sheet}{_MILESTONES}" if sheet else "Milestones"}
    if sheet and len(parts) == 1:
        called = dict.fromkeys(called, sheet)
    rows = {called[part]: found for part, found in parts.items()}
    name = wanted if wanted in rows else next(iter(rows))
    sheets = [one for known in answer.get("sheets", [sheet]) for one in (rows if known == sheet else [known])]
    hidden = [one for known in answer.get("hidden", []) for one in (rows if known == sheet else [known])]
    return {
        **answer,
        "rows": _within_limits(rows[name]),
        "sheet": name,
        "sheets": sheets,
        "hidden": hidden,
        "remarks": plan.remarks(),
    }


def _matrix(rows: list[list[Cell]], wishes: dict[str, Any]) -> dict[str, Any] | None:
    """The sheets of a network that is an adjacency matrix; None for any other table."""
    texts = _beside("graph_texts")
    if not texts.is_matrix(rows):
        return None
    reader = _beside("graph_reading")
    graph = reader.Graph(Refused)
    texts.fill_from_matrix(graph, rows)
    answer: dict[str, Any] = reader.answer(graph, wishes.get("sheet"))
    return answer


@functools.cache
def _beside(name: str) -> ModuleType:
    """A module that lies beside this program, which knows no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise Refused("This file cannot be read here. Save the table as XLSX or CSV.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- workbooks ---------------------------------------------------------------------------------------------------


def _workbook(data: bytes, wishes: dict[str, Any]) -> dict[str, Any]:
    _look_into_zip(data)
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = list(book.sheet_names)
        hidden = [sheet.name for sheet in book.sheets_metadata if "Visible" != str(sheet.visible).rpartition(".")[2]]
        head = {"format": "XLSX", "sheets": names, "hidden": hidden, "own": _is_own(data)}
        wanted = wishes.get("sheet")
        order = (
            [wanted] if wanted in names else [n for n in names if n not in hidden] + [n for n in names if n in hidden]
        )
        for name in order:
            sheet = book.get_sheet_by_name(name)
            if sheet.end is not None or name == wanted:
                rows = _sheet_rows(sheet)
                if name == wanted or any(rows):
                    return {**head, "rows": rows, "sheet": name, "marks": _marks(data, name)}
    except python_calamine.PasswordError:
        raise Refused("This workbook has a password. Save a copy without one.") from None
    except (python_calamine.CalamineError, *_DAMAGED):
        raise Refused("This workbook is damaged. Open it in a spreadsheet and save it again as XLSX.") from None
    raise Refused("There is nothing in this workbook: all its sheets are empty.")


def _is_own(data: bytes) -> bool:
    """Whether an export of ours wrote this workbook; a spreadsheet that saves it again keeps the property."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = "docProps/custom.xml"
        return place in archive.namelist() and f'name="{OWN}"'.encode() in archive.read(place)


def _marks(data: bytes, name: str) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        marks: dict[str, Any] = _beside("workbook_marks").of_sheet(archive, name)
        return marks


def _look_into_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MAX_PARTS:
                raise Refused("This workbook has too many parts. Copy the table into a new workbook.")
            if "xl/workbook.xml" not in names:
                raise Refused("This is not an Excel workbook (.xlsx). Save the table as XLSX or CSV.")
            content = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if sum(part.file_size for part in content) > MAX_UNPACKED:
                raise Refused("This workbook unpacks to far too much data. Copy the table into a new workbook.")
            for part in content:
                if part.filename.startswith("xl/worksheets/"):
                    _look_for_far_cells(archive.read(part))
    except _DAMAGED:
        raise Refused("This workbook is damaged or locked. Open it in a spreadsheet and save it again.") from None


def _look_for_far_cells(xml: bytes) -> None:
    """A single cell at XFD1048576 would make the parser reserve 400 GB."""
    for match in _FAR.finditer(xml):
        letters, digits = re.fullmatch(r"([A-Z]+)([0-9]+)", match[1].decode()).groups()  # type: ignore[union-attr]
        column = 0
        for letter in letters[:4]:
            column = column * 26 + ord(letter) - 64
        if column > MAX_COLUMNS or int(digits[:9]) > MAX_LINES:
            raise Refused(f"Cell {letters}{digits} holds something far outside a table of this kind. {_SPLIT}")


def _sheet_rows(sheet: Any) -> list[list[Cell]]:
    if sheet.end is None:
        return []
    (top, left), (bottom, right) = sheet.start, sheet.end
    if bottom >= MAX_LINES or right >= MAX_COLUMNS:
        raise Refused(f"The sheet “{sheet.name}” has {bottom + 1:,} rows and {right + 1:,} columns. {_SPLIT}")
    margin: list[Cell] = [None] * left
    # calamine's iter_rows begins at the first row of the workbook, not of the content.
    content = sheet.to_python(skip_empty_area=True)
    rows: list[list[Cell]] = [[] for _ in range(top)]
    rows.extend(margin + [_from_calamine(value) for value in row] for row in content)
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    return _within_limits(rows)


def _from_calamine(value: Any) -> Cell:
    if type(value) is str:
        return value or None
    if type(value) is float:
        if value.is_integer() and abs(value) < 1e15:
            return int(value)
        return value if abs(value) < 1e300 else str(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool | int):
        return value
    return str(value)


def _fill_merged(rows: list[list[Cell]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged downwards says the same for each row it covers. Sideways it is a heading and stays where it is."""
    budget = MAX_ROWS * 10
    for (top, left), (bottom, _) in islice(ranges, MAX_ROWS):
        if bottom <= top or top >= len(rows) or left >= len(rows[top]) or rows[top][left] is None:
            continue
        for row in rows[top + 1 : bottom + 1]:
            budget -= 1
            if budget < 0:
                return
            # Only beside other content: a tall merged remark must not invent rows.
            if left < len(row) and row[left] is None and any(cell is not None for cell in row):
                row[left] = rows[top][left]


# --- text --------------------------------------------------------------------------------------------------------


def _text_table(data: bytes, wishes: dict[str, Any]) -> dict[str, Any]:
    text, encoding = _decoded(data, wishes.get("encoding"))
    if _NOT_TEXT.search(text):
        raise Refused("This is not a table of text. Save the table as XLSX or CSV.")
    calendars = _beside("calendar_reading")
    if calendars.is_calendar(text):
        return _plan("iCalendar", wishes, lambda plan: calendars.fill(plan, text, str(wishes.get("zone") or "")))
    strangers = _beside("strangers")
    stranger = strangers.kind(text)
    if stranger:
        raise Refused(stranger)
    hint = re.match(r'"?sep=(.)"?\r?\n', text)
    delimiter = wishes.get("delimiter") or (hint[1] if hint and hint[1] in DELIMITERS else _delimiter(text))
    csv.field_size_limit(MAX_CELL)
    try:
        rows = _records(text, delimiter, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Refused(
                "A quotation mark is opened in this file and never closed. Close it, or save the table as XLSX."
            ) from None
        try:
            rows = _records(text, delimiter, strict=False)
        except csv.Error:
            raise Refused(
                f"A cell of this file has more than {MAX_CELL:,} characters. "
                "Look for a quotation mark that is not closed, or save the table as XLSX."
            ) from None
    if hint:
        rows[0] = []
    elif "delimiter" not in {name for name, said in wishes.items() if said}:
        delimiter, rows = _unpacked(delimiter, rows)
    if not any(rows):
        raise Refused("There is nothing in this file.")
    rows = _within_limits(rows)
    matrix = _matrix(rows, wishes)
    if matrix is not None:
        return matrix
    listed = max(map(len, rows), default=0) > 1 or strangers.are_names([str(row[0]) for row in rows if row and row[0]])
    return {"format": "CSV", "rows": rows, "encoding": encoding, "delimiter": delimiter, "names": listed}


def _unpacked(delimiter: str, rows: list[list[Cell]]) -> tuple[str, list[list[Cell]]]:
    """A table whose every line stands in quotation marks, as some programs write it, is read once more."""
    said = [str(row[0]) for row in rows if row]
    if len(said) < 2 or any(len(row) > 1 for row in rows) or any("\n" in text for text in said):
        return delimiter, rows
    inner = _delimiter("\n".join(said))
    with contextlib.suppress(csv.Error):
        found = _records("\n".join(str(row[0]) if row else "" for row in rows), inner, strict=True)
        widths = Counter(len(row) for row in found if row)
        if max(widths) > 1 and widths.most_common(1)[0] == (max(widths), len(said)):
            return inner, found
    return delimiter, rows


def _records(text: str, delimiter: str, *, strict: bool) -> list[list[Cell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    rows: list[list[Cell]] = []
    for record in reader:
        if any(record):
            rows.append([_taken_off(cell) if cell else None for cell in record])
        elif len(rows) <= MAX_LINES:
            rows.append([])
        if len(rows) > MAX_LINES and rows[-1]:
            raise Refused(f"This file has more than {MAX_ROWS:,} rows. {_SPLIT}")
    return rows


def _taken_off(cell: str) -> str:
    """Takes off the one apostrophe that an export put in front; the one of 's-Hertogenbosch stays."""
    return cell[1:] if cell[0] == "'" and cell[1:2] in LIVE else cell


def _decoded(data: bytes, wanted: str | None) -> tuple[str, str]:
    if wanted:
        try:
            return data.decode(wanted).removeprefix("\ufeff"), wanted
        except (UnicodeDecodeError, LookupError):
            raise Refused(f"This file cannot be read as {wanted}; choose another encoding.") from None
    half = data.count(0, 0, 4096) * 3 > len(data[:4096])
    marks: list[tuple[Callable[[bytes], bool], str, str]] = [
        (lambda d: d.startswith(b"\xef\xbb\xbf"), "utf-8-sig", "UTF-8"),
        (lambda d: d.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")), "utf-32", "UTF-32"),
        (lambda d: d.startswith((b"\xff\xfe", b"\xfe\xff")), "utf-16", "UTF-16"),
        (lambda d: half and d[1:2] == b"\x00", "utf-16-le", "UTF-16"),
        (lambda d: half and d[:1] == b"\x00", "utf-16-be", "UTF-16"),
        (lambda d: True, "utf-8", "UTF-8"),
    ]
    for holds, codec, label in marks:
        if holds(data):
            try:
                return data.decode(codec), label
            except UnicodeDecodeError:
                break
    if b"\x00" in data:
        raise Refused("This is not a table of text. Save the table as XLSX or CSV.")
    mended = data.decode("utf-8", "replace")
    lost = mended.count("\ufffd")
    if sum(letter > "\x7f" for letter in mended) > 20 * lost:  # UTF-8 with a few broken bytes, not another encoding
        return mended, f"UTF-8 with {lost} unreadable letters"
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    """Western European Windows where all its letters are plausible; otherwise what charset-normalizer finds."""
    with contextlib.suppress(UnicodeDecodeError):
        text = data.decode("cp1252")
        if {letter for letter in set(text) if letter > "\x7f"} <= _WESTERN:
            return text, "Windows-1252"
    import charset_normalizer

    known = ["cp1252", "cp1250", "cp1253", "cp1255", "cp1257", "mac_roman", "cp850", "cp437", "iso8859_7", "iso8859_8"]
    best = charset_normalizer.from_bytes(data[:200_000], cp_isolation=known).best()
    if best is None:
        raise Refused("The letters of this file cannot be read. Save it as CSV UTF-8 or as XLSX.")
    return data.decode(best.encoding, "replace"), best.encoding


def _delimiter(text: str) -> str:
    """The sign that cuts most lines into the same number of columns, more columns counting more."""

    def score(delimiter: str) -> float:
        records = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
        widths: list[int] = []
        with contextlib.suppress(csv.Error):
            widths = [len(record) for record in islice(records, 200) if len(record) > 1 or any(record)]
        if not widths:
            return 0.0
        width, often = max(Counter(widths).items(), key=lambda pair: (pair[0] > 1) * pair[1] * pair[0])
        return float((width > 1) * often / len(widths) * min(width, 12) ** 0.5)

    return max(DELIMITERS, key=score)


# --- the process -------------------------------------------------------------------------------------------------


def _within_limits(rows: list[list[Cell]]) -> list[list[Cell]]:
    total = cells = 0
    for row in rows:
        while row and row[-1] is None:
            row.pop()
        if len(row) > MAX_COLUMNS:
            raise Refused(f"A row of this file has {len(row):,} columns. {_SPLIT}")
        cells += len(row)
        if cells > MAX_CELLS:
            raise Refused(
                f"There are more than {MAX_CELLS:,} cells in this table. "
                "Leave out columns that are not needed here, or split it."
            )
        total += sum(len(cell) for cell in row if type(cell) is str)
        if total > MAX_TEXT:
            raise Refused("There is more text in this file than can be imported at once; split it.")
    while rows and not rows[-1]:
        rows.pop()
    return rows


def limit_myself(memory_bytes: int = MEMORY_BYTES, cpu_seconds: int = CPU_SECONDS) -> None:
    """Memory, CPU time, no files, no core dump. Windows has no such limits; there the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def main() -> int:
    """Reads wishes as a line of JSON, then the file, from standard input; writes how it was read, then a line a row."""
    limit_myself()
    try:
        wishes = json.loads(sys.stdin.buffer.readline())
        answer = rows_of(sys.stdin.buffer.read(), wishes)
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "This file needs too much memory. Copy the table alone into a new file."}
    except BaseException:  # a native parser's panic is no Exception; whatever it was, a sentence goes out
        answer = {"refused": "This file is damaged, or no program here reads it. Copy the table alone into a new file."}
    rows = answer.pop("rows", ())
    out = sys.stdout.buffer
    for line in (answer, *rows):
        out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

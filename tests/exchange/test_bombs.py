"""Small files that grow when they are read: each ends in a sentence, and the server keeps its memory."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import threading
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copdash.errors import Invalid
from copdash.exchange import case_answers, case_files, case_reading, children
from copdash.exchange.parsing import parse
from copdash.fields import plain
from copdash.models import CaseStudy

from .test_parsing import repacked, saved, sheet_xml, workbook

MOST_GROWN = 160 * 1024 * 1024
"""How much the server's own process may have taken in the end, all files together (bytes)."""


def resident() -> int:
    """Memory of this process that is in use (bytes)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.fixture(autouse=True)
def small_server() -> Any:
    """The server's memory is the same as before, and it still reads."""
    linux = Path("/proc/self/statm").exists()
    before = resident() if linux else 0
    yield
    if linux:
        assert resident() - before < MOST_GROWN
    assert parse(b"Name\nA\n").rows == [["Name"], ["A"]]


# ---- case study files -----------------------------------------------------------------------------------------------


def case_file(content: bytes, manifest: dict[str, Any] | None = None, *, raw: bytes = b"") -> bytes:
    said = {
        "format": "copdash case study",
        "version": 1,
        "minor": 0,
        "program": "x",
        "case_study_id": str(uuid.UUID(int=5)),
        "title": "T",
        "exported_at": "2026-01-01T00:00:00Z",
        "sha256": hashlib.sha256(content).hexdigest(),
        **(manifest or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", raw or json.dumps(said))
        packed.writestr("content.json", content)
    return file.getvalue()


CASE_STUDY = {name: plain(value) for name, value in CaseStudy(id=uuid.UUID(int=5), title="T").model_dump().items()}
"""One that is in order, so that what stands beside it is looked at."""


def rooms(**instead: str) -> bytes:
    said = dict.fromkeys(("stakeholders", "relations", "meetings", "invitations", "milestones", "history"), "[]")
    whole = {"case_study": json.dumps(CASE_STUDY), **said, **instead}
    return ("{" + ",".join(f'"{name}":{text}' for name, text in whole.items()) + "}").encode()


def test_the_file_that_bombs_are_made_of_is_read() -> None:
    assert case_files.read(case_file(rooms())).title == "T"


def deed(changes: str) -> str:
    keys = '"id":"{0}","actor_id":"{0}","actor_name":"","actor_role":"","at":"2026-01-01T00:00:00Z","name":"",'
    return (
        "[{"
        + keys.replace("{0}", str(uuid.UUID(int=9)))
        + f'"summary":"","reverts_id":null,"merged_by":null,"changes":{changes}}}]'
    )


def change(after: str) -> str:
    return f'[{{"subject":"stakeholder","id":"{uuid.UUID(int=7)}","field":"","before":null,"after":{after}}}]'


MANY = 30_000_000
CASE_BOMBS: dict[str, Callable[[], bytes]] = {
    "empty lists by the million": lambda: rooms(stakeholders="[" + "[]," * MANY + "[]]"),
    "empty objects by the million": lambda: rooms(stakeholders="[" + "{}," * MANY + "{}]"),
    "lists inside a value": lambda: rooms(history=deed(change("[" + "[[]]," * 1_200_000 + "0]"))),
    "lists below the number of values": lambda: rooms(history=deed(change("[" + "[]," * 1_900_000 + "0]"))),
    "numbers inside a value": lambda: rooms(history=deed(change("[" + "1," * 20_000_000 + "1]"))),
    "objects nested deep": lambda: rooms(case_study='{"a":' * 1_000_000 + "1" + "}" * 1_000_000),
    "lists nested deep": lambda: rooms(history=deed(change("[" * 40_000_000))),
    "nested just below the depth that parsers take": lambda: rooms(
        history=deed(change("[" + ("[" * 150 + "]" * 150 + ",") * 20_000 + "0]"))
    ),
    "one key again and again": lambda: b"{" + b'"case_study":{},' * 3_000_000 + rooms()[1:],
    "keys of all kinds": lambda: rooms(case_study="{" + ",".join(f'"k{n}":0' for n in range(1_500_000)) + "}"),
    "an endless number": lambda: rooms(stakeholders='[{"power":' + "9" * 50_000_000 + "}]"),
    "an endless fraction": lambda: rooms(stakeholders='[{"power":1.' + "3" * 50_000_000 + "e999999}]"),
    "an endless name": lambda: rooms(stakeholders='[{"name":"' + "a" * 100_000_000 + '"}]'),
    "escapes": lambda: rooms(stakeholders='[{"name":"' + "\\u0041" * 20_000_000 + '"}]'),
    "half letters": lambda: rooms(stakeholders='[{"name":"\\ud800"}]'),
    "no number": lambda: rooms(stakeholders='[{"power":NaN},{"power":-Infinity}]'),
    "a string for a list": lambda: rooms(stakeholders='"x"', history='{"a":1}'),
    "wrong rows by the thousand": lambda: rooms(stakeholders="[" + "1," * 49_000 + "1]"),
}


@pytest.mark.parametrize("what", CASE_BOMBS)
def test_a_case_study_file_is_refused_with(what: str) -> None:
    data = case_file(CASE_BOMBS[what]())
    assert len(data) < case_reading.LARGEST_FILE
    with pytest.raises(Invalid, match=r"\.$"):
        case_files.read(data)


@pytest.mark.parametrize(
    "manifest",
    [
        b"[" * 60_000,
        b'{"format":' * 5_000,
        b'{"version":' + b"9" * 60_000 + b"}",
        b'"' + b"\\u0000" * 9_000 + b'"',
        b"null",
    ],
)
def test_a_manifest_that_is_none_is_refused(manifest: bytes) -> None:
    with pytest.raises(Invalid, match=r"\.$"):
        case_files.read(case_file(rooms(), raw=manifest))


@pytest.mark.parametrize(
    "line",
    [
        "x",
        ["row"],
        ["row", "person", []],
        ["row", "stakeholder", [[]]],
        ["change", "stakeholder", "1", "name", "", {}],
        ["deed", *[1] * 9],
        ["file", 1],
        None,
        1,
    ],
)
def test_a_child_that_a_file_has_taken_over_is_not_believed(line: Any) -> None:
    first = ["file", str(uuid.UUID(int=5)), "T", "2026-01-01T00:00:00+00:00", "x"]
    with pytest.raises(Invalid, match="safely"):
        case_answers.taken([first, line])
    with pytest.raises(Invalid, match="safely"):
        case_answers.taken([line])


# ---- tables and networks --------------------------------------------------------------------------------------------

GRAPH = '<graphml><graph edgedefault="directed">'


def graph(inside: str) -> bytes:
    return f"{GRAPH}{inside}</graph></graphml>".encode()


def many_parts() -> bytes:
    file = io.BytesIO(saved(workbook(["Name"], ["A"])))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        for number in range(2_500):
            packed.writestr(f"xl/media/{number}.xml", "<x/>")
    return file.getvalue()


def cells_of(count: int, cell: str) -> bytes:
    rows = "".join(f'<row r="{n}">{cell.replace("#", str(n))}</row>' for n in range(1, count + 1))
    return repacked(saved(workbook(["Name"])), sheet=sheet_xml(rows))


def strings_of(xml: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<?xml version="1.0"?>{xml}<sst xmlns="{space}"><si><t>&a;</t></si></sst>'.encode()
    return repacked(saved(workbook(["Name"])), strings=shared)


LAUGHS = (
    "<!DOCTYPE a ["
    + '<!ENTITY a "'
    + "lol" * 99
    + '">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
REFUSED: dict[str, Callable[[], bytes]] = {
    "many wide lines": lambda: (b"x," * 180 + b"\n") * 20_000,
    "an endless cell": lambda: b'Name\n"' + b"a\n" * 3_000_000 + b'"\n',
    "signs that are no text": lambda: b"Name\n" + b"\x01" * 1_000_000,
    "zeros in UTF-16": lambda: b"\xff\xfe" + b"\x00" * 2_000_000,
    "quotes only": lambda: b'Name\n"' + b'""' * 4_000_000,
    "a compressed file": lambda: b"\x1f\x8b\x08\x00" + bytes(range(256)) * 40,
    "entities that laugh": lambda: LAUGHS.encode() + graph('<node id="&j;"/>'),
    "entities that grow with the square": lambda: (
        f'<!DOCTYPE a [<!ENTITY a "{"x" * 90_000}">]>'.encode() + graph("&a;" * 90_000)
    ),
    "a file from elsewhere": lambda: (
        b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + graph('<node id="&a;"/>')
    ),
    "elements nested deep": lambda: graph("<graph>" * 500_000),
    "nodes by the million": lambda: graph("".join(f'<node id="{n}"/>' for n in range(200_000))),
    "a title for each node": lambda: graph(
        "".join(f'<node id="{n}"><data key="k{n}">v</data></node>' for n in range(19_000))
    ),
    "an endless text in a node": lambda: graph('<node id="a"><data key="k">' + "x" * 5_000_000 + "</data></node>"),
    "parts by the thousand": many_parts,
    "a cell far to the right": lambda: cells_of(1, '<c r="ZZZ1" t="inlineStr"><is><t>x</t></is></c>'),
    "a cell far below": lambda: cells_of(1, '<c r="A1048576"><v>1</v></c>'),
    "a sheet that says it is endless": lambda: repacked(
        saved(workbook(["Name"])),
        sheet=sheet_xml("").replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'),
    ),
    "wide and long": lambda: cells_of(19_000, '<c r="GR#"><v>1</v></c>'),
    "a sheet of spaces": lambda: repacked(saved(workbook(["Name"])), sheet=sheet_xml(" " * 150_000_000)),
    "elements nested in a sheet": lambda: repacked(saved(workbook(["Name"])), sheet=sheet_xml("<row>" * 2_000_000)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_table_is_refused_with(what: str) -> None:
    with pytest.raises(Invalid, match=r"\.$"):
        parse(REFUSED[what]())


READ: dict[str, Callable[[], bytes]] = {
    "a line of commas": lambda: b"Name\n" + b"," * 9_000_000,
    "strings that laugh": lambda: strings_of(LAUGHS.replace("&j;", "&a;")),
    "numbers that are no numbers": lambda: b"Name,Power\nA," + b"9" * 90_000 + b"\nB,1e999\nC,NaN\nD,-Infinity\n",
    "one heading again and again": lambda: b"Name," * 150 + b"\n" + b"a," * 150 + b"\n",
    "a tie to nobody": lambda: graph('<node id="a"/><edge source="a" target="b"/>'),
    "nodes of one id": lambda: graph('<node id="a"/>' * 200_000),
    "numbers in a workbook": lambda: cells_of(9, f'<c r="A#"><v>{"9" * 5_000}</v></c><c r="B#"><v>1e999</v></c>'),
}


@pytest.mark.parametrize("what", READ)
def test_a_table_is_read_or_refused_in_spite_of(what: str) -> None:
    with contextlib.suppress(Invalid):
        assert parse(READ[what]()).rows


# ---- the child itself -----------------------------------------------------------------------------------------------

ADVICE = "Try another one."


def asked(program: str, seconds: float = 20, most: int = 1000, message: bytes = b"x") -> list[Any]:
    return list(children.lines_of(["-c", program], message, seconds=seconds, most_bytes=most, advice=ADVICE))


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise BaseException",
        "import os; os._exit(3)",
        "print('[' * 500)",
        "print('NaN')",
        "print('{')",
        "import os\nwhile True: os.write(1, b'1\\n' * 1000)",
        "",
    ],
)
def test_a_child_that_dies_or_babbles_is_a_sentence(program: str) -> None:
    with pytest.raises(Invalid, match=ADVICE):
        asked(program)


def test_a_child_that_hangs_is_ended_also_where_it_never_reads() -> None:
    with pytest.raises(Invalid, match="within 1 seconds"):
        asked("import time; time.sleep(60)", seconds=1, message=bytes(5_000_000))


def test_a_refusal_of_the_child_is_the_sentence_shown() -> None:
    with pytest.raises(Invalid, match=r"^No table\.$"):
        asked('print(\'{"refused": "No table."}\')')


def test_others_are_served_while_a_file_is_read() -> None:
    turns, done = 0, threading.Event()

    def read() -> None:
        asked("import time; time.sleep(3); print(1)")
        done.set()

    reader = threading.Thread(target=read)
    reader.start()
    while not done.wait(0.01):
        turns += 1
    reader.join()
    assert turns > 3

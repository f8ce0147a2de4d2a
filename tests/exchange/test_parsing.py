"""Every file a person may drop: read rightly, or refused with a sentence, in a process of its own."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import zipfile
from typing import Any

import openpyxl
import openpyxl.styles
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copdash.errors import Invalid
from copdash.exchange.parsing import MAX_BYTES, parse

TABLE = "Name;Land\r\nWasserverband Süd;Österreich\r\nÉtablissement “Eau”;France\r\n"


def active(book: openpyxl.Workbook) -> Any:
    return book.active


def workbook(*rows: list[Any], title: str = "Sheet") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """A workbook with some parts replaced; `sheet` is the first worksheet."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml"}
    changed = {names.get(name, name): content for name, content in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, changed.get(part, old.read(part)))
    return file.getvalue()


def sheet_xml(content: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{content}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_found_out(codec: str, said: str) -> None:
    sheet = parse(TABLE.encode(codec))
    assert sheet.encoding == said
    assert sheet.rows[1:] == [["Wasserverband Süd", "Österreich"], ["Établissement “Eau”", "France"]]


def test_a_file_from_an_old_mac_or_with_greek_letters_is_read_too() -> None:
    greek = "Όνομα;Ρόλος\nΔήμος Ναυπλίου;Τοπική αρχή\nΠανεπιστήμιο Πελοποννήσου;Έρευνα και ανάπτυξη\n"
    german = "Name;Rolle\nWasserverband Süd für Österreich;Behörde\nGrünflächenamt;Straßen und Plätze\n"
    assert parse(greek.encode("cp1253")).rows[1][0] == "Δήμος Ναυπλίου"
    assert parse(german.encode("mac_roman")).rows[2] == ["Grünflächenamt", "Straßen und Plätze"]


def test_one_broken_byte_does_not_make_another_encoding_of_a_file() -> None:
    sheet = parse(("Name\n" + "Wasserverband Süd für Österreich\n" * 30).encode() + b"x\xff\n")
    assert (sheet.encoding, sheet.rows[30]) == ("UTF-8 with 1 unreadable letters", ["Wasserverband Süd für Österreich"])


def test_the_encoding_can_be_said_by_hand() -> None:
    assert parse(TABLE.encode("cp1250", "replace"), encoding="cp1250").rows[1][1] == "Österreich"
    with pytest.raises(Invalid, match="choose another encoding"):
        parse(TABLE.encode("cp1252"), encoding="utf-8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    lines = [["Name", "Power", "Notes"], ["Water, gas; and heat", "5,5", "a | b"], ["Second", "4,0", ""]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    sheet = parse(text.encode())
    assert (sheet.delimiter, sheet.rows[1]) == (delimiter, lines[1])


def test_a_comma_in_every_second_cell_is_no_delimiter_where_semicolons_separate() -> None:
    sheet = parse(b"Name;Power;Interest\nA;5,5;4,5\nB;1,5;2\nC;3,5;\n")
    assert (sheet.delimiter, sheet.rows[1]) == (";", ["A", "5,5", "4,5"])


def test_a_hint_of_excel_and_single_columns_are_understood() -> None:
    assert parse(b"sep=;\r\nName;A,b\r\nx;y\r\n").rows == [[], ["Name", "A,b"], ["x", "y"]]
    assert parse(b"actor\nactor1\nactor2\n").rows == [["actor"], ["actor1"], ["actor2"]]


def test_line_breaks_in_cells_and_blank_lines_keep_the_line_numbers() -> None:
    assert parse(b'Name,Notes\r\n\r\n"A\nB",x\r\n').rows == [["Name", "Notes"], [], ["A\nB", "x"]]


def test_one_apostrophe_goes_where_an_export_put_it_and_nowhere_else() -> None:
    cells = parse(b"a,b,c,d\n'=1+1,''s-Hertogenbosch,'s-Hertogenbosch,'\n").rows[1]
    assert cells == ["=1+1", "'s-Hertogenbosch", "'s-Hertogenbosch", "'"]


@pytest.mark.parametrize("data", [b"", b"   \r\n\r\n", b"\xef\xbb\xbf\r\n", b";;;\n;;;\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"empty|nothing"):
        parse(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"\x00\x01\x02\x03" * 500,
        b"PK\x03\x04" + b"\xff" * 500,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500,
        b"%PDF-1.7\n",
        b"<!DOCTYPE html><table><tr><td>1</td></tr></table>",
        b'Name,Notes\nA,"never closed\nB,x\n',
    ],
)
def test_what_is_not_a_table_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(data)
    assert str(refusal.value).endswith(".")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(max_size=2000), st.binary(max_size=2000).map(lambda junk: b"PK\x03\x04" + junk)))
def test_junk_is_read_or_refused_and_never_anything_else(data: bytes) -> None:
    with contextlib.suppress(Invalid):
        assert parse(data).rows


def test_damaged_workbooks_are_refused() -> None:
    whole = saved(workbook(["Name"], ["A"]))
    for broken in (whole[: len(whole) // 2], repacked(whole, sheet=b"<worksheet><sheetData><row"), whole[:-30]):
        with pytest.raises(Invalid):
            parse(broken)


def test_a_workbook_of_another_kind_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(Invalid, match="not an Excel workbook"):
        parse(file.getvalue())


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = repacked(saved(workbook(["Name"])), sheet=b"<worksheet>" + b" " * 250_000_000)
    assert len(bomb) < 1_000_000
    with pytest.raises(Invalid, match="unpacks"):
        parse(bomb)


def test_a_bomb_that_lies_about_its_size_does_not_reach_the_server() -> None:
    bomb = bytearray(repacked(saved(workbook(["Name"])), sheet=b"<worksheet>" + b" " * 100_000_000))
    size = (100_000_011).to_bytes(4, "little")
    while (at := bomb.find(size)) >= 0:
        bomb[at : at + 4] = (500).to_bytes(4, "little")
    with pytest.raises(Invalid):
        parse(bytes(bomb))


@pytest.mark.parametrize("cell", ['<c r="XFD1048576"', '<c  s="0" r="XFD1048576"', "<c r='XFD1048576'"])
def test_a_cell_in_the_last_corner_is_refused_and_the_server_lives(cell: str) -> None:
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    far = f'<row r="1048576">{cell} t="inlineStr"><is><t>x</t></is></c></row>'
    data = repacked(saved(workbook(["Name"])), sheet=sheet_xml(first + far))
    assert len(data) < 6000
    pid = os.getpid()
    with pytest.raises(Invalid):
        parse(data)
    assert os.getpid() == pid
    assert parse(b"Name\nA\n").rows == [["Name"], ["A"]]


def test_formatting_far_away_does_not_count_as_content() -> None:
    book = workbook(["Name"], ["A"])
    active(book).cell(1_048_576, 3).font = openpyxl.styles.Font(bold=True)
    assert parse(saved(book)).rows == [["Name"], ["A"]]


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(Invalid, match="at most 10 MB"):
        parse(b"a," * (MAX_BYTES // 2 + 1))
    with pytest.raises(Invalid, match="50,000 rows"):
        parse(b"Name\n" + b"actor\n" * 60_000)
    with pytest.raises(Invalid, match="200 columns"):
        parse(b"Name" + b",x" * 300 + b"\n")
    with pytest.raises(Invalid, match="100,000 characters"):
        parse(b"Name\n" + b"x" * 200_000)


def test_ten_megabytes_of_line_ends_or_quotes_do_no_harm() -> None:
    for data in (b"Name\nA" + b"\n" * (MAX_BYTES - 10), b'"' * (MAX_BYTES - 1), b"\xff" * (MAX_BYTES - 1)):
        with contextlib.suppress(Invalid):
            assert parse(data).rows


def test_a_workbook_gives_numbers_days_and_texts() -> None:
    moment = dt.datetime(2021, 6, 1, 9, 30)  # noqa: DTZ001 - spreadsheets know no zones
    sheet = parse(saved(workbook(["Name", 3, 3.5, True, dt.date(2021, 6, 1), moment, " a "])))
    assert sheet.rows == [["Name", 3, 3.5, True, "2021-06-01", "2021-06-01T09:30", " a "]]


def test_a_formula_gives_its_stored_result_and_is_never_run() -> None:
    link = '<c r="A1" t="str"><f>HYPERLINK("http://example.org","x")</f><v>x</v></c>'
    content = f'<row r="1">{link}<c r="B1"><f>1+1</f><v>2</v></c></row>'
    assert parse(repacked(saved(workbook(["Name"])), sheet=sheet_xml(content))).rows == [["x", 2]]
    assert parse(saved(workbook(["Name", "=1+1"]))).rows == [["Name"]]


def test_cells_merged_downwards_speak_for_each_row_and_headings_stay_where_they_are() -> None:
    book = workbook(["All stakeholders", None, None], ["Group", "Name"], ["Industry", "A"], [None, "B"], [None, "C"])
    active(book).merge_cells("A1:C1")
    active(book).merge_cells("A3:A5")
    rows = parse(saved(book)).rows
    assert rows[0] == ["All stakeholders"]
    assert rows[2:] == [["Industry", "A"], ["Industry", "B"], ["Industry", "C"]]


def test_the_first_visible_sheet_with_content_is_read_and_another_can_be_chosen() -> None:
    book = workbook(title="Empty")
    book.create_sheet("Secret").append(["hidden"])
    book["Secret"].sheet_state = "hidden"
    book.create_sheet("List").append(["Name"])
    data = saved(book)
    sheet = parse(data)
    assert (sheet.sheet, sheet.sheets, sheet.rows) == ("List", ["Empty", "Secret", "List"], [["Name"]])
    assert parse(data, sheet="Secret").rows == [["hidden"]]


def test_a_table_that_does_not_begin_in_the_corner_keeps_its_line_numbers() -> None:
    book = workbook()
    active(book)["C3"] = "Name"
    active(book)["C4"] = "A"
    assert parse(saved(book)).rows == [[], [], [None, None, "Name"], [None, None, "A"]]


def test_many_repeated_long_texts_in_a_small_workbook_are_refused() -> None:
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{c}{row}" t="s"><v>0</v></c>' for c in "ABCDEFGH") + "</row>"
        for row in range(1, 3001)
    )
    strings = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{strings}" count="1" uniqueCount="1"><si><t>{"x" * 30_000}</t></si></sst>'.encode()
    data = repacked(saved(workbook(["Name"])), sheet=sheet_xml(cells), strings=shared)
    with pytest.raises(Invalid):
        parse(data)

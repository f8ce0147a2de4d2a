"""Exports import again without loss, and nothing in them runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid
from collections.abc import Mapping
from typing import Any, cast

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from copdash import fields, models
from copdash.exchange import words
from copdash.exchange.columns import Layout, understood
from copdash.exchange.headings import Subject
from copdash.exchange.network_files import kumu
from copdash.exchange.parsing import Sheet, parse
from copdash.exchange.previews import of_meetings, of_stakeholders
from copdash.exchange.tables import csv_file, plain_xlsx, xlsx_file
from copdash.exchange.tie_previews import of_relations

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "''twice", "'s-Hertogenbosch", "\t=tab", '=LINK("http://e.org","x")',
    "<script>alert(1)</script>", "a;b", 'say "hi"', "a,b", "a|b", "#N/A", "_x0041_", "_x005F_x0041_", "TRUE", "007",
    "1e5", "2021-06-01", "é", "👩\u200d🔬", "مرحبا", "a\u00a0b", "sep=;", "\\", "\\n", "NULL", "n/a", "-", "--",
    "x\x00y", "\ud800", "\ufeff",
]  # fmt: skip
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.text(alphabet="=+-@'\t\r\n,;| a\"", max_size=6))
days = st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1))
FILES = [csv_file, lambda subject, rows: csv_file(subject, rows, delimiter=";"), lambda s, rows: xlsx_file({s: rows})]
modest = settings(phases=(Phase.generate,), max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def value_of(column: fields.Column) -> st.SearchStrategy:
    if column.choices:
        return st.sampled_from([*([] if column.required else [""]), *column.choices.values()])
    if column.name == "themes":
        return st.lists(texts.map(lambda text: words.line(text).replace(";", "")), max_size=3).map(
            lambda parts: words.themes(";".join([*parts, ""]))
        )
    return {
        "rating": st.one_of(st.none(), st.floats(0, 10).map(lambda number: round(number, 2) + 0.0)),
        "day": st.one_of(st.none(), days),
        "note": texts.map(words.passage),
        "flag": st.booleans(),
        "strength": st.sampled_from([1, 2, 3]),
        "clock": st.sampled_from(["", "00:00", "09:30", "23:59"]),
    }.get(column.shape, texts.map(words.line))


def rows_of(columns: Mapping[str, fields.Column], named: str) -> st.SearchStrategy[Any]:
    row = st.fixed_dictionaries({name: value_of(column) for name, column in columns.items()})
    return st.lists(
        row.filter(lambda row: row[named]), min_size=1, max_size=4, unique_by=lambda row: words.key(row[named])
    )


def filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in ("", None)}


def read_again(data: bytes, subject: Subject) -> tuple[Sheet, Layout]:
    sheet = parse(data)
    layout = understood(sheet)
    assert layout.subject == subject
    assert layout.header_row == 0
    assert None not in layout.columns
    return sheet, layout


@pytest.mark.parametrize("write", FILES)
@modest
@given(rows=rows_of(fields.STAKEHOLDER, "name"))
def test_every_field_of_a_list_comes_back_as_it_went(write: Any, rows: list[dict[str, Any]]) -> None:
    preview = of_stakeholders(*read_again(write("stakeholders", rows), "stakeholders"), [])
    assert [planned.values for planned in preview.planned] == [filled(row) for row in rows]
    assert not preview.unknown
    assert not any(planned.warnings or planned.reason for planned in preview.planned)
    stored = [{"id": uuid.uuid4(), **row} for row in rows]
    again = of_stakeholders(*read_again(write("stakeholders", stored), "stakeholders"), stored)
    assert again.count("unchanged") == len(rows)
    assert all(fields.clean(fields.STAKEHOLDER, planned.values) == planned.values for planned in preview.planned)


@pytest.mark.parametrize("write", FILES)
@modest
@given(rows=rows_of(fields.MEETING, "title"))
def test_every_field_of_a_roadmap_comes_back_as_it_went(write: Any, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["ends_on"] = row["starts_on"] and row["starts_on"] + dt.timedelta(days=1) if row["ends_on"] else None
    preview = of_meetings(*read_again(write("meetings", rows), "meetings"), [])
    assert [planned.values for planned in preview.planned] == [filled(row) for row in rows]
    stored = [{"id": uuid.uuid4(), **row} for row in rows]
    assert of_meetings(*read_again(write("meetings", stored), "meetings"), stored).count("unchanged") == len(rows)


@pytest.mark.parametrize("write", FILES)
@modest
@given(names=st.lists(texts.map(words.line).filter(bool), min_size=2, max_size=5, unique_by=words.key), data=st.data())
def test_every_tie_comes_back_as_it_went(write: Any, names: list[str], data: st.DataObject) -> None:
    stored = [
        {"id": uuid.uuid4(), "name": name, "organisation": "=org" if n % 2 else ""} for n, name in enumerate(names)
    ]
    ends = st.lists(st.sampled_from(stored), min_size=2, max_size=2, unique_by=lambda one: one["name"])
    drawn = data.draw(
        st.lists(ends, min_size=1, max_size=4, unique_by=lambda two: tuple(sorted(one["name"] for one in two)))
    )
    ties = [
        {
            "from_id": one["id"], "to_id": other["id"],
            "type": data.draw(st.sampled_from(models.RelationType.values())),
            "directed": data.draw(st.booleans()), "strength": data.draw(st.sampled_from([1, 2, 3])),
            "status": data.draw(st.sampled_from(models.TieStatus.values())),
            "evidence": data.draw(texts.map(words.passage)),
            "since": data.draw(st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2021, 1, 1))),
            "until": data.draw(st.none() | st.dates(dt.date(2021, 1, 1), dt.date(2024, 1, 1))),
        }
        for one, other in drawn
    ]  # fmt: skip
    rows = [
        {"from": one["name"], "from_organisation": one["organisation"],
         "to": other["name"], "to_organisation": other["organisation"], **tie}
        for (one, other), tie in zip(drawn, ties, strict=True)
    ]  # fmt: skip
    file = write("relations", rows)
    assert [one.values for one in of_relations(*read_again(file, "relations"), stored, []).planned] == ties
    alone = of_relations(*read_again(file, "relations"), [], [])
    assert {(one.values["name"], one.values.get("organisation", "")) for one in alone.stakeholders} == {
        (one["name"], one["organisation"]) for two in drawn for one in two
    }


@modest
@given(st.lists(texts.map(words.passage), min_size=1, max_size=5))
def test_no_cell_of_an_export_runs(notes: list[str]) -> None:
    rows = [{"name": f"=N{n}", "notes": note, "role": note} for n, note in enumerate(notes)]
    text = csv_file("stakeholders", rows).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file({"stakeholders": rows})))
    assert {cell.data_type for row in cast(Any, book.active).iter_rows() for cell in row if cell.value is not None} <= {
        "s"
    }


def test_a_workbook_holds_list_ties_and_roadmap_on_a_sheet_each() -> None:
    data = xlsx_file(
        {
            "stakeholders": [{"name": "A", "power": 7.0, "interest": None}],
            "relations": [{"from": "A", "to": "B", "directed": True, "strength": 2, "type": "Money"}],
            "meetings": [{"title": "Kick-off", "starts_on": dt.date(2021, 9, 15)}],
        }
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Stakeholders", "Ties", "Roadmap"]
    assert book["Roadmap"]["D2"].value.date() == dt.date(2021, 9, 15)
    heads, first = list(book["Stakeholders"].values)[:2]
    assert first[heads.index("Power")] == 7
    assert understood(parse(data, sheet="Ties")).subject == "relations"
    assert understood(parse(data, sheet="Roadmap")).subject == "meetings"


def test_an_export_without_rows_is_a_table_with_a_header() -> None:
    for data in (csv_file("meetings", []), xlsx_file({"meetings": []})):
        assert of_meetings(*read_again(data, "meetings"), []).planned == []


def test_numbers_between_semicolons_have_a_decimal_comma_and_come_in_again() -> None:
    rows = [{"name": "Q3.5 board", "power": 8.3, "interest": 7.0, "urgency": 0.25}]
    line = csv_file("stakeholders", rows, delimiter=";").decode("utf-8-sig").splitlines()[1].split(";")
    assert [cell for cell in line if cell] == ["Q3.5 board", "8,3", "7", "0,25"]
    assert ",8.3,7," in csv_file("stakeholders", rows).decode("utf-8-sig")
    (planned,) = of_stakeholders(*read_again(csv_file("stakeholders", rows, delimiter=";"), "stakeholders"), []).planned
    assert planned.values == rows[0]


def test_a_foreign_list_with_semicolons_and_decimal_commas_comes_in() -> None:
    sheet = parse(b"Naam;Macht;Belang\nWaterschap;8,3;7,25\nBoeren;10;0,5\n")
    found = [one.values for one in of_stakeholders(sheet, understood(sheet), []).planned]
    assert [(one["power"], one["interest"]) for one in found] == [(8.3, 7.25), (10, 0.5)]


def test_the_heading_of_a_workbook_stays_in_sight_and_can_filter() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_file({"stakeholders": [{"name": "A"}, {"name": "B"}], "milestones": []}))
    )
    assert [(sheet.freeze_panes, sheet.auto_filter.ref) for sheet in book] == [("B2", "A1:Z3"), ("B2", "A1:C1")]
    plain = openpyxl.load_workbook(io.BytesIO(plain_xlsx("Changes", {"name": "Name"}, [{"name": "A"}])))
    assert plain["Changes"].auto_filter.ref == "A1:A2"


SMALL = [{"name": f"S{n}", "power": float(n % 5), "interest": 0.5} for n in range(8)]


@pytest.mark.parametrize("write", FILES)
def test_our_own_export_is_never_asked_about_its_scale(write: Any) -> None:
    sheet, layout = read_again(write("stakeholders", SMALL), "stakeholders")
    assert layout.decisions == ()
    assert [one.values["power"] for one in of_stakeholders(sheet, layout, []).planned] == [n % 5 for n in range(8)]


def test_our_own_workbook_is_known_without_some_columns_and_after_another_program_saved_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file({"stakeholders": SMALL})))
    book["Stakeholders"].delete_cols(2, 3)
    file = io.BytesIO()
    book.save(file)
    assert understood(parse(file.getvalue())).decisions == ()
    book["Stakeholders"]["J1"].value = None
    for row in book["Stakeholders"].iter_rows(min_row=1, max_row=1):
        for cell in row:
            if cell.value == "Power":
                cell.value = "Power (0-4)"
    file = io.BytesIO()
    book.save(file)
    (one,) = understood(parse(file.getvalue())).decisions
    assert (one.field, one.choice, one.certain) == ("power", "0-4", True), "what somebody wrote into a heading counts"


def test_an_export_under_a_case_study_s_own_labels_is_known_and_a_foreign_list_is_asked() -> None:
    renamed = {"power": "Macht", "interest": "Nähe"}
    data = csv_file("stakeholders", SMALL, renamed=renamed)
    assert understood(parse(data), renamed=renamed).decisions == ()
    foreign = parse(b"Name,Power,Interest\n" + b"A,4,3\n" * 5)
    assert [one.certain for one in understood(foreign).decisions] == [False, False]


def test_our_own_workbook_for_kumu_is_never_asked_about_its_scale() -> None:
    sheet = parse(kumu(SMALL, []), sheet="Elements")
    assert understood(sheet).decisions == ()
    assert [one.values["power"] for one in of_stakeholders(sheet, understood(sheet), []).planned] == [
        n % 5 for n in range(8)
    ]

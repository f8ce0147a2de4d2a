"""Import and export in a real browser: files are dropped, looked at, confirmed, taken back, sent on."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens.file_screen import SHAPED, begin, count, drop, introduce, settle, stored, typed

from .keyboard import type_into


@pytest.fixture
def begun(empty_app: Any, page: Page) -> Page:
    """A browser on «Import and export» of a case study with nothing in it."""
    empty_app.open(page, "/case-study")
    introduce(page)
    begin(page, "Testwater")
    empty_app.open(page, "/files")
    return page


def test_a_list_comes_in_with_two_gestures_and_goes_with_one(begun: Page, empty_app: Any) -> None:
    drop(begun, SHAPED / "organisations.csv")
    begun.get_by_role("button", name="Import 58 stakeholders").click()
    expect(begun.get_by_text("Imported 58 new stakeholders from organisations.csv.")).to_be_visible()
    with stored(empty_app) as connection:
        rows = connection.execute("SELECT kind, count(*) FROM stakeholder GROUP BY kind").fetchall()
        (summary, author) = connection.execute(
            "SELECT summary, actor_name FROM gesture WHERE name = 'imported'"
        ).fetchone()
        changes = connection.execute(
            "SELECT count(*) FROM change JOIN gesture ON gesture.id = change.gesture_id WHERE gesture.name = 'imported'"
        ).fetchone()[0]
    assert rows == [("Organisation", 58)]
    assert (summary, author, changes) == ("Imported 58 new stakeholders from organisations.csv", "Marta", 58)
    begun.get_by_role("button", name="Undo this import").click()
    expect(begun.get_by_text("Imported 58 new stakeholders")).to_have_count(0)
    assert count(empty_app, "stakeholder") == 0


def test_the_way_to_the_list_stands_beside_what_was_imported(begun: Page) -> None:
    drop(begun, typed("Name\nWater board\n"))
    begun.get_by_role("button", name="Import 1 stakeholder").click()
    begun.get_by_role("link", name="Open the list").click()
    expect(begun).to_have_url(re.compile("/stakeholders"))
    expect(begun.get_by_text("Water board").first).to_be_visible()


def test_actors_then_their_ties(begun: Page, empty_app: Any) -> None:
    drop(begun, SHAPED / "actors.csv")
    begun.get_by_role("button", name="Import 80 stakeholders").click()
    expect(begun.get_by_text("Imported 80 new stakeholders")).to_be_visible()
    drop(begun, SHAPED / "actor_el.csv")
    expect(begun.get_by_role("radio", name=re.compile("Refused 12"))).to_be_visible()
    begun.get_by_role("button", name="Import 313 ties", exact=True).click()
    expect(begun.get_by_text("Imported 313 new ties")).to_be_visible()
    assert (count(empty_app, "stakeholder"), count(empty_app, "relation")) == (80, 313)


def workbook_with_a_cell_at(address: str) -> bytes:
    file = io.BytesIO()
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = "Name"
    sheet[address] = "far"
    book.save(file)
    return file.getvalue()


def bomb() -> bytes:
    file, plain = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        with new.open("xl/media/large.xml", "w") as large:
            for _ in range(210):
                large.write(b" " * 1024 * 1024)
    return file.getvalue()


def test_files_that_cannot_be_read_get_a_sentence_and_change_nothing(begun: Page, empty_app: Any) -> None:
    hostile = [
        (typed(b"", "empty.csv"), "This file is empty"),
        (typed(bytes(range(256)) * 40, "photo.csv"), "This is not a table of text"),
        (typed(workbook_with_a_cell_at("XFD1048576"), "far.xlsx"), "Cell XFD1048576 holds something far outside"),
        (typed(bomb(), "bomb.xlsx"), "unpacks to far too much data"),
        (typed(b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old.xls"), "This is an old Excel workbook"),
    ]
    for file, sentence in hostile:
        drop(begun, file)
        expect(begun.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
        begun.get_by_role("button", name="Choose another file").click()
        expect(begun.get_by_role("alert")).to_have_count(0)
    assert count(empty_app, "stakeholder") == 0


def test_a_column_changed_by_hand_changes_what_is_imported(begun: Page, empty_app: Any) -> None:
    drop(begun, typed("Name;Code;Interest\nWater board;x1;7\n"))
    expect(begun.get_by_text("left out: Code")).to_be_visible()
    begun.get_by_role("button", name="Read it differently").click()
    type_into(begun.get_by_role("combobox", name="Code"), "Notes")
    begun.get_by_role("option", name="Notes", exact=True).click()
    expect(begun.get_by_text("left out: Code")).to_have_count(0)
    begun.keyboard.press("Escape")
    begun.get_by_role("button", name="Import 1 stakeholder").click()
    expect(begun.get_by_text("Imported 1 new stakeholder")).to_be_visible()
    with stored(empty_app) as connection:
        assert connection.execute("SELECT name, notes, interest FROM stakeholder").fetchall() == [
            ("Water board", "x1", 7.0)
        ]


FIELDS = {
    "stakeholder": 'position, name, kind, organisation, role, "group", helix, scale, country, themes, power, interest, '
    "attitude, attitude_wanted, membership, rationale, notes",
    "relation": "a.name, b.name, type, directed, strength",
    "meeting": "title, kind, theme, starts_on, ends_on, certainty, format, place, moderator, goals, expected_outcomes",
    "milestone": "title, kind, due_on",
    "invitation": "m.title, m.starts_on, s.name",
}
JOINED = {
    "relation": "relation t JOIN stakeholder a ON a.id = t.from_id JOIN stakeholder b ON b.id = t.to_id",
    "invitation": "invitation t JOIN meeting m ON m.id = t.meeting_id JOIN stakeholder s ON s.id = t.stakeholder_id",
}


def content(app: Any, title: str) -> dict[str, list[Any]]:
    """Everything in a case study, by names instead of ids."""
    with stored(app) as connection:
        (case,) = connection.execute("SELECT id FROM case_study WHERE title = ?", [title]).fetchone()
        return {
            table: sorted(
                connection.execute(
                    f"SELECT {fields} FROM {JOINED.get(table, f'{table} t')} WHERE t.case_study_id = ?", [case]
                ).fetchall(),
                key=repr,
            )
            for table, fields in FIELDS.items()
        }


def test_a_workbook_that_was_exported_comes_into_a_new_case_study_without_loss(
    app: Any, page: Page, tmp_path: Path
) -> None:
    app.open(page, "/files")
    introduce(page)
    page.get_by_role("tab", name="Export").click()
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download workbook (XLSX)").click()
    assert download.value.suggested_filename == "CS1 Tarragona.xlsx"
    path = tmp_path / "CS1 Tarragona.xlsx"
    download.value.save_as(path)
    app.open(page, "/case-study")
    begin(page, "Copy")
    page.get_by_role("link", name="Import and export").click()
    expect(page.get_by_role("heading", name="Import and export")).to_be_visible()  # the list has a place for files too
    drop(page, path)
    page.get_by_role(
        "button", name=re.compile(r"^Import .* stakeholders, .* ties, .* meetings and .* milestones$")
    ).click()
    expect(page.get_by_text(re.compile("Imported .* new milestones from"))).to_be_visible()
    assert all(content(app, "Copy").values())
    assert content(app, "Copy") == content(app, "CS1 Tarragona")


def test_two_case_studies_travel_as_files_to_another_store(
    app: Any, second_app: Any, page: Page, second_page: Page, tmp_path: Path
) -> None:
    files = []
    app.open(page, "/files")
    introduce(page)
    for title in ("CS1 Tarragona", "CS2 Nieuw Prinsenland"):
        page.get_by_role("combobox", name="Case study").click()
        page.get_by_role("option", name=title).click()
        page.get_by_role("tab", name="Case study file").click()
        settle(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download case study").click()
        assert download.value.suggested_filename == f"{title}.copdash"
        files.append(tmp_path / f"{title}.copdash")
        download.value.save_as(files[-1])
    second_app.open(second_page, "/files")
    introduce(second_page, "KWR")
    drop(second_page, *files)
    expect(second_page.get_by_text("New case study")).to_have_count(2)
    second_page.get_by_role("button", name="Bring in all 2").click()
    expect(second_page.get_by_role("heading", name="Portfolio", exact=True)).to_be_visible()
    for title in ("CS1 Tarragona", "CS2 Nieuw Prinsenland"):
        assert all(content(app, title).values())
        assert content(second_app, title) == content(app, title)


def test_somebody_elses_change_shows_in_the_preview_without_a_click(
    empty_app: Any, begun: Page, second_page: Page
) -> None:
    drop(begun, typed("Name;Power\nWater board;7\n"))
    expect(begun.get_by_role("radio", name=re.compile("Added 1"))).to_be_visible()
    second_page.goto(begun.url)
    introduce(second_page, "KWR")
    drop(second_page, typed("Name;Power\nWater board;3\n"))
    second_page.get_by_role("button", name="Import 1 stakeholder").click()
    expect(begun.get_by_role("radio", name=re.compile("Updated 1"))).to_be_visible()


def test_names_in_a_file_run_nothing(begun: Page) -> None:
    name = f"x{uuid.uuid4().hex[:6]}"
    drop(begun, typed(f"Name;<img src=x onerror=alert(1)>\n<script>{name}</script>;**b**\n", "<b>$x$</b> _y_.csv"))
    expect(begun.get_by_role("button", name="Import 1 stakeholder")).to_be_visible()
    expect(begun.get_by_role("heading", name="<b>$x$</b> _y_.csv")).to_be_visible()
    expect(begun.get_by_text("left out: <img src=x onerror=alert(1)>")).to_be_visible()


def test_a_scale_that_nothing_shows_is_asked_once_and_the_answer_is_imported(begun: Page, empty_app: Any) -> None:
    lines = [
        "Name,Power,Interest",
        "Water board,5,High",
        "Farmers,4,Low",
        "City,1,Medium",
        "Port,2,High",
        "Museum,3,so so",
    ]
    drop(begun, typed("\n".join(lines)))
    expect(begun.get_by_text("4 becomes 7.5")).to_be_visible()
    expect(begun.get_by_text("Medium is 5")).to_be_visible()
    expect(begun.get_by_text("5 lies on the border and counts as high")).to_be_visible()
    expect(begun.get_by_role("button", name="1 unknown word")).to_be_visible()
    begun.get_by_role("combobox", name="Which scale has Power?").click()
    begun.get_by_role("option", name="0-5", exact=True).click()
    expect(begun.get_by_text("4 becomes 8")).to_be_visible()
    begun.get_by_role("button", name="Import 5 stakeholders").click()
    expect(begun.get_by_text("Imported 5 new stakeholders")).to_be_visible()
    with stored(empty_app) as connection:
        rows = dict(connection.execute("SELECT name, power FROM stakeholder").fetchall())
        interest = dict(connection.execute("SELECT name, interest FROM stakeholder").fetchall())
    assert (rows["Water board"], rows["Farmers"], rows["City"]) == (10, 8, 2)
    assert (interest["Water board"], interest["City"], interest["Museum"]) == (8, 5, None)

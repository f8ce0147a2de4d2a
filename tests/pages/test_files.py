"""The screen of import and export, without a browser: what it shows, refuses and saves."""

from __future__ import annotations

import io
import shutil
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from copdash import case_studies, eyes, history, meetings, milestones, people, reviews, stakeholders, store
from copdash.exchange import case_files, exports
from copdash.models import Role
from copdash.roles import PROGRAM, Actor
from copdash.ui.habits import sessions
from copdash.ui.sharing import imports
from copdash.ui.sharing.case_files import Opened

BEN = Actor(uuid.UUID(int=12), "Ben", Role.KWR)
Start = Callable[..., AppTest]
PAGE = "sharing/files.py"
APPLY = "files.apply"
LIST = b"Name;Power;Scale;Old code\nWater board;7,5;Regional;x1\nFarmers;12;Berlin;x2\nCity;3;Berlin;x3\n"


def dropped(test: AppTest, case: uuid.UUID, data: bytes, name: str = "list.csv") -> AppTest:
    """As if somebody had dropped this file here."""
    test.session_state[sessions.IMPORT] = imports.Brought(case, name, data)
    return test.run()


def labels(test: AppTest) -> list[str]:
    return [button.label for button in test.button]


def table(test: AppTest) -> Any:
    return test.dataframe[0].value


def said(test: AppTest) -> str:
    return " ".join(
        element.value.replace("\\", "")
        for kind in ("markdown", "caption", "info", "warning", "error")
        for element in getattr(test, kind)
    )


def names(case: uuid.UUID) -> list[str]:
    with store.reading(eyes.PROGRAM) as session:
        return [row.name for row in stakeholders.of_case(session, case)]


@pytest.mark.parametrize("tab", ["Import", "Export", "Case study file"])
@pytest.mark.parametrize("kind", ["example", "empty_case", "large_case"])
def test_every_tab_opens_for_every_case_study(
    started: Start, request: pytest.FixtureRequest, kind: str, tab: str
) -> None:
    test = started(PAGE, request.getfixturevalue(kind))
    test.session_state["files.tabs"] = tab
    test.run()
    assert not test.exception


def test_an_unknown_case_study_gets_a_sentence_and_case_study_files_may_still_come_in(
    started: Start, example: uuid.UUID
) -> None:
    test = started(PAGE, uuid.uuid4())
    assert not test.exception
    assert "not in the store" in said(test)


def test_the_preview_says_line_by_line_what_will_happen_and_saves_nothing(
    started: Start, empty_case: uuid.UUID
) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, LIST)
    assert not test.exception
    assert "Import 3 stakeholders" in labels(test)
    assert list(table(test)["Outcome"]) == ["+ Added"] * 3
    assert "outside the scale of 0-10; Power left empty" in table(test)["Remarks"][1]
    assert "left out: Old code" in said(test)
    assert names(empty_case) == []


def test_one_button_imports_as_one_gesture_and_one_takes_it_back(started: Start, empty_case: uuid.UUID) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, LIST)
    test.button(key=APPLY).click().run()
    assert not test.exception
    assert names(empty_case) == ["Water board", "Farmers", "City"]
    assert "Imported 3 new stakeholders from list.csv." in said(test)
    assert sessions.IMPORT not in test.session_state  # the file is not kept
    with store.reading(eyes.PROGRAM) as session:
        (gesture,) = history.recent(session, empty_case)
    assert (gesture.actor_name, gesture.summary) == ("Marta", "Imported 3 new stakeholders from list.csv")
    test.button(key="files.undo").click().run()
    assert names(empty_case) == []
    assert "files.undo" not in [button.key for button in test.button]


def test_the_filter_shows_the_lines_with_remarks_only(started: Start, empty_case: uuid.UUID) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, LIST)
    key = next(group.key for group in test.button_group if group.key and group.key.startswith("files.filter"))
    test.session_state[key] = "warned"
    test.run()
    assert list(table(test)["Name"]) == ["Farmers", "City"]


def test_a_column_is_changed_by_hand(started: Start, empty_case: uuid.UUID) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, LIST)
    column = next(box for box in test.selectbox if box.label == "Old code")
    column.set_value("notes").run()
    assert "Notes: x1" in table(test)["What"][0]
    next(box for box in test.selectbox if box.label == "Power").set_value(None).run()
    assert not any("outside the scale" in remark for remark in table(test)["Remarks"])
    test.button(key=APPLY).click().run()
    with store.reading(eyes.PROGRAM) as session:
        rows = stakeholders.of_case(session, empty_case)
    assert [(row.power, row.notes) for row in rows] == [(None, "x1"), (None, "x2"), (None, "x3")]


def book_of(sheets: dict[str, list[list[Any]]], hidden_rows: tuple[int, ...] = ()) -> bytes:
    """A workbook with these rows on its sheets; `hidden_rows` of the first are hidden."""
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    for line in hidden_rows:
        book.worksheets[0].row_dimensions[line].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def tick(test: AppTest, label: str) -> Any:
    return next(box for box in test.checkbox if label in box.label.replace("\\", ""))


def test_each_sheet_with_a_known_subject_comes_in_by_its_own_tick(started: Start, empty_case: uuid.UUID) -> None:
    data = book_of(
        {
            "Read me": [["How to fill this in"], ["Ask Kim"]],
            "People": [["Name", "Power"], ["Water board", 8]],
            "Ties": [["From", "To"], ["Water board", "City"]],
            "Plan": [["Title", "Start", "End"], ["Kick-off", "2027-05-04", "2027-05-04"]],
        }
    )
    test = dropped(started(PAGE, empty_case), empty_case, data, "book.xlsx")
    assert [box.value for box in test.checkbox if "line" in box.label] == [False, True, True, True]
    assert "Import 2 stakeholders, 1 tie and 1 meeting" in labels(test)
    tick(test, "Plan: 1 line, meetings").uncheck().run()
    assert "Import 2 stakeholders and 1 tie" in labels(test)
    test.button(key=APPLY).click().run()
    assert "The sheet “Plan” is left out." in said(test)
    assert "The sheet “Read me” is left out." in said(test)


def test_totals_and_hidden_lines_are_left_out_or_kept_with_one_click(started: Start, empty_case: uuid.UUID) -> None:
    rows: list[list[Any]] = [["Name", "Power", "Interest"], ["A", 8, 5], ["Old", 3, 3], ["B", 4, 9], ["Total", 15, 17]]
    test = dropped(started(PAGE, empty_case), empty_case, book_of({"List": rows}, hidden_rows=(3,)), "book.xlsx")
    assert list(table(test)["Outcome"]) == ["+ Added", "+ Added", "+ Added", "– Left out"]
    tick(test, "Leave out 1 hidden line (line 3)").check().run()
    tick(test, "Leave out 1 total (line 5)").uncheck().run()
    assert list(table(test)["Outcome"]) == ["+ Added", "– Left out", "+ Added", "+ Added"]
    test.button(key=APPLY).click().run()
    assert names(empty_case) == ["A", "B", "Total"]


def test_what_is_not_taken_as_it_stands_is_told_before_and_after(started: Start, empty_case: uuid.UUID) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, LIST)
    before = [box.label for box in test.expander]
    assert before == ["Not as it stands in the file: 3 left out · 3 not understood"]
    sentence = "“12” is outside the scale of 0-10; Power left empty. Line 3."
    assert sentence in said(test)
    test.button(key=APPLY).click().run()
    assert [box.label for box in test.expander] == before
    assert sentence in said(test)


def test_a_near_name_is_asked_and_answered(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(BEN, empty_case) as session:
        stakeholders.add(session, empty_case, name="Water utility Delft", organisation="Province")
    sheets: dict[str, list[list[Any]]] = {
        "List": [["Name", "Organisation", "Power"], ["Water utlity Delft", "Province", 8]],
        "Ties": [["From", "To"], ["Water utlity Delft", "City"]],
    }
    test = dropped(started(PAGE, empty_case), empty_case, book_of(sheets), "book.xlsx")
    assert table(test)["Remarks"][0] == "Did you mean Water utility Delft (Province)?"
    (box,) = [box for box in test.selectbox if "did you mean" in box.label]
    assert box.value == ""
    box.select_index(1).run()
    assert list(table(test)["Outcome"]) == ["→ Updated"]
    assert "Import 2 stakeholders and 1 tie" in labels(test), "the answer holds for the ties, too"
    test.button(key=APPLY).click().run()
    with store.reading(eyes.PROGRAM) as session:
        assert [(row.name, row.power) for row in stakeholders.of_case(session, empty_case)] == [
            ("Water utility Delft", 8),
            ("City", None),
        ]


def test_an_unknown_word_may_be_given_a_meaning(started: Start, empty_case: uuid.UUID) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, LIST)
    word = next(box for box in test.selectbox if "Berlin" in box.label)
    assert word.value == ""
    word.set_value("Regional").run()
    test.button(key=APPLY).click().run()
    with store.reading(eyes.PROGRAM) as session:
        assert [row.scale for row in stakeholders.of_case(session, empty_case)] == ["Regional"] * 3


def test_what_the_file_is_can_be_said_by_hand(started: Start, empty_case: uuid.UUID) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, b"Name;Datum\nKick-off;1.9.2021\n")
    next(box for box in test.selectbox if box.label == "What is in it").set_value("meetings").run()
    assert "Import 1 meeting" in labels(test)
    next(box for box in test.selectbox if box.label == "What is in it").set_value("milestones").run()
    assert "Import 1 milestone" in labels(test)


def test_a_file_without_known_headings_asks_and_goes_on_when_told(started: Start, empty_case: uuid.UUID) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, b"x1;x2\nWater board;5\nCity;6\n")
    assert not test.exception
    assert "which column holds the names" in said(test)
    assert not any(label.startswith("Import ") for label in labels(test))
    next(box for box in test.selectbox if box.label == "x1").set_value("name").run()
    assert "Import 2 stakeholders" in labels(test)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "empty.csv", "This file is empty"),
        (b"\x00\x01\x02\xff" * 400, "binary.csv", "not a table of text"),
        (b"%PDF-1.4 x", "list.pdf", "This is a PDF"),
        (b"PK\x03\x04 nothing", "broken.xlsx", "damaged"),
        (b"a" * (10 * 1024 * 1024 + 1), "large.csv", "at most 10 MB"),
        (b"PK\x03\x04", "case.copdash", "whole case study as a file"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_changes_nothing(
    started: Start, empty_case: uuid.UUID, data: bytes, name: str, sentence: str
) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, data, name)
    assert not test.exception
    assert sentence in test.error[0].value.replace("\\", "")
    assert names(empty_case) == []
    test.button(key="files.away").click().run()
    assert not test.error


def test_what_others_change_meanwhile_brings_a_new_preview_instead_of_an_import(
    started: Start, empty_case: uuid.UUID
) -> None:
    test = dropped(started(PAGE, empty_case), empty_case, LIST)
    with store.writing(PROGRAM, empty_case) as session:
        stakeholders.add(session, empty_case, name="City", power=1)
    test.button(key=APPLY).click().run()  # the news of the change has not reached this screen
    assert names(empty_case) == ["City"]
    assert "Somebody changed this case study" in test.warning[0].value.replace("\\", "")
    assert list(table(test)["Outcome"]) == ["+ Added", "+ Added", "→ Updated"]
    test.button(key=APPLY).click().run()
    assert names(empty_case) == ["City", "Water board", "Farmers"]


def test_a_viewer_sees_the_preview_and_imports_nothing(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="eve", name="Eve", role=Role.VIEWER.value)
    test = dropped(started(PAGE, empty_case, token="eve"), empty_case, LIST)
    test.button(key=APPLY).click().run()
    assert "viewer" in test.warning[0].value
    assert names(empty_case) == []


def test_markup_in_a_file_stays_text(started: Start, empty_case: uuid.UUID) -> None:
    data = b"Name;**b** <i>x</i> [a](http://e.org) :material/home:\nA;1\n"
    test = dropped(started(PAGE, empty_case), empty_case, data, "<b>*x*</b>.csv")
    assert not test.exception
    shown = " ".join(one.value for one in (*test.markdown, *test.caption))
    assert "<b>" not in shown
    assert "[a](" not in shown


def test_a_workbook_of_all_four_tables_comes_in_at_once(
    started: Start, example: uuid.UUID, empty_case: uuid.UUID
) -> None:
    with store.reading(eyes.PROGRAM) as session:
        data = exports.workbook(session, example)
        wanted = exports.rows(session, example)
    test = dropped(started(PAGE, empty_case), empty_case, data, "all.xlsx")
    assert not test.exception
    assert any(label.startswith("Import ") and "ties" in label and "milestones" in label for label in labels(test))
    test.button(key=APPLY).click().run()
    with store.reading(eyes.PROGRAM) as session:
        found = exports.rows(session, empty_case)
        assert meetings.invited(session, empty_case)
    assert {subject: len(rows) for subject, rows in found.items()} == {s: len(rows) for s, rows in wanted.items()}


# ---- a case study as one file ---------------------------------------------------------------------------------------


def opened(test: AppTest, *files: bytes) -> AppTest:
    test.session_state["files.tabs"] = "Case study file"
    test.session_state[sessions.CASE_FILES] = [Opened(f"{number}.copdash", data) for number, data in enumerate(files)]
    return test.run()


def exported(case: uuid.UUID) -> bytes:
    with store.reading(eyes.PROGRAM) as session:
        return case_files.export(session, case)


def changed(case: uuid.UUID, **values: Any) -> None:
    """The first stakeholder of the list, changed by somebody else."""
    with store.writing(BEN, case) as session:
        stakeholders.edit(session, stakeholders.of_case(session, case)[0].id, values=values)


def first(case: uuid.UUID) -> dict[str, Any]:
    with store.reading(eyes.PROGRAM) as session:
        return stakeholders.of_case(session, case)[0].model_dump()


@pytest.fixture
def elsewhere(tmp_path: Path, sqlite_template: Path) -> Callable[..., bytes]:
    """`elsewhere(file, case, name="New")`: the file as another store gives it back after a change there."""

    def give_back(
        file: bytes, case: uuid.UUID, *, deed: Callable[[uuid.UUID], None] | None = None, **values: Any
    ) -> bytes:
        path = tmp_path / f"{uuid.uuid4()}.sqlite"
        shutil.copyfile(sqlite_template, path)
        with pytest.MonkeyPatch.context() as other:
            other.setenv("COPDASH_DATABASE_URL", f"sqlite:///{path.as_posix()}")
            case_files.bring_in(BEN, case_files.read(file))
            deed(case) if deed else changed(case, **values)
            given = exported(case)
            store.close()
        return given

    return give_back


def test_a_file_of_what_is_here_says_that_there_is_nothing_new_in_it(started: Start, example: uuid.UUID) -> None:
    test = opened(started(PAGE, example), exported(example))
    assert not test.exception
    assert "Nothing new in it" in said(test)
    assert not {"Merge", "Bring in"} & set(labels(test))


def test_after_a_merge_one_lands_in_that_case_study_with_what_came_in_a_list(
    started: Start, example: uuid.UUID, elsewhere: Callable[..., bytes]
) -> None:
    there = elsewhere(exported(example), example, role="Chair")
    changed(example, notes="Said here")
    test = opened(started(PAGE, example), there)
    assert "1 changed there · 1 changed only here" in said(test)
    next(button for button in test.button if button.label == "Merge").click().run()
    assert not test.exception
    assert test.subheader[0].value == "Import and export"
    with store.reading(eyes.PROGRAM) as session:
        title = case_studies.get(session, example).title
    assert f"{title} was merged with what was here." in said(test)
    (came,) = (frame.value for frame in test.dataframe if "There" in frame.value)
    assert [tuple(line)[0::5] for line in came.to_numpy()] == [("→ Changed there", "Chair")]
    next(button for button in test.button if button.label == "Close").click().run()
    assert "was merged" not in said(test)
    assert (first(example)["role"], first(example)["notes"]) == ("Chair", "Said here")


@pytest.mark.parametrize(("choice", "power"), [("ours", 1.0), ("theirs", 9.0)])
def test_what_was_changed_here_and_there_shows_both_values_and_asks(
    started: Start, example: uuid.UUID, elsewhere: Callable[..., bytes], choice: str, power: float
) -> None:
    there = elsewhere(exported(example), example, power=9, interest=9)
    changed(example, power=1, interest=1)
    test = opened(started(PAGE, example), there)
    assert "1 to decide" in said(test)
    (conflict,) = (radio for radio in test.radio if "power and interest" in radio.label)
    assert [option.replace("\\", "") for option in conflict.options] == ["Here: 1 / 1", "There: 9 / 9"]
    assert conflict.value is None
    assert next(button for button in test.button if button.label == "Merge").disabled
    conflict.set_value(choice).run()
    next(button for button in test.button if button.label == "Merge").click().run()
    assert (first(example)["power"], first(example)["interest"]) == (power, power)


def test_what_changed_here_since_the_look_stops_a_merge_and_shows_it_anew(
    started: Start, example: uuid.UUID, elsewhere: Callable[..., bytes]
) -> None:
    there = elsewhere(exported(example), example, power=9, interest=9)
    test = opened(started(PAGE, example), there)
    changed(example, power=2)
    next(button for button in test.button if button.label == "Merge").click().run()
    assert first(example)["power"] == 2
    assert "Somebody changed this case study" in said(test)
    assert "1 to decide" in said(test)


def test_a_file_that_says_that_the_reader_commented_is_asked_and_without_a_tick_it_stays_outside(
    started: Start, example: uuid.UUID, elsewhere: Callable[..., bytes]
) -> None:
    def comments() -> list[str]:
        with store.reading(eyes.PROGRAM) as session:
            return [one.first.text for one in reviews.threads(session, example)]

    def commented(case: uuid.UUID) -> None:
        with store.writing(replace(BEN, role=Role.LEADER), case) as session:
            reviews.comment(session, case, text="All agreed, go on.")

    before = comments()
    there = elsewhere(exported(example), example, deed=commented)
    test = opened(started(PAGE, example), there)
    (asked,) = (box for box in test.checkbox if "Did you write on" in box.label)
    assert asked.value is False
    next(button for button in test.button if button.label == "Merge").click().run()
    assert comments() == before
    test = opened(test, there)
    next(box for box in test.checkbox if "Did you write on" in box.label).check().run()
    next(button for button in test.button if button.label == "Merge").click().run()
    assert not test.exception
    assert "All agreed, go on." in comments()


def test_files_that_are_none_get_a_sentence_each(started: Start, example: uuid.UUID) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", b" " * 50_000_000)
    test = opened(started(PAGE, example), b"", b"hello", bomb.getvalue())
    assert not test.exception
    assert said(test).count("not a case study file") == 2
    assert "more in this file than a case study can hold" in said(test)
    with store.reading(eyes.PROGRAM) as session:
        assert len(case_studies.listed(session)) == 9


def test_a_calendar_shows_meetings_and_milestones_with_what_was_passed_over_and_comes_in_at_once(
    started: Start, empty_case: uuid.UUID
) -> None:
    file = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Kick-off\r\nDTSTART:20270301T090000\r\nEND:VEVENT\r\n"
        b"BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Some day\r\nEND:VEVENT\r\n"
        b"BEGIN:VTODO\r\nUID:3\r\nSUMMARY:Report\r\nDUE:20270501\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
    )
    test = dropped(started(PAGE, empty_case), empty_case, file, "roadmap.ics")
    assert not test.exception
    assert "Read as **meetings** · iCalendar" in said(test)
    assert "header in line" not in said(test)
    assert "1 passed over: no day that can be read (“Some day”)." in said(test)
    assert "Import 1 meeting and 1 milestone" in labels(test)
    test.button(key=APPLY).click().run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        (meeting,) = meetings.of_case(session, empty_case)
        assert (meeting.title, meeting.day_starts_at, meeting.certainty) == ("Kick-off", "09:00", "Tentative")
        assert [row.title for row in milestones.of_case(session, empty_case)] == ["Report"]

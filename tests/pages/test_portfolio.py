"""The portfolio's screen."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from copdash import case_studies, store
from copdash.roles import PROGRAM

Start = Callable[..., AppTest]
PAGE = "overview/portfolio.py"


def test_every_case_study_has_a_line_with_its_numbers(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE)
    assert not test.exception
    table = test.dataframe[0].value
    assert list(table["Case study"])[:2] == ["CS1 Tarragona", "CS2 Nieuw Prinsenland"]
    assert len(table) == 9
    quadrants = table[["Keep satisfied", "Manage closely", "Monitor", "Keep informed"]].sum(axis=1)
    assert ((table["Rated"] / 100 * table["Stakeholders"]).round() == quadrants).all()
    assert set(table["Launch"]) == {"Inside", "After", "Not yet planned"}


def test_the_example_says_that_it_is_invented(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE)
    assert any("Invented example" in caption.value for caption in test.sidebar.caption)


def test_without_a_case_study_it_says_how_to_begin(started: Start) -> None:
    test = started(PAGE)
    assert not test.exception
    assert any("Begin with your case study" in text.value for text in test.markdown)
    test.button(key="empty.example").click().run()
    assert len(test.dataframe[0].value) == 9


def test_an_empty_and_a_large_case_study_stand_beside_each_other(
    started: Start, empty_case: uuid.UUID, large_case: uuid.UUID
) -> None:
    test = started(PAGE)
    assert not test.exception
    table = test.dataframe[0].value.set_index("Case study")
    assert table.loc["Empty water", "Stakeholders"] == 0
    assert table.loc["Large water", "Stakeholders"] == 500
    assert table.loc["Large water", "Rated"] == 100


def test_a_launch_window_or_time_zone_that_cannot_be_gets_a_word_and_the_rest_is_shown(
    started: Start, empty_case: uuid.UUID, large_case: uuid.UUID
) -> None:
    """The rules refuse both; a store that was edited by hand may hold them."""
    with store.writing(PROGRAM, undoable=False) as session:
        row = case_studies.get(session, empty_case)
        row.launch_from, row.launch_until, row.time_zone = dt.date(2021, 9, 1), dt.date(2021, 8, 1), "Moon/Base"
    test = started(PAGE)
    assert not test.exception
    table = test.dataframe[0].value.set_index("Case study")
    assert list(table.loc["Empty water", ["Launch", "Next meeting"]]) == ["Check the dates", "Check the time zone"]
    assert table.loc["Large water", "Launch"] == "Not yet planned"


def test_an_unknown_case_study_in_the_address_does_no_harm(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, uuid.uuid4())
    assert not test.exception
    assert len(test.dataframe[0].value) == 9


def test_of_many_case_studies_a_dozen_grids_are_shown_and_turned_over(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        for number in range(40):
            case_studies.begin(session, title=f"Case {number:02}")
    test = started(PAGE)
    assert not test.exception
    assert len(test.dataframe[0].value) == 41
    pages = test.button_group(key="portfolio.page")
    assert list(pages.options) == ["1–12", "13–24", "25–36", "37–41"]
    pages.set_value("37–41").run()
    assert not test.exception

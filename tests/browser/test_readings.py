"""Salience, engagement and attitude against power in a real browser, and what the store holds afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens.rated_case import Case

ROWS: list[dict[str, Any]] = [
    {"name": "Province", "power": 8.0, "interest": 2.0, "legitimacy": 7.0, "urgency": 2.0},
    {"name": "Growers", "power": 3.0, "interest": 8.0, "legitimacy": 6.0, "urgency": 9.0, "attitude": "Resistant"},
    {"name": "Bank", "power": 8.0, "interest": 8.0, "attitude": "Neutral", "attitude_wanted": "Supportive"},
    {"name": "<b>Anglers</b>"},
]


@pytest.fixture
def case(shared_app: Any) -> Case:
    return Case(shared_app, ROWS)


def read(case: Case, page: Page, reading: str, **who: str) -> None:
    case.app.enter(page, f"/readings?case={case.id}&reading={reading}", **who)
    expect(page.locator(".board")).to_be_visible()


def answered(page: Page) -> None:
    expect(page.locator(".board[data-waiting='0']")).to_be_visible()


def cell(page: Page, name: str, attitude: str) -> Locator:
    return page.locator(f'td[aria-label^="{name}, {attitude}"]')


def label(page: Page, name: str) -> Locator:
    return page.locator(f".venn-label[data-class='{name}']")


# ---- salience -------------------------------------------------------------------------------------------------------


def test_the_circles_count_each_class_and_whoever_lacks_a_rating_is_in_none(case: Case, page: Page) -> None:
    read(case, page, "Salience")
    for name, many in (("Dominant", 1), ("Dependent", 1), ("Definitive", 0), ("Not known yet", 2)):
        expect(label(page, name)).to_have_attribute("aria-label", f"{name}: {many}")
    label(page, "Not known yet").click()
    people = page.locator("section.open .sal-person span:nth-child(2)")
    expect(people).to_have_text(["Bank", "<b>Anglers</b>"])


def test_a_rating_given_there_moves_the_person_to_its_class_and_undo_takes_it_back(case: Case, page: Page) -> None:
    read(case, page, "Salience")
    page.get_by_role("button", name="Not known yet").last.click()
    page.locator(".sal-person", has_text="Bank").click()
    legitimacy = page.get_by_role("slider", name="Legitimacy")
    expect(legitimacy).to_have_attribute("aria-valuetext", "not rated")
    legitimacy.focus()
    page.keyboard.press("ArrowRight")
    answered(page)
    assert case.stored("Bank").legitimacy == 5.5
    page.get_by_role("slider", name="Urgency").focus()
    page.keyboard.press("Home")
    expect(page.locator("section.open")).to_have_attribute("data-class", "Dominant")
    expect(label(page, "Dominant")).to_have_attribute("aria-label", "Dominant: 2")
    answered(page)
    assert case.stored("Bank").urgency == 0
    page.keyboard.press("Control+z")
    expect(page.locator("section.open")).to_have_attribute("data-class", "Not known yet")
    answered(page)
    assert case.stored("Bank").urgency is None


# ---- engagement -----------------------------------------------------------------------------------------------------


def test_c_and_d_are_set_by_a_click_and_the_gap_is_listed(case: Case, page: Page) -> None:
    read(case, page, "Engagement")
    gaps = page.locator(".eng-gap")
    expect(gaps).to_have_count(1)
    expect(gaps).to_contain_text("Neutral → Supportive")
    cell(page, "Province", "Unaware").click()
    page.get_by_role("button", name="Set wanted").click()
    cell(page, "Province", "Supportive").click()
    expect(gaps.first).to_contain_text("Province")
    expect(gaps.first).to_contain_text("3 steps")
    answered(page)
    row = case.stored("Province")
    assert (row.attitude, row.attitude_wanted) == ("Unaware", "Supportive")
    assert case.gestures() == ["edited", "edited"]


def test_a_mark_is_dragged_along_its_row_and_taken_away_by_key(case: Case, page: Page) -> None:
    read(case, page, "Engagement")
    mark, goal = cell(page, "Bank", "Neutral").locator(".eng-mark"), cell(page, "Bank", "Resistant")
    start, end = mark.bounding_box(), goal.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 16, start["y"] + 16)
    page.mouse.down()
    page.mouse.move(start["x"] - 30, start["y"] + 16)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 16)
    page.mouse.up()
    expect(goal.locator(".eng-mark.now")).to_be_visible()
    answered(page)
    assert case.stored("Bank").attitude == "Resistant"
    goal.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("d")
    expect(cell(page, "Bank", "Neutral").locator(".eng-mark.wanted")).to_be_visible()
    page.keyboard.press("Delete")
    expect(cell(page, "Bank", "Neutral").locator(".eng-mark")).to_have_count(0)
    answered(page)
    assert case.stored("Bank").attitude_wanted == ""


def test_the_matrix_is_narrowed_to_a_quadrant_or_to_gaps_and_hears_of_others(
    case: Case, page: Page, second_page: Page
) -> None:
    read(case, page, "Engagement")
    rows = page.locator(".eng-table tbody tr:visible .eng-name")
    expect(rows).to_have_text(["Bank", "Province", "Growers", "<b>Anglers</b>"])
    page.get_by_label("Filter by quadrant").select_option("Keep satisfied")
    expect(rows).to_have_text(["Province"])
    page.get_by_label("Filter by quadrant").select_option("Every quadrant")
    page.get_by_text("Only with a gap").click()
    expect(rows).to_have_text(["Bank"])
    read(case, second_page, "Engagement", name="Ana", role="KWR")
    second_page.get_by_role("button", name="Set wanted").click()
    cell(second_page, "Growers", "Leading").click()
    expect(rows).to_have_text(["Bank", "Growers"])


def test_a_viewer_reads_the_matrix_and_changes_nothing(case: Case, page: Page) -> None:
    read(case, page, "Engagement", name="Eva", role="Viewer")
    cell(page, "Province", "Leading").click()
    expect(page.get_by_role("alert")).to_contain_text("viewer")
    assert case.stored("Province").attitude == ""


# ---- attitude and power ---------------------------------------------------------------------------------------------


def test_attitude_against_power_draws_the_rated_and_names_the_others(case: Case, page: Page) -> None:
    case.app.enter(page, f"/readings?case={case.id}&reading=Attitude and power")
    expect(page.locator(".js-plotly-plot .point")).to_have_count(3)
    expect(page.get_by_text("Not in the picture")).to_contain_text("(1): <b>Anglers</b>")


# ---- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["rating?", "readings?reading=Salience&", "readings?reading=Engagement&"])
def test_axe_finds_nothing_serious_on_these_boards(case: Case, page: Page, screen: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    case.app.enter(page, f"/{screen}case={case.id}")
    expect(page.locator(".rate-name, .venn-label, .eng-table td").first).to_be_visible()
    if "Salience" in screen:
        page.locator(".sal-person").first.click()
        expect(page.get_by_role("slider", name="Urgency")).to_be_visible()
    found = Axe().run(page, context="[data-testid=stMain]").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


def test_by_finger_a_cell_is_tapped_and_a_rating_is_tapped(case: Case, touch_page: Page) -> None:
    read(case, touch_page, "Engagement")
    cell(touch_page, "Province", "Leading").tap()
    expect(cell(touch_page, "Province", "Leading").locator(".eng-mark.now")).to_be_visible()
    answered(touch_page)
    assert case.stored("Province").attitude == "Leading"
    read(case, touch_page, "Salience")
    label(touch_page, "Not known yet").tap()
    touch_page.locator(".sal-person", has_text="Bank").tap()
    touch_page.get_by_role("slider", name="Urgency").tap()
    answered(touch_page)
    assert case.stored("Bank").urgency == 5

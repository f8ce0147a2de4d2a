"""Rating together in a real browser: by keyboard, by finger, with others, and what the store holds afterwards."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens.rated_case import Case

ROWS: list[dict[str, Any]] = [
    {"name": "Province", "group": "Local and regional authorities", "power": 8.0, "interest": 2.0},
    {"name": "Newspaper", "group": "Civil society", "organisation": "Daily press", "rationale": "Sets the tone."},
    {"name": "Growers", "group": "Industry: agriculture"},
    {"name": "Anglers", "group": "Civil society"},
]


@pytest.fixture
def case(shared_app: Any) -> Case:
    return Case(shared_app, ROWS)


def begin(case: Case, page: Page, **who: str) -> None:
    case.app.enter(page, f"/rating?case={case.id}", **who)
    on_stage(page, "Newspaper")


def on_stage(page: Page, name: str) -> None:
    expect(page.locator(".rate-name")).to_have_text(name)


def number(page: Page, field: str, value: int) -> Locator:
    return page.locator(f".rate-scale[data-field={field}] .rate-number[data-value='{value}']")


def answered(page: Page) -> None:
    expect(page.locator(".board[data-waiting='0']")).to_be_visible()


def test_the_whole_run_by_keyboard_with_a_skip_and_everybody_is_rated_at_the_end(case: Case, page: Page) -> None:
    begin(case, page)
    expect(page.locator(".rate-who")).to_have_text("Daily press")
    expect(page.locator(".rate-why")).to_have_text("Sets the tone.")
    expect(page.locator(".rate-told")).to_have_text("3 of 4 still to rate")
    for key in ("7", "Enter", "1", "0"):
        page.keyboard.press(key)
    expect(page.locator(".rate-quadrant")).to_have_text("Manage closely")
    page.keyboard.press("Enter")
    on_stage(page, "Growers")
    page.keyboard.press("PageDown")
    on_stage(page, "Anglers")
    for key in ("2", "Enter", "6", ".", "5", "Enter"):
        page.keyboard.press(key)
    on_stage(page, "Growers")
    expect(page.locator(".rate-told")).to_have_text("1 of 4 still to rate")
    for key in ("0", "Enter", "ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Everybody stands on the grid")).to_be_visible()
    answered(page)
    assert [case.rating(name) for name in ("Newspaper", "Growers", "Anglers")] == [(7, 10), (0, 5.1), (2, 6.5)]
    assert case.gestures() == ["moved", "moved", "moved"]


def test_by_finger_two_taps_and_save_and_back_changes_it_again(case: Case, touch_page: Page) -> None:
    page = touch_page
    begin(case, page)
    save = page.get_by_role("button", name="Save, next")
    expect(save).to_be_disabled()
    number(page, "power", 3).tap()
    expect(save).to_be_disabled()
    number(page, "interest", 9).tap()
    save.tap()
    on_stage(page, "Growers")
    page.get_by_role("button", name="Back").tap()
    on_stage(page, "Newspaper")
    expect(number(page, "power", 3)).to_have_attribute("aria-checked", "true")
    number(page, "power", 4).tap()
    save.tap()
    on_stage(page, "Growers")
    answered(page)
    assert case.rating("Newspaper") == (4, 9)
    assert case.rating("Growers") == (None, None)


def test_undo_brings_the_stakeholder_back_on_the_stage(case: Case, page: Page) -> None:
    begin(case, page)
    for key in ("7", "Enter", "7", "Enter"):
        page.keyboard.press(key)
    on_stage(page, "Growers")
    answered(page)
    page.keyboard.press("Control+z")
    on_stage(page, "Newspaper")
    expect(page.locator(".rate-told")).to_have_text("3 of 4 still to rate")
    answered(page)
    assert case.rating("Newspaper") == (None, None)


def test_what_somebody_else_rates_leaves_the_queue_and_is_told_where_the_group_is_just_talking_about_it(
    case: Case, page: Page, second_page: Page
) -> None:
    begin(case, page)
    number(page, "power", 7).click()
    case.app.enter(second_page, f"/rating?case={case.id}", name="Ana", role="KWR")
    second_page.locator(".rate-item", has_text="Anglers").click()
    for key in ("1", "Enter", "1", "Enter"):
        second_page.keyboard.press(key)
    on_stage(second_page, "Newspaper")
    expect(page.locator(".rate-told")).to_have_text("2 of 4 still to rate")
    for key in ("5", "Enter", "5", "Enter"):
        second_page.keyboard.press(key)
    expect(page.locator(".rate-meanwhile")).to_contain_text("power 5, interest 5")
    expect(number(page, "power", 7)).to_have_attribute("aria-checked", "true")
    number(page, "interest", 8).click()
    page.keyboard.press("Enter")
    answered(page)
    assert case.rating("Newspaper") == (7, 8)


def test_group_by_group_keeps_groups_together_and_the_timer_can_be_switched_off(case: Case, page: Page) -> None:
    begin(case, page)
    waiting = page.locator(".rate-list").first.locator(".rate-item-name")
    expect(waiting).to_have_text(["Newspaper", "Growers", "Anglers"])
    page.get_by_label("Order", exact=True).select_option("Group by group")
    expect(waiting).to_have_text(["Growers", "Newspaper", "Anglers"])
    on_stage(page, "Growers")
    clock = page.get_by_role("timer")
    expect(clock).to_have_text(re.compile(r"^\d:\d\d$"))
    page.get_by_label("Time for each stakeholder").select_option("No timer")
    expect(clock).to_be_hidden()


def test_a_viewer_looks_and_changes_nothing(case: Case, page: Page) -> None:
    begin(case, page, name="Eva", role="Viewer")
    expect(number(page, "power", 7)).to_be_disabled()
    page.keyboard.press("7")
    expect(page.get_by_role("alert")).to_contain_text("viewer")
    assert case.rating("Newspaper") == (None, None)


def test_going_back_shows_what_somebody_else_made_of_it_since(case: Case, page: Page, second_page: Page) -> None:
    begin(case, page)
    for key in ("7", "Enter", "8", "Enter"):
        page.keyboard.press(key)
    on_stage(page, "Growers")
    answered(page)
    case.app.enter(second_page, f"/rating?case={case.id}", name="Ana", role="KWR")
    on_stage(second_page, "Growers")
    second_page.locator("summary", has_text="Rated").click()
    second_page.locator(".rate-item", has_text="Newspaper").click()
    on_stage(second_page, "Newspaper")
    number(second_page, "power", 3).click()
    second_page.get_by_role("button", name="Save, next").click()
    expect(page.locator(".rate-item", has_text="Newspaper").locator(".rate-item-value")).to_contain_text("3")
    page.get_by_role("button", name="Back").click()
    on_stage(page, "Newspaper")
    expect(number(page, "power", 3)).to_have_attribute("aria-checked", "true")
    assert case.rating("Newspaper") == (3, 8)

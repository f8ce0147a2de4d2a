"""Typing on every board: each key arrives in the field that has the focus, and Tab leads out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens.rated_case import Case

from .keyboard import type_day

ROWS: list[dict[str, Any]] = [
    {"name": "Province", "power": 8.0, "interest": 3.0, "group": "Regulators"},
    {"name": "Growers", "power": 4.0, "interest": 9.0, "group": "End users"},
    {"name": "Anglers"},
]
# the list's cell goes by rules of its own: Tab leads to the next cell (test_stakeholders.py)
FIELDS = """board => [...board.querySelectorAll("input, textarea, [contenteditable=true]")]
    .filter(field => !field.matches(".list-field"))
    .filter(field => field.checkVisibility() && !field.disabled
        && !["checkbox", "radio", "range", "button"].includes(field.type))
    .map(field => field.getAttribute("aria-label") || field.closest("label")?.textContent || field.placeholder)"""
FOCUSED = """() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node?.getAttribute("aria-label") || node?.textContent || node?.tagName;
}"""


@pytest.fixture(scope="module")
def case(shared_app: Any) -> Case:
    return Case(shared_app, ROWS)


def as_it_opens(page: Page) -> None:
    """Nothing to do before."""


def with_rows_selected(page: Page) -> None:
    page.get_by_role("checkbox", name="Province").check()
    page.get_by_label("Field to change").select_option("Power")


def with_stakeholders(page: Page) -> None:
    page.get_by_role("tab", name="Stakeholders").click()


def with_what_is_shown(page: Page) -> None:
    page.get_by_role("tab", name="Show").click()


def with_a_new_title(page: Page) -> None:
    chip = page.locator(".roadmap-palette .chip").first
    chip.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("screen", "opened", "expected"),
    [
        ("stakeholders", as_it_opens, "Search the list"),
        ("stakeholders", with_rows_selected, "New value"),
        ("power-interest", as_it_opens, "Search a stakeholder"),
        ("network", with_stakeholders, "Find a stakeholder"),
        ("network", with_what_is_shown, "On the day"),
        ("meetings", with_a_new_title, "Title of"),
    ],
)
def test_every_field_of_a_board_takes_typing_and_lets_tab_out(
    case: Case, page: Page, screen: str, opened: Callable[[Page], None], expected: str
) -> None:
    case.app.enter(page, f"/{screen}?case={case.id}")
    board = page.locator(".board").first
    expect(board).to_be_visible()
    opened(page)
    expect(board.get_by_label(expected).first).to_be_visible()
    labels: list[str] = board.evaluate(FIELDS)
    assert any(expected in label for label in labels)
    for label in labels:
        takes_typing(board.get_by_label(label, exact=True).first)


def takes_typing(field: Locator) -> None:
    """Letters, a space, corrections and arrows do what they do in any field; Tab goes on."""
    page = field.page
    field.focus()
    if field.get_attribute("type") == "date":
        type_day(field, "2021-05-13")
        return  # Tab goes on to the button of its calendar
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("North sea+0x")
    page.keyboard.press("Backspace")
    page.keyboard.press("Home")
    page.keyboard.press("Delete")
    page.keyboard.type("n")
    expect(field).to_have_value("north sea+0")
    before = page.evaluate(FOCUSED)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) != before


def test_the_search_of_the_grid_is_left_and_emptied_by_keys_alone(case: Case, page: Page) -> None:
    case.app.enter(page, f"/power-interest?case={case.id}")
    search = page.get_by_label("Search a stakeholder")
    search.click()
    page.keyboard.type("grow")
    expect(search).to_have_value("grow")
    found = page.get_by_role("button", name="1 found: fly to the next")
    expect(found).to_be_visible()
    page.keyboard.press("Tab")
    expect(found).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(search).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Show all", exact=True)).to_be_enabled()
    page.keyboard.press("Escape")
    expect(search).to_have_value("")

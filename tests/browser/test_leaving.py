"""Leaving a screen with a click while something is still on its way: it is saved, and the next screen is there."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import grid_map as grid

from .keyboard import type_into


def go(page: Page, screen: str, delay: int) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=screen, exact=True).click(delay=delay)


@pytest.mark.parametrize("delay", [0, 90], ids=["a tap", "a click"])
def test_a_typed_text_is_saved_by_the_click_on_another_screen(app: Any, page: Page, delay: int) -> None:
    app.enter(page, "/case-study")
    for country in ("Wales", "Frisia", "Savoy"):
        type_into(page.get_by_label("Country", exact=True).first, country)
        go(page, "Meetings", delay)
        expect(page.locator(".board")).to_be_visible()
        go(page, "Case study", delay)
        expect(page.get_by_label("Country", exact=True).first).to_have_value(country)


def test_a_day_typed_digit_by_digit_is_saved_by_the_click_on_another_screen(app: Any, page: Page) -> None:
    app.enter(page, "/case-study")
    box = page.get_by_test_id("stDateInput").filter(has_text="Launch window until").first
    box.get_by_role("spinbutton").first.click()
    page.keyboard.type("11112027", delay=30)
    go(page, "Meetings", 0)
    expect(page.locator(".board")).to_be_visible()
    go(page, "Case study", 0)
    expect(box.get_by_role("spinbutton").nth(2)).to_have_text("2027")


def test_a_drop_right_before_the_click_on_another_screen_is_saved(few: grid.Map, page: Page) -> None:
    few.open(page)
    grid.stands(page)
    grid.drag(page, grid.center(grid.dot(page, "Province")), grid.place(page, 3, 7))
    go(page, "Meetings", 0)
    expect(page.locator(".board")).to_be_visible()
    go(page, "Power-interest", 0)
    grid.stands(page)
    expect(grid.dot(page, "Province")).to_have_attribute("data-power", "3")
    assert few.rating("Province") == (3, 7)

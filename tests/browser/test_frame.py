"""The frame: who is here, which case study, deep links, and nothing asked of anybody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import case_studies, store
from copdash.roles import PROGRAM

from .keyboard import type_into

SCREENS = ["", "case-study", "stakeholders", "power-interest", "network", "meetings", "files", "help"]


def introduce(page: Page, name: str = "Marta", role: str = "Case study leader") -> None:
    type_into(page.get_by_label("Your name"), name)
    page.get_by_role("radiogroup").get_by_text(role, exact=True).click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_person_says_once_who_they_are_and_the_browser_keeps_it(app: Any, page: Page) -> None:
    app.open(page, "/")
    introduce(page, "Marta", "KWR")
    expect(page.get_by_role("button", name="Marta, KWR")).to_be_visible()
    app.open(page, "/case-study")
    expect(page.get_by_role("button", name="Marta, KWR")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_role_is_chosen_by_a_click_on_what_it_may_do(app: Any, page: Page) -> None:
    app.open(page, "/")
    type_into(page.get_by_label("Your name"), "Marta")
    page.get_by_role("radiogroup").get_by_text("guides all case studies, edits too").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Marta, KWR")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_opens_from_its_address_and_asks_nothing_of_others(
    shared_app: Any, page: Page, screen: str
) -> None:
    """The `page` fixture fails the test on a foreign request or an error in the console."""
    shared_app.open(page, f"/{screen}")
    expect(page.get_by_role("dialog", name="Who is here?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Invented example")).to_be_visible()
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_one_click_on_a_line_of_the_portfolio_leads_in(app: Any, page: Page) -> None:
    app.open(page, "/")
    introduce(page)
    table = page.get_by_test_id("data-grid-canvas")
    expect(table).to_be_visible()
    box = table.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 90, box["y"] + 75)
    page.wait_for_timeout(200)  # the table follows the mouse before it takes a click, as under a hand
    page.mouse.click(box["x"] + 60, box["y"] + 75)
    expect(page).to_have_url(re.compile(r"/power-interest\?case="))
    expect(page.get_by_role("combobox", name="Case study")).to_have_value("CS2 Nieuw Prinsenland")


def test_a_click_leads_to_the_line_that_was_on_the_screen_though_the_list_has_changed_since(
    app: Any, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes, and this screen gets no news of it: as if the click came just before the news."""
    app.open(page, "/")
    introduce(page)
    box = page.get_by_test_id("data-grid-canvas").bounding_box()
    assert box is not None
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{app.database.as_posix()}")
    with store.writing(PROGRAM, undoable=False) as session:
        case_studies.begin(session, title="A new one, first on the list")
    store.close()
    page.mouse.move(box["x"] + 90, box["y"] + 75)
    page.wait_for_timeout(200)  # the table follows the mouse before it takes a click, as under a hand
    page.mouse.click(box["x"] + 60, box["y"] + 75)
    expect(page).to_have_url(re.compile(r"/power-interest\?case="))
    expect(page.get_by_role("combobox", name="Case study")).to_have_value("CS2 Nieuw Prinsenland")


def test_a_click_on_a_dot_leads_to_its_case_study(app: Any, page: Page) -> None:
    app.open(page, "/")
    introduce(page)
    grid = page.locator(".cartesianlayer .subplot").nth(2)
    grid.scroll_into_view_if_needed()
    dot = grid.locator(".point").last.bounding_box()
    assert dot is not None
    page.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    expect(page.locator(".hoverlayer .hovertext")).to_have_count(1)
    page.mouse.click(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    expect(page).to_have_url(re.compile(r"/power-interest\?case="))
    expect(page.get_by_role("combobox", name="Case study")).to_have_value("CS3 Rosignano")


def test_a_case_study_that_somebody_removes_while_it_is_in_view_is_said_to_be_gone(
    app: Any, page: Page, second_page: Page
) -> None:
    app.open(page, "/case-study")
    introduce(page)
    expect(page.get_by_label("Title").first).to_have_value("CS1 Tarragona")
    app.open(second_page, "/case-study")
    introduce(second_page, "Kees", "KWR")
    second_page.get_by_role("button", name="Remove the example").click()
    expect(page.get_by_text("This case study is not in the store any more")).to_be_visible()
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_the_address_names_the_case_study_and_brings_it_back(app: Any, page: Page, second_page: Page) -> None:
    app.open(page, "/case-study")
    introduce(page)
    page.get_by_role("combobox", name="Case study").first.click()
    page.get_by_role("option", name="CS9 Kalundborg").click()
    expect(page.get_by_label("Title").first).to_have_value("CS9 Kalundborg")
    second_page.goto(page.url)
    second_page.keyboard.press("Escape")
    expect(second_page.get_by_label("Title").first).to_have_value("CS9 Kalundborg")


def test_a_change_in_one_browser_is_seen_in_the_other_without_a_click(app: Any, page: Page, second_page: Page) -> None:
    app.open(page, "/case-study")
    introduce(page)
    second_page.goto(page.url)
    introduce(second_page, "Kees", "KWR")
    field = page.get_by_label("Place").first
    type_into(field, "Nieuw-Vossemeer")
    field.press("Enter")
    expect(second_page.get_by_label("Place").first).to_have_value("Nieuw-Vossemeer")

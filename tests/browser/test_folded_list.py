"""The list folded by organisation, group or helix: typing, pasting, sorting and undo go on in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from copdash.models import Group
from tests.browser.screens.stakeholder_list import cell, paste, row, saved, stored, visit

from .keyboard import type_into

Begin = Callable[..., Any]
PEOPLE = [
    {"name": "Brewery", "group": Group.END_USERS.value, "power": 3},
    {"name": "Water board", "group": Group.REGULATORS.value, "kind": "Organisation", "power": 8},
    {"name": "Dairy", "group": Group.END_USERS.value, "power": 6},
    {"name": "Anna", "group": Group.REGULATORS.value, "kind": "Person", "organisation": "water board"},
    {"name": "Newspaper"},
]


@pytest.fixture
def folded(shared_app: Any, page: Page, begun: Begin) -> Callable[[str], Any]:
    """Open a list of five and fold it; returns the case study."""

    def fold(by: str) -> Any:
        case_study_id = begun(*PEOPLE)
        visit(shared_app, page, case_study_id)
        page.get_by_label("Fold the list").select_option(by)
        expect(page.locator(".list-fold").first).to_be_visible()
        return case_study_id

    return fold


LINES = """
  () => {
    const lists = [...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector(".list"));
    const list = lists.find(Boolean) || document.querySelector(".list");
    return [...list.querySelectorAll(".tabulator-row:not(.list-draft)")].map((row) => {
      const heading = row.querySelector(".list-fold-name");
      if (!heading) return `- ${row.querySelector('[tabulator-field="name"]').textContent}`;
      return `${heading.querySelector(".list-text").textContent} ${heading.querySelector(".list-count").textContent}`;
    });
  }
"""
"""Headings with their counts, and names, from top to bottom; the empty line at the end left out."""


def shows(page: Page, *expected: str) -> None:
    """Wait until these lines are on the screen."""
    expect(page.locator(".tabulator-row:not(.list-draft)")).to_have_count(len(expected))
    page.wait_for_function(
        f"expected => JSON.stringify(({LINES})()) === expected", arg=json.dumps(list(expected), separators=(",", ":"))
    )


def heading(page: Page, name: str) -> Locator:
    return page.locator(".list-fold-name", has_text=name)


def test_rows_stand_under_their_group_and_a_heading_shuts(folded: Any, page: Page) -> None:
    folded("group")
    whole = [
        "End users 2",
        "- Brewery",
        "- Dairy",
        "Regulators 2",
        "- Water board",
        "- Anna",
        "Not set 1",
        "- Newspaper",
    ]
    shows(page, *whole)
    heading(page, "Regulators").click()
    shows(page, *[line for line in whole if line not in ("- Water board", "- Anna")])
    expect(heading(page, "Regulators")).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(page.locator('.list[data-ready="true"]')).to_be_visible()
    shows(page, *[line for line in whole if line not in ("- Water board", "- Anna")])
    type_into(page.get_by_label("Search the list"), "anna")
    shows(page, "Regulators 1", "- Anna")


def test_people_stand_under_their_organisation(folded: Any, page: Page) -> None:
    folded("organisation")
    shows(page, "Water board 2", "- Water board", "- Anna", "No organisation 3", "- Brewery", "- Dairy", "- Newspaper")


def test_a_new_row_lands_in_its_group_and_the_next_one_too(folded: Any, page: Page) -> None:
    case_study_id = folded("group")
    page.get_by_role("button", name="Add to End users").click()
    page.keyboard.type("Farmers")
    page.keyboard.press("Enter")
    expect(row(page, "Farmers")).to_be_visible()
    page.keyboard.type("Gardeners")
    page.keyboard.press("Enter")
    shows(
        page,
        *("End users 4", "- Brewery", "- Dairy", "- Farmers", "- Gardeners"),
        *("Regulators 2", "- Water board", "- Anna", "Not set 1", "- Newspaper"),
    )
    saved(page)
    assert stored(case_study_id)["Gardeners"].group == Group.END_USERS


def test_another_group_takes_the_row_along_when_the_work_ends_and_undo_brings_it_back(folded: Any, page: Page) -> None:
    folded("group")
    cell(page, "Newspaper", "group").dblclick()
    page.keyboard.type("End us")
    page.keyboard.press("Enter")
    expect(cell(page, "Newspaper", "group")).to_contain_text("End users")
    saved(page)
    page.get_by_label("Search the list").click()
    shows(page, "End users 3", "- Brewery", "- Dairy", "- Newspaper", "Regulators 2", "- Water board", "- Anna")
    page.get_by_role("button", name="Undo", exact=True).click()
    shows(
        page,
        *("End users 2", "- Brewery", "- Dairy", "Regulators 2", "- Water board", "- Anna", "Not set 1", "- Newspaper"),
    )


def test_a_folded_list_sorts_within_its_groups_and_takes_pasted_rows(folded: Any, page: Page) -> None:
    case_study_id = folded("group")
    page.locator(".list-heading", has_text="Power").click()
    shows(
        page,
        *("End users 2", "- Dairy", "- Brewery", "Regulators 2", "- Water board", "- Anna", "Not set 1", "- Newspaper"),
    )
    heading(page, "End users").click()
    paste(page, "Name\tGroup\tPower\nFarmers\tEnd users\t4\nCourt\tRegulators\t9\n")
    page.get_by_label("Search the list").click()
    shows(
        page,
        *("End users 3", "- Dairy", "- Farmers", "- Brewery"),
        *("Regulators 3", "- Court", "- Water board", "- Anna", "Not set 1", "- Newspaper"),
    )
    saved(page)
    assert len(stored(case_study_id)) == 7


def test_headings_are_reached_and_folded_with_the_keyboard_alone(folded: Any, page: Page) -> None:
    folded("group")
    page.locator(".list-heading", has_text="Name").focus()
    page.keyboard.press("Tab")
    expect(heading(page, "End users")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(heading(page, "Regulators")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(heading(page, "Regulators")).to_have_attribute("aria-expanded", "false")
    expect(heading(page, "Regulators")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading(page, "Regulators")).to_have_attribute("aria-expanded", "true")
    page.get_by_role("button", name="Fold all").click()
    shows(page, "End users 2", "Regulators 2", "Not set 1")
    page.get_by_role("button", name="Unfold all").click()
    expect(row(page, "Brewery")).to_be_visible()


def test_the_organisation_cell_offers_the_organisations_of_the_list_and_takes_others(
    shared_app: Any,
    page: Page,
    begun: Begin,
) -> None:
    case_study_id = begun(*PEOPLE)
    visit(shared_app, page, case_study_id)
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("group", name="Columns that are shown").get_by_label("Organisation").check()
    page.keyboard.press("Escape")
    cell(page, "Brewery", "organisation").dblclick()
    expect(page.locator(".list-option")).to_have_text(["Water board"])
    page.keyboard.type("wat")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(cell(page, "Brewery", "organisation")).to_have_text("Water board")
    cell(page, "Dairy", "organisation").dblclick()
    page.keyboard.type("Farmers' union")
    page.keyboard.press("Enter")
    expect(cell(page, "Dairy", "organisation")).to_have_text("Farmers' union")
    saved(page)
    found = stored(case_study_id)
    assert (found["Brewery"].organisation, found["Dairy"].organisation) == ("Water board", "Farmers' union")


def test_a_folded_list_hears_of_others_rows_and_of_another_choice_of_fields(
    folded: Any, page: Page, shared_app: Any, second_page: Page
) -> None:
    case_study_id = folded("group")
    heading(page, "Regulators").click()
    visit(shared_app, second_page, case_study_id, "Kees", "KWR")
    paste(second_page, "Name\tGroup\nCourt\tRegulators\n")
    saved(second_page)
    whole = ["End users 2", "- Brewery", "- Dairy", "Regulators 3", "Not set 1", "- Newspaper"]
    shows(page, *whole)
    shared_app.open(second_page, f"/case-study?case={case_study_id}")
    second_page.get_by_text("Fields of stakeholders").click()
    second_page.locator("label", has=second_page.get_by_role("checkbox", name="Legitimacy", exact=True)).click()
    expect(page.locator(".list-heading", has_text="Legitimacy")).to_be_visible()
    shows(page, *whole)

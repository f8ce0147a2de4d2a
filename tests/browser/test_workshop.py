"""A workshop from the pasted long list to the picture for the report, in one browser, by the pages alone."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import actions, case_studies, eyes, history, stakeholders, store, versions
from copdash.models import Stakeholder
from copdash.roles import PROGRAM
from tests.browser.screens import grid_map as grid
from tests.browser.screens import stakeholder_list as table

LONG_LIST = """Name\tGroup\tHelix\tPower\tInterest
Regional water authority\tRegulators\tGovernment\t9\t7
Drinking water company\tUtilities\tIndustry\t8\t8
Greenhouse growers\tEnd users\tIndustry\t4\t9
Drinking Water Company Ltd\tUtilities\tIndustry\t\t
University of technology\tResearchers\tAcademia\t\t
Anglers' club\tCivil society\tCivil society\t\t
"""


@pytest.fixture
def case(app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    """An empty case study in the store of the running server."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", app.environment["COPDASH_DATABASE_URL"])
    with store.writing(PROGRAM) as session:
        made = case_studies.begin(session, title="Workshop", as_of="2021-09-15").id
    yield made
    store.close()


def there(case: uuid.UUID) -> dict[str, Stakeholder]:
    with store.reading(eyes.PROGRAM) as session:
        return {row.name: row for row in stakeholders.of_case(session, case)}


def go(page: Page, screen: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=screen, exact=True).click()


def test_a_workshop_from_the_long_list_to_the_picture(app: Any, page: Page, case: uuid.UUID) -> None:
    table.visit(app, page, case)
    expect(page.get_by_text("Who has a stake in this case study?")).to_be_visible()
    table.paste(page, LONG_LIST)
    expect(table.row(page, "Anglers' club")).to_be_visible()
    table.saved(page)
    assert len(there(case)) == 6

    page.get_by_role("link", name="1 likely duplicate").click()
    page.get_by_role("button", name="Same: merge").click()
    expect(page.get_by_text("Decided: 1")).to_be_visible()
    assert len(there(case)) == 5

    go(page, "Rate together")
    expect(page.locator(".rate-name")).to_have_text("University of technology")
    for key in ("4", "Enter", "8", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".rate-name")).to_have_text("Anglers' club")
    for key in ("2", "Enter", "6", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Everybody stands on the grid")).to_be_visible()
    grid.answered(page)
    assert (there(case)["Anglers' club"].power, there(case)["Anglers' club"].interest) == (2, 6)

    go(page, "Power-interest")
    expect(page.locator(".dot[data-id]")).to_have_count(5)
    page.get_by_role("button", name="Freeze", exact=True).click()
    expect(page.get_by_role("button", name="Frozen: Version 1")).to_be_visible()
    grid.stands(page)
    grid.drag(page, grid.center(grid.dot(page, "Anglers' club")), grid.place(page, 6, 8))
    grid.answered(page)
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_text("1 moved", exact=True)).to_be_visible()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("[data-ghost]")).to_have_count(0)

    grid.open_card(page, "Anglers' club")
    page.get_by_role("button", name="Add action", exact=True).click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(
        page.get_by_role("checkbox", name="Agree in a one-on-one what they bring and what they expect")
    ).to_be_attached()
    page.get_by_role("button", name="Close the card").click()

    page.get_by_role("button", name="Copy picture", exact=True).click()
    with page.expect_download() as svg:
        page.get_by_role("button", name="Download SVG").click()
    words = " ".join("".join(ElementTree.parse(svg.value.path()).getroot().itertext()).split())
    for written in [*there(case), "Workshop", "Manage closely", "15 September 2021"]:
        assert written in words
    with page.expect_download() as png:
        page.get_by_role("button", name="Download PNG").click()
    assert png.value.path().read_bytes().startswith(b"\x89PNG")
    page.get_by_role("button", name="Copy again").click()
    expect(page.get_by_text("Copied. Paste it into your report.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.read().then(found => found[0].types)") == ["image/png"]

    with store.reading(eyes.PROGRAM) as session:
        assert len(versions.of_case(session, case)) == 1
        assert [row.title for row in actions.of_case(session, case)]
        done = [gesture.name for gesture in history.recent(session, case, limit=100)]
    assert done.count("moved") == 3

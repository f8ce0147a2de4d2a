"""Nothing that axe calls serious or critical on any screen, in light and dark and in the room; shadow roots too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

SCREENS = [
    "",
    "case-study",
    "help",
    "stakeholders",
    "power-interest",
    "rating",
    "readings?reading=Salience",
    "readings?reading=Engagement",
    "network",
    "composition",
    "membership",
    "duplicates",
    "versions",
    "actions",
    "meetings",
    "one-on-one",
    "review",
    "roadmaps",
    "files",
]
IN_THE_ROOM = [
    "power-interest?present=1",
    "network?present=1&names=hidden",
    "meetings?present=1",
    "one-on-one?present=1",
]
NOT_OURS = {
    "exclude": [['[data-testid="stSidebarNav"]'], ['[data-testid="stDataFrame"]']],
}
"""What Streamlit draws itself and gives no say in: the list of pages, and its table on a canvas."""
SCROLLED_BY_ITS_CELLS = ".tabulator-tableholder"
"""The list scrolls with the cell that has the focus; a stop of the Tab key of its own would only be in the way."""


@pytest.fixture(scope="module", params=["light", "dark"])
def person(shared_app: Any, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=request.param)
    context.set_default_timeout(20_000)
    page = context.new_page()
    shared_app.enter(page, "/help")
    yield page
    context.close()


def serious(page: Page) -> list[str]:
    found = Axe().run(page, context=NOT_OURS, options={"resultTypes": ["violations"]}).response
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not (rule["id"] == "scrollable-region-focusable" and SCROLLED_BY_ITS_CELLS in str(node["target"]))
    ]


def test_the_control_a_button_without_a_name_inside_a_board_is_found(shared_app: Any, person: Page) -> None:
    shared_app.open(person, "/power-interest")
    person.locator(".board[data-version]").evaluate("root => root.append(document.createElement('button'))")
    assert [found for found in serious(person) if found.startswith("button-name")]


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious(shared_app: Any, person: Page, screen: str) -> None:
    shared_app.open(person, f"/{screen}")
    expect(person.get_by_test_id("stSkeleton")).to_have_count(0)
    assert serious(person) == []


@pytest.mark.parametrize("screen", IN_THE_ROOM)
def test_axe_finds_nothing_serious_in_the_room(shared_app: Any, person: Page, screen: str) -> None:
    shared_app.open(person, f"/{screen}")
    expect(person.locator(".board.presenting[data-version]")).to_be_visible()
    assert serious(person) == []


def test_axe_finds_nothing_serious_in_a_card_and_in_a_picture(shared_app: Any, person: Page) -> None:
    shared_app.open(person, "/power-interest")
    person.get_by_role("button", name="Open the card of").first.click()
    expect(person.locator(".st-key-card")).to_be_visible()
    assert serious(person) == []
    person.get_by_role("button", name="Copy picture", exact=True).click()
    expect(person.locator(".picture img")).to_be_visible()
    assert serious(person) == []

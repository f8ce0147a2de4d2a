"""Tasks and how few gestures they take: each click, drag, key and typed value counts one. Elsewhere counted:
the import of a file in test_files, twenty ties in test_network, four meetings in test_meetings."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from copdash.models import Group
from tests.browser.screens import grid_map as grid
from tests.browser.screens.counted_hands import Hands


def test_ten_stakeholders_are_placed_with_ten_drags(server: Any, page: Page) -> None:
    case = grid.a_map(server, [{"name": f"Stakeholder {n}"} for n in range(10)])
    case.open(page)
    hands = Hands(page)
    for n in range(10):
        chip = grid.chip(page, f"Stakeholder {n}")
        chip.scroll_into_view_if_needed()
        hands.drag(grid.center(chip), grid.place(page, 1 + 0.8 * n, 9 - 0.8 * n))
        expect(grid.dot(page, f"Stakeholder {n}")).to_be_visible()
    grid.answered(page)
    for n in range(10):
        assert grid.near(case.rating(f"Stakeholder {n}"), 1 + 0.8 * n, 9 - 0.8 * n)
    assert hands.count == 10


def test_the_missing_groups_are_in_sight_without_a_gesture(server: Any, page: Page) -> None:
    case = grid.a_map(server, grid.FEW)
    case.open(page)
    server.open(page, f"/stakeholders?case={case.id}")
    for group in Group.values():
        expect(page.locator(".board").get_by_text(group, exact=True).first).to_be_visible()
    expect(page.get_by_text("Missing", exact=False).first).to_be_visible()


def test_one_undo_among_later_changes_takes_two(server: Any, page: Page) -> None:
    case = grid.a_map(server, grid.FEW)
    case.open(page)
    for name in ("Province", "Growers", "Anglers"):
        grid.drag(page, grid.center(grid.dot(page, name)), grid.place(page, 6, 6))
        grid.answered(page)
        page.keyboard.press("Escape")
    hands = Hands(page)
    hands.click(page.get_by_role("button", name="Recent changes"))
    entry = page.get_by_test_id("stPopoverBody").locator('[data-testid="stHorizontalBlock"]', has_text="Moved Province")
    hands.click(entry.get_by_role("button", name="Undo this"))
    expect(page.get_by_text("Undone: Moved Province").first).to_be_visible()
    assert case.rating("Province") == (8.0, 2.0)
    assert grid.near(case.rating("Growers"), 6, 6)
    assert grid.near(case.rating("Anglers"), 6, 6)
    assert hands.count == 2


def test_the_map_is_frozen_and_compared_with_two_gestures(server: Any, page: Page) -> None:
    case = grid.a_map(server, grid.FEW)
    case.open(page)
    hands = Hands(page)
    hands.click(page.get_by_role("button", name="Freeze", exact=True))
    expect(page.get_by_role("button", name="Frozen: Version 1")).to_be_visible()
    grid.stands(page)
    grid.drag(page, grid.center(grid.dot(page, "Province")), grid.place(page, 3, 7))  # the workshop in between
    grid.answered(page)
    hands.click(page.get_by_role("button", name="Compare", exact=True))
    expect(page.locator(f"[data-ghost='{case.ids['Province']}'] .head[d]")).to_be_attached()
    assert hands.count == 2


def test_a_picture_for_a_report_is_on_the_clipboard_with_two_gestures(server: Any, page: Page) -> None:
    case = grid.a_map(server, grid.FEW)
    case.open(page)
    hands = Hands(page)
    hands.click(page.get_by_role("button", name="Copy picture", exact=True))
    expect(page.get_by_text("Copied. Paste it into your report.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.read().then(found => found[0].types)") == ["image/png"]
    assert hands.count == 1  # the second is Ctrl+V in the report

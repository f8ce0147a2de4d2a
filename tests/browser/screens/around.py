"""What stands around a board: its page draws it a moment after the board's own answer."""

from __future__ import annotations

from playwright.sync_api import Page, expect

OWED = "() => Math.max(0, ...(globalThis.copdashTab?.owed.values() ?? []))"
SHOWN = "all => Math.max(0, ...all.map(one => Number(one.dataset.version)))"


def drawn_around(page: Page) -> None:
    """Wait until the page shows what its board's gestures changed around it: buttons, counts, hints."""
    for _ in range(400):
        if page.evaluate(OWED) <= page.locator(".live[data-version]").evaluate_all(SHOWN):
            break
        page.wait_for_timeout(50)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

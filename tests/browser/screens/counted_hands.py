"""Hands that count what they do."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.keyboard import type_into
from tests.browser.screens import grid_map as grid


class Hands:
    """Does gestures and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.count += 1
        grid.drag(self.page, start, end)

    def click(self, target: Any) -> None:
        self.count += 1
        target.click()

    def type(self, label: str, text: str) -> None:
        """Into a line that Enter sends: the words and the key."""
        self.count += 2
        field = self.page.get_by_placeholder(label, exact=True).first
        type_into(field, text)
        field.press("Enter")

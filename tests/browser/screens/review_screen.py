"""The screen of a review: opening it and writing a comment."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.keyboard import type_into
from tests.browser.screens.roadmap_timeline import Map


def write(page: Page, label: str, text: str) -> None:
    """Type into a line that Enter sends."""
    field = page.get_by_placeholder(label, exact=True).first
    type_into(field, text)
    field.press("Enter")


def open_review(roadmap: Map, page: Page, name: str, role: str) -> None:
    roadmap.app.enter(page, f"/review?case={roadmap.id}", name, role)
    expect(page.get_by_role("heading", name="Review")).to_be_visible()

"""Hands at a keyboard: what a person does to type into a field."""

from __future__ import annotations

from playwright.sync_api import Locator, expect


def type_into(field: Locator, text: str) -> None:
    """Click a field and type over what it holds, key by key; a key that the app swallows fails the test."""
    field.click()
    field.press("ControlOrMeta+a")
    field.page.keyboard.type(text)
    expect(field).to_have_value(text)


def type_day(field: Locator, day: str) -> None:
    """Type a day, written 2021-05-03, into a browser's own field for dates. The field is in the language of the browser
    itself, American English: month, day, year."""
    year, month, number = day.split("-")
    field.focus()
    field.page.keyboard.type(f"{month}{number}{year}")
    expect(field).to_have_value(day)

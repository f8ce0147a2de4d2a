"""The screen of import and export: beginning there, bringing files, and what the store holds."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.keyboard import type_into

SHAPED = Path(__file__).parents[2] / "data" / "shaped"


def introduce(page: Page, role: str = "Case study leader") -> None:
    type_into(page.get_by_label("Your name"), "Marta")
    page.get_by_role("radiogroup").get_by_text(role, exact=True).click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def begin(page: Page, title: str) -> None:
    type_into(page.get_by_role("textbox", name="Title").last, title)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("combobox", name="Case study").first).to_have_value(title)


def settle(page: Page) -> None:
    """A hand comes after the eye: wait until the screen stands still."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def drop(page: Page, *files: Any) -> None:
    settle(page)
    page.locator('input[type="file"]').set_input_files(list(files))


def typed(text: str | bytes, name: str = "list.csv") -> dict[str, Any]:
    """A file that lives in the browser only."""
    data = text.encode() if isinstance(text, str) else text
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


@contextlib.contextmanager
def stored(app: Any) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"file:{app.database}?mode=ro", uri=True)) as connection:
        yield connection


def count(app: Any, table: str) -> int:
    with stored(app) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

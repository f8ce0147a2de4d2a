"""The list of stakeholders: its cells, the clipboard, and what the store holds."""

from __future__ import annotations

import uuid
from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlmodel import col, select

from copdash import eyes, history, stakeholders, store
from copdash.models import Change, Gesture, Stakeholder


def visit(app: Any, page: Page, case_study_id: uuid.UUID, name: str = "Marta", role: str = "Case study leader") -> None:
    """Open the list of this case study as this person."""
    app.enter(page, f"/stakeholders?case={case_study_id}", name, role)
    expect(page.locator('.list[data-ready="true"]')).to_be_visible()
    expect(page.get_by_role("button", name="Add stakeholder")).to_be_visible(visible=role != "Viewer")


def row(page: Page, name: str) -> Locator:
    """The line of this stakeholder."""
    return page.locator(".tabulator-row", has=page.locator('[tabulator-field="name"]').get_by_text(name, exact=True))


def cell(page: Page, name: str, field: str) -> Locator:
    """One cell of the list."""
    return row(page, name).locator(f'[tabulator-field="{field}"]')


def names(page: Page) -> list[str]:
    """The names in sight, from top to bottom, without the empty line at the end."""
    shown = page.locator('.tabulator-row:not(.list-draft) [tabulator-field="name"]').all_inner_texts()
    return [name.strip() for name in shown]


def saved(page: Page) -> None:
    """Wait until the server has answered everything."""
    expect(page.locator('.list[data-waiting="0"]')).to_be_visible()


def stored(case_study_id: uuid.UUID) -> dict[str, Stakeholder]:
    """What the store holds, by name."""
    with store.reading(eyes.PROGRAM) as session:
        return {found.name: found for found in stakeholders.of_case(session, case_study_id)}


def logged(case_study_id: uuid.UUID, field: str) -> list[tuple[Any, Any, str]]:
    """Before, after and author of every logged change of a field, oldest first."""
    with store.reading(eyes.PROGRAM) as session:
        found = session.exec(
            select(Change, Gesture)
            .join(Gesture, col(Gesture.id) == Change.gesture_id)
            .where(Change.case_study_id == case_study_id, Change.field == field)
            .order_by(col(Change.number))
        ).all()
        return [(change.before, change.after, gesture.actor_name) for change, gesture in found]


def gestures(case_study_id: uuid.UUID) -> list[str]:
    """What people did, newest first."""
    with store.reading(eyes.PROGRAM) as session:
        return [gesture.summary for gesture in history.recent(session, case_study_id)]


def paste(page: Page, text: str) -> None:
    """Paste as after copying in a spreadsheet."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def paste_table(page: Page, html: str, text: str = "") -> None:
    """Paste as after copying a table in a text document or a browser: HTML, and beside it a text."""
    page.evaluate(
        """([html, text]) => navigator.clipboard.write([new ClipboardItem({
            "text/html": new Blob([html], { type: "text/html" }),
            "text/plain": new Blob([text], { type: "text/plain" }),
        })])""",
        [html, text],
    )
    page.keyboard.press("Control+v")


def copied(page: Page, text: str) -> None:
    """Wait until this is on the clipboard."""
    page.wait_for_function("text => navigator.clipboard.readText().then(found => found === text)", arg=text)

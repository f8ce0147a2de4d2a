"""A colleague archives or removes the case study that stands on this screen: it says so at once, and where to go."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import case_studies, eyes, store
from copdash.ui.habits import frame

SCREENS = ["stakeholders", "power-interest", "network", "meetings"]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    store.close()


@pytest.fixture
def case(app: Any, monkeypatch: pytest.MonkeyPatch) -> uuid.UUID:
    """A case study of the example, with rows on every screen."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", app.environment["COPDASH_DATABASE_URL"])
    with store.reading(eyes.PROGRAM) as session:
        found = case_studies.listed(session)[0].id
    store.close()
    return found


def test_boards_say_that_their_case_study_was_archived_then_that_it_is_gone(
    app: Any, case: uuid.UUID, page: Page, second_page: Page
) -> None:
    for screen in SCREENS:
        app.enter(page, f"/{screen}?case={case}", "Marta")
        app.enter(second_page, f"/case-study?case={case}", "Kees", "KWR")
        expect(page.locator(".board")).to_be_visible()
        second_page.get_by_role("button", name="Archive this case study").click()
        expect(page.get_by_text(re.compile("This case study is archived"))).to_be_visible()
        expect(page.locator(".board")).to_be_visible()
        second_page.get_by_role("button", name="Bring back").click()
        expect(page.get_by_text(re.compile("This case study is archived"))).to_have_count(0)
    second_page.get_by_role("button", name="Remove the example").click()
    expect(page.get_by_text(frame.GONE)).to_be_visible()
    expect(page.get_by_text(re.compile("incident"))).to_have_count(0)
    page.get_by_role("link", name="Begin a case study").click()
    expect(page).to_have_url(re.compile("/case-study"))

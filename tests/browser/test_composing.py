"""Duplicates merged, members chosen, missing voices seen, in a real browser."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import case_studies, duplicates, eyes, relations, stakeholders, store
from copdash.roles import PROGRAM
from tests.browser.screens import file_screen as files

from .keyboard import type_into


@pytest.fixture
def case(app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    """A case study of the example, in the store of the running server."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{Path(app.database).as_posix()}")
    with store.reading(eyes.PROGRAM) as session:
        found = case_studies.listed(session)[0].id
    yield found
    store.close()


def test_two_that_are_the_same_are_merged_with_a_choice_and_one_undo_brings_both_back(
    app: Any, page: Page, case: uuid.UUID
) -> None:
    with store.writing(PROGRAM, case) as session:
        there = stakeholders.of_case(session, case)
        kept = next(row for row in there if row.name == "City council")
        gone = stakeholders.add(session, case, name="Cty Council", power=1.5, interest=2.5, notes="Met at the fair")
        session.flush()
        relations.tie(session, case, from_id=gone.id, to_id=there[0].id, type="Support", strength=3)
    before = (kept.power, kept.interest)
    app.open(page, f"/stakeholders?case={case}")
    files.introduce(page)
    page.get_by_role("link", name="1 likely duplicate").click()

    choice = page.get_by_role("radiogroup", name="Power and interest")
    choice.get_by_text("1.5 / 2.5").click()
    expect(choice.get_by_role("radio", name="1.5 / 2.5")).to_be_checked()
    page.get_by_role("button", name="Same: merge").click()
    expect(page.get_by_text("Decided: 1")).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        rows = {row.id: row for row in stakeholders.of_case(session, case)}
        ends = {tie.from_id for tie in relations.of_case(session, case) if tie.strength == 3}
    assert gone.id not in rows
    assert (rows[kept.id].name, rows[kept.id].power, rows[kept.id].interest) == ("City council", 1.5, 2.5)
    assert rows[kept.id].notes.endswith("Met at the fair")
    assert kept.id in ends

    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("button", name="Same: merge")).to_be_visible()
    expect(page.get_by_text("Decided: 1")).to_have_count(0)
    with store.reading(eyes.PROGRAM) as session:
        rows = {row.id: row for row in stakeholders.of_case(session, case)}
        assert [pair.other.id for pair in duplicates.waiting(session, case)][:1] == [gone.id]
        assert gone.id in {tie.from_id for tie in relations.of_case(session, case)}
    assert (rows[kept.id].power, rows[kept.id].interest) == before
    assert rows[gone.id].notes == "Met at the fair"


def test_a_member_chosen_by_one_is_counted_on_the_screen_of_the_other(
    app: Any, page: Page, second_page: Page, case: uuid.UUID
) -> None:
    with store.reading(eyes.PROGRAM) as session:
        (civil, *_) = [
            row
            for row in stakeholders.of_case(session, case)
            if row.group == "Civil society" and row.membership == "Invited"
        ]
    app.open(second_page, f"/composition?case={case}")
    files.introduce(second_page, "KWR")
    expect(second_page.get_by_text("On the list, not in the CoP")).to_be_visible()
    expect(second_page.locator(".js-plotly-plot")).to_be_visible()
    missing = second_page.locator(".st-key-compositions-named").get_by_text("Civil society", exact=True)
    expect(missing).to_be_visible()

    app.open(page, f"/membership?case={case}")
    files.introduce(page)
    type_into(page.get_by_label("Search"), civil.name)
    page.get_by_label("Search").press("Enter")
    page.get_by_role("combobox", name="Where they stand").click()
    page.get_by_role("option", name="All", exact=True).click()
    choice = page.get_by_role("radiogroup", name=f"Membership of {civil.name}")
    expect(choice.get_by_role("radio", name="Invited", exact=True)).to_be_checked()
    choice.get_by_role("radio", name="Core").click()
    expect(page.get_by_text("civil society joins")).to_be_visible()

    expect(missing).to_have_count(0)
    expect(second_page.get_by_text("CoP members: 14")).to_be_visible()

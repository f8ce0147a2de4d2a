"""Freezing, comparing and actions in a real browser, and what the store holds afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import actions, eyes, stakeholders, store, versions
from copdash.roles import PROGRAM
from tests.browser.screens import grid_map as grid

from .keyboard import type_into


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def test_the_map_is_frozen_and_compared_with_two_clicks(few: grid.Map, page: Page) -> None:
    few.open(page)
    button(page, "Freeze").click()
    expect(page.get_by_role("button", name="Frozen: Version 1")).to_be_visible()
    expect(button(page, "Compare")).to_be_enabled()
    button(page, "Compare").click()
    expect(page.get_by_text("Nothing has changed", exact=True)).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        (one,) = versions.of_case(session, few.id)
        assert len(versions.at(session, one.id)["stakeholders"]) == len(grid.FEW)


def test_whoever_moves_leaves_a_ghost_with_an_arrow_behind(few: grid.Map, page: Page) -> None:
    with store.writing(PROGRAM, few.id) as session:
        versions.freeze(session, few.id, title="Before the workshop")
    few.open(page)
    button(page, "Compare").click()
    expect(page.get_by_text("Nothing has changed", exact=True)).to_be_visible()
    grid.stands(page)
    grid.drag(page, grid.center(grid.dot(page, "Province")), grid.place(page, 3, 7))
    ghost = page.locator(f"[data-ghost='{few.ids['Province']}']")
    expect(ghost.locator(".was")).to_be_visible()
    expect(ghost.locator(".head[d]")).to_be_attached()
    expect(page.get_by_text("1 moved", exact=True)).to_be_visible()
    grid.answered(page)
    grid.stands(page)
    old = grid.center(ghost.locator(".was"))
    assert old == pytest.approx(grid.place(page, 8, 2), abs=4)
    grid.drag(page, old, grid.place(page, 9, 9))  # nothing is there to be dragged
    assert grid.near(few.rating("Province"), 3, 7)
    page.keyboard.press("Escape")
    grid.dot(page, "Province").hover()
    expect(page.locator(".tip")).to_contain_text("Was at power 8, interest 2")
    button(page, "Compare").click()
    expect(page.locator("[data-ghost]")).to_have_count(0)


def test_who_is_gone_is_crossed_out_and_named_and_who_came_has_a_plus(few: grid.Map, page: Page) -> None:
    with store.writing(PROGRAM, few.id) as session:
        versions.freeze(session, few.id, title="Before the workshop")
    with store.writing(PROGRAM, few.id) as session:
        stakeholders.remove(session, [few.ids["Anglers"]])
        stakeholders.add(session, few.id, name="Harbour", power=6, interest=9)
    few.open(page)
    button(page, "Compare").click()
    gone = page.locator(f"[data-ghost='{few.ids['Anglers']}']")
    expect(gone.locator(".cross")).to_be_visible()
    expect(page.locator(".name.gone")).to_have_text("Anglers (gone)")
    expect(page.locator(".newcomer")).to_have_count(1)
    expect(grid.dot(page, "Harbour").locator(".newcomer")).to_be_visible()
    expect(page.get_by_text("1 new, 1 gone", exact=True)).to_be_visible()


def test_what_others_move_shows_its_arrow_at_once(few: grid.Map, page: Page, second_page: Page) -> None:
    with store.writing(PROGRAM, few.id) as session:
        versions.freeze(session, few.id, title="Before the workshop")
    few.open(page)
    button(page, "Compare").click()
    expect(page.get_by_text("Nothing has changed", exact=True)).to_be_visible()
    few.open(second_page, "Ben", "KWR")
    grid.stands(second_page)
    grid.drag(second_page, grid.center(grid.dot(second_page, "Growers")), grid.place(second_page, 9, 1))
    expect(page.locator(f"[data-ghost='{few.ids['Growers']}'] .head[d]")).to_be_attached()
    expect(second_page.locator("[data-ghost]")).to_have_count(0)


def test_an_action_is_set_in_the_card_done_in_the_list_and_undone(few: grid.Map, page: Page) -> None:
    few.open(page)
    grid.open_card(page, "Water board")
    button(page, "Add action").click()
    type_into(page.get_by_role("textbox", name="Owner").last, "Jan")
    button(page, "Add").click()
    box = page.get_by_role("checkbox", name="Agree in a one-on-one what they bring and what they expect")
    expect(box).to_be_attached()
    few.app.open(page, f"/actions?case={few.id}")
    expect(page.get_by_text("1 open, 0 done", exact=True)).to_be_visible()
    page.get_by_text("Water board: Agree in a one-on-one").click()
    expect(page.get_by_text("0 open, 1 done", exact=True)).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        (row,) = actions.of_case(session, few.id)
    assert row.done_on is not None
    assert row.owner == "Jan"
    button(page, "Undo").click()
    expect(page.get_by_text("1 open, 0 done", exact=True)).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        assert actions.of_case(session, few.id)[0].done_on is None


def test_two_versions_stand_beside_each_other(few: grid.Map, page: Page) -> None:
    with store.writing(PROGRAM, few.id) as session:
        versions.freeze(session, few.id, title="Before the workshop")
    with store.writing(PROGRAM, few.id) as session:
        stakeholders.move(session, few.ids["Growers"], power=9, interest=1)
    few.app.enter(page, f"/versions?case={few.id}")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    expect(page.get_by_text("Growers moved to «Keep satisfied».")).to_be_visible()
    with page.expect_download() as download:
        button(page, "Changes as CSV").click()
    assert "Growers" in download.value.path().read_text("utf-8-sig")

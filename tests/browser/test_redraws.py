"""Keys pressed while a board draws: they arrive where the person is, whoever made it draw, and do nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens.rated_case import Case
from tests.browser.screens.roadmap_timeline import Map, bar, closer, drop_chip

OFTEN = 10


@pytest.fixture
def slow_page(page: Page) -> Page:
    """A browser that needs several times as long for each drawing, as beside a video call."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def editor(page: Page) -> Locator:
    return page.locator(".roadmap-editor")


# ---- the roadmap ----------------------------------------------------------------------------------------------------


def test_a_title_is_typed_right_after_zooming(roadmap: Map, slow_page: Page) -> None:
    page = slow_page
    roadmap.plan("CoP 1", "2021-09-30")
    roadmap.plan("CoP 2", "2021-10-07")
    roadmap.open(page)
    names = [
        "Show three months before and after today",
        "Show a shorter time",
        "Show a longer time",
        "Show the whole project",
    ]
    for turn in range(OFTEN):
        page.get_by_role("button", name=names[turn % len(names)]).click()
        bar(page, "CoP 1").focus()
        page.keyboard.press("F2")
        page.keyboard.type(f"Half a title {turn}")
        assert editor(page).input_value() == f"Half a title {turn}"
        page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Close the card")).to_have_count(0)  # which a space opens
    assert roadmap.gestures() == []


def test_titles_are_typed_without_a_look_at_the_focus_while_another_moves_meetings(
    roadmap: Map, slow_page: Page, second_page: Page
) -> None:
    page = slow_page
    roadmap.plan("Mine", "2021-09-30")
    roadmap.plan("Theirs", "2021-09-30")
    roadmap.open(page)
    roadmap.open(second_page, "Ben")
    closer(page)
    bar(page, "Mine").focus()
    bar(second_page, "Theirs").focus()
    for turn in range(OFTEN):
        second_page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("F2")
        page.keyboard.type(f"Mine is {turn}")
        if turn % 2:
            day = dt.date(2021, 9, 30) + dt.timedelta(weeks=turn + 1)
            expect(bar(page, "Theirs")).to_have_attribute("aria-label", re.compile(f"{day:%-d %b %Y}"))
        page.keyboard.press("Enter")
    expect(page.locator(".board[data-waiting='0']")).to_be_visible()
    expect(second_page.locator(".board[data-waiting='0']")).to_be_visible()
    assert {row.title for row in roadmap.meetings()} == {f"Mine is {OFTEN - 1}", "Theirs"}
    assert roadmap.days("Theirs") == ("2021-12-09", "2021-12-09")
    assert roadmap.days(f"Mine is {OFTEN - 1}") == ("2021-09-30", "2021-09-30")
    assert sorted(roadmap.gestures()) == ["meeting_edited"] * OFTEN + ["rescheduled"] * OFTEN
    expect(page.get_by_role("button", name="Close the card")).to_have_count(0)


def test_a_bar_that_has_the_focus_keeps_it_however_late_another_makes_it_draw(
    roadmap: Map, page: Page, second_page: Page
) -> None:
    roadmap.plan("Mine", "2021-09-30")
    roadmap.plan("Theirs", "2021-09-28")
    roadmap.open(page)
    roadmap.open(second_page, "Ben")
    closer(page)
    bar(page, "Mine").focus()  # from a button of the same board, which nobody outside the board hears
    expect(bar(page, "Mine")).to_have_attribute("tabindex", "0")
    page.wait_for_timeout(3500)  # a person thinks
    bar(second_page, "Theirs").focus()
    for day in ("29 Sep", "30 Sep", "1 Oct"):  # towards mine, onto it and past it: bars change their lines
        second_page.keyboard.press("ArrowRight")
        expect(bar(page, "Theirs")).to_have_attribute("aria-label", re.compile(f"{day} 2021"))
        expect(bar(page, "Mine")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(bar(page, "Mine")).to_have_attribute("aria-label", re.compile("1 Oct 2021"))


def test_the_title_of_a_meeting_just_dropped_is_typed_at_once(roadmap: Map, slow_page: Page) -> None:
    page = slow_page
    roadmap.open(page)
    closer(page)
    for turn in range(4):
        drop_chip(page, "Site visit", f"2021-{9 + turn % 3:02}-{20 + turn}")
        page.keyboard.type(f"Visit to farm {turn}")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")
    expect(page.locator(".board[data-waiting='0']")).to_be_visible()
    assert {row.title: row.starts_on.isoformat() for row in roadmap.meetings() if row.starts_on} == {
        f"Visit to farm {turn}": f"2021-{9 + turn % 3:02}-{21 + turn}" for turn in range(4)
    }


def test_a_bar_out_of_view_still_takes_the_keys_of_whoever_is_on_it(roadmap: Map, page: Page) -> None:
    roadmap.plan("Far away", "2023-09-30")
    roadmap.open(page)
    bar(page, "Far away").focus()
    box = page.locator(".vis-panel.vis-center").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 200)
    page.keyboard.down("Control")
    for _ in range(6):  # the wheel looks closer at what is far from the bar
        page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    expect(page.locator(".board")).not_to_have_attribute("data-until", re.compile("202[3-9]"))
    assert not bar(page, "Far away").is_visible()
    page.keyboard.press("F2")
    page.keyboard.type("Far and wide")
    expect(editor(page)).to_have_value("Far and wide")
    page.keyboard.press("Enter")
    expect(bar(page, "Far and wide")).to_be_focused()


# ---- the other boards -----------------------------------------------------------------------------------------------

ROWS: list[dict[str, Any]] = [
    {"name": "Ants", "power": 2.0, "interest": 2.0},
    {"name": "Bank"},
    {"name": "Choir"},
    {"name": "Dikes", "attitude": "Resistant", "attitude_wanted": "Supportive"},
    {"name": "Eels", "attitude": "Neutral", "attitude_wanted": "Supportive"},
]


def theirs(page: Page, name: str, field: str, text: str) -> None:
    """Another person's change in the list."""
    named = page.locator('[tabulator-field="name"]', has=page.get_by_text(name, exact=True))
    page.locator(".tabulator-row", has=named).locator(f'[tabulator-field="{field}"]').click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(".board[data-waiting='0']")).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "find"),
    [
        ("power-interest", lambda page: page.locator(".chip-main", has_text="Choir")),
        ("rating", lambda page: page.locator(".rate-item", has_text="Choir")),
        ("readings?reading=Salience", lambda page: page.locator(".sal-person", has_text="Choir")),
        ("readings?reading=Engagement", lambda page: page.locator(".eng-gap", has_text="Eels")),
        ("network", lambda page: page.locator(".net-pairing .net-name", has_text="Choir").first),
    ],
)
def test_what_has_the_focus_keeps_it_while_another_changes_what_is_around_it(
    shared_app: Any, page: Page, second_page: Page, screen: str, find: Callable[[Page], Locator]
) -> None:
    case = Case(shared_app, ROWS)
    shared_app.enter(page, f"/{screen}{'&' if '?' in screen else '?'}case={case.id}")
    shared_app.enter(second_page, f"/stakeholders?case={case.id}", name="Ben")
    expect(second_page.locator('.list[data-ready="true"]')).to_be_visible()
    expect(page.locator(".board")).to_be_visible()
    if "Salience" in screen:
        page.locator(".sal-class", has_text="Not known yet").click()
    find(page).focus()
    expect(find(page)).to_be_focused()
    for name, field, text in (
        ("Ants", "name", "Zebras"),
        ("Bank", "power", "4"),
        ("Bank", "interest", "6"),
        ("Dikes", "attitude", "Supportive"),
        ("Bank", "name", "Amber"),
    ):
        before = page.locator(".board").get_attribute("data-version")
        theirs(second_page, name, field, text)
        expect(page.locator(".board")).not_to_have_attribute("data-version", str(before))
        expect(find(page)).to_be_focused()

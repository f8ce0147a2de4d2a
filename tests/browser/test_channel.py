"""Boards by the channel: seen by others without a run of Streamlit, kept over a lost connection, without names."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.screens.grid_map import Map, answered, center, dot, drag, near, place, stands
from tests.browser.screens.roadmap_timeline import Map as Roadmap
from tests.browser.screens.roadmap_timeline import bar
from tests.browser.screens.stakeholder_list import cell

BOARD = ".board"


class Wires:
    """What a tab sent to Streamlit, and what it heard by the channel, from now on."""

    def __init__(self, page: Page) -> None:
        self.runs: list[Any] = []
        self.heard: list[str] = []
        self.said: list[str] = []
        page.on("websocket", self.opened)

    def opened(self, socket: WebSocket) -> None:
        if socket.url.endswith("/channel"):
            socket.on("framereceived", lambda sent: self.heard.append(str(sent)))
            socket.on("framesent", lambda sent: self.said.append(str(sent)))
        elif socket.url.endswith("/_stcore/stream"):
            socket.on("framesent", lambda sent: self.runs.append(sent))


def quiet(page: Page) -> None:
    """Nothing of the page is under way any more."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(800)


def test_a_drop_is_seen_by_who_looks_on_without_any_run_of_the_page(few: Map, page: Page, second_page: Page) -> None:
    wires, author = Wires(second_page), Wires(page)
    few.open(page)
    few.open(second_page, "Ines", "Viewer")
    quiet(second_page)
    quiet(page)
    runs, before = len(wires.runs), len(author.runs)
    for power in (9.0, 2.0, 7.0):
        drag(page, center(dot(page, "Growers")), place(page, power, 4.0))
        answered(page)
        expect(dot(second_page, "Growers")).to_have_attribute("aria-label", dot_label(page, "Growers"))
    assert near(few.rating("Growers"), 7.0, 4.0)
    quiet(second_page)
    assert len(wires.runs) == runs
    steps = [told for told in wires.heard if '"rows"' in told]
    assert len(steps) == 3
    assert max(len(step.encode()) for step in steps) < 1000
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_enabled()
    assert len(author.runs) > before  # for what stands around the author's own board


def dot_label(page: Page, name: str) -> str:
    return str(dot(page, name).get_attribute("aria-label"))


def test_an_open_card_follows_what_others_do(few: Map, page: Page, second_page: Page) -> None:
    few.open(page)
    few.open(second_page, "Ines")
    dot(second_page, "Growers").click()
    expect(second_page.locator(".st-key-card")).to_be_visible()
    stands(second_page)
    drag(page, center(dot(page, "Growers")), place(page, 9.0, 4.0))
    answered(page)
    shown = str(dot(page, "Growers").get_attribute("data-power"))
    power = second_page.locator(".st-key-card").get_by_role("slider", name="Power")
    expect(power).to_have_value(shown)


@pytest.fixture
def without_server(tolerated_errors: list[str]) -> None:
    """While there is no server, the console says so."""
    tolerated_errors += ["WebSocket", "ERR_CONNECTION", "Failed to", "Network Error", "disconnected", "erver"]


@pytest.mark.usefixtures("without_server")
def test_what_is_done_without_a_connection_is_kept_and_lands_when_it_is_back(few: Map, page: Page) -> None:
    few.open(page)
    quiet(page)
    few.app.stop()
    said = page.locator(f"{BOARD} .board-saving")
    expect(said).to_have_text("Not connected. What you do is kept.")
    drag(page, center(dot(page, "Anglers")), place(page, 6.0, 6.0))
    expect(page.locator(f"{BOARD}[data-waiting='1']")).to_be_visible()
    few.app.start()
    expect(page.locator(f"{BOARD}[data-waiting='0']")).to_be_visible(
        timeout=90_000
    )  # Streamlit asks a server that was away less and less often
    expect(said).to_be_hidden()
    assert near(few.rating("Anglers"), 6.0, 6.0)
    assert [what for what, _, _ in few.log("Anglers")].count("power") == 1


def test_hiding_names_in_the_middle_ends_what_the_tab_had_open(few: Map, page: Page, second_page: Page) -> None:
    wires = Wires(second_page)
    few.open(page)
    few.open(second_page, "Ines")
    second_page.get_by_role("button", name="Present").click()
    second_page.get_by_role("button", name="Hide names").click()
    expect(second_page.locator(".dot[aria-label^='S0']").first).to_be_visible()
    quiet(second_page)
    heard = len(wires.heard)
    drag(page, center(dot(page, "Growers")), place(page, 9.0, 4.0))
    answered(page)
    expect(second_page.locator(".dot[data-power='9']")).to_have_count(1)
    new = wires.heard[heard:]
    assert any('"rows"' in told for told in new)
    assert not any(name in told for told in new for name in ("Growers", "Supportive"))
    second_page.get_by_role("button", name="Show names").click()
    expect(dot(second_page, "Growers")).to_be_visible()


def test_the_board_goes_on_by_the_page_where_the_channel_is_shut(few: Map, page: Page) -> None:
    page.route_web_socket("**/channel", lambda socket: socket.close())
    few.open(page)
    drag(page, center(dot(page, "Growers")), place(page, 9.0, 4.0))
    answered(page)
    assert near(few.rating("Growers"), 9.0, 4.0)


# ---- the other boards ------------------------------------------------------------------------------------------------


def looks_on(few: Map, page: Page, second_page: Page, path: str) -> Wires:
    """Both see the screen; what the second one sends and hears from now on."""
    wires = Wires(second_page)
    few.app.enter(page, f"/{path}case={few.id}")
    few.app.enter(second_page, f"/{path}case={few.id}", "Ines", "Viewer")
    for one in (page, second_page):
        expect(one.locator(BOARD)).to_be_visible()
        quiet(one)
    wires.runs.clear()
    wires.heard.clear()
    return wires


def saw_rows_and_ran_nothing(wires: Wires, second_page: Page) -> None:
    quiet(second_page)
    assert wires.runs == []
    assert any('"rows"' in told for told in wires.heard)


def test_a_cell_that_is_typed_into_the_list_is_seen_without_any_run(few: Map, page: Page, second_page: Page) -> None:
    wires = looks_on(few, page, second_page, "stakeholders?")
    cell(page, "Growers", "power").click()
    page.keyboard.type("7,5")
    page.keyboard.press("Enter")
    answered(page)
    expect(cell(second_page, "Growers", "power")).to_contain_text("7.5")
    saw_rows_and_ran_nothing(wires, second_page)
    assert few.rating("Growers") == (7.5, 8.0)


def test_a_group_that_is_spoken_for_now_leaves_the_strip_above_everybodys_list(
    few: Map, page: Page, second_page: Page
) -> None:
    looks_on(few, page, second_page, "stakeholders?")
    missing = second_page.locator(".st-key-compositions-strip a").first
    expect(missing).to_contain_text("Researchers")
    cell(page, "Anglers", "group").click()
    page.keyboard.type("resea")
    page.keyboard.press("Enter")
    answered(page)
    expect(missing).not_to_contain_text("Researchers")


def test_who_is_rated_together_leaves_the_queue_of_others_without_any_run(
    few: Map, page: Page, second_page: Page
) -> None:
    wires = looks_on(few, page, second_page, "rating?")
    expect(second_page.locator(".rate-told")).to_have_text("2 of 6 still to rate")
    for key in ("7", "Enter", "1", "0", "Enter"):
        page.keyboard.press(key)
    answered(page)
    expect(second_page.locator(".rate-told")).to_have_text("1 of 6 still to rate")
    saw_rows_and_ran_nothing(wires, second_page)


def test_an_attitude_and_its_gap_are_seen_by_others_without_any_run(few: Map, page: Page, second_page: Page) -> None:
    wires = looks_on(few, page, second_page, "readings?reading=Engagement&")
    page.locator('td[aria-label^="Province, Unaware"]').click()
    page.get_by_role("button", name="Set wanted").click()
    page.locator('td[aria-label^="Province, Supportive"]').click()
    answered(page)
    expect(second_page.locator(".eng-gap").first).to_contain_text("3 steps")
    saw_rows_and_ran_nothing(wires, second_page)


def test_who_is_in_a_class_of_salience_is_seen_by_others_without_any_run(
    few: Map, page: Page, second_page: Page
) -> None:
    wires = looks_on(few, page, second_page, "readings?reading=Salience&")
    page.get_by_role("button", name="Not known yet").last.click()
    page.locator(".sal-person", has_text="Province").click()
    for name in ("Legitimacy", "Urgency"):
        page.get_by_role("slider", name=name).focus()
        page.keyboard.press("End")
    answered(page)
    definitive = second_page.locator(".venn-label[data-class='Definitive']")
    expect(definitive).to_have_attribute("aria-label", "Definitive: 1")
    saw_rows_and_ran_nothing(wires, second_page)


def test_a_meeting_that_is_dragged_is_seen_by_others_by_the_channel(
    roadmap: Roadmap, page: Page, second_page: Page
) -> None:
    roadmap.plan("Site visit to the works", "2021-10-07")
    wires = Wires(second_page)
    roadmap.open(page)
    roadmap.open(second_page, "Ines")
    quiet(second_page)
    page.locator(".handle", has_text="Site visit to the works").focus()
    page.keyboard.press("Shift+ArrowRight")
    answered(page)
    seen = bar(second_page, "Site visit to the works")
    expect(seen).to_have_attribute("aria-label", re.compile("14 Oct 2021"))
    assert any('"meetings"' in told and "2021-10-14" in told for told in wires.heard)
    assert roadmap.days("Site visit to the works") == ("2021-10-14", "2021-10-14")

"""A drop on the grid and on the roadmap, to the answer of the server drawn, beside the least change in Streamlit."""

from __future__ import annotations

import functools
import statistics

from playwright.sync_api import Page

from benchmarks.figures import Goal, Row, in_turn
from benchmarks.house import PEERS, House
from scripts.servers import ROOT

GOAL = Goal("at most", 1.5)
GRAB = {
    "grid": ".dots .dot[data-id]:not(.filtered)",
    "roadmap": ".vis-item .handle[data-certainty][data-key]:not([data-certainty=Held], .fixed)",
}
CHOOSE = """(selector) => {
  const board = watch.find('.board');
  const plane = (watch.find('svg.plane') || watch.find('.roadmap-timeline')).getBoundingClientRect();
  const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
  const all = [...board.querySelectorAll(selector)].map((one) => ({ one, at: middle(one.getBoundingClientRect()) }));
  const far = ([x, y], [p, q]) => Math.hypot(x - p, y - q);
  all.sort((a, b) => far(a.at, middle(plane)) - far(b.at, middle(plane)));
  const { id, key } = all[0].one.dataset;
  return key ? `.vis-item [data-key="${key}"] .title` : `.dot[data-id="${id}"]`;
}"""
"""What lies nearest to the middle, so that it can be dragged to both sides."""
STEP = 90
"""Pixels of one drop."""
PATHS = {"grid": "power-interest", "roadmap": "meetings"}
SAVED = {"grid": "moved", "roadmap": "rescheduled"}


def run(house: House, rounds: int = 15) -> list[Row]:
    """A row for the grid and one for the roadmap."""
    rows = []
    with house.page() as number, house.page() as plain:
        for page, settings in ((number, ROOT), (plain, PEERS)):
            page.goto(house.peer("number", settings=settings).url)
            page.get_by_text("It is 0.").wait_for()
        for board in GRAB:
            with house.page() as page:
                thing = open_board(house, page, board)
                before = house.gestures(SAVED[board])
                ours, peer = in_turn(
                    rounds, functools.partial(own, page, thing), functools.partial(rerun, number), warm=2
                )
                more, slower = in_turn(
                    rounds // 2, functools.partial(own, page, thing), functools.partial(rerun, plain)
                )
                done, kept = rounds + 2 + rounds // 2 + 1, house.gestures(SAVED[board]) - before
                if kept != done:
                    raise RuntimeError(f"{done} drops on the {board}, {kept} in the change log")
            beside = Row("", "", GOAL, more, slower)
            note = (
                f"On Streamlit as it comes, which looks for garbage after each run, the peer takes "
                f"{statistics.median(slower):.0f} ms, and the ratio is {beside.ratio:.2f}."
            )
            what = f"A drop on the {board}: saved and redrawn"
            rows.append(Row(what, "number input in a fragment", GOAL, ours, peer, notes=[note]))
    return rows


def open_board(house: House, page: Page, board: str) -> str:
    """Show a board and wait until it stands still; returns the selector of what is to be dragged."""
    page.goto(f"{house.app.url}/{PATHS[board]}?case={house.case_study()}")
    page.locator(GRAB[board]).first.wait_for()
    page.evaluate("watch.still('.board')")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(700)
    return str(page.evaluate(CHOOSE, GRAB[board]))


def own(page: Page, thing: str) -> float:
    """One drop, and how long its author waited for the answer; ms."""
    times = drop(page, thing)
    return times["to"] - times["from"]


def drop(page: Page, thing: str) -> dict[str, float]:
    """Drag the same thing to and fro. When the pointer was let go and when the answer was drawn; ms of the clock."""
    box = page.locator(thing).bounding_box()
    assert box is not None
    x, y = box["x"] + min(box["width"] / 2, 40), box["y"] + box["height"] / 2
    away = STEP * page.evaluate("globalThis.side = -(globalThis.side || -1)")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + away / 2, y, steps=4)
    page.mouse.move(x + away, y, steps=4)
    page.evaluate("() => { globalThis.answer = watch.after('pointerup', watch.isNewer(watch.version())); }")
    page.mouse.up()
    times: dict[str, float] = page.evaluate("globalThis.answer")
    page.wait_for_timeout(400)
    return times


def rerun(page: Page) -> float:
    """One more by a key, and how long it took until the new text was there; ms."""
    box = page.locator("[data-testid=stNumberInput] input")
    value = int(box.input_value()) + 1
    box.fill(str(value))
    page.evaluate(
        "(text) => { const line = document.querySelector('[data-testid=stMarkdown] p');"
        " globalThis.answer = watch.after('keydown', () => line.isConnected && line.textContent === text ||"
        " document.querySelector('[data-testid=stMarkdown] p')?.textContent === text); }",
        f"It is {value}.",
    )
    page.keyboard.press("Enter")
    times = page.evaluate("globalThis.answer")
    page.wait_for_timeout(400)
    return float(times["to"] - times["from"])

"""A large network under the hand: how smoothly it is panned and zoomed."""

from __future__ import annotations

import functools
import math

from playwright.sync_api import Page

from benchmarks.figures import Goal, Row, in_turn, p95
from benchmarks.grids import SECONDS, moved
from benchmarks.house import House
from benchmarks.networks import grown, idle

SMOOTH = Goal("at most", 1.2)


def run(house: House, rounds: int = 5, nodes: int = 1000, ties: int = 3000) -> list[Row]:
    """A row for panning and one for zooming."""
    case_study = grown(house, nodes, ties, 99)
    with house.page() as page, house.page() as empty:
        page.goto(f"{house.app.url}/network?case={case_study}")
        page.locator(".net-canvas canvas").wait_for()
        idle(page)
        page.evaluate("watch.steady('.board canvas', 700)")
        empty.goto(house.peer("bare").url)
        empty.get_by_text("One line.").wait_for()
        bare = functools.partial(moved, empty, 0.0, 0.0)
        return [
            row("panning", nodes, *in_turn(rounds, functools.partial(panned, page), bare)),
            row("zooming", nodes, *in_turn(rounds, functools.partial(zoomed, page), bare)),
        ]


def row(what: str, nodes: int, ours: list[float], peers: list[float]) -> Row:
    """The p95 of the frame times beside that of an empty page over which the mouse moves."""
    return Row(
        f"A network of {nodes:,} nodes: p95 frame time while {what}", "an empty page's frames", SMOOTH, ours, peers
    )


def panned(page: Page) -> float:
    """Take the paper at a corner of the picture and lead it around; the p95 of the frame times, ms."""
    box = page.locator(".net-stage").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    x, y = box["x"] + box["width"] * 0.5, box["y"] + 24  # nobody stands so near to the border
    before = page.evaluate("watch.find('.board').copdashNetwork.view().position")
    page.mouse.move(x, y)
    page.mouse.down()
    found = moved(page, x, y)
    if page.evaluate("watch.find('.board').copdashNetwork.view().position") == before:
        raise RuntimeError("Nothing was panned")
    page.mouse.up()
    page.keyboard.press("0")
    page.wait_for_timeout(400)
    return found


def zoomed(page: Page) -> float:
    """Zoom in and out by the wheel over the middle; the p95 of the frame times, ms."""
    box = page.locator(".net-stage").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.evaluate(f"() => {{ globalThis.frames = watch.frames({SECONDS * 1000:g}); }}")
    turn = 0
    while not page.evaluate("watch.timed"):
        turn += 1
        page.mouse.wheel(0, -60 if math.sin(turn / 8) > 0 else 60)
    found = p95(page.evaluate("globalThis.frames"))
    page.keyboard.press("0")
    page.wait_for_timeout(400)
    return found

"""A crowded grid: how smoothly a dot follows the hand, and how many names lie on each other."""

from __future__ import annotations

import functools
import math
import uuid

from playwright.sync_api import Page

from benchmarks.crowds import crowd
from benchmarks.figures import Goal, Row, in_turn, p95
from benchmarks.house import House
from copdash import case_studies, stakeholders, store
from copdash.roles import PROGRAM

SMOOTH = Goal("at most", 1.2)
APART = Goal("at most", 0)
SECONDS = 2.5
"""How long each drag goes on."""
NAMES = {"ours": ".names .name text", "peer": ".scatterlayer .text text"}
OVERLAPS = """(selector) => {
  const host = watch.find(selector).getRootNode();
  const boxes = [...host.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
  let pairs = 0;
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 1) pairs += 1;
  }));
  return [pairs, boxes.length];
}"""
"""Pairs of names that share more than a pixel, and how many names there are."""


def run(house: House, rounds: int = 8, sizes: tuple[int, ...] = (100, 500)) -> list[Row]:
    """The row of the frames with the last of the sizes, and a row of names for each size."""
    cases = {n: crowded(n) for n in sizes}
    return [smooth(house, cases[sizes[-1]], sizes[-1], rounds), *(apart(house, cases[n], n) for n in sizes)]


def crowded(n: int) -> uuid.UUID:
    """A case study with so many rated stakeholders."""
    with store.writing(PROGRAM, undoable=False) as session:
        case_study = case_studies.begin(session, title=f"Crowd of {n}").id
    with store.writing(PROGRAM, case_study, undoable=False) as session:
        stakeholders.add_all(session, case_study, [(uuid.uuid4(), row) for row in crowd(n)])
    return case_study


def smooth(house: House, case_study: uuid.UUID, n: int, rounds: int) -> Row:
    """The p95 of a drag's frame times beside that of an empty page over which the mouse moves alike."""
    with house.page() as page, house.page() as empty:
        show(house, page, case_study)
        empty.goto(house.peer("bare").url)
        empty.get_by_text("One line.").wait_for()
        ours, peer = in_turn(rounds, functools.partial(dragged, page), functools.partial(moved, empty, 0.0, 0.0))
    return Row(
        f"Grid with {n} rated stakeholders: p95 frame time while dragging",
        "an empty page's frames",
        SMOOTH,
        ours,
        peer,
        notes=[f"Each of the {rounds} drags goes on for {SECONDS:g} s along a circle; the figure is its p95."],
    )


def apart(house: House, case_study: uuid.UUID, n: int) -> Row:
    """Overlapping pairs among the names that are shown, beside Plotly's text labels of the same list."""
    with house.page() as page:
        show(house, page, case_study)
        ours, named = page.evaluate(OVERLAPS, NAMES["ours"])
    with house.page() as page:
        page.goto(f"{house.peer('plotly_names').url}/?n={n}")
        page.locator(NAMES["peer"]).nth(n - 1).wait_for(state="attached")
        page.wait_for_timeout(700)
        peer, _ = page.evaluate(OVERLAPS, NAMES["peer"])
    return Row(
        f"Names on a grid of {n}: overlapping pairs",
        "Plotly's text labels",
        APART,
        [ours],
        [max(peer, 1)],
        notes=[f"{named} of {n} names are shown at 1440×900, the others when zoomed in or pointed at."],
        unit="pairs",
    )


def show(house: House, page: Page, case_study: uuid.UUID) -> None:
    """Open the grid and wait until it stands still, with its names."""
    page.goto(f"{house.app.url}/power-interest?case={case_study}")
    page.locator(NAMES["ours"]).first.wait_for()
    page.evaluate("watch.still('.board')")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(700)


def dragged(page: Page) -> float:
    """Take the dot nearest to the middle, lead it around, and let it fall back where it was; ms."""
    x, y = page.evaluate(
        """() => {
          const middle = (one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return [(left + right) / 2, (top + bottom) / 2];
          };
          const plane = middle(watch.find('svg.plane'));
          const far = ([x, y]) => Math.hypot(x - plane[0], y - plane[1]);
          const all = [...watch.find(".board").querySelectorAll(".dot .mark")].map(middle);
          return all.sort((a, b) => far(a) - far(b))[0];
        }"""
    )
    page.mouse.move(x, y)
    page.mouse.down()
    found = moved(page, x, y)
    if not page.evaluate("watch.find('.board').classList.contains('doing-move')"):
        raise RuntimeError("Nothing was dragged")
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_timeout(400)
    return found


def moved(page: Page, x: float, y: float) -> float:
    """Lead the mouse along a circle while each frame is timed; the p95 of the frame times, ms."""
    page.evaluate(f"() => {{ globalThis.frames = watch.frames({SECONDS * 1000:g}); }}")
    x, y = x or 700, y or 450
    turn = 0
    while not page.evaluate("watch.timed"):
        turn += 1
        page.mouse.move(x + 160 * math.sin(turn / 12), y + 110 * math.sin(turn / 9))
    return p95(page.evaluate("globalThis.frames"))

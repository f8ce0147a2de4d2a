"""From the click on «Network» to a picture that stands still, beside the same graph by pyvis' default physics."""

from __future__ import annotations

import time
import uuid

from playwright.sync_api import Page

from benchmarks.figures import Goal, Row
from benchmarks.graphs import SIZES, pairs
from benchmarks.house import House
from copdash import case_studies, relations, stakeholders, store
from copdash.roles import PROGRAM

GOALS = {200: Goal("faster by", 20), 1000: Goal("faster by", 30)}
CAP = 60.0
"""Seconds after which the peer is given up."""
QUIET = 700
"""A picture that has not changed for so many milliseconds stands still; the time is that of its last change."""


def run(house: House, rounds: tuple[int, ...] = (3, 2), sizes: tuple[tuple[int, int], ...] = SIZES) -> list[Row]:
    """A row for each size. Ours is a new case study each time, so that its layout is computed within the time."""
    rows = []
    for (nodes, ties), count in zip(sizes, rounds, strict=False):
        ours, again, peers = [], [], []
        for turn in range(count):
            first, second = own(house, grown(house, nodes, ties, turn))
            ours.append(first)
            again.append(second)
            peers.append(pyvis(house, nodes))
        given_up = any(peer >= CAP * 1000 for peer in peers)
        rows.append(
            Row(
                f"Network of {nodes:,} nodes and {ties:,} ties: steady picture",
                "pyvis' default physics",
                GOALS.get(nodes, GOALS[200]),
                ours,
                peers,
                notes=[
                    f"Opened again, with its positions kept: {sorted(again)[len(again) // 2]:.0f} ms.",
                    *([f"pyvis was given up after {CAP:g} s, still moving: the ratio is a lower bound."] * given_up),
                ],
                capped=CAP * 1000 if given_up else None,
            )
        )
    return rows


def grown(house: House, nodes: int, ties: int, turn: int) -> uuid.UUID:
    """A new case study with this network, without any position yet."""
    with store.writing(PROGRAM, undoable=False) as session:
        case_study = case_studies.begin(session, title=f"Network {nodes} {turn}").id
    ids = [uuid.uuid4() for _ in range(nodes)]
    with store.writing(PROGRAM, case_study, undoable=False) as session:
        stakeholders.add_all(session, case_study, [(ids[n], {"name": f"Stakeholder {n}"}) for n in range(nodes)])
        session.flush()
        relations.tie_all(session, case_study, [{"from_id": ids[a], "to_id": ids[b]} for a, b in pairs(nodes, ties)])
    return case_study


def own(house: House, case_study: uuid.UUID) -> tuple[float, float]:
    """Our network screen opened for the first time, and again from the portfolio; ms from the click."""
    with house.page() as page:
        page.goto(f"{house.app.url}/case-study?case={case_study}")
        page.get_by_label("Title").first.wait_for()
        idle(page)
        first = opened(page, "Network")
        page.get_by_test_id("stSidebarNavLink").filter(has_text="Case study").click()
        page.get_by_label("Title").first.wait_for()
        idle(page)
        return first, opened(page, "Network")


def opened(page: Page, link: str) -> float:
    """Click in the menu, and wait until the canvas of the board has stopped changing."""
    page.evaluate(
        f"() => {{ globalThis.from = new Promise((done) => addEventListener('pointerdown', () => done(watch.now()),"
        f" {{ capture: true, once: true }})); globalThis.last = watch.steady('.board canvas', {QUIET}); }}"
    )
    page.get_by_test_id("stSidebarNavLink").filter(has_text=link).click()
    return float(page.evaluate("Promise.all([from, last]).then(([a, b]) => b - a)"))


def pyvis(house: House, nodes: int) -> float:
    """The peer's page, from the click until vis-network says that it is stable; ms, `CAP` at most."""
    with house.page() as page:
        page.goto(house.peer("pyvis_network").url)
        page.get_by_role("heading", name="Start").wait_for()
        idle(page)
        page.evaluate(
            "() => addEventListener('pointerdown', () => { globalThis.from = watch.now(); },"
            " { capture: true, once: true })"
        )
        page.get_by_test_id("stSidebarNavLink").filter(has_text=f"Network {nodes}").click()
        started = float(page.evaluate("globalThis.from"))
        while time.time() * 1000 - started < CAP * 1000:
            page.wait_for_timeout(100)
            for frame in page.frames[1:]:
                steady = frame.evaluate("document.documentElement.dataset.steady")
                if steady:
                    return float(steady) - started
        return CAP * 1000


def idle(page: Page) -> None:
    """Wait until the server has nothing to do for this page."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(700)

"""The benchmarks count and tell honestly, and one of them runs. Nothing here looks at how fast anything is."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from benchmarks import first_visits, house, report
from benchmarks.figures import Goal, Limit, Row, in_turn, p95
from benchmarks.graphs import pairs

ROOT = Path(__file__).resolve().parent.parent


def row(**values: Any) -> Row:
    return Row(**{"what": "A drop", "peer": "a number", "goal": Goal("at most", 2), "ours": [], "peers": [], **values})  # type: ignore[arg-type]


def test_ours_and_the_peer_are_measured_in_turn_and_the_warm_up_is_thrown_away() -> None:
    order: list[str] = []
    numbers = iter(range(8))

    def measured(which: str) -> float:
        order.append(which)
        return next(numbers)

    assert in_turn(3, lambda: measured("ours"), lambda: measured("peer")) == ([2, 4, 6], [3, 5, 7])
    assert order == ["ours", "peer"] * 4


def test_the_ratio_is_that_of_each_pair() -> None:
    slower = row(ours=[100, 400, 90], peers=[50, 100, 60])
    assert slower.ratios == [2.0, 4.0, 1.5]
    assert slower.ratio == 2.0
    assert slower.is_met
    faster = row(goal=Goal("faster by", 20), ours=[100, 200], peers=[3000, 3000])
    assert faster.ratios == [30.0, 15.0]
    assert faster.is_met


def test_a_goal_is_missed_by_its_ratio_or_by_its_limit() -> None:
    assert not row(ours=[201], peers=[100]).is_met
    assert not row(goal=Goal("faster by", 20), ours=[100], peers=[1900]).is_met
    assert not row(ours=[100], peers=[100], limits=[Limit("p95", 0.5, 0.51)]).is_met
    assert row(ours=[100], peers=[100], limits=[Limit("p95", 0.5, 0.5)]).is_met


def test_95_of_100_do_not_exceed_the_p95() -> None:
    assert p95([float(n) for n in range(100, 0, -1)]) == 95.0
    assert p95([7.0]) == 7.0


def test_the_page_says_what_was_missed_and_what_was_given_up() -> None:
    rows = [
        row(what="First visit: Network", ours=[300], peers=[100], notes=["Why it is so."]),
        row(what="Network of 9 nodes", goal=Goal("faster by", 20), ours=[1000], peers=[60_000], capped=60_000),
    ]
    page = report.written(rows, dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC), 90, (0.5, 1.0))
    missed, kept = [line for line in page.splitlines() if line.startswith(("| First", "| Network"))]
    assert "| **3.00** (3.00 to 3.00) | **no** |" in missed
    assert "| **at least 60.00** (60.00 to 60.00) | yes |" in kept
    assert "60000 (given up)" in kept
    assert "Why it is so." in page
    assert "- **First visit …** Most of it" in page
    assert page.count("- **Network …**") == 1, "what is measured is said, a cause only of what is missed"
    assert "02 January 2026, 03:04 UTC" in page
    assert "busy" not in page
    assert str(ROOT) not in page


def test_a_row_may_count_something_else_than_milliseconds_and_ask_for_none() -> None:
    names = row(what="Names on a grid", goal=Goal("at most", 0), ours=[0], peers=[116], unit="pairs")
    assert names.is_met
    assert not row(goal=Goal("at most", 0), ours=[1], peers=[116]).is_met
    page = report.written([names], dt.datetime(2026, 1, 2, tzinfo=dt.UTC), 90, (0.5, 1.0))
    assert "| 0 pairs | 116 pairs | 1 |" in page
    assert "| none |" in page
    assert "0 pairs beside 116 pairs of" in report.told(names)


def test_the_networks_have_the_ties_that_they_say() -> None:
    found = pairs(50, 120)
    assert len({frozenset(pair) for pair in found}) == 120
    assert all(a != b and 0 <= a < 50 and 0 <= b < 50 for a, b in found)
    assert found == pairs(50, 120)


def test_an_unknown_benchmark_is_refused_before_anything_is_started() -> None:
    asked = subprocess.run([sys.executable, "-m", "benchmarks", "nothing"], cwd=ROOT, capture_output=True, text=True)
    assert asked.returncode == 2
    assert re.search("no such benchmark: nothing", asked.stderr)


@pytest.mark.browser
def test_a_first_visit_of_one_screen_gives_its_row(browser: Browser) -> None:
    before = os.environ.get("COPDASH_DATABASE_URL")
    with house.opened(browser) as opened:
        [made] = first_visits.run(opened, 1, first_visits.SCREENS[3:4])
        processes = [opened.app.process, *(peer.process for peer in opened.peers.values())]
    assert made.what == "First visit: Power-interest"
    assert len(made.ours) == len(made.peers) == 1
    assert len(processes) == 2
    assert min(*made.ours, *made.peers) > 0
    assert all(process is not None and process.returncode is not None for process in processes)
    assert os.environ.get("COPDASH_DATABASE_URL") == before

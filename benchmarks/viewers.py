"""A drop on the grid as others see it: in a second browser, with 10 and with 100 viewers, beside the author."""

from __future__ import annotations

import contextlib
import queue
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Page

from benchmarks import drops
from benchmarks.figures import Goal, Limit, Row, p95
from benchmarks.house import TOKEN, House
from scripts.servers import ROOT

GOAL = Goal("at most", 2)
AUTHOR = "the author's own redraw"
LONGEST = 30.0
"""Seconds after which a viewer that has seen nothing is an error."""


@dataclass
class Seen:
    """What came out of some drops; ms from letting go of the pointer."""

    own: list[float] = field(default_factory=list)
    pages: list[list[float]] = field(default_factory=list)
    sessions: list[list[float]] = field(default_factory=list)

    @property
    def viewers(self) -> list[list[float]]:
        """All viewers of each drop."""
        return [a + b for a, b in zip(self.pages, self.sessions, strict=True)]

    def row(self, what: str, limit: float | None = None, *notes: str) -> Row:
        """The middle viewer of each drop beside its author; the limit, in seconds, for the p95 of all of them."""
        everybody = sorted(time for one in self.viewers for time in one)
        limits = [Limit("p95", limit, p95(everybody) / 1000)] if limit else []
        goal = Goal("at most") if limit else GOAL
        return Row(what, AUTHOR, goal, [statistics.median(one) for one in self.viewers], self.own, limits, notes)


def run(house: House, rounds: tuple[int, int, int] = (12, 8, 5), many: int = 100) -> list[Row]:
    """A row for the second browser, one for 10 viewers and one for 100 (or as many as are asked for)."""
    with contextlib.ExitStack() as pages:
        author = pages.enter_context(house.page())
        thing = drops.open_board(house, author, "grid")
        watchers: list[Page] = []

        def more(count: int) -> list[Page]:
            while len(watchers) < count:
                page = pages.enter_context(house.page())
                drops.open_board(house, page, "grid")
                watchers.append(page)
            return watchers

        rows = [watched(author, thing, more(1), None, rounds[0]).row("The same drop in a second browser")]
        rows.append(
            watched(author, thing, more(10), None, rounds[1]).row(
                "The same drop, 10 viewers", 0.5, "The viewers are ten pages of Chromium, each a browser context."
            )
        )
        rest = many - len(watchers)
        with sessions(house, rest) as heard:
            seen = watched(author, thing, watchers, Heard(heard, rest), rounds[2])
        real = p95([time for one in seen.pages for time in one]) / 1000
        rows.append(
            seen.row(
                f"The same drop, {many} viewers",
                1.0,
                f"Ten of the viewers are pages of Chromium (their p95: {real:.2f} s); the other {rest} are Streamlit "
                "sessions without a browser, which ask for the rows as a page does but draw nothing.",
            )
        )
        return rows


@dataclass
class Heard:
    """Lines of the sessions without a browser."""

    lines: queue.Queue[str]
    count: int

    def times(self, version: int) -> list[float]:
        """When each of them had the rows of this version."""
        found: list[float] = []
        while len(found) < self.count:
            shown, at = self.lines.get(timeout=LONGEST).split()
            if int(shown) >= version:
                found.append(float(at))
        return found


def watched(author: Page, thing: str, watchers: list[Page], heard: Heard | None, rounds: int) -> Seen:
    """Drops of one author, seen by all; the first is thrown away."""
    seen = Seen()
    for turn in range(rounds + 1):
        before = author.evaluate("watch.version()")
        for page in watchers:
            page.evaluate("(than) => { globalThis.sight = watch.until(watch.isNewer(than)); }", before)
        times = drops.drop(author, thing)
        pages = [page.evaluate("globalThis.sight") - times["from"] for page in watchers]
        others = [at - times["from"] for at in heard.times(before + 1)] if heard else []
        if turn:
            seen.own.append(times["to"] - times["from"])
            seen.pages.append(pages)
            seen.sessions.append(others)
        author.wait_for_timeout(300)
    return seen


@contextlib.contextmanager
def sessions(house: House, count: int) -> Iterator[queue.Queue[str]]:
    """Screens without a browser, in a process of their own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sessions", house.app.url, str(house.case_study()), TOKEN, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line.strip())
        lines.put("ended")

    threading.Thread(target=read, daemon=True).start()
    try:
        if lines.get(timeout=120) != "ready":
            raise RuntimeError("The sessions without a browser did not come up")
        yield lines
    finally:
        process.terminate()
        process.wait()

"""docs/benchmarks.md: what was measured, how, and whether each goal is met."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import statistics
from collections.abc import Mapping, Sequence

from benchmarks.figures import Row

HOW = """\
Written by `python -m benchmarks`; see `benchmarks/`. Nothing waits for these numbers: no test, no build.

Times of one machine say nothing about another. Each line measures ours and its peer in turn (A B A B …) in one run on
one machine, and gives the ratio of each pair: the median, and the smallest and largest. The times beside it are
background. The peers run with the same `.streamlit/config.toml` as COPDash. Servers and browser
stand on loopback; Chromium runs headless at 1440×900; the case study is one of the examples. A moment is *drawn* when
the first animation frame sees it in the page.
"""

MEANS = {
    "First visit": "A new browser context with an empty cache and the cookie of a person who has said who they are "
    "opens an address. It ends when the screen's board (table, dots, canvas, bars, fields) is drawn; for the bare "
    "page, when its line is there.",
    "A drop": "A real drag with the mouse. It begins when the pointer is let go and ends when the board shows the new "
    "version and nothing waits for an answer any more: saved to disk with its log, read again, drawn. The peer begins "
    "with the Enter key in a number input and ends when the text that repeats the number has changed; it saves "
    "nothing. The change log is checked afterwards: it holds each drop.",
    "The same drop": "Author and viewers are browsers of their own. Both times begin when the author lets go; the "
    "author's ends as above, a viewer's when its own board shows the new version. With several viewers the ratio is "
    "that of the middle one, the p95 that of all viewers and drops.",
    "Grid with": "A dot in the middle is held with the mouse and led around for some seconds; the time from each "
    "animation frame to the next is noted, and the p95 of a drag is one figure. The peer is the same movement of the "
    "mouse over a page with a title and a line.",
    "Names on": "Pairs of names whose boxes on the screen share more than a pixel. The peer draws the same list with "
    "Plotly's text labels on a plot of about the same size.",
    "A network of": "The paper is held with the mouse and led around, or the wheel turned to and fro, for seconds; "
    "frames are timed as on the grid, and so is the peer.",
    "Network": "From the click in the menu to the last change of the picture (sampled each frame, none for 0.7 s "
    "after). Ours is a new case study each time, so the layout is computed and stored within the time. The peer is a "
    "Streamlit page with the same graph by pyvis, its default options, and the same vis-network; it ends when "
    "vis-network says that it is stable.",
}

MEANS["Of 100"] = MEANS["One among"] = (
    "A Streamlit session without a browser asks for a screen of a store with 100, 10 or one case study, and the time "
    "ends when the server says that the script is done. All three stores have a server of their own."
)


CAUSES = {
    "First visit": "Most of it is the browser's own work: for a menu with a choice, buttons and a component "
    "Streamlit loads and runs some thirty more pieces of itself than for a title and a line. The portfolio also waits"
    " for plotly: 5 MB, and running them takes about as long as the whole bare page. What helped: TCP_NODELAY, which "
    "Streamlit's listening socket lacks (an answer took 44 ms on loopback, now less than 1 ms); files from memory "
    "(`copdash/assets.py`); a first page that names the server's address, which Streamlit otherwise tries out in two "
    "steps 0.1 s apart, and everything the screen is going to load (`copdash/entrance.py`). What did not: announcing "
    "the pieces while every answer waited for a receipt; compressing on loopback (only browsers elsewhere get "
    "compressed files); announcing plotly. Scripts run once a first visit, so no run could be saved.",
    "A drop": "The gesture with its log and commit takes the server 2 ms, the disk 0.2 of them (so "
    "`synchronous=NORMAL` would gain nothing), the run of the fragment 6 to 8 ms of processor time. Streamlit waits "
    "some 12 ms from the pointer's release until it sends, in the peer too. After the answer React draws frame, "
    "header and menu again: about 55 ms of its functions a drop beside 10 ms in the peer; the board's own drawing is "
    "5 ms. Popovers made when they are opened spare a little; without any header the ratio was 3.0 where it was 3.4 "
    "with it.",
    "The same drop": "Each viewer's screen runs its fragment in one Python process, one after the other, 7 to 9 ms "
    "of processor time each (13 to 17 before rows were shared and a popover was made when opened; "
    "docs/decisions/0006), most of it Streamlit's, with two dozen messages a run; the author's own run waits among "
    "them. Pages of Chromium and the sessions without a browser share the same cores.",
    "Of 100": "What is made of a case study is kept until it changes; what is left is sending: the lines of 3,000 "
    "meetings are a quarter of a megabyte, those of 300 a tenth of that.",
    "One among": "The roadmap offers every other case study to be shown beside it, so the titles of all are read and "
    "sent with it.",
    "Network": "On the first opening layout, its change log and the measures take more than half of the time; opened "
    "again, with its positions kept, the smaller one is there in less than half of it. pyvis' own time differs by a "
    "factor of two from run to run. Where the peer was given up, the ratio can be no more than that time divided by "
    "ours.",
}


def written(rows: Sequence[Row], when: dt.datetime, seconds: float, loads: tuple[float, float]) -> str:
    """The whole page."""
    lines = ["# Benchmarks", "", HOW, *_table(rows), ""]
    notes = [f"- {row.what}: {note}" for row in rows for note in row.notes]
    if notes:
        lines += ["## Notes of this run", "", *notes, ""]
    if missed := _causes(rows):
        lines += ["## Why goals are missed, as far as is known", "", *missed, ""]
    lines += ["## What is measured", ""]
    lines += [
        f"- **{what} …** {text}" for what, text in MEANS.items() if any(row.what.startswith(what) for row in rows)
    ]
    lines += ["", "## This run", "", *_circumstances(when, seconds, loads), ""]
    return "\n".join(lines)


def _causes(rows: Sequence[Row]) -> list[str]:
    missed = [row.what for row in rows if not row.is_met]
    return [f"- **{what} …** {text}" for what, text in CAUSES.items() if any(one.startswith(what) for one in missed)]


def _table(rows: Sequence[Row]) -> list[str]:
    lines = [
        "| what | peer in the same run | goal | ratio: median (min to max) | met | ours, ms | peer, ms | pairs |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    return lines + [_line(row) for row in rows]


def _line(row: Row) -> str:
    goal = ", ".join(filter(None, [str(row.goal), *(f"{limit.what} ≤ {limit.seconds:g} s" for limit in row.limits)]))
    least = "at least " if row.capped else ""
    ratio = f"**{least}{row.ratio:.2f}** ({min(row.ratios):.2f} to {max(row.ratios):.2f})"
    ratio += "".join(f"; {limit.what} {limit.measured:.2f} s" for limit in row.limits)
    peer = f"{statistics.median(row.peers):.0f}" + (" (given up)" if row.capped else "")
    cells = [row.what, row.peer, goal, ratio, "yes" if row.is_met else "**no**"]
    unit = "" if row.unit == "ms" else f" {row.unit}"
    numbers = [f"{statistics.median(row.ours):.0f}{unit}", f"{peer}{unit}", str(len(row.ours))]
    return "| " + " | ".join([*cells, *numbers]) + " |"


def _circumstances(when: dt.datetime, seconds: float, loads: tuple[float, float]) -> list[str]:
    versions: Mapping[str, str] = {
        name: importlib.metadata.version(name)
        for name in ("streamlit", "sqlalchemy", "rustworkx", "pyvis", "playwright")
    }
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    cores = os.cpu_count() or 1
    busy = ""
    if max(loads) > 2.5 * cores:
        busy = " The machine was busy with other work too; ratios scatter more than on a quiet one."
    return [
        f"{when:%d %B %Y, %H:%M} UTC; {seconds / 60:.1f} minutes; {cores} cores, {platform.system()} "
        f"{platform.machine()}; load average {loads[0]:.1f} before and {loads[1]:.1f} after.{busy}",
        f"Python {platform.python_version()}, {named}; SQLite store.",
    ]


def told(row: Row) -> str:
    """A line for the terminal."""
    sign = "met   " if row.is_met else "MISSED"
    limits = "".join(f", {limit.what} {limit.measured:.2f} s (≤ {limit.seconds:g} s)" for limit in row.limits)
    goal = f", goal {row.goal}" if str(row.goal) else ""
    ours, peer = (f"{statistics.median(values):.0f} {row.unit}" for values in (row.ours, row.peers))
    return (
        f"{sign} {row.what}: {ours} beside {peer} of {row.peer}: "
        f"{row.ratio:.2f} ({min(row.ratios):.2f} to {max(row.ratios):.2f}){goal}{limits}"
    )

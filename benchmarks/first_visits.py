"""First visit of each screen, to the board drawn, beside a bare Streamlit page: nothing is in the browser's cache."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from benchmarks.figures import Goal, Row, in_turn
from benchmarks.house import House

GOAL = Goal("at most", 1.3)


@dataclass(frozen=True)
class Screen:
    """Where a screen is, and the JavaScript that says whether its board is drawn."""

    name: str
    path: str
    drawn: str


SCREENS = (
    Screen("Portfolio", "/", "watch.find('.js-plotly-plot .main-svg .point') && watch.find('canvas')"),
    Screen("Case study", "/case-study", "watch.find('[data-testid=stTextInput] input')?.value"),
    Screen("Stakeholders", "/stakeholders", "watch.version() && watch.find('.tabulator-row .tabulator-cell')"),
    Screen("Power-interest", "/power-interest", "watch.version() && watch.find('.dots .dot[style]')"),
    Screen("Rate together", "/rating", "watch.version() && watch.find('.rate-told')?.textContent"),
    Screen("Readings", "/readings", "watch.version() && watch.find('.venn-label')"),
    Screen("Network", "/network", "watch.version() && watch.find('.board canvas')?.width"),
    Screen("Meetings", "/meetings", "watch.version() && watch.find('.vis-item .handle')"),
    Screen("Import and export", "/files", "watch.find('[data-testid=stFileUploader], h1')"),
)
BARE = "document.querySelector('h1') && document.querySelector('[data-testid=stMarkdown] p')"


def run(house: House, rounds: int = 5, screens: tuple[Screen, ...] = SCREENS) -> list[Row]:
    """A row for each screen."""
    case_study = house.case_study()
    bare = functools.partial(visit, house, house.peer("bare").url, BARE)
    rows = []
    for screen in screens:
        url = f"{house.app.url}{screen.path}?case={case_study}"
        ours, peer = in_turn(rounds, functools.partial(visit, house, url, screen.drawn), bare)
        rows.append(Row(f"First visit: {screen.name}", "bare page: title and one line", GOAL, ours, peer))
    return rows


def visit(house: House, url: str, drawn: str) -> float:
    """From asking for the address to the first frame in which the screen is drawn, in a new browser context; ms."""
    with house.page() as page:
        page.goto(url, wait_until="commit")
        return float(page.evaluate(f"watch.until(() => {drawn}).then((at) => at - performance.timeOrigin)"))

"""The roadmap's timeline: a case study to plan in, and hands."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, expect

from copdash import eyes, history, meetings, milestones, store
from copdash.models import Meeting, Milestone
from copdash.roles import PROGRAM
from tests.browser.screens.around import drawn_around

AS_OF = "2021-09-15"


DATES: dict[str, Any] = {
    "starts_on": "2020-06-01",
    "ends_on": "2024-10-31",
    "launch_from": "2021-06-01",
    "launch_until": "2021-11-30",
}


@dataclass
class Map:
    """One case study of its own on the server that this module shares."""

    app: Any
    id: uuid.UUID

    def open(self, page: Page, name: str = "Marta", role: str = "Case study leader") -> None:
        self.app.enter(page, f"/meetings?case={self.id}", name, role)
        editable = "false" if role == "Viewer" else "true"
        expect(page.locator(f".board.roadmap[data-editable='{editable}']")).to_be_visible()
        self.settle(page)

    def settle(self, page: Page) -> None:
        expect(page.locator(".board.roadmap[data-waiting='0'][data-from]")).to_be_visible()
        expect(page.locator(".roadmap-timeline .vis-timeline")).to_be_visible()  # vis hides it until it is drawn
        drawn_around(page)

    def plan(self, title: str, first: str | None = None, last: str | None = None, **values: Any) -> uuid.UUID:
        with store.writing(PROGRAM, self.id) as session:
            return meetings.plan(session, self.id, title=title, starts_on=first, ends_on=last, **values).id

    def days(self, title: str) -> tuple[str, str] | None:
        """First and last day in the store of the one meeting with this title; None while it has none."""
        (row,) = [row for row in self.meetings() if row.title == title]
        return (row.starts_on.isoformat(), row.ends_on.isoformat()) if row.starts_on and row.ends_on else None

    def meetings(self) -> list[Meeting]:
        with store.reading(eyes.PROGRAM) as session:
            return meetings.of_case(session, self.id)

    def milestones(self) -> list[Milestone]:
        with store.reading(eyes.PROGRAM) as session:
            return milestones.of_case(session, self.id)

    def gestures(self) -> list[str]:
        """What people did, oldest first."""
        with store.reading(eyes.PROGRAM) as session:
            return [gesture.name for gesture in reversed(history.recent(session, self.id, limit=100))]

    def log(self, row_id: uuid.UUID) -> list[tuple[str, str, str]]:
        """What the change log says of a row, oldest first."""
        with store.reading(eyes.PROGRAM) as session:
            return [(e.label, e.before, e.after) for e in reversed(history.of_subject(session, row_id))]


def chip(page: Page, words: str) -> Locator:
    return page.locator(".roadmap-palette .chip", has=page.get_by_text(words, exact=True))


def bar(page: Page, title: str) -> Locator:
    """What takes clicks and keys of a meeting or milestone on the timeline."""
    return page.locator(".roadmap-timeline .handle", has=page.get_by_text(title, exact=True))


def closer(page: Page) -> None:
    """Half a year around the as-of date, so that a day is a few pixels wide."""
    page.get_by_role("button", name="Show three months before and after today").click()
    expect(page.locator(".board")).to_have_attribute("data-from", "2021-06-15")


def x_of(page: Page, day: str) -> float:
    """The middle of a day, reckoned from the first and last day that the board says it shows."""
    plot = page.locator(".vis-panel.vis-center").bounding_box()
    assert plot is not None
    first, last = (page.locator(".board").get_attribute(f"data-{end}") for end in ("from", "until"))
    begin, end, wanted = (dt.date.fromisoformat(str(text)).toordinal() for text in (first, last, day))
    return plot["x"] + (wanted - begin + 0.5) / (end - begin) * plot["width"]


def middle(locator: Locator) -> tuple[float, float]:
    locator.hover()
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], *, drop: bool = True) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
    page.mouse.move(*end, steps=3)
    if drop:
        page.mouse.up()


def swipe(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with a finger."""
    finger: CDPSession = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    touch("touchStart", start)
    for step in range(1, 9):
        touch("touchMove", (start[0] + (end[0] - start[0]) * step / 8, start[1] + (end[1] - start[1]) * step / 8))
    touch("touchEnd")


def drop_chip(page: Page, words: str, day: str) -> None:
    """Drag a chip of the palette onto a day."""
    drag(page, middle(chip(page, words)), (x_of(page, day), plot_y(page)))


def plot_y(page: Page) -> float:
    plot = page.locator(".vis-panel.vis-center").bounding_box()
    assert plot is not None
    return plot["y"] + 200


def grip(page: Page, title: str) -> tuple[float, float]:
    """A place on the bar itself where it can be taken."""
    bar(page, title).locator(".bar").hover(position={"x": 13, "y": 12})
    box = bar(page, title).locator(".bar").bounding_box()
    assert box is not None
    return box["x"] + 13, box["y"] + box["height"] / 2

"""The power-interest grid: a case study to rate in, and hands."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect
from sqlmodel import col, select

from copdash import case_studies, eyes, history, stakeholders, store
from copdash.models import Change, Gesture, Stakeholder
from copdash.roles import PROGRAM

FEW: list[dict[str, Any]] = [
    {"name": "Province", "group": "Local and regional authorities", "power": 8.0, "interest": 2.0},
    {"name": "Growers", "group": "Industry: agriculture", "power": 3.0, "interest": 8.0, "attitude": "Supportive"},
    {"name": "Water board", "group": "Regulators", "power": 5.0, "interest": 5.0, "membership": "Core"},
    {"name": "Anglers", "power": 1.5, "interest": 2.0},
    {"name": "Newspaper", "group": "Civil society"},
    {"name": "Bank", "group": "Industry: other", "interest": 4.0},
]


@dataclass
class Map:
    """One case study of its own on the server that this module shares."""

    app: Any
    id: uuid.UUID
    ids: dict[str, uuid.UUID] = field(default_factory=dict)

    def open(self, page: Page, name: str = "Marta", role: str = "Case study leader") -> None:
        self.app.enter(page, f"/power-interest?case={self.id}", name, role)
        expect(page.locator(".board.looking-on" if role == "Viewer" else ".board:not(.looking-on)")).to_be_visible()

    def rating(self, name: str) -> tuple[float | None, float | None]:
        with store.reading(eyes.PROGRAM) as session:
            row = session.get(Stakeholder, self.ids[name])
            assert row is not None
            return row.power, row.interest

    def log(self, name: str) -> list[tuple[str, Any, Any]]:
        """What people changed of a stakeholder, oldest first."""
        with store.reading(eyes.PROGRAM) as session:
            statement = (
                select(Change)
                .join(Gesture, col(Gesture.id) == Change.gesture_id)
                .where(Change.subject_id == self.ids[name], Gesture.actor_id != PROGRAM.id)
                .order_by(col(Change.number))
            )
            return [(change.field, change.before, change.after) for change in session.exec(statement)]

    def gestures(self) -> list[str]:
        with store.reading(eyes.PROGRAM) as session:
            return [gesture.name for gesture in reversed(history.recent(session, self.id, limit=100))]


def a_map(server: Any, rows: list[dict[str, Any]]) -> Map:
    with store.writing(PROGRAM) as session:
        case_study = case_studies.begin(session, title=f"Case {uuid.uuid4().hex[:6]}")
    ids = [uuid.uuid4() for _ in rows]
    with store.writing(PROGRAM, case_study.id) as session:
        stakeholders.add_all(session, case_study.id, list(zip(ids, rows, strict=True)))
    return Map(server, case_study.id, {row["name"]: row_id for row, row_id in zip(rows, ids, strict=True)})


def dot(page: Page, name: str) -> Locator:
    return page.locator(f".dot[aria-label^={json.dumps(f'{name}, power', ensure_ascii=False)}]")


def chip(page: Page, name: str) -> Locator:
    return page.locator(".chip", has_text=name)


def stands(page: Page, name: str | None = None) -> None:
    """Wait until the grid, or one dot, keeps its place: the card beside it takes room when it comes and goes."""
    watched = dot(page, name).locator(".mark") if name else page.locator("svg .frame")
    watched.evaluate("""async (watched) => {
      let [was, since] = ["", performance.now()];
      while (performance.now() - since < 300) {
        const { x, y, width, height } = watched.getBoundingClientRect();
        const now = [x, y, width, height].join();
        if (now !== was) [was, since] = [now, performance.now()];
        await new Promise(requestAnimationFrame);
      }
    }""")


def open_card(page: Page, name: str) -> None:
    """Click a dot and wait until its card is drawn to the end: what is above a button still grows before."""
    dot(page, name).click()
    expect(page.get_by_role("button", name="Close the card")).to_be_visible()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def center(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def place(page: Page, power: float, interest: float) -> tuple[float, float]:
    """Pixels of a rating while nothing is zoomed."""
    box = page.locator("svg .frame").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * interest / 10, box["y"] + box["height"] * (1 - power / 10)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], *, drop: bool = True) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    if drop:
        page.mouse.up()


def touch(cdp: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    cdp.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]},
    )


def touch_drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    cdp = page.context.new_cdp_session(page)
    touch(cdp, "touchStart", start)
    for step in range(1, 9):
        touch(
            cdp, "touchMove", *[(start[0] + (end[0] - start[0]) * step / 8, start[1] + (end[1] - start[1]) * step / 8)]
        )
    touch(cdp, "touchEnd")


def answered(page: Page) -> None:
    expect(page.locator(".board[data-waiting='0']")).to_be_visible()


def near(found: tuple[float | None, float | None], power: float, interest: float) -> bool:
    return found[0] == pytest.approx(power, abs=0.11) and found[1] == pytest.approx(interest, abs=0.11)

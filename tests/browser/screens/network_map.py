"""A small network in a store of its own case study, and the hands to work on it in a browser."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from copdash import case_studies, eyes, relations, stakeholders, store
from copdash.models import Change, Relation, Role, Stakeholder
from copdash.roles import Actor

PLACES = {
    "Province": (0.0, 0.0),
    "Water utility": (400.0, 0.0),
    "Growers": (800.0, 0.0),
    "Water board": (0.0, 300.0),
    "University": (400.0, 300.0),
    "Heat supplier": (800.0, 300.0),
}
SEED = Actor(uuid.UUID(int=0x5EED), "Seed", Role.KWR)
"""Who was there before; what is seeded is no part of the log that a test asks for."""
GROUPS = {"Province": "Local and regional authorities", "Water utility": "Utilities", "University": "Researchers"}


class Map:
    """A case study with six stakeholders at known places, seen from the store's side."""

    def __init__(self, url: str, *, names: dict[str, tuple[float, float]] | None = None) -> None:
        self.url = url
        self.ids: dict[str, uuid.UUID] = {}
        places = PLACES if names is None else names
        with self.writing(None) as session:
            self.case = case_studies.begin(session, title=f"Case {uuid.uuid4().hex[:6]}").id
        with self.writing() as session:
            for name in places:
                self.ids[name] = stakeholders.add(session, self.case, name=name, group=GROUPS.get(name, "")).id
            session.flush()
            if self.ids:
                stakeholders.arrange(session, {self.ids[name]: place for name, place in places.items()})

    @contextmanager
    def here(self) -> Iterator[None]:
        """`copdash.store` works on the server's file."""
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("COPDASH_DATABASE_URL", self.url)
            yield

    @contextmanager
    def writing(self, case: Any = "own") -> Iterator[Any]:
        with (
            self.here(),
            store.writing(SEED, self.case if case == "own" else case, undoable=False) as session,
        ):
            yield session

    def tie(self, start: str, end: str, **values: Any) -> uuid.UUID:
        with self.writing() as session:
            return relations.tie(session, self.case, from_id=self.ids[start], to_id=self.ids[end], **values).id

    def ties(self) -> list[tuple[str, str, str, bool, int]]:
        """The ties in the store: from, to, type, directed, strength."""
        names = {id_: name for name, id_ in self.ids.items()}
        with self.here(), store.reading(eyes.PROGRAM) as session:
            return sorted(
                (names[row.from_id], names[row.to_id], row.type, row.directed, row.strength)
                for row in relations.of_case(session, self.case)
            )

    def places(self) -> dict[str, tuple[float | None, float | None]]:
        with self.here(), store.reading(eyes.PROGRAM) as session:
            return {row.name: (row.network_x, row.network_y) for row in stakeholders.of_case(session, self.case)}

    def log(self, table: type[Relation | Stakeholder]) -> list[tuple[str, str, Any, Any]]:
        """The change log of this case study without what was seeded: who, field, before and after."""
        from sqlmodel import col, select

        from copdash.models import Gesture

        with self.here(), store.reading(eyes.PROGRAM) as session:
            found = session.exec(
                select(Gesture.actor_name, Change.field, Change.before, Change.after)
                .join(Change, col(Change.gesture_id) == Gesture.id)
                .where(
                    Change.case_study_id == self.case,
                    Change.subject == table.__tablename__,
                    Gesture.actor_id != SEED.id,
                )
                .order_by(col(Change.number))
            ).all()
        return [tuple(row) for row in found]  # type: ignore[misc]


class Screen:
    """The network screen in one browser."""

    def __init__(self, app: Any, page: Page, of: Map, *, role: str = "Case study leader", name: str = "Marta") -> None:
        self.app, self.page, self.map = app, page, of
        app.enter(page, f"/network?case={of.case}", name, role)
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        self.wait()

    @property
    def board(self) -> Locator:
        return self.page.locator(".board")

    @property
    def panel(self) -> Locator:
        return self.page.locator(".net-panel")

    def wait(self) -> None:
        """Until the picture is drawn and stands where it will stay."""
        expect(self.page.locator(".net-canvas canvas")).to_be_visible()
        self.page.wait_for_function(
            """n => {
                const boards = [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.board'));
                const handle = boards.find(Boolean)?.copdashNetwork;
                return handle && Object.keys(handle.positions()).length === n && handle.labels().length;
            }""",
            arg=len(self.map.ids),
        )
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def ask(self, what: str, argument: Any = None) -> Any:
        return self.board.evaluate(f"(board, it) => board.copdashNetwork.{what}", argument)

    def at(self, name: str) -> tuple[float, float]:
        """Where a stakeholder stands on the page."""
        spot = self.ask("domPosition(it)", str(self.map.ids[name]))
        return spot["x"], spot["y"]

    def positions(self) -> dict[str, tuple[float, float]]:
        found = self.ask("positions()")
        return {name: (found[str(id_)]["x"], found[str(id_)]["y"]) for name, id_ in self.map.ids.items()}

    def edges(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("edges()")
        return found

    def pen(self, kind: str) -> None:
        self.page.get_by_role("group", name="Draw ties").get_by_role("button", name=kind).click()

    def drag(self, start: str, to: str | tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*self.at(start))
        mouse.down()
        end = self.at(to) if isinstance(to, str) else to
        mouse.move(end[0] - 8, end[1] - 8, steps=6)
        mouse.move(*end, steps=2)
        mouse.up()

    def click(self, name: str) -> None:
        self.page.mouse.click(*self.at(name))

    def click_tie(self, tie_id: uuid.UUID) -> None:
        spot = self.ask("tieDomPosition(it)", str(tie_id))
        self.page.mouse.click(spot["x"], spot["y"])

    def saved(self) -> None:
        """Until the server has answered everything."""
        expect(self.board).to_have_attribute("data-waiting", "0")

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

"""Random work on three stores with files going back and forth: nothing is lost in silence, and all ends up the same."""

from __future__ import annotations

import itertools
import os
import shutil
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from copdash import meetings, relations, stakeholders, store, undoing
from copdash.errors import Problem
from copdash.models import Meeting, Relation, Stakeholder

from .test_case_files import ANN, BEN, Laptop, Rows

Cell = tuple[uuid.UUID, str]
UNIT = {"interest": "power", "ends_on": "starts_on"}
COMPARED = {
    "stakeholder": ("name", "country", "notes", "power", "interest"),
    "meeting": ("title", "starts_on", "ends_on"),
    "milestone": ("title",),
}
WORDS = itertools.count()


def some(session: Session, table: Any, at: int) -> Any:
    """One of the rows; raises `Problem` where there is none."""
    found = session.exec(select(table).order_by(col(table.id))).all()
    if not found:
        raise Problem("There is nothing to change.")
    return found[at % len(found)]


def edit(s: Session, case: uuid.UUID, n: int) -> None:
    field = ("country", "notes")[n % 2]
    stakeholders.edit(s, some(s, Stakeholder, n // 2).id, values={field: f"{field} {next(WORDS)}"})


def rate(s: Session, case: uuid.UUID, n: int) -> None:
    stakeholders.edit(
        s, some(s, Stakeholder, n // 2).id, values={("power", "interest")[n % 2]: next(WORDS) % 997 / 100}
    )


def tie(s: Session, case: uuid.UUID, n: int) -> None:
    ends = [some(s, Stakeholder, n).id, some(s, Stakeholder, n // 7 + n + 1).id]
    relations.tie(s, case, from_id=ends[0], to_id=ends[1], strength=n % 3 + 1)


def invite(s: Session, case: uuid.UUID, n: int) -> None:
    everybody = [row.id for row in stakeholders.of_case(s, case)]
    meetings.invite(s, some(s, Meeting, n).id, stakeholder_ids=everybody[n % 3 : n % 3 + 2])


WORK: dict[str, Callable[[Session, uuid.UUID, int], object]] = {
    "add": lambda s, case, n: stakeholders.add(s, case, name=f"Stakeholder {next(WORDS)}"),
    "edit": edit,
    "rate": rate,
    "arrange": lambda s, case, n: stakeholders.arrange(s, {some(s, Stakeholder, n).id: (n, -n)}),
    "remove": lambda s, case, n: stakeholders.remove(s, [some(s, Stakeholder, n).id]),
    "tie": tie,
    "turn": lambda s, case, n: relations.turn(s, some(s, Relation, n).id),
    "strengthen": lambda s, case, n: relations.edit(s, some(s, Relation, n).id, values={"strength": n % 3 + 1}),
    "cut": lambda s, case, n: relations.cut(s, [some(s, Relation, n).id]),
    "plan": lambda s, case, n: meetings.plan(s, case, title=f"Meeting {next(WORDS)}", starts_on="2024-05-01"),
    "reschedule": lambda s, case, n: meetings.reschedule(
        s, some(s, Meeting, n).id, starts_on=f"2024-05-{n % 28 + 1:02}", ends_on=f"2024-06-{n % 28 + 1:02}"
    ),
    "invite": invite,
    "cancel": lambda s, case, n: meetings.remove(s, [some(s, Meeting, n).id]),
    "undo": lambda s, case, n: undoing.undo(s),
    "redo": lambda s, case, n: undoing.redo(s),
}

STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(sorted(WORK)), st.integers(0, 2), st.integers(0, 60)),
        st.tuples(st.sampled_from(["edit", "rate", "remove", "tie", "invite"]), st.integers(0, 2), st.integers(0, 4)),
        st.tuples(st.just("file"), st.integers(0, 5), st.integers(0, 3)),
    ),
    min_size=4,
    max_size=22,
)
ROUTES = [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)]


class World:
    """Three laptops with the same case study, and what each of them has ever shown to its people."""

    def __init__(self, folder: Path, template: Path) -> None:
        folder.mkdir()
        self.laptops = []
        for number, actor in enumerate((ANN, BEN, ANN)):
            shutil.copyfile(template, folder / f"{number}.sqlite")
            self.laptops.append(Laptop(f"sqlite:///{(folder / f'{number}.sqlite').as_posix()}", actor))
        self.held: list[defaultdict[Cell, set[Any]]] = [defaultdict(set) for _ in self.laptops]
        self.asked: set[tuple[Cell, Any]] = set()
        self.case = self.laptops[0].begin()
        for name in ("Province", "Utility", "Mayor"):
            self.laptops[0].add(self.case, name, country="Spain", power=5, interest=5)
        self.look(0)
        for number in (1, 2):
            self.send(0, number, 0)

    def look(self, at: int) -> Rows:
        """All rows of a store, noted as seen; the log replayed equals them."""
        found = self.laptops[at].rows()
        for cell, value in cells(found).items():
            self.held[at][cell].add(value)
        return found

    def work(self, what: str, at: int, n: int) -> None:
        laptop = self.laptops[at]
        try:
            laptop.do(self.case, lambda s: WORK[what](s, self.case, n), what)
        except Problem:
            pass
        self.look(at)

    def send(self, source: int, target: int, choice: int) -> None:
        """A file goes from one to another: choice 0 keeps ours, 1 takes theirs, 2 takes theirs here and there."""
        sender, receiver = self.laptops[source], self.laptops[target]
        whole = self.look(target)
        before, theirs = cells(whole), cells(self.look(source))
        file = sender.file(self.case)
        merge = receiver.look(file)
        for line in merge.conflicts:
            row_id, _, field = line.key.partition(":")
            for both in (before, theirs):
                for (row, name), value in both.items():
                    if str(row) == row_id and (not field or UNIT.get(name, name) == field):
                        self.asked.add(((row, name), value))
        takes = [c.key for i, c in enumerate(merge.conflicts) if choice == 1 or (choice == 2 and i % 2)]
        receiver.open(file, dict.fromkeys(takes, "theirs"))
        after = cells(self.look(target))
        for cell, value in before.items():
            if after.get(cell) != value:
                assert value in self.held[source][cell] or (cell, value) in self.asked, ("lost here", cell, value)
        for cell, value in theirs.items():
            if after.get(cell) != value:
                assert value in self.held[target][cell] or (cell, value) in self.asked, ("lost there", cell, value)
        for cell, values in self.held[source].items():
            self.held[target][cell] |= values  # what was there once, and gone on from, is known with the file
        assert receiver.look(file).changes_nothing
        merged = receiver.rows()
        if choice == 3 and merged != whole and any(whole.values()):
            receiver.undo(self.case)
            assert receiver.rows() == whole
            receiver.redo(self.case)
            assert receiver.rows() == merged


def cells(found: Rows) -> dict[Cell, Any]:
    """The values that matter. Ties are left out: of one that both sides drew one stays, and a note says so."""
    return {
        (row_id, name): row[name]
        for subject in ("stakeholder", "meeting", "milestone")
        for row_id, row in found[subject].items()
        for name in COMPARED[subject]
    }


def play(world: World, steps: list[tuple[str, int, int]]) -> None:
    for what, first, second in steps:
        if what == "file":
            world.send(*ROUTES[first], second)
        else:
            world.work(what, first, second)
    for route in [(0, 1), (2, 1), (1, 0), (1, 2)]:
        world.send(*route, 0)
    everywhere = [laptop.rows() for laptop in world.laptops]
    assert everywhere[0] == everywhere[1] == everywhere[2]


@pytest.fixture
def numbered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", "")
    return (tmp_path / str(number) for number in itertools.count())


@settings(
    max_examples=int(os.environ.get("COPDASH_EXAMPLES", "12")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # making a failure smaller takes minutes here
)
@given(steps=STEPS)
def test_nothing_is_lost_in_silence_and_all_stores_end_up_the_same(
    numbered: Iterator[Path], sqlite_template: Path, steps: list[tuple[str, int, int]]
) -> None:
    world = World(next(numbered), sqlite_template)
    try:
        play(world, steps)
    finally:
        for laptop in world.laptops:
            laptop.use()
            store.close()

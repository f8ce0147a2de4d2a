"""Two people do whatever they like, in any order: nothing is overwritten unseen, and the log tells all of it.

More of it: HYPOTHESIS_STEPS=200 HYPOTHESIS_EXAMPLES=500 python -m pytest tests/test_stateful.py
"""

from __future__ import annotations

import os
import tempfile
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as given
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import col, select

from copdash import case_studies, eyes, gestures, history, relations, stakeholders, store
from copdash.models import SUBJECTS, Change, Gesture, Role, Stakeholder
from copdash.roles import Actor

PEOPLE = [Actor(uuid.UUID(int=21), "Ann", Role.LEADER), Actor(uuid.UUID(int=22), "Ben", Role.KWR)]
who = given.sampled_from(PEOPLE)
pick = given.integers(0, 99)
rating = given.one_of(given.none(), given.integers(0, 10).map(float))


class Workshop(RuleBasedStateMachine):
    """What the boards can send, from two browsers that each see the truth or something older."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.environment = pytest.MonkeyPatch()
        self.environment.setenv("COPDASH_DATABASE_URL", f"sqlite:///{Path(self.folder.name) / 'store.sqlite'}")
        self.acknowledged: list[uuid.UUID] = []

    @initialize()
    def begin(self) -> None:
        with store.writing(PEOPLE[0], undoable=False) as session:
            self.case = case_studies.begin(session, title="Workshop").id
            session.flush()
            stakeholders.add_all(session, self.case, [(uuid.uuid4(), {"name": name}) for name in "ABC"])
        self.older = self.rows()

    def rows(self) -> list[dict[str, Any]]:
        with store.reading(eyes.PROGRAM) as session:
            return [history.snapshot(row) for row in stakeholders.of_case(session, self.case)]

    def send(self, actor: Actor, name: str, **values: Any) -> str:
        gesture = {"id": str(uuid.uuid4()), "case_study_id": str(self.case), "name": name, **values}
        before = self.rows()
        (answer,) = gestures.carry_out(actor, [gesture]).values()
        if answer:
            assert self.rows() == before, "a refused gesture changed something"
        else:
            self.acknowledged.append(uuid.UUID(gesture["id"]))
        return answer

    @rule(actor=who, name=given.text(max_size=8))
    def add(self, actor: Actor, name: str) -> None:
        self.send(actor, "edited", additions=[{"id": str(uuid.uuid4()), "values": {"name": name}}])

    @rule(actor=who, n=given.integers(0, 3), notes=given.sampled_from(["", "x", "y", "z"]), stale=given.booleans())
    def edit(self, actor: Actor, n: int, notes: str, stale: bool) -> None:
        seen = self.older if stale else self.rows()
        if not seen:
            return
        row = seen[n % len(seen)]
        now = {found["id"]: found for found in self.rows()}.get(row["id"])
        edit = {"id": row["id"], "values": {"notes": notes}, "seen": {"notes": row["notes"]}}
        answer = self.send(actor, "edited", edits=[edit])
        if not answer and now is not None:
            after = {found["id"]: found for found in self.rows()}[row["id"]]
            assert row["notes"] == now["notes"] or now["notes"] == after["notes"], "overwrote what was not seen"

    @rule(actor=who, n=pick, power=rating, interest=rating)
    def move(self, actor: Actor, n: int, power: float | None, interest: float | None) -> None:
        rows = self.rows()
        if rows:
            row = rows[n % len(rows)]
            seen = {"power": row["power"], "interest": row["interest"]}
            self.send(actor, "moved", moves=[{"id": row["id"], "power": power, "interest": interest, "seen": seen}])

    @rule(actor=who, n=pick, m=pick)
    def tie(self, actor: Actor, n: int, m: int) -> None:
        rows = self.rows()
        if rows:
            ends = {"from_id": rows[n % len(rows)]["id"], "to_id": rows[m % len(rows)]["id"]}
            self.send(actor, "tied", relation_id=str(uuid.uuid4()), type="Money", **ends)

    @rule(actor=who, n=pick)
    def remove(self, actor: Actor, n: int) -> None:
        rows = self.rows()
        if rows:
            self.send(actor, "removed", stakeholder_ids=[rows[n % len(rows)]["id"]])

    @rule(actor=who)
    def undo(self, actor: Actor) -> None:
        self.send(actor, "undo")

    @rule(actor=who, n=pick)
    def undo_one_of_the_recent(self, actor: Actor, n: int) -> None:
        with store.reading(eyes.PROGRAM) as session:
            recent = [gesture.id for gesture in history.recent(session, self.case) if gesture.state == "done"]
        if not recent:
            return
        target = recent[n % len(recent)]
        before = {row["id"]: row for row in self.rows()}
        if not self.send(actor, "undo", gesture_id=str(target)):
            with store.reading(eyes.PROGRAM) as session:
                changes = session.exec(
                    select(Change).where(Change.gesture_id == target, Change.subject == "stakeholder")
                )
                for change in changes:
                    if change.field:
                        assert before[str(change.subject_id)][change.field] == change.after, "undid a later change"

    @rule(actor=who)
    def redo(self, actor: Actor) -> None:
        self.send(actor, "redo")

    @rule()
    def fall_behind(self) -> None:
        self.older = self.rows()

    @rule()
    def restart(self) -> None:
        store.close()

    @invariant()
    def the_log_replayed_is_the_tables(self) -> None:
        if not hasattr(self, "case"):
            return
        with store.reading(eyes.PROGRAM) as session:
            for subject, table in SUBJECTS.items():
                assert history.replayed(session, subject) == history.stored(session, table)
            known = {row.id for row in session.exec(select(Stakeholder))}
            for tie in relations.of_case(session, self.case):
                assert {tie.from_id, tie.to_id} <= known
            heads = list(session.exec(select(Gesture.id).where(col(Gesture.id).in_(self.acknowledged))))
        assert len(heads) == len(set(heads))
        assert set(heads) == set(self.acknowledged), "an acknowledged gesture is not in the log"

    def teardown(self) -> None:
        store.close()
        self.environment.undo()
        self.folder.cleanup()


Workshop.TestCase.settings = settings(
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "40")),
    stateful_step_count=int(os.environ.get("HYPOTHESIS_STEPS", "30")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestTwoPeopleInAnyOrder = Workshop.TestCase

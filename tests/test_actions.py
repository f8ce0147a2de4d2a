"""Actions: set, done, open again, gone and back with their stakeholder. On both databases."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from copdash import actions, case_studies, duplicates, eyes, history, meetings, stakeholders, store, undoing
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed, NotFound
from copdash.models import SUBJECTS, Action, Role
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
EVE = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)
DAY = dt.date(2021, 9, 15)


@pytest.fixture
def case(store_url: str) -> Iterator[uuid.UUID]:
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater")
    yield made.id
    with store.reading(eyes.PROGRAM) as session:
        for subject, table in SUBJECTS.items():
            assert history.replayed(session, subject) == history.stored(session, table), (
                "the change log replayed is not the table"
            )
    store.close()


def do(case: uuid.UUID, change: Callable[..., Any], actor: Actor = ANN) -> Any:
    with store.writing(actor, case) as session:
        return change(session)


def add(case: uuid.UUID, name: str = "Province") -> uuid.UUID:
    made: uuid.UUID = do(case, lambda s: stakeholders.add(s, case, name=name)).id
    return made


def call(case: uuid.UUID, who: uuid.UUID, **values: Any) -> Action:
    values = {"title": "Call", "owner": "Marta", "due_on": "2021-09-01", **values}
    made: Action = do(case, lambda s: actions.add(s, case, stakeholder_id=who, **values))
    return made


def listed(case: uuid.UUID) -> list[Action]:
    with store.reading(eyes.PROGRAM) as session:
        return actions.of_case(session, case)


def test_actions_are_listed_by_due_date_those_without_one_last(case: uuid.UUID) -> None:
    who = add(case)
    for title, due in (("b", "2021-10-01"), ("c", None), ("a", "2021-09-01")):
        call(case, who, title=title, due_on=due)
    assert [row.title for row in listed(case)] == ["a", "b", "c"]


def test_done_and_open_again_each_one_gesture_and_undone(case: uuid.UUID) -> None:
    row = call(case, add(case))
    do(case, lambda s: actions.finish(s, row.id, on=DAY))
    do(case, lambda s: actions.finish(s, row.id, on=dt.date(2022, 1, 1)))
    assert listed(case)[0].done_on == DAY
    do(case, lambda s: actions.reopen(s, row.id))
    assert listed(case)[0].done_on is None
    do(case, undoing.undo)
    assert listed(case)[0].done_on == DAY


def test_an_action_needs_words_and_a_stakeholder_of_the_case_study(case: uuid.UUID) -> None:
    who = add(case)
    with pytest.raises(Invalid, match="Action"):
        call(case, who, title="  ")
    with pytest.raises(NotFound):
        call(case, uuid.uuid4())
    with pytest.raises(NotFound):
        call(case, who, meeting_id=uuid.uuid4())
    with pytest.raises(Invalid, match="Due"):
        call(case, who, due_on="soon")


def test_deleting_the_stakeholder_takes_its_actions_along_and_undo_brings_them_back(case: uuid.UUID) -> None:
    who = add(case)
    row = call(case, who)
    do(case, lambda s: stakeholders.remove(s, [who]))
    assert listed(case) == []
    do(case, undoing.undo)
    assert [found.id for found in listed(case)] == [row.id]


def test_deleting_the_meeting_leaves_the_action_without_it_and_undo_brings_it_back(case: uuid.UUID) -> None:
    meeting = do(case, lambda s: meetings.plan(s, case, title="CoP 1"))
    row = call(case, add(case), meeting_id=meeting.id)
    do(case, lambda s: meetings.remove(s, [meeting.id]))
    assert [(found.id, found.meeting_id) for found in listed(case)] == [(row.id, None)]
    do(case, undoing.undo)
    assert listed(case)[0].meeting_id == meeting.id


def test_undoing_cannot_bring_back_a_meeting_that_is_gone(case: uuid.UUID) -> None:
    one, other = (do(case, lambda s, t=t: meetings.plan(s, case, title=t)) for t in ("CoP 1", "CoP 2"))
    row = call(case, add(case), meeting_id=one.id)
    do(case, lambda s: actions.edit(s, row.id, values={"meeting_id": other.id}, seen={"meeting_id": one.id}))
    with store.reading(eyes.PROGRAM) as session:
        changed = history.recent(session, case)[0]
    do(case, lambda s: meetings.remove(s, [one.id]))
    with pytest.raises(ChangedElsewhere, match="meeting"):
        do(case, lambda s: undoing.undo(s, changed.id))
    assert listed(case)[0].meeting_id == other.id


def test_a_field_that_somebody_else_changed_is_not_overwritten(case: uuid.UUID) -> None:
    row = call(case, add(case))
    do(case, lambda s: actions.edit(s, row.id, values={"owner": "Jan"}, seen={"owner": "Marta"}))
    do(case, lambda s: actions.edit(s, row.id, values={"due_on": "2021-12-01"}, seen={"due_on": "2021-09-01"}))
    with pytest.raises(ChangedElsewhere, match="Jan"):
        do(case, lambda s: actions.edit(s, row.id, values={"owner": "Piet"}, seen={"owner": "Marta"}))
    meeting = do(case, lambda s: meetings.plan(s, case, title="CoP 1"))
    do(case, lambda s: actions.edit(s, row.id, values={"meeting_id": meeting.id}, seen={"meeting_id": None}))
    with pytest.raises(ChangedElsewhere, match="meeting"):
        do(case, lambda s: actions.edit(s, row.id, values={"meeting_id": None}, seen={"meeting_id": uuid.uuid4()}))
    assert (listed(case)[0].owner, listed(case)[0].due_on) == ("Jan", dt.date(2021, 12, 1))


def test_actions_go_to_the_one_that_stays_of_two_that_are_the_same(case: uuid.UUID) -> None:
    one, other = add(case), add(case, "Provincie")
    row = call(case, other)

    do(case, lambda s: duplicates.merge(s, one, other, values={}))
    with store.reading(eyes.PROGRAM) as session:
        assert [found.id for found in actions.of_stakeholder(session, one)] == [row.id]
    do(case, undoing.undo)
    with store.reading(eyes.PROGRAM) as session:
        assert [found.id for found in actions.of_stakeholder(session, other)] == [row.id]


def test_a_viewer_sets_no_action(case: uuid.UUID) -> None:
    who = add(case)
    with pytest.raises(NotAllowed):
        do(case, lambda s: actions.add(s, case, stakeholder_id=who, title="Call"), EVE)

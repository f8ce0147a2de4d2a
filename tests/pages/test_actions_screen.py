"""Actions on the screens, on a real store."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import actions, case_studies, eyes, meetings, people, stakeholders, store
from copdash.models import Action, Role
from copdash.roles import PROGRAM
from copdash.ui.habits import sessions

PAGE = "mapping/actions.py"
GRID = "mapping/power_interest.py"
Started = Callable[..., AppTest]


def do(case: uuid.UUID, change: Callable[..., Any]) -> Any:
    with store.writing(PROGRAM, case) as session:
        return change(session)


def add(case: uuid.UUID, name: str = "Province", **values: Any) -> uuid.UUID:
    made: uuid.UUID = do(case, lambda s: stakeholders.add(s, case, name=name, **values)).id
    return made


def call(case: uuid.UUID, who: uuid.UUID, **values: Any) -> uuid.UUID:
    made: uuid.UUID = do(case, lambda s: actions.add(s, case, stakeholder_id=who, **{"title": "Call", **values})).id
    return made


def listed(case: uuid.UUID) -> list[Action]:
    with store.reading(eyes.PROGRAM) as session:
        return actions.of_case(session, case)


def ticks(test: AppTest) -> list[str]:
    return [box.label.replace("\\", "") for box in test.checkbox if str(box.key).startswith("action.")]


def tick(test: AppTest, action: uuid.UUID) -> Any:
    (found,) = [box for box in test.checkbox if str(box.key).startswith(f"action.{action}.done.")]
    return found


def card(started: Started, case: uuid.UUID, who: uuid.UUID, **more: Any) -> AppTest:
    test = started(GRID, case, **more)
    test.session_state[sessions.SELECTED] = str(who)
    return test.run()


def test_the_card_proposes_what_its_quadrant_asks_for_and_an_action_is_added(
    started: Started, empty_case: uuid.UUID
) -> None:
    who = add(empty_case, power=8, interest=8)
    meeting = do(empty_case, lambda s: meetings.plan(s, empty_case, title="CoP 1", starts_on="2021-10-01")).id
    test = card(started, empty_case, who)
    assert not test.exception
    assert any("give them a seat" in str(one.value) for one in test.markdown)
    form = f"action.form.{who}"
    assert "one-on-one" in str(test.radio(key=f"{form}.title.Manage closely.proposed").value)
    test.text_input(key=f"{form}.owner").set_value("Jan")
    test.date_input(key=f"{form}.due_on").set_value(dt.date(2021, 9, 30))
    test.selectbox(key=f"{form}.meeting").set_value(str(meeting))
    (submit,) = [one for one in test.button if one.label == "Add"]
    submit.click().run()
    assert not test.exception
    (row,) = listed(empty_case)
    assert (row.owner, row.due_on, row.meeting_id, row.stakeholder_id) == ("Jan", dt.date(2021, 9, 30), meeting, who)
    assert len(ticks(test)) == 1


def test_own_words_go_before_what_is_proposed(started: Started, empty_case: uuid.UUID) -> None:
    who = add(empty_case, power=8, interest=8)
    test = card(started, empty_case, who)
    test.text_input(key=f"action.form.{who}.title.Manage closely").set_value("Visit the plant together")
    (submit,) = [one for one in test.button if one.label == "Add"]
    submit.click().run()
    assert [row.title for row in listed(empty_case)] == ["Visit the plant together"]


def test_done_is_one_click_and_undo_opens_it_again(started: Started, empty_case: uuid.UUID) -> None:
    row = call(empty_case, add(empty_case))
    test = started(PAGE, empty_case)
    tick(test, row).check().run()
    assert not test.exception
    assert listed(empty_case)[0].done_on is not None
    assert ticks(test) == []
    (undo,) = [one for one in test.button if one.label == "Undo"]
    undo.click().run()
    assert listed(empty_case)[0].done_on is None
    assert ticks(test) == ["Province: Call"]


def test_overdue_is_seen_from_the_as_of_date_of_the_case_study(started: Started, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, empty_case) as session:
        case_studies.edit(session, empty_case, values={"as_of": "2021-09-15"})
    who = add(empty_case)
    for due in ("2021-09-14", "2021-09-15", "2021-09-16"):
        call(empty_case, who, title=due, due_on=due)
    test = started(PAGE, empty_case)
    assert "3 open, 1 overdue, 0 done" in [one.value for one in test.caption]
    assert ticks(test) == [f"Province: {due}" for due in ("2021-09-14", "2021-09-15", "2021-09-16")]


def test_the_list_is_narrowed_to_an_owner_and_a_meeting(started: Started, empty_case: uuid.UUID) -> None:
    who = add(empty_case)
    meeting = do(empty_case, lambda s: meetings.plan(s, empty_case, title="CoP 1")).id
    call(empty_case, who, title="a", owner="Jan", meeting_id=meeting)
    call(empty_case, who, title="b", owner="Jan")
    call(empty_case, who, title="c")
    test = started(PAGE, empty_case)
    test.selectbox(key="actions.owner").set_value("Jan").run()
    assert ticks(test) == ["Province: a", "Province: b"]
    test.selectbox(key="actions.meeting").set_value(str(meeting)).run()
    assert ticks(test) == ["Province: a"]


def test_a_viewer_sees_all_and_ticks_nothing(started: Started, empty_case: uuid.UUID) -> None:
    who = add(empty_case)
    row = call(empty_case, who)
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="eve", name="Eve", role=Role.VIEWER.value)
    test = started(PAGE, empty_case, token="eve")
    assert not test.exception
    assert tick(test, row).disabled
    assert "Add" not in [one.label for one in card(started, empty_case, who, token="eve").button]


def test_the_page_opens_for_nothing_much_and_the_unknown(
    started: Started, empty_case: uuid.UUID, large_case: uuid.UUID
) -> None:
    test = started(PAGE, empty_case)
    assert not test.exception
    assert any("Who sees to it" in str(one.value) for one in test.markdown)
    with store.reading(eyes.PROGRAM) as session:
        people_there = stakeholders.of_case(session, large_case)
    with store.writing(PROGRAM, large_case) as session:
        for row in people_there:
            actions.add(session, large_case, stakeholder_id=row.id, title="Call")
    test = started(PAGE, large_case)
    assert not test.exception
    assert len(ticks(test)) == 60
    assert not started(PAGE, uuid.uuid4()).exception

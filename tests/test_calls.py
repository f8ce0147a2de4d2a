"""One-on-one calls: begun and finished, notes that become actions, and what is different since the last one."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from copdash import (
    actions,
    agendas,
    calls,
    case_studies,
    eyes,
    history,
    meetings,
    milestones,
    preparations,
    stakeholders,
    store,
    undoing,
)
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed, NotFound
from copdash.models import SUBJECTS, Meeting, Role
from copdash.roles import PROGRAM, Actor

LEADER = Actor(uuid.uuid4(), "Marta", Role.LEADER)
KWR = Actor(uuid.uuid4(), "Kees", Role.KWR)
VIEWER = Actor(uuid.uuid4(), "Vera", Role.VIEWER)


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Water").id
        session.flush()
        meetings.plan(session, case, title="CoP 1", starts_on="2021-09-15", certainty="Confirmed")
        meetings.plan(session, case, title="CoP 2", starts_on="2021-11-03")
        milestones.set_up(session, case, title="Pilot", due_on="2022-03-01")
    return case


def do(actor: Actor, case: uuid.UUID, verb: Any, *args: Any, name: str = "tried", **values: Any) -> Any:
    with store.writing(actor, case) as session:
        found = verb(session, *args, **values)
        return getattr(found, "id", found)


def ask(question: Any, *args: Any) -> Any:
    with store.reading(eyes.PROGRAM) as session:
        return question(session, *args)


def news(case: uuid.UUID, moment: dt.datetime) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.title: (one.kind, one.sentences) for one in ask(calls.news_since, case, moment)}


def meeting(case: uuid.UUID, title: str) -> uuid.UUID:
    planned: list[Meeting] = ask(meetings.of_case, case)
    return next(row.id for row in planned if row.title == title)


def test_a_call_knows_who_speaks_and_when_it_ended_and_is_undone_step_by_step(case: uuid.UUID) -> None:
    do(LEADER, case, meetings.edit, meeting(case, "CoP 1"), values={"place": "Town hall"})
    call = do(KWR, case, calls.begin, case)
    assert ask(calls.under_way, case).people == "Kees, Marta"
    with pytest.raises(Invalid):
        do(LEADER, case, calls.begin, case)
    do(LEADER, case, calls.edit, call, values={"people": "Kees, Marta, Ana"}, seen={"people": "Kees, Marta"})
    with pytest.raises(ChangedElsewhere):
        do(KWR, case, calls.edit, call, values={"people": "Kees"}, seen={"people": "Kees, Marta"})
    do(KWR, case, calls.finish, call)
    assert ask(calls.under_way, case) is None
    (last,) = ask(calls.of_case, case)
    assert last.people == "Kees, Marta, Ana"
    assert last.begun_at <= last.ended_at
    do(KWR, case, undoing.undo)
    assert ask(calls.under_way, case).id == call
    do(KWR, case, undoing.redo)
    assert ask(calls.under_way, case) is None


def test_a_viewer_may_not_speak_for_the_record(case: uuid.UUID) -> None:
    with pytest.raises(NotAllowed):
        do(VIEWER, case, calls.begin, case)


def test_a_note_becomes_an_action_in_one_gesture_and_undo_makes_it_a_note_again(case: uuid.UUID) -> None:
    call = do(KWR, case, calls.begin, case)
    note = do(KWR, case, calls.note, call, text="Marta: invite the irrigators by 15 Oct")
    do(LEADER, case, calls.note, call, text="The province is new to this")
    do(KWR, case, calls.agree, note, title="Invite the irrigators", owner="Marta", due_on="2021-10-15")
    (made,) = ask(actions.of_case, case)
    assert (made.title, made.owner, made.due_on, made.call_id) == (
        "Invite the irrigators",
        "Marta",
        dt.date(2021, 10, 15),
        call,
    )
    assert made.stakeholder_id is None
    assert [row.text for row in ask(calls.notes_of_case, case)[call]] == ["The province is new to this"]
    do(KWR, case, undoing.undo)
    assert ask(actions.of_case, case) == []
    assert len(ask(calls.notes_of_case, case)[call]) == 2


def test_a_deleted_call_takes_its_notes_along_and_leaves_its_actions(case: uuid.UUID) -> None:
    call = do(KWR, case, calls.begin, case)
    do(KWR, case, calls.note, call, text="Good progress")
    made = do(KWR, case, actions.add, case, title="Write", call_id=call)
    do(KWR, case, calls.remove, call)
    assert ask(calls.of_case, case) == []
    assert ask(calls.notes_of_case, case) == {}
    (left,) = ask(actions.of_case, case)
    assert (left.id, left.call_id) == (made, None)
    do(KWR, case, undoing.undo)
    assert ask(actions.of_case, case)[0].call_id == call
    assert len(ask(calls.notes_of_case, case)[call]) == 1


def test_a_call_whose_note_is_another_s_cannot_be_undone_away(case: uuid.UUID) -> None:
    call = do(KWR, case, calls.begin, case)
    do(LEADER, case, calls.note, call, text="Wait")
    with pytest.raises(ChangedElsewhere):
        do(KWR, case, undoing.undo)


def test_an_action_of_another_case_study_s_call_is_refused(case: uuid.UUID) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        other = case_studies.begin(session, title="Other").id
    call = do(KWR, other, calls.begin, other)
    with pytest.raises((NotFound, Invalid)):
        do(KWR, case, actions.add, case, title="Write", call_id=call)


def test_empty_notes_are_refused(case: uuid.UUID) -> None:
    call = do(KWR, case, calls.begin, case)
    with pytest.raises(Invalid):
        do(KWR, case, calls.note, call, text=" \n ")


def test_what_is_different_since_a_moment_is_told_then_against_now(case: uuid.UUID) -> None:
    first, second = meeting(case, "CoP 1"), meeting(case, "CoP 2")
    who = do(LEADER, case, lambda s: stakeholders.add(s, case, name="Province"))
    moment = dt.datetime.now(dt.UTC)
    do(LEADER, case, meetings.reschedule, first, starts_on="2021-09-20")
    do(LEADER, case, meetings.reschedule, first, starts_on="2021-09-22")
    do(LEADER, case, meetings.edit, first, values={"certainty": "Planned", "moved_because": "Elections"})
    do(LEADER, case, agendas.add, second, activity="Welcome", minutes=30)
    do(LEADER, case, meetings.invite, second, stakeholder_ids=[who])
    do(LEADER, case, preparations.add, second, title="Invite")
    do(LEADER, case, meetings.plan, case, title="CoP 3", starts_on="2022-01-12")
    (mark,) = ask(milestones.of_case, case)
    do(LEADER, case, milestones.remove, [mark.id])
    do(LEADER, case, stakeholders.edit, who, values={"name": "The province"})
    found = news(case, moment)
    assert found["CoP 1"] == (
        "moved",
        (
            "moved from 15 Sep 2021 to 22 Sep 2021, 7 days later",
            "now planned, was confirmed",
            "because: Elections",
        ),
    )
    assert found["CoP 2"] == ("changed", ("1 more invited", "agenda changed", "1 task more"))
    assert found["CoP 3"] == ("new", ("new, on 12 Jan 2022",))
    assert found["Pilot"] == ("gone", ("deleted; it stood on 1 Mar 2022",))
    assert found["Stakeholders"] == ("changed", ("1 changed",))
    ghost = next(one for one in ask(calls.news_since, case, moment) if one.title == "CoP 1")
    assert (ghost.first, ghost.last, ghost.by) == (dt.date(2021, 9, 15), dt.date(2021, 9, 15), ("Marta",))


def test_what_was_changed_and_undone_is_no_news(case: uuid.UUID) -> None:
    moment = dt.datetime.now(dt.UTC)
    row = meeting(case, "CoP 1")
    do(LEADER, case, meetings.reschedule, row, starts_on="2021-09-22")
    do(LEADER, case, undoing.undo)
    do(LEADER, case, meetings.remove, [row])
    do(LEADER, case, undoing.undo)
    made = do(LEADER, case, meetings.plan, case, title="CoP 9")
    do(LEADER, case, meetings.remove, [made])
    assert news(case, moment) == {}


def test_the_log_replayed_is_the_tables(case: uuid.UUID) -> None:
    call = do(KWR, case, calls.begin, case)
    note = do(KWR, case, calls.note, call, text="Write")
    do(KWR, case, calls.edit_note, note, values={"text": "Write it down"}, seen={"text": "Write"})
    do(KWR, case, calls.agree, note, title="Write", owner="Kees", due_on="2021-10-01")
    do(KWR, case, calls.finish, call)
    with store.reading(eyes.PROGRAM) as session:
        for subject in ("call", "note", "action"):
            rows = history.stored(session, SUBJECTS[subject])
            assert history.replayed(session, subject) == rows

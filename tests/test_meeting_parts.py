"""Agenda, tasks, parts and milestones of meetings: verbs, what goes with a meeting, and undo of all of it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from copdash import (
    agendas,
    baselines,
    case_studies,
    duplicates,
    eyes,
    history,
    meetings,
    milestones,
    preparations,
    stakeholders,
    store,
    undoing,
)
from copdash.analysis.roadmap_settings import Settings
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed, NotFound
from copdash.models import SUBJECTS, AgendaBlock, Contribution, Invitation, Meeting, Preparation, Role
from copdash.roles import PROGRAM, Actor

MARTA = Actor(uuid.uuid4(), "Marta", Role.LEADER)
VIEWER = Actor(uuid.uuid4(), "Vera", Role.VIEWER)


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        return case_studies.begin(session, title="Water").id


def do(case: uuid.UUID, verb: Any, *args: Any, actor: Actor = MARTA, **values: Any) -> Any:
    with store.writing(actor, case) as session:
        found = verb(session, *args, **values)
        return getattr(found, "id", found)


def count(table: Any) -> int:
    from sqlmodel import select

    with store.reading(eyes.PROGRAM) as session:
        return len(session.exec(select(table)).all())


def a_full_meeting(case: uuid.UUID) -> uuid.UUID:
    row: uuid.UUID = do(case, meetings.plan, case, title="CoP 1", starts_on="2021-09-15")
    who = do(case, stakeholders.add, case, name="Province")
    mark = do(case, milestones.set_up, case, title="Pilot", due_on="2021-12-01")
    do(case, meetings.invite, row, stakeholder_ids=[who])
    do(case, meetings.cast, row, who, values={"role": "Speaker"}, seen={"role": "Participant"})
    do(case, meetings.prepare, row, milestone_ids=[mark])
    do(case, agendas.add, row, activity="Welcome", minutes=30)
    do(case, preparations.add, row, title="Send invitations", due_on="2021-09-01")
    return row


def test_a_meeting_takes_all_its_parts_along_and_undo_brings_them_back(case: uuid.UUID) -> None:
    row = a_full_meeting(case)
    do(case, meetings.remove, [row])
    assert [count(table) for table in (Meeting, AgendaBlock, Preparation, Contribution, Invitation)] == [0] * 5
    do(case, undoing.undo)
    assert [count(table) for table in (Meeting, AgendaBlock, Preparation, Contribution, Invitation)] == [1] * 5
    with store.reading(eyes.PROGRAM) as session:
        assert list(meetings.roles(session, case)[row].values()) == ["Speaker"]
        for subject in SUBJECTS:
            assert set(history.replayed(session, subject)) is not None


def test_a_milestone_takes_its_links_along(case: uuid.UUID) -> None:
    row = a_full_meeting(case)
    with store.reading(eyes.PROGRAM) as session:
        (mark,) = meetings.prepared(session, case)[row]
    do(case, milestones.remove, [mark])
    assert count(Contribution) == 0
    do(case, undoing.undo)
    assert count(Contribution) == 1


def test_the_plan_of_a_day_adds_up(case: uuid.UUID) -> None:
    row = do(case, meetings.plan, case, title="CoP 1", day_starts_at="9.30")
    for activity, minutes in (("Welcome", 30), ("World café", 90), ("Lunch", 60)):
        do(case, agendas.add, row, activity=activity, minutes=minutes)
    with store.reading(eyes.PROGRAM) as session:
        blocks = agendas.by_meeting(session, [row])[row]
        meeting = session.get(Meeting, row)
        assert meeting is not None
        assert agendas.times(meeting.day_starts_at, blocks) == ["09:30", "10:00", "11:30", "12:30"]
        assert agendas.times("", blocks) == []
        assert agendas.gaps(blocks) == []


def test_an_order_of_blocks_that_somebody_changed_is_not_overwritten(case: uuid.UUID) -> None:
    row = do(case, meetings.plan, case, title="CoP 1")
    one = do(case, agendas.add, row, activity="One")
    two = do(case, agendas.add, row, activity="Two")
    do(case, agendas.arrange, row, [two, one])
    with store.reading(eyes.PROGRAM) as session:
        assert [block.activity for block in agendas.by_meeting(session, [row])[row]] == ["Two", "One"]
    do(case, agendas.remove, [one])
    with pytest.raises(ChangedElsewhere):
        do(case, agendas.arrange, row, [one, two])


def test_two_long_hours_without_a_break_are_said() -> None:
    blocks = [AgendaBlock(activity=what, minutes=90) for what in ("Talk", "Questions")]
    assert agendas.gaps(blocks) == ["More than two hours without a break by the end of Questions."]
    between = AgendaBlock(activity="Coffee", minutes=15)
    assert agendas.gaps([blocks[0], between, blocks[1]]) == []


@pytest.mark.parametrize("values", [{"minutes": -1}, {"minutes": "soon"}, {"minutes": 1441}, {"activity": " "}])
def test_nonsense_in_an_agenda_is_refused(case: uuid.UUID, values: dict[str, Any]) -> None:
    row = do(case, meetings.plan, case, title="CoP 1")
    with pytest.raises(Invalid):
        do(case, agendas.add, row, **{"activity": "Talk", **values})


def test_a_task_is_done_and_reopened_and_a_viewer_cannot(case: uuid.UUID) -> None:
    row = do(case, meetings.plan, case, title="CoP 1")
    task = do(case, preparations.add, row, title="Book the room", due_on="2021-09-01")
    do(case, preparations.edit, task, values={"done_on": "2021-08-30"}, seen={"done_on": None})
    with pytest.raises(ChangedElsewhere):
        do(case, preparations.edit, task, values={"done_on": "2021-08-31"}, seen={"done_on": None})
    with pytest.raises(NotAllowed):
        do(case, preparations.remove, [task], actor=VIEWER)


def test_a_time_of_day_is_understood_or_refused(case: uuid.UUID) -> None:
    row = do(case, meetings.plan, case, title="CoP 1", day_starts_at="8h05")
    with store.reading(eyes.PROGRAM) as session:
        found = session.get(Meeting, row)
        assert found is not None
        assert found.day_starts_at == "08:05"
    with pytest.raises(Invalid):
        do(case, meetings.plan, case, title="CoP 2", day_starts_at="25:00")


def test_checks_that_somebody_else_chose_meanwhile_are_not_overwritten(case: uuid.UUID) -> None:
    do(case, baselines.check_by, case, Settings(frozenset({"no_moderator"}), {}), seen="")
    with pytest.raises(ChangedElsewhere):
        do(case, baselines.check_by, case, Settings(frozenset(), {"gap_months": 9}), seen="")
    with store.reading(eyes.PROGRAM) as session:
        kept = case_studies.get(session, case).roadmap_rules
    assert "no_moderator" in kept
    do(case, baselines.check_by, case, Settings(frozenset(), {"gap_months": 9}), seen=kept)


# ---- who came -------------------------------------------------------------------------------------------------------


def came_to(case: uuid.UUID, meeting_id: uuid.UUID) -> set[uuid.UUID]:
    with store.reading(eyes.PROGRAM) as session:
        return set(meetings.attended(session, case).get(meeting_id, []))


def two_invited(case: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    row: uuid.UUID = do(case, meetings.plan, case, title="CoP 1", starts_on="2021-09-15")
    who = [do(case, stakeholders.add, case, name=name) for name in ("Province", "Farmers")]
    do(case, meetings.invite, row, stakeholder_ids=who)
    return row, who[0], who[1]


def test_who_came_is_noted_for_each_and_undone(case: uuid.UUID) -> None:
    row, province, farmers = two_invited(case)
    do(case, meetings.note_attended, row, stakeholder_ids=[province], seen=[])
    assert came_to(case, row) == {province}
    do(case, meetings.note_attended, row, stakeholder_ids=[province, farmers], seen=[province])
    assert came_to(case, row) == {province, farmers}
    do(case, undoing.undo)
    assert came_to(case, row) == {province}


def test_two_people_note_attendance_at_once_and_both_land(case: uuid.UUID) -> None:
    row, province, farmers = two_invited(case)
    do(case, meetings.note_attended, row, stakeholder_ids=[province], seen=[])
    do(case, meetings.note_attended, row, stakeholder_ids=[farmers], seen=[])
    assert came_to(case, row) == {province, farmers}
    do(case, meetings.note_attended, row, stakeholder_ids=[farmers], seen=[province, farmers])
    assert came_to(case, row) == {farmers}


def test_only_the_invited_can_be_noted_and_only_by_editors(case: uuid.UUID) -> None:
    row, _, _ = two_invited(case)
    stranger = do(case, stakeholders.add, case, name="Brewery")
    with pytest.raises(NotFound):
        do(case, meetings.note_attended, row, stakeholder_ids=[stranger], seen=[])
    with pytest.raises(NotAllowed):
        do(case, meetings.note_attended, row, stakeholder_ids=[], actor=VIEWER)


def test_who_came_stays_when_two_stakeholders_become_one(case: uuid.UUID) -> None:
    row, province, farmers = two_invited(case)
    do(case, meetings.note_attended, row, stakeholder_ids=[farmers], seen=[])
    do(case, duplicates.merge, province, farmers, values={})
    assert came_to(case, row) == {province}

"""Meetings that come again: made, shifted and ended in one gesture each, on both databases."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from copdash import case_studies, eyes, meeting_series, meetings, roadmap_templates, store, undoing
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed
from copdash.models import Meeting, Role
from copdash.roles import PROGRAM, Actor

MARTA = Actor(uuid.uuid4(), "Marta", Role.LEADER)
VIEWER = Actor(uuid.uuid4(), "Vera", Role.VIEWER)
DAYS = [dt.date(2021, 10, 5) + dt.timedelta(weeks=4 * number) for number in range(5)]


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        return case_studies.begin(session, title="Water").id


def do(case: uuid.UUID, verb: Any, *args: Any, actor: Actor = MARTA, **values: Any) -> Any:
    with store.writing(actor, case) as session:
        return verb(session, *args, **values)


def planned(case: uuid.UUID) -> list[Meeting]:
    with store.reading(eyes.PROGRAM) as session:
        return meetings.of_case(session, case)


def days_of(case: uuid.UUID) -> list[dt.date | None]:
    return [row.starts_on for row in planned(case)]


def check_ins(case: uuid.UUID) -> list[Meeting]:
    do(case, meeting_series.plan, case, days=DAYS, title="Check-in")
    return planned(case)


def seen(rows: list[Meeting]) -> dict[uuid.UUID, dt.date]:
    return {row.id: row.starts_on for row in rows if row.starts_on}


def test_a_series_is_one_gesture_and_one_undo(case: uuid.UUID) -> None:
    rows = check_ins(case)
    assert [row.starts_on for row in rows] == DAYS
    assert len({row.series_id for row in rows}) == 1
    assert {(row.kind, row.format) for row in rows} == {("One-on-one", "Online")}
    do(case, undoing.undo)
    assert planned(case) == []
    do(case, undoing.redo)
    assert len(meeting_series.of(planned(case)[2], planned(case))) == 5


def test_this_and_later_move_together_and_held_ones_stay(case: uuid.UUID) -> None:
    rows = check_ins(case)
    do(case, meetings.edit, rows[3].id, values={"certainty": "Held"})
    later = meeting_series.later(rows[1], planned(case))
    assert [row.starts_on for row in later] == [DAYS[2], DAYS[4]]
    do(case, meeting_series.shift, seen([rows[1], *later]), days=7)
    week = dt.timedelta(days=7)
    assert days_of(case) == [DAYS[0], DAYS[1] + week, DAYS[2] + week, DAYS[3], DAYS[4] + week]
    do(case, undoing.undo)
    assert days_of(case) == DAYS


def test_after_one_was_dragged_the_later_ones_follow_from_where_it_was(case: uuid.UUID) -> None:
    rows = check_ins(case)
    do(case, meetings.reschedule, rows[1].id, starts_on="2021-12-20")  # past its neighbour
    moved = next(row for row in planned(case) if row.id == rows[1].id)
    assert [row.id for row in meeting_series.later(moved, planned(case), than=DAYS[1])] == [row.id for row in rows[2:]]


def test_a_meeting_that_somebody_moved_meanwhile_stops_the_shift(case: uuid.UUID) -> None:
    rows = check_ins(case)
    do(case, meetings.reschedule, rows[4].id, starts_on="2022-03-01")
    with pytest.raises(ChangedElsewhere, match="by now"):
        do(case, meeting_series.shift, seen(rows), days=7)
    assert days_of(case)[:4] == DAYS[:4]


def test_a_series_ends_after_one_of_them_and_comes_back(case: uuid.UUID) -> None:
    rows = check_ins(case)
    do(case, meeting_series.end, [row.id for row in meeting_series.later(rows[1], rows)])
    assert days_of(case) == DAYS[:2]
    do(case, undoing.undo)
    assert days_of(case) == DAYS


def test_one_of_them_can_leave_and_then_stands_alone(case: uuid.UUID) -> None:
    rows = check_ins(case)
    do(case, meeting_series.leave, rows[2].id)
    now = planned(case)
    assert meeting_series.of(now[2], now) == []
    assert len(meeting_series.of(now[0], now)) == 4


def test_nonsense_and_viewers_are_refused(case: uuid.UUID) -> None:
    with pytest.raises(Invalid):
        do(case, meeting_series.plan, case, days=DAYS[:1], title="Check-in")
    with pytest.raises(Invalid):
        do(case, meeting_series.shift, {}, days=0)
    with pytest.raises(NotAllowed):
        do(case, meeting_series.plan, case, days=DAYS, title="Check-in", actor=VIEWER)


def test_a_copied_roadmap_keeps_its_series_apart_from_the_original(case: uuid.UUID) -> None:
    rows = check_ins(case)
    with store.writing(PROGRAM, undoable=False) as session:
        other = case_studies.begin(session, title="Other").id
    do(other, roadmap_templates.copy, other, case)
    copied = planned(other)
    assert len({row.series_id for row in copied}) == 1
    assert copied[0].series_id not in (None, rows[0].series_id)

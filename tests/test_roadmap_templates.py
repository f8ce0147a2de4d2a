"""A roadmap begun from a series or from another case study: where it lands, and that it is one gesture."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from copdash import agendas, case_studies, eyes, meetings, preparations, roadmap_templates, store, undoing
from copdash.analysis import public_holidays, series
from copdash.errors import Invalid, NotFound
from copdash.models import CaseStudy, Meeting, Role
from copdash.roles import PROGRAM, Actor

MARTA = Actor(uuid.uuid4(), "Marta", Role.LEADER)
DATES: dict[str, Any] = {
    "starts_on": dt.date(2020, 6, 1),
    "ends_on": dt.date(2024, 5, 30),
    "launch_from": dt.date(2021, 6, 1),
    "launch_until": dt.date(2021, 11, 30),
    "country": "Spain",
}


def begun(title: str, **values: Any) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        return case_studies.begin(session, title=title, **values).id


def planned(case: uuid.UUID) -> list[Meeting]:
    with store.reading(eyes.PROGRAM) as session:
        return meetings.of_case(session, case)


@pytest.mark.parametrize(("name", "count"), [("four", 4), ("six", 6)])
def test_a_series_lies_between_the_dates_on_working_days_and_is_one_gesture(
    store_url: str, name: str, count: int
) -> None:
    case = begun("Water", **DATES)
    with store.writing(MARTA, case) as session:
        roadmap_templates.begin(session, case, name)
    days = [row.starts_on for row in planned(case) if row.starts_on]
    assert len(days) == count
    assert dt.date(2021, 6, 1) <= days[0] <= dt.date(2021, 11, 30)
    assert days == sorted(days)
    assert days[-1] < dt.date(2024, 5, 30)
    assert all(day.weekday() in (1, 2, 3) and not public_holidays.holiday("Spain", day) for day in days)
    with store.writing(MARTA, case) as session:
        undoing.undo(session)
    assert planned(case) == []


@pytest.mark.parametrize(
    "values",
    [{}, {"launch_until": dt.date(2021, 11, 30)}, {"starts_on": dt.date(2020, 6, 1)}, {"ends_on": dt.date(2020, 1, 1)}],
)
def test_a_series_has_days_whatever_dates_are_missing(values: dict[str, Any]) -> None:
    days = [one["starts_on"] for one in series.laid_out(series.SERIES["six"], CaseStudy(**values), dt.date(2021, 1, 1))]
    assert len(set(days)) == 6
    assert days == sorted(days)


def test_a_copy_takes_agenda_and_tasks_along_and_leaves_people_and_places(store_url: str) -> None:
    there, here = begun("There", **DATES), begun("Here", starts_on=dt.date(2021, 6, 1))
    with store.writing(MARTA, there) as session:
        row = meetings.plan(
            session, there, title="CoP 1", starts_on="2021-09-15", goals="See", moderator="Kim", place="Town hall"
        )
        session.flush()
        agendas.add(session, row.id, activity="Welcome", minutes=30, lead="Kim")
        preparations.add(session, row.id, title="Invite", due_on="2021-09-01", owner="Kim")
        meetings.plan(session, there, title="Not this", certainty="Cancelled")
    with store.writing(MARTA, here) as session:
        roadmap_templates.copy(session, here, there)
    (copied,) = planned(here)
    assert (copied.title, copied.goals, copied.moderator, copied.place) == ("CoP 1", "See", "", "")
    assert copied.starts_on == dt.date(2022, 9, 14)
    with store.reading(eyes.PROGRAM) as session:
        (block,) = agendas.by_meeting(session, [copied.id])[copied.id]
        (task,) = preparations.of_case(session, here)
    assert (block.activity, block.minutes, block.lead) == ("Welcome", 30, "")
    assert (task.title, task.owner, task.due_on) == ("Invite", "", dt.date(2022, 8, 31))
    with store.writing(MARTA, here) as session:
        undoing.undo(session)
    assert planned(here) == []
    assert len(planned(there)) == 2


def test_what_is_not_there_cannot_be_begun_or_copied(store_url: str) -> None:
    case = begun("Water")
    with pytest.raises(Invalid), store.writing(MARTA, case) as session:
        roadmap_templates.begin(session, case, "seven")
    with pytest.raises(NotFound), store.writing(MARTA, case) as session:
        roadmap_templates.copy(session, case, uuid.uuid4())

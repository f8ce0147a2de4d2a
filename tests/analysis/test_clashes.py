"""Who is wanted in two case studies on one day, and where a series of meetings lands."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from copdash.analysis.clashes import clashes
from copdash.models import Meeting


def meeting(day: str, last: str | None = None, **values: Any) -> Meeting:
    first = dt.date.fromisoformat(day)
    return Meeting(
        case_study_id=uuid.uuid4(),
        starts_on=first,
        ends_on=dt.date.fromisoformat(last) if last else first,
        **{"title": "CoP 1", "certainty": "Planned", **values},
    )


def test_one_person_on_one_day_in_two_case_studies_is_a_clash() -> None:
    here = meeting("2021-09-14", "2021-09-15", moderator="Kim Larsen")
    there = meeting("2021-09-15", organiser="kim  larsen", title="Visit")
    (found,) = clashes([("Here", [here]), ("There", [there])])
    assert (found.day, found.who) == (dt.date(2021, 9, 15), "Kim Larsen")
    assert (found.one, found.other) == ("Here (CoP 1)", "There (Visit)")
    assert (found.one_id, found.other_id) == (str(here.id), str(there.id))


def test_two_days_of_the_same_two_meetings_are_one_clash() -> None:
    here = meeting("2021-09-14", "2021-09-16", moderator="Kim Larsen")
    there = meeting("2021-09-15", "2021-09-18", moderator="Kim Larsen")
    (found,) = clashes([("Here", [here]), ("There", [there])])
    assert (found.day, found.last) == (dt.date(2021, 9, 15), dt.date(2021, 9, 16))
    again = meeting("2021-09-18", moderator="Kim Larsen")
    assert len(clashes([("Here", [here, again]), ("There", [there])])) == 2


def test_another_day_the_same_case_study_nobody_and_the_past_are_none() -> None:
    kim = {"moderator": "Kim"}
    assert clashes([("Here", [meeting("2021-09-14", **kim)]), ("There", [meeting("2021-09-15", **kim)])]) == []
    assert clashes([("Here", [meeting("2021-09-14", **kim), meeting("2021-09-14", **kim)])]) == []
    assert clashes([("Here", [meeting("2021-09-14")]), ("There", [meeting("2021-09-14")])]) == []
    held = meeting("2021-09-14", certainty="Held", **kim)
    assert clashes([("Here", [held]), ("There", [meeting("2021-09-14", **kim)])]) == []

"""Which ties are looked at, and which count."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from copdash.analysis.filters import Filter, counted, lasts
from copdash.models import Relation

DAY = dt.date(2021, 6, 1)


def tie(**values: Any) -> Relation:
    ends: dict[str, Any] = {"case_study_id": uuid.UUID(int=1), "from_id": uuid.UUID(int=2), "to_id": uuid.UUID(int=3)}
    return Relation(**ends, **values)


def test_nothing_chosen_shows_all_and_counts_what_exists() -> None:
    ties = [tie(), tie(type="Money", status="Wanted"), tie(strength=3)]
    assert all(Filter().shows(one) for one in ties)
    assert counted(ties) == [ties[0], ties[2]]


@pytest.mark.parametrize(
    ("chosen", "values", "is_shown"),
    [
        (Filter(types=frozenset({"Money"})), {"type": "Money"}, True),
        (Filter(types=frozenset({"Money"})), {"type": "Advice"}, False),
        (Filter(types=frozenset()), {}, False),
        (Filter(strength=2), {"strength": 1}, False),
        (Filter(strength=2), {"strength": 3}, True),
        (Filter(status="Wanted"), {}, False),
        (Filter(status="Wanted"), {"status": "Wanted"}, True),
        (Filter(day=DAY), {"since": dt.date(2021, 6, 2)}, False),
        (Filter(day=DAY), {"since": DAY, "until": DAY}, True),
        (Filter(day=DAY), {"until": dt.date(2021, 5, 31)}, False),
    ],
)
def test_a_filter_shows_what_meets_all_of_it(chosen: Filter, values: dict[str, Any], is_shown: bool) -> None:
    assert chosen.shows(tie(**values)) is is_shown


def test_an_unknown_beginning_or_end_is_no_limit() -> None:
    assert lasts(tie(), DAY)
    assert lasts(tie(since=dt.date(2020, 1, 1)), DAY)
    assert lasts(tie(until=dt.date(2022, 1, 1)), DAY)

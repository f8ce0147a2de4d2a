"""What the network board is told, from rows alone."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from typing import Any

import pytest

from copdash.analysis.filters import Filter
from copdash.models import Meeting, Relation, Stakeholder
from copdash.ui.mapping import network_rows
from copdash.ui.mapping.network_rows import Map

CASE = uuid.UUID(int=1)
GROUPS = ("Utilities", "Regulators", "Researchers", "End users")


def a_map(n: int, m: int) -> Map:
    chance = random.Random(n)
    people = [
        Stakeholder(
            id=uuid.UUID(int=1000 + i),
            case_study_id=CASE,
            name=f"S{i}",
            group=GROUPS[i % 4],
            network_x=200.0 * (i % 32),
            network_y=150.0 * (i // 32),
        )
        for i in range(n)
    ]
    ties = []
    for i in range(m):
        a, b = chance.sample(people, 2)
        ties.append(Relation(id=uuid.UUID(int=9000 + i), case_study_id=CASE, from_id=a.id, to_id=b.id))
    return Map(1, people, ties)


def told(found: Map, **values: Any) -> Any:
    return network_rows.of(
        found, values.pop("size", "degree"), values.pop("chosen", Filter()), with_meetings=values.pop("meetings", False)
    )


@pytest.mark.parametrize(
    ("state", "chosen"),
    [
        (None, Filter()),
        (
            {"types": ["Money", "<b>"], "strength": 2, "status": "Wanted", "day": "2021-06-01"},
            Filter(frozenset({"Money"}), 2, "Wanted", dt.date(2021, 6, 1)),
        ),
        ({"types": None, "strength": 1, "status": "", "day": "", "version": "", "meetings": False}, Filter()),
        ({"types": [["x"]], "strength": 1}, Filter()),
        ({"strength": 99}, Filter()),
        ({"day": "yesterday"}, Filter()),
        ({"status": "Gone"}, Filter()),
        ("types", Filter()),
    ],
)
def test_what_a_browser_says_is_shown_is_read_with_care(state: object, chosen: Filter) -> None:
    assert network_rows.shown(state) == chosen


def test_a_thousand_stakeholders_and_three_thousand_ties_are_told_as_json() -> None:
    rows = told(a_map(1000, 3000))
    assert len(rows["standings"]) == 1000
    assert len(rows["introductions"]) == 3
    assert len(json.dumps(rows)) < 4_000_000


def test_moving_somebody_computes_nothing_anew() -> None:
    found = a_map(60, 120)
    before = network_rows.reckon(found, found.ties)
    found.stakeholders[0].network_x = 5.0
    assert network_rows.reckon(found, found.ties) is before


def test_wanted_and_hidden_ties_are_in_no_measure() -> None:
    found = a_map(20, 30)
    found.ties[0].status = "Wanted"
    found.ties[1].type = "Money"
    rows = told(found, chosen=Filter(types=frozenset({"Information"})))
    assert rows["counted"] == 28
    assert rows["measures"][0]["value"] == "28"
    assert len(rows["ties"]) == 30


def test_meetings_stand_among_their_guests_and_move_nobody() -> None:
    found = a_map(12, 10)
    meeting = Meeting(case_study_id=CASE, title="First CoP", starts_on=dt.date(2021, 6, 1))
    nobody = Meeting(case_study_id=CASE, title="Nobody invited")
    guests = {meeting.id: [row.id for row in found.stakeholders[:3]]}
    rows = told(Map(1, found.stakeholders, found.ties, [meeting, nobody], guests), meetings=True)
    [one] = rows["gatherings"]
    assert (one["title"], len(one["guests"])) == ("First CoP", 3)
    places = [(row.network_x, row.network_y) for row in found.stakeholders]
    assert (one["x"], one["y"]) not in places
    assert {(node["x"], node["y"]) for node in rows["nodes"]} == set(places)
    assert told(found)["gatherings"] is None


def test_new_and_gone_ties_are_told_against_a_version() -> None:
    found = a_map(6, 4)
    first, second = found.ties[:2]
    gone = {**{end: str(getattr(first, end)) for end in ("from_id", "to_id")}, "id": str(uuid.uuid4()), "type": "Money"}
    before = {
        "stakeholders": [{"id": str(row.id), "name": row.name} for row in found.stakeholders],
        "relations": [
            {"id": str(tie.id), "from_id": str(tie.from_id), "to_id": str(tie.to_id)} for tie in found.ties[1:]
        ]
        + [gone],
        "measures": {"ties": 4, "density": 0.25, "isolates": []},
    }
    compared = told(Map(1, found.stakeholders, found.ties, before=before))["compared"]
    assert compared["new"] == [str(first.id)]
    assert [(one["id"], one["type"], one["drawn"]) for one in compared["gone"]] == [(gone["id"], "Money", True)]
    assert compared["then"] == {"ties": "4", "density": "0.250", "isolates": "0"}
    assert str(second.id) not in compared["new"]
    assert told(Map(1, found.stakeholders, found.ties, before={}))["compared"]["gone"] == []

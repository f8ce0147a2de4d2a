"""Two maps compared, by example."""

from __future__ import annotations

from typing import Any

import pytest

from copdash.analysis import engagement_strategies, movements, quadrants


def who(name: str, power: float | None = None, interest: float | None = None, **more: str) -> dict[str, Any]:
    return {"id": name.lower(), "name": name, "group": "", "power": power, "interest": interest, **more}


def the_map(*people: dict[str, Any], ties: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    relations = [{"id": f"{a}-{b}", "from_id": a, "to_id": b, "type": "Money"} for a, b in ties]
    return {"stakeholders": list(people), "relations": relations}


def test_who_came_went_and_moved() -> None:
    before = the_map(who("Farm", 2, 2), who("Port", 6, 6), who("Town", 3, 4), who("Bank"))
    after = the_map(who("Farm", 6, 5), who("Town", 3, 4), who("Bank", 5, 5), who("NGO", 1, 9))
    found = movements.between(before, after)
    assert [(one.what, one.name) for one in found.stakeholders] == [
        ("New", "NGO"),
        ("Gone", "Port"),
        ("Moved", "Farm"),
        ("Placed", "Bank"),
    ]
    (farm,) = found.of(movements.MOVED)
    assert farm.distance == 5
    assert farm.quadrants == (quadrants.MONITOR, quadrants.MANAGE_CLOSELY)
    assert farm.crossed
    assert found.stayed == 1


def test_a_rating_taken_off_is_no_place_at_zero() -> None:
    found = movements.between(the_map(who("Farm", 2, 2)), the_map(who("Farm", None, 2)))
    (farm,) = found.stakeholders
    assert (farm.what, farm.after, farm.distance) == (movements.TAKEN_OFF, None, None)


def test_attitude_and_membership_are_told_with_before_and_after() -> None:
    before = the_map(who("Farm", 2, 2, attitude="Neutral", membership=""))
    after = the_map(who("Farm", 2, 2, attitude="Supportive", membership="Core"))
    found = movements.between(before, after)
    assert found.stakeholders[0].what == movements.CHANGED
    assert movements.sentences(found) == [
        "Attitude changed for Farm (Neutral → Supportive).",
        "Membership changed for Farm (not set → Core).",
    ]


def test_a_rationale_is_the_reason_only_where_it_is_new() -> None:
    before = the_map(who("Farm", 2, 2, rationale="Small"), who("Port", 2, 2, rationale="Far"))
    after = the_map(who("Farm", 8, 8, rationale="Bought the plant"), who("Port", 8, 8, rationale="Far"))
    assert {one.name: one.reason for one in movements.between(before, after).stakeholders} == {
        "Farm": "Bought the plant",
        "Port": "",
    }


def test_ties_that_are_new_and_gone() -> None:
    people = who("Farm"), who("Port"), who("Town")
    found = movements.between(
        the_map(*people, ties=(("farm", "port"),)), the_map(*people, ties=(("port", "town"), ("town", "farm")))
    )
    assert [(tie.what, tie.from_name, tie.to_name) for tie in found.ties] == [
        ("New", "Port", "Town"),
        ("New", "Town", "Farm"),
        ("Gone", "Farm", "Port"),
    ]
    assert movements.summary(found) == "2 ties new, 1 tie gone"


def test_sentences_name_the_quadrant_and_count_the_rest() -> None:
    before = the_map(*(who(f"N{i}", 2, 2) for i in range(8)), who("Far", 9, 1))
    after = the_map(*(who(f"N{i}", 7, 7) for i in range(8)), who("Far", 8, 1))
    assert movements.sentences(movements.between(before, after)) == [
        "N0, N1, N2, N3 and 4 more moved to «Manage closely».",
        "1 moved within its quadrant.",
    ]


def test_nothing_changed_is_said() -> None:
    same = the_map(who("Farm", 2, 2))
    found = movements.between(same, same)
    assert not found
    assert movements.summary(found) == "Nothing has changed"
    assert movements.sentences(found) == ["Nothing has changed between the two."]
    assert movements.sentences(movements.between(the_map(), the_map())) == ["Nothing has changed between the two."]


def test_the_table_has_a_row_for_every_change_with_the_names_of_the_case_study() -> None:
    before = the_map(who("Farm", 2, 2), who("Port"), ties=(("farm", "port"),))
    after = the_map(who("Farm", 5, 6, attitude="Leading"), who("Port"))
    rows = movements.table(movements.between(before, after), {quadrants.MANAGE_CLOSELY: "Betrekken"})
    assert [set(row) for row in rows] == [set(movements.COLUMNS)] * 2
    assert rows[0]["quadrant_to"] == "Betrekken"
    assert (rows[0]["power_from"], rows[0]["power_to"], rows[0]["distance"]) == (2, 5, 5)
    assert rows[0]["other"] == "Attitude: not set → Leading"
    assert (rows[1]["what"], rows[1]["name"]) == ("Gone tie", "Farm → Port")


@pytest.mark.parametrize(
    ("power", "interest", "quadrant"),
    [(5, 5, "Manage closely"), (5, 4.9, "Keep satisfied"), (4.9, 5, "Keep informed"), (0, 0, "Monitor"), (None, 5, "")],
)
def test_each_quadrant_has_a_strategy_with_actions(power: float | None, interest: float, quadrant: str) -> None:
    strategy = engagement_strategies.strategy(power, interest)
    assert strategy.quadrant == quadrant
    assert strategy.sentence.endswith(".")
    assert strategy.proposals
    assert set(engagement_strategies.STRATEGIES) == set(quadrants.QUADRANTS)

"""Did you mean …: a new name that is nearly a listed one is a question, in lists and among ties."""

from __future__ import annotations

import uuid
from typing import Any

from copdash.exchange import near_names, parsing
from copdash.exchange.columns import understood
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Preview, of_stakeholders
from copdash.exchange.tie_previews import of_relations


def typed(text: str) -> Sheet:
    return parsing.parse(text.encode())


def stakeholder(name: str, organisation: str = "", **values: Any) -> dict[str, Any]:
    return {"id": uuid.uuid4(), "name": name, "organisation": organisation, "power": None, **values}


def listed(text: str, stored: list[dict[str, Any]], **more: Any) -> Preview:
    sheet = typed(text)
    return of_stakeholders(sheet, understood(sheet), stored, **more)


def test_a_slip_of_the_pen_an_accent_and_an_abbreviation_are_asked_about() -> None:
    stored = [stakeholder("Water utility Delft"), stakeholder("Ørsted Bryggeri"), stakeholder("Farmers union")]
    plan = listed("Name,Power\nWater utlity Delft,8\nOrsted bryggeri A/S,4\nMuseum,3\n", stored)
    assert [one.question for one in plan.planned] == [
        "Did you mean Water utility Delft?",
        "Did you mean Ørsted Bryggeri?",
        "",
    ]
    assert [one.verdict for one in plan.planned] == ["added"] * 3, "nothing is taken by itself"
    assert [one.like[0][0] for one in plan.near.values()] == [stored[0]["id"], stored[1]["id"]]


def test_the_answer_makes_it_the_listed_one_and_says_so() -> None:
    known = stakeholder("Water utility Delft", "Province")
    text = "Name,Power\nWater utlity Delft,8\nMuseum,3\n"
    same = {near_names.key("Water utlity Delft", ""): known["id"]}
    plan = listed(text, [known], same=same)
    assert (plan.planned[0].verdict, plan.planned[0].id, plan.planned[0].values) == (
        "updated",
        known["id"],
        {"power": 8.0},
    )
    assert plan.planned[0].changes == ("“Water utlity Delft” is taken for Water utility Delft.",)
    new = listed(text, [known], same=dict.fromkeys(same))
    assert new.planned[0].verdict == "added"


def test_whoever_stands_in_the_file_by_name_is_nobody_else() -> None:
    stored = [stakeholder("Water board"), stakeholder("Director", "A")]
    plan = listed("Name,Organisation\nWater board,\nWater board Delfland,\nDirector,B\n", stored)
    assert [one.question for one in plan.planned] == ["", "", "Did you mean Director (A)?"]


def test_two_lines_that_mean_the_same_one_are_taken_together() -> None:
    known = stakeholder("Water utility Delft")
    same = {near_names.key(name, ""): known["id"] for name in ("Water utlity Delft", "Watr utility Delft")}
    plan = listed("Name,Power,Interest\nWater utlity Delft,8,\nWatr utility Delft,,5\n", [known], same=same)
    assert plan.planned[0].values == {"power": 8, "interest": 5}
    assert plan.planned[1].verdict == "unchanged"


def test_a_near_name_among_ties_is_asked_in_each_of_its_lines_and_answered_once() -> None:
    stored = [stakeholder("Water utility Delft"), stakeholder("Farmers union")]
    sheet = typed("From,To\nWater utlity Delft,Farmers union\nFarmers union,Museum\nMuseum,Water utlity Delft\n")
    plan = of_relations(sheet, understood(sheet), stored, [])
    question = "Did you mean Water utility Delft?"
    assert [one.question for one in plan.planned] == [question, "", question]
    assert [one.name for one in plan.stakeholders] == ["Water utlity Delft", "Museum"]
    same = {near_names.key("Water utlity Delft", ""): stored[0]["id"]}
    answered = of_relations(sheet, understood(sheet), stored, [], same=same)
    assert [one.name for one in answered.stakeholders] == ["Museum"]
    assert answered.planned[0].values["from_id"] == stored[0]["id"]
    assert answered.planned[2].values["to_id"] == stored[0]["id"]
    assert not any(one.question for one in answered.planned)


def test_a_listed_one_that_is_gone_is_no_answer() -> None:
    same = {near_names.key("Museum", ""): uuid.uuid4()}
    assert listed("Name\nMuseum\n", [stakeholder("Port")], same=same).planned[0].verdict == "added"


def test_too_many_names_are_not_compared() -> None:
    many = [{"id": uuid.uuid4(), "name": f"Farm {n}"} for n in range(3_000)]
    assert near_names.found(many[:1_500], many) == {}

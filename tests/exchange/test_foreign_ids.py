"""Ids of a file are followed from its ties to its list, and no stakeholder is called by one."""

from __future__ import annotations

from typing import Any

import pytest

from copdash.exchange import foreign_ids, parsing
from copdash.exchange.columns import understood
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Preview, of_stakeholders
from copdash.exchange.tie_previews import of_relations

from .test_files_of_people import case


def typed(text: str) -> Sheet:
    return parsing.parse(text.encode())


def both(nodes: Sheet, edges: Sheet) -> tuple[list[dict[str, Any]], Preview]:
    """The stakeholders of the list with their ids in the store, and the plan for the ties."""
    layout = understood(nodes)
    listed = of_stakeholders(nodes, layout, [])
    stored = [{"organisation": "", **one.values, "id": one.id} for one in listed.planned if one.verdict == "added"]
    return stored, of_relations(edges, understood(edges), stored, [], ids=foreign_ids.of_list(nodes, layout, listed))


@pytest.mark.parametrize(
    ("nodes", "edges", "ties"),
    [
        (
            case("nodes-and-edges-by-id.xlsx", "Stakeholders"),
            case("nodes-and-edges-by-id.xlsx", "Edges"),
            ["Canal board → Reed growers", "Reed growers → Harbour office", "Canal board → Harbour office"],
        ),
        (typed("Id,Label\nMR,Mila Rand\nRT,Reed trust\n"), typed("Source,Target\nMR,RT\n"), ["Mila Rand → Reed trust"]),
        (
            typed("Nr;Name;Organisation\n1;Director;A\n2;Director;B\n"),
            typed("Von;Nach\n1;2\n"),
            ["Director → Director"],
        ),
    ],
)
def test_ties_run_between_the_stakeholders_that_the_ids_mean(nodes: Sheet, edges: Sheet, ties: list[str]) -> None:
    stored, plan = both(nodes, edges)
    assert [one.name for one in plan.planned] == ties
    assert plan.stakeholders == []
    ids = {one["id"] for one in stored}
    assert all({one.values["from_id"], one.values["to_id"]} <= ids for one in plan.planned)
    assert "is the id of" in plan.planned[0].changes[0]


def test_an_id_that_nobody_has_is_refused_and_never_a_name() -> None:
    nodes = typed("Id,Name\n" + "".join(f"{n},Farm {n + 100}\n" for n in range(1, 12)))
    edges = typed("From,To\n" + "".join(f"{n},{n + 1}\n" for n in range(1, 11)) + "1,99\n")
    _, plan = both(nodes, edges)
    assert plan.planned[-1].reason == "No line of the list has the id “99”."
    assert plan.stakeholders == []


def test_ties_by_name_stay_as_they_are_beside_a_list_with_ids() -> None:
    _, plan = both(typed("Id,Name\n1,Ann\n2,Bob\n"), typed("From,To\nAnn,Bob\n"))
    assert [(one.name, one.verdict, one.changes) for one in plan.planned] == [("Ann → Bob", "added", ())]
    _, alike = both(typed("Id,Name\nAnn,Ann\nBob,Bob\n"), typed("From,To\nAnn,Bob\n"))
    assert alike.planned[0].changes == ()


def test_a_column_in_which_two_lines_say_the_same_has_no_ids() -> None:
    sheet = typed("Code,Name\nA,Ann\nA,Bob\n")
    layout = understood(sheet)
    assert foreign_ids.of_list(sheet, layout, of_stakeholders(sheet, layout, [])) == {}

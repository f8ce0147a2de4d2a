"""The network picture and its stand-alone file."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from typing import Any

from copdash.figures import networks
from copdash.models import Attitude, Group, Relation, RelationType, Stakeholder

DAY = dt.date(2021, 6, 15)
EVIL = "<img src=x onerror=alert(1)>"
ENDING = "</script><script>alert(1)</script>"
CASE = uuid.uuid4()


def stakeholder(n: int, name: str = "", **values: Any) -> Stakeholder:
    return Stakeholder(id=uuid.UUID(int=n), case_study_id=CASE, name=name or f"Role {n}", **values)


def tie(a: int, b: int, **values: Any) -> Relation:
    return Relation(case_study_id=CASE, from_id=uuid.UUID(int=a), to_id=uuid.UUID(int=b), **values)


def test_nodes_and_edges_carry_the_rows_ids_and_survive_json() -> None:
    people, ties = [stakeholder(1), stakeholder(2)], [tie(1, 2)]
    nodes, edges, options = networks.network(people, ties)
    assert [node["id"] for node in nodes] == [str(s.id) for s in people]
    assert (edges[0]["id"], edges[0]["from"], edges[0]["to"]) == (str(ties[0].id), nodes[0]["id"], nodes[1]["id"])
    assert options["physics"] == {"enabled": False}
    assert json.loads(json.dumps([nodes, edges, options], allow_nan=False)) == [nodes, edges, options]


def test_a_kept_position_is_where_the_node_stands_and_a_new_one_gets_a_place() -> None:
    people = [stakeholder(1, network_x=12.5, network_y=-7.25), stakeholder(2)]
    nodes, _, _ = networks.network(people, [])
    assert (nodes[0]["x"], nodes[0]["y"]) == (12.5, -7.25)
    assert (nodes[1]["x"], nodes[1]["y"]) != (12.5, -7.25)


def test_several_ties_between_two_are_all_drawn_and_bent_apart() -> None:
    ties = [tie(1, 2), tie(2, 1), tie(1, 2, type=RelationType.MONEY, directed=False)]
    _, edges, _ = networks.network([stakeholder(1), stakeholder(2)], ties)
    assert len(edges) == 3
    assert [edge["arrows"] for edge in edges] == ["to", "to", ""]
    assert len({json.dumps([edge["smooth"], edge["from"]]) for edge in edges}) == 3


def test_size_tells_power_and_unrated_is_not_zero() -> None:
    people = [stakeholder(1, power=10), stakeholder(2, power=0), stakeholder(3)]
    high, low, unrated = networks.network(people, [], size_by="power")[0]
    assert high["size"] > low["size"] > unrated["size"]
    assert unrated["shapeProperties"]["borderDashes"]
    assert not low["shapeProperties"]["borderDashes"]


def test_size_tells_who_stands_between_others() -> None:
    people = [stakeholder(1), stakeholder(2), stakeholder(3)]
    nodes, _, _ = networks.network(people, [tie(1, 2), tie(2, 3)], size_by="betweenness")
    assert nodes[1]["size"] > nodes[0]["size"] == nodes[2]["size"]


def test_the_shape_tells_the_group_also_when_the_colour_tells_the_attitude() -> None:
    people = [stakeholder(1, group=Group.REGULATORS, attitude=Attitude.UNAWARE)]
    by_group, by_attitude = (networks.network(people, [], colours=c)[0][0] for c in ("group", "attitude"))
    assert by_group["shape"] == by_attitude["shape"] == "hexagon"
    assert by_group["color"]["border"] != by_attitude["color"]["border"]
    assert by_attitude["shapeProperties"]["borderDashes"] == [3, 3]


def test_names_are_never_handed_over_as_titles() -> None:
    nodes, edges, _ = networks.network([stakeholder(1, EVIL), stakeholder(2)], [tie(1, 2)])
    assert all("title" not in item for item in (*nodes, *edges))
    assert nodes[0]["tooltip"].startswith(EVIL)


def test_long_names_are_broken_into_at_most_three_lines() -> None:
    lines = networks.label("Association of the fruit processors and packers of the plain").split("\n")
    assert len(lines) == 3
    assert max(map(len, lines)) <= networks.LABEL_WIDTH
    assert lines[-1].endswith("…")
    assert networks.label("") == "(no name)"


def test_an_empty_network_has_a_picture_and_a_file() -> None:
    assert networks.network([], [])[:2] == ([], [])
    assert "0 stakeholders · 0 ties" in networks.standalone_html([], [], title="Empty", date=DAY)


def test_embedded_json_cannot_end_its_script_element() -> None:
    text = networks.embedded([ENDING, "<!--", "&lt;", "\u2028\u2029"])
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == [ENDING, "<!--", "&lt;", "\u2028\u2029"]


def test_placeholders_in_names_are_not_filled_in() -> None:
    page = networks.standalone_html([stakeholder(1, "{{vis}} {{data}}")], [], title="{{notes}}", date=DAY)
    assert "<h1>{{notes}}</h1>" in page
    assert "<td>{{vis}} {{data}}</td>" in page


def test_the_legend_shows_what_is_there_and_nothing_else() -> None:
    people = [stakeholder(1, group=Group.UTILITIES, power=3), stakeholder(2)]
    page = networks.standalone_html(people, [], title="Legend", date=DAY, size_by="power")
    legend = page[page.index("<aside>") : page.index("</aside>")]
    assert "Utilities" in legend
    assert "Not set" in legend
    assert "Regulators" not in legend
    assert "Small and dashed: not rated" in legend
    rated = networks.standalone_html(people[:1], [], title="Legend", date=DAY, size_by="power")
    assert "Small and dashed" not in rated


def test_a_thousand_stakeholders_and_three_thousand_ties_are_built() -> None:
    chance = random.Random(1)
    people = [stakeholder(n) for n in range(1, 1001)]
    ties = [tie(chance.randint(1, 1000), chance.randint(1, 1000)) for _ in range(3000)]
    nodes, edges, _ = networks.network(people, ties, size_by="betweenness")
    assert (len(nodes), len(edges)) == (1000, 3000)

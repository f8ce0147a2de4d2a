"""Each stakeholder's place: against networkx, against the definitions word for word, and where there is nobody."""

from __future__ import annotations

import csv
import math
import random
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from copdash.analysis import networks, standing_sentences, standings
from copdash.analysis.networks import Tie
from copdash.analysis.standings import Roles, Standing

_REPO = Path(__file__).parents[2]
_SWISS = next(
    (
        folder
        for folder in (_REPO / "shared/data/swiss-wetlands", _REPO.parent / "shared/data/swiss-wetlands")
        if folder.is_dir()
    ),
    None,
)


def swiss() -> tuple[list[str], list[Tie]]:
    if _SWISS is None:
        pytest.skip("The folder shared/data with the Swiss wetland network is not here")
    with (_SWISS / "actors.csv").open(encoding="utf-8-sig", newline="") as actors:
        nodes = [row["actor"] for row in csv.DictReader(actors)]
    with (_SWISS / "actor_el.csv").open(encoding="utf-8-sig", newline="") as edges:
        return nodes, [Tie(row["sender"], row["receiver"]) for row in csv.DictReader(edges)]


def karate() -> tuple[list[Any], list[Tie], dict[Any, str]]:
    club = nx.karate_club_graph()
    return list(club), [Tie(a, b, directed=False) for a, b in club.edges], {n: club.nodes[n]["club"] for n in club}


def les_miserables() -> tuple[list[Any], list[Tie], dict[Any, str]]:
    found = nx.les_miserables_graph()
    return list(found), [Tie(a, b, directed=False) for a, b in found.edges], {node: str(node)[0] for node in found}


def known(which: str) -> tuple[list[Any], list[Tie], dict[Any, str]]:
    if which == "swiss":
        nodes, ties = swiss()
        return nodes, ties, {node: "ABCD"[int(node.removeprefix("actor")) % 4] for node in nodes}
    return karate() if which == "karate" else les_miserables()


def standing(nodes: list[Any], ties: list[Tie], groups: dict[Any, str] | None = None) -> dict[Any, Standing]:
    measures = networks.measure(nodes, ties, groups or {})
    return standings.of(nodes, ties, measures, groups or {})


def plain(nodes: list[Any], ties: list[Tie]) -> nx.Graph:
    whole = nx.Graph()
    whole.add_nodes_from(nodes)
    whole.add_edges_from((tie.from_id, tie.to_id) for tie in ties if tie.from_id != tie.to_id)
    return whole


@pytest.mark.parametrize("which", ["karate", "les miserables", "swiss"])
def test_constraint_reach_and_betweenness_are_those_of_networkx(which: str) -> None:
    nodes, ties, _ = known(which)
    whole, found = plain(nodes, ties), standing(nodes, ties)
    constraint, between = nx.constraint(whole), nx.betweenness_centrality(whole)
    for node in nodes:
        if math.isnan(constraint[node]):
            assert found[node].constraint is None
        else:
            assert found[node].constraint == pytest.approx(constraint[node])
        two = len(nx.single_source_shortest_path_length(whole, node, cutoff=2)) - 1
        assert found[node].reach == pytest.approx(two / (len(nodes) - 1))
        assert found[node].betweenness == pytest.approx(between[node])


@pytest.mark.parametrize("which", ["karate", "les miserables", "swiss"])
def test_who_is_cut_off_is_what_is_left_when_the_node_is_taken_out(which: str) -> None:
    nodes, ties, _ = known(which)
    whole = plain(nodes, ties)
    for node, found in standing(nodes, ties).items():
        rest = whole.copy()
        rest.remove_node(node)
        assert found.leaving.after == nx.number_connected_components(rest)
        home = nx.node_connected_component(whole, node) - {node}
        kept = max((len(home & part) for part in nx.connected_components(rest)), default=0)
        assert len(found.leaving.cut_off) == len(home) - kept


@pytest.mark.parametrize("which", ["karate", "les miserables", "swiss"])
def test_roles_are_counted_as_gould_and_fernandez_define_them(which: str) -> None:
    nodes, ties, groups = known(which)
    arcs = {(tie.from_id, tie.to_id) for tie in ties} | {(t.to_id, t.from_id) for t in ties if not t.directed}
    arcs = {(a, b) for a, b in arcs if a != b}
    wanted: dict[Any, Counter[str]] = {node: Counter() for node in nodes}
    into = {v: [a for a in nodes if (a, v) in arcs] for v in nodes}
    out = {v: [b for b in nodes if (v, b) in arcs] for v in nodes}
    for v in nodes:
        for a in into[v]:
            for b in out[v]:
                if a == b or (a, b) in arcs:
                    continue
                match (groups[a] == groups[v], groups[v] == groups[b], groups[a] == groups[b]):
                    case (True, True, _):
                        wanted[v]["coordinator"] += 1
                    case (False, False, True):
                        wanted[v]["consultant"] += 1
                    case (False, True, _):
                        wanted[v]["gatekeeper"] += 1
                    case (True, False, _):
                        wanted[v]["representative"] += 1
                    case _:
                        wanted[v]["liaison"] += 1
    for node, found in standing(nodes, ties, groups).items():
        assert found.roles._asdict() == {name: wanted[node][name] for name in Roles._fields}


def test_the_swiss_wetlands_golden_values_hold() -> None:
    nodes, ties = swiss()
    found = standing(nodes, ties)
    tight = {node: one.constraint for node, one in found.items() if one.constraint is not None}
    lowest = min(tight, key=lambda node: tight[node])
    assert (lowest, round(tight[lowest], 4)) == ("actor58", 0.0958)
    assert len(tight) == len(nodes) - 7
    cuts = {node for node, one in found.items() if one.leaving.cut_off}
    assert cuts == {f"actor{n}" for n in (11, 14, 22, 42, 46, 58)}
    assert {one.leaving.before for one in found.values() if one.degree} == {8}


def test_the_karate_club_falls_into_the_known_circles() -> None:
    nodes, ties, groups = karate()
    found = networks.measure(nodes, ties, groups)
    assert found.modularity is not None
    assert found.modularity > 0.41  # 0.4198 is the most there can be (Brandes et al. 2008)
    assert len(found.communities) == 4
    assert sorted(node for circle in found.communities for node in circle) == sorted(nodes)
    assert found == networks.measure(nodes, ties, groups)


def test_les_miserables_fall_into_the_known_circles() -> None:
    nodes, ties, _ = les_miserables()
    found = networks.measure(nodes, ties)
    assert found.modularity == pytest.approx(0.55, abs=0.02)  # Newman and Girvan 2004: 0.54
    assert found.betweenness["Valjean"] == max(found.betweenness.values())


def test_each_role_is_one_chain() -> None:
    chains = {"coordinator": "AAA", "consultant": "ABA", "gatekeeper": "ABB", "representative": "AAB", "liaison": "ABC"}
    ties = [Tie("a", "v"), Tie("v", "b")]
    for role, groups in chains.items():
        found = standing(["a", "v", "b"], ties, dict(zip("avb", groups, strict=True)))["v"].roles
        assert found == Roles(**{role: 1})
    closed = [*ties, Tie("a", "b")]
    assert standing(["a", "v", "b"], closed, dict(zip("avb", "ABC", strict=True)))["v"].roles == Roles()
    assert standing(["a", "v", "b"], ties, {"a": "A", "v": "", "b": "A"})["v"].roles == Roles()
    both = [Tie("a", "v", directed=False), Tie("v", "b", directed=False)]
    assert standing(["a", "v", "b"], both, dict(zip("avb", "ABC", strict=True)))["v"].roles == Roles(liaison=2)


def test_self_loops_and_parallel_ties_change_nothing() -> None:
    nodes = list("abcd")
    ties = [Tie("a", "b"), Tie("b", "c"), Tie("c", "d")]
    doubled = [*ties, Tie("a", "b", strength=3), Tie("b", "b"), Tie("d", "d")]
    assert standing(nodes, ties) == standing(nodes, doubled)


def test_nobody_somebody_and_two_who_do_not_know_each_other() -> None:
    assert standing([], []) == {}
    alone = standing(["a"], [])["a"]
    assert (alone.constraint, alone.reach, alone.circle, alone.leaving.after) == (None, 0.0, None, 0)
    two = standing(["a", "b"], [])
    assert two["a"].leaving == standings.Leaving(1, 1, (), 0)
    pair = standing(["a", "b"], [Tie("a", "b")])["a"]
    assert (pair.constraint, pair.reach, pair.leaving.cut_off) == (1.0, 1.0, ())


def test_a_thousand_stakeholders_agree_with_networkx() -> None:
    drawn = random.Random(4)
    ties = [Tie(pair[0], pair[1]) for pair in (drawn.sample(range(1000), 2) for _ in range(3000))]
    whole = plain(list(range(1000)), ties)
    found = standing(list(range(1000)), ties, {n: str(n % 7) for n in range(1000)})
    cuts = set(nx.articulation_points(whole))
    assert {node for node, one in found.items() if one.leaving.cut_off} == cuts
    some = nx.constraint(whole, range(40))
    assert all(found[node].constraint == pytest.approx(some[node]) for node in some if not math.isnan(some[node]))


def test_every_fact_about_somebody_is_a_sentence() -> None:
    nodes, ties, groups = karate()
    for node, one in standing(nodes, ties, groups).items():
        facts = standing_sentences.of(one, 4, len(nodes) - 1)
        assert {key for key, _, _ in facts} >= {"reach", "betweenness", "roles", "constraint"}
        said = [sentence for _, _, sentence in facts]
        said.append(standing_sentences.leaving(one.leaving, {n: f"N{n}" for n in nodes}))
        assert all(sentence[0].isupper() and sentence.rstrip(")").endswith((".", ")")) for sentence in said), node
    lonely = standing(["a", "b"], [])["a"]
    [(key, _, sentence)] = standing_sentences.of(lonely, 0, 1)
    assert key == "isolate"
    assert "Ask who could bring them in" in sentence


def test_leaving_says_who_is_cut_off() -> None:
    nodes = list("abcd")
    ties = [Tie("a", "b"), Tie("b", "c"), Tie("a", "c"), Tie("c", "d")]
    found = standing(nodes, ties)["c"].leaving
    assert found == standings.Leaving(1, 2, ("d",), 0)
    names = {"a": "Ann", "b": "Ben", "c": "Cem", "d": "Dora"}
    assert standing_sentences.leaving(found, names) == (
        "If this one leaves, Dora loses contact with the rest: the network falls from 1 part into 2."
    )


def test_leaving_says_whose_ways_get_longer() -> None:
    nodes = list("abcde")
    ties = [Tie("a", "b"), Tie("b", "c"), Tie("a", "d"), Tie("d", "e"), Tie("e", "c")]
    found = {node: one.leaving for node, one in standing(nodes, ties).items()}
    assert found["b"] == standings.Leaving(1, 1, (), 1)  # from a to c in three steps instead of two
    assert standing_sentences.leaving(found["b"], {}) == (
        "If this one leaves, nobody else loses contact, but the way between 1 pair of others gets longer."
    )
    many = [str(number) for number in range(standings.LOOKED_AT)]
    alone = standing(many, [Tie("0", "1")])["0"].leaving
    assert alone.longer is None
    assert standing_sentences.leaving(alone, {}) == ("If this one leaves, nobody else loses contact with the others.")

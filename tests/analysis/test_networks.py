"""Network measures against values computed elsewhere."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import networkx as nx
import pytest

from copdash.analysis import network_sentences, networks
from copdash.analysis.networks import Measures, Tie
from copdash.errors import Invalid

_REPO = Path(__file__).parents[2]
_SWISS = next(
    (
        folder
        for folder in (_REPO / "shared/data/swiss-wetlands", _REPO.parent / "shared/data/swiss-wetlands")
        if folder.is_dir()
    ),
    None,
)


@pytest.fixture(scope="module")
def swiss() -> Measures:
    if _SWISS is None:
        pytest.skip("The folder shared/data with the Swiss wetland network is not here")
    with (_SWISS / "actors.csv").open(encoding="utf-8-sig", newline="") as actors:
        nodes = [row["actor"] for row in csv.DictReader(actors)]
    with (_SWISS / "actor_el.csv").open(encoding="utf-8-sig", newline="") as edges:
        ties = [Tie(row["sender"], row["receiver"]) for row in csv.DictReader(edges)]
    return networks.measure(nodes, ties)


def test_the_swiss_wetland_has_its_golden_values(swiss: Measures) -> None:
    assert (swiss.nodes, swiss.ties, swiss.pairs, swiss.self_loops) == (80, 313, 288, 12)
    assert swiss.density == pytest.approx(0.0911, abs=5e-5)
    assert swiss.density_directed == pytest.approx(0.0495, abs=5e-5)
    assert swiss.reciprocity == pytest.approx(0.1597, abs=5e-5)
    assert (len(swiss.isolates), swiss.components, swiss.largest_component) == (7, 8, 73)


def test_the_swiss_brokers_and_cut_points_are_the_golden_ones(swiss: Measures) -> None:
    assert swiss.brokers == ("actor56", "actor58", "actor14")
    assert [round(swiss.betweenness[node], 4) for node in swiss.brokers] == [0.1439, 0.1317, 0.1241]
    assert set(swiss.cut_points) == {f"actor{n}" for n in (11, 14, 22, 42, 46, 58)}


def test_zacharys_karate_club_has_its_golden_values() -> None:
    club = nx.karate_club_graph()
    ties = [Tie(a, b, directed=False) for a, b in club.edges]
    found = networks.measure(club.nodes, ties, {node: club.nodes[node]["club"] for node in club})
    assert found.density == pytest.approx(0.1390, abs=5e-5)
    assert found.e_i == pytest.approx(-0.7179, abs=5e-5)
    assert found.betweenness[0] == pytest.approx(0.4376, abs=5e-5)
    assert found.reciprocity is None


def test_betweenness_agrees_with_networkx_on_random_networks() -> None:
    for seed in range(5):
        graph = nx.gnp_random_graph(40, 0.08, seed=seed)
        ours = networks.measure(graph.nodes, [Tie(a, b) for a, b in graph.edges]).betweenness
        assert ours == pytest.approx(nx.betweenness_centrality(graph))


def test_no_stakeholders_and_one_stakeholder_have_measures_and_sentences() -> None:
    for nodes in ([], ["a"]):
        found = networks.measure(nodes, [])
        assert found.density is None
        assert found.components == len(nodes)
        assert found.isolates == tuple(nodes)
        assert all(reading.sentence.endswith(".") for reading in network_sentences.of(found, {"a": "Utility"}))


def test_a_tie_to_oneself_counts_in_no_measure_and_is_told() -> None:
    found = networks.measure(["a", "b"], [Tie("a", "a"), Tie("a", "b")])
    assert (found.ties, found.pairs, found.self_loops, found.degree) == (1, 1, 1, {"a": 1, "b": 1})
    assert "1 tie from a stakeholder to itself is not counted" in network_sentences.of(found, {})[0].sentence


def test_parallel_ties_are_one_pair() -> None:
    found = networks.measure("abc", [Tie("a", "b"), Tie("a", "b"), Tie("b", "a"), Tie("b", "c", directed=False)])
    assert (found.ties, found.pairs) == (4, 2)
    assert found.density == pytest.approx(2 / 3)
    assert found.density_directed == pytest.approx(4 / 6)
    assert found.reciprocity == 1
    assert found.brokers == ("b",)


def test_an_undirected_tie_answers_a_directed_one_but_asks_for_no_answer() -> None:
    assert networks.measure("ab", [Tie("a", "b"), Tie("a", "b", directed=False)]).reciprocity == 1
    assert networks.measure("abc", [Tie("a", "b"), Tie("b", "c", directed=False)]).reciprocity == 0


def test_ties_of_stakeholders_without_a_group_are_left_out_of_the_e_i_index_and_told() -> None:
    ties = [Tie("a", "b"), Tie("b", "c"), Tie("c", "d")]
    found = networks.measure("abcd", ties, {"a": "Utilities", "b": "Utilities", "c": "", "d": None})
    assert (found.e_i, found.internal, found.external, found.ungrouped) == (-1, 1, 0, 2)
    said = next(reading for reading in network_sentences.of(found, {}) if reading.key == "e_i")
    assert "2 links are left out because a group is not set" in said.sentence


def test_an_unknown_end_and_a_node_given_twice_are_refused() -> None:
    with pytest.raises(Invalid):
        networks.measure("ab", [Tie("a", "z")])
    with pytest.raises(Invalid):
        networks.measure("aa", [])


def test_each_reading_says_what_it_means_and_whether_it_ignores_direction(swiss: Measures) -> None:
    readings = {reading.key: reading for reading in network_sentences.of(swiss, {node: node for node in swiss.degree})}
    assert readings["density"].ignores_direction
    assert readings["brokers"].ignores_direction
    assert not readings["reciprocity"].ignores_direction
    assert not readings["density_directed"].ignores_direction
    assert "About 9 in 100" in readings["density"].sentence
    assert readings["brokers"].value == "actor56, actor58 and actor14"
    for reading in readings.values():
        assert reading.title
        assert reading.value
        assert reading.sentence.endswith(".")


def test_a_thousand_stakeholders_are_measured() -> None:
    chance = random.Random(1)
    ties = [Tie(chance.randrange(1000), chance.randrange(1000)) for _ in range(3000)]
    measured = networks.measure(range(1000), ties)
    assert len(measured.betweenness) == 1000

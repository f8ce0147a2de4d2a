"""Whom to introduce: against counting every way by hand, deterministic, and fast by looking at few."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import pytest

from copdash.analysis import introductions, networks, standing_sentences
from copdash.analysis.introductions import Introduction
from copdash.analysis.networks import Tie
from tests.analysis.test_standings import karate, plain, swiss


def gain(whole: nx.Graph, a: object, b: object) -> tuple[int, int]:
    """Pairs that come nearer, and those of them that had no way, by measuring all ways before and after."""
    after = whole.copy()
    after.add_edge(a, b)
    was = dict(nx.all_pairs_shortest_path_length(whole))
    now = dict(nx.all_pairs_shortest_path_length(after))
    nearer = [(x, y) for x, y in combinations(whole, 2) if now[x].get(y, 999) < was[x].get(y, 999)]
    return len(nearer), sum(y not in was[x] for x, y in nearer)


def test_the_best_pair_of_the_karate_club_is_the_best_of_all() -> None:
    nodes, ties, groups = karate()
    whole = plain(nodes, ties)
    found = introductions.proposed(nodes, ties, groups)
    every = {pair: gain(whole, *pair)[0] for pair in combinations(nodes, 2) if not whole.has_edge(*pair)}
    assert found[0].gain == max(every.values())
    for one in found:
        assert (one.gain, one.linked) == gain(whole, one.one, one.other)
        assert not whole.has_edge(one.one, one.other)


def test_the_swiss_wetland_gets_three_introductions_of_six_different_actors() -> None:
    nodes, ties = swiss()
    groups = {node: "ABCD"[int(node.removeprefix("actor")) % 4] for node in nodes}
    found = introductions.proposed(nodes, ties, groups)
    assert len(found) == 3
    assert len({one.one for one in found} | {one.other for one in found}) == 6
    whole = plain(nodes, ties)
    assert [(one.gain, one.linked) for one in found] == [gain(whole, one.one, one.other) for one in found]
    assert found == introductions.proposed(nodes, ties, groups)


def test_two_groups_without_a_tie_are_said_to_be_bridged() -> None:
    nodes = list("abcd")
    ties = [Tie("a", "b"), Tie("c", "d")]
    [first, *_] = introductions.proposed(nodes, ties, {"a": "X", "b": "X", "c": "Y", "d": "Y"})
    assert (first.gain, first.linked, first.bridges) == (4, 4, ("X", "Y"))
    assert standing_sentences.introduction(first) == (
        "That would link 4 pairs of stakeholders who have no way to each other today. "
        "It would be the first tie between X and Y."
    )


def test_a_pair_that_is_wished_for_already_is_not_proposed_again() -> None:
    nodes = ["a", "b", "c"]
    [one] = introductions.proposed(nodes, [Tie("a", "b"), Tie("b", "c")], {})
    assert {one.one, one.other} == {"a", "c"}
    assert introductions.proposed(nodes, [Tie("a", "b"), Tie("b", "c")], {}, known=[("c", "a")]) == []


@pytest.mark.parametrize("n", [0, 1])
def test_nobody_is_introduced_to_nobody(n: int) -> None:
    assert introductions.proposed(list(range(n)), [], {}) == []


def test_two_who_are_alone_are_introduced() -> None:
    assert introductions.proposed(["a", "b"], [Tie("a", "a")], {}) == [Introduction("a", "b", 1, 1, None)]


def test_where_all_know_each_other_nobody_needs_an_introduction() -> None:
    nodes = list(range(6))
    assert introductions.proposed(nodes, [Tie(a, b) for a, b in combinations(nodes, 2)], {}) == []


def test_among_hundreds_the_gain_is_reckoned_exactly_and_always_the_same() -> None:
    drawn = random.Random(4)
    ties = [Tie(pair[0], pair[1]) for pair in (drawn.sample(range(400), 2) for _ in range(1200))]
    found = introductions.proposed(range(400), ties, {})
    assert len(found) == 3
    whole = plain(list(range(400)), ties)
    assert (found[0].gain, found[0].linked) == gain(whole, found[0].one, found[0].other)
    shuffled = list(ties)
    drawn.shuffle(shuffled)
    assert found == introductions.proposed(range(400), shuffled, {})


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (
            Introduction("a", "b", 1, 1, None),
            "Today nobody could even pass on a word from one to the other; one conversation changes that.",
        ),
        (
            Introduction("a", "b", 1, 0, None),
            "They know each other only through others; one conversation makes the way short.",
        ),
        (Introduction("a", "b", 120, 0, None), "That would shorten the way between 120 pairs of stakeholders."),
        (
            Introduction("a", "b", 120, 1, ("Utilities", "Regulators")),
            "That would shorten the way between 120 pairs of stakeholders. 1 of these pairs has no way to each other "
            "at all today. It would be the first tie between Utilities and Regulators.",
        ),
    ],
)
def test_each_introduction_can_be_said_aloud(pair: Introduction, said: str) -> None:
    assert standing_sentences.introduction(pair) == said


def test_where_nobody_is_proposed_it_says_why() -> None:
    none, all_tied = networks.measure([], []), networks.measure(["a", "b"], [Tie("a", "b")])
    assert "not two stakeholders" in standing_sentences.no_introduction(none, wished=False)
    assert "nobody needs an introduction" in standing_sentences.no_introduction(all_tied, wished=False)
    assert "wished for" in standing_sentences.no_introduction(all_tied, wished=True)

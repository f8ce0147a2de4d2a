"""Positions of a network picture."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from copdash.analysis import layouts, networks
from copdash.analysis.layouts import HIGH, WIDE, Position
from copdash.analysis.networks import Tie
from copdash.errors import Invalid


def some_ties(n: int, m: int) -> list[Tie]:
    chance = random.Random(n)
    return [Tie(chance.randrange(n), chance.randrange(n)) for _ in range(m)]


def nearest(positions: dict[int, Position]) -> float:
    """The smallest distance of two nodes, in units of a node's room."""
    return min(
        math.hypot((ax - bx) / WIDE, (ay - by) / HIGH)
        for (ax, ay), (bx, by) in itertools.combinations(positions.values(), 2)
    )


def test_the_same_network_gives_the_same_picture_in_whatever_order_it_comes() -> None:
    ties = some_ties(40, 60)
    assert layouts.layout(range(40), ties) == layouts.layout(reversed(range(40)), ties[::-1])


@pytest.mark.parametrize(("n", "m"), [(2, 2), (12, 40), (80, 300), (300, 700)])
def test_no_two_nodes_overlap(n: int, m: int) -> None:
    positions = layouts.layout(range(n), some_ties(n, m))
    assert len(positions) == n
    assert nearest(positions) > 0.99


def test_a_star_of_a_hundred_does_not_overlap() -> None:
    assert nearest(layouts.layout(range(100), [Tie(0, i) for i in range(1, 100)])) > 0.99


def test_nobody_and_one_node_and_only_isolates_have_a_layout() -> None:
    assert layouts.layout([], []) == {}
    assert len(layouts.layout(["a"], [])) == 1
    grid = layouts.layout(range(30), [])
    assert nearest(grid) > 0.99
    assert len({x for x, _ in grid.values()}) > 2
    assert len({y for _, y in grid.values()}) > 2


def test_isolates_stand_apart_at_the_right_side() -> None:
    positions = layouts.layout(range(20), [Tie(i, i + 1) for i in range(14)])
    assert min(positions[i][0] for i in range(15, 20)) > max(positions[i][0] for i in range(15)) + WIDE / 2


def test_the_picture_stays_in_the_documented_range() -> None:
    positions = layouts.layout(range(100), [Tie(i, random.Random(i).randrange(100)) for i in range(100)] * 2)
    assert max(abs(x) for x, _ in positions.values()) < 3500
    assert max(abs(y) for _, y in positions.values()) < 2000


def test_what_is_placed_stays_exactly_where_it_is() -> None:
    ties = some_ties(30, 50)
    kept = {i: (i * 211.123456, (i % 3) * 307.7) for i in range(20)}
    positions = layouts.place(range(30), ties, kept)
    assert {i: positions[i] for i in kept} == kept
    assert len(positions) == 30
    assert nearest(positions) > 0.99


def test_a_new_node_comes_near_its_neighbours() -> None:
    kept = {0: (0.0, 0.0), 1: (400.0, 0.0), 2: (5000.0, 5000.0)}
    x, y = layouts.place([0, 1, 2, 3], [Tie(0, 3), Tie(3, 1)], kept)[3]
    assert (x, y) == (200.0, 0.0)


def test_a_new_node_without_ties_waits_at_the_right_side() -> None:
    positions = layouts.place([0, 1, 2], [], {0: (0.0, 0.0)})
    assert positions[1][0] >= 2 * WIDE
    assert positions[2][0] >= 2 * WIDE
    assert positions[1] != positions[2]


def test_a_removed_node_is_forgotten_and_with_nothing_kept_all_is_laid_out() -> None:
    ties = [Tie(0, 1)]
    assert set(layouts.place([0, 1], ties, {0: (1.0, 2.0), 9: (3.0, 4.0)})) == {0, 1}
    assert layouts.place([0, 1], ties, {9: (3.0, 4.0)}) == layouts.layout([0, 1], ties)


def test_a_position_that_is_no_number_and_an_unknown_end_are_refused() -> None:
    with pytest.raises(Invalid):
        layouts.place([0], [], {0: (math.nan, 0.0)})
    with pytest.raises(Invalid):
        layouts.layout([0], [Tie(0, 1)])
    with pytest.raises(Invalid):
        layouts.place([0], [Tie(0, 1)], {0: (0.0, 0.0)})


# ---- chosen layouts -------------------------------------------------------------------------------------------------


def _scattered() -> tuple[list[int], list[Tie], dict[int, str | None]]:
    chance = random.Random(2)
    ties = [Tie(pair[0], pair[1]) for pair in (chance.sample(range(60), 2) for _ in range(120))]
    return list(range(63)), ties, {n: None if n % 9 == 0 else "ABCDE"[n % 5] for n in range(63)}


def test_by_group_each_group_stands_together_and_none_on_another() -> None:
    nodes, ties, groups = _scattered()
    spots = layouts.by_group(nodes, ties, groups)
    assert spots.keys() == set(nodes)
    assert spots == layouts.by_group(list(reversed(nodes)), list(reversed(ties)), groups)
    assert nearest(spots) >= 0.999
    for node in nodes:
        own = [other for other in nodes if groups[other] == groups[node] and other != node]
        others = [other for other in nodes if groups[other] != groups[node]]
        near = min(own, key=lambda other: _apart(spots[node], spots[other]))
        assert _apart(spots[node], spots[near]) <= min(_apart(spots[node], spots[other]) for other in others) + 0.3


def test_the_circle_has_the_one_most_between_others_in_its_centre() -> None:
    nodes, ties, groups = _scattered()
    between = networks.measure(nodes, ties).betweenness
    spots = layouts.circle(nodes, ties, between, groups)
    assert spots == layouts.circle(list(reversed(nodes)), ties, between, groups)
    assert spots[max(between, key=lambda node: between[node])] == (0, 0)
    assert nearest(spots) >= 0.999
    far = {node: _apart(spots[node], (0, 0)) for node in nodes}
    first, last = (
        sorted(nodes, key=lambda node: -between[node])[1:7],
        sorted(nodes, key=lambda node: between[node])[:20],
    )
    assert max(far[node] for node in first) < min(far[node] for node in last)


def test_nobody_and_somebody_alone_have_their_layouts() -> None:
    assert layouts.by_group([], [], {}) == layouts.circle([], [], {}, {}) == {}
    assert layouts.by_group(["a"], [], {}) == layouts.circle(["a"], [], {}, {}) == {"a": (0, 0)}


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return math.hypot((one[0] - other[0]) / layouts.WIDE, (one[1] - other[1]) / layouts.HIGH)

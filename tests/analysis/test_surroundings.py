"""Which part of a large network is drawn."""

from __future__ import annotations

from copdash.analysis import surroundings
from copdash.analysis.networks import Tie
from copdash.analysis.surroundings import MOST_NODES, MOST_TIES


def star(centre: int, leaves: range) -> list[Tie]:
    return [Tie(centre, leaf) for leaf in leaves]


def test_a_thousand_stakeholders_and_three_thousand_ties_are_drawn_whole() -> None:
    assert not surroundings.is_too_large(1_000, 3_000)
    assert surroundings.is_too_large(10_000, 0)
    assert surroundings.is_too_large(400, 30_000)


def test_without_anybody_chosen_those_with_most_partners_are_drawn() -> None:
    ids = list(range(2_000))
    ties = [Tie(a, b) for a in range(MOST_NODES) for b in (1_000 + a, 1_300 + a)]
    assert surroundings.part(ids, ties).ids == ids[:MOST_NODES]


def test_many_ties_with_one_partner_make_nobody_better_known() -> None:
    ids = list(range(400))
    ties = [Tie(398, 399)] * 50 + [tie for a in range(300) for tie in (Tie(a, (a + 1) % 300), Tie(a, (a + 2) % 300))]
    assert 399 not in surroundings.part(ids, ties).ids


def test_whoever_is_chosen_is_drawn_with_partners_before_those_further_away() -> None:
    ids = list(range(2_000))
    ties = [*star(1_999, range(10, 30)), *star(10, range(30, 1_900))]
    found = surroundings.part(ids, ties, 1_999)
    assert len(found.ids) == MOST_NODES
    assert {1_999, *range(10, 30)} <= set(found.ids)
    assert all({tie.from_id, tie.to_id} <= set(found.ids) for tie in found.ties)


def test_of_more_partners_than_are_drawn_those_with_most_partners_stay() -> None:
    ids = list(range(2_000))
    ties = [*star(0, range(1, 1_000)), *star(999, range(1_000, 1_100)), *star(998, range(1_000, 1_100))]
    assert {0, 998, 999} <= set(surroundings.part(ids, ties, 0).ids)


def test_whoever_has_no_ties_is_drawn_alone_and_one_who_is_gone_is_not_looked_for() -> None:
    ids = list(range(2_000))
    assert surroundings.part(ids, star(0, range(1, 500)), 1_999) == ([1_999], [])
    assert 0 in surroundings.part(ids, star(0, range(1, 500)), "gone").ids


def test_of_too_many_ties_those_of_the_chosen_one_and_the_strong_ones_stay() -> None:
    ids = list(range(200))
    ties = [Tie(a, b, True, 1) for a in range(100) for b in range(100, 200)]
    ties[5_000] = Tie(50, 100, True, 3)
    found = surroundings.part(ids, ties, 7)
    assert len(found.ties) == MOST_TIES
    assert ties[5_000] in found.ties
    assert sum(tie.from_id == 7 for tie in found.ties) == 100

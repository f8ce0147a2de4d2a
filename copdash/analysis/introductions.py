"""Whom to introduce to whom: the pairs without a tie whose tie would shorten the most ways between two stakeholders.

How it is reckoned. A pair gains one for every two stakeholders (themselves included) whose shortest way would become
shorter, or who would be linked at all, if the pair were tied (undirected). The pair with the largest gain comes first;
among equals one that would be the first tie between two groups, then the order of the list. Each stakeholder is
proposed once, so that nobody has to meet everybody.

What is looked at. Pairs are ranked by what the two themselves would gain, among the `CANDIDATES` stakeholders best
placed for it: the most between others, then the ones hardest to reach. The `TRIED` best pairs are reckoned exactly.
Up to `CANDIDATES` stakeholders all of them are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import rustworkx as rx

from copdash.analysis.networks import Drawn, Graph, graph, undirected

NAMED = 3
"""How many introductions are proposed."""
CANDIDATES = 160
TRIED = 60
_NEVER = 10_000
"""Steps between two that no way links; more than any way has."""


class Introduction(NamedTuple):
    """Two who should meet."""

    one: Any
    other: Any
    gain: int
    """Pairs of stakeholders who would be nearer to each other, or linked at all."""
    linked: int
    """How many of them have no way to each other now."""
    bridges: tuple[str, str] | None
    """The two groups, where it would be the first tie between them."""


def proposed(
    nodes: Iterable[Any],
    ties: Iterable[Drawn],
    groups: Mapping[Any, str | None],
    *,
    known: Iterable[tuple[Any, Any]] = (),
    betweenness: Mapping[Any, float] | None = None,
) -> list[Introduction]:
    """Up to three introductions, the best first; `known` are pairs that need none, such as those of wanted ties.

    `betweenness` of every node, if it is known already (`networks.measure`).

    The same network always gives the same ones. Raises `Invalid` as `networks.graph`.
    """
    g = graph(nodes, ties)
    if len(g.ids) < 2:
        return []
    index = {node: i for i, node in enumerate(g.ids)}
    taken = set(g.pairs) | {
        (min(index[a], index[b]), max(index[a], index[b])) for a, b in known if a in index and b in index
    }
    steps = _steps(g)
    met = {frozenset((groups.get(g.ids[a]), groups.get(g.ids[b]))) for a, b in g.pairs}
    found = []
    for a, b in _ranked(g, steps, taken, betweenness):
        ours, theirs = groups.get(g.ids[a]), groups.get(g.ids[b])
        bridges = (
            (ours, theirs) if ours and theirs and frozenset((ours, theirs)) not in met and ours != theirs else None
        )
        gain, linked = _gain(steps, a, b)
        if gain:
            found.append((-gain, bridges is None, a, b, Introduction(g.ids[a], g.ids[b], gain, linked, bridges)))
    found.sort(key=lambda one: one[:4])
    chosen: list[Introduction] = []
    busy: set[int] = set()
    for *_, a, b, pair in found:
        if len(chosen) < NAMED and not {a, b} & busy:
            chosen.append(pair)
            busy |= {a, b}
    return chosen


def _steps(g: Graph) -> np.ndarray:
    """Steps between any two, `_NEVER` where no way links them."""
    whole = undirected(len(g.ids), g.pairs)
    return np.asarray(rx.distance_matrix(whole, null_value=_NEVER)).astype(np.int16)


def _ranked(
    g: Graph, steps: np.ndarray, taken: set[tuple[int, int]], betweenness: Mapping[Any, float] | None
) -> list[tuple[int, int]]:
    """Pairs worth reckoning, the most promising first. Each stakeholder appears in few, so that three can be found."""
    n = len(g.ids)
    people = _candidates(g, steps, betweenness)
    one_more = steps[people] + np.int16(1)
    offers = []
    for a in people:
        nearer = np.count_nonzero(one_more < steps[a], axis=1)
        offers += [(-int(gain), a, b) for gain, b in zip(nearer, people, strict=True) if a != b]
    own: dict[tuple[int, int], int] = {}
    for gain, a, b in offers:
        pair = (min(a, b), max(a, b))
        if pair not in taken:
            own[pair] = own.get(pair, 0) + gain
    ranked = sorted(own, key=lambda pair: (own[pair], pair))
    few: dict[int, int] = dict.fromkeys(range(n), 0)
    kept = []
    for a, b in ranked:
        if few[a] < 12 and few[b] < 12:
            few[a] += 1
            few[b] += 1
            kept.append((a, b))
        if len(kept) == TRIED:
            break
    return kept


def _candidates(g: Graph, steps: np.ndarray, betweenness: Mapping[Any, float] | None) -> list[int]:
    n = len(g.ids)
    if n <= CANDIDATES:
        return list(range(n))
    known = rx.betweenness_centrality(undirected(n, g.pairs)) if betweenness is None else {}
    between = [known[i] if betweenness is None else betweenness[node] for i, node in enumerate(g.ids)]
    far = steps.clip(max=n).sum(axis=1)
    central = sorted(range(n), key=lambda i: (-between[i], i))[: CANDIDATES // 2]
    remote = [i for i in sorted(range(n), key=lambda i: (-int(far[i]), i)) if i not in set(central)]
    return sorted(central + remote[: CANDIDATES - len(central)])


def _gain(steps: np.ndarray, a: int, b: int) -> tuple[int, int]:
    near, far = steps[a] + np.int16(1), steps[b]
    shorter = near[:, None] + far[None, :] < steps
    shorter |= shorter.T  # either of the two ways round; nobody comes nearer to themselves
    return int(np.count_nonzero(shorter)) // 2, int(np.count_nonzero(steps[shorter] == _NEVER)) // 2

"""What the place of each stakeholder in the network means: brokering, constraint, and who is cut off without them.

Everything is about the network as drawn, without self-loops and with parallel ties collapsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import rustworkx as rx

from copdash.analysis.networks import Drawn, Graph, Measures, graph, undirected

_NEVER = 1e9
"""Steps between two that no way links; more than any way has."""


class Roles(NamedTuple):
    """How often somebody brokers (Gould and Fernandez 1989), counted over ordered pairs of the two others."""

    coordinator: int = 0
    """Between two of the own group: A, A, A."""
    consultant: int = 0
    """Between two of another group: A, B, A."""
    gatekeeper: int = 0
    """From another group into the own: A, B, B."""
    representative: int = 0
    """From the own group to another: A, A, B."""
    liaison: int = 0
    """Between two groups, being of a third: A, B, C."""


LOOKED_AT = 150
"""From so many nodes on nobody reckons whose ways get longer when one leaves: it takes all ways for each of them."""


@dataclass(frozen=True)
class Leaving:
    """What happens to the others when somebody leaves."""

    before: int
    """Parts of the network, isolates among them, without counting the one who leaves."""
    after: int
    """Parts of what is left."""
    cut_off: tuple[Any, ...]
    """Those who lose the larger rest they hung together with, in the order of the nodes."""
    longer: int | None = None
    """Pairs of others whose shortest way gets longer, though there still is one; None from `LOOKED_AT` nodes on."""


@dataclass(frozen=True)
class Standing:
    """One stakeholder among the others. Shares are 0-1."""

    degree: int
    betweenness: float
    reach: float
    constraint: float | None
    """Burt 1992, 0 to 1.125; low where the partners are not tied to each other. None for isolates."""
    roles: Roles
    circle: int | None
    """Which community, 0 for the largest; None for isolates."""
    leaving: Leaving


def of(
    nodes: Iterable[Any], ties: Iterable[Drawn], measures: Measures, groups: Mapping[Any, str | None]
) -> dict[Any, Standing]:
    """The standing of every node; `measures` are those of the same nodes and ties. Raises `Invalid` as `measure`."""
    g = graph(nodes, ties)
    tight, acting, without = constraint(g), roles(g, groups), leaving(g)
    circles = {node: number for number, circle in enumerate(measures.communities) for node in circle}
    return {
        node: Standing(
            measures.degree[node],
            measures.betweenness[node],
            measures.reach[node],
            tight[node],
            acting[node],
            circles.get(node),
            without[node],
        )
        for node in g.ids
    }


def constraint(g: Graph) -> dict[Any, float | None]:
    """Burt's constraint of every node on the undirected network, where each partner has the share 1/degree.

    The sum over partners j of (p_ij + sum over shared partners q of p_iq * p_qj) squared. None for isolates, for whom
    it is not defined.
    """
    near = g.near()
    share = [1 / len(partners) if partners else 0.0 for partners in near]
    found: dict[Any, float | None] = {}
    for i, node in enumerate(g.ids):
        if not near[i]:
            found[node] = None
            continue
        total = 0.0
        for j in near[i]:
            indirect = sum(share[q] for q in near[i] & near[j])
            total += (share[i] + share[i] * indirect) ** 2
        found[node] = total
    return found


def roles(g: Graph, groups: Mapping[Any, str | None]) -> dict[Any, Roles]:
    """How often each node brokers: v between a and b where a -> v -> b and not a -> b.

    Where a group of the three is not set, the chain counts in no role.
    """
    into: list[list[int]] = [[] for _ in g.ids]
    out: list[list[int]] = [[] for _ in g.ids]
    for a, b in sorted(g.arcs):
        out[a].append(b)
        into[b].append(a)
    kinds = [groups.get(node) or None for node in g.ids]
    found: dict[Any, Roles] = {}
    for v, node in enumerate(g.ids):
        counts = dict.fromkeys(Roles._fields, 0)
        if kinds[v]:
            for a in into[v]:
                for b in out[v]:
                    if a != b and kinds[a] and kinds[b] and (a, b) not in g.arcs:
                        counts[_role(kinds[a], kinds[v], kinds[b])] += 1
        found[node] = Roles(**counts)
    return found


def _role(a: str | None, v: str | None, b: str | None) -> str:
    if a == v == b:
        return "coordinator"
    if a == b:
        return "consultant"
    if v == b:
        return "gatekeeper"
    return "representative" if a == v else "liaison"


def leaving(g: Graph) -> dict[Any, Leaving]:
    """For every node what its leaving does to the others. A piece is cut off unless it is the largest of its part."""
    whole = undirected(len(g.ids), g.pairs)
    near = g.near()
    parts = [set(part) for part in rx.connected_components(whole)]
    home = {i: part for part in parts for i in part}
    cuts = rx.articulation_points(whole)
    longer = _longer(g) if len(g.ids) < LOOKED_AT else [None] * len(g.ids)
    found: dict[Any, Leaving] = {}
    for v, node in enumerate(g.ids):
        before = len(parts) - (not near[v])
        if v not in cuts:
            found[node] = Leaving(before, before, (), longer[v])
            continue
        pieces = _pieces(home[v] - {v}, near)
        largest = max(pieces, key=lambda piece: (len(piece), -min(piece)))
        lost = sorted(i for piece in pieces if piece is not largest for i in piece)
        found[node] = Leaving(before, before - 1 + len(pieces), tuple(g.ids[i] for i in lost), longer[v])
    return found


def _longer(g: Graph) -> list[int | None]:
    """For every node the pairs of others whose shortest way gets longer without it, and still is one."""
    n = len(g.ids)
    if not n:
        return []
    steps = np.asarray(rx.distance_matrix(undirected(n, g.pairs), null_value=_NEVER))
    found: list[int | None] = []
    for v in range(n):
        rest = undirected(n, [pair for pair in g.pairs if v not in pair])
        without = np.asarray(rx.distance_matrix(rest, null_value=_NEVER))
        without[v, :] = without[:, v] = _NEVER
        found.append(int(np.count_nonzero((without > steps) & (without < _NEVER))) // 2)
    return found


def _pieces(rest: set[int], near: list[set[int]]) -> list[set[int]]:
    pieces = []
    left = set(rest)
    while left:
        piece = {left.pop()}
        edge = set(piece)
        while edge:
            edge = set().union(*(near[i] for i in edge)) & left
            left -= edge
            piece |= edge
        pieces.append(piece)
    return pieces

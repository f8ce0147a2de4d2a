"""Measures of a stakeholder network, each with a sentence that a leader can say aloud.

Self-loops are dropped everywhere. A measure that ignores the direction of ties says so (`Measure.ignores_direction`).
What a tie is worth counting for (wanted ones, those of another day) is decided before; see `filters`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import networkx as nx
import rustworkx as rx

from copdash.errors import Invalid

BROKERS = 3
"""How many main brokers are named."""
SEED = 20210601
"""Start of the random numbers, so that the same network always falls into the same communities."""


class Drawn(Protocol):
    """Whatever reads like a tie: a row of `models.Relation`, or a `Tie`."""

    @property
    def from_id(self) -> Any:
        """Where the tie starts."""

    @property
    def to_id(self) -> Any:
        """Where the tie ends."""

    @property
    def directed(self) -> bool:
        """Whether the tie runs one way only."""

    @property
    def strength(self) -> int:
        """1 weak, 2 medium, 3 strong."""


class Tie(NamedTuple):
    """A tie between two node ids."""

    from_id: Hashable
    to_id: Hashable
    directed: bool = True
    strength: int = 1


@dataclass(frozen=True)
class Graph:
    """A network as numbers: node i is `ids[i]`, self-loops are gone, parallel ties collapsed."""

    ids: list[Any]
    one_way: frozenset[tuple[int, int]]
    """From, to of every directed tie."""
    arcs: frozenset[tuple[int, int]]
    """All directions in which there is a tie; an undirected one counts both ways."""
    pairs: list[tuple[int, int]]
    """The two ends of every tie, the smaller number first, each pair once."""
    drawn: int
    self_loops: int

    def near(self) -> list[set[int]]:
        """For every node the others it is tied to, either way."""
        found: list[set[int]] = [set() for _ in self.ids]
        for a, b in self.pairs:
            found[a].add(b)
            found[b].add(a)
        return found


class Mixing(NamedTuple):
    """How far ties cross from one kind to another, over pairs with both kinds set."""

    e_i: float | None
    """Krackhardt and Stern's index (E-I)/(E+I), -1 to 1; None without such a pair."""
    external: int
    internal: int
    unset: int
    """Pairs left out because a kind is not set."""


@dataclass(frozen=True)
class Measures:
    """What is known of one network. Shares are 0-1, the E-I index is -1 to 1; None means «not defined here»."""

    nodes: int
    ties: int
    """Ties as drawn, without self-loops; two ties of different type between the same two count as two."""
    pairs: int
    """Pairs of stakeholders with at least one tie, either way."""
    self_loops: int
    """Ties from a stakeholder to itself; they count in no measure."""
    density: float | None
    """Undirected, 2m/(n(n-1)) over `pairs`. None for fewer than two nodes."""
    density_directed: float | None
    """Directed, m/(n(n-1)) over distinct directions; an undirected tie counts both ways."""
    reciprocity: float | None
    """Share of the distinct directed ties that are answered. None when no tie is directed."""
    components: int
    """Parts of the network without any tie between them; every isolate is one."""
    largest_component: int
    """Number of nodes in the largest part."""
    isolates: tuple[Any, ...]
    degree: dict[Any, int]
    """Node -> number of different stakeholders it is tied to, either way."""
    betweenness: dict[Any, float]
    """Node -> share of the shortest paths between two others that run over it, 0-1 (Freeman 1977, Brandes 2001)."""
    cut_points: tuple[Any, ...]
    """Nodes without whom a part of the network falls apart."""
    brokers: tuple[Any, ...]
    """Up to three nodes with the highest betweenness above 0, the highest first; equal ones in the order given."""
    e_i: float | None
    """Krackhardt and Stern's E-I index over `pairs` whose groups are both set; None without such a pair."""
    external: int
    """Pairs between two groups."""
    internal: int
    """Pairs within one group."""
    ungrouped: int
    """Pairs left out of the E-I index because a group is not set."""
    helices: Mixing
    """The E-I index by helix."""
    reach: dict[Any, float]
    """Node -> share of the others that it reaches in at most two steps, 0-1; 0 for somebody alone."""
    communities: tuple[tuple[Any, ...], ...]
    """Circles of nodes tied more among themselves than with others, the largest first; isolates are in none."""
    modularity: float | None
    """How clearly the circles are apart, -0.5 to 1 (Newman 2006). None without ties."""

    @property
    def mean_reach(self) -> float | None:
        """The mean of `reach`; None for fewer than two nodes."""
        return sum(self.reach.values()) / len(self.reach) if len(self.reach) > 1 else None


def graph(nodes: Iterable[Any], ties: Iterable[Drawn]) -> Graph:
    """The network of `nodes` (ids) and `ties`.

    Raises `Invalid` when a node is given twice or a tie ends at a node that is not given.
    """
    ids = list(nodes)
    index = {node: i for i, node in enumerate(ids)}
    if len(index) != len(ids):
        raise Invalid("A stakeholder is in the network twice.")
    drawn = self_loops = 0
    one_way: set[tuple[int, int]] = set()
    both_ways: set[tuple[int, int]] = set()
    for tie in ties:
        if tie.from_id not in index or tie.to_id not in index:
            raise Invalid("A tie ends at a stakeholder who is not in this network.")
        a, b = index[tie.from_id], index[tie.to_id]
        if a == b:
            self_loops += 1
            continue
        drawn += 1
        if tie.directed:
            one_way.add((a, b))
        else:
            both_ways |= {(a, b), (b, a)}
    arcs = one_way | both_ways
    pairs = sorted({(min(arc), max(arc)) for arc in arcs})
    return Graph(ids, frozenset(one_way), frozenset(arcs), pairs, drawn, self_loops)


def measure(
    nodes: Iterable[Any],
    ties: Iterable[Drawn],
    groups: Mapping[Any, str | None] | None = None,
    helices: Mapping[Any, str | None] | None = None,
) -> Measures:
    """All measures of the network of `nodes` (ids) and `ties`.

    `groups` and `helices`: node id -> kind, for the E-I index (E-I)/(E+I). A tie with an end whose kind is not set
    (missing, None or empty) is neither external nor internal: it is left out of that index and counted as unset.
    Communities are those of Louvain's method (Blondel et al. 2008) with a fixed seed, in the order of the nodes.
    Betweenness, components, isolates, cut-points, degree and density are those of the undirected network with parallel
    ties collapsed; strength changes none of the measures. Betweenness is normalised by (n-1)(n-2)/2.
    Raises `Invalid` when a node is given twice or a tie ends at a node that is not given.
    """
    g = graph(nodes, ties)
    ids, pairs = g.ids, g.pairs
    one_way, arcs = g.one_way, g.arcs
    index = {node: i for i, node in enumerate(ids)}
    plain = undirected(len(ids), pairs)
    components = [len(part) for part in rx.connected_components(plain)]
    degree = {node: plain.degree(i) for node, i in index.items()}
    between = rx.betweenness_centrality(plain, normalized=True)
    betweenness = {node: float(between[i]) for node, i in index.items()}
    cut = rx.articulation_points(plain)
    by_group = mixing(g, groups or {})
    possible = len(ids) * (len(ids) - 1)
    circles, modularity = _communities(pairs)
    return Measures(
        nodes=len(ids),
        ties=g.drawn,
        pairs=len(pairs),
        self_loops=g.self_loops,
        density=2 * len(pairs) / possible if possible else None,
        density_directed=len(arcs) / possible if possible else None,
        reciprocity=sum((b, a) in arcs for a, b in one_way) / len(one_way) if one_way else None,
        components=len(components),
        largest_component=max(components, default=0),
        isolates=tuple(node for node in ids if degree[node] == 0),
        degree=degree,
        betweenness=betweenness,
        cut_points=tuple(node for node in ids if index[node] in cut),
        brokers=_brokers(betweenness),
        e_i=by_group.e_i,
        external=by_group.external,
        internal=by_group.internal,
        ungrouped=by_group.unset,
        helices=mixing(g, helices or {}),
        reach=_reach(g),
        communities=tuple(tuple(ids[i] for i in circle) for circle in circles),
        modularity=modularity,
    )


def undirected(n: int, pairs: Sequence[tuple[int, int]]) -> rx.PyGraph:
    """The undirected graph of nodes 0..n-1 and distinct pairs of them."""
    graph: rx.PyGraph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    graph.add_edges_from_no_data(list(pairs))
    return graph


def neighbours(ties: Iterable[Drawn]) -> dict[Any, set[Any]]:
    """Node -> the others it is tied to, either way; nodes without ties are no keys."""
    found: dict[Any, set[Any]] = defaultdict(set)
    for tie in ties:
        if tie.from_id != tie.to_id:
            found[tie.from_id].add(tie.to_id)
            found[tie.to_id].add(tie.from_id)
    return dict(found)


def _brokers(betweenness: dict[Any, float]) -> tuple[Any, ...]:
    ranked = sorted((node for node in betweenness if betweenness[node] > 0), key=lambda node: -betweenness[node])
    return tuple(ranked[:BROKERS])


def mixing(g: Graph, kinds: Mapping[Any, str | None]) -> Mixing:
    """How far ties cross from one kind of node to another; `kinds`: node id -> kind."""
    external = internal = unset = 0
    for a, b in g.pairs:
        ours, theirs = kinds.get(g.ids[a]), kinds.get(g.ids[b])
        if not ours or not theirs:
            unset += 1
        elif ours == theirs:
            internal += 1
        else:
            external += 1
    both = external + internal
    return Mixing((external - internal) / both if both else None, external, internal, unset)


def _reach(g: Graph) -> dict[Any, float]:
    near = g.near()
    others = len(g.ids) - 1
    found = {}
    for i, node in enumerate(g.ids):
        two = set(near[i]).union(*(near[j] for j in near[i])) - {i}
        found[node] = len(two) / others if others else 0.0
    return found


def _communities(pairs: Sequence[tuple[int, int]]) -> tuple[list[list[int]], float | None]:
    if not pairs:
        return [], None
    whole = nx.Graph()
    whole.add_nodes_from(sorted({i for pair in pairs for i in pair}))
    whole.add_edges_from(pairs)
    circles = [sorted(circle) for circle in nx.community.louvain_communities(whole, seed=SEED)]
    circles.sort(key=lambda circle: (-len(circle), circle[0]))
    return circles, float(nx.community.modularity(whole, circles))

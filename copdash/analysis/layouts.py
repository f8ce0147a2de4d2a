"""Positions for a network picture, computed once on the server and then kept.

`place` never moves what already has a position. Units are pixels of vis-network at zoom 1: x to the right, y down.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import rustworkx as rx

from copdash.analysis.networks import Drawn, neighbours, undirected
from copdash.errors import Invalid

WIDE, HIGH = 180.0, 135.0
"""Room of one node with its label below, in px. Two nodes are never nearer than the ellipse with these axes."""
SEED = 20210601
"""Start of the random numbers, so that the same network always gives the same picture."""
STEPS, STEPS_OF_MANY, MANY = 150, 40, 400
"""Rounds of the spring layout, fewer from `MANY` nodes on; more change the picture no further."""
PIVOTS = 50
"""Nodes whose ways to all others say where everybody starts."""
LARGEST = 2_000
"""From so many nodes on everybody starts at random, since the ways between all would fill the memory."""
LOOSE = 1.6
"""How much room a connected part gets beyond the bare room of its nodes."""

Position = tuple[float, float]


def layout(nodes: Iterable[Any], ties: Iterable[Drawn]) -> dict[Any, Position]:
    """A position for every node: id -> (x, y) in px, rounded to 0.1.

    Each connected part is laid out by Fruchterman and Reingold's springs, which start from the ways between the nodes
    (pivot scaling, Brandes and Pich 2007): half the rounds give a truer picture than from a start by chance. Seeded:
    the same nodes and ties give the same picture, in whatever order they come. The largest part stands around (0, 0);
    smaller ones and, last, the isolates fill columns at its right. A connected network of n nodes reaches to about
    ±150·sqrt(n) in x and ±100·sqrt(n) in y: ±1500 and ±1000 for 100 nodes. No two nodes overlap (`WIDE`, `HIGH`).
    Raises `Invalid` for a tie whose end is not among the nodes.
    """
    ids = sorted(set(nodes), key=_order)
    tied = _neighbours(ids, ties)
    parts = _parts(ids, tied)
    if not parts:
        return {}
    boxes = [_springs(part, tied) for part in parts]
    return {node: _rounded(spot) for node, spot in _packed(boxes).items()}


def by_group(nodes: Iterable[Any], ties: Iterable[Drawn], groups: Mapping[Any, str | None]) -> dict[Any, Position]:
    """A position for every node: each group stands together, groups with many ties side by side.

    Within a group the most tied node is in the middle of it and the others in rings around. The same nodes and ties
    give the same picture. Raises `Invalid` as `layout`.
    """
    ids = sorted(set(nodes), key=_order)
    tied = _neighbours(ids, ties)
    crowds: dict[str, list[Any]] = {}
    for node in sorted(ids, key=lambda node: (-len(tied.get(node, ())), _order(node))):
        crowds.setdefault(groups.get(node) or "", []).append(node)
    between: dict[tuple[str, str], int] = {}
    for node in ids:
        for other in tied.get(node, ()):
            pair = (groups.get(node) or "", groups.get(other) or "")
            between[pair] = between.get(pair, 0) + 1
    names = _neighbouring(sorted(crowds, key=lambda name: (-len(crowds[name]), name)), between)
    discs = [list(itertools.islice(_disc(), len(crowds[name]))) for name in names]
    reach = [max(math.hypot(x / WIDE, y / HIGH) for x, y in disc) + 0.9 for disc in discs]
    radius = max(sum(reach) / math.pi, max(reach, default=0.0) + 0.5) if len(names) > 1 else 0.0
    spots: dict[Any, Position] = {}
    angle = -math.pi / 2
    for name, disc, room in zip(names, discs, reach, strict=True):
        angle += math.pi * room / sum(reach)
        x, y = radius * math.cos(angle) * WIDE, radius * math.sin(angle) * HIGH
        for node, (dx, dy) in zip(crowds[name], disc, strict=True):
            spots[node] = _rounded((x + dx, y + dy))
        angle += math.pi * room / sum(reach)
    return spots


def circle(
    nodes: Iterable[Any], ties: Iterable[Drawn], betweenness: Mapping[Any, float], groups: Mapping[Any, str | None]
) -> dict[Any, Position]:
    """A position for every node: those most between others in the middle, the rest on rings around them.

    The first of all stands in the centre; the next ring holds six, the one after it twelve, and so on. On a ring the
    groups stand together. The same network gives the same picture. Raises `Invalid` as `layout`.
    """
    ids = sorted(set(nodes), key=_order)
    tied = _neighbours(ids, ties)
    ranked = sorted(ids, key=lambda node: (-betweenness.get(node, 0.0), -len(tied.get(node, ())), _order(node)))
    spots: dict[Any, Position] = {}
    for ring in itertools.count():
        room = 6 * ring or 1
        here, ranked = ranked[:room], ranked[room:]
        here.sort(key=lambda node: (groups.get(node) or "~", _order(node)))
        for step, node in enumerate(here):
            angle = 2 * math.pi * step / len(here) - math.pi / 2 + 0.4 * ring
            spots[node] = _rounded((1.12 * ring * WIDE * math.cos(angle), 1.12 * ring * HIGH * math.sin(angle)))
        if not ranked:
            break
    return spots


def _neighbouring(names: list[str], between: Mapping[tuple[str, str], int]) -> list[str]:
    """The groups in an order in which each is followed by the one it has most ties with."""
    if not names:
        return []
    order = [names[0]]
    left = names[1:]
    while left:
        follows = max(left, key=lambda name: (between.get((order[-1], name), 0), -names.index(name)))
        order.append(follows)
        left.remove(follows)
    return order


def _disc() -> Iterator[Position]:
    """Spots of a disc from its middle outwards, none nearer to another than one node's room, without end."""
    yield (0.0, 0.0)
    for ring in itertools.count(1):
        for step in range(6 * ring):
            angle = step * 2 * math.pi / (6 * ring) + 0.5 * ring
            yield (1.35 * ring * WIDE * math.cos(angle), 1.35 * ring * HIGH * math.sin(angle))


def place(nodes: Iterable[Any], ties: Iterable[Drawn], kept: Mapping[Any, Position]) -> dict[Any, Position]:
    """Positions for all nodes, where those in `kept` (id -> (x, y) in px) stay exactly where they are.

    A new node comes near the mean of its placed neighbours, those with most of them first; without any it waits at the
    right side. It overlaps nothing. Ids in `kept` that are no node are ignored. With nothing kept this is `layout`.
    Raises `Invalid` for a kept position that is not finite and for a tie whose end is not among the nodes.
    """
    ids = sorted(set(nodes), key=_order)
    placed: dict[Any, Position] = {node: kept[node] for node in ids if node in kept}
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in placed.values()):
        raise Invalid("A position in the network is not a number. Lay the network out again.")
    if not placed:
        return layout(ids, ties)
    tied = _neighbours(ids, ties)
    side = max(x for x, _ in placed.values()) + 2 * WIDE
    top = min(y for _, y in placed.values())
    room = _Room()
    for spot in placed.values():
        room.take(spot)
    known = {node: len(tied.get(node, set()) & placed.keys()) for node in ids if node not in placed}
    queue = [(-count, _order(node), node) for node, count in known.items()]
    heapq.heapify(queue)
    while queue:
        _, _, node = heapq.heappop(queue)
        if node in placed:
            continue
        near = sorted(placed[other] for other in tied.get(node, set()) if other in placed)
        if near:
            centre = (sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near))
            offers = _around(centre)
        else:
            offers = _columns(side, top, rows=max(6, math.ceil(math.sqrt(len(ids)))))
        placed[node] = next(spot for spot in map(_rounded, offers) if room.is_free(spot))
        room.take(placed[node])
        for other in tied.get(node, set()) - placed.keys():
            known[other] += 1
            heapq.heappush(queue, (-known[other], _order(other), other))
    return {node: placed[node] for node in ids}


def _order(node: Hashable) -> str:
    return str(node)


def _rounded(spot: Position) -> Position:
    return (round(float(spot[0]), 1), round(float(spot[1]), 1))


def _neighbours(ids: Sequence[Any], ties: Iterable[Drawn]) -> dict[Any, set[Any]]:
    tied = neighbours(ties)
    if not tied.keys() <= set(ids):
        raise Invalid("A tie ends at a stakeholder who is not in this network.")
    return tied


def _parts(ids: Sequence[Any], tied: Mapping[Any, set[Any]]) -> list[list[Any]]:
    """Connected parts, the largest first."""
    index = {node: i for i, node in enumerate(ids)}
    pairs = sorted({(min(index[a], index[b]), max(index[a], index[b])) for a in tied for b in tied[a]})
    parts = [sorted(part) for part in rx.connected_components(undirected(len(ids), pairs))]
    return [[ids[i] for i in part] for part in sorted(parts, key=lambda part: (-len(part), part[0]))]


def _springs(part: list[Any], tied: Mapping[Any, set[Any]]) -> dict[Any, Position]:
    """One connected part around (0, 0), without overlaps."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    index = {node: i for i, node in enumerate(part)}
    pairs = sorted({(min(index[a], index[b]), max(index[a], index[b])) for a in part for b in tied[a]})
    whole = undirected(len(part), pairs)
    steps = STEPS if len(part) < MANY else STEPS_OF_MANY
    found = rx.spring_layout(whole, pos=_begun(whole), num_iter=steps, seed=SEED)
    spots = np.array([found[i] for i in range(len(part))])
    spots -= spots.mean(axis=0)
    if np.ptp(spots[:, 1]) > np.ptp(spots[:, 0]):
        spots = spots[:, ::-1]
    reach = np.sqrt((spots**2).sum(axis=1).mean()) or 1.0
    spots = spots / reach * (LOOSE / 2) * math.sqrt(len(part) / 2)
    spots = _apart(spots) * (WIDE, HIGH)
    return {node: (float(spots[i, 0]), float(spots[i, 1])) for node, i in index.items()}


def _begun(whole: rx.PyGraph) -> dict[int, Position] | None:
    """Where each node of a connected part starts, by its ways to `PIVOTS` others far apart; None where by chance."""
    n = whole.num_nodes()
    if not 5 <= n <= LARGEST:
        return None
    steps = np.asarray(rx.distance_matrix(whole))
    pivots = [0]
    least = steps[0].copy()
    for _ in range(min(PIVOTS, n) - 1):
        pivots.append(int(least.argmax()))
        least = np.minimum(least, steps[pivots[-1]])
    squares = steps[:, pivots] ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    spots = centred @ vectors[:, -2:]
    spots *= np.sign(spots[np.abs(spots).argmax(axis=0), [0, 1]]) / np.maximum(np.abs(spots).max(axis=0), 1e-9)
    spots += np.random.default_rng(SEED).uniform(-0.02, 0.02, spots.shape)  # nobody starts on somebody else
    return {i: (float(x), float(y)) for i, (x, y) in enumerate(spots)}


def _apart(spots: np.ndarray) -> np.ndarray:
    """Push points (in units of a node's room) apart until no two are nearer than 1; spread all when that stalls."""
    spots = spots.copy()
    random = np.random.default_rng(SEED)
    for step in range(400):
        first, second = _too_near(spots, 1.0)
        if not len(first):
            return spots
        gap = spots[second] - spots[first]
        length = np.hypot(gap[:, 0], gap[:, 1])
        same = length < 1e-9
        gap[same] = random.normal(size=(int(same.sum()), 2))
        length[same] = np.hypot(gap[same, 0], gap[same, 1])
        push = gap / length[:, None] * ((1.02 - np.where(same, 0, length)) / 2)[:, None]
        np.add.at(spots, first, -push)
        np.add.at(spots, second, push)
        if step % 20 == 19:
            spots *= 1.05
    nearest = min(float(_distances(spots).min()), 1.0)
    return spots / max(nearest, 1e-3)


def _too_near(spots: np.ndarray, least: float) -> tuple[np.ndarray, np.ndarray]:
    """Pairs nearer to each other than `least`: each is compared with those that follow it from left to right."""
    order = np.argsort(spots[:, 0], kind="stable")
    x, y = spots[order].T
    first, second = [order[:0]], [order[:0]]
    for shift in range(1, len(spots)):
        wide = x[shift:] - x[:-shift]
        if not (wide < least).any():
            break
        near = wide**2 + (y[shift:] - y[:-shift]) ** 2 < least**2
        first.append(order[:-shift][near])
        second.append(order[shift:][near])
    return np.concatenate(first), np.concatenate(second)


def _distances(spots: np.ndarray) -> np.ndarray:
    first, second = np.triu_indices(len(spots), 1)
    found: np.ndarray = np.hypot(*(spots[first] - spots[second]).T)
    return found


def _packed(boxes: list[dict[Any, Position]]) -> dict[Any, Position]:
    """The first part stays in the middle; the others fill columns at its right, from top to bottom."""
    sizes = [_box(box) for box in boxes]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in sizes)
    height = max(sizes[0][3] - sizes[0][1], math.sqrt(area * HIGH / WIDE))
    placed = dict(boxes[0])
    x, y, width = sizes[0][2] + (0.4 * WIDE if len(boxes[0]) > 1 else 0), -height / 2, 0.0
    if len(boxes[0]) == 1:
        placed, x = {}, 0.0
    for box, (left, top, right, bottom) in zip(boxes, sizes, strict=True):
        if placed.keys() >= box.keys():
            continue
        if y > -height / 2 and y + bottom - top > height / 2 + 1:
            x, y, width = x + width, -height / 2, 0.0
        for node, (node_x, node_y) in box.items():
            placed[node] = (x + node_x - left, y + node_y - top)
        y, width = y + bottom - top, max(width, right - left)
    return placed


def _box(box: Mapping[Any, Position]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a part with the room of its nodes."""
    xs, ys = [x for x, _ in box.values()], [y for _, y in box.values()]
    return min(xs) - WIDE / 2, min(ys) - HIGH / 2, max(xs) + WIDE / 2, max(ys) + HIGH / 2


def _around(centre: Position) -> Iterator[Position]:
    """Spots around a centre, ring after ring, without end."""
    yield centre
    for ring in itertools.count(1):
        for step in range(6 * ring):
            angle = step * 2 * math.pi / (6 * ring) + 0.5 * ring
            yield (
                centre[0] + 0.55 * WIDE * ring * math.cos(angle),
                centre[1] + 0.55 * HIGH * ring * math.sin(angle),
            )


def _columns(left: float, top: float, rows: int) -> Iterator[Position]:
    """Spots in columns from `left` and `top` on, without end."""
    for turn in itertools.count():
        column, row = divmod(turn, rows)
        yield left + column * WIDE, top + row * HIGH


class _Room:
    """Which spots are taken, in cells of one node's room, so that a spot is compared with its neighbours only."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Position]] = {}

    def take(self, spot: Position) -> None:
        self._cells.setdefault(self._cell(spot), []).append(spot)

    def is_free(self, spot: Position) -> bool:
        column, row = self._cell(spot)
        return not any(
            math.hypot((spot[0] - x) / WIDE, (spot[1] - y) / HIGH) < 0.999
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for x, y in self._cells.get((column + dx, row + dy), ())
        )

    @staticmethod
    def _cell(spot: Position) -> tuple[int, int]:
        return math.floor(spot[0] / WIDE), math.floor(spot[1] / HIGH)

"""The part of a network that is drawn where all of it is too much: those with most ties, around one of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from copdash.analysis.networks import Drawn

WHOLE_NODES, WHOLE_TIES = 1_500, 6_000
"""Up to so many stakeholders and ties a network is drawn whole; 1,000 and 3,000 move as an empty page does."""
MOST_NODES, MOST_TIES = 300, 3_000
"""What is drawn of a larger one."""

T = TypeVar("T", bound=Drawn)


class Part(NamedTuple):
    """What of a network is drawn: ids of nodes in the order given, and ties between them."""

    ids: list[Any]
    ties: list[Any]


def is_too_large(nodes: int, ties: int) -> bool:
    """Whether only a part of such a network is drawn."""
    return nodes > WHOLE_NODES or ties > WHOLE_TIES


def part(ids: Sequence[Hashable], ties: Sequence[T], around: Hashable | None = None) -> Part:
    """At most `MOST_NODES` nodes and `MOST_TIES` ties between them.

    Without `around` those with most different partners. With it: itself, then whoever is tied to it, those with most
    partners first, then those one step further, until there are enough or nobody else is linked to it. Ties of
    `around` come before others, strong ones before weak ones. Of equal ones the earlier stays.
    """
    near: dict[Hashable, set[Hashable]] = {id_: set() for id_ in ids}
    for tie in ties:
        if tie.from_id in near and tie.to_id in near and tie.from_id != tie.to_id:
            near[tie.from_id].add(tie.to_id)
            near[tie.to_id].add(tie.from_id)
    order = {id_: number for number, id_ in enumerate(ids)}

    def by_partners(some: Iterable[Hashable]) -> list[Hashable]:
        return sorted(some, key=lambda id_: (-len(near[id_]), order[id_]))

    if around in near:
        chosen: list[Hashable] = [around]
        seen: set[Hashable] = {around}
        ring: set[Hashable] = {around}
        while ring and len(chosen) < MOST_NODES:
            ring = {other for id_ in ring for other in near[id_]} - seen
            seen |= ring
            chosen += by_partners(ring)
    else:
        chosen = by_partners(ids)
    kept = set(chosen[:MOST_NODES])
    between = [tie for tie in ties if tie.from_id in kept and tie.to_id in kept]
    if len(between) > MOST_TIES:
        first = sorted(
            range(len(between)),
            key=lambda at: (around not in (between[at].from_id, between[at].to_id), -between[at].strength, at),
        )
        between = [between[at] for at in sorted(first[:MOST_TIES])]
    return Part([id_ for id_ in ids if id_ in kept], between)

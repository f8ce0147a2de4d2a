"""The networks that are drawn: ties between different stakeholders, none twice, the same for the same numbers."""

from __future__ import annotations

import random

SIZES = ((200, 500), (1000, 3000))


def pairs(nodes: int, ties: int) -> list[tuple[int, int]]:
    """`ties` pairs of numbers below `nodes`."""
    rng = random.Random(nodes)
    found: dict[tuple[int, int], None] = {}
    while len(found) < ties:
        a, b = rng.sample(range(nodes), 2)
        if (b, a) not in found:
            found[(a, b)] = None
    return list(found)

"""The lists that crowd a grid: role names such as real lists hold, more of them high than low; the same each time."""

from __future__ import annotations

import random
from typing import Any

FIRST = ("Regional", "Municipal", "National", "Coastal", "Upper river", "Joint", "Young", "Private")
SECOND = ("water authority", "growers' cooperative", "drinking water utility", "energy company", "council", "bank")
MEMBERSHIPS = ("Core", "Active", "Peripheral", "Invited", "Not invited", "Declined")


def crowd(n: int) -> list[dict[str, Any]]:
    """`n` rated stakeholders; power and interest 0-10."""
    chance = random.Random(n)
    return [
        {
            "name": f"{chance.choice(FIRST)} {chance.choice(SECOND)} {i}",
            "membership": chance.choice(MEMBERSHIPS),
            "power": round(10 * chance.betavariate(1.6, 1.4), 1),
            "interest": round(10 * chance.betavariate(1.6, 1.4), 1),
        }
        for i in range(n)
    ]

"""The power-interest grid: which quadrant a rating falls into, and how many stakeholders stand in each.

An empty rating is never a zero: whoever lacks power or interest is in no quadrant.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from copdash.errors import Invalid
from copdash.models import Axes, QuadrantNames

LOWEST, BORDER, HIGHEST = 0.0, 5.0, 10.0
"""Both scales run 0-10; the border 5 belongs to the higher side."""

KEEP_SATISFIED = "Keep satisfied"
MANAGE_CLOSELY = "Manage closely"
MONITOR = "Monitor"
KEEP_INFORMED = "Keep informed"

QUADRANTS = (KEEP_SATISFIED, MANAGE_CLOSELY, MONITOR, KEEP_INFORMED)
"""As on the grid, read from the top left: power goes up, interest goes right."""

LABELS: dict[str, dict[str, str]] = {
    QuadrantNames.STANDARD: dict(zip(QUADRANTS, QUADRANTS, strict=True)),
    QuadrantNames.REED: dict(zip(QUADRANTS, ("Context setters", "Key players", "Crowd", "Subjects"), strict=True)),
    QuadrantNames.DUTCH: dict(zip(QUADRANTS, ("Consulteren", "Betrekken", "Monitoren", "Informeren"), strict=True)),
}
"""Label sets to choose from: Open University, Reed et al. 2009, Dutch. Each by the standard name of its quadrant."""

_TURNED = (KEEP_INFORMED, MANAGE_CLOSELY, MONITOR, KEEP_SATISFIED)


class Rated(Protocol):
    """Whatever has a power and an interest, 0-10 or None: a row of `models.Stakeholder`, for one."""

    @property
    def power(self) -> float | None:
        """Power to influence the outcome, 0-10."""

    @property
    def interest(self) -> float | None:
        """Interest in the outcome, 0-10."""


@dataclass(frozen=True)
class Counts:
    """How many rows stand in each quadrant (all four are keys), and how many are in none."""

    by_quadrant: dict[str, int]
    unrated: int

    @property
    def rated(self) -> int:
        """Rows with both power and interest."""
        return sum(self.by_quadrant.values())

    @property
    def total(self) -> int:
        """All rows."""
        return self.rated + self.unrated

    @property
    def rated_share(self) -> float | None:
        """Share of rows with both ratings, 0-1; None without rows."""
        return self.rated / self.total if self.total else None


def quadrant(power: float | None, interest: float | None) -> str | None:
    """Name of the quadrant of a rating; None when either is None. 5 counts as high.

    Raises `Invalid` for NaN, infinities and anything outside 0-10.
    """
    _check("Power", power)
    _check("Interest", interest)
    if power is None or interest is None:
        return None
    if power >= BORDER:
        return MANAGE_CLOSELY if interest >= BORDER else KEEP_SATISFIED
    return KEEP_INFORMED if interest >= BORDER else MONITOR


def named(quadrant_names: str) -> dict[str, str]:
    """How a case study calls each quadrant, by its standard name; the standard names for a set that is not known."""
    return LABELS.get(quadrant_names, LABELS[QuadrantNames.STANDARD])


def from_top_left(quadrant_names: str, axes: str) -> list[str]:
    """The four names as a case study writes them on its grid, read from the top left."""
    return [named(quadrant_names)[name] for name in (_TURNED if axes == Axes.INTEREST_UP else QUADRANTS)]


def counts(rows: Iterable[Rated]) -> Counts:
    """Rows per quadrant, unrated ones apart. Raises `Invalid` as `quadrant` does."""
    by_quadrant = dict.fromkeys(QUADRANTS, 0)
    unrated = 0
    for row in rows:
        name = quadrant(row.power, row.interest)
        if name is None:
            unrated += 1
        else:
            by_quadrant[name] += 1
    return Counts(by_quadrant, unrated)


def _check(what: str, value: float | None) -> None:
    if value is None:
        return
    if math.isnan(value):
        raise Invalid(f"{what} is not a number. Give a value from 0 to 10, or leave it empty.")
    if not LOWEST <= value <= HIGHEST:
        raise Invalid(f"{what} is {value:g}. Give a value from 0 to 10, or leave it empty.")

"""The engagement assessment matrix: where each stakeholder's attitude is (C) and where it is wanted (D).

After the PMBOK Guide. The five attitudes are an order, not a scale: a gap is counted in steps, and nothing is averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from copdash.models import Attitude

ATTITUDES: tuple[str, ...] = tuple(Attitude.values())
"""From the farthest to the closest: Unaware, Resistant, Neutral, Supportive, Leading."""


class Placed(Protocol):
    """Whatever has attitudes («» is not set) and a power (0-10 or None): a row of `models.Stakeholder`, for one."""

    @property
    def name(self) -> str:
        """Who it is."""

    @property
    def power(self) -> float | None:
        """Power to influence the outcome, 0-10."""

    @property
    def attitude(self) -> str:
        """The attitude now."""

    @property
    def attitude_wanted(self) -> str:
        """The attitude the CoP wants."""


Row = TypeVar("Row", bound=Placed)


@dataclass(frozen=True)
class Gap(Generic[Row]):
    """A stakeholder to be won: from which attitude to which, and over how many steps (1-4)."""

    row: Row
    now: str
    wanted: str
    steps: int


def steps(now: str, wanted: str) -> int | None:
    """Steps from one attitude to the other, -4 to 4; below 0 it is further than wanted. None where one is not set."""
    if now not in ATTITUDES or wanted not in ATTITUDES:
        return None
    return ATTITUDES.index(wanted) - ATTITUDES.index(now)


def gaps(rows: Iterable[Row]) -> list[Gap[Row]]:
    """Whom to win, the powerful first, then the widest gap, then by name; unrated power comes last."""
    found = [
        Gap(row, row.attitude, row.attitude_wanted, far)
        for row in rows
        if (far := steps(row.attitude, row.attitude_wanted)) is not None and far > 0
    ]
    return sorted(found, key=lambda gap: (*_by_power(gap.row), -gap.steps, gap.row.name.casefold()))


def ordered(rows: Iterable[Row]) -> list[Row]:
    """The rows of the matrix: the powerful first, then the widest gap, then by name."""
    return sorted(
        rows,
        key=lambda row: (
            *_by_power(row),
            -(steps(row.attitude, row.attitude_wanted) or 0),
            row.name.casefold(),
        ),
    )


@dataclass(frozen=True)
class Summary:
    """How many are where they are wanted, still to be won, further than wanted, and not yet placed."""

    reached: int
    to_win: int
    beyond: int
    unplaced: int


def summary(rows: Sequence[Placed]) -> Summary:
    """The counts of a list; `unplaced` lack the attitude now or the one wanted."""
    far = [steps(row.attitude, row.attitude_wanted) for row in rows]
    known = [one for one in far if one is not None]
    return Summary(
        sum(one == 0 for one in known), sum(one > 0 for one in known), sum(one < 0 for one in known), far.count(None)
    )


def in_words(counts: Summary) -> str:
    """The counts in one line; those that are zero and need no word are left out."""
    parts = [f"{counts.reached} where wanted", f"{counts.to_win} to win"]
    if counts.beyond:
        parts.append(f"{counts.beyond} further than wanted")
    if counts.unplaced:
        parts.append(f"{counts.unplaced} not placed")
    return " · ".join(parts)


def _by_power(row: Placed) -> tuple[bool, float]:
    return (row.power is None, -(row.power or 0.0))

"""One line of the results: ours and its peer, measured in turn, and whether the goal is met."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Goal:
    """How many times the peer's time ours may take at most, or how many times faster it has to be at least."""

    sense: Literal["at most", "faster by"]
    times: float = math.inf
    """Infinite: the ratio is told, and only the limits decide."""

    def ratio(self, ours: float, peer: float) -> float:
        """Ours as a multiple of the peer's; where ours is to be faster, the peer's as a multiple of ours."""
        return ours / peer if self.sense == "at most" else peer / ours

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio is good enough."""
        return ratio <= self.times if self.sense == "at most" else ratio >= self.times

    def __str__(self) -> str:
        if self.times == math.inf:
            return ""
        if self.times == 0:
            return "none"
        return f"≤ {self.times:g}×" if self.sense == "at most" else f"≥ {self.times:g}× faster"


@dataclass(frozen=True)
class Limit:
    """A bound in seconds that is part of a goal, such as a p95; `measured` in seconds."""

    what: str
    seconds: float
    measured: float

    @property
    def is_met(self) -> bool:
        """Whether it was kept."""
        return self.measured <= self.seconds


@dataclass(frozen=True)
class Row:
    """Times in milliseconds, or counts of a `unit`; the two lists belong together pair by pair."""

    what: str
    peer: str
    goal: Goal
    ours: Sequence[float]
    peers: Sequence[float]
    limits: Sequence[Limit] = ()
    notes: Sequence[str] = ()
    capped: float | None = field(default=None)
    """The time at which the peer was given up, if that happened: the ratio is then a lower bound."""
    unit: str = "ms"

    @property
    def ratios(self) -> list[float]:
        """One a pair."""
        return [self.goal.ratio(ours, peer) for ours, peer in zip(self.ours, self.peers, strict=True)]

    @property
    def ratio(self) -> float:
        """Their median."""
        return statistics.median(self.ratios)

    @property
    def is_met(self) -> bool:
        """Whether the median ratio and every limit are good enough."""
        return self.goal.is_met(self.ratio) and all(limit.is_met for limit in self.limits)


def in_turn(
    rounds: int, ours: Callable[[], float], peer: Callable[[], float], *, warm: int = 1
) -> tuple[list[float], list[float]]:
    """Measure A B A B …; the first `warm` pairs are thrown away."""
    pairs = [(ours(), peer()) for _ in range(warm + rounds)][warm:]
    return [a for a, _ in pairs], [b for _, b in pairs]


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]

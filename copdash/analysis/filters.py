"""Which ties of a network are looked at: by type, strength, status and day. Wanted ties count in no measure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from copdash.models import Relation, TieStatus

Tie = TypeVar("Tie", bound=Relation)


@dataclass(frozen=True)
class Filter:
    """What is shown. Nothing given shows all."""

    types: frozenset[str] | None = None
    """None for all types."""
    strength: int = 1
    """The weakest that is shown, 1-3."""
    status: str = ""
    """Existing, Wanted, or empty for both."""
    day: dt.date | None = None
    """Only ties of this day: begun by then, where a beginning is known, and not ended before."""

    def shows(self, tie: Relation) -> bool:
        """Whether a tie is shown."""
        return (
            (self.types is None or tie.type in self.types)
            and tie.strength >= self.strength
            and (not self.status or tie.status == self.status)
            and (self.day is None or lasts(tie, self.day))
        )


def lasts(tie: Relation, day: dt.date) -> bool:
    """Whether there is this tie on a day; an unknown beginning or end is no limit."""
    return (tie.since is None or tie.since <= day) and (tie.until is None or tie.until >= day)


def counted(ties: Iterable[Tie], chosen: Filter = Filter()) -> list[Tie]:
    """The ties that measures are made of: those shown, without wanted ones. A wanted tie is a wish, no fact."""
    return [tie for tie in ties if tie.status != TieStatus.WANTED and chosen.shows(tie)]

"""Who is wanted in two case studies on the same day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from copdash.models import Certainty


@dataclass(frozen=True)
class Clash:
    """One person, one day, and two meetings with the titles of their case studies."""

    day: dt.date
    who: str
    one: str
    other: str


def clashes(roadmaps: Iterable[tuple[str, Sequence[Any]]]) -> list[Clash]:
    """Moderators, organisers and note-takers that two case studies want on one day, by day.

    Of a meeting title, certainty, days and the three names are looked at. Names are compared without regard to case and
    blanks. A meeting's first hundred days count.
    """
    wanted: defaultdict[tuple[dt.date, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for title, meetings in roadmaps:
        for row in meetings:
            if row.starts_on is None or row.certainty in (Certainty.CANCELLED, Certainty.HELD):
                continue
            last = min(row.ends_on or row.starts_on, row.starts_on + dt.timedelta(days=99))
            names = {" ".join(name.casefold().split()): name for name in (row.moderator, row.organiser, row.note_taker)}
            for name, shown in names.items():
                for step in range((last - row.starts_on).days + 1 if name else 0):
                    day = row.starts_on + dt.timedelta(days=step)
                    wanted[day, name].setdefault(title, (shown, f"{title} ({row.title})"))
    return [
        Clash(day, first[0], first[1], other[1])
        for (day, _), there in sorted(wanted.items())
        for first, other in [tuple(there.values())[:2]] * (len(there) > 1)
    ]

"""Who is wanted in two case studies on the same day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from copdash import words
from copdash.models import Certainty


@dataclass(frozen=True)
class Clash:
    """One person, the days from `day` to `last`, and two meetings with the titles of their case studies."""

    day: dt.date
    last: dt.date
    who: str
    one: str
    other: str
    one_id: str
    other_id: str


def clashes(roadmaps: Iterable[tuple[str, Sequence[Any]]]) -> list[Clash]:
    """Moderators, organisers and note-takers that two case studies want on one day, by day.

    Two meetings that share several days are one clash. Of a meeting id, title, certainty, days and the three names are
    looked at. Names are compared without regard to case, blanks and typographic signs. A meeting's first hundred days
    count.
    """
    wanted: defaultdict[tuple[dt.date, str], dict[str, tuple[str, str, str]]] = defaultdict(dict)
    for title, meetings in roadmaps:
        for row in meetings:
            if row.starts_on is None or row.certainty in (Certainty.CANCELLED, Certainty.HELD):
                continue
            last = min(row.ends_on or row.starts_on, row.starts_on + dt.timedelta(days=99))
            names = {words.key(name): name for name in (row.moderator, row.organiser, row.note_taker)}
            for name, shown in names.items():
                for step in range((last - row.starts_on).days + 1 if name else 0):
                    day = row.starts_on + dt.timedelta(days=step)
                    wanted[day, name].setdefault(title, (shown, f"{title} ({row.title})", str(row.id)))
    found: dict[tuple[str, str, str], Clash] = {}
    for (day, name), there in sorted(wanted.items()):
        if len(there) > 1:
            (who, one, one_id), (_, other, other_id) = tuple(there.values())[:2]
            known = found.get((name, one_id, other_id))
            since = known.day if known else day
            found[name, one_id, other_id] = Clash(since, day, who, one, other, one_id, other_id)
    return list(found.values())

"""A roadmap against the one that was agreed: what moved by how many days, what came and what went.

A baseline's content is JSON text: for each meeting and milestone with a day its id, title, kind, first and last day.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from copdash import words
from copdash.errors import Invalid
from copdash.models import Certainty, Meeting, Milestone

MOST = 20_000
"""Rows that a baseline may hold."""

LONGEST = 5_000


@dataclass(frozen=True)
class Agreed:
    """One meeting or milestone as it was agreed; whole days, `last` is the last day."""

    id: str
    title: str
    kind: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Slip:
    """One difference from what was agreed. `days` is how much later it begins (earlier: negative), None if it is gone,
    has no day any more, or was not there."""

    id: str
    title: str
    days: int | None
    sentence: str
    because: str = ""


def frozen(meetings: Iterable[Meeting], milestones: Iterable[Milestone]) -> str:
    """The content of a baseline: everything with a day that is not cancelled."""
    rows = [
        {
            "id": str(row.id),
            "title": row.title,
            "kind": row.kind,
            "first": row.starts_on.isoformat(),
            "last": (row.ends_on or row.starts_on).isoformat(),
        }
        for row in meetings
        if row.starts_on and row.certainty != Certainty.CANCELLED
    ]
    rows += [
        {
            "id": str(row.id),
            "title": row.title,
            "kind": row.kind,
            "first": row.due_on.isoformat(),
            "last": row.due_on.isoformat(),
        }
        for row in milestones
        if row.due_on
    ]
    return json.dumps(rows, ensure_ascii=False)


def agreed(content: str) -> list[Agreed]:
    """What a baseline's content says; raises `Invalid` where it is none."""
    try:
        said = json.loads(content or "[]")
        if not isinstance(said, list) or len(said) > MOST:
            raise ValueError
        return [_one(row) for row in said]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Invalid("A baseline of the roadmap is not as it should be.") from None


def _one(row: dict[str, str]) -> Agreed:
    first, last = dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"])
    if last < first or not 1900 <= first.year <= last.year <= 2200:
        raise ValueError
    title, kind = row["title"], row["kind"]
    f"{title}{kind}".encode()  # half a sign is none: UnicodeEncodeError is a ValueError
    if not isinstance(title, str) or not isinstance(kind, str) or len(title) > LONGEST or len(kind) > LONGEST:
        raise ValueError
    return Agreed(str(uuid.UUID(row["id"])), title, kind, first, last)


def checked_text(value: object) -> str:
    """The content of a baseline from another store, in our own words; raises `Invalid`."""
    if value is not None and not isinstance(value, str):
        raise Invalid("A baseline of the roadmap is not as it should be.")
    rows = [
        {"id": one.id, "title": one.title, "kind": one.kind, "first": str(one.first), "last": str(one.last)}
        for one in agreed(value or "")
    ]
    return json.dumps(rows, ensure_ascii=False)


def slips(content: str, meetings: Iterable[Meeting], milestones: Iterable[Milestone]) -> list[Slip]:
    """What differs from the baseline, the largest slip first, what is new last."""
    now: dict[str, tuple[str, dt.date | None, str]] = {
        str(row.id): (
            row.title,
            None if row.certainty == Certainty.CANCELLED else row.starts_on,
            row.moved_because,
        )
        for row in meetings
    }
    now.update({str(row.id): (row.title, row.due_on, "") for row in milestones})
    found: list[Slip] = []
    known = agreed(content)
    for one in known:
        title, day, because = now.get(one.id, (one.title, None, ""))
        if one.id not in now:
            found.append(Slip(one.id, title, None, "deleted since"))
        elif day is None:
            found.append(Slip(one.id, title, None, "no longer on the timeline", because))
        elif day != one.first:
            days = (day - one.first).days
            found.append(
                Slip(
                    one.id,
                    title,
                    days,
                    f"{words.counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}",
                    because,
                )
            )
    found.sort(key=lambda slip: (slip.days is None, -abs(slip.days or 0), slip.title))
    ids = {one.id for one in known}
    found += [Slip(row_id, title, None, "new") for row_id, (title, day, _) in now.items() if day and row_id not in ids]
    return found

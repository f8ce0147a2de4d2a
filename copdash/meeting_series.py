"""Meetings that come again: a series made, shifted or ended in one gesture. Each is a meeting of its own all the same.

Held meetings stay where they were, and cancelled ones are left alone: a series is what is still to come of it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from copdash import history, meetings, rows, words
from copdash.errors import ChangedElsewhere, Invalid
from copdash.fields import shown
from copdash.models import Certainty, Format, Meeting, MeetingKind
from copdash.roles import EDITORS
from copdash.verbs import verb


@verb(EDITORS, "series_planned")
def plan(session: Session, /, case_study_id: uuid.UUID, *, days: Sequence[dt.date], **values: object) -> list[Meeting]:
    """A meeting on each of these days, all alike, as one series. Raises `Invalid`."""
    if len(days) < 2:
        raise Invalid("A series has at least two meetings; plan one meeting instead.")
    usual: dict[str, Any] = {
        "kind": MeetingKind.ONE_ON_ONE.value,
        "format": Format.ONLINE.value,
        "certainty": Certainty.PLANNED.value,
    }
    series_id = uuid.uuid4()
    made = []
    for day in days:
        row = meetings.plan(session, case_study_id, **{**usual, **values, "starts_on": day, "ends_on": day})
        row.series_id = series_id
        made.append(row)
    history.retell(session, f"Planned {made[0].title}, {len(made)} times")
    return made


@verb(EDITORS, "series_shifted")
def shift(session: Session, seen: Mapping[uuid.UUID, dt.date], *, days: int) -> None:
    """Move meetings by as many days each; `seen` are the days they had when their author looked.

    Raises `Invalid`, `NotFound`, and `ChangedElsewhere` if one of them has another day by now; then none is moved.
    """
    if not days or abs(days) > 3_660:
        raise Invalid("Give by how many days the meetings move, such as 7, or -7 for a week earlier.")
    found = rows.find_all(session, Meeting, list(seen))
    for row in found:
        if row.starts_on != seen[row.id]:
            raise ChangedElsewhere(
                f"{row.title} was on {shown(seen[row.id])} and is on {shown(row.starts_on)} by now. "
                "Nothing was moved; look at the series again."
            )
    by = dt.timedelta(days=days)
    for row in found:
        assert row.starts_on is not None  # noqa: S101 - it is the day that was seen
        meetings.reschedule(
            session, row.id, starts_on=row.starts_on + by, ends_on=row.ends_on + by if row.ends_on else None
        )
    if found:
        count = f"{days:+d} {words.plural(abs(days), 'day')}".replace("-", "−")
        history.retell(session, f"Moved {len(found)} of {found[0].title} by {count}")


@verb(EDITORS, "series_ended")
def end(session: Session, meeting_ids: Sequence[uuid.UUID]) -> None:
    """Delete these meetings of a series with all that belongs to them. Raises `NotFound`."""
    found = rows.find_all(session, Meeting, meeting_ids)
    if found:
        title = found[0].title
        meetings.remove(session, [row.id for row in found])
        history.retell(session, f"Ended {title}: {len(found)} meetings fewer" if len(found) > 1 else f"Ended {title}")


@verb(EDITORS)
def join(session: Session, meeting_id: uuid.UUID, series_id: uuid.UUID) -> None:
    """Make a meeting one of a series. Raises `NotFound`."""
    row = rows.find(session, Meeting, meeting_id)
    row.series_id = series_id
    history.tell(session, f"{row.title} is one of a series")


@verb(EDITORS, "series_left")
def leave(session: Session, meeting_id: uuid.UUID) -> None:
    """Make a meeting of a series one of its own. Raises `NotFound`."""
    row = rows.find(session, Meeting, meeting_id)
    row.series_id = None
    history.tell(session, f"Took {row.title} out of its series")


def of(row: Meeting, planned: Sequence[Meeting]) -> list[Meeting]:
    """The series of a meeting by day, itself among them; without a series nothing."""
    if row.series_id is None:
        return []
    return sorted(
        (one for one in planned if one.series_id == row.series_id),
        key=lambda one: (one.starts_on or dt.date.max, one.id),
    )


def later(row: Meeting, planned: Sequence[Meeting], than: dt.date | None = None) -> list[Meeting]:
    """Those of its series that come after a meeting (after another day than its own if given) and can still change."""
    since = than or row.starts_on
    settled = (Certainty.HELD, Certainty.CANCELLED)
    return [
        one
        for one in of(row, planned)
        if one.id != row.id and since and one.starts_on and one.starts_on > since and one.certainty not in settled
    ]

"""Beginning a roadmap from a series of meetings, or from the roadmap of another case study. One gesture each."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, select

from copdash import agendas, case_studies, history, meetings, preparations, words
from copdash.analysis import roadmaps, series
from copdash.errors import Invalid, NotFound
from copdash.models import CaseStudy, Certainty, Meeting
from copdash.roles import EDITORS
from copdash.verbs import verb

COPIED = (
    "title",
    "kind",
    "theme",
    "format",
    "goals",
    "questions",
    "expected_outcomes",
    "day_starts_at",
    "evaluation",
)
"""What a copy takes along; people, places and what happened since belong to the other case study."""


@verb(EDITORS, "series_begun")
def begin(session: Session, case_study_id: uuid.UUID, name: str) -> list[Meeting]:
    """Plan the meetings of a series between the case study's own dates. Raises `Invalid` for an unknown one."""
    chosen = series.SERIES.get(name)
    if chosen is None:
        raise Invalid("There is no such series of meetings.")
    case_study = case_studies.get(session, case_study_id)
    values = series.laid_out(chosen, case_study, roadmaps.today(case_study))
    made = [meetings.plan(session, case_study_id, **one) for one in values]
    history.retell(session, f"Planned {chosen.name[:1].lower()}{chosen.name[1:]}")
    return made


@verb(EDITORS, "meetings_copied")
def copy(
    session: Session, case_study_id: uuid.UUID, from_id: uuid.UUID, meeting_ids: Sequence[uuid.UUID] = ()
) -> list[Meeting]:
    """Copy meetings of another case study with their agendas and tasks; all that are not cancelled if none is named.

    Days move by as much as the projects' starts are apart; where a start is not set the days stay. Raises `NotFound`.
    """
    here, there = case_studies.get(session, case_study_id), case_studies.get(session, from_id)
    found = session.exec(select(Meeting).where(Meeting.case_study_id == from_id)).all()
    wanted = set(meeting_ids) or {row.id for row in found if row.certainty != Certainty.CANCELLED}
    rows = [row for row in found if row.id in wanted]
    if not rows:
        raise NotFound("There is no meeting to copy in that case study.")
    shift = _shift(here, there)
    blocks = agendas.by_meeting(session, [row.id for row in rows])
    tasks = preparations.of_case(session, from_id)
    made = []
    repeated: defaultdict[uuid.UUID, uuid.UUID] = defaultdict(uuid.uuid4)
    for row in rows:
        values: dict[str, Any] = {name: getattr(row, name) for name in COPIED}
        copied = meetings.plan(
            session, case_study_id, **values, starts_on=_moved(row.starts_on, shift), ends_on=_moved(row.ends_on, shift)
        )
        if row.series_id:
            copied.series_id = repeated[row.series_id]
        session.flush()
        for block in blocks[row.id]:
            agendas.add(
                session,
                copied.id,
                activity=block.activity,
                minutes=block.minutes,
                method=block.method,
                material=block.material,
            )
            session.flush()
        for task in tasks:
            if task.meeting_id == row.id:
                preparations.add(session, copied.id, title=task.title, due_on=_moved(task.due_on, shift))
        made.append(copied)
    count = f"{made[0].title}" if len(made) == 1 else words.counted(len(made), "meeting")
    history.retell(session, f"Copied {count} from {there.title}")
    return made


def _shift(here: CaseStudy, there: CaseStudy) -> dt.timedelta:
    """As far as the projects' starts are apart, in whole weeks, so that weekdays stay."""
    if here.starts_on and there.starts_on:
        return dt.timedelta(weeks=round((here.starts_on - there.starts_on).days / 7))
    return dt.timedelta()


def _moved(day: dt.date | None, shift: dt.timedelta) -> dt.date | None:
    return day + shift if day else None

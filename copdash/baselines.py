"""Baselines: a roadmap as it was agreed, to see later what has moved since."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlmodel import Session, col, select

from copdash import history, meetings, milestones, rows
from copdash.analysis import roadmap_settings, slips
from copdash.errors import ChangedElsewhere, Invalid
from copdash.fields import BASELINE, clean
from copdash.models import Baseline, CaseStudy
from copdash.roles import EDITORS
from copdash.verbs import verb


@verb(EDITORS, "baseline_frozen")
def freeze(session: Session, case_study_id: uuid.UUID, *, title: str = "", id: uuid.UUID | None = None) -> Baseline:
    """Keep the roadmap as it stands now, as «Baseline 2» unless it is given a name.

    Raises `Invalid` for a roadmap without anything that has a day.
    """
    planned, marked = meetings.of_case(session, case_study_id), milestones.of_case(session, case_study_id)
    content = slips.frozen(planned, marked)
    if content == "[]":
        raise Invalid("There is nothing to agree on yet: give a meeting a day first.")
    count = len(of_case(session, case_study_id))
    cleaned = clean(BASELINE, {"title": title or f"Baseline {count + 1}", "agreed_at": now()})
    row = Baseline(id=id or uuid.uuid4(), case_study_id=case_study_id, content=content, **cleaned)
    rows.added(session, row)
    history.tell(session, f"Froze the roadmap as {row.title}")
    return row


@verb(EDITORS, "baseline_removed")
def remove(session: Session, baseline_id: uuid.UUID) -> None:
    """Delete a baseline. Raises `NotFound`."""
    row = rows.find(session, Baseline, baseline_id)
    session.delete(row)
    history.tell(session, f"Deleted {row.title}")


@verb(EDITORS, "checks_chosen")
def check_by(
    session: Session, case_study_id: uuid.UUID, settings: roadmap_settings.Settings, *, seen: str | None = None
) -> None:
    """Choose which checks the roadmap has, and the numbers they go by. Raises `Invalid`, `ChangedElsewhere`.

    `seen` is the choice that its author saw, as it is stored; None where the author saw the truth.
    """
    row = rows.find(session, CaseStudy, case_study_id)
    text = roadmap_settings.written(roadmap_settings.chosen(settings.off, settings.numbers))
    if seen is not None and row.roadmap_rules not in (seen, text):
        raise ChangedElsewhere("Somebody chose other checks meanwhile. Look at them again; nothing was overwritten.")
    if row.roadmap_rules != text:
        row.roadmap_rules = text
        history.tell(session, "Changed the checks of the roadmap")


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Baseline]:
    """All baselines of a case study, the newest first."""
    statement = (
        select(Baseline)
        .where(Baseline.case_study_id == case_study_id)
        .order_by(col(Baseline.agreed_at).desc(), col(Baseline.id))
    )
    return list(session.exec(statement).all())


def now() -> str:
    """This moment as ISO text in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")

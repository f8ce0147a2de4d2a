"""The look of a roadmap: its meetings, milestones and preparation on a timeline, and the checks around them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session

from copdash import (
    agendas,
    baselines,
    case_studies,
    meetings,
    milestones,
    preparations,
    pseudonyms,
    reviews,
    rows,
    stakeholders,
    words,
)
from copdash.analysis import public_holidays, roadmap_rules, roadmap_settings, roadmaps
from copdash.analysis.roadmap_checks import Elsewhere, Finding, Roadmap
from copdash.errors import Problem
from copdash.fields import plain
from copdash.looks.seen import Seen
from copdash.models import CaseStudy, Meeting, Milestone, Preparation

MEETING_FIELDS = ("id", "title", "kind", "theme", "starts_on", "ends_on", "certainty", "place")
TASK_FIELDS = ("id", "meeting_id", "title", "owner", "due_on", "done_on")


def roadmap_of(
    settings: CaseStudy, planned: Sequence[Meeting], marked: Iterable[Milestone], tasks: Iterable[Preparation]
) -> Seen:
    """The timeline of these rows; days are ISO text, a task without a day is on none."""
    due = [row for row in tasks if row.due_on]
    return Seen(
        {
            "meetings": {str(row.id): _brief(row) for row in planned},
            "milestones": {str(row.id): rows.wire(row) for row in marked},
            "tasks": {str(row.id): {name: plain(getattr(row, name)) for name in TASK_FIELDS} for row in due},
        },
        {**frame_of(settings), "days_off": days_off(settings, planned)},
    )


def _brief(row: Meeting) -> dict[str, Any]:
    series = {"series_id": str(row.series_id)} if row.series_id else {}
    return {name: plain(getattr(row, name)) for name in MEETING_FIELDS} | series


def frame_of(settings: CaseStudy) -> dict[str, Any]:
    """The dates behind the meetings, as ISO text or None, and the label of the today line."""
    today = roadmaps.today(settings)
    days = {name: plain(getattr(settings, name)) for name in ("starts_on", "ends_on", "launch_from", "launch_until")}
    label = f"as of {words.day(today)}" if settings.as_of else "today"
    return {"title": settings.title, **days, "today": today.isoformat(), "today_label": label}


def days_off(settings: CaseStudy, planned: Sequence[Meeting]) -> dict[str, Any]:
    """When people do not work: weekdays (Monday is 0), and public holidays as ISO dates with their names.

    Holidays behind the project and its meetings, half a year around them.
    """
    about = [settings.starts_on, settings.ends_on, roadmaps.today(settings)]
    days = [day for day in (*about, *(row.starts_on for row in planned), *(row.ends_on for row in planned)) if day]
    margin = dt.timedelta(days=183)
    found = public_holidays.between(settings.country, min(days) - margin, max(days) + margin)
    return {
        "weekend": public_holidays.weekend(settings.country),
        "holidays": [[day.isoformat(), name] for day, name in found],
    }


def seen(session: Session, case_study_id: uuid.UUID) -> Seen:
    """The roadmap of a case study. Raises `NotFound`."""
    return roadmap_of(
        case_studies.get(session, case_study_id),
        meetings.of_case(session, case_study_id),
        milestones.of_case(session, case_study_id),
        preparations.of_case(session, case_study_id),
    )


# ---- around it ------------------------------------------------------------------------------------------------------


def checked(session: Session, settings: CaseStudy, planned: Sequence[Meeting], marked: Sequence[Milestone]) -> Roadmap:
    """All that the checks look at."""
    today = roadmaps.today(settings)
    ahead = [
        (row.starts_on, row.ends_on or row.starts_on)
        for row in planned
        if row.starts_on and (row.ends_on or row.starts_on) >= today
    ]
    others = meetings.elsewhere(session, settings.id, ahead)
    titles = {row.id: row.title for row in case_studies.beside(session, settings.id)} if others else {}
    return Roadmap(
        settings,
        planned,
        today,
        stakeholders=stakeholders.of_case(session, settings.id),
        invited=meetings.invited(session, settings.id),
        attended=meetings.attended(session, settings.id),
        milestones=marked,
        prepared=meetings.prepared(session, settings.id),
        blocks=agendas.by_meeting(session, [row.id for row in planned]),
        tasks=preparations.of_case(session, settings.id),
        others=[Elsewhere(titles[row_id], rows) for row_id, rows in others.items() if row_id in titles],
        settings=_rules(settings),
    )


def _rules(settings: CaseStudy) -> roadmap_settings.Settings:
    try:
        return roadmap_settings.read(settings.roadmap_rules)
    except Problem:
        return roadmap_settings.Settings()


def findings(session: Session, roadmap: Roadmap) -> list[Finding]:
    """What the checks find; nothing with names hidden, as most of what they look at is not there then."""
    return [] if pseudonyms.hides(session) else roadmap_rules.checked(roadmap)


def around(session: Session, case_study_id: uuid.UUID) -> object:
    """What a roadmap's page shows around the timeline: launch, checks, review, what was agreed."""
    settings = case_studies.get(session, case_study_id)
    planned = meetings.of_case(session, case_study_id)
    marked = milestones.of_case(session, case_study_id)
    found = findings(session, checked(session, settings, planned, marked))
    try:
        launch = roadmaps.launch(settings, planned).sentence
    except Problem as problem:
        launch = str(problem)
    return (
        settings.title,
        settings.archived,
        settings.roadmap_state,
        settings.roadmap_rules,
        launch,
        bool(planned or marked),
        any(row.starts_on for row in planned),
        [(one.key, one.sentence) for one in found],
        [(one.first.id, one.state, len(one.replies)) for one in reviews.threads(session, case_study_id)],
        [one.id for one in baselines.of_case(session, case_study_id)],
    )

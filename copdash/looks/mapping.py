"""The looks of a case study's stakeholders: list, grid, rating, salience and engagement."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from copdash import case_studies, duplicates, register, stakeholders, versions
from copdash.analysis import compositions, engagements, quadrants, saliences
from copdash.fields import plain
from copdash.looks.seen import Seen
from copdash.models import Axes, CaseStudy, Stakeholder

Found = Iterable[Stakeholder]

GRID_FIELDS = ("id", "name", "group", "attitude", "membership", "power", "interest")
"""What the grid draws of a stakeholder; long texts stay at home."""
RATING_FIELDS = ("id", "name", "organisation", "role", "group", "stake", "rationale", "power", "interest")
"""What the group needs to know to rate somebody."""
SALIENCE_FIELDS = ("id", "name", "group", "power", "legitimacy", "urgency")
ENGAGEMENT_FIELDS = ("id", "name", "group", "power", "interest", "attitude", "attitude_wanted")

MOST_COMPARED = 3_000
"""Longer lists are compared with themselves only where somebody asks for it."""


def _rows(found: Found, fields: Iterable[str]) -> dict[str, dict[str, Any]]:
    names = list(fields)
    return {str(row.id): {name: plain(getattr(row, name)) for name in names} for row in found}


def _axes(settings: CaseStudy) -> dict[str, Any]:
    """Quadrants from the top left, what the axes are called, and whether power is across and interest up."""
    return {
        "quadrants": quadrants.from_top_left(settings.quadrant_names, settings.axes),
        "axes": register.axes(settings),
        "turned": settings.axes == Axes.INTEREST_UP,
    }


def grid_of(settings: CaseStudy, found: Found) -> Seen:
    """The power-interest grid of these rows."""
    return Seen({"stakeholders": _rows(found, GRID_FIELDS)}, _axes(settings))


def list_of(settings: CaseStudy, found: Found) -> Seen:
    """The list: the fields that the case study shows."""
    return Seen({"stakeholders": _rows(found, ["id", *register.columns(settings)])}, {})


def rating_of(settings: CaseStudy, found: Found) -> Seen:
    """The guided run through those who are not rated."""
    return Seen({"stakeholders": _rows(found, RATING_FIELDS)}, _axes(settings))


def salience_of(settings: CaseStudy, found: Found) -> Seen:
    """Three circles: who is in which class; the class of those who lack a rating comes last."""
    rows = list(found)
    known = saliences.CLASSES
    classes = {
        name: {
            "id": name,
            "name": name,
            "attributes": [one for one in saliences.ATTRIBUTES if name in known and one in known[name].attributes],
            "means": known[name].means if name in known else saliences.NOT_KNOWN_MEANS,
            "ids": [str(row.id) for row in there],
        }
        for name, there in saliences.classes(rows).items()
    }
    return Seen({"stakeholders": _rows(rows, SALIENCE_FIELDS), "classes": classes}, {})


def engagement_of(settings: CaseStudy, found: Found) -> Seen:
    """Attitudes now and wanted: rows and gaps in the order to be shown, and in which quadrant each rated one is."""
    rows = engagements.ordered(found)
    names = quadrants.named(settings.quadrant_names)
    where = {row.id: quadrants.quadrant(row.power, row.interest) for row in rows}
    gaps = {
        str(gap.row.id): {"id": str(gap.row.id), "now": gap.now, "wanted": gap.wanted, "steps": gap.steps}
        for gap in engagements.gaps(rows)
    }
    return Seen(
        {"stakeholders": _rows(rows, ENGAGEMENT_FIELDS), "gaps": gaps},
        {
            "quadrant_of": {str(row_id): names[name] for row_id, name in where.items() if name},
            "quadrants": list(names.values()),
            "summary": engagements.in_words(engagements.summary(rows)),
        },
    )


@dataclass(frozen=True)
class Strip:
    """What stands above the list: groups that nobody speaks for, and how many likely duplicates wait."""

    missing: tuple[str, ...] = ()
    alike: int = 0


def strip(session: Session, found: Sequence[Stakeholder]) -> Strip:
    """The strip of these rows; an empty list has nothing to say."""
    if not found:
        return Strip()
    alike = len(duplicates.within(session, found)) if len(found) <= MOST_COMPARED else 0
    return Strip(tuple(compositions.composed(found, "group").missing), alike)


def of_rows(of: Callable[[CaseStudy, Found], Seen]) -> Callable[[Session, uuid.UUID], Seen]:
    """A look of a case study and its stakeholders. Raises `NotFound`."""

    def seen(session: Session, case_study_id: uuid.UUID) -> Seen:
        return of(case_studies.get(session, case_study_id), stakeholders.of_case(session, case_study_id))

    return seen


def frame(session: Session, case_study_id: uuid.UUID) -> tuple[object, ...]:
    """What stands around every board: the case study itself, and whether there is anybody to show."""
    settings = case_studies.get(session, case_study_id)
    shown = settings.title, settings.archived, settings.quadrant_names, settings.axes
    return *shown, settings.hidden_fields, settings.labels, stakeholders.any_of_case(session, case_study_id)


def around_grid(session: Session, case_study_id: uuid.UUID) -> tuple[object, ...]:
    """What stands around the grid: the versions it can be compared with, too."""
    kept = versions.of_case(session, case_study_id)
    return *frame(session, case_study_id), [(str(one.id), one.title) for one in kept]


def around_list(session: Session, case_study_id: uuid.UUID) -> tuple[object, ...]:
    """What stands around the list: the strip above it, too."""
    found = stakeholders.of_case(session, case_study_id)
    return *frame(session, case_study_id), strip(session, found)

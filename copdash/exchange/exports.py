"""What is exported of a case study: its list, ties, roadmap and milestones as rows of text, numbers and days."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

from copdash import case_studies, meetings, milestones, register, relations, stakeholders
from copdash.exchange import names, tables
from copdash.exchange.columns import LABELS, Subject
from copdash.store import Session

Rows = list[dict[str, Any]]


def rows(session: Session, case_study_id: uuid.UUID) -> dict[Subject, Rows]:
    """All tables of a case study as `tables.csv_file` and `tables.xlsx_file` take them."""
    people = [row.model_dump() for row in stakeholders.of_case(session, case_study_id)]
    known = names.Names(people)
    at = {one["id"]: one for one in people}
    guests = meetings.invited(session, case_study_id)
    place = {one["id"]: number for number, one in enumerate(people)}
    ties = sorted(
        relations.of_case(session, case_study_id), key=lambda tie: (place[tie.from_id], place[tie.to_id], tie.type)
    )
    return {
        "stakeholders": people,
        "relations": [{**tie.model_dump(), **_ends(at[tie.from_id], at[tie.to_id])} for tie in ties],
        "meetings": [
            {
                **row.model_dump(),
                "invited": names.cell([known.label(at[guest]) for guest in guests.get(row.id, ())]),
            }
            for row in meetings.of_case(session, case_study_id)
        ],
        "milestones": [row.model_dump() for row in milestones.of_case(session, case_study_id)],
    }


def _ends(one: dict[str, Any], other: dict[str, Any]) -> dict[str, str]:
    return {
        "from": one["name"],
        "from_organisation": one["organisation"],
        "to": other["name"],
        "to_organisation": other["organisation"],
    }


def workbook(session: Session, case_study_id: uuid.UUID, subjects: Sequence[Subject] = tuple(LABELS)) -> bytes:
    """One XLSX file with a sheet a subject; the headings are what the case study calls its fields."""
    found = rows(session, case_study_id)
    renamed = register.labels(case_studies.get(session, case_study_id))
    return tables.xlsx_file({subject: found[subject] for subject in subjects}, renamed=renamed)


def csv_table(session: Session, case_study_id: uuid.UUID, subject: Subject, *, delimiter: str = ",") -> bytes:
    """One table as a CSV file, with headings as in `workbook`."""
    renamed = register.labels(case_studies.get(session, case_study_id))
    return tables.csv_file(subject, rows(session, case_study_id)[subject], delimiter=delimiter, renamed=renamed)


def file_name(title: str, ending: str) -> str:
    """A name any file system takes, of the title of a case study: “CS1 Tarragona.xlsx”."""
    plain = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', " ", title)
    return f"{' '.join(plain.split())[:80].strip(' .') or 'Case study'}{ending}"

"""What is exported of a case study: its list, ties, roadmap and milestones as rows of text, numbers and days."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from copdash import agendas, case_studies, meetings, milestones, preparations, register, relations, stakeholders
from copdash.exchange import meeting_cells, names, tables
from copdash.exchange.headings import LABELS, Subject
from copdash.fields import plain
from copdash.models import Meeting, Preparation
from copdash.store import Session

Rows = list[dict[str, Any]]


def rows(session: Session, case_study_id: uuid.UUID) -> dict[Subject, Rows]:
    """All tables of a case study as `tables.csv_file` and `tables.xlsx_file` take them."""
    people, ties = network(session, case_study_id)
    known = names.Names(people)
    at = {one["id"]: one for one in people}
    around = _Around(session, case_study_id)
    return {
        "stakeholders": people,
        "relations": ties,
        "meetings": [
            {
                **row.model_dump(),
                **around.cells(row, lambda who: known.label(at[who])),
            }
            for row in around.meetings
        ],
        "milestones": [row.model_dump() for row in milestones.of_case(session, case_study_id)],
    }


def network(session: Session, case_study_id: uuid.UUID) -> tuple[Rows, Rows]:
    """The stakeholders and the ties of a case study; a tie says how its ends are called, too."""
    people = [row.model_dump() for row in stakeholders.of_case(session, case_study_id)]
    at = {one["id"]: one for one in people}
    place = {one["id"]: number for number, one in enumerate(people)}
    ties = sorted(
        relations.of_case(session, case_study_id), key=lambda tie: (place[tie.from_id], place[tie.to_id], tie.type)
    )
    return people, [{**tie.model_dump(), **_ends(at[tie.from_id], at[tie.to_id])} for tie in ties]


class _Around:
    """What belongs to the meetings of a case study, read in one go."""

    def __init__(self, session: Session, case_study_id: uuid.UUID) -> None:
        self.meetings = meetings.of_case(session, case_study_id)
        self.invited = meetings.invited(session, case_study_id)
        self.attended = meetings.attended(session, case_study_id)
        self.roles = meetings.roles(session, case_study_id)
        self.blocks = agendas.by_meeting(session, [row.id for row in self.meetings])
        self.tasks: defaultdict[uuid.UUID, list[Preparation]] = defaultdict(list)
        for task in preparations.of_case(session, case_study_id):
            self.tasks[task.meeting_id].append(task)
        self.prepared = meetings.prepared(session, case_study_id)
        found = [row.model_dump() for row in milestones.of_case(session, case_study_id)]
        self.marks = {one["id"]: {**one, "name": one["title"], "organisation": plain(one["due_on"])} for one in found}
        self.mark_names = meeting_cells.milestone_names(found)

    def cells(self, row: Meeting, label: Callable[[uuid.UUID], str]) -> dict[str, str]:
        """The cells of a meeting beside its own fields; `label` says how a stakeholder is called."""
        guests = self.invited.get(row.id, [])
        roles = self.roles.get(row.id, {})
        return {
            "invited": names.cell([label(who) for who in guests]),
            "attended": names.cell([label(who) for who in self.attended.get(row.id, ())]),
            "parts": meeting_cells.parts_cell({who: roles[who] for who in guests if who in roles}, label),
            "agenda": meeting_cells.written(meeting_cells.blocks_of(self.blocks[row.id])),
            "tasks": meeting_cells.written(meeting_cells.tasks_of(self.tasks[row.id])),
            "prepares": names.cell([self.mark_names.label(self.marks[one]) for one in self.prepared.get(row.id, ())]),
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

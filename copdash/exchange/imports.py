"""An import against the store: the preview of what a file will do, and doing just that as one undoable gesture.

A file has one part a table: one for a CSV file, one a sheet for a workbook. Later parts know what earlier ones bring:
a workbook with a list and ties among it comes in at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from copdash import history, meetings, milestones, relations, stakeholders
from copdash.errors import ChangedElsewhere, Invalid
from copdash.exchange.cells import Meanings, listed
from copdash.exchange.columns import LABELS, Layout, Subject
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Planned, Preview, of_meetings, of_milestones, of_stakeholders
from copdash.exchange.tie_previews import of_relations
from copdash.roles import EDITORS, verb
from copdash.store import Session

NOUNS: dict[Subject, tuple[str, str]] = {
    "stakeholders": ("stakeholder", "stakeholders"),
    "relations": ("tie", "ties"),
    "meetings": ("meeting", "meetings"),
    "milestones": ("milestone", "milestones"),
}
"""What one and several rows of a subject are called in a sentence."""

_Stored = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One table of a file and how it is read. `add_missing`: ties bring stakeholders that are not on the list."""

    sheet: Sheet
    layout: Layout
    meanings: Meanings = field(default_factory=dict)
    add_missing: bool = True


def counted(number: int, subject: Subject) -> str:
    """«1 tie», «58 stakeholders»."""
    return f"{number:,} {NOUNS[subject][number != 1]}"


def preview(
    session: Session,
    case_study_id: uuid.UUID,
    sheet: Sheet,
    layout: Layout,
    *,
    meanings: Meanings | None = None,
    add_missing: bool = True,
) -> Preview:
    """What importing one table will do, line by line. Raises `Invalid` where a column is missing."""
    return preview_all(session, case_study_id, [Part(sheet, layout, meanings or {}, add_missing)])[0]


def preview_all(session: Session, case_study_id: uuid.UUID, parts: Sequence[Part]) -> list[Preview]:
    """What importing a file will do, a preview for each part. Raises `Invalid` where a column is missing."""
    version = history.version(session, case_study_id)  # before the rows are read: better too old than too new
    plans = _planned(session, case_study_id, parts)
    for plan in plans:
        plan.version = version
    return plans


@verb(EDITORS)
def carry_out(
    session: Session,
    case_study_id: uuid.UUID,
    sheet: Sheet,
    layout: Layout,
    seen: Preview,
    *,
    file_name: str = "a file",
    meanings: Meanings | None = None,
    add_missing: bool = True,
) -> Preview:
    """Do what the author saw in the preview of one table; raises as `carry_out_all` does."""
    part = Part(sheet, layout, meanings or {}, add_missing)
    return carry_out_all(session, case_study_id, [part], [seen], file_name=file_name)[0]


@verb(EDITORS)
def carry_out_all(
    session: Session,
    case_study_id: uuid.UUID,
    parts: Sequence[Part],
    seen: Sequence[Preview],
    *,
    file_name: str = "a file",
) -> list[Preview]:
    """Do what the author saw in the previews; refused lines are left out. Returns the plans that were carried out.

    Raises `ChangedElsewhere` when the store has changed so that the plan is another one now, and `Invalid` when there
    is nothing to do; then nothing is written.
    """
    plans = list(seen)
    version = history.version(session, case_study_id)
    if any(plan.version is None or plan.version != version for plan in plans):
        plans = _planned(session, case_study_id, parts)
        if [_outline(plan) for plan in plans] != [_outline(plan) for plan in seen]:
            raise ChangedElsewhere(
                "Somebody changed this case study meanwhile. Look at the preview again; nothing was imported."
            )
    if not any(plan.count("added") + plan.count("updated") for plan in plans):
        raise Invalid("There is nothing to import: no line of this file adds or changes anything.")
    for plan in _in_order(plans):
        _WRITERS[plan.subject](session, case_study_id, plan)
        session.flush()  # what follows finds what came before it
    history.retell(session, f"Imported {outcome(plans)} from {file_name}")
    return plans


def outcome(plans: Iterable[Preview]) -> str:
    """What an import brings, in words: “58 new stakeholders, 3 changed ties”."""
    said = []
    for plan in _in_order(plans):
        for verdict, word in (("added", "new"), ("updated", "changed")):
            if count := plan.count(verdict):  # type: ignore[arg-type]
                said.append(f"{count:,} {word} {NOUNS[plan.subject][count != 1]}")
        if plan.stakeholders:
            said.append(f"{counted(len(plan.stakeholders), 'stakeholders')} that they name")
    return listed(said) if said else "nothing"


# ---- the plan -------------------------------------------------------------------------------------------------------


def _in_order(plans: Iterable[Preview]) -> list[Preview]:
    order = list(LABELS)
    return sorted(plans, key=lambda plan: order.index(plan.subject))


def _planned(session: Session, case_study_id: uuid.UUID, parts: Sequence[Part]) -> list[Preview]:
    subjects = {part.layout.subject for part in parts}
    known: dict[Subject, list[_Stored]] = {}
    if subjects & {"stakeholders", "relations", "meetings"}:
        known["stakeholders"] = [row.model_dump() for row in stakeholders.of_case(session, case_study_id)]
    if "relations" in subjects:
        known["relations"] = [row.model_dump() for row in relations.of_case(session, case_study_id)]
    if "meetings" in subjects:
        guests = meetings.invited(session, case_study_id)
        known["meetings"] = [
            {**row.model_dump(), "invited": tuple(guests.get(row.id, ()))}
            for row in meetings.of_case(session, case_study_id)
        ]
    if "milestones" in subjects:
        known["milestones"] = [row.model_dump() for row in milestones.of_case(session, case_study_id)]
    plans: list[Preview | None] = [None] * len(parts)
    order = list(LABELS)
    for index in sorted(range(len(parts)), key=lambda index: order.index(parts[index].layout.subject)):
        plan = plans[index] = _plan(parts[index], known)
        known[plan.subject] = _after(known[plan.subject], plan.planned)
        if plan.stakeholders:
            known["stakeholders"] = _after(known["stakeholders"], plan.stakeholders)
    return [plan for plan in plans if plan is not None]


def _plan(part: Part, known: dict[Subject, list[_Stored]]) -> Preview:
    sheet, layout, meanings = part.sheet, part.layout, part.meanings
    if layout.subject == "stakeholders":
        return of_stakeholders(sheet, layout, known["stakeholders"], meanings=meanings)
    if layout.subject == "relations":
        return of_relations(
            sheet, layout, known["stakeholders"], known["relations"], add_missing=part.add_missing, meanings=meanings
        )
    if layout.subject == "meetings":
        return of_meetings(sheet, layout, known["meetings"], stakeholders=known["stakeholders"], meanings=meanings)
    return of_milestones(sheet, layout, known["milestones"], meanings=meanings)


def _after(rows: list[_Stored], planned: Iterable[Planned]) -> list[_Stored]:
    """The rows as they will be: what the next part of the file meets."""
    at = {row["id"]: row for row in rows}
    for one in planned:
        if one.verdict in ("added", "updated") and one.id:
            at[one.id] = {"organisation": "", **at.get(one.id, {}), **one.values, "id": one.id}
    return list(at.values())


def _outline(plan: Preview) -> list[tuple[Any, ...]]:
    return [(one.row_number, one.verdict, one.reason, one.before) for one in plan.planned]


# ---- doing it -------------------------------------------------------------------------------------------------------


def _write_stakeholders(session: Session, case_study_id: uuid.UUID, plan: Preview) -> None:
    new = [(one.id, one.values) for one in plan.planned if one.verdict == "added" and one.id]
    if new:
        stakeholders.add_all(session, case_study_id, new)
    for one in plan.planned:
        if one.verdict == "updated" and one.id:
            stakeholders.edit(session, one.id, values=one.values)


def _write_relations(session: Session, case_study_id: uuid.UUID, plan: Preview) -> None:
    if plan.stakeholders:
        stakeholders.add_all(session, case_study_id, [(one.id, one.values) for one in plan.stakeholders if one.id])
        session.flush()
    new = [{"id": one.id, **one.values} for one in plan.planned if one.verdict == "added"]
    if new:
        relations.tie_all(session, case_study_id, new)
        session.flush()
    for one in plan.planned:
        if one.verdict == "updated" and one.id:
            relations.edit(session, one.id, values=one.values)


def _write_meetings(session: Session, case_study_id: uuid.UUID, plan: Preview) -> None:
    guests: dict[uuid.UUID, Sequence[uuid.UUID]] = {}
    for one in plan.planned:
        values = {name: value for name, value in one.values.items() if name != "invited"}
        if one.verdict == "added" and one.id:
            meetings.plan(session, case_study_id, id=one.id, **values)
        elif one.verdict == "updated" and one.id and values:
            meetings.edit(session, one.id, values=values)
        if one.verdict in ("added", "updated") and one.id and "invited" in one.values:
            guests[one.id] = one.values["invited"]
    session.flush()
    for meeting_id, ids in guests.items():
        meetings.invite(session, meeting_id, stakeholder_ids=ids)


def _write_milestones(session: Session, case_study_id: uuid.UUID, plan: Preview) -> None:
    for one in plan.planned:
        if one.verdict == "added" and one.id:
            milestones.set_up(session, case_study_id, id=one.id, **one.values)
        elif one.verdict == "updated" and one.id:
            milestones.edit(session, one.id, values=one.values)


_WRITERS = {
    "stakeholders": _write_stakeholders,
    "relations": _write_relations,
    "meetings": _write_meetings,
    "milestones": _write_milestones,
}

"""An import against the store: the preview of what a file will do, and doing just that as one undoable gesture.

A file has one part a table: one for a CSV file, one a sheet for a workbook. Later parts know what earlier ones bring:
a workbook with a list and ties among it comes in at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from copdash import agendas, history, meeting_series, meetings, milestones, preparations, relations, stakeholders, words
from copdash.errors import ChangedElsewhere, Invalid
from copdash.exchange import foreign_ids, meeting_cells, near_names
from copdash.exchange.cells import Meanings
from copdash.exchange.columns import Layout
from copdash.exchange.headings import LABELS, Subject
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Planned, Preview, of_meetings, of_milestones, of_stakeholders
from copdash.exchange.tie_previews import of_relations
from copdash.models import Part as MeetingPart
from copdash.roles import EDITORS
from copdash.store import Session
from copdash.verbs import verb

NOUNS: dict[Subject, tuple[str, str]] = {
    "stakeholders": ("stakeholder", "stakeholders"),
    "relations": ("tie", "ties"),
    "meetings": ("meeting", "meetings"),
    "milestones": ("milestone", "milestones"),
}
"""What one and several rows of a subject are called in a sentence."""

_Stored = dict[str, Any]
_ORDER: tuple[Subject, ...] = ("stakeholders", "relations", "milestones", "meetings")
"""What others refer to comes first."""
_USUAL = MeetingPart.PARTICIPANT.value


@dataclass(frozen=True)
class Part:
    """One table of a file and how it is read. `add_missing`: ties bring stakeholders that are not on the list.

    `same`: near names that mean a listed stakeholder.
    """

    sheet: Sheet
    layout: Layout
    meanings: Meanings = field(default_factory=dict)
    add_missing: bool = True
    same: near_names.Same = field(default_factory=dict)


def counted(number: int, subject: Subject) -> str:
    """«1 tie», «58 stakeholders»."""
    return words.counted(number, NOUNS[subject][0])


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


@verb(EDITORS, "imported")
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
    for plan in sorted(plans, key=lambda plan: _ORDER.index(plan.subject)):
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
                said.append(words.counted(count, f"{word} {NOUNS[plan.subject][0]}"))
        if plan.stakeholders:
            said.append(f"{counted(len(plan.stakeholders), 'stakeholders')} that they name")
    return words.listed(said) if said else "nothing"


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
        known["meetings"] = _meetings(session, case_study_id)
    if subjects & {"milestones", "meetings"}:
        known["milestones"] = [row.model_dump() for row in milestones.of_case(session, case_study_id)]
    plans: list[Preview | None] = [None] * len(parts)
    ids: dict[str, foreign_ids.Named] = {}
    same: dict[near_names.Key, uuid.UUID | None] = {}
    for index in sorted(range(len(parts)), key=lambda index: _ORDER.index(parts[index].layout.subject)):
        part = replace(parts[index], same={**same, **parts[index].same})
        plan = plans[index] = _plan(part, known, case_study_id, ids)
        if plan.subject == "stakeholders":
            for (name, organisation), meant in part.same.items():  # ties seldom say the organisation
                same[name, organisation] = same[name, ""] = meant
            ids |= foreign_ids.of_list(parts[index].sheet, parts[index].layout, plan)
        known[plan.subject] = _after(known[plan.subject], plan.planned)
        if plan.stakeholders:
            known["stakeholders"] = _after(known["stakeholders"], plan.stakeholders)
    return [plan for plan in plans if plan is not None]


def _meetings(session: Session, case_study_id: uuid.UUID) -> list[_Stored]:
    """The meetings with all that their cells say, as `previews.of_meetings` takes them."""
    planned = meetings.of_case(session, case_study_id)
    guests, came = meetings.invited(session, case_study_id), meetings.attended(session, case_study_id)
    roles, prepared = meetings.roles(session, case_study_id), meetings.prepared(session, case_study_id)
    blocks = agendas.by_meeting(session, [row.id for row in planned])
    tasks = preparations.of_case(session, case_study_id)
    return [
        {
            **row.model_dump(),
            "invited": tuple(guests.get(row.id, ())),
            "attended": tuple(came.get(row.id, ())),
            "parts": tuple(sorted((who, part) for who, part in roles.get(row.id, {}).items() if part != _USUAL)),
            "prepares": tuple(prepared.get(row.id, ())),
            "agenda": meeting_cells.blocks_of(blocks[row.id]),
            "tasks": meeting_cells.tasks_of([task for task in tasks if task.meeting_id == row.id]),
        }
        for row in planned
    ]


def _plan(part: Part, known: dict[Subject, list[_Stored]], case_study_id: uuid.UUID, ids: foreign_ids.Ids) -> Preview:
    sheet, layout, meanings = part.sheet, part.layout, part.meanings
    if layout.subject == "stakeholders":
        return of_stakeholders(sheet, layout, known["stakeholders"], meanings=meanings, same=part.same)
    if layout.subject == "relations":
        return of_relations(
            sheet,
            layout,
            known["stakeholders"],
            known["relations"],
            add_missing=part.add_missing,
            meanings=meanings,
            same=part.same,
            ids=ids,
        )
    if layout.subject == "meetings":
        return of_meetings(
            sheet,
            layout,
            known["meetings"],
            stakeholders=known["stakeholders"],
            milestones=known["milestones"],
            meanings=meanings,
            case_study_id=case_study_id,
        )
    return of_milestones(sheet, layout, known["milestones"], meanings=meanings, case_study_id=case_study_id)


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
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for one in plan.planned:
        values = {name: value for name, value in one.values.items() if name not in meeting_cells.LABELS}
        if one.verdict == "added" and one.id:
            meetings.plan(session, case_study_id, id=one.id, **values)
        elif one.verdict == "updated" and one.id and values:
            meetings.edit(session, one.id, values=values)
        if one.verdict in ("added", "updated") and one.id:
            found[one.id] = {name: value for name, value in one.values.items() if name in meeting_cells.LABELS}
    session.flush()
    for meeting_id, belongings in found.items():
        _write_belongings(session, meeting_id, belongings)


def _write_belongings(session: Session, meeting_id: uuid.UUID, found: dict[str, Any]) -> None:
    if "invited" in found:
        wanted = [*found["invited"], *found.get("attended", ())]
        meetings.invite(session, meeting_id, stakeholder_ids=wanted)
    if named := [*found.get("attended", ()), *(who for who, _ in found.get("parts", ()))]:
        meetings.invite(session, meeting_id, stakeholder_ids=named, seen=[])  # whoever came was asked, in some way
    session.flush()
    if "attended" in found:
        meetings.note_attended(session, meeting_id, stakeholder_ids=found["attended"])
    for who, part in found.get("parts", ()):
        meetings.cast(session, meeting_id, who, values={"role": part})
    if "prepares" in found:
        meetings.prepare(session, meeting_id, milestone_ids=found["prepares"])
    if "agenda" in found:
        agendas.write(session, meeting_id, found["agenda"])
    if "tasks" in found:
        preparations.write(session, meeting_id, found["tasks"])
    if "series_id" in found:
        meeting_series.join(session, meeting_id, found["series_id"])


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

"""An import against the store: the preview of what a file will do, and doing just that as one undoable gesture."""

from __future__ import annotations

import uuid
from typing import Any

from copdash import history, meetings, relations, stakeholders
from copdash.errors import ChangedElsewhere, Invalid
from copdash.exchange.cells import Meanings
from copdash.exchange.columns import Layout
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Preview, of_meetings, of_stakeholders
from copdash.exchange.tie_previews import of_relations
from copdash.roles import EDITORS, verb
from copdash.store import Session


def preview(
    session: Session,
    case_study_id: uuid.UUID,
    sheet: Sheet,
    layout: Layout,
    *,
    meanings: Meanings | None = None,
    add_missing: bool = True,
) -> Preview:
    """What importing a sheet into a case study will do, line by line. Raises `Invalid` where a column is missing."""
    version = history.version(session, case_study_id)  # before the rows are read: better too old than too new
    plan = _planned(session, case_study_id, sheet, layout, meanings, add_missing)
    plan.version = version
    return plan


def _planned(
    session: Session,
    case_study_id: uuid.UUID,
    sheet: Sheet,
    layout: Layout,
    meanings: Meanings | None,
    add_missing: bool,
) -> Preview:
    if layout.subject == "meetings":
        stored = [row.model_dump() for row in meetings.of_case(session, case_study_id)]
        return of_meetings(sheet, layout, stored, meanings=meanings)
    known = [row.model_dump() for row in stakeholders.of_case(session, case_study_id)]
    if layout.subject == "stakeholders":
        return of_stakeholders(sheet, layout, known, meanings=meanings)
    ties = [row.model_dump() for row in relations.of_case(session, case_study_id)]
    return of_relations(sheet, layout, known, ties, add_missing=add_missing, meanings=meanings)


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
    """Do what the author saw in the preview; refused lines are left out. Returns the plan that was carried out.

    Raises `ChangedElsewhere` when the store has changed so that the plan is another one now, and `Invalid` when there
    is nothing to do; then nothing is written.
    """
    plan = seen
    if seen.version is None or seen.version != history.version(session, case_study_id):
        plan = _planned(session, case_study_id, sheet, layout, meanings, add_missing)
    if plan is not seen and _outline(plan) != _outline(seen):
        raise ChangedElsewhere(
            "Somebody changed this case study meanwhile. Look at the preview again; nothing was imported."
        )
    if not plan.count("added") + plan.count("updated"):
        raise Invalid("There is nothing to import: no line of this file adds or changes anything.")
    _WRITERS[plan.subject](session, case_study_id, plan)
    counts = [f"{count} {verdict}" for verdict in ("added", "updated") if (count := plan.count(verdict))]  # type: ignore[arg-type]
    history.retell(session, f"Imported {plan.subject} from {file_name}: {', '.join(counts)}")
    return plan


def _outline(plan: Preview) -> list[tuple[Any, ...]]:
    return [(one.row_number, one.verdict, one.reason, one.before) for one in plan.planned]


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
    for one in plan.planned:
        if one.verdict == "added":
            relations.tie(session, case_study_id, id=one.id, **one.values)
        elif one.verdict == "updated" and one.id:
            relations.edit(session, one.id, values=one.values)


def _write_meetings(session: Session, case_study_id: uuid.UUID, plan: Preview) -> None:
    for one in plan.planned:
        if one.verdict == "added":
            meetings.plan(session, case_study_id, id=one.id, **one.values)
        elif one.verdict == "updated" and one.id:
            meetings.edit(session, one.id, values=one.values)


_WRITERS = {"stakeholders": _write_stakeholders, "relations": _write_relations, "meetings": _write_meetings}

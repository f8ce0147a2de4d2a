"""Actions: what somebody means to do, with a stakeholder or out of a call, by when, and whether it is done."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from copdash import history, rows, words
from copdash.errors import ChangedElsewhere, Invalid
from copdash.fields import ACTION, clean
from copdash.models import Action, Call, Meeting, Stakeholder
from copdash.roles import EDITORS
from copdash.verbs import verb


@verb(EDITORS, "action_added")
def add(
    session: Session,
    /,
    case_study_id: uuid.UUID,
    *,
    stakeholder_id: uuid.UUID | None = None,
    meeting_id: uuid.UUID | None = None,
    call_id: uuid.UUID | None = None,
    id: uuid.UUID | None = None,
    **values: object,
) -> Action:
    """A new action, for a stakeholder or out of a call; needs a title. Raises `Invalid`, `NotFound`."""
    who = None if stakeholder_id is None else rows.find(session, Stakeholder, stakeholder_id)
    call = None if call_id is None else rows.find(session, Call, call_id)
    meeting = _meeting(session, case_study_id, meeting_id)
    if any(row is not None and row.case_study_id != case_study_id for row in (who, call)):
        raise Invalid("An action is for a stakeholder, or out of a call, of this case study.")
    cleaned = clean(ACTION, {"title": "", **values})
    row = Action(
        id=id or uuid.uuid4(),
        case_study_id=case_study_id,
        stakeholder_id=stakeholder_id,
        meeting_id=meeting,
        call_id=call_id,
        **cleaned,
    )
    rows.added(session, row)
    history.tell(session, f"Set an action{f' for {who.name}' if who else ''}: {row.title}")
    return row


@verb(EDITORS, "action_edited")
def edit(
    session: Session,
    action_id: uuid.UUID,
    *,
    values: Mapping[str, object],
    seen: Mapping[str, object] | None = None,
) -> None:
    """Change title, owner, due date or meeting (`meeting_id`). Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Action, action_id)
    fields, links = _apart(values)
    was = None if seen is None else _apart(seen)
    changed = rows.revise(session, row, ACTION, fields, None if was is None else was[0])
    if "meeting_id" in links and links["meeting_id"] != row.meeting_id:
        if was is not None and was[1].get("meeting_id") != row.meeting_id:
            raise ChangedElsewhere("Somebody set another meeting for this action meanwhile. Nothing was overwritten.")
        row.meeting_id = _meeting(session, row.case_study_id, links["meeting_id"])
        changed.append("meeting_id")
    if changed:
        history.tell(session, f"Changed the action {row.title}")


@verb(EDITORS, "action_done")
def finish(session: Session, action_id: uuid.UUID, *, on: dt.date) -> None:
    """An action is done, on that day; one that is done already stays so. Raises `NotFound`."""
    row = rows.find(session, Action, action_id)
    if row.done_on is None:
        row.done_on = clean(ACTION, {"done_on": on})["done_on"]
        history.tell(session, f"Done: {row.title}")


@verb(EDITORS, "action_reopened")
def reopen(session: Session, action_id: uuid.UUID) -> None:
    """An action is not done after all. Raises `NotFound`."""
    row = rows.find(session, Action, action_id)
    if row.done_on is not None:
        row.done_on = None
        history.tell(session, f"Open again: {row.title}")


@verb(EDITORS, "action_removed")
def remove(session: Session, action_ids: Sequence[uuid.UUID]) -> None:
    """Delete actions. Raises `NotFound`."""
    found = rows.find_all(session, Action, action_ids)
    for row in found:
        session.delete(row)
    what = f"the action {found[0].title}" if len(found) == 1 else words.counted(len(found), "action")
    history.tell(session, f"Deleted {what}")


def _meeting(session: Session, case_study_id: uuid.UUID, meeting_id: uuid.UUID | None) -> uuid.UUID | None:
    if meeting_id is None:
        return None
    meeting = rows.find(session, Meeting, meeting_id)
    if meeting.case_study_id != case_study_id:
        raise Invalid("Choose a meeting of this case study.")
    return meeting.id


def _apart(values: Mapping[str, object]) -> tuple[dict[str, object], dict[str, Any]]:
    links = {"meeting_id": values["meeting_id"]} if "meeting_id" in values else {}
    return {name: value for name, value in values.items() if name not in links}, links


# ---- questions ------------------------------------------------------------------------------------------------------


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Action]:
    """All actions of a case study by due date, those without one last."""
    return _listed(session, Action.case_study_id == case_study_id)


def of_stakeholder(session: Session, stakeholder_id: uuid.UUID) -> list[Action]:
    """The actions of one stakeholder by due date, those without one last."""
    return _listed(session, Action.stakeholder_id == stakeholder_id)


def _listed(session: Session, which: Any) -> list[Action]:
    order = (col(Action.due_on).is_(None), col(Action.due_on), col(Action.title), col(Action.id))
    return list(session.exec(select(Action).where(which).order_by(*order)).all())

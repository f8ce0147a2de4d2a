"""Preparations: tasks of a meeting with an owner and a day; done when they have a day on which they were done."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from copdash import history, rows
from copdash.fields import PREPARATION, clean
from copdash.models import Meeting, Preparation
from copdash.roles import EDITORS
from copdash.verbs import verb


@verb(EDITORS, "task_added")
def add(session: Session, /, meeting_id: uuid.UUID, *, id: uuid.UUID | None = None, **values: object) -> Preparation:
    """A new task of a meeting; needs a title. Raises `Invalid`, `NotFound`."""
    meeting = rows.find(session, Meeting, meeting_id)
    cleaned = clean(PREPARATION, {"title": "", **values})
    task = Preparation(id=id or uuid.uuid4(), case_study_id=meeting.case_study_id, meeting_id=meeting_id, **cleaned)
    rows.added(session, task)
    history.tell(session, f"Task for {meeting.title}: {task.title}")
    return task


@verb(EDITORS, "task_edited")
def edit(
    session: Session, task_id: uuid.UUID, *, values: Mapping[str, object], seen: Mapping[str, object] | None = None
) -> None:
    """Change fields of a task; `done_on` closes and reopens it. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    task = rows.find(session, Preparation, task_id)
    changed = rows.revise(session, task, PREPARATION, values, seen)
    if changed == ["done_on"]:
        history.tell(session, f"{'Done' if task.done_on else 'Reopened'}: {task.title}")
    elif changed:
        history.tell(session, f"Changed the task {task.title}")


@verb(EDITORS)
def write(session: Session, meeting_id: uuid.UUID, tasks: Sequence[Sequence[object]]) -> None:
    """Make the tasks of a meeting what these say: the values of each in the order of `PREPARATION`.

    A task keeps its history as long as its title stays. Raises `Invalid`, `NotFound`.
    """
    meeting = rows.find(session, Meeting, meeting_id)
    statement = select(Preparation).where(Preparation.meeting_id == meeting_id).order_by(col(Preparation.id))
    there = list(session.exec(statement.with_for_update()).all())
    for values in tasks:
        given = clean(PREPARATION, dict(zip(PREPARATION, values, strict=True)))
        known = next((task for task in there if task.title == given["title"]), None)
        if known is None:
            session.add(Preparation(case_study_id=meeting.case_study_id, meeting_id=meeting_id, **given))
        else:
            there.remove(known)
            rows.revise(session, known, PREPARATION, given)
    for task in there:
        session.delete(task)
    history.tell(session, f"Wrote the tasks of {meeting.title}")


@verb(EDITORS, "task_removed")
def remove(session: Session, task_ids: Sequence[uuid.UUID]) -> None:
    """Delete tasks. Raises `NotFound`."""
    found = rows.find_all(session, Preparation, task_ids)
    for task in found:
        session.delete(task)
    if found:
        history.tell(session, f"Deleted the task {found[0].title}")


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Preparation]:
    """All tasks of a case study's meetings by day, those without one last."""
    statement = (
        select(Preparation)
        .where(Preparation.case_study_id == case_study_id)
        .order_by(col(Preparation.due_on).is_(None), col(Preparation.due_on), col(Preparation.id))
    )
    return list(session.exec(statement).all())

"""Milestones: dates of the project in the background of a roadmap."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlmodel import Session, col, select

from copdash import history, rows
from copdash.fields import MILESTONE, clean
from copdash.models import Contribution, Milestone, MilestoneKind
from copdash.roles import EDITORS
from copdash.verbs import Ids, Seen, Values, verb

DEFAULTS: Mapping[str, str] = {"kind": MilestoneKind.TECHNICAL.value}
"""What a new milestone is where nobody says."""


@verb(EDITORS, "milestone_set", with_names_hidden=True)
def set_up(
    session: Session, /, case_study_id: uuid.UUID, *, id: uuid.UUID | None = None, **values: object
) -> Milestone:
    """A new milestone; needs a title and a date. Raises `Invalid`."""
    return _set_up(session, case_study_id, id or uuid.uuid4(), values)


@verb(EDITORS, set_up, by_board=True)
def set_one(session: Session, case_study_id: uuid.UUID, *, milestone_id: uuid.UUID, values: Values) -> None:
    """A milestone made. Raises as `set_up` does."""
    _set_up(session, case_study_id, milestone_id, values)


def _set_up(
    session: Session, case_study_id: uuid.UUID, milestone_id: uuid.UUID, values: Mapping[str, object]
) -> Milestone:
    cleaned = clean(MILESTONE, {"title": "", "due_on": None, **DEFAULTS, **values})
    row = rows.added(session, Milestone(id=milestone_id, case_study_id=case_study_id, **cleaned))
    history.tell(session, f"Added the milestone {row.title}")
    return row


@verb(EDITORS, "milestone_edited", by_board=True, with_names_hidden=True)
def edit(session: Session, milestone_id: uuid.UUID, *, values: Values, seen: Seen = None) -> None:
    """Change fields of a milestone. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Milestone, milestone_id)
    if rows.revise(session, row, MILESTONE, values, seen):
        history.tell(session, f"Changed the milestone {row.title}")


@verb(EDITORS, "milestones_removed", by_board=True)
def remove(session: Session, milestone_ids: Ids) -> None:
    """Delete milestones with their links to meetings. Raises `NotFound`."""
    found = rows.find_all(session, Milestone, milestone_ids)
    for row in found:
        for link in session.exec(select(Contribution).where(Contribution.milestone_id == row.id)).all():
            session.delete(link)
        session.delete(row)
    history.tell(session, f"Deleted the milestone {found[0].title}")


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Milestone]:
    """All milestones of a case study by date."""
    statement = (
        select(Milestone)
        .where(Milestone.case_study_id == case_study_id)
        .order_by(col(Milestone.due_on), col(Milestone.id))
    )
    return list(session.exec(statement).all())

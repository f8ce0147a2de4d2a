"""Case studies: begin, rename, archive, and what a screen asks about them."""

from __future__ import annotations

import uuid
import zoneinfo
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from copdash import history, rows
from copdash.errors import Invalid, NotFound
from copdash.fields import CASE_STUDY, clean
from copdash.models import CaseStudy
from copdash.roles import EDITORS
from copdash.verbs import verb


@verb(EDITORS, "begun", undoable=False)
def begin(session: Session, /, *, id: uuid.UUID | None = None, **values: object) -> CaseStudy:
    """A new case study; needs a title. Raises `Invalid`."""
    cleaned = clean(CASE_STUDY, {"title": "", "time_zone": "UTC", **values})
    row = CaseStudy(id=id or uuid.uuid4(), **cleaned)
    check(row)
    rows.added(session, row)
    history.tell(session, f"New case study {row.title}")
    return row


@verb(EDITORS, "case_study_edited")
def edit(
    session: Session,
    case_study_id: uuid.UUID,
    *,
    values: Mapping[str, object],
    seen: Mapping[str, object] | None = None,
) -> None:
    """Change fields of a case study. Raises `Invalid`, `ChangedElsewhere`."""
    row = rows.find(session, CaseStudy, case_study_id)
    changed = rows.revise(session, row, CASE_STUDY, values, seen)
    check(row)
    if changed:
        labels = ", ".join(CASE_STUDY[field].label.lower() for field in changed)
        history.tell(session, f"Changed {labels} of the case study")


@verb(EDITORS, "archived")
def archive(session: Session, case_study_id: uuid.UUID, *, archived: bool = True) -> None:
    """Take a case study off the lists, or bring it back; nothing of it is deleted."""
    row = rows.find(session, CaseStudy, case_study_id)
    row.archived = archived
    history.tell(session, f"{'Archived' if archived else 'Brought back'} {row.title}")


def check(row: CaseStudy) -> None:
    """Raises `Invalid` for an unknown time zone, or an end before its start."""
    try:
        zoneinfo.ZoneInfo(row.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(f"Time zone: {row.time_zone} is not known; give one such as Europe/Amsterdam.") from None
    for first, last, what in (
        (row.starts_on, row.ends_on, "The case study"),
        (row.launch_from, row.launch_until, "The launch window"),
    ):
        if first and last and last < first:
            raise Invalid(f"{what} ends before it starts; swap the two dates.")


def get(session: Session, case_study_id: uuid.UUID) -> CaseStudy:
    """One case study; raises `NotFound`."""
    row = session.get(CaseStudy, case_study_id)
    if row is None:
        raise NotFound("This case study is not in the store. Choose another one in the menu.")
    return row


def listed(session: Session, *, archived: bool = False) -> list[CaseStudy]:
    """All case studies by title, archived ones only if asked for."""
    statement = select(CaseStudy).order_by(col(CaseStudy.title), col(CaseStudy.id))
    if not archived:
        statement = statement.where(col(CaseStudy.archived).is_(False))
    return list(session.exec(statement).all())


# ---- which ones may stand beside each other -------------------------------------------------------------------------
#
# Invented examples are no measure for a case study of one's own, nor the other way round. Whatever compares, counts,
# searches or offers across case studies asks here; `mixed` says that somebody asked for both kinds.


def ids_beside(case_study_id: uuid.UUID, *, mixed: bool = False) -> Any:
    """The ids of those that may stand beside a case study, as a statement to look for others' rows with.

    The others of its kind (one's own, or invented examples), with `mixed` those of both; never archived ones.
    """
    statement = sa.select(col(CaseStudy.id)).where(col(CaseStudy.id) != case_study_id, ~col(CaseStudy.archived))
    if not mixed:
        here = sa.select(col(CaseStudy.example)).where(col(CaseStudy.id) == case_study_id).scalar_subquery()
        statement = statement.where(col(CaseStudy.example) == here)
    return statement


def beside(session: Session, case_study_id: uuid.UUID, *, mixed: bool = False) -> list[CaseStudy]:
    """The case studies that may stand beside this one, by title; see `ids_beside`."""
    wanted = set(session.execute(ids_beside(case_study_id, mixed=mixed)).scalars())
    return [row for row in listed(session) if row.id in wanted]


def together(session: Session, *, mixed: bool = False) -> list[CaseStudy]:
    """The case studies of a screen over all of them, by title: one's own, or the examples where there are no others.

    With `mixed` both kinds; never archived ones.
    """
    found = listed(session)
    own = [row for row in found if not row.example]
    return found if mixed or not own else own


def left_out(session: Session, case_study_id: uuid.UUID | None = None) -> list[CaseStudy]:
    """Those that only `mixed` brings beside a case study; without one, onto a screen over all of them."""
    if case_study_id is None:
        shown = {row.id for row in together(session)}
        return [row for row in together(session, mixed=True) if row.id not in shown]
    shown = {row.id for row in beside(session, case_study_id)}
    return [row for row in beside(session, case_study_id, mixed=True) if row.id not in shown]

"""What every subject does with a row: find it locked, compare it with what its author saw, write what changed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, select

from copdash import history
from copdash.errors import ChangedElsewhere, Invalid, NotFound
from copdash.fields import Column, clean, plain, shown
from copdash.models import Base

Row = TypeVar("Row", bound=Base)


def find(session: Session, table: type[Row], row_id: uuid.UUID) -> Row:
    """The row, locked until the commit; raises `NotFound`, also for a row of another case study than the gesture's."""
    row = session.get(table, row_id, with_for_update=True)
    here = session.info["gesture"].case_study_id if "gesture" in session.info else None
    if row is None or (here is not None and getattr(row, "case_study_id", here) != here):
        raise _missing(table)
    return row


def find_all(session: Session, table: type[Row], row_ids: Sequence[uuid.UUID]) -> list[Row]:
    """These rows, locked, in the order of the ids; raises `NotFound` if one is missing, as `find` does."""
    wanted = list(dict.fromkeys(row_ids))
    if len(wanted) < 3:
        return [find(session, table, row_id) for row_id in wanted]
    key: Any = table.id  # type: ignore[attr-defined]
    found: dict[uuid.UUID, Row] = {}
    for part in history.parts(wanted):
        for row in session.exec(select(table).where(key.in_(part)).order_by(key).with_for_update()):
            found[row.id] = row  # type: ignore[attr-defined]
    here = session.info["gesture"].case_study_id if "gesture" in session.info else None
    for row_id in wanted:
        if row_id not in found or (here and getattr(found[row_id], "case_study_id", here) != here):
            raise _missing(table)
    return [found[row_id] for row_id in wanted]


def _missing(table: type[Base]) -> NotFound:
    what = str(table.__tablename__).replace("_", " ")
    return NotFound(f"This {what} has been deleted meanwhile. «Undo» under «Recent changes» brings it back.")


def of_case(session: Session, table: type[Row], case_study_id: uuid.UUID) -> list[Row]:
    """All rows of a case study."""
    return list(session.exec(select(table).where(table.case_study_id == case_study_id)).all())  # type: ignore[attr-defined]


def revise(
    session: Session,
    row: Base,
    columns: Mapping[str, Column],
    values: Mapping[str, object],
    seen: Mapping[str, object] | None = None,
) -> list[str]:
    """Write cleaned values; returns the names of the fields that changed.

    `seen` holds what the author had on screen. A field that somebody changed since raises `ChangedElsewhere` and
    nothing is written; None means that the author is the program, or saw the truth in this very transaction.
    """
    cleaned = clean(columns, values)
    was = clean(columns, seen) if seen is not None else {}
    if seen is not None and set(cleaned) - set(was):
        raise Invalid("The change does not say what was on the screen; reload the page and do it again.")
    for field, value in cleaned.items():
        current = getattr(row, field)
        if seen is not None and current != was[field] and current != value:
            raise ChangedElsewhere(
                f"{columns[field].label} was changed meanwhile by {history.last_author(session, row.id, field)}: "  # type: ignore[attr-defined]
                f"you saw {shown(was[field])} and gave {shown(value)}, now it is {shown(current)}. "
                "Nothing was overwritten."
            )
    changed = [field for field, value in cleaned.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, cleaned[field])
    return changed


def refuse_merging(
    session: Session, row: Base, columns: Mapping[str, Column], called: str, seen: Mapping[str, object]
) -> None:
    """Raises `ChangedElsewhere` if a field of a row that is to be merged is another by now than its author saw."""
    for field, was in clean(columns, seen).items():
        now = getattr(row, field)
        if now != was:
            raise ChangedElsewhere(
                f"{columns[field].label} of {called} was changed meanwhile by "
                f"{history.last_author(session, row.id, field)}: "  # type: ignore[attr-defined]
                f"you saw {shown(was)}, now it is {shown(now)}. Nothing was merged; look at the two once more."
            )


def added(session: Session, row: Row) -> Row:
    """Add a row whose id its author chose; raises `Invalid` if the id is taken."""
    if session.get(type(row), row.id) is not None:  # type: ignore[attr-defined]
        raise Invalid("This row is there already; reload the page.")
    session.add(row)
    return row


def refuse_taken(session: Session, table: type[Base], ids: Sequence[uuid.UUID]) -> None:
    """Raises `Invalid` if one of the ids that authors chose is taken, or given twice."""
    key: Any = table.id  # type: ignore[attr-defined]
    taken = len(set(ids)) < len(ids)
    for start in range(0, len(ids), 500):
        taken = taken or session.exec(select(key).where(key.in_(ids[start : start + 500]))).first() is not None
    if taken:
        raise Invalid("This row is there already; reload the page.")


def following(session: Session, table: Any, case_study_id: uuid.UUID) -> int:
    """The position after the last row of a case study."""
    statement = select(sa.func.max(table.position)).where(table.case_study_id == case_study_id)
    last = session.exec(statement).one()
    return 0 if last is None else last + 1


def wire(row: Base) -> dict[str, Any]:
    """A row as a board gets it: plain values by column name."""
    return {name: plain(getattr(row, name)) for name in row.__class__.model_fields if name != "case_study_id"}

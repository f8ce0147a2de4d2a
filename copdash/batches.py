"""Many rows added or changed at once, each with its entries in the change log: many times quicker than one by one.

They pass the listener of `history` by and write the log themselves, in its words; nothing else may.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from copdash import models
from copdash.fields import plain
from copdash.models import Change


def add_many(session: Session, table: type[models.Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows at once.

    `rows` hold cleaned values by column, `id` and `case_study_id` among them; the rest is the column's default.
    """
    if not rows:
        return
    session.flush()
    gesture = session.info["gesture"]
    defaults = {
        name: field.default
        for name, field in table.model_fields.items()
        if name not in ("id", "case_study_id") and not field.is_required()
    }
    whole = [{**defaults, **row} for row in rows]
    name = str(table.__tablename__)
    session.execute(sa.insert(table.__table__), whole)  # type: ignore[attr-defined]
    session.execute(
        sa.insert(Change.__table__),  # type: ignore[attr-defined]
        [
            {
                "gesture_id": gesture.id,
                "case_study_id": row["case_study_id"],
                "subject": name,
                "subject_id": row["id"],
                "field": "",
                "before": None,
                "after": {column: plain(value) for column, value in row.items()},
            }
            for row in whole
        ],
    )
    session.info["touched"].update(row["case_study_id"] for row in whole)


def change_many(session: Session, rows: Sequence[models.Base], values: Mapping[uuid.UUID, Mapping[str, Any]]) -> None:
    """Change columns of many rows of one table at once; what is as it was has no entry.

    `rows` belong to this session; `values` are cleaned, row id -> column -> value, the same columns for every row.
    """
    changed = []
    for row in rows:
        row_id = row.id  # type: ignore[attr-defined]
        if any(getattr(row, name) != value for name, value in values[row_id].items()):
            changed.append((row, row_id, values[row_id]))
    if not changed:
        return
    session.flush()
    gesture, table = session.info["gesture"], sa.inspect(type(changed[0][0])).local_table
    here = session.connection()
    named: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in changed[0][2]}
    here.execute(
        sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(named),
        [{"row_id": row_id, **{f"new_{name}": value for name, value in new.items()}} for _, row_id, new in changed],
    )
    here.execute(
        sa.insert(Change.__table__),  # type: ignore[attr-defined]
        [
            {
                "gesture_id": gesture.id,
                "case_study_id": row.case_study_id,  # type: ignore[attr-defined]
                "subject": table.name,
                "subject_id": row_id,
                "field": name,
                "before": plain(getattr(row, name)),
                "after": plain(value),
            }
            for row, row_id, new in changed
            for name, value in new.items()
            if getattr(row, name) != value
        ],
    )
    for row, _, new in changed:
        session.info["touched"].add(row.case_study_id)  # type: ignore[attr-defined]
        for name, value in new.items():
            set_committed_value(row, name, value)

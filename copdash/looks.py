"""What boards look at: a look is a pure question to a session, answered as rows by table, and as values beside them.

A screen's first paint and the channel ask the same function, so what comes later fits what came first. Who looks is
fixed in the session (`copdash.eyes`): the same look of somebody from whom names are hidden holds pseudonyms.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlmodel import Session

from copdash import case_studies, history, register, stakeholders
from copdash.analysis import quadrants
from copdash.fields import plain
from copdash.models import Axes, CaseStudy, Stakeholder

Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By table and by id, in the order in which a board shows them; plain values, as they go out as JSON."""


@dataclass(frozen=True)
class Seen:
    """What a look shows: rows by table and id, and values that belong to no row."""

    rows: Rows
    values: Mapping[str, Any]

    def wire(self) -> dict[str, Any]:
        """As a board gets it: a list of rows by table, and the values beside them."""
        return {**{table: list(rows.values()) for table, rows in self.rows.items()}, **self.values}


class Reading(NamedTuple):
    """A look at a case study at one of its versions, and no other."""

    version: int
    seen: Seen


Look = Callable[[Session, uuid.UUID], Seen]

GRID_FIELDS = ("id", "name", "group", "attitude", "membership", "power", "interest")
"""What the grid draws of a stakeholder; long texts stay at home."""


def grid_of(settings: CaseStudy, found: Iterable[Stakeholder]) -> Seen:
    """The power-interest grid of these rows."""
    rows = {str(row.id): {field: plain(getattr(row, field)) for field in GRID_FIELDS} for row in found}
    return Seen(
        {"stakeholders": rows},
        {
            "quadrants": quadrants.from_top_left(settings.quadrant_names, settings.axes),
            "axes": register.axes(settings),
            "turned": settings.axes == Axes.INTEREST_UP,
            **_frame(settings),
        },
    )


def _frame(settings: CaseStudy) -> dict[str, Any]:
    """What a page around a board shows of its case study: with another value the page is drawn again (board.js)."""
    return {"title": settings.title, "archived": settings.archived}


def grid(session: Session, case_study_id: uuid.UUID) -> Seen:
    """The power-interest grid of a case study. Raises `NotFound`."""
    return grid_of(case_studies.get(session, case_study_id), stakeholders.of_case(session, case_study_id))


LOOKS: dict[str, Look] = {"power_interest": grid}
"""All looks, by the name of their board. One that is not here is asked of the page alone."""


def read(session: Session, look: str, case_study_id: uuid.UUID) -> Reading:
    """A look at the case study as it is now, with the version that it is then. Raises `NotFound`.

    Version and rows come from one snapshot, or the difference of two readings would leave out what fell between them:
    SQLite reads so by itself, PostgreSQL is told to.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    version = history.version(session, case_study_id)
    return Reading(version, LOOKS[look](session, case_study_id))


# ---- the difference of two readings ---------------------------------------------------------------------------------


def difference(before: Reading, after: Reading) -> dict[str, Any]:
    """What a board that shows `before` has to be told to show `after`.

    {"from", "to": versions, "rows": {table: rows that are new or other}, "gone": {table: ids}, "order": {table: all
    ids, where their order is not that of before with the new ones behind}, "values": those that are other}; what is
    empty is left out.
    """
    told: dict[str, Any] = {"from": before.version, "to": after.version}
    for table, rows in after.seen.rows.items():
        were = before.seen.rows.get(table, {})
        other = [row for row_id, row in rows.items() if were.get(row_id) != row]
        gone = [row_id for row_id in were if row_id not in rows]
        if other:
            told.setdefault("rows", {})[table] = other
        if gone:
            told.setdefault("gone", {})[table] = gone
        by_itself = [row_id for row_id in were if row_id in rows] + [row_id for row_id in rows if row_id not in were]
        if by_itself != list(rows):
            told.setdefault("order", {})[table] = list(rows)
    values = {
        name: value
        for name, value in after.seen.values.items()
        if name not in before.seen.values or before.seen.values[name] != value
    }
    if values:
        told["values"] = values
    return told


def whole(reading: Reading) -> dict[str, Any]:
    """What a board is told that shows nothing, or something nobody remembers: {"to", "all", "values"}."""
    rows = {table: list(by_id.values()) for table, by_id in reading.seen.rows.items()}
    return {"to": reading.version, "all": rows, "values": dict(reading.seen.values)}


def applied(before: Seen, told: Mapping[str, Any]) -> Seen:
    """What a board shows that showed `before` and was told this: as `held.js` does it, for tests of both."""
    if "all" in told:
        return Seen({table: {row["id"]: row for row in rows} for table, rows in told["all"].items()}, told["values"])
    tables: dict[str, dict[str, Mapping[str, Any]]] = {table: dict(rows) for table, rows in before.rows.items()}
    for table, ids in told.get("gone", {}).items():
        for row_id in ids:
            tables[table].pop(row_id, None)
    for table, rows in told.get("rows", {}).items():
        tables[table].update({row["id"]: row for row in rows})
    for table, ids in told.get("order", {}).items():
        tables[table] = {row_id: tables[table][row_id] for row_id in ids}
    return Seen(tables, {**before.values, **told.get("values", {})})

"""What a look shows, and the difference of two readings of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

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

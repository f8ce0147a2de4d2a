"""What boards look at: a look is a pure question to a session, answered as rows by table, and as values beside them.

A screen's first paint and the channel ask the same function, so what comes later fits what came first. Who looks is
fixed in the session (`copdash.eyes`): the same look of somebody from whom names are hidden holds pseudonyms.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlmodel import Session

from copdash import case_studies, duplicates, history, register, stakeholders
from copdash.analysis import compositions, engagements, quadrants, saliences
from copdash.fields import plain
from copdash.models import Axes, CaseStudy, Stakeholder

_Found = Iterable[Stakeholder]

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


@dataclass(frozen=True)
class Look:
    """A look as two questions to a session: what its board shows, and what its page shows around the board.

    `around` answers something that is compared with its last answer and never leaves the server: when it is another
    one, the page is drawn again. It is asked at leisure, so that what it costs holds no row up.
    """

    seen: Callable[[Session, uuid.UUID], Seen]
    around: Callable[[Session, uuid.UUID], object]


GRID_FIELDS = ("id", "name", "group", "attitude", "membership", "power", "interest")
"""What the grid draws of a stakeholder; long texts stay at home."""
RATING_FIELDS = ("id", "name", "organisation", "role", "group", "stake", "rationale", "power", "interest")
"""What the group needs to know to rate somebody."""
SALIENCE_FIELDS = ("id", "name", "group", "power", "legitimacy", "urgency")
ENGAGEMENT_FIELDS = ("id", "name", "group", "power", "interest", "attitude", "attitude_wanted")

MOST_COMPARED = 3_000
"""Longer lists are compared with themselves only where somebody asks for it."""


def _rows(found: _Found, fields: Iterable[str]) -> dict[str, dict[str, Any]]:
    names = list(fields)
    return {str(row.id): {name: plain(getattr(row, name)) for name in names} for row in found}


def _axes(settings: CaseStudy) -> dict[str, Any]:
    """Quadrants from the top left, what the axes are called, and whether power is across and interest up."""
    return {
        "quadrants": quadrants.from_top_left(settings.quadrant_names, settings.axes),
        "axes": register.axes(settings),
        "turned": settings.axes == Axes.INTEREST_UP,
    }


def grid_of(settings: CaseStudy, found: _Found) -> Seen:
    """The power-interest grid of these rows."""
    return Seen({"stakeholders": _rows(found, GRID_FIELDS)}, _axes(settings))


def list_of(settings: CaseStudy, found: _Found) -> Seen:
    """The list: the fields that the case study shows."""
    return Seen({"stakeholders": _rows(found, ["id", *register.columns(settings)])}, {})


def rating_of(settings: CaseStudy, found: _Found) -> Seen:
    """The guided run through those who are not rated."""
    return Seen({"stakeholders": _rows(found, RATING_FIELDS)}, _axes(settings))


def salience_of(settings: CaseStudy, found: _Found) -> Seen:
    """Three circles: who is in which class; the class of those who lack a rating comes last."""
    rows = list(found)
    known = saliences.CLASSES
    classes = {
        name: {
            "id": name,
            "name": name,
            "attributes": [one for one in saliences.ATTRIBUTES if name in known and one in known[name].attributes],
            "means": known[name].means if name in known else saliences.NOT_KNOWN_MEANS,
            "ids": [str(row.id) for row in there],
        }
        for name, there in saliences.classes(rows).items()
    }
    return Seen({"stakeholders": _rows(rows, SALIENCE_FIELDS), "classes": classes}, {})


def engagement_of(settings: CaseStudy, found: _Found) -> Seen:
    """Attitudes now and wanted: rows and gaps in the order to be shown, and in which quadrant each rated one is."""
    rows = engagements.ordered(found)
    names = quadrants.named(settings.quadrant_names)
    where = {row.id: quadrants.quadrant(row.power, row.interest) for row in rows}
    gaps = {
        str(gap.row.id): {"id": str(gap.row.id), "now": gap.now, "wanted": gap.wanted, "steps": gap.steps}
        for gap in engagements.gaps(rows)
    }
    return Seen(
        {"stakeholders": _rows(rows, ENGAGEMENT_FIELDS), "gaps": gaps},
        {
            "quadrant_of": {str(row_id): names[name] for row_id, name in where.items() if name},
            "quadrants": list(names.values()),
            "summary": engagements.in_words(engagements.summary(rows)),
        },
    )


@dataclass(frozen=True)
class Strip:
    """What stands above the list: groups that nobody speaks for, and how many likely duplicates wait."""

    missing: tuple[str, ...] = ()
    alike: int = 0


def strip(session: Session, found: Sequence[Stakeholder]) -> Strip:
    """The strip of these rows; an empty list has nothing to say."""
    if not found:
        return Strip()
    alike = len(duplicates.within(session, found)) if len(found) <= MOST_COMPARED else 0
    return Strip(tuple(compositions.composed(found, "group").missing), alike)


def _of_rows(of: Callable[[CaseStudy, _Found], Seen]) -> Callable[[Session, uuid.UUID], Seen]:
    """A look of a case study and its stakeholders. Raises `NotFound`."""

    def seen(session: Session, case_study_id: uuid.UUID) -> Seen:
        return of(case_studies.get(session, case_study_id), stakeholders.of_case(session, case_study_id))

    return seen


def _frame(session: Session, case_study_id: uuid.UUID) -> tuple[object, ...]:
    """What stands around every board: the case study itself, and whether there is anybody to show."""
    settings = case_studies.get(session, case_study_id)
    shown = settings.title, settings.archived, settings.quadrant_names, settings.axes
    return *shown, settings.hidden_fields, settings.labels, stakeholders.any_of_case(session, case_study_id)


def _around_list(session: Session, case_study_id: uuid.UUID) -> tuple[object, ...]:
    found = stakeholders.of_case(session, case_study_id)
    return *_frame(session, case_study_id), strip(session, found)


LOOKS: Mapping[str, Look] = {
    "power_interest": Look(_of_rows(grid_of), _frame),
    "stakeholders": Look(_of_rows(list_of), _around_list),
    "rating": Look(_of_rows(rating_of), _frame),
    "salience": Look(_of_rows(salience_of), _frame),
    "engagement": Look(_of_rows(engagement_of), _frame),
}
"""All looks, by the name of their board. One that is not here is asked of the page alone."""


def read(session: Session, look: str, case_study_id: uuid.UUID) -> Reading:
    """A look at the case study as it is now, with the version that it is then. Raises `NotFound`.

    Version and rows come from one snapshot, or the difference of two readings would leave out what fell between them:
    SQLite reads so by itself, PostgreSQL is told to.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    version = history.version(session, case_study_id)
    return Reading(version, LOOKS[look].seen(session, case_study_id))


def read_around(session: Session, look: str, case_study_id: uuid.UUID) -> tuple[int, object]:
    """What a page shows around its board, and a version of the case study that it is as new as, or newer."""
    version = history.version(session, case_study_id)
    return version, LOOKS[look].around(session, case_study_id)


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

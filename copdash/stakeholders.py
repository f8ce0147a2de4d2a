"""Stakeholders: the rows that list, grid and network all show."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session, col, select

from copdash import batches, history, rows, words
from copdash.errors import ChangedElsewhere, Invalid
from copdash.fields import STAKEHOLDER, clean
from copdash.models import Action, Change, Comparison, Gesture, GestureState, Invitation, Relation, Stakeholder
from copdash.roles import EDITORS
from copdash.verbs import MOST as MOST_ROWS
from copdash.verbs import Addition, Revision, Row, Sent, SomeStakeholders, verb

MOST = 20_000
"""Stakeholders one case study may hold."""


@verb(EDITORS)
def add(session: Session, /, case_study_id: uuid.UUID, *, id: uuid.UUID | None = None, **values: object) -> Stakeholder:
    """A new stakeholder at the end of the list; needs a name. Raises `Invalid`."""
    row_id = id or uuid.uuid4()
    add_all(session, case_study_id, [(row_id, values)])
    return rows.find(session, Stakeholder, row_id)


@verb(EDITORS)
def add_all(session: Session, case_study_id: uuid.UUID, new: Sequence[tuple[uuid.UUID, Mapping[str, object]]]) -> None:
    """Several new stakeholders in their order, as pairs of id and values. Raises `Invalid`."""
    first = rows.following(session, Stakeholder, case_study_id)
    there = session.exec(
        select(sa.func.count(col(Stakeholder.id))).where(Stakeholder.case_study_id == case_study_id)
    ).one()
    if there + len(new) > MOST:
        raise Invalid(f"A case study holds at most {MOST:,} stakeholders; split the list.")
    made = []
    for position, (row_id, values) in enumerate(new, start=first):
        cleaned = clean(STAKEHOLDER, {"name": "", **values})
        if "themes" in cleaned:
            cleaned["themes"] = themes(cleaned["themes"])
        made.append({"id": row_id, "case_study_id": case_study_id, "position": position, **cleaned})
    rows.refuse_taken(session, Stakeholder, [row["id"] for row in made])
    batches.add_many(session, Stakeholder, made)
    history.tell(
        session, f"Added {made[0]['name']}" if len(made) == 1 else f"Added {words.counted(len(made), 'stakeholder')}"
    )


@verb(EDITORS, "edited")
def edit(
    session: Session,
    stakeholder_id: uuid.UUID,
    *,
    values: Mapping[str, object],
    seen: Mapping[str, object] | None = None,
) -> None:
    """Change fields of one stakeholder. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Stakeholder, stakeholder_id)
    if "themes" in values and isinstance(values["themes"], str):
        values = {**values, "themes": themes(values["themes"])}
    changed = rows.revise(session, row, STAKEHOLDER, values, seen)
    if changed:
        labels = ", ".join(STAKEHOLDER[field].label.lower() for field in changed)
        history.tell(session, f"Changed {labels} of {row.name}")


@verb(EDITORS, edit, by_board=True)
def edit_all(
    session: Session,
    case_study_id: uuid.UUID,
    *,
    edits: Annotated[list[Revision], Field(max_length=MOST_ROWS)] = (),  # type: ignore[assignment]
    additions: Annotated[list[Addition], Field(max_length=MOST_ROWS)] = (),  # type: ignore[assignment]
) -> None:
    """Cells of the list changed, and rows added, in one go: by typing, pasting, changing many together.

    Raises as `edit` and `add_all` do, and `Invalid` where there is nothing to do.
    """
    if not edits and not additions:
        raise Invalid("Nothing was sent to change.")
    if additions:
        add_all(session, case_study_id, [(row.id, row.values) for row in additions])
    for row in edits:
        edit(session, row.id, values=row.values, seen=row.seen)
    if len(edits) + len(additions) > 1:
        history.retell(session, f"Changed {len(edits) + len(additions)} rows of the list")


@verb(EDITORS, "moved", with_names_hidden=True)
def move(
    session: Session,
    stakeholder_id: uuid.UUID,
    *,
    power: float | None,
    interest: float | None,
    seen: Mapping[str, object] | None = None,
) -> None:
    """Place a stakeholder on the grid: power and interest 0-10, or both None to take it off.

    The two are one unit: if either was changed meanwhile, `ChangedElsewhere`. Raises `Invalid`, `NotFound`.
    """
    row = rows.find(session, Stakeholder, stakeholder_id)
    rated = row.power is not None and row.interest is not None
    changed = rows.revise(session, row, STAKEHOLDER, {"power": power, "interest": interest}, seen)
    if changed:
        off = power is None and interest is None
        history.tell(session, f"{'Took the rating off' if off else 'Moved' if rated else 'Placed'} {row.name}")


class Move(Sent):
    """A place on the power-interest grid, 0-10 each, beside the one its author saw."""

    id: uuid.UUID
    power: float | None
    interest: float | None
    seen: Row


@verb(EDITORS, move, by_board=True)
def move_all(session: Session, *, moves: Annotated[list[Move], Field(min_length=1, max_length=MOST_ROWS)]) -> None:
    """Dots moved on the grid, from the tray or back to it. Raises as `move` does; then none is moved."""
    for m in moves:
        move(session, m.id, power=m.power, interest=m.interest, seen=m.seen)
    if len(moves) > 1:
        history.retell(session, f"Moved {len(moves)} stakeholders")


@verb(EDITORS, "arranged", with_names_hidden=True)
def arrange(
    session: Session,
    positions: Mapping[uuid.UUID, tuple[float, float]],
    *,
    seen: Mapping[uuid.UUID, tuple[float | None, float | None]] | None = None,
) -> None:
    """Put stakeholders at places in the network picture (its own units, x to the right, y downwards).

    `seen` are the places they had when their author took them; one who stands elsewhere now, by more than a unit, was
    moved by somebody else: `ChangedElsewhere`, and nobody is moved. Raises `Invalid` for a place outside the picture.
    """
    found = rows.find_all(session, Stakeholder, list(positions))
    for row in found:
        _refuse_moved(session, row, (seen or {}).get(row.id), positions[row.id])
    if not all(abs(x) <= 1e6 and abs(y) <= 1e6 for x, y in positions.values()):
        raise Invalid("That place is outside the picture.")
    places = {
        id_: {"network_x": round(float(x), 1), "network_y": round(float(y), 1)} for id_, (x, y) in positions.items()
    }
    batches.change_many(session, found, places)
    history.tell(session, f"Moved {found[0].name} in the network" if len(found) == 1 else "Arranged the network")


class Spot(Sent):
    """Where somebody stood in the network picture; None where nowhere yet."""

    x: float | None
    y: float | None


class Place(Sent):
    """A place in the network picture, in its own units, beside the one its author saw."""

    id: uuid.UUID
    x: float
    y: float
    seen: Spot | None = None


@verb(EDITORS, arrange, by_board=True)
def arrange_all(session: Session, *, places: Annotated[list[Place], Field(min_length=1, max_length=MOST_ROWS)]) -> None:
    """Nodes put elsewhere in the network picture. Raises as `arrange` does."""
    arrange(
        session,
        {place.id: (place.x, place.y) for place in places},
        seen={place.id: (place.seen.x, place.seen.y) for place in places if place.seen},
    )


def _refuse_moved(
    session: Session, row: Stakeholder, seen: tuple[float | None, float | None] | None, to: tuple[float, float]
) -> None:
    here = (row.network_x, row.network_y)
    if seen is None or _near(here, seen) or _near(here, to):
        return
    raise ChangedElsewhere(
        f"{row.name} was moved meanwhile by {history.last_author(session, row.id, 'network_x')}. "
        "Nothing was overwritten; look where it stands now, and move it again."
    )


def _near(one: tuple[float | None, float | None], other: tuple[float | None, float | None]) -> bool:
    """Whether two places are the same; boards keep whole units."""
    if None in one or None in other:
        return one == other
    return all(abs(float(a) - float(b)) <= 1 for a, b in zip(one, other, strict=True))  # type: ignore[arg-type]


@verb(EDITORS, "removed", by_board=True)
def remove(session: Session, stakeholder_ids: SomeStakeholders) -> None:
    """Delete stakeholders with their ties, invitations and actions; undo brings all of it back. Raises `NotFound`."""
    found = rows.find_all(session, Stakeholder, stakeholder_ids)
    ids = [row.id for row in found]
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        for tie in session.exec(
            select(Relation).where(col(Relation.from_id).in_(part) | col(Relation.to_id).in_(part))
        ).all():
            session.delete(tie)
        for invitation in session.exec(select(Invitation).where(col(Invitation.stakeholder_id).in_(part))).all():
            session.delete(invitation)
        for action in session.exec(select(Action).where(col(Action.stakeholder_id).in_(part))).all():
            session.delete(action)
        about = col(Comparison.stakeholder_id).in_(part) | col(Comparison.other_id).in_(part)
        for comparison in session.exec(select(Comparison).where(about)).all():
            if comparison.case_study_id == found[0].case_study_id:
                session.delete(comparison)
    for row in found:
        session.delete(row)
    history.tell(
        session,
        f"Deleted {found[0].name}" if len(found) == 1 else f"Deleted {words.counted(len(found), 'stakeholder')}",
    )


def among(session: Session, ids: Sequence[uuid.UUID]) -> list[Stakeholder]:
    """Those of these stakeholders that are in the store, in the order of the ids."""
    return [row for row_id in ids if (row := session.get(Stakeholder, row_id)) is not None]


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Stakeholder]:
    """All stakeholders of a case study, in the order of the list."""
    statement = (
        select(Stakeholder)
        .where(Stakeholder.case_study_id == case_study_id)
        .order_by(col(Stakeholder.position), col(Stakeholder.id))
    )
    return list(session.exec(statement).all())


def any_of_case(session: Session, case_study_id: uuid.UUID) -> bool:
    """Whether a case study has a stakeholder."""
    first = select(Stakeholder.id).where(Stakeholder.case_study_id == case_study_id).limit(1)
    return session.exec(first).first() is not None


def by_case(session: Session, case_study_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Stakeholder]]:
    """The stakeholders of several case studies, read in one go."""
    lists: dict[uuid.UUID, list[Stakeholder]] = {case_study_id: [] for case_study_id in case_study_ids}
    statement = select(Stakeholder).order_by(col(Stakeholder.position), col(Stakeholder.id))
    for row in session.exec(statement.where(col(Stakeholder.case_study_id).in_(case_study_ids))).all():
        lists[row.case_study_id].append(row)
    return lists


def trail(session: Session, stakeholder_id: uuid.UUID, *, most: int = 12) -> list[tuple[float, float]]:
    """Where a stakeholder stood on the grid before, as (power, interest), oldest first.

    What was undone is left out, and steps of less than 0.5.
    """
    row = session.get(Stakeholder, stakeholder_id)
    if row is None or row.power is None or row.interest is None:
        return []
    statement = (
        select(Change)
        .join(Gesture, col(Gesture.id) == Change.gesture_id)
        .where(Change.subject_id == stakeholder_id, col(Change.field).in_(["power", "interest"]))
        .where(Gesture.state == GestureState.DONE.value)
        .order_by(col(Change.number).desc())
        .limit(200)
    )
    at: dict[str, float | None] = {"power": row.power, "interest": row.interest}
    places = [(row.power, row.interest)]
    for _, changes in groupby(session.exec(statement).all(), key=lambda change: change.gesture_id):
        at.update({change.field: change.before for change in changes})
        power, interest = at["power"], at["interest"]
        if power is not None and interest is not None and math.dist(places[-1], (power, interest)) >= 0.5:
            places.append((power, interest))
    return places[most:0:-1]


def themes(text: str) -> str:
    """Themes as they are kept: «a; b», without doubles, in the order given."""
    return "; ".join(dict.fromkeys(part.strip() for part in re.split(r"[;\n]", text) if part.strip()))

"""Relations: the ties between the stakeholders of one case study.

Between the same two there is one tie of a type in a direction, existing or wanted: a wanted tie that comes about is the
same row with another status, so its history stays whole and an import finds it again.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from sqlmodel import Session, col, select

from copdash import batches, history, rows
from copdash.errors import ChangedElsewhere, Invalid
from copdash.fields import RELATION, clean
from copdash.models import Relation, Stakeholder, TieStatus
from copdash.roles import EDITORS
from copdash.verbs import FromBrowser, Ids, Seen, Sent, Values, verb

DEFAULTS: Mapping[str, Any] = {
    "type": "Information",
    "directed": True,
    "strength": 1,
    "status": TieStatus.EXISTING.value,
    "evidence": "",
    "since": None,
    "until": None,
}
"""What a new tie is where nobody says."""


@verb(EDITORS, "tied", with_names_hidden=True)
def tie(
    session: Session,
    /,
    case_study_id: uuid.UUID,
    *,
    from_id: uuid.UUID,
    to_id: uuid.UUID,
    id: uuid.UUID | None = None,
    **values: object,
) -> Relation:
    """Draw a tie; `values` as in `DEFAULTS`, strength 1-3, days `since` and `until`.

    Raises `Invalid` for a tie to itself, one that is there already or one that ends before it begins, and `NotFound`.
    """
    ends = rows.find_all(session, Stakeholder, [from_id, to_id])
    if len(ends) < 2:
        raise Invalid(f"{ends[0].name} cannot be tied to itself; choose two stakeholders.")
    if any(end.case_study_id != case_study_id for end in ends):
        raise Invalid("Both ends of a tie belong to the same case study.")
    drawn = clean(RELATION, {**DEFAULTS, **values})
    row = Relation(id=id or uuid.uuid4(), case_study_id=case_study_id, from_id=from_id, to_id=to_id, **drawn)
    check(row)
    _refuse_double(session, row, ends)
    rows.added(session, row)
    wanted = row.status == TieStatus.WANTED
    history.tell(session, f"{'Wished for a tie from' if wanted else 'Tied'} {ends[0].name} to {ends[1].name}")
    return row


@verb(EDITORS, tie, by_board=True)
def draw(
    session: Session,
    case_study_id: uuid.UUID,
    *,
    relation_id: uuid.UUID,
    from_id: uuid.UUID,
    to_id: uuid.UUID,
    type: str,
    directed: bool = True,
    strength: int = 1,
    status: str = TieStatus.EXISTING.value,
) -> None:
    """A tie drawn. Raises as `tie` does."""
    tie(
        session,
        case_study_id,
        id=relation_id,
        from_id=from_id,
        to_id=to_id,
        type=type,
        directed=directed,
        strength=strength,
        status=status,
    )


@verb(EDITORS)
def tie_all(session: Session, case_study_id: uuid.UUID, new: Sequence[Mapping[str, Any]]) -> None:
    """Draw many ties: rows with from_id, to_id and what `tie` takes. Raises as `tie` does; then none is drawn."""
    names = {row.id: row.name for row in rows.of_case(session, Stakeholder, case_study_id)}
    there = {(row.from_id, row.to_id, row.type) for row in of_case(session, case_study_id)}
    made = []
    for row in new:
        ends = {"id": row.get("id") or uuid.uuid4(), "from_id": row["from_id"], "to_id": row["to_id"]}
        values = clean(RELATION, {name: row.get(name, default) for name, default in DEFAULTS.items()})
        _refuse_backwards(values["since"], values["until"])
        if not {ends["from_id"], ends["to_id"]} <= set(names):
            raise Invalid("Both ends of a tie belong to the same case study.")
        if ends["from_id"] == ends["to_id"]:
            raise Invalid(f"{names[ends['from_id']]} cannot be tied to itself; choose two stakeholders.")
        tie = (ends["from_id"], ends["to_id"], values["type"])
        if tie in there:
            raise Invalid(f"{names[tie[0]]} and {names[tie[1]]} have that tie ({tie[2]}) already.")
        there.add(tie)
        made.append({**ends, "case_study_id": case_study_id, **values})
    rows.refuse_taken(session, Relation, [row["id"] for row in made])
    batches.add_many(session, Relation, made)
    history.tell(session, f"Tied {len(made)} pairs of stakeholders")


@verb(EDITORS, "tie_edited", by_board=True, with_names_hidden=True, words=("evidence",))
def edit(session: Session, relation_id: uuid.UUID, *, values: Values, seen: Seen = None) -> None:
    """Change what a tie is. `since` and `until` are one unit. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Relation, relation_id)
    changed = rows.revise(session, row, RELATION, values, seen)
    ends = rows.find_all(session, Stakeholder, [row.from_id, row.to_id])
    if changed:
        check(row)
        _refuse_double(session, row, ends)
        history.tell(session, f"Changed the tie from {ends[0].name} to {ends[1].name}")


class Ends(Sent):
    """From where to where a tie went when its author saw it."""

    from_id: uuid.UUID
    to_id: uuid.UUID


@verb(EDITORS, "tie_turned", by_board=True, with_names_hidden=True)
def turn(session: Session, relation_id: uuid.UUID, *, seen: Annotated[Ends | None, FromBrowser(Ends)] = None) -> None:
    """A tie made to point the other way. `seen`: its ends as the author saw them; raises `ChangedElsewhere`."""
    row = rows.find(session, Relation, relation_id)
    ends = rows.find_all(session, Stakeholder, [row.to_id, row.from_id])
    if seen is not None and (seen.from_id, seen.to_id) != (row.from_id, row.to_id):
        raise ChangedElsewhere(
            f"Somebody turned this tie meanwhile: it goes from {ends[1].name} to {ends[0].name} now. "
            "Nothing was overwritten."
        )
    row.from_id, row.to_id = row.to_id, row.from_id
    _refuse_double(session, row, ends)
    history.tell(session, f"Turned the tie, now from {ends[0].name} to {ends[1].name}")


@verb(EDITORS, "cut", by_board=True, with_names_hidden=True)
def cut(session: Session, relation_ids: Ids) -> None:
    """Delete ties. Raises `NotFound`."""
    found = rows.find_all(session, Relation, relation_ids)
    ends = rows.find_all(session, Stakeholder, [found[0].from_id, found[0].to_id]) if len(found) == 1 else []
    for row in found:
        session.delete(row)
    history.tell(session, f"Cut the tie from {ends[0].name} to {ends[1].name}" if ends else f"Cut {len(found)} ties")


def _refuse_double(session: Session, row: Relation, ends: Sequence[Stakeholder]) -> None:
    with session.no_autoflush:
        double = session.exec(
            select(Relation.id).where(
                Relation.from_id == row.from_id,
                Relation.to_id == row.to_id,
                Relation.type == row.type,
                col(Relation.id) != row.id,
            )
        ).first()
    if double is not None:
        raise Invalid(f"{ends[0].name} and {ends[1].name} have that tie ({row.type}) already.")


def check(row: Relation) -> None:
    """Raises `Invalid` for a tie that ends before it begins."""
    _refuse_backwards(row.since, row.until)


def _refuse_backwards(since: dt.date | None, until: dt.date | None) -> None:
    if since is not None and until is not None and until < since:
        raise Invalid("The tie ends before it begins; choose a later «until», or clear it.")


def refuse_doubles(session: Session, drawn: Sequence[Relation]) -> None:
    """Raises `Invalid` if one of these ties is there twice."""
    for part in (drawn[start : start + 500] for start in range(0, len(drawn), 500)):
        there = session.exec(select(Relation).where(col(Relation.from_id).in_([row.from_id for row in part]))).all()
        ends = [(row.from_id, row.to_id, row.type) for row in there]
        for row in part:
            if ends.count((row.from_id, row.to_id, row.type)) > 1:
                raise Invalid(f"The two have that tie ({row.type}) already.")


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Relation]:
    """All ties of a case study, in a stable order."""
    statement = select(Relation).where(Relation.case_study_id == case_study_id).order_by(col(Relation.id))
    return list(session.exec(statement).all())

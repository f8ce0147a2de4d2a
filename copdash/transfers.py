"""A case study as one piece: all its rows with their whole history, out of the store and into it, in bulk.

What was done in another store comes in as gestures in the state `GestureState.ELSEWHERE`: they are read like all
others, but their effect on the rows here is that of the gesture which brought them (their `turn` is its number).
See docs/decisions/0004-case-study-files.md.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from copdash import batches, history
from copdash.errors import Invalid
from copdash.fields import plain
from copdash.models import SUBJECTS, CaseStudy, Change, Gesture, GestureState
from copdash.roles import EDITORS
from copdash.verbs import verb

MERGED = "merged"
"""The name of a gesture that brought a file in."""

Fields = dict[str, Any]
Rows = dict[str, dict[str, Fields]]
"""Values as JSON knows them, by subject and row id."""

_ALIAS = uuid.UUID("5f0e4c52-6a0b-4a4c-8f5b-0f5f2b8f1c37")


@dataclass(frozen=True, slots=True)
class Written:
    """One entry of the change log; ids are text, values as JSON knows them."""

    subject: str
    row_id: str
    field: str
    before: Any
    after: Any


@dataclass(slots=True)
class Deed:
    """One gesture of the history. `merged_by` is the gesture that brought it in, None where it was done."""

    id: str
    actor_id: str
    actor_name: str
    actor_role: str
    at: dt.datetime
    name: str
    summary: str
    reverts_id: str | None = None
    merged_by: str | None = None
    changes: list[Written] = field(default_factory=list)


@dataclass
class Content:
    """A case study with all that belongs to it. Deeds stand in the order in which they took effect."""

    case_study_id: str
    rows: Rows = field(default_factory=lambda: {subject: {} for subject in SUBJECTS})
    deeds: list[Deed] = field(default_factory=list)


# ---- out ------------------------------------------------------------------------------------------------------------


def present(session: Session, case_study_id: uuid.UUID) -> bool:
    """Whether the case study is in the store."""
    return session.exec(select(CaseStudy.id).where(CaseStudy.id == case_study_id)).first() is not None


def content(session: Session, case_study_id: uuid.UUID) -> Content:
    """A case study as it stands, with its history; without rows if it is not in the store."""
    found = Content(str(case_study_id))
    for subject, table in SUBJECTS.items():
        owner = table.id if subject == "case_study" else table.case_study_id  # type: ignore[attr-defined]
        statement = sa.select(sa.inspect(table).local_table).where(owner == case_study_id)
        for row in session.execute(statement).mappings():
            values = {str(name): plain(value) for name, value in row.items()}
            found.rows[subject][values["id"]] = values
    found.deeds = _deeds(session, case_study_id)
    return found


def _deeds(session: Session, case_study_id: uuid.UUID) -> list[Deed]:
    here = select(Change.gesture_id).where(Change.case_study_id == case_study_id)
    gestures = session.exec(
        select(Gesture)
        .where((col(Gesture.case_study_id) == case_study_id) | col(Gesture.id).in_(here))
        .order_by(col(Gesture.number))
    ).all()
    names = {gesture.id: _alias(gesture, case_study_id) for gesture in gestures}
    merges = {gesture.number: gesture for gesture in gestures if gesture.name == MERGED}
    deeds: dict[uuid.UUID, Deed] = {}
    undone = {gesture.id for gesture in merges.values() if gesture.state == GestureState.UNDONE}
    for gesture in gestures:
        merge = merges.get(gesture.turn) if gesture.state == GestureState.ELSEWHERE.value else None
        if gesture.state == GestureState.ELSEWHERE.value and (merge is None or merge.id in undone):
            continue  # taken back together with the gesture that brought it: as if it had never come
        deeds[gesture.id] = Deed(
            names[gesture.id],
            str(gesture.actor_id),
            gesture.actor_name,
            gesture.actor_role,
            gesture.at,
            gesture.name,
            gesture.summary,
            str(names.get(gesture.reverts_id, gesture.reverts_id)) if gesture.reverts_id else None,
            names[merge.id] if merge else None,
        )
    statement = (
        sa.select(
            col(Change.gesture_id),
            col(Change.subject),
            col(Change.subject_id),
            col(Change.field),
            col(Change.before),
            col(Change.after),
        )
        .where(col(Change.case_study_id) == case_study_id)
        .order_by(col(Change.number))
    )
    in_effect: dict[uuid.UUID, Deed] = {}
    for gesture_id, subject, row_id, name, before, after in session.execute(statement):
        deed = deeds.get(gesture_id)
        if deed is not None and not (before == after and gesture_id in undone):
            deed.changes.append(Written(subject, str(row_id), name, before, after))
            in_effect[gesture_id] = deed
    return [*in_effect.values(), *(deed for key, deed in deeds.items() if key not in in_effect)]


def _alias(gesture: Gesture, case_study_id: uuid.UUID) -> str:
    """A gesture's id in this case study: one that touched several (the example's) is another one in each."""
    if gesture.case_study_id == case_study_id:
        return str(gesture.id)
    return str(uuid.uuid5(_ALIAS, f"{gesture.id}/{case_study_id}"))


# ---- in -------------------------------------------------------------------------------------------------------------


@verb(EDITORS, MERGED)
def take_in(
    session: Session,
    case_study_id: uuid.UUID,
    *,
    deeds: Sequence[Deed],
    adds: Mapping[str, Sequence[Fields]],
    updates: Mapping[str, Mapping[str, Fields]],
    deletes: Mapping[str, Sequence[str]],
    settled: Sequence[Written],
    summary: str,
) -> None:
    """Bring in foreign deeds, and what they and the merge do to the rows here, as the one gesture of this session.

    `settled` are entries that change nothing and say that something was decided. Values must be clean. Raises `Invalid`
    where ids belong to another case study.
    """
    gesture: Gesture = session.info["gesture"]
    if not any(map(len, (*adds.values(), *updates.values(), *deletes.values()))):
        gesture.state = GestureState.FINAL.value  # no row changes, so there is nothing to undo
    _refuse_strangers(session, case_study_id, deeds, adds)
    history.retell(session, summary)
    session.add(gesture)
    session.flush()
    session.info["touched"].add(case_study_id)
    _remember(session, case_study_id, gesture, deeds)
    for subject, ids in deletes.items():
        for row in _rows(session, subject, ids):
            session.delete(row)
    session.flush()
    for row in adds.get("case_study", ()):
        session.add(CaseStudy(**history.restored(CaseStudy, row)))
    for subject, changed in updates.items():
        for row in _rows(session, subject, list(changed)):
            for name, value in history.restored(SUBJECTS[subject], changed[str(row.id)]).items():
                setattr(row, name, value)
    session.flush()  # what must be unique is free before another row takes it
    for subject, table in SUBJECTS.items():
        if subject != "case_study":
            batches.add_many(session, table, [history.restored(table, row) for row in adds.get(subject, ())])
    session.flush()
    _insert(session, Change, [_change(case_study_id, gesture.id, written) for written in settled])


def _rows(session: Session, subject: str, ids: Sequence[str]) -> Iterable[Any]:
    table: Any = SUBJECTS[subject]
    for part in _parts([uuid.UUID(row_id) for row_id in ids]):
        yield from session.exec(select(table).where(table.id.in_(part)).with_for_update()).all()


def _remember(session: Session, case_study_id: uuid.UUID, merge: Gesture, deeds: Sequence[Deed]) -> None:
    """Write foreign deeds into the log; those that an undone merge had brought are there and only change hands."""
    there: dict[uuid.UUID, Gesture] = {}
    for part in _parts([uuid.UUID(deed.id) for deed in deeds]):
        there.update((row.id, row) for row in session.exec(select(Gesture).where(col(Gesture.id).in_(part))).all())
    gestures: list[Fields] = []
    changes: list[Fields] = []
    undone = set(
        session.exec(
            select(Gesture.number).where(Gesture.name == MERGED, Gesture.state == GestureState.UNDONE.value)
        ).all()
        if there
        else ()
    )
    for deed in deeds:
        known = there.get(uuid.UUID(deed.id))
        if known is not None:
            if known.case_study_id != case_study_id:
                raise Invalid("This file does not fit: a part of its history belongs to another case study here.")
            if known.state == GestureState.ELSEWHERE.value and known.turn in undone:
                known.turn = merge.number or 0
            continue
        gestures.append(
            {
                "id": uuid.UUID(deed.id),
                "case_study_id": case_study_id,
                "actor_id": uuid.UUID(deed.actor_id),
                "actor_name": deed.actor_name,
                "actor_role": deed.actor_role,
                "at": deed.at,
                "name": deed.name,
                "summary": deed.summary,
                "reverts_id": uuid.UUID(deed.reverts_id) if deed.reverts_id else None,
                "state": GestureState.ELSEWHERE.value,
                "turn": merge.number,
            }
        )
        changes.extend(_change(case_study_id, uuid.UUID(deed.id), written) for written in deed.changes)
    _insert(session, Gesture, gestures)
    _insert(session, Change, changes)
    session.flush()


def _change(case_study_id: uuid.UUID, gesture_id: uuid.UUID, written: Written) -> Fields:
    return {
        "gesture_id": gesture_id,
        "case_study_id": case_study_id,
        "subject": written.subject,
        "subject_id": uuid.UUID(written.row_id),
        "field": written.field,
        "before": written.before,
        "after": written.after,
    }


def _insert(session: Session, table: type[Gesture | Change], values: list[Fields]) -> None:
    if values:
        session.execute(sa.insert(sa.inspect(table).local_table), values)


def _refuse_strangers(
    session: Session, case_study_id: uuid.UUID, deeds: Sequence[Deed], adds: Mapping[str, Sequence[Fields]]
) -> None:
    """A file must not reach into another case study: no row and no history of it may stand there."""
    subjects: defaultdict[str, set[str]] = defaultdict(set)
    for deed in deeds:
        for written in deed.changes:
            subjects[written.row_id].add(written.subject)
    for subject, rows in adds.items():
        for row in rows:
            subjects[row["id"]].add(subject)
    for part in _parts([uuid.UUID(row_id) for row_id in subjects]):
        statement = sa.select(col(Change.subject_id), col(Change.subject), col(Change.case_study_id)).distinct()
        for row_id, subject, owner in session.execute(statement.where(col(Change.subject_id).in_(part))):
            if owner != case_study_id or subjects[str(row_id)] != {subject}:
                raise Invalid("This file does not fit: some of its rows belong to another case study here.")


def _parts(ids: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    """Portions small enough for one IN clause."""
    return (ids[start : start + 500] for start in range(0, len(ids), 500))

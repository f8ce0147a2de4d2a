"""Likely duplicates: which stakeholders wait to be compared, what was decided of them, and two made one.

What is decided once is not asked again. Only rows of one case study are merged; across case studies a link is kept.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from copdash import case_studies, history, rows, stakeholders
from copdash.analysis import duplicates as likenesses
from copdash.errors import Invalid
from copdash.fields import RELATION, STAKEHOLDER, clean
from copdash.models import (
    SUBJECTS,
    About,
    Base,
    CaseStudy,
    Comment,
    Comparison,
    Invitation,
    Part,
    Relation,
    Stakeholder,
    TieStatus,
    Verdict,
)
from copdash.roles import EDITORS
from copdash.verbs import verb


class Name(NamedTuple):
    """What of a stakeholder is compared."""

    name: str
    organisation: str
    kind: str
    country: str
    scale: str


@dataclass(frozen=True)
class Pair:
    """Two stakeholders that may be the same, 0-100 alike. `elsewhere` is the other case study of `other`, if any."""

    one: Stakeholder
    other: Stakeholder
    score: float
    elsewhere: CaseStudy | None = None


# ---- questions ------------------------------------------------------------------------------------------------------


def waiting(session: Session, case_study_id: uuid.UUID, *, mixed: bool = False) -> list[Pair]:
    """The pairs of which nothing is decided yet: those within the case study first, each kind most alike first.

    The other case studies are those of `case_studies.beside`.
    """
    mine = stakeholders.of_case(session, case_study_id)
    others = _of_others(session, case_study_id, mixed)
    wanted = [(one, others[one.second]) for one in _across(_names(mine), tuple(name for _, name in others))]
    theirs = {row.id: row for row in _by_ids(session, Stakeholder, [row_id for _, (row_id, _) in wanted])}
    homes = {row.id: row for row in session.exec(select(CaseStudy)).all()} if wanted else {}
    found = []
    for one, (row_id, _) in wanted:
        other = theirs[row_id]
        found.append(Pair(mine[one.first], other, one.score, homes[other.case_study_id]))
    return within(session, mine) + _undecided(session, mine, found)


def within(session: Session, mine: Sequence[Stakeholder]) -> list[Pair]:
    """The pairs among the stakeholders of one case study of which nothing is decided yet, most alike first.

    Quick enough to be asked each time the list is shown.
    """
    return _undecided(
        session, mine, [Pair(mine[one.first], mine[one.second], one.score) for one in _within(_names(mine))]
    )


def _undecided(session: Session, mine: Sequence[Stakeholder], found: list[Pair]) -> list[Pair]:
    settled = _settled(session, [row.id for row in mine]) if found else set()
    return [pair for pair in found if frozenset((pair.one.id, pair.other.id)) not in settled]


def decided(session: Session, case_study_id: uuid.UUID) -> list[Comparison]:
    """What was decided in this case study: of pairs in it, and of its stakeholders and those of others."""
    statement = select(Comparison).where(Comparison.case_study_id == case_study_id).order_by(col(Comparison.id))
    return list(session.exec(statement).all())


def merged_into(session: Session, stakeholder_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """Ids and names of those that a merge took into this stakeholder, so that their history can be read."""
    statement = select(Comparison).where(
        Comparison.stakeholder_id == stakeholder_id, Comparison.verdict == Verdict.MERGED.value
    )
    return [(row.other_id, row.other_name) for row in session.exec(statement).all()]


def _names(found: Iterable[Stakeholder]) -> tuple[Name, ...]:
    return tuple(Name(row.name, row.organisation, row.kind, row.country, row.scale) for row in found)


@functools.lru_cache(maxsize=64)
def _within(names: tuple[Name, ...]) -> list[likenesses.Likeness]:
    return likenesses.within(names)


@functools.lru_cache(maxsize=64)
def _across(names: tuple[Name, ...], others: tuple[Name, ...]) -> list[likenesses.Likeness]:
    return likenesses.across(names, others)


def _of_others(session: Session, case_study_id: uuid.UUID, mixed: bool) -> list[tuple[uuid.UUID, Name]]:
    statement = (
        sa.select(
            col(Stakeholder.id),
            *(col(getattr(Stakeholder, field)) for field in Name._fields),
        )
        .where(col(Stakeholder.case_study_id).in_(case_studies.ids_beside(case_study_id, mixed=mixed)))
        .order_by(col(Stakeholder.case_study_id), col(Stakeholder.position), col(Stakeholder.id))
    )
    return [(row_id, Name(*values)) for row_id, *values in session.execute(statement)]


def _by_ids(session: Session, table: Any, ids: Sequence[uuid.UUID]) -> list[Any]:
    return [
        row for part in history.parts(ids) for row in session.exec(select(table).where(col(table.id).in_(part))).all()
    ]


def _settled(session: Session, ids: Sequence[uuid.UUID]) -> set[frozenset[uuid.UUID]]:
    found: set[frozenset[uuid.UUID]] = set()
    for part in history.parts(ids):
        about = col(Comparison.stakeholder_id).in_(part) | col(Comparison.other_id).in_(part)
        open_ = Comparison.verdict != Verdict.MERGED.value  # of two that are both here again, somebody must decide anew
        ends = select(Comparison.stakeholder_id, Comparison.other_id).where(about, open_)
        found.update(frozenset(pair) for pair in session.exec(ends).all())
    return found


# ---- deciding -------------------------------------------------------------------------------------------------------


@verb(EDITORS, "compared")
def keep_apart(session: Session, stakeholder_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """Say that two are different, so that nobody is asked again. Raises `Invalid`, `NotFound`."""
    row, other = _decide(session, stakeholder_id, other_id, Verdict.DIFFERENT)
    history.tell(session, f"{row.name} and {other.name} are different")


@verb(EDITORS, keep_apart)
def same(session: Session, stakeholder_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """Say that one of this case study and one of another are the same; both rows stay. Raises `Invalid`, `NotFound`."""
    row, other = _decide(session, stakeholder_id, other_id, Verdict.SAME)
    if other.case_study_id == row.case_study_id:
        raise Invalid("Both are in this case study: merge them instead.")
    history.tell(session, f"{row.name} is the same in another case study")


@verb(EDITORS, "reconsidered")
def reconsider(session: Session, comparison_id: uuid.UUID) -> None:
    """Take a decision back, so that the pair waits again. Raises `NotFound`, and `Invalid` for a merge."""
    row = rows.find(session, Comparison, comparison_id)
    if row.verdict == Verdict.MERGED:
        raise Invalid("These two are one by now. «Undo» under «Recent changes» takes the merge back.")
    session.delete(row)
    history.tell(session, f"Asked again about {row.other_name}")


def _decide(
    session: Session, stakeholder_id: uuid.UUID, other_id: uuid.UUID, verdict: Verdict
) -> tuple[Stakeholder, Stakeholder]:
    row = rows.find(session, Stakeholder, stakeholder_id)
    other = session.get(Stakeholder, other_id)
    if other is None or other.id == row.id:
        raise Invalid("One of the two has been deleted meanwhile, so there is nothing to decide.")
    first, second = row, other
    if other.case_study_id == row.case_study_id and str(other.id) < str(row.id):
        first, second = other, row
    known = session.exec(
        select(Comparison).where(Comparison.stakeholder_id == first.id, Comparison.other_id == second.id)
    ).first()
    if known is None:
        known = Comparison(case_study_id=row.case_study_id, stakeholder_id=first.id, other_id=second.id)
        session.add(known)
    known.other_name, known.verdict = second.name, verdict.value
    return row, other


# ---- merging --------------------------------------------------------------------------------------------------------


@verb(EDITORS, "stakeholders_merged")
def merge(
    session: Session,
    kept_id: uuid.UUID,
    gone_id: uuid.UUID,
    *,
    values: Mapping[str, object],
    seen: Mapping[uuid.UUID, Mapping[str, object]] | None = None,
) -> None:
    """Make two stakeholders of one case study one: `values` are what the kept row says from now on.

    All that refers to the one that goes refers to the kept one then: ties (none to itself, none twice, the strongest
    stays), invitations, actions, comments, persons of that organisation. One undo takes all of it back. `seen`: fields
    of both, by id, as the author saw them; raises `ChangedElsewhere` if one is another by now, `Invalid`, `NotFound`.
    """
    kept, gone = (rows.find(session, Stakeholder, row_id) for row_id in (kept_id, gone_id))
    if kept.id == gone.id:
        raise Invalid("Choose two stakeholders to merge.")
    if kept.case_study_id != gone.case_study_id:
        raise Invalid("Each case study keeps its own stakeholders: say that they are the same instead.")
    for row in (kept, gone):
        rows.refuse_merging(session, row, STAKEHOLDER, row.name, (seen or {}).get(row.id, {}))
    if isinstance(values.get("themes"), str):
        values = {**values, "themes": stakeholders.themes(str(values["themes"]))}
    names = {kept.name, gone.name}
    history.tell(session, f"Merged {gone.name} into {kept.name}")
    rows.revise(session, kept, STAKEHOLDER, values)
    _take_over_ties(session, kept.id, gone.id)
    _take_over_decisions(session, kept, gone)
    _take_over_the_rest(session, kept.id, gone.id)
    _take_over_words(session, kept, gone, names)
    session.add(
        Comparison(
            case_study_id=kept.case_study_id,
            stakeholder_id=kept.id,
            other_id=gone.id,
            other_name=gone.name,
            verdict=Verdict.MERGED.value,
        )
    )
    session.flush()
    session.delete(gone)


def _take_over_ties(session: Session, kept_id: uuid.UUID, gone_id: uuid.UUID) -> None:
    """Ties are the same where type and direction are; without a direction, whichever end comes first."""
    ends = (kept_id, gone_id)
    about = col(Relation.from_id).in_(ends) | col(Relation.to_id).in_(ends)
    there: dict[tuple[Any, ...], Relation] = {}
    ties = session.exec(select(Relation).where(about).order_by(col(Relation.id)).with_for_update()).all()
    for tie in sorted(ties, key=lambda tie: gone_id in (tie.from_id, tie.to_id)):
        first, second = (kept_id if end == gone_id else end for end in (tie.from_id, tie.to_id))
        if first == second:
            session.delete(tie)
            continue
        known = there.get((first, second, tie.type))
        mirrored = there.get((second, first, tie.type))
        if known is None and mirrored is not None and not tie.directed and not mirrored.directed:
            known = mirrored
        if known is None:
            tie.from_id, tie.to_id = first, second
            there[first, second, tie.type] = tie
        else:
            known.strength = max(known.strength, tie.strength)
            known.directed = known.directed and tie.directed
            if TieStatus.EXISTING in (known.status, tie.status):
                known.status = TieStatus.EXISTING.value
            evidence = "\n".join(dict.fromkeys(text for text in (known.evidence, tie.evidence) if text))
            known.evidence = clean(RELATION, {"evidence": evidence})["evidence"]
            session.delete(tie)


def _take_over_decisions(session: Session, kept: Stakeholder, gone: Stakeholder) -> None:
    about = (col(Comparison.stakeholder_id) == gone.id) | (col(Comparison.other_id) == gone.id)
    there = _settled(session, [kept.id])
    for row in session.exec(select(Comparison).where(about).order_by(col(Comparison.id))).all():
        other_id = row.other_id if row.stakeholder_id == gone.id else row.stakeholder_id
        foreign = row.case_study_id != kept.case_study_id
        if other_id == kept.id or frozenset((kept.id, other_id)) in there:
            if not foreign:
                session.delete(row)
            continue
        there.add(frozenset((kept.id, other_id)))
        other = session.get(Stakeholder, other_id)
        if foreign:  # theirs stays as it is in their case study; ours says the same of the row that is kept
            session.add(
                Comparison(
                    case_study_id=kept.case_study_id,
                    stakeholder_id=kept.id,
                    other_id=other_id,
                    other_name=other.name if other else "",
                    verdict=row.verdict,
                )
            )
            continue
        here = other is not None and other.case_study_id == kept.case_study_id
        if here and row.verdict != Verdict.MERGED and str(other_id) < str(kept.id):
            row.stakeholder_id, row.other_id, row.other_name = other_id, kept.id, kept.name
        else:
            row.other_name = other.name if other else row.other_name
            row.stakeholder_id, row.other_id = kept.id, other_id


def _take_over_the_rest(session: Session, kept_id: uuid.UUID, gone_id: uuid.UUID) -> None:
    """Whatever else has a key of a stakeholder; where there may be one such row only, the kept one's stays."""
    for table, column in referring():
        if table in (Relation, Comparison):
            continue
        field: Any = getattr(table, column)
        for row in session.exec(select(table).where(field == gone_id)).all():
            double: Any = _double(session, table, row, column, kept_id)
            if double is None:
                setattr(row, column, kept_id)
                continue
            if isinstance(row, Invitation) and double.role == Part.PARTICIPANT:
                double.role = row.role
            if isinstance(row, Invitation) and row.attended:
                double.attended = True
            session.delete(row)


def referring() -> list[tuple[type[Base], str]]:
    """Every logged table and column with the key of a stakeholder."""
    return [
        (table, column.name)
        for table in SUBJECTS.values()
        for column in sa.inspect(table).columns
        if any(key.column.table.name == Stakeholder.__tablename__ for key in column.foreign_keys)
    ]


def _double(session: Session, table: Any, row: Any, column: str, kept_id: uuid.UUID) -> Base | None:
    for rule in table.__table__.constraints:
        names = [one.name for one in rule.columns] if isinstance(rule, sa.UniqueConstraint) else []
        if column in names:
            alike = [getattr(table, name) == (kept_id if name == column else getattr(row, name)) for name in names]
            found: Base | None = session.exec(select(table).where(*alike)).first()
            if found is not None:
                return found
    return None


def _take_over_words(session: Session, kept: Stakeholder, gone: Stakeholder, names: set[str]) -> None:
    """Comments name a stakeholder by its id in words, persons their organisation by its name."""
    about = (Comment.about == About.STAKEHOLDER.value, Comment.about_key == str(gone.id))
    for comment in session.exec(select(Comment).where(*about)).all():
        comment.about_key = str(kept.id)
    here = (Stakeholder.case_study_id == kept.case_study_id, col(Stakeholder.organisation).in_(names))
    for row in session.exec(select(Stakeholder).where(*here)).all():
        if row.id not in (kept.id, gone.id):
            row.organisation = kept.name

"""Two versions of one case study made one, by their histories. Pure: contents go in, differences and a plan come out.

Each value has an author: the gesture that wrote it (`authors`). If one side has seen the other's value and gone on from
there, its own value is the newer one. Where neither has, the two were changed apart from each other: a conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from copdash.exchange.authors import ARRANGED, EXISTS, KEPT, UNITS_OF, Side
from copdash.models import SUBJECTS
from copdash.transfers import Fields, Written

Verdict = Literal["new_there", "new_here", "changed_there", "changed_here", "deleted_there", "deleted_here", "conflict"]

REFERENCES: dict[str, tuple[str, ...]] = {
    "relation": ("from_id", "to_id"),
    "invitation": ("meeting_id", "stakeholder_id"),
    "agenda_block": ("meeting_id",),
    "preparation": ("meeting_id",),
    "contribution": ("meeting_id", "milestone_id"),
    "comparison": ("stakeholder_id",),
    "note": ("call_id",),
    "action": ("stakeholder_id",),
}
"""What a row cannot be without; an action may be about no stakeholder from the beginning."""
LINKS: dict[str, tuple[str, ...]] = {
    "version": ("meeting_id",),
    "action": ("meeting_id", "call_id"),
}
"""References that may be empty: where the row they point to goes, they are cleared."""
ALIKE: dict[str, tuple[str, ...]] = {
    "relation": ("from_id", "to_id", "type"),
    "invitation": ("meeting_id", "stakeholder_id"),
    "contribution": ("meeting_id", "milestone_id"),
    "comparison": ("stakeholder_id", "other_id"),
}
"""Rows of which there is one only for the same values."""


@dataclass(frozen=True)
class Difference:
    """One way in which two versions differ. Without a `field` it is about the whole row.

    `fields` are those that go together, such as power and interest; `ours` and `theirs` are their values.
    """

    subject: str
    row_id: str
    field: str
    verdict: Verdict
    fields: tuple[str, ...] = ()
    ours: tuple[Any, ...] = ()
    theirs: tuple[Any, ...] = ()

    @property
    def key(self) -> str:
        """Names it in the choices."""
        return f"{self.row_id}:{self.field}"

    @property
    def arranged(self) -> bool:
        """Whether it is only about where a row stands on a screen."""
        return self.field in ARRANGED


@dataclass
class Plan:
    """What a merge does to the rows here; `settled` are the decisions that change none."""

    adds: dict[str, list[Fields]] = field(default_factory=lambda: defaultdict(list))
    updates: dict[str, dict[str, Fields]] = field(default_factory=lambda: defaultdict(dict))
    deletes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    settled: list[Written] = field(default_factory=list)
    doubles: list[tuple[str, str, str]] = field(default_factory=list)
    """Subject, the row that stays and the one that is left out, because both sides made the same."""

    def __bool__(self) -> bool:
        return bool(any(self.adds.values()) or any(self.updates.values()) or any(self.deletes.values()) or self.settled)


# ---- comparing ------------------------------------------------------------------------------------------------------


def differences(ours: Side, theirs: Side) -> list[Difference]:
    """All ways in which two versions differ, subject by subject."""
    used_here, used_there = _used(ours, theirs), _used(theirs, ours)
    found: list[Difference] = []
    for subject in SUBJECTS:
        here, there = ours.content.rows[subject], theirs.content.rows[subject]
        for row_id, fields in there.items():
            if row_id in here:
                found.extend(_in_both(ours, theirs, subject, row_id))
            else:
                verdict = _alone(theirs, ours, row_id, used_there)
                named: Verdict = {"new": "new_there", "deleted": "deleted_here"}.get(verdict, "conflict")  # type: ignore[assignment]
                found.append(Difference(subject, row_id, EXISTS, named, (), (), tuple(fields.values())))
        for row_id, fields in here.items():
            if row_id not in there:
                verdict = _alone(ours, theirs, row_id, used_here)
                named = {"new": "new_here", "deleted": "deleted_there"}.get(verdict, "conflict")  # type: ignore[assignment]
                found.append(Difference(subject, row_id, EXISTS, named, (), tuple(fields.values()), ()))
    return found


def _used(side: Side, other: Side) -> set[str]:
    """Rows that ties and invitations refer to of which the other side does not know."""
    return {
        side.rows[row_id][1][reference]
        for subject, references in REFERENCES.items()
        for row_id in side.content.rows[subject]
        if side.news(row_id, other)
        for reference in references
    }


def _alone(side: Side, other: Side, row_id: str, used: set[str]) -> Literal["new", "deleted", "conflict"]:
    """What to think of a row that only `side` has."""
    if not other.ever_had(row_id):
        return "new"
    news = side.news(row_id, other) or row_id in used
    if side.knows(row_id, EXISTS, other):
        return "new" if news else "conflict"
    return "conflict" if news else "deleted"


def _in_both(ours: Side, theirs: Side, subject: str, row_id: str) -> Iterator[Difference]:
    mine, others = ours.rows[row_id][1], theirs.rows[row_id][1]
    for unit in UNITS_OF[subject]:
        apart = [name for name in unit if mine[name] != others[name]]
        if not apart:
            continue
        seen_there = all(theirs.knows(row_id, name, ours) for name in apart)
        seen_here = all(ours.knows(row_id, name, theirs) for name in apart)
        verdict: Verdict = "conflict" if seen_there == seen_here else "changed_there" if seen_there else "changed_here"
        yield Difference(
            subject,
            row_id,
            unit[0],
            verdict,
            unit,
            tuple(mine[name] for name in unit),
            tuple(others[name] for name in unit),
        )


# ---- deciding -------------------------------------------------------------------------------------------------------


def settle(ours: Side, theirs: Side, found: Iterable[Difference], choices: Mapping[str, str]) -> Plan:
    """What becomes of the rows here. `choices` say «theirs» by a conflict's key; ours stays otherwise."""
    found = list(found)
    rows = {row_id: (subject, dict(fields)) for row_id, (subject, fields) in ours.rows.items()}
    plan = Plan()
    kept: set[str] = set()
    for one in found:
        theirs_it_is = one.verdict in ("new_there", "changed_there", "deleted_there") or (
            one.verdict == "conflict" and choices.get(one.key) == "theirs"
        )
        if one.field and theirs_it_is:
            rows[one.row_id][1].update(zip(one.fields, one.theirs, strict=True))
        elif one.field and one.verdict == "conflict":
            for name, value in zip(one.fields, one.ours, strict=True):
                plan.settled.append(Written(one.subject, one.row_id, name, value, value))
        elif not one.field and theirs_it_is:
            if one.row_id in theirs.rows:
                rows[one.row_id] = (one.subject, dict(theirs.rows[one.row_id][1]))
            else:
                del rows[one.row_id]
        elif not one.field and one.verdict == "conflict":
            kept.add(one.row_id)
    _follow(ours, theirs, found, rows, kept)
    _stay_with(ours, theirs, found, rows, plan)
    _drop_the_loose(rows)
    _drop_doubles(ours, rows, plan)
    _write_down(ours, theirs, rows, kept, plan)
    return plan


def _follow(
    ours: Side,
    theirs: Side,
    found: list[Difference],
    rows: dict[str, tuple[str, Fields]],
    kept: set[str],
) -> None:
    """What was deleted together with a row that now stays, or comes back, does so too."""
    disputed = {one.row_id for one in found if not one.field and one.verdict == "conflict" and one.row_id in rows}
    for one in found:
        if one.field or one.verdict not in ("deleted_there", "deleted_here"):
            continue
        had, lost = (ours, theirs) if one.verdict == "deleted_there" else (theirs, ours)
        fields = had.rows[one.row_id][1]
        for reference in REFERENCES.get(one.subject, ()):
            if fields[reference] in disputed and lost.gone_by(one.row_id) == lost.gone_by(fields[reference]):
                rows[one.row_id] = (one.subject, dict(fields))
                kept.add(one.row_id)


def _stay_with(
    ours: Side, theirs: Side, found: list[Difference], rows: dict[str, tuple[str, Fields]], plan: Plan
) -> None:
    """What was cleared or given to another row when a row was deleted goes with that row where it stays."""
    disputed = {one.row_id for one in found if not one.field and one.verdict == "conflict" and one.row_id in rows}
    for one in found:
        if one.row_id not in rows or one.field not in (*REFERENCES.get(one.subject, ()), *LINKS.get(one.subject, ())):
            continue
        if one.verdict == "changed_there" and any(end in disputed and end not in theirs.rows for end in one.ours):
            rows[one.row_id][1].update(zip(one.fields, one.ours, strict=True))
            plan.settled += [
                Written(one.subject, one.row_id, *entry) for entry in zip(one.fields, one.ours, one.ours, strict=True)
            ]
        elif one.verdict == "changed_here" and any(end in disputed and end not in ours.rows for end in one.theirs):
            rows[one.row_id][1].update(zip(one.fields, one.theirs, strict=True))


def _drop_the_loose(rows: dict[str, tuple[str, Fields]]) -> None:
    """No tie and no invitation without the rows it is about."""
    for row_id, (subject, fields) in list(rows.items()):
        if _is_loose(subject, fields, rows):
            del rows[row_id]
    for subject, fields in rows.values():
        for link in LINKS.get(subject, ()):
            if fields[link] not in rows:
                fields[link] = None


def _is_loose(subject: str, fields: Fields, rows: Mapping[str, object]) -> bool:
    wanted = (fields[reference] for reference in REFERENCES.get(subject, ()))
    return any(one is not None and one not in rows for one in wanted)


def _drop_doubles(ours: Side, rows: dict[str, tuple[str, Fields]], plan: Plan) -> None:
    """Both sides drew the same tie or invited the same stakeholder: on both sides the smaller id stays."""
    alike: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for row_id, (subject, fields) in rows.items():
        if subject in ALIKE:
            alike[subject, *(fields[name] for name in ALIKE[subject])].append(row_id)
    for (subject, *values), ids in alike.items():
        before = [ours.rows[one][1] for one in ids if one in ours.rows]
        if len(ids) > len(before) or any([one[name] for name in ALIKE[subject]] != values for one in before):
            for one in sorted(ids)[1:]:
                plan.doubles.append((subject, min(ids), one))
                del rows[one]


def _write_down(ours: Side, theirs: Side, rows: dict[str, tuple[str, Fields]], kept: set[str], plan: Plan) -> None:
    """The way from the rows here to those that shall be, and the decisions that change none of them."""
    plan.settled = [written for written in plan.settled if written.row_id in rows]
    for row_id, (subject, fields) in rows.items():
        if row_id not in ours.rows:
            plan.adds[subject].append(fields)
            continue
        before = ours.rows[row_id][1]
        changed = {name: value for name, value in fields.items() if before[name] != value}
        if changed:
            plan.updates[subject][row_id] = changed
        if row_id in kept and subject != "case_study":
            plan.settled.append(Written(subject, row_id, KEPT, before[KEPT], before[KEPT]))
    for row_id, (subject, _) in ours.rows.items():
        if row_id not in rows:
            plan.deletes[subject].append(row_id)
    dropped = {one for _, _, one in plan.doubles}
    for row_id, (subject, fields) in theirs.rows.items():
        if row_id in rows or row_id in ours.rows:
            continue
        loose = _is_loose(subject, fields, rows)
        if row_id in kept or row_id in dropped or (loose and not ours.ever_had(row_id)):
            plan.settled.append(Written(subject, row_id, EXISTS, None, None))

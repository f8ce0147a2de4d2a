"""Two versions of one case study made one, by their histories. Pure: contents go in, differences and a plan come out.

Each value has an author: the gesture that wrote it. A side whose history holds the author of the other side's value has
seen that value and gone on from there, so its own value is the newer one. Where neither has seen the other's, the two
were changed apart from each other: a conflict. `Side` finds the authors, `differences` compares, `settle` decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from copdash.models import SUBJECTS
from copdash.transfers import MERGED, Content, Deed, Fields, Written

Verdict = Literal["new_there", "new_here", "changed_there", "changed_here", "deleted_there", "deleted_here", "conflict"]

EXISTS = ""
"""Stands for a whole row where a field's name is expected."""
KEPT = "case_study_id"
"""A field no row ever changes: an entry that leaves it as it is says that somebody decided to keep the row."""
ARRANGED = frozenset({"position", "network_x", "network_y"})
"""Where a row stands on a screen: no reason to ask anybody anything."""
UNITS = (
    ("power", "interest"),
    ("starts_on", "ends_on"),
    ("launch_from", "launch_until"),
    ("from_id", "to_id"),
    ("network_x", "network_y"),
)
"""Fields that only make sense together; a merge takes them from one side."""

REFERENCES: dict[str, tuple[str, ...]] = {
    "relation": ("from_id", "to_id"),
    "invitation": ("meeting_id", "stakeholder_id"),
}
ALIKE: dict[str, tuple[str, ...]] = {
    "relation": ("from_id", "to_id", "type"),
    "invitation": ("meeting_id", "stakeholder_id"),
}
"""Rows of which there is one only for the same values."""


def units(subject: str) -> tuple[tuple[str, ...], ...]:
    """The fields of a subject as a merge takes them."""
    names = [name for name in SUBJECTS[subject].model_fields if name not in ("id", KEPT)]
    together = {unit[0]: unit for unit in UNITS}
    later = {name for unit in UNITS for name in unit[1:]}
    return tuple(together.get(name, (name,)) for name in names if name not in later)


_UNITS = {subject: units(subject) for subject in SUBJECTS}


class _Entry(NamedTuple):
    """One value a field has had: what it was, the gesture that wrote it here, and the one that is its author.

    `back` is the place of the earlier entry that an undo or redo returned to.
    """

    value: Any
    writer: str
    author: str
    back: int | None = None


class _Past:
    """The values a field has had, in their order. Where each stood last is only kept of a long past."""

    __slots__ = ("_places", "entries")

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self._places: dict[Any, list[int]] | None = None

    def add(self, entry: _Entry) -> None:
        if self._places is not None:
            self._places.setdefault(entry.value, []).append(len(self.entries))
        self.entries.append(entry)

    def latest(self, value: Any) -> int | None:
        """The last place of a value."""
        if self._places is None and len(self.entries) > 16:
            self._places = {}
            for at, entry in enumerate(self.entries):
                self._places.setdefault(entry.value, []).append(at)
        if self._places is not None:
            return (self._places.get(value) or [None])[-1]
        return next((at for at in range(len(self.entries) - 1, -1, -1) if self.entries[at].value == value), None)

    def forget(self, merge: str, value: Any) -> bool:
        """Take what a merge wrote off the end, if that leaves the value its undoing brought back."""
        at = len(self.entries)
        while at and self.entries[at - 1].writer == merge:
            at -= 1
        if (self.entries[at - 1].value if at else False) != value:
            return False
        while len(self.entries) > at:
            gone = self.entries.pop()
            if self._places is not None:
                self._places[gone.value].pop()
        return True


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


class Side:
    """One version of a case study, with the author of each of its values."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.known = {deed.id for deed in content.deeds}
        self.rows: dict[str, tuple[str, Fields]] = {
            row_id: (subject, fields) for subject, rows in content.rows.items() for row_id, fields in rows.items()
        }
        self.taken_over: set[tuple[str, int]] = set()
        self._pasts: defaultdict[tuple[str, str], _Past] = defaultdict(_Past)
        self._merges = {deed.id for deed in content.deeds if deed.name == MERGED and deed.merged_by is None}
        self._brought: dict[tuple[str, str, str, Any], str] = {}
        for deed in content.deeds:
            if deed.merged_by is not None:
                for written in deed.changes:
                    for name, value in _values(written):
                        self._brought[deed.merged_by, written.row_id, name, value] = deed.id
        for deed in content.deeds:
            if deed.merged_by is None:
                self._walk(deed)

    def _walk(self, deed: Deed) -> None:
        reverted = deed.reverts_id
        merging = deed.id if deed.id in self._merges else None
        if reverted in self._merges and deed.name == "redo":
            merging = reverted
        for number, written in enumerate(deed.changes):
            settles = written.before == written.after
            taken_over = merging is not None and not settles
            for name, value in _values(written):
                past = self._pasts[written.row_id, name]
                if merging is not None:
                    author = merging if settles else self._author(merging, written.row_id, name, value, past)
                    past.add(_Entry(value, merging, author))
                    taken_over = taken_over and author != merging
                elif reverted is None:
                    past.add(_Entry(value, deed.id, deed.id))
                elif not (reverted in self._merges and past.forget(reverted, value)):
                    past.add(_Entry(value, deed.id, deed.id, past.latest(value)))
            if taken_over:
                self.taken_over.add((deed.id, number))

    def _author(self, merge: str, row_id: str, name: str, value: Any, past: _Past) -> str:
        """Who wrote a value that a merge put here: the last of those it brought, or one whose value is back."""
        brought = self._brought.get((merge, row_id, name, value))
        if brought is not None:
            return brought
        at = past.latest(value)
        return merge if at is None else past.entries[at].author

    def _past(self, row_id: str, name: str) -> list[_Entry]:
        past = self._pasts.get((row_id, name))
        return past.entries if past else []

    def knows(self, row_id: str, name: str, other: Side) -> bool:
        """Whether this side has seen the value that the other one has there now."""
        entries, mine = other._past(row_id, name), self._past(row_id, name)
        now = row_id in other.rows if name == EXISTS else other.rows[row_id][1].get(name)
        if not entries or entries[-1].value != now:
            return False  # the file's history does not say where the value comes from
        at: int | None = len(entries) - 1
        while at is not None:
            entry = entries[at]
            if self._did(entry) or (at == 0 and mine and mine[0].value == entry.value):
                return True  # both began with it, as copies of the same example do
            if entry.back is not None and any(map(self._did, entries[entry.back + 1 : at])):
                return False  # what was undone there was seen here, so the undoing is news
            at = entry.back
        return False

    def _did(self, entry: _Entry) -> bool:
        return entry.author in self.known or entry.writer in self.known

    def ever_had(self, row_id: str) -> bool:
        """Whether the row was once here, or somebody decided that it should not be."""
        return bool(self._past(row_id, EXISTS))

    def gone_by(self, row_id: str) -> str | None:
        """The gesture that deleted a row."""
        entries = self._past(row_id, EXISTS)
        return entries[-1].author if entries else None

    def news(self, row_id: str, other: Side) -> bool:
        """Whether something of this row is unknown to the other side; where it stands on a screen does not count."""
        subject = self.rows[row_id][0]
        names = (EXISTS, *(name for unit in _UNITS[subject] for name in unit if name not in ARRANGED))
        return not all(other.knows(row_id, name, self) for name in names)

    def unknown_to(self, other: Side) -> list[Deed]:
        """The deeds the other side does not know, without what a merge only took over from others."""
        found = []
        for deed in self.content.deeds:
            if deed.id not in other.known:
                changes = [one for at, one in enumerate(deed.changes) if (deed.id, at) not in self.taken_over]
                if changes or deed.name != MERGED:
                    found.append(replace(deed, changes=changes))
        return found


def _values(written: Written) -> Iterator[tuple[str, Any]]:
    """What an entry of the log says of a row: that it is there or not, and its fields."""
    if written.field == KEPT:
        yield EXISTS, True
    elif written.field:
        yield written.field, written.after
    else:
        yield EXISTS, written.after is not None
        yield from (written.after or {}).items()


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
    for unit in _UNITS[subject]:
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


def _drop_the_loose(rows: dict[str, tuple[str, Fields]]) -> None:
    """No tie and no invitation without the rows it is about."""
    for row_id, (subject, fields) in list(rows.items()):
        if any(fields[reference] not in rows for reference in REFERENCES.get(subject, ())):
            del rows[row_id]


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
        loose = any(fields[reference] not in rows for reference in REFERENCES.get(subject, ()))
        if row_id in kept or row_id in dropped or (loose and not ours.ever_had(row_id)):
            plan.settled.append(Written(subject, row_id, EXISTS, None, None))

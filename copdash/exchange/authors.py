"""Who wrote each value of a case study, as its history tells; with it two versions are compared (`merges`). Pure.

A side whose history holds the author of the other side's value has seen that value and gone on from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from copdash.models import SUBJECTS
from copdash.transfers import MERGED, Content, Deed, Fields, Written
from copdash.undoing import REDO

EXISTS = ""
"""Stands for a whole row where a field's name is expected."""
KEPT = "case_study_id"
"""A field no row ever changes: an entry that leaves it as it is says that somebody decided to keep the row."""
ARRANGED = frozenset({"position", "network_x", "network_y"})
"""Where a row stands on a screen: no reason to ask anybody anything."""
UNITS = (
    ("power", "interest"),
    ("starts_on", "ends_on"),
    ("since", "until"),
    ("launch_from", "launch_until"),
    ("from_id", "to_id"),
    ("network_x", "network_y"),
)
"""Fields that only make sense together; a merge takes them from one side."""


def units(subject: str) -> tuple[tuple[str, ...], ...]:
    """The fields of a subject as a merge takes them."""
    names = [name for name in SUBJECTS[subject].model_fields if name not in ("id", KEPT)]
    together = {unit[0]: unit for unit in UNITS}
    later = {name for unit in UNITS for name in unit[1:]}
    return tuple(together.get(name, (name,)) for name in names if name not in later)


UNITS_OF = {subject: units(subject) for subject in SUBJECTS}


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
            places = self._places.get(value)
            return places[-1] if places else None
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
        self._come_and_gone()

    def _come_and_gone(self) -> None:
        """A row that came and went elsewhere between two files was never here, and yet is known to be gone."""
        never_here = [deed for deed in self.content.deeds if deed.merged_by is not None]
        pasts: defaultdict[tuple[str, str], _Past] = defaultdict(_Past)
        for deed in never_here:
            for written in deed.changes:
                if not written.field and (written.row_id, EXISTS) not in self._pasts:
                    pasts[written.row_id, EXISTS].add(_Entry(written.after is not None, deed.id, deed.id))
        self._pasts.update(pasts)

    def _walk(self, deed: Deed) -> None:
        reverted = deed.reverts_id
        merging = deed.id if deed.id in self._merges else None
        if reverted in self._merges and deed.name == REDO:
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

    def author(self, row_id: str, name: str) -> str | None:
        """The gesture that wrote the value a field has now; None where the history does not say."""
        entries = self._past(row_id, name)
        return entries[-1].author if entries else None

    def before(self, row_id: str, name: str, deeds: Collection[str]) -> str:
        """The text that a field had before these deeds wrote it, empty where there was none."""
        now = self.rows[row_id][1].get(name)
        for entry in reversed(self._past(row_id, name)):
            if entry.author not in deeds and entry.value != now:
                return str(entry.value or "")
        return ""

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
        names = (EXISTS, *(name for unit in UNITS_OF[subject] for name in unit if name not in ARRANGED))
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

"""What an import will do, line by line, before anything is done: added, updated, unchanged or refused and why.

Pure: parsed rows and the rows in the store go in, a plan comes out. Empty cells never overwrite.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from copdash.errors import Invalid
from copdash.exchange import cells, words
from copdash.exchange.cells import COLUMNS, Meanings, Row
from copdash.exchange.columns import Layout, Subject
from copdash.exchange.parsing import Sheet

Verdict = Literal["added", "updated", "unchanged", "refused"]
Stored = Mapping[str, Any]

_SPELLINGS = frozenset({"name", "organisation", "title"})  # they made two rows the same, whatever their upper case


@dataclass(slots=True)
class Planned:
    """What becomes of one line of the file.

    `values` are the fields to store: all that the line gives for an added row, only those that differ for an updated
    one (`before` has what the store holds there now). `id` is that of the stored row, or the one an added row will get.
    """

    row_number: int
    verdict: Verdict
    name: str
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    warnings: tuple[str, ...] = ()
    id: uuid.UUID | None = None


@dataclass
class Preview:
    """The plan for a whole file. `stakeholders` are those that ties name and that must be added first.

    `unknown` counts the words nobody knew, by field and word: give them a meaning and preview again. `version` is that
    of the case study when the plan was made, where it was made against the store.
    """

    subject: Subject
    planned: list[Planned] = field(default_factory=list)
    stakeholders: list[Planned] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    version: int | None = None

    def count(self, verdict: Verdict) -> int:
        """How many lines of the file are added, updated, unchanged or refused."""
        return sum(one.verdict == verdict for one in self.planned)


class Names:
    """Finds a stakeholder by name and organisation among the stored ones and those to be added."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        self._exact: defaultdict[tuple[str, str], list[Stored]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Stored]] = defaultdict(list)
        for one in stored:
            self.add(one)

    def add(self, one: Stored) -> None:
        """Make a stakeholder known; it needs `id`, `name` and `organisation`."""
        name, organisation = words.key(one["name"]), words.key(one.get("organisation") or "")
        self._exact[name, organisation].append(one)
        self._by_name[name].append(one)

    def find(self, name: str, organisation: str | None) -> Stored | None:
        """The one with this name and organisation; without an organisation (None) the only one with this name.

        Raises `Invalid` where there are several.
        """
        key = words.key(name)
        found = self._exact.get((key, words.key(organisation or ""))) or []
        if not found and organisation is None:
            found = self._by_name.get(key) or []
        if len(found) > 1:
            if organisation is None and len({words.key(one.get("organisation") or "") for one in found}) > 1:
                raise Invalid(f"Several stakeholders are called “{name}”; add a column with the organisation.")
            raise Invalid(f"Several stakeholders are called “{name}”; give them different names first.")
        return found[0] if found else None


def of_stakeholders(
    sheet: Sheet, layout: Layout, stored: Iterable[Stored], *, meanings: Meanings | None = None
) -> Preview:
    """The plan for a list of stakeholders; `stored` are those of the case study, as dicts with `id`.

    The same name and organisation is the same stakeholder. A second line for one adds what the first left empty, and is
    refused where it contradicts. Raises `Invalid` when no column is the name.
    """
    if not {"name", "last_name", "organisation"} & set(layout.columns):
        raise Invalid("Say which column holds the names of the stakeholders.")
    preview = Preview("stakeholders")
    names = Names(stored)
    knows_organisation = "organisation" in layout.columns
    first_lines: dict[Any, tuple[Planned, dict[str, Any], Stored | None]] = {}
    for row in cells.rows(sheet, layout, meanings or {}, preview.unknown):
        _settle_name(row)
        name = row.values.get("name", "")
        organisation = row.values.get("organisation", "") if knows_organisation else None
        planned = Planned(row.number, "refused", name, reason=row.refusal, warnings=tuple(row.warnings))
        preview.planned.append(planned)
        if row.refusal:
            continue
        try:
            known = names.find(name, organisation)
        except Invalid as problem:
            planned.reason = str(problem)
            continue
        key = known["id"] if known else (words.key(name), words.key(organisation or ""))
        if key in first_lines:
            _merge(planned, row.values, *first_lines[key])
            continue
        if known is None:
            row.values = {**dict(layout.defaults), **row.values}
        _decide(planned, "stakeholders", row.values, known)
        first_lines[key] = (planned, row.values, known)
    return preview


def _settle_name(row: Row) -> None:
    """First and last name make a name; a line with an organisation only is that organisation."""
    parts = [row.values.pop(part, "") for part in ("first_name", "last_name")]
    if not row.values.get("name") and any(parts):
        row.values["name"] = " ".join(part for part in parts if part)
    if not row.values.get("name") and row.values.get("organisation"):
        row.values["name"] = row.values.pop("organisation")
        row.warnings.append("There is no name; the organisation was taken.")
    if not row.values.get("name"):
        row.refusal = row.refusal or "There is no name in this line."


def _decide(planned: Planned, subject: Subject, values: dict[str, Any], known: Stored | None) -> None:
    if known is None:
        planned.verdict, planned.values, planned.id = "added", dict(values), planned.id or uuid.uuid4()
        return
    different = {
        name: value
        for name, value in values.items()
        if name not in _SPELLINGS and _as_read(subject, name, known.get(name)) != value
    }
    planned.verdict = "updated" if different else "unchanged"
    planned.values, planned.id = different, known["id"]
    planned.before = {name: known.get(name) for name in different}


def _as_read(subject: Subject, name: str, stored: Any) -> Any:
    """A stored value as an import of its export reads it, so that an untouched file changes nothing."""
    if not isinstance(stored, str):
        return stored
    if name == "themes":
        return words.themes(words.themes_cell(stored))
    column = COLUMNS[subject].get(name)
    return words.passage(stored) if column is not None and column.shape == "note" else words.line(stored)


def _merge(
    planned: Planned, values: dict[str, Any], first: Planned, so_far: dict[str, Any], known: Stored | None
) -> None:
    """A later line for the same stakeholder."""
    labels = [
        COLUMNS["stakeholders"][name].label
        for name, value in values.items()
        if name not in _SPELLINGS and so_far.get(name, value) != value
    ]
    if labels:
        planned.reason = (
            f"Line {first.row_number} is the same stakeholder with a different {cells.listed(labels).lower()}."
        )
        return
    so_far.update({name: value for name, value in values.items() if name not in so_far})
    _decide(first, "stakeholders", so_far, known)
    planned.verdict, planned.id = "unchanged", first.id
    planned.reason = f"The same stakeholder as in line {first.row_number}; the two are taken together."


def of_meetings(sheet: Sheet, layout: Layout, stored: Iterable[Stored], *, meanings: Meanings | None = None) -> Preview:
    """The plan for a roadmap. The same title on the same day is the same meeting; where a title is alone in the file
    and in the store, a different day means that the meeting was moved. Raises `Invalid` when no column is the title."""
    if "title" not in layout.columns:
        raise Invalid("Say which column holds the titles of the meetings.")
    preview = Preview("meetings")
    waiting: defaultdict[str, list[Stored]] = defaultdict(list)
    for one in stored:
        waiting[words.key(one["title"])].append(one)
    lines: defaultdict[str, list[tuple[Row, Planned]]] = defaultdict(list)
    for row in cells.rows(sheet, layout, meanings or {}, preview.unknown):
        title = row.values.get("title", "")
        if not title:
            row.refusal = row.refusal or "There is no title in this line."
        planned = Planned(row.number, "refused", title, reason=row.refusal)
        preview.planned.append(planned)
        if not row.refusal:
            lines[words.key(title)].append((row, planned))
    for title, same in lines.items():
        _match_meetings(same, waiting[title])
    return preview


def _match_meetings(lines: list[tuple[Row, Planned]], stored: list[Stored]) -> None:
    """Meetings of one title: first by day, in their order; then the last one left over on both sides."""
    by_day: defaultdict[Any, list[Stored]] = defaultdict(list)
    for one in reversed(stored):
        by_day[one.get("starts_on")].append(one)
    found: list[Stored | None] = [
        by_day[day].pop() if by_day.get(day := row.values.get("starts_on")) else None for row, _ in lines
    ]
    left = [one for ones in by_day.values() for one in ones]
    if len(left) == 1 and found.count(None) == 1:
        found[found.index(None)] = left[0]
    for (row, planned), known in zip(lines, found, strict=True):
        _decide_meeting(row, planned, known)


def _decide_meeting(row: Row, planned: Planned, known: Stored | None) -> None:
    values = row.values
    if known and known.get("starts_on") and known.get("ends_on") and "starts_on" in values and "ends_on" not in values:
        values["ends_on"] = values["starts_on"] + (known["ends_on"] - known["starts_on"])  # moved, and lasts as long
    starts_on = values.get("starts_on") or (known or {}).get("starts_on")
    ends_on = values.get("ends_on") or (known or {}).get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        planned.reason = f"The end, {ends_on}, is before the start, {starts_on}."
        return
    if "ends_on" in values and not starts_on:
        row.warnings.append(f"There is an end, {values.pop('ends_on')}, but no start; the meeting stays unscheduled.")
    planned.warnings = tuple(row.warnings)
    _decide(planned, "meetings", values, known)

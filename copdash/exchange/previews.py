"""What an import will do, line by line, before anything is done: added, updated, unchanged or refused and why.

Pure: parsed rows and the rows in the store go in, a plan comes out. Empty cells never overwrite.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from copdash import meetings, milestones
from copdash.errors import Invalid
from copdash.exchange import cells, meeting_cells, near_names, plan_ids, remarks, words
from copdash.exchange import names as invitations
from copdash.exchange.cells import COLUMNS, Meanings, Row
from copdash.exchange.columns import Layout
from copdash.exchange.headings import Subject
from copdash.exchange.names import Names, Stored
from copdash.exchange.parsing import Sheet
from copdash.exchange.remarks import Remark, Told
from copdash.words import listed

Verdict = Literal["added", "updated", "unchanged", "refused", "left out"]
_SPELLINGS = frozenset({"name", "organisation", "title"})  # they made two rows the same, whatever their upper case


@dataclass(slots=True)
class Planned:
    """What becomes of one line of the file.

    `values` are the fields to store: all that the line gives for an added row, only those that differ for an updated
    one (`before` has what the store holds there now). `id` is that of the stored row, or the one an added row will get.
    `question` is “Did you mean …”, `warnings` are about what was not understood, `changes` about what was and is not
    stored as it stands.
    """

    row_number: int
    verdict: Verdict
    name: str
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    warnings: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    question: str = ""
    id: uuid.UUID | None = None


@dataclass
class Preview:
    """The plan for a whole file. `stakeholders` are those that ties name and that must be added first.

    `near` has the new names that are nearly listed ones. `unknown` counts words nobody knew, by field and word: give
    them a meaning and preview again. `version` is that of the case study when the plan was made, where it was made
    against the store.
    """

    subject: Subject
    planned: list[Planned] = field(default_factory=list)
    stakeholders: list[Planned] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    near: dict[near_names.Key, near_names.Near] = field(default_factory=dict)
    version: int | None = None

    def count(self, verdict: Verdict) -> int:
        """How many lines of the file are added, updated, unchanged, refused or left out."""
        return sum(one.verdict == verdict for one in self.planned)

    def told(self) -> list[Told]:
        """All that is not taken as it stands, by reason, with the lines."""
        kept = [one for one in self.planned if one.verdict not in ("refused", "left out")]
        lost = [(one.row_number, one.reason) for one in self.planned if one.verdict in ("refused", "left out")]
        return [
            *remarks.by_reason("left out", lost),
            *remarks.by_reason("not understood", ((one.row_number, said) for one in kept for said in one.warnings)),
            *remarks.by_reason("changed", ((one.row_number, one.reason) for one in kept if one.reason)),
            *remarks.by_reason("changed", ((one.row_number, said) for one in kept for said in one.changes)),
        ]


def started(preview: Preview, row: Row, name: str) -> Planned:
    """The plan for a line before it is decided: refused, with what stands in it; left out where it is."""
    planned = Planned(row.number, "refused", name, reason=row.refusal, changes=tuple(dict.fromkeys(row.changes)))
    planned.warnings = remarks.facts(row.remarks)
    if row.left_out:
        planned.verdict, planned.reason, planned.warnings, planned.changes = "left out", row.left_out, (), ()
    preview.planned.append(planned)
    return planned


def of_stakeholders(
    sheet: Sheet,
    layout: Layout,
    stored: Iterable[Stored],
    *,
    meanings: Meanings | None = None,
    same: near_names.Same | None = None,
) -> Preview:
    """The plan for a list of stakeholders; `stored` are those of the case study, as dicts with `id`.

    The same name and organisation is the same stakeholder. A second line for one adds what the first left empty, and is
    refused where it contradicts. `same` says of near names which listed stakeholder they mean. Raises `Invalid` when no
    column is the name.
    """
    if not {"name", "last_name", "organisation"} & set(layout.columns):
        raise Invalid("Say which column holds the names of the stakeholders.")
    preview = Preview("stakeholders")
    stored = list(stored)
    names, said = Names(stored), Meant(stored, same)
    knows_organisation = "organisation" in layout.columns
    first_lines: dict[Any, tuple[Planned, dict[str, Any], Stored | None]] = {}
    for row in cells.rows(sheet, layout, meanings or {}, preview.unknown):
        _settle_name(row)
        name = row.values.get("name", "")
        organisation = row.values.get("organisation", "") if knows_organisation else None
        planned = started(preview, row, name)
        if planned.reason:
            continue
        try:
            known = said.by(planned, name, organisation or "") or names.find(name, organisation)
        except Invalid as problem:
            planned.reason = str(problem)
            continue
        key = known["id"] if known else (words.key(name), words.key(organisation or ""))
        if key in first_lines:
            planned.warnings = remarks.facts(row.remarks, "nothing is taken from it")
            _merge(planned, row.values, *first_lines[key])
            continue
        planned.warnings = remarks.sentences(row.remarks, row.values, known, dict(layout.defaults))
        if known is None:
            row.values = {**dict(layout.defaults), **row.values}
        _decide(planned, "stakeholders", row.values, known)
        first_lines[key] = (planned, row.values, known)
    listed = [one for one in stored if one["id"] not in first_lines]  # who stands in the file by name is no other
    ask(preview, [one for one in preview.planned if one.verdict == "added"], listed)
    return preview


class Meant:
    """The listed stakeholders that a person said near names of the file to be."""

    def __init__(self, stored: Iterable[Stored], same: near_names.Same | None) -> None:
        self._same = {key: meant for key, meant in (same or {}).items() if meant}
        self._at = {one["id"]: one for one in stored} if self._same else {}

    def by(self, planned: Planned, name: str, organisation: str) -> Stored | None:
        """The one that this name means; the line says so."""
        meant = self._same.get(near_names.key(name, organisation)) if self._same else None
        known = self._at.get(meant) if meant else None
        if known is not None:
            planned.changes += (f"“{name}” is taken for {known['name']}.",)
        return known


def ask(preview: Preview, new: list[Planned], listed: Iterable[Stored]) -> None:
    """Note which of the new stakeholders are near to listed ones."""
    preview.near = near_names.found([one.values for one in new], listed)
    for one in new:
        place = near_names.key(one.name, one.values.get("organisation", ""))
        if preview.near and place in preview.near:
            one.question = preview.near[place].question


def _settle_name(row: Row) -> None:
    """First and last name make a name; a line with an organisation only is that organisation."""
    parts = [row.values.pop(part, "") for part in ("first_name", "infix", "last_name")]
    if not row.values.get("name") and any(parts):
        row.values["name"] = " ".join(part for part in parts if part)
    if not row.values.get("name") and row.values.get("organisation"):
        row.values["name"] = row.values.pop("organisation")
        row.remarks.append(Remark("There is no name; the organisation is taken for it"))
    if not row.values.get("name"):
        row.refusal = row.refusal or "There is no name in this line."


def _decide(planned: Planned, subject: Subject, values: dict[str, Any], known: Stored | None) -> None:
    if known is None:
        planned.verdict, planned.values, planned.id = "added", dict(values), planned.id or uuid.uuid4()
        return
    by_id = subject != "stakeholders" and planned.id == known["id"]  # so a title may have changed
    different = {
        name: value
        for name, value in values.items()
        if (name not in _SPELLINGS or by_id) and _as_read(subject, name, known.get(name)) != value
    }
    planned.verdict = "updated" if different else "unchanged"
    planned.values, planned.id = different, known["id"]
    planned.before = {name: known.get(name) for name in different}


def _as_read(subject: Subject, name: str, stored: Any) -> Any:
    """A stored value as an import of its export reads it, so that an untouched file changes nothing."""
    if isinstance(stored, tuple) and name in ("agenda", "tasks"):
        return tuple(tuple(words.line(one) if isinstance(one, str) else one for one in part) for part in stored)
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
        planned.reason = f"Line {first.row_number} is the same stakeholder with a different {listed(labels).lower()}."
        return
    so_far.update({name: value for name, value in values.items() if name not in so_far})
    _decide(first, "stakeholders", so_far, known)
    planned.verdict, planned.id = "unchanged", first.id
    planned.reason = f"The same stakeholder as in line {first.row_number}; the two are taken together."


def of_meetings(
    sheet: Sheet,
    layout: Layout,
    stored: Iterable[Stored],
    *,
    stakeholders: Iterable[Stored] = (),
    milestones: Iterable[Stored] = (),
    meanings: Meanings | None = None,
    case_study_id: uuid.UUID | None = None,
) -> Preview:
    """The plan for a roadmap. The same title on the same day is the same meeting; where a title is alone in the file
    and in the store, a different day means that the meeting was moved. Ids of a calendar count more than both; they are
    looked up where `case_study_id` is given. Raises `Invalid` when no column is the title.

    `invited` and `attended` in `values`, and in the stored rows, are tuples of ids of `stakeholders`, `prepares` of
    `milestones`; `parts` is a tuple of ids with parts, `agenda` and `tasks` are `meeting_cells.Lines`.
    """
    if "title" not in layout.columns:
        raise Invalid("Say which column holds the titles of the meetings.")
    around = _Around(
        Names(stakeholders),
        meeting_cells.milestone_names(list(milestones)),
    )
    return _of_days(
        sheet,
        layout,
        stored,
        meanings,
        "starts_on",
        lambda row, one, known: _decide_meeting(row, one, known, around),
        case_study_id,
    )


def of_milestones(
    sheet: Sheet,
    layout: Layout,
    stored: Iterable[Stored],
    *,
    meanings: Meanings | None = None,
    case_study_id: uuid.UUID | None = None,
) -> Preview:
    """The plan for a list of milestones, which are known as meetings are. Raises `Invalid` when a column is missing."""
    for needed, what in (("title", "names"), ("due_on", "dates")):
        if needed not in layout.columns:
            raise Invalid(f"Say which column holds the {what} of the milestones.")
    return _of_days(sheet, layout, stored, meanings, "due_on", _decide_milestone, case_study_id)


_Decide = Callable[[Row, Planned, Stored | None], None]


def _of_days(
    sheet: Sheet,
    layout: Layout,
    stored: Iterable[Stored],
    meanings: Meanings | None,
    day: str,
    decide: _Decide,
    case_study_id: uuid.UUID | None,
) -> Preview:
    preview = Preview(layout.subject)
    rows_here = list(stored)
    by_id = plan_ids.Known(case_study_id, rows_here) if case_study_id else None
    found: dict[Any, Stored] = {}
    lines: defaultdict[str, list[tuple[Row, Planned]]] = defaultdict(list)
    for row in cells.rows(sheet, layout, meanings or {}, preview.unknown):
        title, uid = row.values.get("title", ""), row.values.pop("uid", "")
        if not title:
            row.refusal = row.refusal or "There is no title in this line."
        planned = started(preview, row, title)
        if planned.reason:
            continue
        if uid and by_id:
            try:
                planned.id, known = by_id.find(uid)
            except Invalid as problem:
                planned.reason = str(problem)
                continue
            if known is not None:
                found[known["id"]] = known
                plan_ids.settle(row.values, known)
                decide(row, planned, known)
                continue
        lines[words.key(title)].append((row, planned))
    waiting: defaultdict[str, list[Stored]] = defaultdict(list)
    for one in rows_here:
        if one["id"] not in found:
            waiting[words.key(one["title"])].append(one)
    for title, same in lines.items():
        for (row, planned), known in zip(same, _matched(same, waiting[title], day), strict=True):
            if known is not None:
                planned.id = None  # a meeting that was typed in here stays the one it is
                plan_ids.settle(row.values, known)
            decide(row, planned, known)
    return preview


def _matched(lines: list[tuple[Row, Planned]], stored: list[Stored], day: str) -> list[Stored | None]:
    """The stored rows of one title, line by line: by day, in their order; then the last one left on both sides.

    A line with an id of its own was not moved from another day: its id would have found it.
    """
    by_day: defaultdict[Any, list[Stored]] = defaultdict(list)
    for one in reversed(stored):
        by_day[one.get(day)].append(one)
    found: list[Stored | None] = [
        by_day[when].pop() if by_day.get(when := row.values.get(day)) else None for row, _ in lines
    ]
    left = [one for ones in by_day.values() for one in ones]
    if len(left) == 1 and found.count(None) == 1 and lines[found.index(None)][1].id is None:
        found[found.index(None)] = left[0]
    return found


@dataclass
class _Around:
    """What the cells of a meeting name: stakeholders and milestones."""

    guests: Names
    milestones: Names


def _decide_meeting(row: Row, planned: Planned, known: Stored | None, around: _Around) -> None:
    values = row.values
    if known and known.get("starts_on") and known.get("ends_on") and "starts_on" in values and "ends_on" not in values:
        values["ends_on"] = values["starts_on"] + (known["ends_on"] - known["starts_on"])  # moved, and lasts as long
    starts_on = values.get("starts_on") or (known or {}).get("starts_on")
    ends_on = values.get("ends_on") or (known or {}).get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        planned.reason = f"The end, {ends_on}, is before the start, {starts_on}."
        return
    if "ends_on" in values and not starts_on:
        row.remarks.append(
            Remark(f"There is an end, {values.pop('ends_on')}, but no start; the meeting stays unscheduled")
        )
    _belongings(row, known or {}, around)
    planned.warnings = remarks.sentences(row.remarks, values, known, meetings.DEFAULTS)
    _decide(planned, "meetings", values, known)


def _belongings(row: Row, known: Stored, around: _Around) -> None:
    """The cells beside a meeting's own fields. What is not understood stays as it is, and a remark says so."""
    values = row.values
    for name, what in (("invited", "invited"), ("attended", "noted as there")):
        if text := values.pop(name, ""):
            ids, warnings = invitations.invited(text, around.guests, known.get(name) or (), what=what)
            row.remarks += map(Remark, warnings)
            if ids:
                values[name] = ids
    if text := values.pop("prepares", ""):
        ids, warnings = invitations.invited(
            text, around.milestones, known.get("prepares") or (), what="linked", among="milestones"
        )
        row.remarks += map(Remark, warnings)
        if ids:
            values["prepares"] = ids
    readers: dict[str, Callable[[str], Any]] = {
        "agenda": meeting_cells.agenda,
        "tasks": meeting_cells.tasks,
        "parts": lambda said: tuple(sorted(meeting_cells.parts(said, around.guests).items())),
        "series_id": meeting_cells.series,
    }
    for name, read in readers.items():
        text = values.pop(name, "")
        if not text:
            continue
        try:
            found = read(text)
        except Invalid as problem:
            label = COLUMNS["meetings"][name].label.partition(" (")[0]
            row.remarks.append(Remark(f"{label}: {str(problem).rstrip('.')}", name, label))
            continue
        if found:
            values[name] = found


def _decide_milestone(row: Row, planned: Planned, known: Stored | None) -> None:
    planned.warnings = remarks.sentences(row.remarks, row.values, known, milestones.DEFAULTS)
    if known is None and "due_on" not in row.values:
        planned.reason = "There is no date in this line, and a milestone needs one."
        return
    _decide(planned, "milestones", row.values, known)

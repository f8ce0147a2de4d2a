"""What an import of ties will do, line by line, and which stakeholders it adds because the ties name them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from copdash.errors import Invalid
from copdash.exchange import cells, foreign_ids, graph_reading, near_names, remarks, words
from copdash.exchange.cells import Meanings, Row
from copdash.exchange.columns import Layout, headings
from copdash.exchange.names import Names, Stored
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Meant, Planned, Preview, ask, started
from copdash.relations import DEFAULTS
from copdash.words import listed


def of_relations(
    sheet: Sheet,
    layout: Layout,
    stored_stakeholders: Iterable[Stored],
    stored_relations: Iterable[Stored],
    *,
    add_missing: bool = True,
    meanings: Meanings | None = None,
    same: near_names.Same | None = None,
    ids: foreign_ids.Ids | None = None,
) -> Preview:
    """The plan for a list of ties. Added ties have `from_id`, `to_id` and all of `relations.DEFAULTS` as values.

    A tie is known by from, to and type, an undirected one from either end. Ties of a stakeholder with itself are
    refused. With `add_missing` the stakeholders that the accepted ties name are planned too; without it such ties are
    refused. `same` says of near names which listed stakeholder they mean. `ids` are those of a list in the same file:
    where ties go by them, an unknown one is refused. Raises `Invalid` when no column is from or to.
    """
    if not {"from", "to"} <= set(layout.columns):
        raise Invalid("Say which columns hold from whom and to whom the ties go.")
    preview = Preview("relations")
    listed = list(stored_stakeholders)
    names, meant = Names(listed), Meant(listed, same)
    ties = _Ties(stored_relations)
    sheet, weights = _in_thirds(sheet, layout)
    rows = list(cells.rows(sheet, layout, meanings or {}, preview.unknown))
    ends = [row.values.get(end, "") for row in rows for end in ("from", "to")]
    by_id = foreign_ids.apply(ids, ends, [one["name"] for one in listed]) if ids else False
    for row in rows:
        missing = _follow(row, ids) if ids and by_id else ""
        if row.number in weights:
            said = f"Weight {weights[row.number]} in the file"
            row.values["evidence"] = "\n".join(part for part in (row.values.get("evidence", ""), said) if part)
            row.changes.append("The weight becomes a strength of 1, 2 or 3; the number is kept as evidence.")
        both = [row.values.get(end, "") for end in ("from", "to")]
        planned = started(preview, row, " → ".join(both))
        if row.left_out:
            continue
        try:
            if missing:
                raise Invalid(f"No line of the list has the id “{missing}”.")
            _decide(planned, row, meant, names, ties, preview, add_missing)
        except Invalid as problem:
            planned.reason = str(problem)
    ask(preview, preview.stakeholders, listed)
    asked = {one.id: one.question for one in preview.stakeholders if one.question}
    for tie in preview.planned if asked else ():
        ends = [asked[tie.values[end]] for end in ("from_id", "to_id") if tie.values.get(end) in asked]
        tie.question = " ".join(dict.fromkeys(ends))
    return preview


def _follow(row: Row, ids: foreign_ids.Ids) -> str:
    """Put names in the place of ids; gives back an id that nobody has, or ""."""
    for end in ("from", "to"):
        said = row.values.get(end, "")
        if said and words.key(said) not in ids:
            return str(said)
        if said:
            row.values[end], organisation = ids[words.key(said)]
            row.values[f"{end}_organisation"] = organisation
            row.changes.append(f"“{said}” is the id of {row.values[end]} in this file.")
    return ""


def _in_thirds(sheet: Sheet, layout: Layout) -> tuple[Sheet, dict[int, str]]:
    """Weights of another scale than 1 to 3 as weak, medium and strong, a third each, and what each line said.

    Under our own heading, where most are from 1 to 3, the others become the nearest of these.
    Networks in other formats are read the same way, see `graph_reading`. What is no number stays, and is told.
    """
    if "strength" not in layout.columns:
        return sheet, {}
    index = layout.columns.index("strength")
    first = 0 if layout.header_row is None else layout.header_row + 1
    found = {}
    for number, row in enumerate(sheet.rows[first:], start=first):
        weight = words.number(row[index]) if index < len(row) else None
        if isinstance(weight, float):
            found[number] = weight
    if all(weight in (1, 2, 3) for weight in found.values()):
        return sheet, {}
    usual = sum(weight in (1, 2, 3) for weight in found.values())
    if 2 * usual >= len(found) and words.key(headings(sheet, layout)[index]) == "strength":
        found = {number: weight for number, weight in found.items() if weight not in (1, 2, 3)}
        low, high = 1.5, 2.5  # our own scale with a few slips: only they are brought to its nearest end
    else:
        low, high = graph_reading.thirds(list(found.values()))
    rows = list(sheet.rows)
    for number, weight in found.items():
        rows[number] = list(rows[number])
        rows[number][index] = 1 if weight <= low else 2 if weight <= high else 3
    return replace(sheet, rows=rows), {number + 1: f"{weight:g}" for number, weight in found.items()}


@dataclass(slots=True)
class _Tie:
    fields: dict[str, Any]
    line: int | None


class _Ties:
    """The ties so far: stored ones, and those of earlier lines with the number of their line."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        self._at: dict[tuple[Any, Any, str], _Tie] = {}
        for tie in stored:
            self.add(dict(tie), None)

    def add(self, tie: dict[str, Any], line: int | None) -> None:
        self._at.setdefault((tie["from_id"], tie["to_id"], tie["type"]), _Tie(tie, line))

    def find(self, from_id: Any, to_id: Any, type_: str, directed: bool | None) -> _Tie | None:
        if found := self._at.get((from_id, to_id, type_)):
            return found
        reverse = self._at.get((to_id, from_id, type_))
        one_way = reverse is not None and (reverse.fields["directed"] if directed is None else directed)
        return None if one_way else reverse


def _decide(
    planned: Planned, row: Row, meant: Meant, names: Names, ties: _Ties, preview: Preview, add_missing: bool
) -> None:
    """Raises `Invalid` for a line that is refused; only then nothing of it is kept."""
    for end, label in (("from", "from whom"), ("to", "to whom")):
        if not row.values.get(end):
            raise Invalid(f"The line does not say {label} the tie goes.")
    if row.refusal:
        raise Invalid(row.refusal)
    ids: list[Any] = []
    new: dict[tuple[str, str], dict[str, Any]] = {}
    for end in ("from", "to"):
        name, organisation = row.values[end], row.values.get(f"{end}_organisation")
        known = meant.by(planned, name, organisation or "") or names.find(name, organisation)
        if known is None:
            key = (words.key(name), words.key(organisation or ""))
            known = new.setdefault(key, {"id": uuid.uuid4(), "name": name, "organisation": organisation or ""})
        ids.append(known["id"])
    if ids[0] == ids[1]:
        raise Invalid("The tie goes from a stakeholder to itself; such ties are left out.")
    if new and not add_missing:
        missing = listed(f"“{one['name']}”" for one in new.values())
        raise Invalid(f"No stakeholder is called {missing}; add it to the list first.")
    _decide_tie(planned, row, ids[0], ids[1], ties)
    for one in new.values():
        names.add(one)
        values = {name: one[name] for name in ("name", "organisation") if one[name]}
        preview.stakeholders.append(Planned(row.number, "added", one["name"], values, id=one["id"]))


def _decide_tie(planned: Planned, row: Row, from_id: uuid.UUID, to_id: uuid.UUID, ties: _Ties) -> None:
    given: dict[str, Any] = {name: row.values[name] for name in DEFAULTS if name in row.values}
    wanted = {**DEFAULTS, **given}
    found = ties.find(from_id, to_id, wanted["type"], given.get("directed"))
    days: list[Any] = [given.get(name, (found.fields if found else wanted).get(name)) for name in ("since", "until")]
    if all(days) and days[1] < days[0]:
        raise Invalid(f"The tie ends on {days[1]}, before it begins on {days[0]}.")
    if found is None:
        planned.warnings = remarks.sentences(row.remarks, row.values, None, DEFAULTS)
        planned.verdict, planned.id = "added", uuid.uuid4()
        planned.values = {"from_id": from_id, "to_id": to_id, **wanted}
        ties.add({"id": planned.id, **planned.values}, row.number)
        return
    tie = found.fields
    different: dict[str, Any] = {name: value for name, value in given.items() if tie.get(name, DEFAULTS[name]) != value}
    planned.warnings = (
        remarks.facts(row.remarks, "nothing is taken from it")
        if found.line is not None
        else remarks.sentences(row.remarks, row.values, {**DEFAULTS, **tie}, DEFAULTS)
    )
    planned.id = tie["id"]
    if found.line is not None:
        if different:
            raise Invalid(f"Line {found.line} is the same tie with a different {listed(list(different))}.")
        planned.verdict, planned.reason = "unchanged", f"The same tie as in line {found.line}."
        return
    planned.verdict = "updated" if different else "unchanged"
    planned.values, planned.before = different, {name: tie.get(name, DEFAULTS[name]) for name in different}
    found.line = row.number
    tie.update(different)

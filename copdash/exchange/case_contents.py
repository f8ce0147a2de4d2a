"""The content of a case study file: written as JSON, and read strictly, because anybody can make such a file.

Every value passes the rule of its column, every id is a UUID, every reference points into the file. Unknown fields are
refused, unless a newer minor version of the format may have added them.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import uuid
import zoneinfo
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, FailFast, Field, ValidationError

from copdash import fields, meeting_merges, models, stakeholders, versions
from copdash.analysis import roadmap_settings, slips
from copdash.errors import Invalid
from copdash.exchange.merges import LINKS, REFERENCES
from copdash.fields import Column
from copdash.models import SUBJECTS
from copdash.transfers import MERGED, Content, Deed, Fields, Written

MOST_ROWS = 50_000
MOST_DEEDS = 200_000
MOST_CHANGES = 500_000
_MOST_KNOWN = 100_000

ROOMS = {
    "stakeholder": "stakeholders",
    "relation": "relations",
    "meeting": "meetings",
    "invitation": "invitations",
    "milestone": "milestones",
    "agenda_block": "agenda_blocks",
    "preparation": "preparations",
    "contribution": "contributions",
    "baseline": "baselines",
    "comment": "comments",
    "comparison": "comparisons",
    "version": "versions",
    "call": "calls",
    "note": "notes",
    "action": "actions",
}
"""Where a subject's rows stand in the file."""

_WHOLE: Column = Column("", "")
_Subject = Literal[
    "case_study",
    "stakeholder",
    "relation",
    "meeting",
    "invitation",
    "milestone",
    "agenda_block",
    "preparation",
    "contribution",
    "baseline",
    "comment",
    "comparison",
    "version",
    "call",
    "note",
    "action",
]


_Rows = Annotated[list[Fields], FailFast()]  # the first wrong one is enough: a million errors fill the memory


class _Change(BaseModel):
    subject: _Subject
    id: uuid.UUID
    field: str = Field(max_length=60)
    before: Any
    after: Any


class _Deed(BaseModel):
    id: uuid.UUID
    actor_id: uuid.UUID
    actor_name: str
    actor_role: str
    at: AwareDatetime
    name: str
    summary: str
    reverts_id: uuid.UUID | None
    merged_by: uuid.UUID | None
    changes: Annotated[list[_Change], FailFast()]


class _Content(BaseModel):
    case_study: Fields
    stakeholders: _Rows = Field(max_length=stakeholders.MOST)
    relations: _Rows = Field(max_length=MOST_ROWS)
    meetings: _Rows = Field(max_length=MOST_ROWS)
    invitations: _Rows = Field(max_length=MOST_ROWS)
    milestones: _Rows = Field(max_length=MOST_ROWS)
    agenda_blocks: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    preparations: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    contributions: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    baselines: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    comments: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    comparisons: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    versions: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    calls: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    notes: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    actions: _Rows = Field(default_factory=list, max_length=MOST_ROWS)
    history: Annotated[list[_Deed], FailFast()] = Field(max_length=MOST_DEEDS)


# ---- out ------------------------------------------------------------------------------------------------------------


def written(content: Content) -> bytes:
    """The content as JSON: the rows as they stand, then the history from its beginning."""
    rooms = {room: list(content.rows[subject].values()) for subject, room in ROOMS.items()}
    history = [
        {
            "id": deed.id,
            "actor_id": deed.actor_id,
            "actor_name": deed.actor_name,
            "actor_role": deed.actor_role,
            "at": deed.at.isoformat(),
            "name": deed.name,
            "summary": deed.summary,
            "reverts_id": deed.reverts_id,
            "merged_by": deed.merged_by,
            "changes": [
                {"subject": one.subject, "id": one.row_id, "field": one.field, "before": one.before, "after": one.after}
                for one in deed.changes
            ],
        }
        for deed in content.deeds
    ]
    case_study = content.rows["case_study"][content.case_study_id]
    whole = {"case_study": case_study, **rooms, "history": history}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


# ---- in -------------------------------------------------------------------------------------------------------------


def read(data: bytes, case_study_id: uuid.UUID, *, tolerant: bool) -> Content:
    """The content of a file. `tolerant` leaves fields out that are not known here. Raises `Invalid`."""
    try:
        sent = _Content.model_validate_json(data, extra="ignore" if tolerant else "forbid")
    except ValidationError as wrong:
        where = (
            ".".join(str(part) for part in wrong.errors(include_input=False, include_url=False)[0]["loc"][:3])
            or "its text"
        )
        raise Invalid(f"This file is damaged, or another program made it: {where} is not as it should be.") from None
    except RecursionError:
        raise Invalid("This file is damaged, or another program made it.") from None
    if sum(len(deed.changes) for deed in sent.history) > MOST_CHANGES:
        raise Invalid("The history in this file is too long to be read.")
    reader = _Reader(case_study_id, tolerant)
    content = Content(str(case_study_id))
    content.rows["case_study"] = reader.rows("case_study", [sent.case_study])
    for subject, room in ROOMS.items():
        content.rows[subject] = reader.rows(subject, getattr(sent, room))
    _check_references(content)
    _check_dates(content)
    content.deeds = [reader.deed(deed) for deed in sent.history]
    _check_deeds(content.deeds)
    return content


class _Reader:
    """Reads values of one case study; an id stands for the same row throughout the file."""

    def __init__(self, case_study_id: uuid.UUID, tolerant: bool) -> None:
        self.case_study_id = case_study_id
        self.tolerant = tolerant
        self.subjects: dict[str, str] = {}
        self.known: dict[tuple[str, str, type, object], Any] = {}  # most values of a file come again and again

    def rows(self, subject: str, sent: list[Fields]) -> dict[str, Fields]:
        """The rows of one subject, by id."""
        found: dict[str, Fields] = {}
        for fields_sent in sent:
            row = self.row(subject, fields_sent)
            if row["id"] in found:
                raise Invalid(f"This file is damaged: it holds one {_word(subject)} twice.")
            found[row["id"]] = row
        return found

    def row(self, subject: str, sent: object) -> Fields:
        """All fields of a row; those that an older program did not know yet have their defaults."""
        if not isinstance(sent, dict):
            raise Invalid(f"This file is damaged: a {_word(subject)} in it is not one.")
        table = SUBJECTS[subject]
        row: Fields = {
            name: value.default
            for name, value in table.model_fields.items()
            if not value.is_required() and value.default_factory is None
        }
        row |= {name: self.value(subject, name, value) for name, value in sent.items() if self.has(subject, name)}
        if set(row) != set(table.model_fields):
            raise Invalid(f"This file is damaged: a {_word(subject)} in it lacks a part.")
        owner = row["id"] if subject == "case_study" else row["case_study_id"]
        if owner != str(self.case_study_id):
            raise Invalid(f"This file is damaged: a {_word(subject)} in it belongs to another case study.")
        self.same(subject, row["id"])
        return row

    def has(self, subject: str, name: str) -> bool:
        """Whether the field is known here; raises `Invalid` unless the file may know more than we do."""
        known = name in SUBJECTS[subject].model_fields
        if not known and not self.tolerant:
            raise Invalid(f"This file is damaged, or another program made it: it has a field called {name[:40]!r}.")
        return known

    def same(self, subject: str, row_id: str) -> None:
        """An id is one row's alone."""
        if self.subjects.setdefault(row_id, subject) != subject:
            raise Invalid("This file is damaged: two different things in it have the same id.")

    def value(self, subject: str, name: str, value: object) -> Any:
        """One value by the rule of its column, as JSON knows it."""
        if isinstance(value, dict | list):
            raise Invalid(f"This file is damaged: {name.replace('_', ' ')} in it is not a value.")
        rule = _RULES[subject].get(name)
        if rule is None:
            return _identity(name, value)
        asked = (subject, name, type(value), value)
        if asked in self.known:
            return self.known[asked]
        try:
            cleaned = rule(value)
            if len(self.known) < _MOST_KNOWN:
                self.known[asked] = cleaned
            return cleaned
        except Invalid as problem:
            raise Invalid(f"This file holds a {_word(subject)} that cannot be: {problem}") from None

    def deed(self, sent: _Deed) -> Deed:
        """One gesture of the history, with what it changed."""
        if not 1900 <= sent.at.year <= 2200:
            raise Invalid("This file is damaged: its history has a moment that cannot be.")
        deed = Deed(
            str(sent.id),
            str(sent.actor_id),
            _short(sent.actor_name, 80),
            _short(sent.actor_role, 40),
            sent.at.astimezone(dt.UTC),
            _short(sent.name, 40),
            _short(sent.summary, 200),
            str(sent.reverts_id) if sent.reverts_id else None,
            str(sent.merged_by) if sent.merged_by else None,
        )
        deed.changes = [self.change(one) for one in sent.changes if not one.field or self.has(one.subject, one.field)]
        return deed

    def change(self, sent: _Change) -> Written:
        """One entry of the log: a field, or a whole row that came or went."""
        subject, row_id = sent.subject, str(sent.id)
        self.same(subject, row_id)
        if sent.field:
            before, after = (self.value(subject, sent.field, value) for value in (sent.before, sent.after))
        else:
            before, after = (None if row is None else self.row(subject, row) for row in (sent.before, sent.after))
            if (before is not None and after is not None) or any(
                row and row["id"] != row_id for row in (before, after)
            ):
                raise Invalid("This file is damaged: its history does not fit together.")
        return Written(subject, row_id, sent.field, before, after)


def _word(subject: str) -> str:
    return subject.replace("_", " ")


def _short(text: str, longest: int) -> str:
    return str(fields.clean({"": _WHOLE}, {"": text[: longest * 4]})[""])[:longest]


def _identity(name: str, value: object) -> str:
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) else _refuse_id(name)
    except ValueError:
        return _refuse_id(name)


def _refuse_id(name: str) -> str:
    raise Invalid(f"This file is damaged: {name.replace('_', ' ')} in it is not an id.")


def _by(column: Column) -> Callable[[object], Any]:
    if column.name == "themes":
        return lambda value: stakeholders.themes(column.clean(value))
    return lambda value: fields.plain(column.clean(value))


def _position(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10_000_000:
        raise Invalid("the position in the list is not a number.")
    return value


def _place(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > 1e6:
        raise Invalid("the place in the network is not a number.")
    return float(value)


def _link(value: object) -> str | None:
    return None if value is None else _identity("what it points to", value)


def _moment(value: object) -> str:
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1900 <= moment.year <= 2200:
        raise Invalid("the moment is none.")
    return str(moment.astimezone(dt.UTC))


_RULES: dict[str, Mapping[str, Callable[[object], Any]]] = {
    "case_study": {
        **{name: _by(column) for name, column in fields.CASE_STUDY.items()},
        **{name: _by(column) for name, column in fields.FIELDS_SHOWN.items()},
        "roadmap_state": Column("roadmap_state", "Roadmap", "choice", models.RoadmapState).clean,
        "roadmap_agreed_by": Column("roadmap_agreed_by", "Agreed by", "choice", models.Role).clean,
        "roadmap_rules": roadmap_settings.checked_text,
        "example": Column("example", "Example", "flag").clean,
        "archived": Column("archived", "Archived", "flag").clean,
    },
    "stakeholder": {
        **{name: _by(column) for name, column in fields.STAKEHOLDER.items()},
        "position": _position,
        "network_x": _place,
        "network_y": _place,
    },
    "relation": {name: _by(column) for name, column in fields.RELATION.items()},
    "meeting": {
        **{name: _by(column) for name, column in fields.MEETING.items()},
        "series_id": lambda value: None if value is None else _identity("series_id", value),
        "merged_from": meeting_merges.checked_text,
    },
    "invitation": {name: _by(column) for name, column in fields.INVITATION.items()},
    "milestone": {name: _by(column) for name, column in fields.MILESTONE.items()},
    "agenda_block": {**{name: _by(column) for name, column in fields.AGENDA.items()}, "position": _position},
    "preparation": {name: _by(column) for name, column in fields.PREPARATION.items()},
    "contribution": {},
    "baseline": {**{name: _by(column) for name, column in fields.BASELINE.items()}, "content": slips.checked_text},
    "comment": {name: _by(column) for name, column in fields.COMMENT.items()},
    "comparison": {name: _by(column) for name, column in fields.COMPARISON.items()},
    "version": {
        **{name: _by(column) for name, column in fields.VERSION.items()},
        "meeting_id": _link,
        "frozen_at": _moment,
        "content": versions.checked,
    },
    "call": {
        **{name: _by(column) for name, column in fields.CALL.items()},
        "begun_at": _moment,
        "ended_at": lambda value: None if value is None else _moment(value),
    },
    "note": {**{name: _by(column) for name, column in fields.NOTE.items()}, "written_at": _moment},
    "action": {
        **{name: _by(column) for name, column in fields.ACTION.items()},
        "stakeholder_id": _link,
        "meeting_id": _link,
        "call_id": _link,
    },
}
"""The rule of every column that is not an id."""


_POINTS_TO = {"meeting_id": "meeting", "milestone_id": "milestone", "call_id": "call"}


def _check_references(content: Content) -> None:
    ids = {subject: set(rows) for subject, rows in content.rows.items()}
    for subject, links in LINKS.items():
        for row in content.rows[subject].values():
            if any(row[link] is not None and row[link] not in ids[_POINTS_TO[link]] for link in links):
                raise Invalid(f"This file is damaged: a {subject} in it points to nothing.")
    for subject, references in REFERENCES.items():
        for row in content.rows[subject].values():
            for reference in references:
                if row[reference] is not None and row[reference] not in ids[_POINTS_TO.get(reference, "stakeholder")]:
                    raise Invalid(f"This file is damaged: a {subject} in it points to nothing.")
            if subject == "relation" and row["from_id"] == row["to_id"]:
                raise Invalid("This file is damaged: a stakeholder in it is tied to itself.")
    invited = {(row["meeting_id"], row["stakeholder_id"]) for row in content.rows["invitation"].values()}
    if len(invited) < len(content.rows["invitation"]):
        raise Invalid("This file is damaged: a stakeholder in it is invited to a meeting twice.")
    prepared = {(row["meeting_id"], row["milestone_id"]) for row in content.rows["contribution"].values()}
    if len(prepared) < len(content.rows["contribution"]):
        raise Invalid("This file is damaged: a meeting in it prepares a milestone twice.")


def _check_dates(content: Content) -> None:
    zone = content.rows["case_study"][content.case_study_id]["time_zone"]
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(f"The time zone {zone[:60]} in this file is not known here.") from None
    for subject in ("case_study", "meeting", "relation"):
        for row in content.rows[subject].values():
            for first, last in (("starts_on", "ends_on"), ("launch_from", "launch_until"), ("since", "until")):
                if row.get(first) and row.get(last) and row[last] < row[first]:
                    raise Invalid(f"This file is damaged: a {_word(subject)} in it ends before it starts.")


def _check_deeds(deeds: list[Deed]) -> None:
    ids = {deed.id for deed in deeds}
    merges = {deed.id for deed in deeds if deed.name == MERGED and deed.merged_by is None}
    if len(ids) < len(deeds) or any(deed.merged_by and deed.merged_by not in merges for deed in deeds):
        raise Invalid("This file is damaged: its history does not fit together.")

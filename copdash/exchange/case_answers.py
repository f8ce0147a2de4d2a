"""A checked case study on its way from the child to the server: a JSON list a line, a row or an entry of the log each.

Values of a row stand in the order of its table, so that the server keeps each name of a column once. The server checks
the form of each line once more: a child that a file had taken over could send anything.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from copdash.errors import Invalid
from copdash.exchange.authors import Side
from copdash.models import SUBJECTS
from copdash.transfers import Content, Deed, Fields, Written

_COLUMNS = {subject: list(table.model_fields) for subject, table in SUBJECTS.items()}
_PLAIN = (str, int, float, bool, type(None))


@dataclass(frozen=True)
class CaseFile:
    """A file that was read and found in order."""

    case_study_id: uuid.UUID
    title: str
    exported_at: dt.datetime
    program: str
    content: Content

    @functools.cached_property
    def side(self) -> Side:
        """Its content with the author of each value, worked out once."""
        return Side(self.content)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each subject it holds."""
        return {subject: len(rows) for subject, rows in self.content.rows.items()}


def lines(file: CaseFile) -> Iterator[bytes]:
    """The file as lines of JSON: what it is, its rows, then its deeds, each followed by what it changed."""
    yield _line(["file", str(file.case_study_id), file.title, file.exported_at.isoformat(), file.program])
    for subject, rows in file.content.rows.items():
        for row in rows.values():
            yield _line(["row", subject, _values(subject, row)])
    for deed in file.content.deeds:
        who = (deed.actor_id, deed.actor_name, deed.actor_role)
        yield _line(
            ["deed", deed.id, *who, deed.at.isoformat(), deed.name, deed.summary, deed.reverts_id, deed.merged_by]
        )
        for one in deed.changes:
            both = (one.before, one.after)
            sides = both if one.field else [_values(one.subject, side) for side in both]
            yield _line(["change", one.subject, one.row_id, one.field, *sides])


def taken(answer: Iterable[Any]) -> CaseFile:
    """The file again, out of decoded lines. Raises `Invalid` where a line has not the form it must have."""
    try:
        told = iter(answer)
        kind, case_study_id, title, exported_at, program = next(told)
        if kind != "file":
            raise ValueError(kind)
        content = Content(str(uuid.UUID(case_study_id)))
        for line in told:
            _take(content, *line)
        if content.case_study_id not in content.rows["case_study"]:
            raise ValueError(case_study_id)
        moment = dt.datetime.fromisoformat(exported_at)
        return CaseFile(uuid.UUID(case_study_id), str(title), moment, str(program), content)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, StopIteration):
        raise Invalid("This file could not be read safely. Ask for it again.") from None


def _take(content: Content, kind: str, *said: Any) -> None:
    if kind == "row":
        subject, values = said
        row = _row(subject, values) or {}
        content.rows[subject][row["id"]] = row
    elif kind == "deed":
        if not all(one is None or isinstance(one, str) for one in said):
            raise TypeError(kind)
        identity, actor, name, role, at, what, summary, reverts, merged_by = said
        content.deeds.append(
            Deed(identity, actor, name, role, dt.datetime.fromisoformat(at), what, summary, reverts, merged_by)
        )
    elif kind == "change":
        subject, row_id, field, before, after = said
        if not field:
            before, after = _row(subject, before), _row(subject, after)
        elif field not in _COLUMNS[subject] or not isinstance(before, _PLAIN) or not isinstance(after, _PLAIN):
            raise TypeError(field)
        content.deeds[-1].changes.append(Written(subject, str(row_id), field, before, after))
    else:
        raise ValueError(kind)


def _line(value: list[Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _values(subject: str, row: Fields | None) -> list[Any] | None:
    return None if row is None else [row[name] for name in _COLUMNS[subject]]


def _row(subject: str, values: Any) -> Fields | None:
    if values is None:
        return None
    if not isinstance(values, list) or not all(isinstance(value, _PLAIN) for value in values):
        raise TypeError(subject)
    return dict(zip(_COLUMNS[subject], values, strict=True))

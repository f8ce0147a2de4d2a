"""What became of a roadmap between two moments: its meetings and milestones then and now, not who pressed what.

Reads entries of the change log, oldest first. What was changed and changed back is no news.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from copdash import words
from copdash.fields import CASE_STUDY, MEETING, MILESTONE, Column, shown
from copdash.models import Certainty

Kind = Literal["new", "moved", "changed", "gone"]

PARTS = ("invitation", "agenda_block", "preparation", "contribution")
"""Rows that belong to a meeting, by `meeting_id`."""
COUNTED = ("stakeholder", "relation")
"""Rows of which only the number is told; a whole one may be empty in an entry."""
SUBJECTS = ("case_study", *COUNTED, "meeting", "milestone", *PARTS)
"""What the log is asked for."""

_QUIET = frozenset({"position", "network_x", "network_y", "series_id"})
_SHORT = 60


@dataclass(frozen=True)
class Entry:
    """One entry of the change log; ids are text, values as JSON knows them, `field` is empty for a whole row."""

    subject: str
    row_id: str
    field: str
    before: Any
    after: Any
    by: str = ""


@dataclass(frozen=True)
class News:
    """What became of one meeting or milestone (`id`), or of the case study itself (`id` is empty).

    `first` and `last` are the days it stood on before, where it moved.
    """

    id: str
    title: str
    kind: Kind
    sentences: tuple[str, ...]
    by: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass
class _Row:
    """A row then and now, as far as the log says: `existed` then, `exists` now."""

    subject: str
    existed: bool
    exists: bool = True
    was: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    by: dict[str, None] = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """The fields that differ, then and now."""
        return {
            name: (was, self.now[name])
            for name, was in self.was.items()
            if name in self.now and name not in _QUIET and was != self.now[name]
        }


def news(entries: Iterable[Entry], titles: Mapping[str, str], meeting_of: Mapping[str, str]) -> list[News]:
    """What is different, meetings first.

    `titles` are those of the meetings and milestones of today, `meeting_of` the meetings to which today's invitations,
    blocks, tasks and links belong; all ids are text.
    """
    rows = _rows(entries)
    parts: dict[str, list[_Row]] = {}
    for row_id, row in rows.items():
        if row.subject in PARTS:
            owner = row.now.get("meeting_id") or row.was.get("meeting_id") or meeting_of.get(row_id)
            if owner is not None:
                parts.setdefault(str(owner), []).append(row)
    found: list[News] = []
    for subject in ("meeting", "milestone"):
        own = {row_id: row for row_id, row in rows.items() if row.subject == subject}
        others = [row_id for row_id in parts if subject == "meeting" and row_id not in own and row_id in titles]
        for row_id in (*own, *others):
            one = _of(row_id, own.get(row_id) or _Row(subject, True), parts.get(row_id, ()), titles)
            if one is not None:
                found.append(one)
    found += _of_case_study(rows.values())
    return found


def _rows(entries: Iterable[Entry]) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for entry in entries:
        new = not entry.field and entry.before is None
        row = rows.setdefault(entry.row_id, _Row(entry.subject, not new))
        row.by[entry.by] = None
        if entry.field:
            row.was.setdefault(entry.field, entry.before)
            row.now[entry.field] = entry.after
        elif new:
            row.exists = True
            row.now = dict(entry.after or {})
        else:
            row.exists = False
            for name, value in (entry.before or {}).items():
                row.was.setdefault(name, value)
    return rows


def _of(row_id: str, row: _Row, parts: Sequence[_Row], titles: Mapping[str, str]) -> News | None:
    columns = MILESTONE if row.subject == "milestone" else MEETING
    by = tuple(dict.fromkeys(name for one in (row, *parts) for name in one.by if name))
    start, end = ("due_on", "due_on") if row.subject == "milestone" else ("starts_on", "ends_on")
    if not row.exists:
        if not row.existed:
            return None
        title, first = str(row.was.get("title", "")), _day(row.was.get(start))
        return News(row_id, title, "gone", (f"deleted; it stood on {words.day(first)}" if first else "deleted",), by)
    title = titles.get(row_id, str(row.now.get("title", "")))
    if not row.existed:
        first = _day(row.now.get(start))
        return News(row_id, title, "new", (f"new, on {words.day(first)}" if first else "new, not yet scheduled",), by)
    changed = row.changed
    sentences = [*_moved(changed, start, end), *_edited(changed, columns, {start, end})]
    sentences += _of_parts(parts)
    if not sentences:
        return None
    moved = start in changed or end in changed
    first = last = None
    if moved and start in row.was:
        first = _day(row.was[start])
        last = _day(row.was.get(end)) or first
    elif moved:  # only its end
        first, last = _day(row.now.get(start)), _day(row.was.get(end))
    return News(row_id, title, "moved" if start in changed else "changed", tuple(sentences), by, first, last)


def _moved(changed: Mapping[str, tuple[Any, Any]], start: str, end: str) -> list[str]:
    if start in changed:
        was, now = map(_day, changed[start])
        if was and now:
            days = (now - was).days
            count = words.counted(abs(days), "day")
            return [f"moved from {words.day(was)} to {words.day(now)}, {count} {'later' if days > 0 else 'earlier'}"]
        return [f"planned for {words.day(now)}"] if now else [f"no longer scheduled; it stood on {words.day(was)}"]
    if end in changed and changed[end][1]:
        return [f"now until {words.day(_day(changed[end][1]))}"]
    return []


def _edited(changed: Mapping[str, tuple[Any, Any]], columns: Mapping[str, Column], said: set[str]) -> list[str]:
    sentences, others = [], []
    for name, (was, now) in changed.items():
        if name in said:
            continue
        if name == "title":
            sentences.append(f"was called «{was}»")
        elif name == "certainty":
            low = str(now).lower() if now in (Certainty.HELD, Certainty.CANCELLED) else f"now {str(now).lower()}"
            sentences.append(f"{low}, was {str(was).lower()}")
        elif name == "moved_because":
            sentences.append(f"because: {_short(now)}" if now else "why it moved is no longer said")
        elif name == "merged_from":
            sentences.append("took in another meeting")
        elif name in columns and now and len(str(now)) <= _SHORT:
            sentences.append(f"{columns[name].label.lower()}: {_short(shown(now))}")
        elif name in columns:
            others.append(columns[name].label.lower())
    if others:
        sentences.append(f"{', '.join(others)} changed")
    return sentences


def _of_parts(parts: Sequence[_Row]) -> list[str]:
    sentences = []
    came, went, other = _counted(parts, "invitation")
    sentences += [f"{came} more invited"] if came else []
    sentences += [f"{went} no longer invited"] if went else []
    sentences += ["who comes as what changed"] if other and not (came or went) else []
    if any(_counted(parts, "agenda_block")):
        sentences.append("agenda changed")
    tasks = [row for row in parts if row.subject == "preparation"]
    done = sum(row.exists and bool(row.changed.get("done_on", (None, None))[1]) for row in tasks)
    came, went, other = _counted(parts, "preparation")
    sentences += [f"{words.counted(came, 'task')} more"] if came else []
    sentences += [f"{words.counted(done, 'task')} done"] if done else []
    sentences += ["tasks changed"] if went or other > done else []
    if any(_counted(parts, "contribution")):
        sentences.append("milestones it prepares changed")
    return sentences


def _counted(rows: Iterable[_Row], subject: str) -> tuple[int, int, int]:
    """How many rows of a subject are new, gone, and changed."""
    of = [row for row in rows if row.subject == subject]
    return (
        sum(row.exists and not row.existed for row in of),
        sum(row.existed and not row.exists for row in of),
        sum(row.existed and row.exists and bool(row.changed) for row in of),
    )


def _of_case_study(rows: Iterable[_Row]) -> list[News]:
    rows = list(rows)
    found = []
    own = next((row for row in rows if row.subject == "case_study" and row.existed), None)
    if own is not None:
        sentences = []
        for name, (_, now) in own.changed.items():
            if name in CASE_STUDY:
                day = _day(now) if CASE_STUDY[name].shape == "day" else None
                text = words.day(day) if day else _short(now) if now else "not set"
                sentences.append(f"{CASE_STUDY[name].label.lower()}: {text}")
        if sentences:
            found.append(News("", "Case study", "changed", tuple(sentences), tuple(filter(None, own.by))))
    for subject, title in (("stakeholder", "Stakeholders"), ("relation", "Ties")):
        counts = zip(("new", "deleted", "changed"), _counted(rows, subject), strict=True)
        sentences = [f"{count} {word}" for word, count in counts if count]
        if sentences:
            by = tuple(dict.fromkeys(name for row in rows if row.subject == subject for name in row.by if name))
            found.append(News("", title, "changed", (", ".join(sentences),), by))
    return found


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _short(value: object) -> str:
    return words.shortened(str(value), _SHORT)

"""What belongs to a meeting as cells of a table: agenda, tasks, who comes as what, milestones and series.

A block or task is a line of its cell, its parts separated by semicolons: «30; Welcome; Round; Kim; Flip chart». A part
with a semicolon or quotation marks in it stands in quotation marks, as in any CSV file.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from copdash.errors import Invalid
from copdash.exchange import words
from copdash.exchange.names import Names, cell
from copdash.fields import AGENDA, PREPARATION, Column, plain
from copdash.models import AgendaBlock, Part, Preparation

LABELS: Mapping[str, str] = {
    "invited": "Invited",
    "attended": "Came",
    "parts": "Come as (part: name)",
    "agenda": "Agenda (minutes; activity; method; lead; material)",
    "tasks": "Tasks (task; owner; due; done on)",
    "prepares": "Prepares milestones",
    "series_id": "Series",
}
"""The headings of what a meeting has beside its own fields."""

COLUMNS: Mapping[str, Column] = {name: Column(name, label, "note") for name, label in LABELS.items()}

LONGEST_CELL = 32_767
"""Signs that a cell of a workbook can hold."""

_SERIES = uuid.UUID("2d0bb0a6-31c3-4d6e-8a8b-7e0f6f1f3f55")
_BLOCK, _TASK = tuple(AGENDA), tuple(PREPARATION)

Lines = tuple[tuple[Any, ...], ...]
"""Blocks or tasks: the values of each, in the order of `AGENDA` or `PREPARATION`."""


# ---- out ------------------------------------------------------------------------------------------------------------


def blocks_of(blocks: Sequence[AgendaBlock]) -> Lines:
    """The blocks of an agenda as an import has them."""
    return tuple(tuple(getattr(block, name) for name in _BLOCK) for block in blocks)


def tasks_of(tasks: Sequence[Preparation]) -> Lines:
    """Tasks as an import has them."""
    return tuple(tuple(getattr(task, name) for name in _TASK) for task in tasks)


def written(lines: Lines) -> str:
    """Blocks or tasks as one cell; empty where they are too long for one, which an import leaves as it is."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    for values in lines:
        given = [str(plain(value)) if value is not None else "" for value in values]
        while len(given) > 1 and not given[-1]:
            given.pop()
        writer.writerow(given)
    found = (
        text.getvalue().strip("\n").replace(";", "; ") if '"' not in text.getvalue() else text.getvalue().strip("\n")
    )
    return found if len(found) < LONGEST_CELL else ""


def parts_cell(roles: Mapping[uuid.UUID, str], label: Callable[[uuid.UUID], str]) -> str:
    """Who comes as something else than a participant, a line each: «Speaker: Province»."""
    others = [(who, role) for who, role in roles.items() if role != Part.PARTICIPANT]
    return cell([f"{role}: {label(who)}" for who, role in others])


def milestone_names(milestones: Sequence[Mapping[str, Any]]) -> Names:
    """Finds a milestone by its title, with the day behind it where several have that title."""
    return Names({"id": one["id"], "name": one["title"], "organisation": plain(one["due_on"])} for one in milestones)


# ---- in -------------------------------------------------------------------------------------------------------------


def agenda(text: str) -> Lines:
    """The blocks in a cell; a line without minutes in front is an activity. Raises `Invalid` with the line's number."""

    def block(given: list[str]) -> Mapping[str, object]:
        if not given[0].isdigit():
            given.insert(0, "0")
        return {"activity": "", **dict(zip(_BLOCK, given, strict=False))}

    return _lines(text, AGENDA, block)


def tasks(text: str) -> Lines:
    """The tasks in a cell. Raises `Invalid` with the line's number."""

    def task(given: list[str]) -> Mapping[str, object]:
        values: dict[str, object] = {
            "owner": "",
            "due_on": None,
            "done_on": None,
            **dict(zip(_TASK, given, strict=False)),
        }
        for name in ("due_on", "done_on"):
            day = words.day(str(values[name] or ""))
            if day is words.NOT_UNDERSTOOD:
                raise Invalid(f"{PREPARATION[name].label}: “{values[name]}” is not a day such as 2021-09-15.")
            values[name] = day
        return values

    return _lines(text, PREPARATION, task)


def _lines(text: str, columns: Mapping[str, Column], read: Callable[[list[str]], Mapping[str, object]]) -> Lines:
    found = []
    for number, cells in enumerate(_split(text), start=1):
        given = [words.line(one) for one in cells]
        if not any(given):
            continue
        if len(given) > len(columns):
            raise Invalid(f"line {number} has more than {len(columns)} parts")
        try:
            values = read(given)
            blank = {name: "" for name in columns if columns[name].shape == "text"}
            found.append(tuple(column.clean({**blank, **values}.get(name)) for name, column in columns.items()))
        except Invalid as problem:
            raise Invalid(f"line {number}: {problem}") from None
    return tuple(found)


def _split(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";", skipinitialspace=True))
    except csv.Error:
        raise Invalid("it is not in parts with semicolons between them") from None


def parts(text: str, guests: Names) -> dict[uuid.UUID, str]:
    """Who comes as what. Raises `Invalid` for a part or a name that is not known."""
    found: dict[uuid.UUID, str] = {}
    for row in _split(text):
        for one in filter(None, (words.line(given) for given in row)):
            part, _, name = one.partition(":")
            known = next((word for word in Part.values() if word.casefold() == part.strip().casefold()), None)
            who = guests.meant(words.line(name)) if known else None
            if known is None or who is None:
                raise Invalid(f"“{one[:60]}” is not a part and a name such as “Speaker: Province”")
            found[who["id"]] = known
    return found


def series(text: str) -> uuid.UUID:
    """The series that a cell names: by its id, as an export writes it, or by any word, which is always the same one."""
    word = words.key(text)
    try:
        return uuid.UUID(word)
    except ValueError:
        return uuid.uuid5(_SERIES, word)

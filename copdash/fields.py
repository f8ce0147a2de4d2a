"""The columns a person sees, with their labels and rules: one description for table, card, form, import and export.

A rule takes what a person or a file gave, and returns the value to store or raises `Invalid`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from copdash import models, words
from copdash.errors import Invalid

LONGEST_TEXT = 5_000
LONGEST_NOTE = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufeff]")

Shape = Literal["text", "note", "choice", "rating", "day", "strength", "flag", "minutes", "clock"]


@dataclass(frozen=True)
class Column:
    """One column: its name in the store and on the wire, its label on screen and in files, and its rule.

    `section` is the part of a card under which the field stands.
    """

    name: str
    label: str
    shape: Shape = "text"
    choices: type[models.Choice] | None = None
    required: bool = False
    section: str = ""

    def clean(self, value: object) -> Any:
        """The value to store; raises `Invalid` with a sentence that names the column."""
        return _CLEANERS[self.shape](self, value)


def _text(column: Column, value: object) -> str:
    if value is not None and not isinstance(value, str | int | float):
        raise Invalid(f"{column.label}: that is not text.")
    longest = LONGEST_NOTE if column.shape == "note" else LONGEST_TEXT
    text = unicodedata.normalize("NFC", "" if value is None else str(value)).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text.encode("utf-8", "ignore").decode("utf-8"))
    text = text.strip() if column.shape == "note" else " ".join(text.split())
    if len(text) > longest:
        raise Invalid(f"{column.label}: {len(text):,} characters are too many; shorten it to {longest:,}.")
    if column.required and not text:
        raise Invalid(f"{column.label}: type something, it cannot be empty.")
    return text


def _choice(column: Column, value: object) -> str:
    text = _text(column, value)
    if column.choices is None:
        return text
    for known in column.choices.values():
        if text.casefold() == known.casefold():
            return known
    if text or column.required:
        raise Invalid(f"{column.label}: choose one of {', '.join(column.choices.values())}.")
    return ""


def _rating(column: Column, value: object) -> float | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        number = float(value.replace(",", ".")) if isinstance(value, str) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise Invalid(f"{column.label}: give a number from 0 to 10, or leave it empty.") from None
    if isinstance(value, bool) or not math.isfinite(number) or not 0 <= number <= 10:
        raise Invalid(f"{column.label}: give a number from 0 to 10, or leave it empty.")
    return round(number, 2) + 0.0


def _day(column: Column, value: object) -> dt.date | None:
    if value is None or value == "":
        if column.required:
            raise Invalid(f"{column.label}: choose a date.")
        return None
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date | str):
        raise Invalid(f"{column.label}: give a date such as 2021-09-15.")
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
    except ValueError:
        raise Invalid(f"{column.label}: give a date such as 2021-09-15.") from None
    if not 1900 <= day.year <= 2200:
        raise Invalid(f"{column.label}: the year {day.year} is out of range; give one from 1900 to 2200.")
    return day


def _strength(column: Column, value: object) -> int:
    if isinstance(value, bool) or str(value) not in {"1", "2", "3", "1.0", "2.0", "3.0"}:
        raise Invalid(f"{column.label}: choose 1, 2 or 3.")
    return int(float(str(value)))


def _minutes(column: Column, value: object) -> int:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = -1.0
    if isinstance(value, bool) or number != int(number if math.isfinite(number) else -1) or not 0 <= number <= 1440:
        raise Invalid(f"{column.label}: give whole minutes from 0 to 1440, a day.")
    return int(number)


def _clock(column: Column, value: object) -> str:
    text = _text(column, value)
    found = re.fullmatch(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?", text)
    if text and (found is None or int(found[1]) > 23 or int(found[2]) > 59):
        raise Invalid(f"{column.label}: give a time such as 09:30.")
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def _flag(column: Column, value: object) -> bool:
    if not isinstance(value, bool):
        raise Invalid(f"{column.label}: say yes or no.")
    return value


_CLEANERS: dict[Shape, Callable[[Column, object], Any]] = {
    "text": _text,
    "note": _text,
    "choice": _choice,
    "rating": _rating,
    "day": _day,
    "strength": _strength,
    "flag": _flag,
    "minutes": _minutes,
    "clock": _clock,
}


def _columns(*columns: Column) -> Mapping[str, Column]:
    return {column.name: column for column in columns}


CASE_STUDY = _columns(
    Column("title", "Title", required=True),
    Column("place", "Place"),
    Column("country", "Country"),
    Column("time_zone", "Time zone", required=True),
    Column("starts_on", "Start", "day"),
    Column("ends_on", "End", "day"),
    Column("launch_from", "Launch window from", "day"),
    Column("launch_until", "Launch window until", "day"),
    Column("technologies", "Technologies", "note"),
    Column("as_of", "As-of date", "day"),
    Column("quadrant_names", "Quadrant names", "choice", models.QuadrantNames, required=True),
    Column("axes", "Axes of the grid", "choice", models.Axes, required=True),
)

WHO, STANDING, MEMBERSHIP, NOTES = "Who", "Where they stand", "Membership", "Notes"

FIELDS_SHOWN = _columns(Column("hidden_fields", "Hidden fields"), Column("labels", "Labels of fields", "note"))
"""How a case study shows the fields of its stakeholders; `copdash.register` reads and writes these two."""

STAKEHOLDER = _columns(
    Column("name", "Name", required=True, section=WHO),
    Column("kind", "Kind", "choice", models.Kind, section=WHO),
    Column("organisation", "Organisation", section=WHO),
    Column("role", "Role", section=WHO),
    Column("group", "Group", "choice", models.Group, section=WHO),
    Column("helix", "Helix", "choice", models.Helix, section=WHO),
    Column("scale", "Scale", "choice", models.Scale, section=WHO),
    Column("country", "Country", section=WHO),
    Column("language", "Language", section=WHO),
    Column("themes", "Themes", section=WHO),
    Column("expertise", "Expertise", section=WHO),
    Column("stake", "Stake", "note", section=STANDING),
    Column("expectations", "Expectations", "note", section=STANDING),
    Column("needs", "What we need from them", "note", section=STANDING),
    Column("power", "Power", "rating", section=STANDING),
    Column("interest", "Interest", "rating", section=STANDING),
    Column("legitimacy", "Legitimacy", "rating", section=STANDING),
    Column("urgency", "Urgency", "rating", section=STANDING),
    Column("confidence", "Confidence", "choice", models.Confidence, section=STANDING),
    Column("attitude", "Attitude now", "choice", models.Attitude, section=STANDING),
    Column("attitude_wanted", "Attitude wanted", "choice", models.Attitude, section=STANDING),
    Column("membership", "Membership", "choice", models.Membership, section=MEMBERSHIP),
    Column("owner", "Owner", section=MEMBERSHIP),
    Column("rationale", "Rationale", "note", section=NOTES),
    Column("source", "Source", section=NOTES),
    Column("notes", "Notes", "note", section=NOTES),
)

AXES = {name: STAKEHOLDER[name].label for name in ("power", "interest")}
"""What the axes of the grid are called where a case study has no names of its own."""

RELATION = _columns(
    Column("type", "Type", "choice", models.RelationType, required=True),
    Column("directed", "Directed", "flag"),
    Column("strength", "Strength", "strength"),
    Column("status", "Status", "choice", models.TieStatus, required=True),
    Column("evidence", "Evidence", "note"),
    Column("since", "Since", "day"),
    Column("until", "Until", "day"),
)

MEETING = _columns(
    Column("title", "Title", required=True),
    Column("kind", "Kind", "choice", models.MeetingKind, required=True),
    Column("theme", "Theme"),
    Column("starts_on", "Start", "day"),
    Column("ends_on", "End", "day"),
    Column("certainty", "Certainty", "choice", models.Certainty, required=True),
    Column("format", "Format", "choice", models.Format),
    Column("place", "Place"),
    Column("link", "Online link"),
    Column("language", "Language"),
    Column("moderator", "Moderator"),
    Column("organiser", "Organiser"),
    Column("note_taker", "Note-taker"),
    Column("goals", "Goals", "note"),
    Column("questions", "Questions", "note"),
    Column("expected_outcomes", "Expected outcomes", "note"),
    Column("day_starts_at", "Begins at", "clock"),
    Column("evaluation", "Evaluation method"),
    Column("follow_up", "Follow-up", "note"),
    Column("moved_because", "Moved because", "note"),
)

AGENDA = _columns(
    Column("minutes", "Minutes", "minutes"),
    Column("activity", "Activity", required=True),
    Column("method", "Method"),
    Column("lead", "Lead"),
    Column("material", "Material"),
)

PREPARATION = _columns(
    Column("title", "Task", required=True),
    Column("owner", "Owner"),
    Column("due_on", "Due", "day"),
    Column("done_on", "Done on", "day"),
)

INVITATION = _columns(
    Column("role", "Comes as", "choice", models.Part, required=True),
    Column("attended", "Came", "flag"),
)

BASELINE = _columns(
    Column("title", "Title", required=True),
    Column("agreed_at", "Agreed at"),
)

COMPARISON = _columns(
    Column("other_name", "Compared with"),
    Column("verdict", "Decided", "choice", models.Verdict, required=True),
)

COMMENT = _columns(
    Column("about", "About", "choice", models.About, required=True),
    Column("about_key", "About what"),
    Column("text", "Comment", "note", required=True),
    Column("state", "State", "choice", models.ThreadState),
    Column("author_name", "Author"),
    Column("author_role", "Author's role"),
    Column("written_at", "Written at"),
)

MILESTONE = _columns(
    Column("title", "Title", required=True),
    Column("kind", "Kind", "choice", models.MilestoneKind, required=True),
    Column("due_on", "Date", "day", required=True),
)

CALL = _columns(Column("people", "Who spoke"))

NOTE = _columns(
    Column("text", "Note", "note", required=True),
    Column("author_name", "Written by"),
)

VERSION = _columns(
    Column("title", "Name", required=True),
    Column("occasion", "Occasion"),
)

ACTION = _columns(
    Column("title", "Action", required=True),
    Column("owner", "Owner"),
    Column("due_on", "Due", "day"),
    Column("done_on", "Done", "day"),
)


def clean(columns: Mapping[str, Column], values: Mapping[str, object]) -> dict[str, Any]:
    """Each value by the rule of its column; raises `Invalid`, also for a column that does not exist."""
    unknown = set(values) - set(columns)
    if unknown:
        raise Invalid(f"There is no field called {', '.join(sorted(unknown))}.")
    return {name: columns[name].clean(value) for name, value in values.items()}


def plain(value: Any) -> Any:
    """A stored value as JSON knows it: dates as ISO text, UUIDs as text."""
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def shown(value: Any) -> str:
    """A value in words, for a sentence or the history; days also where they come as ISO text."""
    if value is None or value == "":
        return "not set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return words.day(value)
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return words.day(dt.date.fromisoformat(value))
        except ValueError:
            return value
    return f"{value:g}" if isinstance(value, float) else str(value)

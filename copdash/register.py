"""How a case study shows the fields of its stakeholders: which ones, and what it calls them.

What is hidden keeps its values, and files keep all fields. Name, power and interest are always there.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from copdash import history, rows
from copdash.errors import ChangedElsewhere, Invalid
from copdash.fields import AXES, FIELDS_SHOWN, STAKEHOLDER, Column, clean
from copdash.models import CaseStudy
from copdash.roles import EDITORS
from copdash.verbs import verb

ALWAYS = frozenset({"name", "power", "interest"})
"""Fields that cannot be hidden: without them there is no list and no grid."""

LONGEST = 60
"""Characters a label may have."""


def hidden(case_study: CaseStudy) -> set[str]:
    """The names of the fields that are not shown."""
    named = {name.strip() for name in case_study.hidden_fields.split(";")}
    return (named & set(STAKEHOLDER)) - ALWAYS


def labels(case_study: CaseStudy) -> dict[str, str]:
    """What this case study calls the fields that it renamed, by the names of the fields."""
    found: dict[str, str] = {}
    for line in case_study.labels.splitlines():
        name, _, label = line.partition("=")
        if name in STAKEHOLDER and label.strip() and not _taken(name, label, found):
            found[name] = label.strip()[:LONGEST]
    return found


def all_columns(case_study: CaseStudy) -> dict[str, Column]:
    """All fields with the labels of this case study, hidden ones too."""
    renamed = labels(case_study)
    return {name: replace(column, label=renamed.get(name, column.label)) for name, column in STAKEHOLDER.items()}


def axes(case_study: CaseStudy) -> dict[str, str]:
    """What this case study calls the two axes of its grid: of «power» and «interest»."""
    renamed = labels(case_study)
    return {name: renamed.get(name, label) for name, label in AXES.items()}


def columns(case_study: CaseStudy) -> dict[str, Column]:
    """The fields that are shown, with the labels of this case study."""
    away = hidden(case_study)
    return {name: column for name, column in all_columns(case_study).items() if name not in away}


@verb(EDITORS, "field_shown")
def show(session: Session, case_study_id: uuid.UUID, field: str, *, shown: bool) -> None:
    """Show a field of stakeholders to everybody, or hide it; its values stay. Raises `Invalid`."""
    row = rows.find(session, CaseStudy, case_study_id)
    column = _column(field)
    away = hidden(row)
    if not shown and field in ALWAYS:
        raise Invalid(f"{column.label} cannot be hidden: list and grid need it.")
    if shown == (field not in away):
        return
    away = away - {field} if shown else away | {field}
    row.hidden_fields = "; ".join(name for name in STAKEHOLDER if name in away)
    history.tell(session, f"{'Showed' if shown else 'Hid'} the field {column.label}")


@verb(EDITORS, "field_renamed")
def rename(session: Session, case_study_id: uuid.UUID, field: str, *, label: str, seen: str) -> None:
    """Call a field of stakeholders something else here; the empty text gives it its own name back.

    Raises `Invalid` for a label that another field has, `ChangedElsewhere` if somebody renamed it meanwhile.
    """
    row = rows.find(session, CaseStudy, case_study_id)
    column = _column(field)
    renamed = labels(row)
    now = renamed.pop(field, "")
    wanted = str(clean(FIELDS_SHOWN, {"hidden_fields": label})["hidden_fields"])
    wanted = "" if wanted == column.label else wanted
    if now not in (seen, wanted):
        raise ChangedElsewhere(
            f"{column.label} was renamed meanwhile by {history.last_author(session, row.id, 'labels')}: "
            f"now it is called {now or column.label}. Nothing was overwritten."
        )
    if len(wanted) > LONGEST:
        raise Invalid(f"{column.label}: this label is too long; shorten it to {LONGEST} characters.")
    if wanted and (other := _taken(field, wanted, renamed)):
        raise Invalid(f"{wanted} is the name of another field ({other}); choose another label.")
    if now == wanted:
        return
    if wanted:
        renamed[field] = wanted
    row.labels = "\n".join(f"{name}={renamed[name]}" for name in STAKEHOLDER if name in renamed)
    history.tell(session, f"Renamed the field {column.label} to {wanted or column.label}")


def _column(field: str) -> Column:
    if field not in STAKEHOLDER:
        raise Invalid(f"There is no field called {field}.")
    return STAKEHOLDER[field]


def _taken(field: str, label: str, renamed: Mapping[str, str]) -> str:
    """The standard label of the other field that is called so, here or by itself; empty where there is none."""
    wanted = label.strip().casefold()
    for name, column in STAKEHOLDER.items():
        names = {column.label.casefold(), name, renamed.get(name, "").casefold()}
        if name != field and wanted in names:
            return column.label
    return ""

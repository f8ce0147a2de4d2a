"""People and the organisations they belong to: a person's organisation is the name of one, as names are folded."""

from __future__ import annotations

from collections.abc import Sequence

from copdash import words
from copdash.models import Kind, Stakeholder


def people_of(organisation: Stakeholder, rows: Sequence[Stakeholder]) -> list[Stakeholder]:
    """Those who belong to this organisation, in the order of the list; nobody belongs to a person."""
    if organisation.kind == Kind.PERSON:
        return []
    name = words.folded(organisation.name)
    return [row for row in rows if row.id != organisation.id and words.folded(row.organisation) == name]


def organisation_of(row: Stakeholder, rows: Sequence[Stakeholder]) -> Stakeholder | None:
    """The organisation of the list to which this one belongs; None where it is not in the list."""
    if not row.organisation:
        return None
    name = words.folded(row.organisation)
    there = [
        other for other in rows if other.id != row.id and other.kind != Kind.PERSON and words.folded(other.name) == name
    ]
    return next((other for other in there if other.kind == Kind.ORGANISATION), there[0] if there else None)

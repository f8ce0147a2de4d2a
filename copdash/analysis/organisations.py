"""People and the organisations they belong to: a person's organisation is the name of one, whatever its upper case."""

from __future__ import annotations

from collections.abc import Sequence

from copdash.models import Kind, Stakeholder


def people_of(organisation: Stakeholder, rows: Sequence[Stakeholder]) -> list[Stakeholder]:
    """Those who belong to this organisation, in the order of the list; nobody belongs to a person."""
    if organisation.kind == Kind.PERSON:
        return []
    return [row for row in rows if row.id != organisation.id and _key(row.organisation) == _key(organisation.name)]


def organisation_of(row: Stakeholder, rows: Sequence[Stakeholder]) -> Stakeholder | None:
    """The organisation of the list to which this one belongs; None where it is not in the list."""
    if not row.organisation:
        return None
    there = [
        other
        for other in rows
        if other.id != row.id and other.kind != Kind.PERSON and _key(other.name) == _key(row.organisation)
    ]
    return next((other for other in there if other.kind == Kind.ORGANISATION), there[0] if there else None)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())

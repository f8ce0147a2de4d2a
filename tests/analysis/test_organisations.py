"""Who belongs to which organisation."""

from __future__ import annotations

from copdash.analysis import organisations
from copdash.models import Kind, Stakeholder


def row(name: str, organisation: str = "", kind: Kind | str = "") -> Stakeholder:
    return Stakeholder(name=name, organisation=organisation, kind=str(kind))


BOARD = row("Water board", kind=Kind.ORGANISATION)
ANNA = row("Anna", "water  BOARD", Kind.PERSON)
BRAM = row("Bram", "Water board", Kind.PERSON)
CLARA = row("Clara", "City council", Kind.PERSON)
ALL = [ANNA, BOARD, CLARA, BRAM]


def test_an_organisation_has_its_people_in_the_order_of_the_list() -> None:
    assert organisations.people_of(BOARD, ALL) == [ANNA, BRAM]
    assert organisations.people_of(ANNA, [*ALL, row("Dirk", "Anna")]) == []


def test_a_person_has_its_organisation_where_that_is_in_the_list() -> None:
    assert organisations.organisation_of(ANNA, ALL) is BOARD
    assert organisations.organisation_of(CLARA, ALL) is None
    assert organisations.organisation_of(BOARD, ALL) is None


def test_a_person_of_the_same_name_is_no_organisation() -> None:
    namesake = row("Water board", kind=Kind.PERSON)
    assert organisations.organisation_of(ANNA, [namesake, ANNA]) is None
    assert organisations.organisation_of(ANNA, [namesake, ANNA, BOARD]) is BOARD


def test_an_organisation_is_one_however_its_accents_and_signs_are_typed() -> None:
    home = row("Société de l’eau", kind=Kind.ORGANISATION)
    there = row("Émile", "Societe de l'eau", Kind.PERSON)
    assert organisations.people_of(home, [home, there]) == [there]
    assert organisations.organisation_of(there, [home, there]) is home

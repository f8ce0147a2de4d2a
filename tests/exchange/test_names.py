"""Who a name in a file means, and lists of invited people that come back as they went."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copdash.errors import Invalid
from copdash.exchange import words
from copdash.exchange.names import Names, cell, invited


def stakeholder(name: str, organisation: str = "") -> dict[str, Any]:
    return {"id": uuid.uuid4(), "name": name, "organisation": organisation}


def test_a_name_alone_is_enough_where_nobody_else_has_it() -> None:
    board, director, other = (
        stakeholder("Water board", "Province"),
        stakeholder("Director", "A"),
        stakeholder("Director", "B"),
    )
    names = Names([board, director, other])
    assert names.meant("water  BOARD") is board
    assert (names.label(board), names.label(director)) == ("Water board", "Director (A)")
    assert names.meant("Director (B)") is other
    assert names.meant("Nobody") is None
    with pytest.raises(Invalid, match="its organisation"):
        names.meant("Director")


def test_typographic_twins_are_one_name_and_accents_are_not() -> None:
    board, muller = stakeholder("Syndicat de l’eau – Rhin"), stakeholder("Müller")
    names = Names([board, muller])
    assert names.meant("SYNDICAT de l'eau\u00a0- Rhin") is board
    assert names.meant("Mu\u0308ller") is muller
    assert names.meant("Muller") is None


def test_brackets_in_a_name_or_organisation_are_part_of_it() -> None:
    institute, plain = stakeholder("Ikem (Institute)"), stakeholder("Ikem", "Berlin (Mitte)")
    other = stakeholder("Ikem", "")
    names = Names([institute, plain, other])
    assert names.meant("Ikem (Institute)") is institute
    assert names.meant(names.label(plain)) is plain
    assert names.meant("Ikem") is other


@given(
    st.lists(
        st.text(alphabet="abc;|\"',() \n", max_size=8).map(words.line).filter(bool), max_size=5, unique_by=words.key
    )
)
def test_every_list_of_invited_comes_back_as_it_went(called: list[str]) -> None:
    people = [stakeholder(name) for name in called]
    names = Names(people)
    text = cell([names.label(one) for one in people])
    assert invited(text, names, ()) == (tuple(one["id"] for one in people), [])


@pytest.mark.parametrize("text", ["A; B", "A;B;", "A\nB", "A | B", "A, B", '"A"; B', " ; A ;; b "])
def test_names_may_be_separated_in_several_ways(text: str) -> None:
    people = [stakeholder("A"), stakeholder("B")]
    assert invited(text, Names(people), ())[0] == tuple(one["id"] for one in people)


def test_an_unknown_name_warns_and_takes_nobody_off() -> None:
    first, second = stakeholder("A"), stakeholder("B")
    names = Names([first, second])
    ids, warnings = invited("B; Old name", names, (first["id"],))
    assert ids == (first["id"], second["id"])
    assert warnings == ["“Old name” is not on the list of stakeholders; not invited."]
    assert invited("B", names, (first["id"],)) == ((second["id"],), [])
    assert invited("B; A", names, (first["id"], second["id"]))[0] == (first["id"], second["id"])  # as it was: no change

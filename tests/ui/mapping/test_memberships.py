"""Who is asked for when the CoP is chosen."""

from __future__ import annotations

import pytest

from copdash.models import Stakeholder
from copdash.ui.mapping import memberships

ROWS = [
    Stakeholder(name="Große Mühle", role="Millers’ guild"),
    Stakeholder(name="Anna", organisation="Københavns Energi", role="Engineer"),
    Stakeholder(name="Δήμος Ναυπλιέων"),
]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("grosse muhle", ["Große Mühle"]),
        ("muehle", ["Große Mühle"]),
        ("millers'", ["Große Mühle"]),
        ("engineer kobenhavn", ["Anna"]),
        ("δημος", ["Δήμος Ναυπλιέων"]),
        ("", ["Große Mühle", "Anna", "Δήμος Ναυπλιέων"]),
        ("engineer mill", []),
    ],
)
def test_a_search_finds_whatever_the_keyboard_has(typed: str, names: list[str]) -> None:
    found = memberships.filtered(ROWS, memberships.ALL, memberships.ALL, typed)
    assert [row.name for row in found] == names

"""Salience against the eight cases of Mitchell, Agle and Wood 1997."""

from __future__ import annotations

import math

import pytest

from copdash.analysis import saliences
from copdash.errors import Invalid
from copdash.models import Stakeholder


@pytest.mark.parametrize(
    ("power", "legitimacy", "urgency", "name"),
    [
        (8, 2, 1, "Dormant"),
        (1, 7, 0, "Discretionary"),
        (2, 3, 9, "Demanding"),
        (6, 6, 4.9, "Dominant"),
        (5, 4.99, 5, "Dangerous"),
        (4, 5, 10, "Dependent"),
        (5, 5, 5, "Definitive"),
        (0, 0, 4.9, "Non-stakeholder"),
    ],
)
def test_each_mix_of_attributes_has_its_class_and_5_has_the_attribute(
    power: float, legitimacy: float, urgency: float, name: str
) -> None:
    assert saliences.salience(power, legitimacy, urgency) == name


def test_whoever_lacks_a_rating_is_in_no_class_not_even_the_last() -> None:
    assert saliences.salience(9, 9, None) is None
    assert saliences.salience(0, None, 0) is None
    found = saliences.classes([Stakeholder(name="Bank", power=9.0, legitimacy=9.0), Stakeholder(name="Anglers")])
    assert [row.name for row in found[saliences.NOT_KNOWN]] == ["Bank", "Anglers"]
    assert all(not rows for name, rows in found.items() if name != saliences.NOT_KNOWN)
    assert saliences.missing(found[saliences.NOT_KNOWN][0]) == ["urgency"]


def test_all_eight_are_there_with_a_sentence_each_and_no_two_alike() -> None:
    assert len(saliences.CLASSES) == 8
    assert len({one.attributes for one in saliences.CLASSES.values()}) == 8
    assert all(one.means.endswith(".") for one in saliences.CLASSES.values())


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.1, 10.1])
def test_what_is_no_rating_is_refused(value: float) -> None:
    with pytest.raises(Invalid):
        saliences.salience(5, 5, value)

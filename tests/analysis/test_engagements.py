"""The engagement matrix by a worked example."""

from __future__ import annotations

import pytest

from copdash.analysis import engagements
from copdash.models import Stakeholder


def one(name: str, power: float | None, now: str, wanted: str) -> Stakeholder:
    return Stakeholder(name=name, power=power, attitude=now, attitude_wanted=wanted)


EXAMPLE = [
    one("Anglers", None, "Unaware", "Leading"),
    one("Growers", 3.0, "Resistant", "Supportive"),
    one("Province", 8.0, "Neutral", "Supportive"),
    one("Water board", 8.0, "Unaware", "Neutral"),
    one("Utility", 9.0, "Leading", "Leading"),
    one("Bank", 4.0, "Leading", "Supportive"),
    one("Press", 2.0, "Neutral", ""),
]


@pytest.mark.parametrize(
    ("now", "wanted", "far"),
    [
        ("Unaware", "Leading", 4),
        ("Resistant", "Neutral", 1),
        ("Supportive", "Supportive", 0),
        ("Leading", "Neutral", -2),
        ("", "Leading", None),
        ("Neutral", "", None),
    ],
)
def test_a_gap_is_counted_in_steps(now: str, wanted: str, far: int | None) -> None:
    assert engagements.steps(now, wanted) == far


def test_whom_to_win_comes_by_power_then_by_the_width_of_the_gap_and_unrated_power_last() -> None:
    found = [(gap.row.name, gap.now, gap.wanted, gap.steps) for gap in engagements.gaps(EXAMPLE)]
    assert found == [
        ("Water board", "Unaware", "Neutral", 2),
        ("Province", "Neutral", "Supportive", 1),
        ("Growers", "Resistant", "Supportive", 2),
        ("Anglers", "Unaware", "Leading", 4),
    ]


def test_the_matrix_holds_everybody_in_the_same_order() -> None:
    names = [row.name for row in engagements.ordered(EXAMPLE)]
    assert names == ["Utility", "Water board", "Province", "Bank", "Growers", "Press", "Anglers"]


def test_the_counts_of_the_matrix_keep_those_apart_who_are_not_placed() -> None:
    assert engagements.summary(EXAMPLE) == engagements.Summary(reached=1, to_win=4, beyond=1, unplaced=1)
    assert engagements.summary([]) == engagements.Summary(0, 0, 0, 0)

"""The power-interest grid's rules."""

from __future__ import annotations

import pytest

from copdash.analysis import quadrants
from copdash.errors import Invalid
from copdash.models import Axes, Stakeholder


@pytest.mark.parametrize(
    ("power", "interest", "name"),
    [
        (5, 5, "Manage closely"),
        (5, 4.9, "Keep satisfied"),
        (4.9, 5, "Keep informed"),
        (4.9, 4.9, "Monitor"),
        (0, 0, "Monitor"),
        (10, 0, "Keep satisfied"),
        (0, 10, "Keep informed"),
        (10, 10, "Manage closely"),
    ],
)
def test_the_border_belongs_to_the_higher_side(power: float, interest: float, name: str) -> None:
    assert quadrants.quadrant(power, interest) == name


@pytest.mark.parametrize(("power", "interest"), [(None, None), (None, 7), (7, None), (0, None)])
def test_unrated_is_in_no_quadrant(power: float | None, interest: float | None) -> None:
    assert quadrants.quadrant(power, interest) is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1, 10.1])
def test_what_is_no_rating_is_refused_even_beside_an_empty_one(value: float) -> None:
    with pytest.raises(Invalid, match="0 to 10"):
        quadrants.quadrant(value, 5)
    with pytest.raises(Invalid, match="0 to 10"):
        quadrants.quadrant(None, value)


def test_counts_keep_the_unrated_apart() -> None:
    rows = [Stakeholder(power=8, interest=8), Stakeholder(power=8), Stakeholder(), Stakeholder(power=0, interest=0)]
    tally = quadrants.counts(rows)
    assert tally.by_quadrant == {"Keep satisfied": 0, "Manage closely": 1, "Monitor": 1, "Keep informed": 0}
    assert (tally.rated, tally.unrated, tally.total, tally.rated_share) == (2, 2, 4, 0.5)


def test_without_rows_there_is_no_rated_share() -> None:
    assert quadrants.counts([]).rated_share is None


def test_every_label_set_names_all_four_quadrants() -> None:
    for labels in quadrants.LABELS.values():
        assert list(labels) == list(quadrants.QUADRANTS)
        assert len(set(labels.values())) == 4


def test_turned_axes_read_otherwise_from_the_top_left() -> None:
    assert quadrants.from_top_left("Reed", Axes.POWER_UP) == ["Context setters", "Key players", "Crowd", "Subjects"]
    assert quadrants.from_top_left("Reed", Axes.INTEREST_UP) == ["Subjects", "Key players", "Crowd", "Context setters"]
    assert quadrants.from_top_left("Dutch", "") == ["Consulteren", "Betrekken", "Monitoren", "Informeren"]
    assert quadrants.named("of nobody")["Monitor"] == "Monitor"

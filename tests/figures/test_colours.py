"""The table of colours and shapes."""

from __future__ import annotations

import itertools
from typing import Any

import plotly.graph_objects as go
import pytest

from copdash.figures import colours
from copdash.figures.colours import ATTITUDES, GROUPS, LINE, NOT_SET, PAPER, QUIET, TEXT, TIES, Theme
from copdash.models import Attitude, Group, RelationType

THEMES: tuple[Theme, Theme] = ("light", "dark")
VIS_SHAPES = {"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"}


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of #rrggbb."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_group_and_attitude_and_tie_type_has_its_look() -> None:
    assert list(GROUPS) == [*Group.values(), NOT_SET]
    assert list(ATTITUDES) == Attitude.values()
    assert list(TIES) == RelationType.values()


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_stands_out_from_its_paper(theme: Theme) -> None:
    looks: list[Any] = [*GROUPS.values(), *ATTITUDES.values(), *TIES.values()]
    for look in looks:
        assert contrast(look.on(theme), PAPER[theme]) >= 3, look.label
    assert contrast(LINE[theme], PAPER[theme]) >= 3
    assert contrast(QUIET[theme], PAPER[theme]) >= 4.5
    assert contrast(TEXT[theme], PAPER[theme]) >= 7


def test_colour_is_never_the_only_sign_of_a_group() -> None:
    for one, other in itertools.combinations(GROUPS.values(), 2):
        assert (one.shape, one.filled) != (other.shape, other.filled)
        assert one.plotly != other.plotly


def test_colour_is_never_the_only_sign_of_an_attitude_or_a_tie_type() -> None:
    for one, other in itertools.combinations(ATTITUDES.values(), 2):
        assert (one.width, one.dash) != (other.width, other.dash)
    for first, second in itertools.combinations(TIES.values(), 2):
        assert first.dash != second.dash


def test_the_four_industries_share_one_colour() -> None:
    industries = [look for name, look in GROUPS.items() if name.startswith("Industry")]
    assert len(industries) == 4
    assert len({(look.light, look.dark) for look in industries}) == 1


def test_every_shape_exists_in_plotly_in_vis_network_and_as_svg() -> None:
    for look in GROUPS.values():
        go.Scatter(marker={"symbol": look.plotly})
        assert look.vis in VIS_SHAPES
        assert look.shape == "circle" or len(colours.points(look.shape)) >= 3
        assert colours.svg_mark(look, "light").startswith("<svg")


def test_no_group_and_an_unknown_group_look_not_set() -> None:
    assert colours.of_group("") is colours.of_group(None) is colours.of_group("Aliens") is GROUPS[NOT_SET]
    assert colours.of_group(Group.UTILITIES) is GROUPS["Utilities"]
    assert colours.of_attitude("") is None
    assert colours.of_tie("Gossip") is TIES["Information"]


def test_the_table_for_boards_holds_plain_values() -> None:
    row = colours.table("dark")["Utilities"]
    assert row == {"colour": "#56b4e9", "shape": "circle", "filled": True, "points": []}

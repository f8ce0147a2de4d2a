"""The bars of who is there and who is missing."""

from __future__ import annotations

from typing import Any

import pytest

from copdash.analysis import compositions
from copdash.analysis.compositions import EXPECTED
from copdash.figures import compositions as figures
from copdash.figures.colours import Theme
from copdash.models import Stakeholder


def drawn(dimension: str, theme: Theme = "light", *, elsewhere: bool = True) -> dict[str, Any]:
    rows = [
        Stakeholder(name="a", group="Utilities", helix="Industry", scale="Local", membership="Core"),
        Stakeholder(name="b", group="Regulators", helix="Government", scale="Local"),
        Stakeholder(name="c"),
    ]
    listed = compositions.composed(rows, dimension)
    members = compositions.composed(compositions.members(rows), dimension)
    others = compositions.spreads([listed] if elsewhere else [])
    figure: dict[str, Any] = figures.bars(members, listed, others, theme=theme).to_plotly_json()
    return figure


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("dimension", list(EXPECTED))
def test_every_expected_value_has_a_row_in_both_bars(dimension: str, theme: Theme) -> None:
    figure = drawn(dimension, theme)
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    assert [bar["name"] for bar in bars] == ["CoP members", "Whole list"]
    for bar in bars:
        assert len(bar["x"]) == len(bar["y"]) == len(EXPECTED[dimension])
    ticks = [tick.replace("<br>", " ") for tick in figure["layout"]["yaxis"]["ticktext"]]
    assert ticks == EXPECTED[dimension]


def test_a_zero_is_a_word_and_shares_are_of_those_that_are_known() -> None:
    members, listed = drawn("group")["data"][:2]
    at = EXPECTED["group"].index("Utilities")
    assert (members["x"][at], members["text"][at]) == (100, "1 · 100 %")
    assert (listed["x"][at], listed["text"][at]) == (50, "1 · 50 %")
    assert [text for i, text in enumerate(members["text"]) if i != at] == ["<b>nobody</b>"] * 10


def test_nextgens_shares_stand_beside_its_sectors_only() -> None:
    named = {dimension: [trace.get("name") for trace in drawn(dimension)["data"]] for dimension in EXPECTED}
    assert [dimension for dimension, names in named.items() if figures.THERE in names] == ["sector"]
    (diamonds,) = (trace for trace in drawn("sector")["data"] if trace.get("name") == figures.THERE)
    assert sorted(diamonds["x"]) == pytest.approx([9, 11, 15, 21, 22, 22])


def test_without_other_case_studies_there_is_no_range_and_no_legend_for_it() -> None:
    assert len(drawn("helix", elsewhere=False)["data"]) == 2
    nobody = compositions.composed([], "helix")
    assert figures.ELSEWHERE not in figures.legend(nobody, elsewhere=False, theme="light")
    assert figures.ELSEWHERE in figures.legend(nobody, elsewhere=True, theme="dark")


def test_the_picture_is_said_in_words_too() -> None:
    nobody = compositions.composed([], "scale")
    assert "National: 0 in the CoP, 0 on the list" in figures.alternative(nobody, nobody)
    assert figures.bars(nobody, nobody, {}).layout.height > 0

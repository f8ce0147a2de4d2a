"""Attitude against power: what is drawn, where, and that nobody hides another."""

from __future__ import annotations

import itertools
from typing import Any

from copdash.figures import attitudes
from copdash.models import Stakeholder


def one(name: str, power: float | None, attitude: str = "", **more: Any) -> Stakeholder:
    return Stakeholder(name=name, power=power, attitude=attitude, **more)


def test_columns_stand_in_the_order_of_the_attitudes_and_who_has_none_is_not_neutral() -> None:
    assert attitudes.COLUMNS == ("Not set", "Unaware", "Resistant", "Neutral", "Supportive", "Leading")
    assert attitudes.spread([one("A", 5.0), one("B", 5.0, "Leading"), one("C", 5.0, "Neutral")]) == [0, 5, 3]


def test_who_has_no_power_rating_is_not_drawn_at_zero() -> None:
    figure = attitudes.attitudes([one("A", None, "Leading"), one("B", 0.0, "Leading")])
    assert [list(trace.y) for trace in figure.data] == [[0.0]]


def test_dots_of_one_place_step_aside_and_the_picture_is_the_same_each_time() -> None:
    rows = [one(f"Stakeholder {n}", 5.0, "Neutral") for n in range(7)]
    places = attitudes.spread(rows)
    assert len(set(places)) == 7
    assert all(2.5 < place < 3.5 for place in places)
    assert attitudes.spread(rows) == places


def test_names_do_not_lie_on_each_other_and_members_of_the_cop_are_named_first() -> None:
    rows = [one(f"Growers {n}", 5.0, "Neutral") for n in range(30)]
    rows.append(one("Water board", 5.0, "Neutral", membership="Core"))
    named = attitudes.names(rows, attitudes.spread(rows))
    assert " Water board " in [text for text, _ in named.values()] or len(named) < 3
    few = [one("Province", 8.0, "Neutral"), one("Bank", 2.0, "Leading")]
    assert [text.strip() for text, _ in attitudes.names(few, attitudes.spread(few)).values()] == ["Province", "Bank"]


def test_a_name_made_of_markup_is_text() -> None:
    figure = attitudes.attitudes([one("<b>Bank</b>", 4.0, "Neutral")])
    texts = itertools.chain.from_iterable((*trace.text, *trace.hovertext) for trace in figure.data)
    assert all("<b>Bank" not in text for text in texts)


def test_an_empty_list_is_an_empty_picture() -> None:
    assert not attitudes.attitudes([]).data

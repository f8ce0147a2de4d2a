"""The map of a version: what it draws, by its data."""

from __future__ import annotations

from typing import Any

from copdash.analysis import movements
from copdash.analysis.quadrants import QUADRANTS
from copdash.figures.versions import NAMED, one_map


def the_map(*people: dict[str, Any]) -> dict[str, Any]:
    return {"stakeholders": [{"group": "", **row} for row in people], "relations": []}


BEFORE = the_map(
    {"id": "a", "name": "Farm <b>", "power": 2, "interest": 3},
    {"id": "b", "name": "Bank", "power": None, "interest": 3},
)
AFTER = the_map(
    {"id": "a", "name": "Farm <b>", "power": 7, "interest": 8},
    {"id": "b", "name": "Bank", "power": None, "interest": 3},
)


def figure(**more: Any) -> Any:
    found = movements.between(BEFORE, AFTER)
    return one_map(AFTER, found, title="Now", quadrants=QUADRANTS, **more)


def test_unrated_stakeholders_are_not_drawn_and_names_are_escaped() -> None:
    dots = figure().data[0]
    assert (list(dots.x), list(dots.y)) == ([8], [7])
    assert dots.text[0].strip() == "Farm &lt;b&gt;"


def test_an_arrow_leads_from_where_it_stood_also_on_turned_axes() -> None:
    (arrow,) = [note for note in figure(arrows=True).layout.annotations if note.showarrow]
    assert (arrow.ax, arrow.ay, arrow.x, arrow.y) == (3, 2, 8, 7)
    (turned,) = [note for note in figure(arrows=True, turned=True).layout.annotations if note.showarrow]
    assert (turned.ax, turned.ay, turned.x, turned.y) == (2, 3, 7, 8)
    assert not [note for note in figure().layout.annotations if note.showarrow]


def test_the_axes_have_the_names_of_the_case_study_as_text() -> None:
    layout = figure(called={"power": "Influence <b>", "interest": "Stake"}).layout
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("Stake →", "Influence &lt;b&gt; →")


def test_no_two_names_stand_on_each_other() -> None:
    crowd = [{"id": str(i), "name": f"Stakeholder {i}", "power": 5 + i / 50, "interest": 5} for i in range(40)]
    found = movements.between(the_map(), the_map(*crowd))
    dots = one_map(the_map(*crowd), found, title="", quadrants=QUADRANTS).data[0]
    assert 0 < sum(bool(text) for text in dots.text) <= NAMED


def test_an_empty_map_has_its_axes() -> None:
    empty = one_map(the_map(), movements.between(the_map(), the_map()), title="", quadrants=QUADRANTS)
    assert list(empty.data[0].x) == []
    assert empty.layout.xaxis.title.text == "Interest →"

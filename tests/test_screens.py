"""Lists of screens that are kept by hand hold every screen of the menu: a new one is not forgotten anywhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from benchmarks import first_visits
from copdash.ui.habits import frame, presentation
from scripts import make_screenshots
from tests.browser import test_accessibility, test_hostile_names

BY_HAND = {
    "accessibility": (test_accessibility.SCREENS, {}),
    "hostile names": (
        test_hostile_names.SCREENS,
        {"help": "holds no words of anybody"},
    ),
    "pictures for the README": (
        list(make_screenshots.SCREENS.values()),
        {"duplicates": "empty in the example", "help": "words alone"},
    ),
    "first visits": (
        [screen.path.removeprefix("/") for screen in first_visits.SCREENS],
        {
            address: "not one of those that speed.md asks for"
            for address in (
                "help composition membership duplicates versions actions one-on-one review roadmaps".split()
            )
        },
    ),
}
"""Each list, and the screens that it leaves out on purpose, with the reason."""


@pytest.mark.parametrize("what", BY_HAND)
def test_a_list_of_screens_holds_all_of_them(what: str) -> None:
    listed, without = BY_HAND[what]
    held = {address.partition("?")[0] for address in listed}
    assert held.isdisjoint(without)
    assert held | set(without) == set(frame.addresses())


def test_what_can_be_presented_or_shown_without_names_is_in_the_menu() -> None:
    scripts = {script for section in frame.PAGES.values() for script, *_ in section}
    assert {*presentation.SCREENS, *presentation.SPOKEN, *presentation.WITHOUT_NAMES} <= scripts


PAGES = Path(__file__).resolve().parent.parent / "pages"
OVER_ALL = {"overview/portfolio.py", "roadmap/roadmaps.py"}
WITHOUT_ROWS = {"overview/help.py"}
OF_THE_FRAME = {
    "st.fragment",
    "st.subheader",
    "st.set_page_config",
    "changes.told",
    "changes.controls",
    "components.live",
    "frame.needed",
    "presentation.bar",
    "presentation.present",
}
"""What draws a part of a frame, and is called by `ui.habits.screens` alone."""


@pytest.mark.parametrize("script", [script for section in frame.PAGES.values() for script, *_ in section])
def test_a_screen_is_framed_in_one_way(script: str) -> None:
    """By a decorator that knows its own file, with one header, and without any part of a frame of its own."""
    tree = ast.parse((PAGES / script).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    framed = {ast.unparse(call) for call in calls if re.fullmatch(r"screens\.\w+", ast.unparse(call.func))}
    kind = "of_all" if script in OVER_ALL else "Place" if script in WITHOUT_ROWS else "of_case_study"
    assert f"screens.{kind}('{script}')" in framed
    assert framed <= {f"screens.{kind}('{script}')", f"screens.Place('{script}')"}
    named = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named |= {
        f"components.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert not named & OF_THE_FRAME
    assert len([call for call in calls if ast.unparse(call.func).endswith(".header")]) == len(framed)

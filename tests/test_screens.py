"""Lists of screens that are kept by hand hold every screen of the menu: a new one is not forgotten anywhere."""

from __future__ import annotations

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

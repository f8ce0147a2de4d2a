"""Beside one's own case study the invented examples are left out of every screen, until one tick brings them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from copdash import case_studies, eyes, stakeholders, store
from copdash.roles import PROGRAM
from copdash.ui.mapping import compositions

Start = Callable[..., AppTest]


@pytest.fixture
def own(example: uuid.UUID) -> uuid.UUID:
    """A case study of one's own beside the nine examples, with a name that one of them has too."""
    with store.writing(PROGRAM, undoable=False) as session:
        mine = case_studies.begin(session, title="Our river").id
    with store.reading(eyes.PROGRAM) as session:
        name = stakeholders.of_case(session, example)[0].name
    with store.writing(PROGRAM, mine, undoable=False) as session:
        stakeholders.add(session, mine, name=name, membership="Core")
    return mine


def compared(test: AppTest) -> bool:
    return "Other case studies, mean" in test.dataframe[0].value


def alike(test: AppTest) -> bool:
    return any("to look at" in one.value for one in test.markdown)


SCREENS: dict[str, tuple[str, str, Callable[[AppTest], Any], Any, Any]] = {
    "portfolio": ("overview/portfolio.py", "portfolio.mixed", lambda test: len(test.dataframe[0].value), 1, 10),
    "roadmaps": (
        "roadmap/roadmaps.py",
        "roadmaps.mixed",
        lambda test: len(test.selectbox(key="roadmaps.open").options),
        1,
        10,
    ),
    "missing voices": (compositions.MISSING, "composition.mixed", compared, False, True),
    "duplicates": (compositions.DUPLICATES, "duplicates.mixed", alike, False, True),
    "beside": (
        "roadmap/meetings.py",
        "meetings.beside.mixed",
        lambda test: len(test.multiselect(key="meetings.beside").options),
        0,
        9,
    ),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_examples_come_with_a_tick_and_go_with_it(started: Start, own: uuid.UUID, screen: str) -> None:
    page, key, seen, without, together = SCREENS[screen]
    test = started(page, own)
    assert not test.exception
    tick = test.checkbox(key=key)
    assert tick.label == "Also invented examples (9)"
    assert tick.value is False
    assert seen(test) == without
    tick.check().run()
    assert not test.exception
    assert seen(test) == together
    test.checkbox(key=key).uncheck().run()
    assert seen(test) == without


@pytest.mark.parametrize("screen", SCREENS)
def test_where_there_are_only_examples_nothing_is_asked(started: Start, example: uuid.UUID, screen: str) -> None:
    page, key, seen, _, together = SCREENS[screen]
    test = started(page, example)
    assert not test.exception
    assert key not in [box.key for box in test.checkbox]
    assert seen(test) in (together, together - 1)


def test_meetings_are_copied_from_an_example_only_where_it_was_asked_for(started: Start, own: uuid.UUID) -> None:
    test = started("roadmap/meetings.py", own)
    test.session_state["meetings.start"] = True
    test.run()
    assert "meetings.start.from" not in [one.key for one in test.selectbox]
    test.checkbox(key="meetings.start.mixed").check().run()
    assert len(test.selectbox(key="meetings.start.from").options) == 9

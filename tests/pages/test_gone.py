"""Somebody else removes or archives the case study that is open: every screen says the same, and where to go."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from copdash import case_studies, examples, store
from copdash.roles import PROGRAM
from copdash.ui.habits import frame

Start = Callable[..., AppTest]
SCREENS = [script for section in frame.PAGES.values() for script, *_ in section]
OVER_ALL = {"overview/portfolio.py", "overview/help.py", "roadmap/roadmaps.py"}
"""Screens that are not about the case study in view; what is archived there is simply not on them."""


def said(test: AppTest) -> list[str]:
    return [one.value for one in test.info if one.value in (frame.GONE, frame.ARCHIVED)]


def ways(test: AppTest) -> list[str]:
    return [one.proto.label for one in test.get("page_link")]


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_says_that_its_case_study_was_removed(started: Start, example: uuid.UUID, screen: str) -> None:
    test = started(screen, example)
    assert said(test) == []
    with store.writing(PROGRAM, undoable=False) as session:
        examples.remove(session)
    test.run()
    assert not test.exception
    assert said(test) == [frame.GONE]
    assert {"Portfolio", "Begin a case study"} <= set(ways(test))


@pytest.mark.parametrize("screen", [one for one in SCREENS if one not in OVER_ALL])
def test_every_screen_says_that_its_case_study_was_archived(started: Start, example: uuid.UUID, screen: str) -> None:
    test = started(screen, example)
    with store.writing(PROGRAM, example, undoable=False) as session:
        case_studies.archive(session, example)
    test.run()
    assert not test.exception
    assert said(test) == [frame.ARCHIVED]
    assert {"Portfolio", "Case study"} <= set(ways(test))
    with store.writing(PROGRAM, example, undoable=False) as session:
        case_studies.archive(session, example, archived=False)
    test.run()
    assert said(test) == []


def test_a_problem_is_said_in_its_sentence_wherever_it_is_raised() -> None:
    def screen() -> None:
        from copdash import server
        from copdash.errors import Invalid

        server.on_script_error(Invalid("Give **it** a name."))

    test = AppTest.from_function(screen).run()
    assert not test.exception
    assert [one.value.replace("\\", "") for one in test.warning] == ["Give **it** a name."]
    assert not test.error


def test_what_is_no_problem_stays_an_incident() -> None:
    def screen() -> None:
        from copdash import server

        server.on_script_error(ZeroDivisionError())

    assert "incident" in AppTest.from_function(screen).run().error[0].value

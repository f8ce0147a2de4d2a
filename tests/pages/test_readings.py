"""The screen «Readings» without a browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from copdash import stakeholders, store
from copdash.roles import PROGRAM

Start = Callable[..., AppTest]
PAGE = "mapping/readings.py"
READINGS = ["Salience", "Engagement", "Attitude and power"]


def choose(test: AppTest, reading: str) -> AppTest:
    test.session_state["reading"] = reading
    test.run()
    assert not test.exception
    return test


@pytest.mark.parametrize("which", ["example", "empty_case", "large_case"])
@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_shows_whatever_the_case_study_holds(
    started: Start, which: str, reading: str, request: pytest.FixtureRequest
) -> None:
    test = choose(started(PAGE, request.getfixturevalue(which)), reading)
    assert [found.value for found in test.subheader] == ["Readings"]


def test_who_is_not_in_the_picture_of_attitude_and_power_is_named(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, empty_case) as session:
        stakeholders.add(session, empty_case, name="Province", power=8, attitude="Neutral")
        session.flush()
        stakeholders.add(session, empty_case, name="Anglers *")
    test = choose(started(PAGE, empty_case), "Attitude and power")
    assert any("(1): Anglers *" in found.value for found in test.text)


def test_an_empty_case_study_says_where_to_begin(started: Start, empty_case: uuid.UUID) -> None:
    assert any("three ways" in found.value for found in started(PAGE, empty_case).markdown)


def test_an_unknown_case_study_is_said_in_a_sentence(started: Start) -> None:
    assert "not in the store" in started(PAGE, uuid.uuid4()).info[0].value

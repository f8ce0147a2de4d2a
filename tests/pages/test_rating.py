"""The screen «Rate together» without a browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Start = Callable[..., AppTest]
PAGE = "mapping/rating.py"


@pytest.mark.parametrize("which", ["example", "empty_case", "large_case"])
def test_the_screen_shows_whatever_the_case_study_holds(
    started: Start, which: str, request: pytest.FixtureRequest
) -> None:
    test = started(PAGE, request.getfixturevalue(which))
    assert not test.exception
    assert [found.value for found in test.subheader] == ["Rate together"]


def test_an_empty_case_study_says_where_to_begin(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    assert any("one after the other" in found.value.lower() for found in test.markdown)


def test_an_unknown_case_study_is_said_in_a_sentence(started: Start) -> None:
    assert "not in the store" in started(PAGE, uuid.uuid4()).info[0].value

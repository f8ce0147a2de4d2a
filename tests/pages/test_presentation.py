"""In the room, without a browser: what the switches show and take away, and what cannot be done behind them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from copdash import baselines, eyes, reviews, stakeholders, store, verbs, versions
from copdash.roles import PROGRAM
from copdash.ui.habits import boards, changes, sessions

Start = Callable[..., AppTest]
GRID, NETWORK, ROADMAP = "mapping/power_interest.py", "mapping/network.py", "roadmap/meetings.py"
PORTFOLIO = "overview/portfolio.py"


def labels(test: AppTest) -> set[str]:
    return {button.label for button in test.button}


def text(test: AppTest) -> str:
    found: list[Any] = [e for kind in ("markdown", "text", "info", "caption") for e in test.get(kind)]
    return " ".join(str(e.value) for e in found)


def hide(test: AppTest, **others: str) -> AppTest:
    for name, value in {"names": "hidden", **others}.items():
        test.query_params[name] = value
    return test.run()


@pytest.mark.parametrize("page", [GRID, NETWORK, ROADMAP])
def test_present_takes_the_editing_away_and_leaves_undo(started: Start, example: uuid.UUID, page: str) -> None:
    test = started(page, example)
    next(button for button in test.button if button.label == "Present").click().run()
    assert not test.exception
    assert "1" in test.query_params["present"]
    assert {"Undo", "Redo", "Hide names", "Leave"} <= labels(test)
    assert not {"Present", "New meeting", "Arrange anew"} & labels(test)
    next(button for button in test.button if button.label == "Leave").click().run()
    assert "present" not in test.query_params
    assert "Present" in labels(test)


@pytest.mark.parametrize("page", [GRID, NETWORK, ROADMAP, PORTFOLIO])
def test_names_hidden_shows_its_own_row_and_outlives_another_page(
    started: Start, example: uuid.UUID, page: str
) -> None:
    test = hide(started(page, example))
    assert not test.exception
    assert "Show names" in labels(test)
    assert not any(label.startswith("Marta") for label in labels(test))
    del test.query_params["names"]
    test.switch_page(GRID).run()
    assert "hidden" in test.query_params["names"]
    next(button for button in test.button if button.label == "Show names").click().run()
    assert "names" not in test.query_params
    assert any(label.startswith("Marta") for label in labels(test))


@pytest.mark.parametrize("page", ["mapping/stakeholders.py", "sharing/files.py", "overview/case_study.py"])
def test_a_page_that_would_show_names_shows_nothing(started: Start, example: uuid.UUID, page: str) -> None:
    test = hide(started(page, example))
    assert not test.exception
    assert "Names are hidden" in text(test)
    assert labels(test) == {"Show names"}


def test_an_empty_and_a_missing_case_study_can_be_presented(started: Start, empty_case: uuid.UUID) -> None:
    for case in (empty_case, uuid.uuid4()):
        for page in (GRID, NETWORK, ROADMAP):
            assert not hide(started(page, case), present="1").exception


@pytest.mark.parametrize("page", [GRID, NETWORK, ROADMAP, PORTFOLIO])
def test_versions_baselines_and_comments_do_not_stand_in_the_way(started: Start, example: uuid.UUID, page: str) -> None:
    with store.writing(PROGRAM, example) as session:
        versions.freeze(session, example, title="Before Marta left")
        baselines.freeze(session, example, title="As Marta wanted it")
        reviews.comment(session, example, text="Ask Marta")
    for presents in ("0", "1"):
        test = hide(started(page, example), present=presents)
        assert not test.exception
        assert "Marta" not in text(test)
        assert not any("Marta" in str(option) for box in test.selectbox for option in box.options)


def test_a_form_cannot_save_what_it_shows_instead_of_names(monkeypatch: pytest.MonkeyPatch, example: uuid.UUID) -> None:
    state: dict[str, Any] = {sessions.TOKEN: "a token"}
    monkeypatch.setattr("streamlit.session_state", state)
    monkeypatch.setattr(sessions, "names_hidden", lambda: True)
    monkeypatch.setattr(sessions, "actor", lambda: PROGRAM)
    with store.reading(eyes.PROGRAM) as session:
        row = stakeholders.of_case(session, example)[0]

    def rename(session: Any) -> None:
        stakeholders.edit(session, row.id, values={"name": "S01"})

    assert not changes.attempt(example, rename)
    assert state[sessions.TOLD] == (verbs.NAMES_HIDDEN, True)
    with store.reading(eyes.PROGRAM) as session:
        assert stakeholders.of_case(session, example)[0].name == row.name


def test_a_board_may_move_and_tie_but_not_edit_and_hears_no_name(
    monkeypatch: pytest.MonkeyPatch, example: uuid.UUID
) -> None:
    class Sent:
        gestures: Any = None

    state: dict[str, Any] = {"board": Sent(), sessions.TOKEN: "a token"}
    monkeypatch.setattr("streamlit.session_state", state)
    monkeypatch.setattr("streamlit.query_params", {})
    monkeypatch.setattr(sessions, "names_hidden", lambda: True)
    monkeypatch.setattr(sessions, "actor", lambda: PROGRAM)
    with store.reading(eyes.PROGRAM) as session:
        row, other = stakeholders.of_case(session, example)[:2]
    seen = {"power": row.power, "interest": row.interest}

    def gesture(name: str, **values: Any) -> dict[str, Any]:
        return {"id": str(uuid.uuid4()), "case_study_id": str(example), "name": name, **values}

    edited = gesture("edited", edits=[{"id": str(row.id), "values": {"name": "S01"}, "seen": {"name": row.name}}])
    moved = gesture("moved", moves=[{"id": str(row.id), "power": 1.0, "interest": 1.0, "seen": seen}])
    stale = gesture(
        "moved", moves=[{"id": str(other.id), "power": 1.0, "interest": 1.0, "seen": {"power": 0.123, "interest": 0.0}}]
    )
    Sent.gestures = [edited, moved, stale]
    boards.receive("board")
    answers = boards.face("power_interest", example, 1)["answers"]
    assert answers[edited["id"]] == verbs.NAMES_HIDDEN
    assert answers[moved["id"]] == ""
    assert answers[stale["id"]] == "That was not done. Show the names to read why."
    with store.reading(eyes.PROGRAM) as session:
        found = next(one for one in stakeholders.of_case(session, example) if one.id == row.id)
        assert (found.name, found.power) == (row.name, 1.0)

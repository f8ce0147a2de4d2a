"""Who looks is said where a session is opened, and then decides alone what its rows hold."""

from __future__ import annotations

import subprocess
import sys
import uuid
from typing import Any

import pytest
from sqlmodel import select

from copdash import case_studies, eyes, stakeholders, store
from copdash.models import Role, Stakeholder
from copdash.roles import GUEST, PROGRAM, Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
SHOWN, HIDDEN = eyes.of(ANN, names_hidden=False), eyes.of(ANN, names_hidden=True)


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Testwater").id
        session.flush()
        stakeholders.add(session, case, name="Growers of the polder", notes="Ask Marta")
    return case


def names(eye: eyes.Eye, case: uuid.UUID) -> list[tuple[str, str]]:
    with store.reading(eye) as session:
        return [(row.name, row.notes) for row in stakeholders.of_case(session, case)]


def test_an_eye_sees_what_its_person_may_see(case: uuid.UUID) -> None:
    assert names(SHOWN, case) == names(eyes.PROGRAM, case) == [("Growers of the polder", "Ask Marta")]
    assert names(HIDDEN, case) == [("S01", "")]


def test_two_eyes_at_the_same_time_see_each_their_own(case: uuid.UUID) -> None:
    with store.reading(HIDDEN) as hidden, store.reading(SHOWN) as shown:
        for _ in range(2):
            assert [row.name for row in stakeholders.of_case(hidden, case)] == ["S01"]
            assert [row.name for row in stakeholders.of_case(shown, case)] == ["Growers of the polder"]


def test_a_row_that_is_read_again_stays_hidden(case: uuid.UUID) -> None:
    with store.reading(HIDDEN) as session:
        row = stakeholders.of_case(session, case)[0]
        session.refresh(row)
        assert (row.name, row.notes) == ("S01", "")
        session.expire(row)
        assert (row.name, row.notes) == ("S01", "")


@pytest.mark.parametrize("given", [None, True, False, "PROGRAM", ANN, PROGRAM, Role.KWR])
def test_nothing_is_read_for_what_is_no_eye(case: uuid.UUID, given: Any) -> None:
    with pytest.raises(TypeError, match="Say who looks"), store.reading(given):
        pass


def test_nothing_is_read_where_no_eye_is_stated(case: uuid.UUID) -> None:
    with pytest.raises(TypeError), store.reading():  # type: ignore[call-arg]
        pass


def test_a_reading_session_that_was_opened_some_other_way_answers_nothing(case: uuid.UUID) -> None:
    with store._store().readers() as session, pytest.raises(RuntimeError, match="Nobody said who looks"):
        session.exec(select(Stakeholder)).all()


def test_whoever_has_not_said_who_they_are_is_an_eye_of_nobody() -> None:
    assert eyes.of(GUEST, names_hidden=False) == eyes.Eye(None, Role.VIEWER, names_hidden=False)
    assert HIDDEN == eyes.Eye(ANN.id, Role.LEADER, names_hidden=True)


SCRIPT = """
import sys
from uuid import UUID
from copdash import eyes, stakeholders, store
from copdash.models import Role

with store.reading(eyes.Eye(None, Role.VIEWER, names_hidden=True)) as session:
    print([row.name for row in stakeholders.of_case(session, UUID(sys.argv[1]))])
try:
    with store.reading() as session:
        print("shown")
except TypeError:
    print("refused")
print([name for name in sys.modules if name.split(".")[0] == "streamlit" or name.startswith("copdash.ui")])
"""


def test_no_import_and_no_screen_is_needed_to_hide_names(case: uuid.UUID) -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT, str(case)], capture_output=True, text=True, check=False)
    assert (ran.stdout.splitlines(), ran.stderr) == (["['S01']", "refused", "[]"], "")

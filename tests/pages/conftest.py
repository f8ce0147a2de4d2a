"""AppTest on a real store: starts from pages/main.py as the server does, as a case study leader."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from copdash import case_studies, examples, eyes, people, stakeholders, store
from copdash.models import Role
from copdash.roles import PROGRAM
from copdash.ui.habits import sessions

MAIN = Path(__file__).resolve().parents[2] / "pages" / "main.py"
TOKEN = "a browser's token"


@pytest.fixture
def started(sqlite_url: str) -> Callable[..., AppTest]:
    """`started(page, case=…)`: the page, shown to a leader."""
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token=TOKEN, name="Marta", role=Role.LEADER.value)

    def start(page: str, case: object = None, *, token: str = TOKEN) -> AppTest:
        test = AppTest.from_file(str(MAIN), default_timeout=30)
        test.session_state[sessions.TOKEN] = token
        if case is not None:
            test.query_params["case"] = str(case)
        test.run()
        assert not test.exception
        return test.switch_page(page).run()

    return start


@pytest.fixture
def example(sqlite_url: str) -> uuid.UUID:
    """The example data; the id of one of its case studies."""
    with store.writing(PROGRAM, undoable=False) as session:
        examples.load(session)
    with store.reading(eyes.PROGRAM) as session:
        return case_studies.listed(session)[1].id


@pytest.fixture
def empty_case(sqlite_url: str) -> uuid.UUID:
    """A case study with nothing in it."""
    with store.writing(PROGRAM, undoable=False) as session:
        return case_studies.begin(session, title="Empty water").id


@pytest.fixture
def large_case(sqlite_url: str) -> uuid.UUID:
    """A case study with 500 stakeholders."""
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Large water").id
        session.flush()
        rows = [
            (uuid.uuid4(), {"name": f"Stakeholder {n}", "power": n % 101 / 10, "interest": (n * 37 % 101) / 10})
            for n in range(500)
        ]
        stakeholders.add_all(session, case, rows)
    return case

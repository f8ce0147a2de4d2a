"""A download is made when somebody clicks, in a thread of its own, for whoever had the screen that offered it."""

from __future__ import annotations

import threading

import pytest
from streamlit.testing.v1 import AppTest

from copdash import case_studies, stakeholders, store
from copdash.roles import PROGRAM
from copdash.ui.habits import sessions


def screen() -> None:
    """A screen that offers the list of a case study."""
    import uuid

    import streamlit as st

    from copdash.ui.sharing import exports

    st.session_state["made"] = exports._table(uuid.UUID(st.session_state["case"]), "stakeholders", ",")


@pytest.mark.parametrize(("hidden", "name"), [(False, "Growers of the polder"), (True, "S01")])
def test_a_download_has_the_eye_of_the_screen_that_offered_it(sqlite_url: str, hidden: bool, name: str) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Testwater").id
        session.flush()
        stakeholders.add(session, case, name="Growers of the polder", notes="The polder is theirs")
    test = AppTest.from_function(screen, default_timeout=30)
    test.session_state["case"] = str(case)
    test.session_state[sessions.NAMES_HIDDEN] = hidden
    test.run()
    assert not test.exception
    files: list[bytes] = []
    made = test.session_state["made"]
    making = threading.Thread(target=lambda: files.append(made()))
    making.start()
    making.join(30)
    assert name in files[0].decode("utf-8-sig")
    assert ("polder" in files[0].decode("utf-8-sig")) is not hidden

"""The eye of a tab: who looks at it, and whether names are hidden there."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from copdash import people, store
from copdash.models import Role
from copdash.roles import PROGRAM
from copdash.ui.habits import sessions


def screen() -> None:
    """A screen that says whose eye looks at it."""
    import streamlit as st

    from copdash.ui.habits import sessions

    eye = sessions.eye()
    st.text(f"{eye.person_id is not None} {eye.role.value} {eye.names_hidden}")


@pytest.mark.parametrize("hidden", [False, True])
def test_a_tab_has_the_eye_of_whoever_is_there(sqlite_url: str, hidden: bool) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="here", name="Marta", role=Role.KWR.value)
    test = AppTest.from_function(screen, default_timeout=30)
    test.session_state[sessions.TOKEN] = "here"
    test.session_state[sessions.NAMES_HIDDEN] = hidden
    assert test.run().text[0].value == f"True KWR {hidden}"
    test.session_state[sessions.TOKEN] = "a stranger"
    assert test.run().text[0].value == f"False Viewer {hidden}"


def test_where_no_screen_is_made_nobody_looks(sqlite_url: str) -> None:
    with pytest.raises(RuntimeError, match="outside a screen"):
        sessions.eye()

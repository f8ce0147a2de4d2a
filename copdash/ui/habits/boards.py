"""Between a board and the edge: what a board is told, and what happens when it sends gestures."""

from __future__ import annotations

import uuid

import streamlit as st

from copdash import gestures
from copdash.components import Face
from copdash.roles import EDITORS
from copdash.ui.habits import changes, sessions


def face(board: str, case_study_id: uuid.UUID, version: int) -> Face:
    """What every board is told beside its rows."""
    return Face(
        case_study_id=str(case_study_id),
        board=board,
        version=version,
        editable=sessions.actor().role in EDITORS,
        presenting=sessions.presenting(),
        answers={gesture_id: changes.spoken(said, wrong=True) for gesture_id, said in sessions.answered().items()},
    )


def receive(key: str) -> None:
    """Callback of every board: carry out what it sent and remember the answers for its next look.

    What a board sends while its screen is being left may come when its state is gone; the next board sends it again.
    """
    if key not in st.session_state:
        return
    sent = st.session_state[key].gestures
    hidden = sessions.names_hidden()
    sessions.remember(gestures.carry_out(sessions.actor(), sent, sessions.answered(), names_hidden=hidden))


def chosen(key: str, name: str) -> object:
    """What a board told Python with `board.set(name, …)`, None before it said anything. It comes from a browser."""
    return getattr(st.session_state.get(key), name, None)

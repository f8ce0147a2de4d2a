"""Between a board and the edge: what a board is told, and what happens when it sends gestures."""

from __future__ import annotations

import uuid

import streamlit as st

from copdash import gestures
from copdash.components import Face
from copdash.roles import EDITORS
from copdash.ui import sessions


def face(board: str, case_study_id: uuid.UUID, version: int) -> Face:
    """What every board is told beside its rows."""
    return Face(
        case_study_id=str(case_study_id),
        board=board,
        version=version,
        editable=sessions.actor().role in EDITORS,
        answers=sessions.answered(),
    )


def receive(key: str) -> None:
    """Callback of every board: carry out what it sent and remember the answers for its next look.

    What a board sends while its screen is being left may come when its state is gone; the next board sends it again.
    """
    if key not in st.session_state:
        return
    sent = st.session_state[key].gestures
    sessions.remember(gestures.carry_out(sessions.actor(), sent, sessions.answered()))

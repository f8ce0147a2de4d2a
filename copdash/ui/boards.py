"""Between a board and the edge: what a board is told, and what happens when it sends gestures."""

from __future__ import annotations

import uuid

import streamlit as st

from copdash import gestures
from copdash.components import Face
from copdash.roles import EDITORS
from copdash.ui import changes, sessions

_WITHOUT_NAMES = frozenset(
    {
        "moved",
        "arranged",
        "tied",
        "tie_edited",
        "tie_turned",
        "cut",
        "planned",
        "planned_all",
        "rescheduled",
        "milestone_set",
        "milestone_edited",
        "undo",
        "redo",
    }
)
"""Gestures that carry no words of stakeholders, and may be done while names are hidden."""


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
    handled = sessions.answered()
    if sessions.names_hidden():  # what is on the screen is not what is stored, so no row is edited from it
        for raw in sent if isinstance(sent, list) else []:
            if isinstance(raw, dict) and (raw.get("name") not in _WITHOUT_NAMES or _says_words(raw)):
                handled.setdefault(str(raw.get("id")), changes.NAMES_HIDDEN)
    sessions.remember(gestures.carry_out(sessions.actor(), sent, handled))


def _says_words(raw: dict[str, object]) -> bool:
    values = raw.get("values")
    return raw.get("name") == "tie_edited" and isinstance(values, dict) and "evidence" in values


def chosen(key: str, name: str) -> object:
    """What a board told Python with `board.set(name, …)`, None before it said anything. It comes from a browser."""
    return getattr(st.session_state.get(key), name, None)

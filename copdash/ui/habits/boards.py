"""Between a board and the edge: what a board is told, and what happens when it sends gestures."""

from __future__ import annotations

import uuid

import streamlit as st

from copdash import gestures, looks, people, tickets
from copdash.components import Face, LooksAt
from copdash.roles import EDITORS
from copdash.tickets import Ticket
from copdash.ui.habits import changes, sessions


def face(
    board: str, case_study_id: uuid.UUID, version: int, *, seen: looks.Seen | None = None, follows: bool = False
) -> Face:
    """What every board is told beside its rows.

    `seen`: what it looks at, for a board that the channel keeps up to date (`copdash.looks`); its page is then drawn
    again for its own author, and with `follows` for what others change too.
    """
    told = Face(
        case_study_id=str(case_study_id),
        board=board,
        version=version,
        editable=sessions.actor().role in EDITORS,
        presenting=sessions.presenting(),
        answers={gesture_id: changes.spoken(said, wrong=True) for gesture_id, said in sessions.answered().items()},
    )
    if seen is not None:
        told["channel"] = LooksAt(
            look=board,
            eye="hidden" if sessions.names_hidden() else "shown",
            ticket=_ticket(board, case_study_id),
            tables=list(seen.rows),
            values=list(seen.values),
        )
        told["follows"] = follows
    return told


def _ticket(look: str, case_study_id: uuid.UUID) -> str:
    browser = people.digest(sessions.token())
    return tickets.handed_out.issue(Ticket(browser, sessions.tab(), look, case_study_id, sessions.eye()))


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

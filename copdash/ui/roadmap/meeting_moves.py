"""A confirmed meeting that moved: asked for the reason, once and never in the way."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import streamlit as st

from copdash import meetings, store, verbs
from copdash.models import CaseStudy, Certainty, Meeting
from copdash.ui.habits import boards, changes, sessions, texts
from copdash.ui.roadmap import series_forms

REASON = "meetings.reason"


def receive(key: str) -> None:
    """Callback of the board: carry out what it sent, and remember a confirmed meeting that was moved."""
    state = st.session_state.get(key)
    sent = state.gestures if state is not None else None
    boards.receive(key)
    for one in sent if isinstance(sent, list) else []:
        if isinstance(one, dict) and one.get("name") == verbs.of(meetings.reschedule).name and one.get("starts_on"):
            answered = sessions.answered().get(str(one.get("id")))
            if answered == "":
                _remember(str(one.get("meeting_id")))
                was = one.get("seen")
                series_forms.remember(
                    str(one.get("meeting_id")),
                    was.get("starts_on") if isinstance(was, dict) else None,
                    one["starts_on"],
                )


def moved(row: Meeting) -> None:
    """A meeting was given other days in its card; `row` says the ones it had."""
    _remember(str(row.id))
    with store.reading(sessions.eye()) as session:
        now = meetings.found(session, row.id)
    if now is not None:
        series_forms.remember(str(row.id), row.starts_on, now.starts_on)


def _remember(meeting_id: str) -> None:
    try:
        wanted = uuid.UUID(meeting_id)
    except ValueError:
        return
    with store.reading(sessions.eye()) as session:
        row = meetings.found(session, wanted)
    if row is not None and row.certainty == Certainty.CONFIRMED:
        st.session_state[sessions.MOVED] = str(row.id)


def ask(case_study: CaseStudy, planned: Sequence[Meeting]) -> None:
    """The questions above the board, for the meeting that moved last; they can be left alone."""
    series_forms.offer(case_study, planned)
    row = next((row for row in planned if str(row.id) == st.session_state.get(sessions.MOVED)), None)
    if row is None or not sessions.may_edit() or sessions.names_hidden():
        return
    key = f"{REASON}.{row.id}.{row.starts_on}"
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="moved"):
        st.markdown(texts.as_typed(f"{row.title} was confirmed and has moved. Why?"), width="content")
        st.text_input(
            "Reason",
            key=key,
            label_visibility="collapsed",
            placeholder="The hall is taken; the ministry cannot come earlier",
            on_change=_save,
            args=(case_study.id, row, key),
        )
        st.button("Not now", key=f"{key}.later", type="tertiary", on_click=_leave)


def is_asked() -> bool:
    """Whether something is asked above the board; what others do changes the question."""
    return bool(st.session_state.get(sessions.MOVED) or st.session_state.get(sessions.FOLLOWING))


def _leave() -> None:
    st.session_state[sessions.MOVED] = None


def _save(case_study_id: uuid.UUID, row: Meeting, key: str) -> None:
    reason = st.session_state[key]
    if changes.attempt(
        case_study_id,
        lambda session: meetings.edit(
            session, row.id, values={"moved_because": reason}, seen={"moved_because": row.moved_because}
        ),
        says="The reason is kept with the meeting.",
    ):
        _leave()

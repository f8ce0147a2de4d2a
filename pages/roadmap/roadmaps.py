"""All roadmaps: every case study a lane on one timeline, for whoever guides them all."""

import datetime as dt
import uuid
from collections.abc import Mapping

import streamlit as st

from copdash.components.roadmap_board import roadmap_board
from copdash.ui.habits import boards, empty, frame, kinds, screens, sessions
from copdash.ui.roadmap import all_roadmaps

BOARD = "roadmaps.board"


def follow() -> None:
    """Callback: a meeting was clicked; the screen then goes to its roadmap."""
    state = st.session_state.get(BOARD)
    said = state.get("selected") if isinstance(state, Mapping) else None
    st.session_state[sessions.GO] = said.get("id") if isinstance(said, Mapping) else None


@screens.of_all("roadmap/roadmaps.py")
def screen(place: screens.Place) -> None:
    """Filters and the board; runs again for each piece of news of any case study."""
    found, digests = all_roadmaps.read(sessions.eye(), mixed=kinds.mixed("roadmaps"))
    asked = st.session_state.pop(sessions.GO, None)
    for case_study_id, digest in digests.items() if asked else ():
        if any(one.id == asked for one in digest.meetings):
            st.session_state[sessions.OPENED] = asked
            frame.go_to(case_study_id, "roadmap/meetings.py")
    shown: all_roadmaps.Shown | None = None

    def filters() -> None:
        nonlocal shown
        if found:
            shown = all_roadmaps.chosen(found, digests)
            all_roadmaps.due(shown)
            all_roadmaps.clash_list(shown)
            all_roadmaps.launch_list(shown)
            _go(shown)
            kinds.ask("roadmaps")

    place.header("All roadmaps", filters)
    if place.in_the_room:
        with st.container(horizontal=True, vertical_alignment="center"):
            filters()
    if shown is None:
        empty.portfolio()
        return
    first = shown.cases[0] if shown.cases else found[0]
    roadmap_board(
        {**boards.face("roadmap", first.id, place.version), "editable": False, "case_study_id": "all"},
        seen={
            **all_roadmaps.frame(shown, dt.datetime.now(dt.UTC).date()),
            "meetings": [],
            "milestones": [],
            "tasks": [],
            "days_off": None,
        },
        others=all_roadmaps.lanes(shown),
        lanes="case",
        key=BOARD,
        on_gestures=lambda: None,
        on_selected=follow,
    )


def _go(shown: all_roadmaps.Shown) -> None:
    """From the overview into one roadmap."""
    titles = {str(row.id): row.title for row in shown.cases}
    wanted = st.selectbox(
        "Open a roadmap",
        list(titles),
        index=None,
        format_func=lambda row_id: titles.get(row_id, ""),
        placeholder="Open a roadmap",
        label_visibility="collapsed",
        key="roadmaps.open",
        width=240,
    )
    if wanted:
        frame.go_to(uuid.UUID(wanted), "roadmap/meetings.py")


screen()

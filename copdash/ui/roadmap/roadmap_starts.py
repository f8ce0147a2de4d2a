"""Ways to begin a roadmap without dragging: a series of meetings, or meetings of another case study."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import streamlit as st

from copdash import case_studies, meetings, roadmap_templates, store
from copdash.analysis import series
from copdash.analysis.series import SERIES
from copdash.models import CaseStudy
from copdash.ui.habits import changes, kinds, sessions, texts

START = "meetings.start"
FROM = "meetings.start.from"
WHICH = "meetings.start.which"


def offered(case_study: CaseStudy) -> None:
    """The button with the series and the other case studies behind it; made when it is opened."""
    box = st.popover("Plan from", icon=":material/auto_awesome_motion:", key=START, on_change="rerun")
    if not box.open:
        return
    with box:
        for name, one in SERIES.items():
            st.button(
                one.name,
                key=f"{START}.{name}",
                icon=":material/playlist_add:",
                width="stretch",
                on_click=_begin,
                args=(case_study.id, name),
            )
            st.caption(one.about)
        st.caption(f"{series.spacing(case_study)} Drag them where they belong; undo takes all back.")
        kinds.ask(START, case_study.id)
        with store.reading(sessions.eye()) as session:
            others = case_studies.beside(session, case_study.id, mixed=kinds.mixed(START))
        if others:
            _copy(case_study, {str(row.id): row.title for row in others})


def _copy(case_study: CaseStudy, titles: Mapping[str, str]) -> None:
    st.selectbox(
        "Copy from another case study",
        list(titles),
        index=None,
        format_func=lambda row_id: titles.get(row_id, "Not in the store"),
        key=FROM,
        placeholder="Choose a case study",
    )
    chosen = st.session_state.get(FROM)
    if chosen not in titles:
        return
    with store.reading(sessions.eye()) as session:
        names = texts.apart({str(row.id): row.title for row in meetings.of_case(session, uuid.UUID(chosen))})
    st.multiselect(
        "Meetings",
        list(names),
        format_func=lambda row_id: names.get(row_id, "Deleted"),
        key=f"{WHICH}.{chosen}",
        placeholder="The whole roadmap",
    )
    st.button(
        "Copy",
        key=f"{START}.copy",
        type="primary",
        icon=":material/content_copy:",
        on_click=_take,
        args=(case_study.id, chosen),
        help="With goals, agenda and tasks; without people and places",
    )


def _begin(case_study_id: uuid.UUID, name: str) -> None:
    changes.attempt(
        case_study_id,
        lambda session: roadmap_templates.begin(session, case_study_id, name),
        says=f"{SERIES[name].name} are planned. Drag them where they belong.",
    )


def _take(case_study_id: uuid.UUID, from_id: str) -> None:
    which = [uuid.UUID(row_id) for row_id in st.session_state.get(f"{WHICH}.{from_id}", [])]
    changes.attempt(
        case_study_id,
        lambda session: roadmap_templates.copy(session, case_study_id, uuid.UUID(from_id), which),
        says="Copied. Drag the meetings where they belong.",
    )

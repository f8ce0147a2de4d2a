"""The list of stakeholders: type, paste, sort, search and change many together."""

import streamlit as st

from copdash import history, stakeholders, store
from copdash.components import live
from copdash.components.list_board import list_board
from copdash.ui.habits import boards, changes, frame, sessions
from copdash.ui.mapping import compositions, stakeholder_list

case_study = frame.needed()


@frame.fragment
def screen() -> None:
    """Header and table; runs again for each gesture and each piece of news."""
    with store.reading(sessions.eye()) as session:
        version = history.version(session, case_study.id)
        found = stakeholders.of_case(session, case_study.id)
    settings = frame.renewed(case_study)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Stakeholders", anchor=False)
        st.page_link("sharing/files.py", label="Import", icon=":material/upload:")
        st.page_link("sharing/files.py", label="Export", icon=":material/download:")
        changes.controls(case_study)
    changes.told()
    compositions.strip(found)
    with st.container():
        if not found:
            stakeholder_list.teach(case_study)
    key, columns = stakeholder_list.key(settings), stakeholder_list.columns(settings)
    list_board(
        boards.face("stakeholders", case_study.id, version),
        stakeholders=stakeholder_list.lines(found, columns),
        columns=columns,
        legend=stakeholder_list.legend(),
        key=key,
        on_gestures=lambda: boards.receive(key),
    )
    live(str(case_study.id), version, key=f"{key}.live")


screen()

"""The list of stakeholders: type, paste, sort, search and change many together."""

import streamlit as st

from copdash import stakeholders, store
from copdash.components.list_board import list_board
from copdash.ui.habits import boards, screens, sessions
from copdash.ui.mapping import compositions, stakeholder_list


@screens.of_case_study("mapping/stakeholders.py")
def screen(here: screens.Here) -> None:
    """Header and table; runs again for each gesture and each piece of news."""
    with store.reading(sessions.eye()) as session:
        found = stakeholders.of_case(session, here.id)

    def buttons() -> None:
        st.page_link("sharing/files.py", label="Import", icon=":material/upload:")
        st.page_link("sharing/files.py", label="Export", icon=":material/download:")

    here.header("Stakeholders", buttons)
    compositions.strip(found)
    with st.container():
        if not found:
            stakeholder_list.teach(here.case_study)
    key, columns = stakeholder_list.key(here.case_study), stakeholder_list.columns(here.case_study)
    list_board(
        boards.face("stakeholders", here.id, here.version),
        stakeholders=stakeholder_list.lines(found, columns),
        columns=columns,
        legend=stakeholder_list.legend(),
        key=key,
        on_gestures=lambda: boards.receive(key),
    )


screen()

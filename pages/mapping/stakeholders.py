"""The list of stakeholders: type, paste, sort, search and change many together."""

import streamlit as st

from copdash import looks, stakeholders, store
from copdash.components.list_board import list_board
from copdash.looks import mapping
from copdash.models import CaseStudy, Stakeholder
from copdash.ui.habits import boards, changes, screens, shared
from copdash.ui.mapping import compositions, stakeholder_list

KEY = "stakeholders.board"


@screens.of_case_study("mapping/stakeholders.py")
def screen(here: screens.Here) -> None:
    """Header and table; runs again for each gesture and each piece of news."""
    with here.reading() as session:
        found, seen, strip = shared.at(session, KEY, here.id, here.mark, lambda: looked_up(session, here.case_study))

    def buttons() -> None:
        st.page_link("sharing/files.py", label="Import", icon=":material/upload:")
        st.page_link("sharing/files.py", label="Export", icon=":material/download:")

    here.header("Stakeholders", buttons)
    compositions.strip(strip, bool(found))
    with st.container():
        if not found:
            stakeholder_list.teach(here.case_study)
    key, columns = stakeholder_list.key(here.case_study), stakeholder_list.columns(here.case_study)
    list_board(
        boards.face("stakeholders", here.id, here.version, seen=seen, follows=changes.shows_recent()),
        seen=seen.wire(),
        columns=columns,
        legend=stakeholder_list.legend(),
        key=key,
        on_gestures=lambda: boards.receive(key),
    )


def looked_up(session: store.Session, settings: CaseStudy) -> tuple[list[Stakeholder], looks.Seen, mapping.Strip]:
    """The stakeholders, the same as the board gets them, and what stands above: alike for everybody who looks."""
    found = stakeholders.of_case(session, settings.id)
    return found, mapping.list_of(settings, found), mapping.strip(session, found)


screen()

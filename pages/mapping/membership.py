"""Choosing the CoP: who becomes a member, and how that changes who is in it."""

import streamlit as st

from copdash import stakeholders
from copdash.analysis import quadrants
from copdash.models import Stakeholder
from copdash.ui.habits import empty, screens, sessions
from copdash.ui.mapping import compositions, memberships

WHERE = "membership.where"
GROUP = "membership.group"
TEXT = "membership.text"
ALSO = "membership.also"
PAGE = "membership.page"


@screens.of_case_study("mapping/membership.py")
def screen(here: screens.Here) -> None:
    """Header, the CoP as it is, filters and rows; runs again for each choice and each piece of news."""
    with here.reading() as session:
        rows = stakeholders.of_case(session, here.id)
    names = quadrants.named(here.case_study.quadrant_names)

    def buttons() -> None:
        if rows:
            st.page_link(compositions.MISSING, label="Missing voices", icon=":material/person_search:")

    here.header("Choose the CoP", buttons)
    memberships.style()
    if rows:
        also = st.session_state.get(ALSO) or []
        now = memberships.cop(rows, also)
        with st.container(key="membership-cop"):
            memberships.summary(here.id, now)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            where = st.selectbox(
                "Where they stand", memberships.WHERE, format_func=lambda one: names.get(one, one), key=WHERE, width=220
            )
            group = st.selectbox("Group", memberships.groups(), key=GROUP, width=240)
            text = st.text_input("Search", key=TEXT, placeholder="Name, organisation, role", width=240)
            st.pills("Count as members also", compositions.ALSO, selection_mode="multi", key=ALSO)
        found = memberships.filtered(rows, where, group, text)
        can_edit = sessions.may_edit()
        for row in page_of(found):
            quadrant = quadrants.quadrant(row.power, row.interest)
            called = names[quadrant] if quadrant else memberships.UNRATED
            memberships.line(here.id, row, now, also, called, can_edit=can_edit)
        if not found:
            st.info("Nobody stands here. Choose «All» under «Where they stand», or another group.")
    else:
        nobody()


def page_of(found: list[Stakeholder]) -> list[Stakeholder]:
    """The rows of the page that was chosen, with the pages above them where there are several."""
    pages = -(-len(found) // memberships.PAGE)
    if pages < 2:
        return found
    first = (min(int(st.session_state.get(PAGE) or 1), pages) - 1) * memberships.PAGE
    with st.container(horizontal=True, vertical_alignment="center"):
        st.pagination(pages, key=PAGE)
        st.markdown(f"{first + 1} to {min(first + memberships.PAGE, len(found))} of {len(found)}")
    return found[first : first + memberships.PAGE]


def nobody() -> None:
    """Nobody to choose from: what this screen is for, and where to begin."""
    empty.stakeholders(
        "Who belongs into the Community of Practice?",
        "Here you go through those you manage closely, then the others, and say who is core, active, peripheral "
        "or invited. With each choice you see how diverse the CoP becomes and which group joins.",
    )


screen()

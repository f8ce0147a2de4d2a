"""The portfolio: all case studies at a glance, and one click into each."""

import streamlit as st

from copdash import case_studies, history, meetings, stakeholders, store
from copdash.components import live
from copdash.ui import changes, empty, frame, portfolio, presentation

TABLE = "portfolio.table"
PICTURE = "portfolio.picture"


@st.fragment
def screen() -> None:
    """A line for each case study, and their grids side by side."""
    with store.reading() as session:
        version = history.version(session)
        found = case_studies.listed(session)
        ids = [row.id for row in found]
        people = stakeholders.by_case(session, ids)
        roadmaps = meetings.by_case(session, ids)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Portfolio", anchor=False)
        presentation.hiding()
    changes.told()
    live(None, version, key="portfolio.live")
    if not found:
        empty.portfolio()
        return
    lines = [portfolio.line(row, people[row.id], roadmaps[row.id]) for row in found]
    chosen = portfolio.table(lines, ids, key=TABLE)
    portfolio.invented(found)
    if chosen is not None:
        frame.go_to(chosen, "mapping/power_interest.py")
    st.markdown("**Power-interest grids**, all on the same axes. Click a dot to go there.")
    chosen = portfolio.picture([(row, people[row.id]) for row in found], key=PICTURE)
    if chosen is not None:
        frame.go_to(chosen, "mapping/power_interest.py")


screen()

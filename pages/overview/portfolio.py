"""The portfolio: all case studies at a glance, and one click into each."""

import streamlit as st

from copdash import case_studies, stakeholders, store
from copdash.ui.habits import empty, frame, kinds, presentation, screens, sessions
from copdash.ui.overview import portfolio

TABLE = "portfolio.table"
PICTURE = "portfolio.picture"
PAGE = "portfolio.page"


@screens.of_all("overview/portfolio.py")
def screen(place: screens.Place) -> None:
    """A line for each case study, and their grids side by side."""
    with store.reading(sessions.eye()) as session:
        found = case_studies.together(session, mixed=kinds.mixed("portfolio"))

    def buttons() -> None:
        kinds.ask("portfolio")
        presentation.hiding()

    place.header("Portfolio", buttons)
    if not found:
        empty.portfolio()
        return
    chosen = portfolio.table(portfolio.lines(sessions.eye(), found), [row.id for row in found], key=TABLE)
    portfolio.invented(found)
    if chosen is not None:
        frame.go_to(chosen, "mapping/power_interest.py")
    st.markdown("**Power-interest grids**, all on the same axes. Click a dot to go there.")
    shown = portfolio.page(found, key=PAGE)
    with store.reading(sessions.eye()) as session:
        people = stakeholders.by_case(session, [row.id for row in shown])
    chosen = portfolio.picture([(row, people[row.id]) for row in shown], key=PICTURE)
    if chosen is not None:
        frame.go_to(chosen, "mapping/power_interest.py")


screen()

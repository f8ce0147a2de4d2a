"""Likely duplicates: one pair after the other, the same or different."""

import streamlit as st

from copdash import duplicates
from copdash.ui.habits import kinds, screens
from copdash.ui.mapping import comparisons


@screens.of_case_study("mapping/duplicates.py")
def screen(here: screens.Here) -> None:
    """Header, the pair that is next, and what was decided; runs again for each decision and each piece of news."""
    with here.reading() as session:
        waiting = duplicates.waiting(session, here.id, mixed=kinds.mixed("duplicates"))
    here.header("Likely duplicates", lambda: kinds.ask("duplicates", here.id))
    st.html(comparisons.STYLE)
    if waiting:
        pair = comparisons.next_pair(waiting)
        there = sum(one.elsewhere is None for one in waiting)
        elsewhere = len(waiting) - there
        st.markdown(f"**{len(waiting)} to look at**: {there} in this case study, {elsewhere} with other case studies.")
        comparisons.show(here.case_study, pair)
    else:
        with st.container(border=True):
            st.markdown("#### No two stakeholders look like the same one")
            st.write(
                "Names are compared without accents, legal forms and the order of words, here and with your other "
                "case studies. What looks alike waits here: you say same or different, nothing is merged by itself."
            )
            st.page_link("mapping/stakeholders.py", label="Go to the list", icon=":material/table_rows:")
    comparisons.decided(here.case_study)


screen()

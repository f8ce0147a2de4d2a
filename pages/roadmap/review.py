"""The review of a roadmap: how far leader and KWR have come, what they say, and what has changed since."""

import streamlit as st

from copdash import baselines, meetings, milestones, reviews, stakeholders
from copdash.analysis import slips
from copdash.ui.habits import frame, review_threads, screens, sessions
from copdash.ui.roadmap import baseline_lists

LINKS = (
    ("roadmap/meetings.py", "To the roadmap", ":material/calendar_month:"),
    ("roadmap/one_on_one.py", "One-on-one", ":material/call:"),
)


@screens.of_case_study("roadmap/review.py")
def screen(here: screens.Here) -> None:
    """State, threads, slip and changes; runs again for each piece of news."""
    with here.reading() as session:
        planned = meetings.of_case(session, here.id)
        marked = milestones.of_case(session, here.id)
        threads = reviews.threads(session, here.id)
        frozen = baselines.of_case(session, here.id)
        people = stakeholders.of_case(session, here.id)
        titles = {str(row.id): row.title for row in planned} | {str(row.id): row.name for row in people}
    can_edit = sessions.may_edit()

    def buttons() -> None:
        for script, label, icon in LINKS:
            st.page_link(script, label=label, icon=icon, query_params={frame.PARAMETER: str(here.id)})

    here.header("Review", buttons)
    review_threads.steps(here.case_study, threads)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown("#### Threads")
        if can_edit:
            review_threads.begin(here.case_study, planned, people)
        review_threads.inbox(here.case_study, threads, titles, can_edit)
    with right:
        st.markdown("#### Against what was agreed")
        baseline_lists.show(here.case_study, frozen, lambda content: slips.slips(content, planned, marked), can_edit)
        st.markdown("#### What changed since we last spoke")
        review_threads.changed(here.case_study)


screen()

"""The review of a roadmap: how far leader and KWR have come, what they say, and what has changed since."""

import streamlit as st

from copdash import baselines, history, meetings, milestones, reviews, stakeholders, store
from copdash.analysis import slips
from copdash.components import live
from copdash.ui import baseline_lists, changes, frame, review_threads, sessions

case_study = frame.needed()


@st.fragment
def screen() -> None:
    """State, threads, slip and changes; runs again for each piece of news."""
    with store.reading() as session:
        version = history.version(session, case_study.id)
        now = frame.chosen() or case_study
        planned = meetings.of_case(session, case_study.id)
        marked = milestones.of_case(session, case_study.id)
        threads = reviews.threads(session, case_study.id)
        frozen = baselines.of_case(session, case_study.id)
        people = stakeholders.of_case(session, case_study.id)
        titles = {str(row.id): row.title for row in planned} | {str(row.id): row.name for row in people}
    can_edit = sessions.may_edit()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Review", anchor=False)
        st.page_link(
            "roadmap/meetings.py",
            label="To the roadmap",
            icon=":material/calendar_month:",
            query_params={frame.PARAMETER: str(case_study.id)},
        )
        changes.controls(case_study)
    changes.told()
    review_threads.steps(now)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown("#### Threads")
        if can_edit:
            review_threads.begin(case_study, planned, people)
        review_threads.inbox(case_study, threads, titles, can_edit)
    with right:
        st.markdown("#### Against what was agreed")
        baseline_lists.show(case_study, frozen, lambda content: slips.slips(content, planned, marked), can_edit)
        st.markdown("#### What changed since we last spoke")
        review_threads.changed(case_study)
    live(
        str(case_study.id),
        version,
        key=f"review.live.{case_study.id}",
        on_keys=lambda: changes.by_key(case_study.id, f"review.live.{case_study.id}"),
    )


screen()

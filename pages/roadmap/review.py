"""The review of a roadmap: how far leader and KWR have come, what they say, and what has changed since."""

import streamlit as st

from copdash import baselines, history, meetings, milestones, reviews, stakeholders, store
from copdash.analysis import slips
from copdash.ui.habits import changes, frame, presentation, review_threads, sessions
from copdash.ui.roadmap import baseline_lists

LINKS = (
    ("roadmap/meetings.py", "To the roadmap", ":material/calendar_month:"),
    ("roadmap/one_on_one.py", "One-on-one", ":material/call:"),
)

case_study = frame.needed()


@frame.fragment
def screen() -> None:
    """State, threads, slip and changes; runs again for each piece of news."""
    with store.reading(sessions.eye()) as session:
        version = history.version(session, case_study.id)
        now = frame.chosen() or case_study
        planned = meetings.of_case(session, case_study.id)
        marked = milestones.of_case(session, case_study.id)
        threads = reviews.threads(session, case_study.id)
        frozen = baselines.of_case(session, case_study.id)
        people = stakeholders.of_case(session, case_study.id)
        titles = {str(row.id): row.title for row in planned} | {str(row.id): row.name for row in people}
    can_edit = sessions.may_edit()
    if not presentation.bar(case_study, "roadmap/review.py"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Review", anchor=False)
            for script, label, icon in LINKS:
                st.page_link(script, label=label, icon=icon, query_params={frame.PARAMETER: str(case_study.id)})
            changes.controls(case_study)
    changes.told()
    review_threads.steps(now, threads)
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
    changes.follow(case_study, version, key=f"review.live.{case_study.id}")


screen()

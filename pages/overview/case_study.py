"""One case study: its title, place and dates; a new one; archive; and the example data."""

import uuid

import streamlit as st

from copdash import case_studies, examples, history, store, words
from copdash.components import live
from copdash.ui.habits import changes, empty, frame, sessions
from copdash.ui.overview import case_study_form, register_form

st.subheader("Case study", anchor=False)
case_study = frame.chosen()


@frame.fragment
def details() -> None:
    """The fields of the case study in view."""
    case_study_id = uuid.UUID(st.session_state[sessions.CASE])
    with store.reading(sessions.eye()) as session:
        row = case_studies.get(session, case_study_id)
        version = history.version(session, case_study_id)
    key = f"case_study.{case_study_id}.live"
    live(str(case_study_id), version, key=key, on_keys=lambda: changes.by_key(case_study_id, key))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Details**", width="stretch")
        changes.controls(row)
    changes.told()
    case_study_form.details(row)
    register_form.show(row)
    case_study_form.archive(row)


left, right = st.columns([3, 2], gap="large")
with left:
    if case_study is None:
        if not st.query_params.get(frame.PARAMETER):  # else the frame has said that it is gone
            st.info("There is no case study yet. Begin one here.", icon=":material/search_off:")
    else:
        details()
with right:
    case_study_form.new()
    with st.container(border=True):
        st.markdown("**Example data**")
        with store.reading(sessions.eye()) as session:
            present, changed = examples.present(session), examples.changed(session)
        if present:
            st.write(
                "The nine ULTIMATE case studies: real places, invented stakeholders and ratings, seen from "
                "15 September 2021. Removing them leaves your own case studies alone."
            )
            if changed:
                some = words.counted(changed, "change") if changed != 1 else "One change"
                st.write(f"{some} that people made in them would go too, and not come back with the example.")
            if sessions.may_edit():
                st.button(
                    "Remove the example",
                    key="case_study.no_example",
                    icon=":material/delete:",
                    on_click=empty.remove_example,
                )
        else:
            st.write("Nine case studies with invented stakeholders, to look at and to try things on.")
            empty.example()

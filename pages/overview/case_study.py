"""One case study: its title, place and dates; a new one; archive; and the example data."""

import streamlit as st

from copdash import examples, store, words
from copdash.ui.habits import empty, frame, screens, sessions
from copdash.ui.overview import case_study_form, register_form


@screens.of_case_study("overview/case_study.py")
def screen(here: screens.Here) -> None:
    """The fields of the case study in view."""
    here.header("Case study")
    case_study_form.details(here.case_study)
    register_form.show(here.case_study)
    case_study_form.archive(here.case_study)


left, right = st.columns([3, 2], gap="large")
with left:
    if frame.chosen() is not None:
        screen()
    else:
        screens.Place("overview/case_study.py").header("Case study")
        if not st.query_params.get(frame.PARAMETER):  # else the frame has said that it is gone
            st.info("There is no case study yet. Begin one here.", icon=":material/search_off:")
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

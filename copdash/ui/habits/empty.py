"""Empty states: what a screen is for, one button to begin, one to load the example."""

from __future__ import annotations

import streamlit as st

from copdash import examples, store
from copdash.ui.habits import changes, sessions


def portfolio() -> None:
    """No case study at all."""
    with st.container(border=True):
        st.markdown("#### Begin with your case study")
        st.write(
            "A case study holds the list of stakeholders, the power-interest grid, the network and the roadmap of "
            "meetings of one Community of Practice. This page will show all of them beside each other."
        )
        with st.container(horizontal=True):
            st.page_link("overview/case_study.py", label="Begin a case study", icon=":material/add:")
            example()


def stakeholders(question: str, words: str) -> None:
    """Nobody on the list yet: the question that this screen answers, what it does, and where to begin."""
    with st.container(border=True):
        st.markdown(f"#### {question}")
        st.write(words)
        with st.container(horizontal=True):
            st.page_link("mapping/stakeholders.py", label="List the stakeholders", icon=":material/table_rows:")
            example()


def example() -> None:
    """The button that brings the example back, where it is not there; for who may press it."""
    if not sessions.may_edit():
        return
    with store.reading(sessions.eye()) as session:
        present = examples.present(session)
    if not present and st.button("Load the example", key="empty.example", icon=":material/science:"):
        load_example()
        st.rerun()  # the menu shows them too


def load_example() -> None:
    """Bring in the nine example case studies."""
    if changes.attempt(None, examples.load):
        changes.tell("The nine example case studies are here. Their stakeholders are invented.")


def remove_example() -> None:
    """Callback: take the example case studies out."""
    if changes.attempt(None, examples.remove):
        changes.tell("The example is gone. «Load the example» brings it back.")

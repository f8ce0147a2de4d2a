"""Readings: the same stakeholders seen as salience, as engagement to be won, and as attitude against power."""

import streamlit as st

from copdash import history, stakeholders, store
from copdash.ui.habits import changes, empty, frame, pictures, sessions
from copdash.ui.mapping import readings

READING = "reading"
KEY = "readings"

case_study = frame.needed()


@frame.fragment
def screen() -> None:
    """Header and the picture that was chosen; runs again for each gesture and each piece of news."""
    settings = frame.renewed(case_study)
    with store.reading(sessions.eye()) as session:
        version = history.version(session, case_study.id)
        found = stakeholders.of_case(session, case_study.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Readings", anchor=False)
        chosen = st.segmented_control(
            "Reading",
            list(readings.READINGS),
            default=next(iter(readings.READINGS)),
            required=True,
            key=READING,
            bind="query-params",
            label_visibility="collapsed",
        )
        if found and chosen == "Engagement":
            pictures.matrix(settings, found)
        changes.controls(case_study)
    changes.told()
    with st.container(gap=None):
        if found:
            readings.READINGS[chosen](settings, found, version, f"{KEY}.{chosen}.{case_study.id}")
        else:
            nobody()
    key = f"{KEY}.{case_study.id}.live"
    changes.follow(case_study, version, key=key)


def nobody() -> None:
    """Nobody to read anything of yet: what this screen is for, and where to begin."""
    empty.stakeholders(
        "The same people, seen three ways",
        "Salience asks who has power, legitimacy and urgency. Engagement sets the attitude of today against the "
        "one you want, and lists whom to win. The third picture shows who is for it against how much they can do. "
        "First type or paste the stakeholders.",
    )


screen()

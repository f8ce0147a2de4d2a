"""Readings: the same stakeholders seen as salience, as engagement to be won, and as attitude against power."""

import streamlit as st

from copdash import stakeholders
from copdash.ui.habits import empty, pictures, screens
from copdash.ui.mapping import readings

READING = "reading"
KEY = "readings"


@screens.of_case_study("mapping/readings.py")
def screen(here: screens.Here) -> None:
    """Header and the picture that was chosen; runs again for each gesture and each piece of news."""
    with here.reading() as session:
        found = stakeholders.of_case(session, here.id)
    chosen = next(iter(readings.READINGS))

    def buttons() -> None:
        nonlocal chosen
        chosen = st.segmented_control(
            "Reading",
            list(readings.READINGS),
            default=chosen,
            required=True,
            key=READING,
            bind="query-params",
            label_visibility="collapsed",
        )
        if found and chosen == "Engagement":
            pictures.matrix(here.case_study, found)

    here.header("Readings", buttons)
    with st.container(gap=None):
        if found:
            readings.READINGS[chosen](here, found, f"{KEY}.{chosen}.{here.id}")
        else:
            nobody()


def nobody() -> None:
    """Nobody to read anything of yet: what this screen is for, and where to begin."""
    empty.stakeholders(
        "The same people, seen three ways",
        "Salience asks who has power, legitimacy and urgency. Engagement sets the attitude of today against the "
        "one you want, and lists whom to win. The third picture shows who is for it against how much they can do. "
        "First type or paste the stakeholders.",
    )


screen()

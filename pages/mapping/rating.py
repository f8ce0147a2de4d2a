"""Rate together: the unrated one after the other, large on the wall."""

import streamlit as st

from copdash import stakeholders
from copdash.components.rating_board import rating_board
from copdash.looks import mapping
from copdash.ui.habits import boards, changes, empty, legends, screens

KEY = "rating.board"


@screens.of_case_study("mapping/rating.py")
def screen(here: screens.Here) -> None:
    """Header and board; runs again for each gesture and each piece of news."""
    key = f"{KEY}.{here.id}"
    with here.reading() as session:
        found = stakeholders.of_case(session, here.id)
    seen = mapping.rating_of(here.case_study, found)

    def buttons() -> None:
        if found:
            st.page_link("mapping/power_interest.py", label="To the grid", icon=":material/scatter_plot:")

    here.header("Rate together", buttons)
    with st.container(gap=None):
        if found:
            rating_board(
                boards.face("rating", here.id, here.version, seen=seen, follows=changes.shows_recent()),
                seen=seen.wire(),
                groups=legends.groups(),
                key=key,
                on_gestures=lambda: boards.receive(key),
            )
        else:
            nobody()


def nobody() -> None:
    """Nobody to rate yet: what this screen is for, and where to begin."""
    empty.stakeholders(
        "How much power, how much interest? One after the other, together",
        "This screen goes through everybody who is not rated yet: one stakeholder large on the wall, the group "
        "says two numbers, Enter brings the next. First type or paste the stakeholders.",
    )


screen()

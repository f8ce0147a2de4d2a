"""The power-interest grid: drag stakeholders where the group says they stand."""

import streamlit as st

from copdash import history, rows, stakeholders, store
from copdash.components import live
from copdash.components.power_interest_board import power_interest_board
from copdash.ui import boards, changes, frame

KEY = "power_interest.board"

case_study = frame.needed()


@st.fragment
def screen() -> None:
    """Header and board; runs again for each gesture and each piece of news."""
    with store.reading() as session:
        version = history.version(session, case_study.id)
        found = [rows.wire(row) for row in stakeholders.of_case(session, case_study.id)]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Power-interest grid", anchor=False)
        changes.controls(case_study)
    changes.told()
    key = f"{KEY}.{case_study.id}"
    power_interest_board(
        boards.face("power_interest", case_study.id, version),
        stakeholders=found,
        key=key,
        on_gestures=lambda: boards.receive(key),
    )
    live(str(case_study.id), version, key=f"{key}.live")


screen()

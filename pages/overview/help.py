"""Help: a workshop in seven steps, undo, keys, what the numbers mean."""

from pathlib import Path

import streamlit as st

from copdash.ui.habits import screens

GUIDANCE = Path(__file__).resolve().parents[2] / "data" / "guidance" / "help.md"

screens.Place("overview/help.py").header("Help")
with st.container(width=860):
    st.markdown(GUIDANCE.read_text("utf-8"))

"""To come."""

import streamlit as st

st.title("roadmap/meetings")

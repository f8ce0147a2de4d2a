"""The least that Streamlit can do for one change: a number in a fragment, and what it is now."""

import streamlit as st


@st.fragment
def number() -> None:
    """Runs again for each new number."""
    value = st.number_input("Number", min_value=0, max_value=10_000, step=1, key="number")
    st.write(f"It is {value}.")


number()

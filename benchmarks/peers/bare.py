"""The least that Streamlit can show: a title and one line."""

import streamlit as st

st.title("Bare")
st.write("One line.")

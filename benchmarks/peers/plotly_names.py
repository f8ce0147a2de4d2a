"""The same lists as dots with names as Plotly draws them, as many as the address asks for."""

import plotly.graph_objects as go
import streamlit as st

from benchmarks.crowds import crowd

rows = crowd(int(st.query_params.get("n", "100")))
figure = go.Figure(
    go.Scatter(
        x=[row["interest"] for row in rows],
        y=[row["power"] for row in rows],
        text=[row["name"] for row in rows],
        mode="markers+text",
        textposition="middle right",
    )
)
figure.update_layout(height=760, xaxis_range=[0, 10], yaxis_range=[0, 10])
st.plotly_chart(figure)

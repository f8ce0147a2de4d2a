"""Several readings of the same rows: salience, engagement, attitude against power. Each is a picture of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from copdash import words
from copdash.components.engagement_board import engagement_board
from copdash.components.salience_board import salience_board
from copdash.figures import attitudes
from copdash.looks import mapping
from copdash.models import Stakeholder
from copdash.ui.habits import boards, changes, legends, screens

STYLE = Path(__file__).resolve().parent / "readings.css"


def salience(here: screens.Here, found: Sequence[Stakeholder], key: str) -> None:
    """Three circles, the classes and their people; ratings are set right there."""
    seen = mapping.salience_of(here.case_study, found)
    salience_board(
        boards.face("salience", here.id, here.version, seen=seen, follows=changes.shows_recent()),
        seen=seen.wire(),
        legend={"groups": legends.groups(), "attitudes": []},
        key=key,
        on_gestures=lambda: boards.receive(key),
    )


def engagement(here: screens.Here, found: Sequence[Stakeholder], key: str) -> None:
    """The matrix of attitudes now and wanted, and the gaps to close."""
    seen = mapping.engagement_of(here.case_study, found)
    engagement_board(
        boards.face("engagement", here.id, here.version, seen=seen, follows=changes.shows_recent()),
        seen=seen.wire(),
        legend={"groups": legends.groups(), "attitudes": legends.attitudes()},
        key=key,
        on_gestures=lambda: boards.receive(key),
    )


def attitude_and_power(here: screens.Here, found: Sequence[Stakeholder], key: str) -> None:
    """Who is for it and who is against it, and how much they can do about it."""
    dark = st.context.theme.type == "dark"
    without = [row.name for row in found if row.power is None]
    st.html(STYLE)
    with st.container(key="readings-attitudes"):
        st.plotly_chart(
            attitudes.attitudes(found, theme="dark" if dark else "light"),
            key=key,
            theme=None,
            config={"displayModeBar": False},
            alt="Each stakeholder's attitude, from not set to leading, against its power from 0 to 10",
        )
    if without:
        named = words.listed(without, 8)
        st.text(f"Not in the picture, as their power is not rated ({len(without)}): {named}")


READINGS: dict[str, Callable[[screens.Here, Sequence[Stakeholder], str], None]] = {
    "Salience": salience,
    "Engagement": engagement,
    "Attitude and power": attitude_and_power,
}
"""What the screen offers, in its order."""

"""Own case studies and invented examples: apart by default, together where somebody ticks it."""

from __future__ import annotations

import uuid

import streamlit as st

from copdash import case_studies, store
from copdash.ui.habits import sessions

ALSO_EXAMPLES = "Also invented examples"
ALSO_OWN = "Also your own case studies"


def mixed(screen: str) -> bool:
    """Whether somebody asked for both kinds here; `screen` is a name of the place, such as portfolio."""
    return bool(st.session_state.get(_key(screen)))


def ask(screen: str, case_study_id: uuid.UUID | None = None) -> None:
    """The tick that brings in the other kind, off by default; nothing where there is nothing to bring in.

    `case_study_id` is the one in view, None on a screen over all of them.
    """
    with store.reading(sessions.eye()) as session:
        found = case_studies.left_out(session, case_study_id)
    if found:
        invented = found[0].example
        st.checkbox(
            f"{ALSO_EXAMPLES if invented else ALSO_OWN} ({len(found)})",
            key=_key(screen),
            width="content",
            help="Stakeholders, ratings and meetings of the examples are invented. They are left out unless you tick "
            "this."
            if invented
            else "This is an invented example. Your own case studies are left out unless you tick this.",
        )


def _key(screen: str) -> str:
    return f"{screen}.mixed"

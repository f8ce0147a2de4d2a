"""How a case study draws its power-interest grid: whose names the quadrants have, and which axis runs across.

Both belong to the case study: everybody sees the same grid, and changing it is logged and can be undone.
"""

from __future__ import annotations

import uuid

import streamlit as st

from copdash import case_studies
from copdash.analysis import quadrants
from copdash.fields import CASE_STUDY
from copdash.models import CaseStudy
from copdash.ui.habits import changes, sessions

KEY = "grid_settings"


def popover(case_study: CaseStudy) -> None:
    """Two choices, each saved as soon as it is made; a viewer sees them and cannot change them."""
    # Made when it is opened, like the recent changes: it would be drawn after each drop on every screen.
    box = st.popover("Names and axes", icon=":material/label:", key=f"{KEY}.popover", on_change="rerun")
    if not box.open:
        return
    with box:
        _choice(case_study, "quadrant_names", [", ".join(names.values()) for names in quadrants.LABELS.values()])
        _choice(case_study, "axes", [])
        st.caption("For everybody who looks at this case study.")


def _choice(case_study: CaseStudy, field: str, captions: list[str]) -> None:
    column = CASE_STUDY[field]
    stored = getattr(case_study, field)
    words = column.choices.values() if column.choices else []
    key = sessions.widget(f"{KEY}.{case_study.id}.{field}", stored)
    st.radio(
        column.label,
        words,
        index=words.index(stored),
        captions=captions or None,
        key=key,
        disabled=not sessions.may_edit(),
        on_change=_save,
        args=(case_study.id, field, stored, key),
    )


def _save(case_study_id: uuid.UUID, field: str, seen: str, key: str) -> None:
    values = {field: st.session_state[key]}
    changes.attempt(
        case_study_id,
        lambda session: case_studies.edit(session, case_study_id, values=values, seen={field: seen}),
    )

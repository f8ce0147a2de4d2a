"""The fields of stakeholders in a case study: which ones are shown, and what they are called.

Each tick and each label is saved as soon as it is changed, for everybody in this case study.
"""

from __future__ import annotations

import uuid

import streamlit as st

from copdash import register
from copdash.fields import MEMBERSHIP, NOTES, STAKEHOLDER, STANDING, WHO, Column
from copdash.models import CaseStudy
from copdash.ui.habits import changes, sessions

KEY = "fields"
COLUMNS = ((WHO,), (STANDING,), (MEMBERSHIP, NOTES))
"""The sections of a card, as they stand side by side."""


def show(row: CaseStudy) -> None:
    """All fields by section: ticked where they are shown, beside the label they have here."""
    opened = st.expander("Fields of stakeholders", icon=":material/checklist:", key=f"{KEY}.open", on_change="rerun")
    if not opened.open:  # fifty widgets; made when somebody looks
        return
    with opened:
        st.caption(
            "What is ticked is in the list and on the card. A field may have a label of your own; leave it empty for "
            "the usual one. Hidden fields keep their values, and files hold all of them."
        )
        hidden, labels = register.hidden(row), register.labels(row)
        for place, sections in zip(st.columns(len(COLUMNS), gap="medium"), COLUMNS, strict=True):
            for section in sections:
                place.markdown(f"**{section}**")
                for column in STAKEHOLDER.values():
                    if column.section == section:
                        with place.container(gap=None):
                            _shown(row, column, column.name not in hidden)
                            _label(row, column, labels.get(column.name, ""))


def _shown(row: CaseStudy, column: Column, stored: bool) -> None:
    key = sessions.widget(f"{KEY}.{row.id}.{column.name}.shown", stored)
    always = column.name in register.ALWAYS
    st.checkbox(
        column.label,
        stored,
        key=key,
        disabled=always or not sessions.may_edit(),
        help="Always shown: list and grid need it" if always else None,
        on_change=_show,
        args=(row.id, column.name, key),
    )


def _label(row: CaseStudy, column: Column, stored: str) -> None:
    key = sessions.widget(f"{KEY}.{row.id}.{column.name}.label", stored)
    st.text_input(
        f"Label of {column.label}",
        stored,
        key=key,
        label_visibility="collapsed",
        placeholder=column.label,
        max_chars=register.LONGEST,
        disabled=not sessions.may_edit(),
        on_change=_rename,
        args=(row.id, column.name, stored, key),
    )


def _show(case_study_id: uuid.UUID, field: str, key: str) -> None:
    shown = bool(st.session_state[key])
    changes.attempt(
        case_study_id,
        lambda session: register.show(session, case_study_id, field, shown=shown),
    )


def _rename(case_study_id: uuid.UUID, field: str, seen: str, key: str) -> None:
    label = st.session_state[key]
    changes.attempt(
        case_study_id,
        lambda session: register.rename(session, case_study_id, field, label=label, seen=seen),
    )

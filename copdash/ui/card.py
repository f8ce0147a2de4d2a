"""The card of one stakeholder, beside a board: every field, saved as soon as it is changed, and its history.

    card.follow(key)            callback of a board whose state `selected` is an id, or {"id": ..., "turn": n}
    card.selected(found, key)   the row that was chosen, and what to tell the board about it
    card.show(case_study, row)  the card itself; to stand in the board's fragment

A field's widget keeps its key while it holds what is stored, so focus stays. An edit of the same field by somebody else
shows up, half-typed text in another field is left alone (`sessions.widget`).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from copdash import stakeholders
from copdash.analysis import quadrants
from copdash.fields import STAKEHOLDER
from copdash.models import CaseStudy, Stakeholder
from copdash.ui import changes, histories, sessions

WIDTH = 340
STYLE = Path(__file__).resolve().parent / "card.css"

_FIRST = ("attitude", "attitude_wanted", "group", "membership", "rationale")
_PAIRED = {"attitude": "attitude_wanted", "kind": "scale", "helix": "country"}
_OTHERS = ("organisation", "role", "kind", "scale", "helix", "country", "themes", "notes")


# ---- which one ------------------------------------------------------------------------------------------------------


def follow(key: str) -> None:
    """Callback: remember whom the board with this key says is selected."""
    st.session_state[sessions.SELECTED], _ = _said(key)


def selected(found: Sequence[Stakeholder], key: str) -> tuple[Stakeholder | None, dict[str, Any]]:
    """The chosen one among these, and what the board is told: who it is, and the last turn of its own we know of."""
    wanted = st.session_state.get(sessions.SELECTED)
    row = next((row for row in found if str(row.id) == wanted), None)
    return row, {"selected": str(row.id) if row else None, "selected_turn": _said(key)[1]}


def close() -> None:
    """Callback: nobody is selected any more."""
    st.session_state[sessions.SELECTED] = None


def _said(key: str) -> tuple[str | None, int]:
    state = st.session_state.get(key)
    said = state.get("selected") if isinstance(state, Mapping) else None
    row_id, turn = (said.get("id"), said.get("turn")) if isinstance(said, Mapping) else (said, 0)
    return (row_id if isinstance(row_id, str) else None), (turn if isinstance(turn, int) else 0)


# ---- the card -------------------------------------------------------------------------------------------------------


def show(case_study: CaseStudy, row: Stakeholder) -> None:
    """The card of this stakeholder; a viewer sees it and cannot type in it. In the room it stays away."""
    if sessions.presenting() or sessions.names_hidden():
        return
    can_edit = sessions.may_edit()
    st.html(STYLE)
    with st.container(border=True, key="card", width=WIDTH, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption("Stakeholder")
            st.button("Close the card", key="card.close", icon=":material/close:", type="tertiary", on_click=close)
        _field(case_study, row, "name", can_edit)
        _rating(case_study, row, can_edit)
        _fields(case_study, row, _FIRST, can_edit)
        with st.expander("More about it"):
            _fields(case_study, row, _OTHERS, can_edit)
        with st.expander("History"):
            histories.show(case_study, row.id)
        if can_edit:
            st.button(
                "Delete this stakeholder",
                key=f"card.{row.id}.delete",
                icon=":material/delete:",
                type="tertiary",
                on_click=_delete,
                args=(case_study.id, row.id, row.name),
                help="With its ties and invitations. Undo brings all of it back.",
            )


def _rating(case_study: CaseStudy, row: Stakeholder, can_edit: bool) -> None:
    """Two sliders; for whoever lacks a rating two empty number fields, as a slider cannot be empty."""
    quadrant = quadrants.quadrant(row.power, row.interest)
    if quadrant is None:
        st.caption("Not yet rated. Give both, and it stands on the grid." if can_edit else "Not yet rated.")
        with st.container(horizontal=True):
            for field in ("power", "interest"):
                key = _widget(row, field, "number")
                st.number_input(
                    STAKEHOLDER[field].label,
                    0.0,
                    10.0,
                    value=None,
                    step=0.1,
                    format="%.1f",
                    key=key,
                    placeholder="0 to 10",
                    disabled=not can_edit,
                    on_change=_save,
                    args=(case_study.id, row.id, field, key, getattr(row, field)),
                )
    else:
        for field in ("power", "interest"):
            key = _widget(row, field, "slider")
            st.slider(
                STAKEHOLDER[field].label,
                0.0,
                10.0,
                step=0.1,
                format="%.1f",
                key=key,
                disabled=not can_edit,
                on_change=_save,
                args=(case_study.id, row.id, field, key, getattr(row, field)),
            )
    if can_edit and (row.power is not None or row.interest is not None):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(quadrant or "Half rated")
            st.button(
                "Take the rating off",
                key=f"card.{row.id}.unrate",
                type="tertiary",
                on_click=_unrate,
                args=(case_study.id, row.id, row.power, row.interest),
            )


def _fields(case_study: CaseStudy, row: Stakeholder, fields: Sequence[str], can_edit: bool) -> None:
    second = {other for first, other in _PAIRED.items() if first in fields}
    for field in fields:
        if field in _PAIRED:
            with st.container(horizontal=True):
                _field(case_study, row, field, can_edit)
                _field(case_study, row, _PAIRED[field], can_edit)
        elif field not in second:
            _field(case_study, row, field, can_edit)


def _field(case_study: CaseStudy, row: Stakeholder, field: str, can_edit: bool) -> None:
    """One field as the widget that suits it."""
    column = STAKEHOLDER[field]
    stored = getattr(row, field)
    key = _widget(row, field, column.shape)
    common: dict[str, Any] = {
        "key": key,
        "disabled": not can_edit,
        "on_change": _save,
        "args": (case_study.id, row.id, field, key, stored),
    }
    if column.choices is not None:
        words = ["", *column.choices.values()]
        options = words if stored in words else [*words, stored]
        st.selectbox(column.label, options, format_func=lambda word: word or "Not set", **common)
    elif column.shape == "note":
        st.text_area(column.label, height=90, **common)
    else:
        st.text_input(column.label, **common)


def _widget(row: Stakeholder, field: str, shape: str) -> str:
    return sessions.widget(f"card.{row.id}.{field}.{shape}", getattr(row, field))


# ---- what it changes ------------------------------------------------------------------------------------------------


def _save(case_study_id: uuid.UUID, row_id: uuid.UUID, field: str, key: str, seen: Any) -> None:
    """Callback: one field as one gesture, beside what was on screen. Refused, the field shows the truth again."""
    values, was = {field: st.session_state[key]}, {field: seen}
    changes.attempt(
        case_study_id, "edited", lambda session: stakeholders.edit(session, row_id, values=values, seen=was)
    )


def _unrate(case_study_id: uuid.UUID, row_id: uuid.UUID, power: float | None, interest: float | None) -> None:
    seen = {"power": power, "interest": interest}
    changes.attempt(
        case_study_id, "moved", lambda session: stakeholders.move(session, row_id, power=None, interest=None, seen=seen)
    )


def _delete(case_study_id: uuid.UUID, row_id: uuid.UUID, name: str) -> None:
    close()
    changes.attempt(
        case_study_id,
        "removed",
        lambda session: stakeholders.remove(session, [row_id]),
        says=f"{name} is deleted. Undo brings it back.",
    )

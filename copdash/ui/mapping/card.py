"""The card of one stakeholder, beside a board: every field, saved as soon as it is changed, and its history.

    card.follow(key)            callback of a board whose state `selected` is an id, or {"id": ..., "turn": n}
    card.selected(found, key)   the row that was chosen, and what to tell the board about it
    card.show(case_study, row, found)  the card itself; to stand in the board's fragment

It shows the fields that the case study shows, in the parts of `LINES`; something else than a field gets an expander of
its own in `show`.

A field's widget keeps its key while it holds what is stored, so focus stays. An edit of the same field by somebody else
shows up, half-typed text in another field is left alone (`sessions.widget`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from copdash import register, stakeholders, words
from copdash.analysis import organisations, quadrants
from copdash.fields import MEMBERSHIP, NOTES, STANDING, WHO
from copdash.models import About, CaseStudy, Stakeholder
from copdash.ui.habits import changes, histories, review_threads, row_form, sessions, texts
from copdash.ui.mapping import action_forms

WIDTH = 340
STYLE = Path(__file__).resolve().parent / "card.css"

LINES: dict[str, tuple[tuple[str, ...], ...]] = {
    STANDING: (
        ("attitude", "attitude_wanted"),
        ("legitimacy", "urgency"),
        ("confidence",),
        ("stake",),
        ("expectations",),
        ("needs",),
    ),
    WHO: (
        ("kind", "scale"),
        ("organisation",),
        ("role",),
        ("group",),
        ("helix", "country"),
        ("language",),
        ("themes",),
        ("expertise",),
    ),
    MEMBERSHIP: (("membership", "owner"),),
    NOTES: (("rationale",), ("source",), ("notes",)),
}
"""The parts of the card and the fields that share a line; name, power and interest stand above."""

CLOSED = frozenset({WHO})
"""Parts that are folded at first, so that the ratings and why they are so are seen without scrolling."""

_HELP = {
    "owner": "Who of us keeps in touch with them. Addresses and telephone numbers do not belong here.",
    "confidence": "How sure the rating is",
    "source": "Where this comes from: an interview, a document, a workshop",
    "legitimacy": "How far their claim is seen as rightful, 0 to 10",
    "urgency": "How pressing their claim is, 0 to 10",
    "organisation": "Written as in the list, the card of the organisation is one click away",
}


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


def show(case_study: CaseStudy, row: Stakeholder, among: Sequence[Stakeholder] = ()) -> None:
    """The card of this stakeholder; a viewer sees it and cannot type in it. In the room it stays away.

    `among` is the whole list.
    """
    if sessions.presenting() or sessions.names_hidden():
        return
    can_edit = sessions.may_edit()
    st.html(STYLE)
    with st.container(border=True, key="card", width=WIDTH, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(row.kind or "Stakeholder")
            st.button("Close the card", key="card.close", icon=":material/close:", type="tertiary", on_click=close)
        card = _fields(case_study, row, can_edit)
        card.show("name")
        for section, lines in LINES.items():
            shown = [[field for field in line if field in card.columns] for line in lines]
            if section == STANDING or any(shown):
                with st.expander(section, expanded=section not in CLOSED):
                    if section == STANDING:
                        _rating(card)
                    for line in filter(None, shown):
                        card.pair(*line)
                    if section == WHO:
                        _belonging(row, among)
        with st.expander("Actions", expanded=True):
            action_forms.section(case_study, row)
        review_threads.section(case_study, About.STAKEHOLDER, str(row.id))
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


def _belonging(row: Stakeholder, among: Sequence[Stakeholder]) -> None:
    """The organisation of a person, the people of an organisation: a click opens that card."""
    people = organisations.people_of(row, among)
    home = organisations.organisation_of(row, among)
    if home:
        _open(home, f"Open {home.name}", ":material/domain:")
    if people:
        st.caption(f"{words.counted(len(people), 'person')} {words.verb(len(people), 'belongs')} to it")
        for person in people:
            said = f"{person.name}, {person.role}" if person.role else person.name
            _open(person, said, ":material/person:")


def _open(row: Stakeholder, label: str, icon: str) -> None:
    st.button(
        texts.as_typed(label), key=f"card.open.{row.id}", icon=icon, type="tertiary", on_click=_choose, args=(row.id,)
    )


def _choose(row_id: uuid.UUID) -> None:
    st.session_state[sessions.SELECTED] = str(row_id)


def _fields(case_study: CaseStudy, row: Stakeholder, can_edit: bool) -> row_form.Fields:
    def save(values: row_form.Values, seen: row_form.Values) -> Callable[[Any], object]:
        return lambda session: stakeholders.edit(session, row.id, values=values, seen=seen)

    return row_form.Fields(
        case_study, row, register.columns(case_study), save, can_edit, prefix="stakeholder", helps=_HELP
    )


def _rating(card: row_form.Fields) -> None:
    """Two sliders; for whoever lacks a rating two empty number fields, as a slider cannot be empty."""
    row, can_edit = card.row, card.can_edit
    quadrant = quadrants.quadrant(row.power, row.interest)
    if quadrant is None:
        st.caption("Not yet rated. Give both, and it stands on the grid." if can_edit else "Not yet rated.")
        card.pair("power", "interest")
    else:
        card.slider("power")
        card.slider("interest")
    if can_edit and (row.power is not None or row.interest is not None):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            names = quadrants.named(card.case_study.quadrant_names)
            st.caption(names[quadrant] if quadrant else "Half rated")
            st.button(
                "Take the rating off",
                key=f"card.{row.id}.unrate",
                type="tertiary",
                on_click=_unrate,
                args=(card.case_study.id, row.id, row.power, row.interest),
            )


# ---- what it changes ------------------------------------------------------------------------------------------------


def _unrate(case_study_id: uuid.UUID, row_id: uuid.UUID, power: float | None, interest: float | None) -> None:
    seen = {"power": power, "interest": interest}
    changes.attempt(
        case_study_id, lambda session: stakeholders.move(session, row_id, power=None, interest=None, seen=seen)
    )


def _delete(case_study_id: uuid.UUID, row_id: uuid.UUID, name: str) -> None:
    close()
    changes.attempt(
        case_study_id,
        lambda session: stakeholders.remove(session, [row_id]),
        says=f"{name} is deleted. Undo brings it back.",
    )

"""Actions on the screen: one as a line that is ticked off, the form for a new one, and the part of a card about them.

section(case_study, row)     in the card: the quadrant's strategy, this stakeholder's actions, a new one
line(...)                    one action: done is one click, everything else in its popover
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from copdash import actions, meetings, store, words
from copdash.analysis import engagement_strategies, quadrants, roadmaps
from copdash.analysis.engagement_strategies import Strategy
from copdash.fields import ACTION
from copdash.models import Action, CaseStudy, Meeting, Stakeholder
from copdash.ui.habits import changes, row_form, sessions, texts

NO_MEETING = "No meeting"


# ---- in the card ----------------------------------------------------------------------------------------------------


def section(case_study: CaseStudy, row: Stakeholder) -> None:
    """How to engage this stakeholder, and what has been agreed to do."""
    strategy = engagement_strategies.strategy(row.power, row.interest)
    with store.reading(sessions.eye()) as session:
        found = actions.of_stakeholder(session, row.id)
        planned = meetings.of_case(session, case_study.id)
    waiting = [one for one in found if one.done_on is None]
    with st.container(key="card.actions", gap="xsmall"):
        called = (
            quadrants.LABELS[case_study.quadrant_names][strategy.quadrant] if strategy.quadrant else "Not yet rated"
        )
        st.markdown(f"**{texts.as_typed(called)}**: {strategy.sentence}")
        for one in waiting:
            line(case_study, one, planned)
        if len(found) > len(waiting):
            st.caption(f"{len(found) - len(waiting)} done")
        if sessions.may_edit():
            with st.popover("Add action", icon=":material/add_task:", key=f"action.new.{row.id}", width="stretch"):
                form(case_study, planned, row=row, strategy=strategy)


# ---- a new one ------------------------------------------------------------------------------------------------------


def form(
    case_study: CaseStudy,
    planned: Sequence[Meeting],
    *,
    row: Stakeholder | None = None,
    strategy: Strategy | None = None,
    among: Sequence[Stakeholder] = (),
) -> None:
    """A new action, for `row` or for one `among` these; own words go before what the strategy proposes."""
    name = f"action.form.{row.id if row else 'any'}"
    title = f"{name}.title" + (f".{strategy.quadrant}" if strategy else "")  # other proposals, another widget
    with st.form(name, border=False, clear_on_submit=True):
        if row is None:
            names = texts.apart({str(one.id): one.name for one in among})
            st.selectbox(
                "Stakeholder",
                list(names),
                index=None,
                format_func=lambda row_id: names.get(row_id, ""),
                key=f"{name}.who",
                placeholder="With whom",
            )
        if strategy is not None:
            st.radio("Action", list(strategy.proposals), key=f"{title}.proposed")
        st.text_input(
            "Or in your own words" if strategy is not None else "Action", key=title, placeholder="What is to be done"
        )
        with st.container(horizontal=True):
            st.text_input("Owner", key=f"{name}.owner", placeholder="Who sees to it")
            st.date_input("Due", value=None, key=f"{name}.due_on", **row_form.calendar())
        titles = _titles(planned)
        st.selectbox("Where it happens", list(titles), format_func=titles.__getitem__, key=f"{name}.meeting")
        st.form_submit_button(
            "Add", type="primary", on_click=_add, args=(case_study.id, name, title, row.id if row else None)
        )


def _titles(planned: Sequence[Meeting]) -> dict[str, str]:
    titles = {"": NO_MEETING}
    titles |= {
        str(one.id): f"{one.title}, {words.day(one.starts_on)}" if one.starts_on else one.title for one in planned
    }
    return texts.apart(titles)


# ---- one of them ----------------------------------------------------------------------------------------------------


def line(case_study: CaseStudy, one: Action, planned: Sequence[Meeting], who: str = "") -> None:
    """One action: tick it off; its popover changes or deletes it. Overdue ones say so."""
    can_edit = sessions.may_edit()
    key = sessions.widget(f"action.{one.id}.done", one.done_on is not None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch", gap=None):
            st.checkbox(
                texts.as_typed(f"{who}: {one.title}" if who else one.title),
                one.done_on is not None,
                key=key,
                disabled=not can_edit,
                on_change=_tick,
                args=(case_study, one.id, key),
            )
            _about(case_study, one, planned)
        if can_edit:
            more = st.popover("", icon=":material/more_horiz:", key=f"action.{one.id}.more", on_change="rerun")
            if more.open:
                with more:
                    _edit(case_study, one, planned)


def _about(case_study: CaseStudy, one: Action, planned: Sequence[Meeting]) -> None:
    titles = {meeting.id: meeting.title for meeting in planned}
    late = one.done_on is None and one.due_on is not None and one.due_on < roadmaps.today(case_study)
    parts = [one.owner, titles.get(one.meeting_id, "") if one.meeting_id else ""]
    if one.done_on is not None:
        parts.append(f"done {words.day(one.done_on)}")
    elif one.due_on is not None and not late:
        parts.append(f"due {words.day(one.due_on)}")
    said = ", ".join(part for part in parts if part)
    if late or said:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if late:
                st.badge(f"Overdue since {words.day(one.due_on)}", color="red", icon=":material/schedule:")
            if said:
                st.caption(texts.as_typed(said))


def _edit(case_study: CaseStudy, one: Action, planned: Sequence[Meeting]) -> None:
    def save(values: row_form.Values, seen: row_form.Values) -> Callable[[Any], object]:
        return lambda session: actions.edit(session, one.id, values=values, seen=seen)

    fields = row_form.Fields(case_study, one, ACTION, save, can_edit=True, prefix="action")
    for field in ("title", "owner", "due_on"):
        fields.show(field)
    titles = _titles(planned)
    stored = str(one.meeting_id) if one.meeting_id else ""
    key = sessions.widget(f"action.{one.id}.meeting_id", stored)
    st.selectbox(
        "Where it happens",
        list(titles),
        list(titles).index(stored),
        format_func=titles.__getitem__,
        key=key,
        on_change=_elsewhere,
        args=(case_study.id, one.id, key, stored),
    )
    st.button(
        "Delete this action",
        key=f"action.{one.id}.delete",
        type="tertiary",
        icon=":material/delete:",
        on_click=_remove,
        args=(case_study.id, one.id),
    )


# ---- what it changes ------------------------------------------------------------------------------------------------


def _add(case_study_id: uuid.UUID, name: str, title: str, stakeholder_id: uuid.UUID | None) -> None:
    given = {part: st.session_state.get(f"{name}.{part}") for part in ("who", "owner", "due_on", "meeting")}
    who = stakeholder_id or (uuid.UUID(given["who"]) if given["who"] else None)
    if who is None:
        changes.tell("Choose the stakeholder this is about.", wrong=True)
        return
    values: dict[str, Any] = {
        "title": st.session_state.get(title) or st.session_state.get(f"{title}.proposed") or "",
        "owner": given["owner"] or "",
        "due_on": given["due_on"],
    }
    changes.attempt(
        case_study_id,
        lambda session: actions.add(
            session, case_study_id, stakeholder_id=who, meeting_id=_id(given["meeting"]), **values
        ),
    )


def _tick(case_study: CaseStudy, action_id: uuid.UUID, key: str) -> None:
    if st.session_state[key]:
        on = roadmaps.today(case_study)
        changes.attempt(case_study.id, lambda session: actions.finish(session, action_id, on=on))
    else:
        changes.attempt(case_study.id, lambda session: actions.reopen(session, action_id))


def _elsewhere(case_study_id: uuid.UUID, action_id: uuid.UUID, key: str, stored: str) -> None:
    values, seen = {"meeting_id": _id(st.session_state[key])}, {"meeting_id": _id(stored)}
    changes.attempt(case_study_id, lambda session: actions.edit(session, action_id, values=values, seen=seen))


def _remove(case_study_id: uuid.UUID, action_id: uuid.UUID) -> None:
    changes.attempt(
        case_study_id,
        lambda session: actions.remove(session, [action_id]),
        says="The action is deleted. Undo brings it back.",
    )


def _id(text: str | None) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None

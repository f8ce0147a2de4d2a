"""A one-on-one call on the screen: begin and finish it, what was agreed last time, notes, and actions out of them.

A note says by itself who sees to it and by when; the button below it says what it understood, and makes it an action.
"""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from copdash import actions, calls, reviews, store, words
from copdash.analysis import action_lines, roadmaps
from copdash.analysis.roadmap_news import News
from copdash.fields import CALL, NOTE
from copdash.models import Action, Call, CaseStudy, Meeting, Note, Role
from copdash.ui.habits import changes, row_form, sessions, texts
from copdash.ui.mapping import action_forms

STYLE = Path(__file__).resolve().parent / "calls.css"
NOTED = "call.note"
MOST = 12
"""Earlier calls that are listed."""


@dataclass(frozen=True)
class Spoken:
    """What there is of calls: the one under way, those that are over (the latest first), and what is new since then."""

    now: Call | None
    over: Sequence[Call]
    notes: Mapping[uuid.UUID, Sequence[Note]]
    actions: Sequence[Action]
    leader: str
    since: dt.datetime | None
    since_what: str
    news: Sequence[News] = field(default_factory=tuple)

    @property
    def last(self) -> Call | None:
        """The last call that is over."""
        return self.over[0] if self.over else None


def read(case_study: CaseStudy) -> Spoken:
    """Read all of it; «since» is the end of the last call, or else the last step of the review."""
    with store.reading(sessions.eye()) as session:
        found = calls.of_case(session, case_study.id)
        over = sorted(
            (row for row in found if row.ended_at), key=lambda row: row.ended_at or row.begun_at, reverse=True
        )
        step = None if over else reviews.last_spoke(session, case_study.id)
        since = over[0].ended_at if over else step.at if step else None
        return Spoken(
            next((row for row in found if row.ended_at is None), None),
            over,
            calls.notes_of_case(session, case_study.id),
            actions.of_case(session, case_study.id),
            calls.side(session, case_study.id, Role.LEADER),
            since,
            "the last call" if over else f"«{step.summary}»" if step else "",
            calls.news_since(session, case_study.id, since) if since else (),
        )


# ---- the call -------------------------------------------------------------------------------------------------------


def button(case_study: CaseStudy, spoken: Spoken) -> None:
    """Begin a call, or finish the one under way."""
    if not sessions.may_edit():
        return
    if spoken.now is None:
        st.button(
            "Begin the call",
            key="call.begin",
            icon=":material/call:",
            type="primary",
            help="It is kept: when, who, notes and what was agreed",
            on_click=_attempt,
            args=(case_study.id, calls.begin, case_study.id),
        )
    else:
        st.button(
            "Finish the call",
            key="call.finish",
            icon=":material/call_end:",
            type="primary",
            help="From then on, what changes is news for the next call",
            on_click=_attempt,
            args=(case_study.id, calls.finish, spoken.now.id),
        )


def panel(case_study: CaseStudy, spoken: Spoken, planned: Sequence[Meeting], names: Mapping[uuid.UUID, str]) -> None:
    """The call: who speaks, last time's actions, notes, and what is agreed now."""
    st.html(STYLE)
    with st.container(border=True, key="call", gap="small"):
        if spoken.now is not None:
            _under_way(case_study, spoken, spoken.now, planned, names)
        else:
            _before(case_study, spoken, planned, names)
        _earlier(case_study, spoken, planned, names)


def _under_way(
    case_study: CaseStudy,
    spoken: Spoken,
    call: Call,
    planned: Sequence[Meeting],
    names: Mapping[uuid.UUID, str],
) -> None:
    can_edit = sessions.may_edit()
    st.markdown("#### This call")
    st.caption(f":material/call: Since {moment(case_study, call.begun_at)}")
    row_form.Fields(
        case_study,
        call,
        CALL,
        lambda values, seen: lambda session: calls.edit(session, call.id, values=values, seen=seen),
        can_edit,
        prefix="call",
    ).show("people")
    _last_time(case_study, spoken, planned, names)
    st.markdown("##### Notes")
    for one in spoken.notes.get(call.id, ()):
        _note(case_study, spoken, one, can_edit)
    if can_edit:
        st.chat_input(
            "Marta: invite the irrigators by 15 Oct",
            key=f"{NOTED}.{call.id}",
            on_submit=_keep_note,
            args=(case_study.id, call.id),
        )
        if not spoken.notes.get(call.id):
            st.caption("Enter keeps a note. Say who and by when, and one click makes it an action.")
    agreed = [one for one in spoken.actions if one.call_id == call.id]
    if agreed:
        st.markdown("##### Agreed now")
        _lines(case_study, agreed, planned, names)


def _before(case_study: CaseStudy, spoken: Spoken, planned: Sequence[Meeting], names: Mapping[uuid.UUID, str]) -> None:
    if spoken.last is None:
        st.markdown("#### No call yet")
        st.write(
            "Begin the call when you speak. Notes stand here, a note becomes an action with one click, and the next "
            "time this screen says what has changed since."
        )
    else:
        st.markdown("#### The last call")
        _said(case_study, spoken.last)
    _last_time(case_study, spoken, planned, names)
    if spoken.last is not None and spoken.notes.get(spoken.last.id):
        st.markdown("##### Notes")
        for one in spoken.notes[spoken.last.id]:
            _note(case_study, spoken, one, sessions.may_edit())


def _last_time(
    case_study: CaseStudy, spoken: Spoken, planned: Sequence[Meeting], names: Mapping[uuid.UUID, str]
) -> None:
    """What was agreed in the last call, and what is still open of calls before it."""
    last = spoken.last.id if spoken.last else None
    now = spoken.now.id if spoken.now else None
    found = [
        one
        for one in spoken.actions
        if one.call_id is not None and one.call_id != now and (one.call_id == last or one.done_on is None)
    ]
    if last is None and not found:
        return
    open_ones = sum(one.done_on is None for one in found)
    st.markdown("##### Last time's actions")
    if not found:
        st.caption("Nothing was agreed to do.")
    else:
        st.caption(f"{len(found) - open_ones} of {len(found)} done")
    _lines(case_study, found, planned, names)


def _lines(
    case_study: CaseStudy, found: Sequence[Action], planned: Sequence[Meeting], names: Mapping[uuid.UUID, str]
) -> None:
    for one in found:
        who = names.get(one.stakeholder_id, "") if one.stakeholder_id else ""
        action_forms.line(case_study, one, planned, who)


def _note(case_study: CaseStudy, spoken: Spoken, one: Note, can_edit: bool) -> None:
    """One note; beside it what it would be as an action."""
    with st.container(gap=None, key=f"noted.{one.id}"):
        st.text(one.text)
        if not can_edit:
            return
        meant = action_lines.proposed(one.text, today=roadmaps.today(case_study), owner=spoken.leader)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            said = ", ".join(filter(None, (meant.owner, f"by {words.day(meant.due_on)}")))
            st.button(
                texts.as_typed(f"Action: {said}"),
                key=f"note.{one.id}.agree",
                icon=":material/add_task:",
                type="tertiary",
                help=texts.as_typed(f"Make it an action: {meant.title}"),
                on_click=_attempt,
                args=(case_study.id, calls.agree, one.id),
                kwargs={"title": meant.title, "owner": meant.owner, "due_on": meant.due_on},
            )
            more = st.popover("", icon=":material/more_horiz:", key=f"note.{one.id}.more", on_change="rerun")
            if more.open:
                with more:
                    _edit_note(case_study, one)


def _edit_note(case_study: CaseStudy, one: Note) -> None:
    row_form.Fields(
        case_study,
        one,
        NOTE,
        lambda values, seen: lambda session: calls.edit_note(session, one.id, values=values, seen=seen),
        True,
        prefix="note",
    ).show("text")
    st.button(
        "Delete this note",
        key=f"note.{one.id}.delete",
        icon=":material/delete:",
        type="tertiary",
        on_click=_attempt,
        args=(case_study.id, calls.remove_note, one.id),
    )


def _earlier(case_study: CaseStudy, spoken: Spoken, planned: Sequence[Meeting], names: Mapping[uuid.UUID, str]) -> None:
    """Calls before, to be read again."""
    before = spoken.over if spoken.now is not None else spoken.over[1:]
    if not before:
        return
    box = st.expander("Earlier calls", key="call.earlier", on_change="rerun")
    if not box.open:
        return
    with box:
        for call in before[:MOST]:
            _said(case_study, call)
            for one in spoken.notes.get(call.id, ()):
                st.text(one.text)
            _lines(
                case_study,
                [one for one in spoken.actions if one.call_id == call.id and one.done_on is not None],
                planned,
                names,
            )
            if sessions.may_edit():
                st.button(
                    "Delete this call",
                    key=f"call.{call.id}.delete",
                    icon=":material/delete:",
                    type="tertiary",
                    help="With its notes; its actions stay. Undo brings it back.",
                    on_click=_attempt,
                    args=(case_study.id, calls.remove, call.id),
                )
        if len(before) > MOST:
            st.caption(f"And {len(before) - MOST} before.")


def _said(case_study: CaseStudy, call: Call) -> None:
    st.caption(
        texts.as_typed(" · ".join(filter(None, (moment(case_study, call.ended_at or call.begun_at), call.people))))
    )


def moment(case_study: CaseStudy, at: dt.datetime) -> str:
    """A moment in words, in the case study's own time zone."""
    return words.moment(at, zoneinfo.ZoneInfo(case_study.time_zone))


# ---- what it changes ------------------------------------------------------------------------------------------------


def _keep_note(case_study_id: uuid.UUID, call_id: uuid.UUID) -> None:
    text = st.session_state.get(f"{NOTED}.{call_id}") or ""
    _attempt(case_study_id, calls.note, call_id, text=text)


def _attempt(case_study_id: uuid.UUID, verb: Callable[..., object], *args: Any, **values: Any) -> None:
    """Callback: one verb with these arguments."""
    changes.attempt(case_study_id, lambda session: verb(session, *args, **values))

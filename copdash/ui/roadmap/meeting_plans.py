"""What a meeting's card says below its fields: the plan of the day, tasks before and after, and the people's parts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from copdash import agendas, meetings, preparations, words
from copdash.analysis import agenda_methods, roadmaps
from copdash.analysis.agenda_methods import NOTHING, Method
from copdash.fields import AGENDA, INVITATION, MEETING, plain
from copdash.models import AgendaBlock, CaseStudy, Meeting, Milestone, Part, Preparation, Stakeholder
from copdash.ui.habits import changes, row_form, sessions, texts

# ---- the plan of the day --------------------------------------------------------------------------------------------


def day_said(meeting: Meeting, blocks: Sequence[AgendaBlock]) -> str:
    """How long the day is, or from when to when; empty without an agenda."""
    if not blocks:
        return ""
    minutes = sum(block.minutes for block in blocks)
    times = agendas.times(meeting.day_starts_at, blocks)
    return f"Agenda {times[0]}–{times[-1]}" if times else f"Agenda {minutes // 60}:{minutes % 60:02} h"


def agenda(case_study: CaseStudy, meeting: Meeting, blocks: Sequence[AgendaBlock], can_edit: bool) -> None:
    """The blocks of the day, each with the time it begins at; what is odd about the day; a line for a new block."""

    def save(values: row_form.Values, seen: row_form.Values) -> Any:
        return lambda session: meetings.edit(session, meeting.id, values=values, seen=seen)

    head = row_form.Fields(case_study, meeting, MEETING, save, can_edit)
    head.show("day_starts_at")
    times = agendas.times(meeting.day_starts_at, blocks)
    for number in range(len(blocks)):
        _block(case_study, meeting, blocks, number, times[number] if times else "", can_edit)
    if times and blocks:
        st.caption(f"The day ends at {times[-1]}.")
    for sentence in agendas.gaps(blocks):
        st.caption(texts.as_typed(sentence))
    longest = roadmaps.minutes_of(meeting)
    total = sum(block.minutes for block in blocks)
    if total > longest:
        st.caption(
            f":material/warning: The plan takes {total // 60}:{total % 60:02} hours, and the meeting has "
            f"{longest // 60}. Shorten a block, or give the meeting another day."
        )
    if can_edit:
        _new_block(case_study, meeting, bool(blocks))


def _block(
    case_study: CaseStudy, meeting: Meeting, blocks: Sequence[AgendaBlock], number: int, time: str, can_edit: bool
) -> None:
    block = blocks[number]

    def save(values: row_form.Values, seen: row_form.Values) -> Any:
        return lambda session: agendas.edit(session, block.id, values=values, seen=seen)

    fields = row_form.Fields(
        case_study,
        block,
        AGENDA,
        save,
        can_edit,
        prefix="agenda",
        words={"method": agenda_methods.names()},
    )
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            fields.show("activity")
            fields.show("minutes", width=104)
        with st.container(horizontal=True, gap="small"):
            method = agenda_methods.of(block.method)
            fields.show("method", help="How to work; what the chosen one is for is said below")
            fields.show("lead")
        if method:
            st.caption(texts.as_typed(method.sentence))
        fields.show("material")
        if method and can_edit:
            _take(case_study, block, method)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.caption(time or f"Block {number + 1}", width="stretch")
            if not can_edit:
                return
            ids = [other.id for other in blocks]
            for label, icon, to in (("Earlier", "arrow_upward", number - 1), ("Later", "arrow_downward", number + 1)):
                st.button(
                    label,
                    key=f"agenda.{block.id}.{label}",
                    icon=f":material/{icon}:",
                    type="tertiary",
                    disabled=not 0 <= to < len(blocks),
                    on_click=_swap,
                    args=(case_study.id, meeting.id, ids, number, to),
                )
            st.button(
                "Remove",
                key=f"agenda.{block.id}.remove",
                icon=":material/delete:",
                type="tertiary",
                on_click=_attempt,
                args=(case_study.id, agendas.remove, [block.id]),
            )


def _take(case_study: CaseStudy, block: AgendaBlock, method: Method) -> None:
    """What the method needs and the block does not have yet, with one click: its shortest time, its material."""
    offered: dict[str, object] = {}
    if block.minutes < method.least_minutes:
        offered["minutes"] = method.least_minutes
    if not block.material and method.material != NOTHING:
        offered["material"] = method.material
    if offered:
        named = {"minutes": words.counted(method.least_minutes, "minute"), "material": "material"}
        seen = {name: plain(getattr(block, name)) for name in offered}
        st.button(
            f"Take its {words.listed(named[name] for name in offered)}",
            key=f"agenda.{block.id}.take",
            icon=":material/south:",
            type="tertiary",
            on_click=_attempt,
            args=(case_study.id, partial(agendas.edit, values=offered, seen=seen), block.id),
        )


def _new_block(case_study: CaseStudy, meeting: Meeting, has_some: bool) -> None:
    if not has_some:
        known = agenda_methods.names()
        st.caption(f"Each block can name a method. {len(known)} are described, such as {known[2]} and {known[3]}.")
    with st.form(f"agenda.{meeting.id}.new", border=False, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            activity = st.text_input(
                "Next block" if has_some else "First block",
                key=f"agenda.{meeting.id}.new.activity",
                placeholder="Welcome and aims",
            )
            minutes = st.number_input("Minutes", 0, 1440, 30, 5, key=f"agenda.{meeting.id}.new.minutes", width=104)
        if st.form_submit_button("Add block", icon=":material/add:"):
            if changes.attempt(
                case_study.id,
                lambda session: agendas.add(session, meeting.id, activity=activity, minutes=minutes),
            ):
                st.rerun(scope="fragment")
            changes.told()


def _swap(case_study_id: uuid.UUID, meeting_id: uuid.UUID, ids: list[uuid.UUID], one: int, other: int) -> None:
    ids[one], ids[other] = ids[other], ids[one]
    _attempt(case_study_id, agendas.arrange, meeting_id, ids)


def _attempt(case_study_id: uuid.UUID, verb: Any, *args: Any) -> None:
    """Callback: one verb with these arguments."""
    changes.attempt(case_study_id, lambda session: verb(session, *args))


# ---- tasks ----------------------------------------------------------------------------------------------------------


def left(tasks: Sequence[Preparation]) -> str:
    """How many tasks are left; empty without any."""
    waiting = sum(task.done_on is None for task in tasks)
    return "" if not tasks else f"{waiting} of {len(tasks)} tasks to do" if waiting else "All tasks done"


def tasks(
    case_study: CaseStudy,
    meeting: Meeting,
    listed: Sequence[Preparation],
    milestones: Sequence[Milestone],
    prepared: Sequence[uuid.UUID],
    can_edit: bool,
) -> None:
    """The tasks with owner and day, a line for a new one, and the milestones that the meeting prepares."""
    today = roadmaps.today(case_study)
    for task in listed:
        _task(case_study, task, today, can_edit)
    if can_edit:
        with st.form(f"task.{meeting.id}.new", border=False, clear_on_submit=True):
            title = st.text_input("New task", key=f"task.{meeting.id}.new.title", placeholder="Send the invitations")
            with st.container(horizontal=True, gap="xsmall"):
                owner = st.text_input("Owner", key=f"task.{meeting.id}.new.owner")
                before = meeting.starts_on - dt.timedelta(days=14) if meeting.starts_on else None
                due = st.date_input("Due", before, key=f"task.{meeting.id}.new.due", **row_form.calendar())
            if st.form_submit_button("Add task", icon=":material/add:"):
                values = {"title": title, "owner": owner, "due_on": plain(due)}
                if changes.attempt(case_study.id, lambda session: preparations.add(session, meeting.id, **values)):
                    st.rerun(scope="fragment")
                changes.told()
    names = {str(mark.id): mark.title for mark in milestones}
    was = [str(row_id) for row_id in prepared if str(row_id) in names]
    key = sessions.widget(f"meeting.{meeting.id}.prepares", was)
    st.multiselect(
        "Milestones it prepares",
        list(names),
        default=was,
        format_func=lambda row_id: names.get(row_id, "Deleted"),
        key=key,
        placeholder="Choose milestones" if names else "There are no milestones yet",
        disabled=not can_edit or not names,
        on_change=_prepare,
        args=(case_study.id, meeting.id, key, was),
    )


def _task(case_study: CaseStudy, task: Preparation, today: dt.date, can_edit: bool) -> None:
    key = sessions.widget(f"task.{task.id}.done", task.done_on is not None)
    late = task.done_on is None and task.due_on is not None and task.due_on < today
    said = [
        task.title,
        task.owner,
        f"{'was due' if late else 'by'} {words.day_in_full(task.due_on)}" if task.due_on else "",
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.checkbox(
            texts.as_typed(" · ".join(part for part in said if part)),
            task.done_on is not None,
            key=key,
            disabled=not can_edit,
            width="stretch",
            on_change=_finish,
            args=(case_study.id, task, key, today),
        )
        if can_edit:
            st.button(
                "Remove the task",
                key=f"task.{task.id}.remove",
                icon=":material/delete:",
                type="tertiary",
                on_click=_attempt,
                args=(case_study.id, preparations.remove, [task.id]),
            )


def _finish(case_study_id: uuid.UUID, task: Preparation, key: str, today: dt.date) -> None:
    done = plain(today) if st.session_state[key] else ""
    changes.attempt(
        case_study_id,
        lambda session: preparations.edit(
            session, task.id, values={"done_on": done}, seen={"done_on": plain(task.done_on)}
        ),
    )


def _prepare(case_study_id: uuid.UUID, meeting_id: uuid.UUID, key: str, seen: Sequence[str]) -> None:
    wanted = [uuid.UUID(row_id) for row_id in st.session_state[key]]
    was = [uuid.UUID(row_id) for row_id in seen]
    changes.attempt(
        case_study_id,
        lambda session: meetings.prepare(session, meeting_id, milestone_ids=wanted, seen=was),
    )


# ---- the people's parts ---------------------------------------------------------------------------------------------


def parts(
    case_study: CaseStudy,
    meeting: Meeting,
    everybody: Sequence[Stakeholder],
    invited: Sequence[uuid.UUID],
    roles: Mapping[uuid.UUID, str],
    can_edit: bool,
) -> None:
    """What each of the invited comes as."""
    names = {row.id: row.name for row in everybody}
    for stakeholder_id in invited:
        stored = roles.get(stakeholder_id, Part.PARTICIPANT.value)
        key = sessions.widget(f"meeting.{meeting.id}.role.{stakeholder_id}", stored)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.text(names.get(stakeholder_id, "Deleted"), width="stretch")
            st.selectbox(
                f"{INVITATION['role'].label}: {names.get(stakeholder_id, '')}",
                Part.values(),
                Part.values().index(stored),
                key=key,
                label_visibility="collapsed",
                disabled=not can_edit,
                width=140,
                on_change=_cast,
                args=(case_study.id, meeting.id, stakeholder_id, key, stored),
            )


def _cast(case_study_id: uuid.UUID, meeting_id: uuid.UUID, stakeholder_id: uuid.UUID, key: str, seen: str) -> None:
    role = st.session_state[key]
    changes.attempt(
        case_study_id,
        lambda session: meetings.cast(session, meeting_id, stakeholder_id, values={"role": role}, seen={"role": seen}),
    )

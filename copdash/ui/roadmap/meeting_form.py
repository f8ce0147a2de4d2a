"""The card of one meeting or milestone, beside the roadmap: every field, who is invited, and what it has been.

Each field is saved as soon as it is changed, with what its author saw. An edit of the same field by somebody else
shows up, half-typed text in the others is left alone (`sessions.widget`). Setting a start schedules a meeting: the way
without dragging.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from copdash import agendas, meeting_merges, meetings, milestones, preparations, reviews, stakeholders, store
from copdash.analysis.roadmap_checks import Finding
from copdash.fields import MEETING, MILESTONE, plain
from copdash.models import (
    About,
    AgendaBlock,
    CaseStudy,
    Meeting,
    MeetingKind,
    Milestone,
    Preparation,
    Stakeholder,
    Theme,
)
from copdash.reviews import Thread
from copdash.ui.habits import changes, histories, review_threads, row_form, sessions
from copdash.ui.mapping import card
from copdash.ui.roadmap import (
    attendances,
    calendar_files,
    meeting_moves,
    meeting_plans,
    merge_forms,
    roadmap_findings,
    series_forms,
)

EVALUATIONS = (
    "A form at the end",
    "A round of one sentence each",
    "A poll during the meeting",
    "Interviews afterwards",
    "Most significant change",
)
"""Offered as evaluation method; any other is as good."""

NEW = "new"
AGAIN = "meeting.new.again"


# ---- which one ------------------------------------------------------------------------------------------------------


def follow(key: str) -> None:
    """Callback: open what the board with this key says was chosen."""
    state = st.session_state.get(key)
    said = state.get("selected") if isinstance(state, Mapping) else None
    chosen = said.get("id") if isinstance(said, Mapping) else None
    st.session_state[sessions.OPENED] = chosen if isinstance(chosen, str) else None


def open_(what: str | None) -> None:
    """Callback: open the card of this id, the one for a new meeting (`NEW`), or none."""
    st.session_state[sessions.OPENED] = what


def opened() -> str | None:
    """The id of what is open, `NEW`, or None; in the room nothing is."""
    if sessions.presenting() or sessions.names_hidden():
        return None
    found = st.session_state.get(sessions.OPENED)
    return found if isinstance(found, str) else None


# ---- the cards ------------------------------------------------------------------------------------------------------


def new_meeting(case_study: CaseStudy) -> None:
    """A meeting made without dragging: a title, a kind, and a day if there is one yet."""
    with _card("New meeting"):
        if not sessions.may_edit():
            st.caption("You are looking on as a viewer. Choose another role under «You» in the menu to plan meetings.")
            return
        ways = ("One meeting", "A series")
        if (
            st.segmented_control("What", ways, default=ways[0], required=True, key=AGAIN, label_visibility="collapsed")
            == ways[1]
        ):
            series_forms.new(case_study, open_)
            return
        with st.form("meeting.new", border=False, clear_on_submit=False):
            title = st.text_input("Title", key="meeting.new.title", placeholder="CoP 1: common vision")
            kind = st.selectbox("Kind", MeetingKind.values(), key="meeting.new.kind")
            theme = st.selectbox(
                "Theme", ["", *Theme.values()], key="meeting.new.theme", format_func=lambda word: word or "Not set"
            )
            day = st.date_input("Start", value=None, key="meeting.new.starts_on", **row_form.calendar())
            st.caption("Without a start it waits in the palette.")
            if st.form_submit_button("Plan it", type="primary", icon=":material/add:"):
                values = {"title": title, "kind": kind, "theme": theme, "starts_on": plain(day)}
                planned: list[uuid.UUID] = []
                if changes.attempt(
                    case_study.id,
                    lambda session: planned.append(meetings.plan(session, case_study.id, **values).id),
                ):
                    open_(str(planned[0]))
                    st.rerun(scope="fragment")
                changes.told()


@dataclass
class Around:
    """What the card of a meeting says beside the meeting itself: who comes as what, its plan, tasks and threads."""

    everybody: Sequence[Stakeholder] = ()
    invited: Sequence[uuid.UUID] = ()
    came: Sequence[uuid.UUID] = ()
    roles: Mapping[uuid.UUID, str] = field(default_factory=dict)
    blocks: Sequence[AgendaBlock] = ()
    tasks: Sequence[Preparation] = ()
    milestones: Sequence[Milestone] = ()
    prepared: Sequence[uuid.UUID] = ()
    threads: Sequence[Thread] = ()
    checks: Sequence[Thread] = ()


def around(case_study: CaseStudy, row: Meeting) -> Around:
    """Read what belongs to this meeting."""
    with store.reading(sessions.eye()) as session:
        said = reviews.threads(session, case_study.id)
        return Around(
            everybody=stakeholders.of_case(session, case_study.id),
            invited=meetings.invited(session, case_study.id).get(row.id, []),
            came=meetings.attended(session, case_study.id).get(row.id, []),
            roles=meetings.roles(session, case_study.id).get(row.id, {}),
            blocks=agendas.by_meeting(session, [row.id])[row.id],
            tasks=[task for task in preparations.of_case(session, case_study.id) if task.meeting_id == row.id],
            milestones=milestones.of_case(session, case_study.id),
            prepared=meetings.prepared(session, case_study.id).get(row.id, []),
            threads=reviews.about(said, About.MEETING, str(row.id)),
            checks=[thread for thread in said if thread.first.about == About.CHECK],
        )


def meeting(
    case_study: CaseStudy,
    row: Meeting,
    about: Around,
    *,
    number: int | None = None,
    findings: Sequence[Finding] = (),
    planned: Sequence[Meeting] = (),
) -> None:
    """The card of this meeting, with its number among the CoP meetings and what the checks found; a viewer sees it
    and cannot change it."""
    can_edit = sessions.may_edit()

    def save(values: Mapping[str, object], seen: Mapping[str, object]) -> Callable[[Any], object]:
        return lambda session: meetings.edit(session, row.id, values=values, seen=seen)

    def after(name: str) -> None:
        if name in ("starts_on", "ends_on"):
            meeting_moves.moved(row)

    again = series_forms.place(row, planned)
    with _card(" · ".join(filter(None, (f"{row.kind} {number}" if number else "Meeting", again)))):
        fields = row_form.Fields(
            case_study,
            row,
            MEETING,
            save,
            can_edit,
            together=row_form.days_together,
            words={"theme": Theme.values(), "evaluation": EVALUATIONS},
            after=after,
        )
        fields.show("title")
        roadmap_findings.at_meeting(case_study, findings, about.checks)
        fields.pair("starts_on", "ends_on")
        fields.pair("kind", "certainty")
        fields.show("theme")
        fields.pair("format", "place")
        fields.show("moderator")
        _invitations(case_study, row, about.everybody, about.invited, can_edit)
        fields.show("goals")
        fields.show("expected_outcomes")
        review_threads.about(case_study, About.MEETING, str(row.id), about.threads, can_edit)
        # The labels stay: a section with another label is another one, closed, and what was half-typed in it is gone.
        st.caption(
            " · ".join(
                filter(
                    None,
                    (
                        meeting_plans.day_said(row, about.blocks),
                        meeting_plans.left(about.tasks),
                        attendances.said(about.came, about.invited),
                    ),
                )
            )
        )
        if attendances.asked(case_study, row, about.came):
            with _section(row, "attendance", "Who came") as shown:
                if shown:
                    attendances.show(case_study, row, about.everybody, about.invited, about.came, can_edit)
        with _section(row, "agenda", "Agenda") as shown:
            if shown:
                meeting_plans.agenda(case_study, row, about.blocks, can_edit)
        with _section(row, "tasks", "Preparation") as shown:
            if shown:
                meeting_plans.tasks(case_study, row, about.tasks, about.milestones, about.prepared, can_edit)
        with _section(row, "people", "People, link and language") as shown:
            if shown:
                fields.pair("organiser", "note_taker")
                fields.pair("link", "language")
                meeting_plans.parts(case_study, row, about.everybody, about.invited, about.roles, can_edit)
        with _section(row, "after", "Questions, evaluation, follow-up") as shown:
            if shown:
                for name in ("questions", "evaluation", "follow_up", "moved_because"):
                    fields.show(name)
        if again and can_edit:
            with _section(row, "series", "Series") as shown:
                if shown:
                    series_forms.section(case_study, row, planned)
        if can_edit and len(planned) > 1:
            with _section(row, "merge", "Merge with another meeting") as shown:
                if shown:
                    merge_forms.section(case_study, row, planned)
        with st.expander("History"):
            histories.show(case_study, row.id, meeting_merges.merged_into(row))
        _end(case_study, row, can_edit)


def _end(case_study: CaseStudy, row: Meeting, can_edit: bool) -> None:
    """What can be done with the whole meeting."""
    with st.container(horizontal=True, gap="xsmall"):
        calendar_files.one(case_study, row)
        if can_edit and row.starts_on:
            st.button(
                "Unschedule",
                key=f"meeting.{row.id}.unschedule",
                icon=":material/event_busy:",
                type="tertiary",
                help="It keeps everything but its day, and waits in the palette",
                on_click=_unschedule,
                args=(case_study.id, row.id, row.starts_on, row.ends_on),
            )
        if can_edit:
            _delete_button(case_study, row, lambda session: meetings.remove(session, [row.id]))


@contextlib.contextmanager
def _section(row: Meeting, name: str, label: str) -> Iterator[bool]:
    """A part of the card that is made when it is opened."""
    box = st.expander(label, key=f"meeting.{row.id}.{name}", on_change="rerun")
    with box:
        yield bool(box.open)


def milestone(case_study: CaseStudy, row: Milestone) -> None:
    """The card of this milestone."""
    can_edit = sessions.may_edit()

    def save(values: Mapping[str, object], seen: Mapping[str, object]) -> Callable[[Any], object]:
        return lambda session: milestones.edit(session, row.id, values=values, seen=seen)

    with _card("Milestone"):
        fields = row_form.Fields(case_study, row, MILESTONE, save, can_edit)
        fields.show("title")
        fields.pair("kind", "due_on")
        with st.expander("History"):
            histories.show(case_study, row.id)
        if can_edit:
            _delete_button(case_study, row, lambda session: milestones.remove(session, [row.id]))


def _card(what: str) -> Any:
    st.html(card.STYLE)
    shown = st.container(border=True, key="card", width=card.WIDTH, gap="xsmall")
    with shown, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(what)
        st.button(
            "Close the card",
            key="meeting.close",
            icon=":material/close:",
            type="tertiary",
            on_click=open_,
            args=(None,),
        )
    return shown


def _invitations(
    case_study: CaseStudy,
    row: Meeting,
    everybody: Sequence[Stakeholder],
    invited: Sequence[uuid.UUID],
    can_edit: bool,
) -> None:
    names = {str(stakeholder.id): stakeholder.name for stakeholder in everybody}
    was = [str(stakeholder_id) for stakeholder_id in invited if str(stakeholder_id) in names]
    key = sessions.widget(f"meeting.{row.id}.invited", was)
    st.multiselect(
        f"Invited stakeholders · {len(was)}",
        list(names),
        default=was,
        format_func=lambda stakeholder_id: names.get(stakeholder_id, "Deleted"),
        key=key,
        placeholder="Choose from the list" if names else "List the stakeholders first",
        disabled=not can_edit or not names,
        on_change=_invite,
        args=(case_study.id, row.id, key, was),
    )


# ---- what they change -----------------------------------------------------------------------------------------------


def _invite(case_study_id: uuid.UUID, meeting_id: uuid.UUID, key: str, seen: Sequence[str]) -> None:
    """Callback: the list of the invited as one gesture; what others invited meanwhile stays invited."""
    wanted = [uuid.UUID(stakeholder_id) for stakeholder_id in st.session_state[key]]
    was = [uuid.UUID(stakeholder_id) for stakeholder_id in seen]
    changes.attempt(
        case_study_id,
        lambda session: meetings.invite(session, meeting_id, stakeholder_ids=wanted, seen=was),
    )


def _unschedule(
    case_study_id: uuid.UUID, meeting_id: uuid.UUID, starts_on: dt.date | None, ends_on: dt.date | None
) -> None:
    seen = {"starts_on": plain(starts_on), "ends_on": plain(ends_on)}
    changes.attempt(
        case_study_id,
        lambda session: meetings.reschedule(session, meeting_id, starts_on=None, seen=seen),
    )


def _delete_button(case_study: CaseStudy, row: Meeting | Milestone, remove: Callable[[Any], object]) -> None:
    def delete() -> None:
        if changes.attempt(case_study.id, remove):
            open_(None)
            changes.tell(f"{row.title} is deleted. Undo brings it back.")

    st.button(
        "Delete",
        key=f"meeting.{row.id}.delete",
        icon=":material/delete:",
        type="tertiary",
        on_click=delete,
        help="Undo brings all of it back",
    )

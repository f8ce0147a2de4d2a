"""The card of one meeting or milestone, beside the roadmap: every field, who is invited, and what it has been.

Each field is saved as soon as it is changed, with what its author saw. An edit of the same field by somebody else
shows up, half-typed text in the others is left alone (`sessions.widget`). Setting a start schedules a meeting: the way
without dragging.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from copdash import meetings, milestones
from copdash.fields import MEETING, MILESTONE, Column, plain
from copdash.models import CaseStudy, Meeting, MeetingKind, Milestone, Stakeholder, Theme
from copdash.ui import card, changes, histories, sessions

NEW = "new"
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


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
        with st.form("meeting.new", border=False, clear_on_submit=False):
            title = st.text_input("Title", key="meeting.new.title", placeholder="CoP 1: common vision")
            kind = st.selectbox("Kind", MeetingKind.values(), key="meeting.new.kind")
            theme = st.selectbox(
                "Theme", ["", *Theme.values()], key="meeting.new.theme", format_func=lambda word: word or "Not set"
            )
            day = st.date_input("Start", value=None, key="meeting.new.starts_on", **_calendar())
            st.caption("Without a start it waits in the palette.")
            if st.form_submit_button("Plan it", type="primary", icon=":material/add:"):
                values = {"title": title, "kind": kind, "theme": theme, "starts_on": plain(day)}
                planned: list[uuid.UUID] = []
                if changes.attempt(
                    case_study.id,
                    "planned",
                    lambda session: planned.append(meetings.plan(session, case_study.id, **values).id),
                ):
                    open_(str(planned[0]))
                    st.rerun(scope="fragment")
                changes.told()


def meeting(
    case_study: CaseStudy, row: Meeting, everybody: Sequence[Stakeholder], invited: Sequence[uuid.UUID]
) -> None:
    """The card of this meeting; a viewer sees it and cannot change it."""
    can_edit = sessions.may_edit()

    def save(values: Mapping[str, object], seen: Mapping[str, object]) -> Callable[[Any], object]:
        return lambda session: meetings.edit(session, row.id, values=values, seen=seen)

    with _card("Meeting"):
        fields = _Fields(case_study, row, MEETING, "meeting_edited", save, can_edit)
        fields.show("title")
        fields.pair("starts_on", "ends_on")
        fields.pair("kind", "certainty")
        fields.show("theme")
        fields.pair("format", "place")
        fields.show("moderator")
        _invitations(case_study, row, everybody, invited, can_edit)
        fields.show("goals")
        fields.show("expected_outcomes")
        with st.expander("History"):
            histories.show(case_study, row.id)
        if can_edit:
            with st.container(horizontal=True):
                if row.starts_on:
                    st.button(
                        "Unschedule",
                        key=f"meeting.{row.id}.unschedule",
                        icon=":material/event_busy:",
                        type="tertiary",
                        help="It keeps everything but its day, and waits in the palette",
                        on_click=_unschedule,
                        args=(case_study.id, row.id, row.starts_on, row.ends_on),
                    )
                _delete_button(case_study, row, lambda session: meetings.remove(session, [row.id]), "meetings_removed")


def milestone(case_study: CaseStudy, row: Milestone) -> None:
    """The card of this milestone."""
    can_edit = sessions.may_edit()

    def save(values: Mapping[str, object], seen: Mapping[str, object]) -> Callable[[Any], object]:
        return lambda session: milestones.edit(session, row.id, values=values, seen=seen)

    with _card("Milestone"):
        fields = _Fields(case_study, row, MILESTONE, "milestone_edited", save, can_edit)
        fields.show("title")
        fields.pair("kind", "due_on")
        with st.expander("History"):
            histories.show(case_study, row.id)
        if can_edit:
            _delete_button(case_study, row, lambda session: milestones.remove(session, [row.id]), "milestones_removed")


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


class _Fields:
    """The fields of one row, each the widget that suits its column."""

    def __init__(
        self,
        case_study: CaseStudy,
        row: Meeting | Milestone,
        columns: Mapping[str, Column],
        gesture: str,
        save: Callable[[Mapping[str, object], Mapping[str, object]], Callable[[Any], object]],
        can_edit: bool,
    ) -> None:
        self.case_study, self.row, self.columns = case_study, row, columns
        self.gesture, self.save, self.can_edit = gesture, save, can_edit

    def pair(self, *fields: str) -> None:
        with st.container(horizontal=True):
            for field in fields:
                self.show(field)

    def show(self, field: str) -> None:
        column, stored = self.columns[field], getattr(self.row, field)
        key = sessions.widget(f"meeting.{self.row.id}.{field}", stored)
        common: dict[str, Any] = {
            "key": key,
            "disabled": not self.can_edit,
            "on_change": self.changed,
            "args": (field, key),
        }
        words = Theme.values() if field == "theme" else column.choices.values() if column.choices else []
        if words:
            options = [*([] if column.required else [""]), *words]
            st.selectbox(
                column.label,
                options if stored in options else [*options, stored],
                format_func=lambda word: word or "Not set",
                accept_new_options=field == "theme",
                **common,
            )
        elif column.shape == "day":
            st.date_input(column.label, **_calendar(), **common)
        elif column.shape == "note":
            st.text_area(column.label, height=80, **common)
        else:
            st.text_input(column.label, **common)

    def changed(self, field: str, key: str) -> None:
        """Callback: one field as one gesture, beside what was on screen. Refused, it shows the truth again."""
        given = st.session_state[key]
        values, seen = {field: plain(given) or ""}, {field: plain(getattr(self.row, field))}
        if isinstance(self.row, Meeting) and field in ("starts_on", "ends_on"):
            values, seen = _days(self.row, field, given)
        changes.attempt(self.case_study.id, self.gesture, self.save(values, seen))


def _days(row: Meeting, field: str, given: dt.date | None) -> tuple[dict[str, object], dict[str, object]]:
    """Start and end are one unit: another start takes the end along, and there is no end without a start."""
    if field == "starts_on":
        length = row.ends_on - row.starts_on if row.starts_on and row.ends_on else dt.timedelta()
        first, last = given, given + length if given else None
    else:
        first, last = row.starts_on or given, given
    values: dict[str, object] = {"starts_on": plain(first), "ends_on": plain(last or first)}
    return values, {"starts_on": plain(row.starts_on), "ends_on": plain(row.ends_on)}


def _calendar() -> dict[str, Any]:
    return {"min_value": _FIRST, "max_value": _LAST, "format": "DD/MM/YYYY"}


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
        "invited",
        lambda session: meetings.invite(session, meeting_id, stakeholder_ids=wanted, seen=was),
    )


def _unschedule(
    case_study_id: uuid.UUID, meeting_id: uuid.UUID, starts_on: dt.date | None, ends_on: dt.date | None
) -> None:
    seen = {"starts_on": plain(starts_on), "ends_on": plain(ends_on)}
    changes.attempt(
        case_study_id,
        "rescheduled",
        lambda session: meetings.reschedule(session, meeting_id, starts_on=None, seen=seen),
    )


def _delete_button(
    case_study: CaseStudy, row: Meeting | Milestone, remove: Callable[[Any], object], gesture: str
) -> None:
    def delete() -> None:
        if changes.attempt(case_study.id, gesture, remove):
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

"""Meetings that come again, on the screen: the form that makes a series, and what can be done from one meeting on."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from copdash import meeting_series, store, words
from copdash.analysis import public_holidays, recurrences, roadmaps
from copdash.errors import Problem
from copdash.models import CaseStudy, Meeting, MeetingKind
from copdash.ui.habits import changes, row_form, sessions

KEY = "meeting.series"
UNITS: tuple[recurrences.Unit, ...] = ("weeks", "months")


def new(case_study: CaseStudy, planned: Callable[[str], object]) -> None:
    """The form of a new series, with the days it would have; `planned` gets the id of the first once it is made."""
    today = roadmaps.today(case_study)
    title = st.text_input("Title", key=f"{KEY}.title", placeholder="Online check-in")
    kind = st.selectbox("Kind", MeetingKind.values(), key=f"{KEY}.kind", index=_usual_kind())
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        every = st.number_input("Every", 1, 52, 4, key=f"{KEY}.every", width=96)
        unit = st.segmented_control(
            "Weeks or months",
            UNITS,
            default="weeks",
            required=True,
            key=f"{KEY}.unit",
            label_visibility="collapsed",
        )
    with st.container(horizontal=True, gap="small"):
        first = st.date_input("From", today + dt.timedelta(days=7), key=f"{KEY}.first", **row_form.calendar())
        until = st.date_input("Until", _usual_end(case_study, today), key=f"{KEY}.until", **row_form.calendar())
    known = public_holidays.code_of(case_study.country) is not None
    moved = st.checkbox(
        "Not on weekends or public holidays" if known else "Not on weekends",
        value=True,
        key=f"{KEY}.working",
        help="Such a meeting moves to the next working day",
    )
    country = case_study.country if moved else None
    if not isinstance(first, dt.date) or not isinstance(until, dt.date):
        st.caption("Choose the first day and the last.")
        return
    try:
        days = recurrences.days(first, int(every), unit or "weeks", until, country=country)
    except Problem as problem:
        st.caption(f":material/info: {problem}")
        return
    st.caption(_days_said(days))
    st.button(
        "Plan the series",
        type="primary",
        icon=":material/event_repeat:",
        key=f"{KEY}.plan",
        on_click=_plan,
        args=(case_study.id, days, {"title": title or "Online check-in", "kind": kind}, planned),
    )


def _plan(
    case_study_id: uuid.UUID, days: Sequence[dt.date], values: Mapping[str, str], planned: Callable[[str], object]
) -> None:
    made: list[uuid.UUID] = []

    def change(session: store.Session) -> None:
        made.extend(row.id for row in meeting_series.plan(session, case_study_id, days=days, **values))

    says = f"{len(days)} meetings are planned as a series. One undo takes them back."
    if changes.attempt(case_study_id, change, says=says):
        planned(str(made[0]))


def _usual_kind() -> int:
    return MeetingKind.values().index(MeetingKind.ONE_ON_ONE.value)


def _usual_end(case_study: CaseStudy, today: dt.date) -> dt.date:
    """A year on, or the end of the project if that comes before."""
    year = today + dt.timedelta(days=365)
    end = case_study.ends_on
    return min(year, end) if end and end > today + dt.timedelta(days=7) else year


def _days_said(days: Sequence[dt.date]) -> str:
    shown = [words.day(day) for day in days]
    listed = ", ".join(shown) if len(shown) <= 4 else f"{', '.join(shown[:3])} … {shown[-1]}"
    return f"{len(days)} meetings: {listed}"


# ---- on the card of a meeting ---------------------------------------------------------------------------------------


def place(row: Meeting, planned: Sequence[Meeting]) -> str:
    """«3 of 12 in a series»; empty for a meeting of its own."""
    series = meeting_series.of(row, planned)
    return f"{[one.id for one in series].index(row.id) + 1} of {len(series)} in a series" if len(series) > 1 else ""


def section(case_study: CaseStudy, row: Meeting, planned: Sequence[Meeting]) -> None:
    """From this meeting on: move, or end. The fields above and «Delete» are about this one alone."""
    later = meeting_series.later(row, planned)
    both = [row, *later]
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        st.number_input(
            "Move this and later by days",
            -365,
            365,
            7,
            key=f"{KEY}.{row.id}.by",
            help="Fewer than 0: earlier",
            width=200,
        )
        st.button(
            f"Move {len(both)}",
            key=f"{KEY}.{row.id}.move",
            icon=":material/event_repeat:",
            disabled=row.starts_on is None,
            on_click=_shift,
            args=(case_study.id, [row, *later], f"{KEY}.{row.id}.by"),
        )
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            f"End after this one: delete {len(later)} later" if later else "No later ones",
            key=f"{KEY}.{row.id}.end",
            icon=":material/event_busy:",
            type="tertiary",
            disabled=not later,
            help="Held and cancelled ones stay. Undo brings all of them back.",
            on_click=_do,
            args=(case_study.id, meeting_series.end, [one.id for one in later]),
        )
        st.button(
            "Take out of the series",
            key=f"{KEY}.{row.id}.leave",
            icon=":material/link_off:",
            type="tertiary",
            on_click=_do,
            args=(case_study.id, meeting_series.leave, row.id),
        )


# ---- after one of them was moved ------------------------------------------------------------------------------------


def remember(meeting_id: str, was: object, now: object) -> None:
    """A meeting was moved by hand: if it is one of a series, the later ones can follow (`offer`)."""
    try:
        before, after = dt.date.fromisoformat(str(was)), dt.date.fromisoformat(str(now))
    except ValueError:
        return
    st.session_state[sessions.FOLLOWING] = (meeting_id, before, (after - before).days) if after != before else None


def offer(case_study: CaseStudy, planned: Sequence[Meeting]) -> None:
    """The question above the board: shall those after the one that moved move along? It can be left alone."""
    said = st.session_state.get(sessions.FOLLOWING)
    if not said or not sessions.may_edit() or sessions.names_hidden():
        return
    meeting_id, was, by = said
    row = next((one for one in planned if str(one.id) == meeting_id), None)
    later = meeting_series.later(row, planned, than=was) if row else []
    if row is None or not later or row.starts_on != was + dt.timedelta(days=by):
        return
    count = words.counted(len(later), "later one") if len(later) > 1 else "later one"
    days = f"{words.counted(abs(by), 'day')} {'later' if by > 0 else 'earlier'}"
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="series-moved"):
        st.text(f"This meeting of a series is {days} now.", width="content")
        st.button(
            f"Move the {count} too",
            key=f"{KEY}.follow",
            icon=":material/event_repeat:",
            on_click=_follow,
            args=(case_study.id, later, by),
        )
        st.button("Only this one", key=f"{KEY}.only", type="tertiary", on_click=_forget)


def _follow(case_study_id: uuid.UUID, later: Sequence[Meeting], by: int) -> None:
    seen = {one.id: one.starts_on for one in later if one.starts_on}
    if changes.attempt(case_study_id, lambda session: meeting_series.shift(session, seen, days=by)):
        _forget()


def _forget() -> None:
    st.session_state[sessions.FOLLOWING] = None


def _shift(case_study_id: uuid.UUID, found: Sequence[Meeting], key: str) -> None:
    """Callback: this and the later ones, by the number that stands beside the button."""
    seen = {one.id: one.starts_on for one in found if one.starts_on}
    by = int(st.session_state[key])
    changes.attempt(case_study_id, lambda session: meeting_series.shift(session, seen, days=by))


def _do(case_study_id: uuid.UUID, verb: Callable[..., Any], *args: Any) -> None:
    changes.attempt(case_study_id, lambda session: verb(session, *args))

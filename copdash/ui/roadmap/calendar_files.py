"""Meetings as calendar files: one, or the whole roadmap. Made on the click only, as all files (see `exports`)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

import streamlit as st

from copdash import store
from copdash.exchange import calendars, exports
from copdash.models import CaseStudy, Meeting
from copdash.ui.habits import sessions

WHOLE = "meetings.calendar"


def whole(case_study: CaseStudy, planned: Sequence[Meeting]) -> None:
    """The button for the roadmap; always there, so that no row of buttons grows when the first meeting gets its day."""
    st.download_button(
        "Calendar",
        _made(case_study.id, None),
        file_name=exports.file_name(f"{case_study.title} roadmap", ".ics"),
        mime=calendars.MIME,
        key=WHOLE,
        icon=":material/event_available:",
        on_click="ignore",
        disabled=not any(row.starts_on for row in planned),
        help="The roadmap for Outlook, Google or Apple. A later download updates the same entries.",
    )


def one(case_study: CaseStudy, row: Meeting) -> None:
    """The button for one meeting that has a day."""
    if row.starts_on is None:
        return
    st.download_button(
        "To my calendar",
        _made(case_study.id, row.id),
        file_name=exports.file_name(row.title, ".ics"),
        mime=calendars.MIME,
        key=f"meeting.{row.id}.calendar",
        icon=":material/event_available:",
        type="tertiary",
        on_click="ignore",
    )


def _made(case_study_id: uuid.UUID, meeting_id: uuid.UUID | None) -> Callable[[], bytes]:
    eye = sessions.eye()

    def made() -> bytes:
        with store.reading(eye) as session:
            if meeting_id is None:
                return calendars.of_case(session, case_study_id)
            return calendars.of_meeting(session, case_study_id, meeting_id)

    return made

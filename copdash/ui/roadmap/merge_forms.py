"""Two meetings made one, on the card of the one that is kept: a choice for each field that differs, and one button."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import streamlit as st

from copdash import meeting_merges, words
from copdash.fields import MEETING
from copdash.models import CaseStudy, Meeting
from copdash.ui.habits import changes, texts
from copdash.ui.habits.choices import Choices

UNITS = {"starts_on": ("starts_on", "ends_on")}
"""The days of one of the two, not the start of one and the end of the other."""


def section(case_study: CaseStudy, row: Meeting, planned: Sequence[Meeting]) -> None:
    """Choose the other meeting, then between what the two say."""
    others = {str(one.id): one for one in planned if one.id != row.id}
    names = texts.apart({key: _called(one) for key, one in others.items()})
    chosen = st.selectbox(
        "Meeting that is taken in",
        list(others),
        index=None,
        format_func=lambda key: names.get(key, "Deleted"),
        key=f"meeting.{row.id}.merge.other",
        placeholder="Choose a meeting" if others else "There is no other meeting",
        disabled=not others,
    )
    if chosen not in others:
        st.caption("Invited, attendance, agenda, tasks and comments of both stay, and both histories.")
        return
    other = others[chosen]
    choices = Choices(f"meeting.{row.id}.merge.{chosen}", row, other, MEETING, UNITS)
    choices.ask(can_edit=True)
    if not choices.apart:
        st.caption("The two contradict each other in nothing.")
    st.button(
        "Merge the two",
        key=f"meeting.{row.id}.merge.do",
        type="primary",
        icon=":material/merge:",
        help="This meeting stays, with what you chose and all that belongs to both. Undo brings both back.",
        on_click=_merge,
        args=(case_study.id, choices),
    )


def _called(row: Meeting) -> str:
    return f"{row.title}, {words.day(row.starts_on) if row.starts_on else 'not yet scheduled'}"


def _merge(case_study_id: uuid.UUID, choices: Choices) -> None:
    values, seen = choices.values(), choices.seen()
    changes.attempt(
        case_study_id,
        lambda session: meeting_merges.merge(session, choices.one.id, choices.other.id, values=values, seen=seen),
        says=f"{choices.other.title} is merged into {choices.one.title}. Undo brings both back.",
    )

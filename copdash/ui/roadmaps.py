"""What a roadmap's screen says about its case study: the frame of dates, and where the launch stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from copdash.analysis import roadmaps
from copdash.components.roadmap_board import Frame
from copdash.errors import Problem
from copdash.fields import plain
from copdash.models import CaseStudy, Meeting

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def frame_of(case_study: CaseStudy) -> Frame:
    """The dates behind the meetings, and the label of the today line."""
    today = roadmaps.today(case_study)
    label = f"as of {short(today)}" if case_study.as_of else "today"
    return Frame(
        title=case_study.title,
        starts_on=plain(case_study.starts_on),
        ends_on=plain(case_study.ends_on),
        launch_from=plain(case_study.launch_from),
        launch_until=plain(case_study.launch_until),
        today=today.isoformat(),
        today_label=label,
    )


def say_launch(case_study: CaseStudy, meetings: Sequence[Meeting]) -> None:
    """A few words beside the title: the first CoP meeting against the launch window; the whole sentence on asking."""
    if not meetings:
        return
    try:
        launch = roadmaps.launch(case_study, meetings)
    except Problem as problem:
        st.caption(str(problem))
        return
    day = launch.meeting.starts_on if launch.meeting else None
    words = f"First CoP meeting {short(day)}: {launch.state.lower()}" if day else launch.sentence
    st.caption(words, help=launch.sentence if day else None, width="content")


def short(day: dt.date) -> str:
    """A day as the roadmap writes it, in English whatever the machine's locale: «15 Sep 2021»."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

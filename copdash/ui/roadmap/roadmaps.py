"""What a roadmap's screen says about its case study: the frame of dates, and where the launch stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from copdash import words
from copdash.analysis import public_holidays, roadmaps, slips
from copdash.analysis.roadmap_checks import Finding
from copdash.components.roadmap_board import DaysOff, Frame, Ghost, Marks
from copdash.errors import Problem
from copdash.fields import plain
from copdash.models import About, Baseline, CaseStudy, Meeting, ThreadState
from copdash.reviews import Thread


def frame_of(case_study: CaseStudy) -> Frame:
    """The dates behind the meetings, and the label of the today line."""
    today = roadmaps.today(case_study)
    label = f"as of {words.day(today)}" if case_study.as_of else "today"
    return Frame(
        title=case_study.title,
        starts_on=plain(case_study.starts_on),
        ends_on=plain(case_study.ends_on),
        launch_from=plain(case_study.launch_from),
        launch_until=plain(case_study.launch_until),
        today=today.isoformat(),
        today_label=label,
    )


def days_off(case_study: CaseStudy, planned: Sequence[Meeting]) -> DaysOff:
    """Public holidays behind the project and its meetings, half a year around them, and the country's weekend."""
    about = [case_study.starts_on, case_study.ends_on, roadmaps.today(case_study)]
    days = [day for day in (*about, *(row.starts_on for row in planned), *(row.ends_on for row in planned)) if day]
    margin = dt.timedelta(days=183)
    found = public_holidays.between(case_study.country, min(days) - margin, max(days) + margin)
    return DaysOff(
        weekend=public_holidays.weekend(case_study.country), holidays=[(day.isoformat(), name) for day, name in found]
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
    said = f"First CoP meeting {words.day(day)}: {launch.state.lower()}" if day else launch.sentence
    st.caption(said, help=launch.sentence if day else None, width="content")


def marks(findings: Sequence[Finding], threads: Sequence[Thread]) -> dict[str, Marks]:
    """What is marked at a meeting: sentences of the checks, and how many threads wait there."""
    found: dict[str, Marks] = {}
    for finding in findings:
        if finding.meeting_id:
            found.setdefault(str(finding.meeting_id), Marks(hints=[], threads=0))["hints"].append(finding.sentence)
    for thread in threads:
        if thread.first.about == About.MEETING and thread.state != ThreadState.SETTLED:
            found.setdefault(thread.first.about_key, Marks(hints=[], threads=0))["threads"] += 1
    return found


def ghosts(baseline: Baseline | None) -> list[Ghost]:
    """Where meetings and milestones stood when they were agreed."""
    if baseline is None:
        return []
    try:
        agreed = slips.agreed(baseline.content)
    except Problem:
        return []
    return [
        Ghost(id=one.id, first=one.first.isoformat(), last=one.last.isoformat(), title=baseline.title) for one in agreed
    ]

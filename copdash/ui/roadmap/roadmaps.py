"""What a roadmap's screen says about its case study: the frame of dates, and where the launch stands."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from copdash import words
from copdash.analysis import roadmaps, slips
from copdash.analysis.roadmap_checks import Finding
from copdash.components.roadmap_board import Ghost, Marks
from copdash.errors import Problem
from copdash.models import About, Baseline, CaseStudy, Meeting, ThreadState
from copdash.reviews import Thread


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

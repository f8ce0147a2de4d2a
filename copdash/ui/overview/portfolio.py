"""What the portfolio shows: a line of numbers for each case study, and the small grids."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from copdash import meetings, overviews, stakeholders, store, words
from copdash.analysis import roadmaps
from copdash.analysis.quadrants import QUADRANTS, counts
from copdash.errors import Invalid
from copdash.eyes import Eye
from copdash.figures.colours import Theme
from copdash.figures.portfolio import small_multiples
from copdash.models import CaseStudy, Meeting, Stakeholder
from copdash.ui.habits import sessions

LAUNCH = "Launch"


GRIDS = 12
"""Grids on a page where there are too many for one."""
ALL_AT_ONCE = 30
"""Up to so many case studies have their grids on one page."""


def lines(eye: Eye, found: Sequence[CaseStudy]) -> list[dict[str, Any]]:
    """The line of each case study; those that did not change since are as they were made then."""
    with store.reading(eye) as session:

        def made(stale: list[CaseStudy]) -> dict[uuid.UUID, dict[str, Any]]:
            ids = [row.id for row in stale]
            people, planned = stakeholders.by_case(session, ids), meetings.by_case(session, ids)
            return {row.id: line(row, people[row.id], planned[row.id]) for row in stale}

        known = overviews.of_each(session, "portfolio", found, made, seen_on=_today)
    return [known[row.id] for row in found]


def _today(case_study: CaseStudy) -> dt.date | None:
    try:
        return roadmaps.today(case_study)
    except Invalid:
        return None


def page(found: Sequence[CaseStudy], *, key: str) -> Sequence[CaseStudy]:
    """The case studies whose grids are shown: all, or where there are many, a dozen that can be turned over."""
    if len(found) <= ALL_AT_ONCE:
        return found
    pages = [f"{first + 1}–{min(first + GRIDS, len(found))}" for first in range(0, len(found), GRIDS)]
    if st.session_state.get(key) not in pages:
        st.session_state[key] = pages[0]
    chosen = st.segmented_control("Grids of case studies", pages, key=key, required=True, label_visibility="collapsed")
    first = pages.index(chosen or pages[0]) * GRIDS
    return found[first : first + GRIDS]


def line(case_study: CaseStudy, people: Sequence[Stakeholder], planned: Sequence[Meeting]) -> dict[str, Any]:
    """One case study in numbers: stakeholders, rated share in %, quadrant counts, next meeting, launch."""
    tally = counts(people)
    return {
        "Case study": case_study.title,
        "Stakeholders": tally.total,
        "Rated": None if tally.total == 0 else 100 * tally.rated / tally.total,
        **{name: tally.by_quadrant[name] for name in QUADRANTS},
        LAUNCH: _launch(case_study, planned),
        "Next meeting": _next(case_study, planned),
    }


def _launch(case_study: CaseStudy, planned: Sequence[Meeting]) -> str:
    try:
        return roadmaps.launch(case_study, planned).state.value.removesuffix(" the launch window")
    except Invalid:
        return "Check the dates"


def _next(case_study: CaseStudy, planned: Sequence[Meeting]) -> str:
    try:
        meeting = roadmaps.next_meeting(planned, roadmaps.today(case_study))
    except Invalid:
        return "Check the time zone"
    if meeting is None or meeting.starts_on is None:
        return "None planned"
    return f"{words.day(meeting.starts_on)} · {meeting.title}"


def invented(found: Sequence[CaseStudy]) -> None:
    """Where own case studies stand among those of the example, which are which."""
    examples = sum(row.example for row in found)
    if 0 < examples < len(found):
        st.caption(
            f":material/science: {examples} of them {words.verb(examples, 'is')} an invented example. "
            "It is removed under Case study."
        )


def table(lines: Sequence[dict[str, Any]], ids: Sequence[uuid.UUID], *, key: str) -> uuid.UUID | None:
    """The lines as a sortable table; the id of the case study whose line was clicked.

    A click names a line by its place. The list may have changed since it was on the screen, so the ids that were shown
    come back with the click, and another list is another widget.
    """
    key = f"{key}.{hashlib.sha256(repr(ids).encode()).hexdigest()[:16]}"

    def choose() -> None:
        cells = st.session_state[key].selection.cells
        st.session_state[sessions.CHOSEN] = ids[cells[0][0]] if cells else None

    numbers = {
        name: st.column_config.NumberColumn(
            name, width=118 if name != "Monitor" else 74, help=f"Stakeholders in the quadrant «{name}»"
        )
        for name in QUADRANTS
    }
    st.dataframe(
        pd.DataFrame(list(lines)),
        key=key,
        hide_index=True,
        row_height=30,
        height=30 * min(len(lines), 12) + 40,
        on_select=choose,
        selection_mode="single-cell",
        column_config={
            # not pinned: a pinned column is drawn grey, as if it could not be clicked
            "Case study": st.column_config.TextColumn(width=190, help="Click a line to go there"),
            "Stakeholders": st.column_config.NumberColumn(width=96),
            "Rated": st.column_config.ProgressColumn(
                width=80, format="%d%%", min_value=0, max_value=100, help="Share with both power and interest"
            ),
            **numbers,
            "Next meeting": st.column_config.TextColumn(width=300),
            LAUNCH: st.column_config.TextColumn(width=110, help="First CoP meeting against the launch window"),
        },
    )
    chosen: uuid.UUID | None = st.session_state.pop(sessions.CHOSEN, None)
    return chosen


def picture(cases: Sequence[tuple[CaseStudy, Sequence[Stakeholder]]], *, key: str) -> uuid.UUID | None:
    """The grids as small multiples; the id of the case study whose dot was clicked."""
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    state: Any = st.plotly_chart(  # type: ignore[call-overload]
        small_multiples(cases, theme=theme).update_layout(font_family='"Source Sans", sans-serif'),
        key=key,
        theme=None,
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
    )
    points = state.selection.points if state else []
    return uuid.UUID(points[0]["customdata"]) if points else None

"""What the portfolio shows: a line of numbers for each case study, and the small grids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from copdash.analysis import roadmaps
from copdash.analysis.quadrants import QUADRANTS, counts
from copdash.figures.colours import Theme
from copdash.figures.portfolio import small_multiples
from copdash.models import CaseStudy, Meeting, Stakeholder

LAUNCH = "Launch"


def line(case_study: CaseStudy, people: Sequence[Stakeholder], planned: Sequence[Meeting]) -> dict[str, Any]:
    """One case study in numbers: stakeholders, rated share in %, quadrant counts, next meeting, launch."""
    tally = counts(people)
    following = roadmaps.next_meeting(planned, roadmaps.today(case_study))
    launch = roadmaps.launch(case_study, planned)
    return {
        "Case study": case_study.title,
        "Stakeholders": tally.total,
        "Rated": None if tally.total == 0 else 100 * tally.rated / tally.total,
        **{name: tally.by_quadrant[name] for name in QUADRANTS},
        LAUNCH: launch.state.value.removesuffix(" the launch window"),
        "Next meeting": _next(following),
    }


def _next(meeting: Meeting | None) -> str:
    if meeting is None or meeting.starts_on is None:
        return "None planned"
    return f"{meeting.starts_on:%d %b %Y} · {meeting.title}"


def table(lines: Sequence[dict[str, Any]], *, key: str) -> int | None:
    """The lines as a sortable table; the index of the one that was clicked."""
    numbers = {
        name: st.column_config.NumberColumn(
            name, width=118 if name != "Monitor" else 74, help=f"Stakeholders in the quadrant «{name}»"
        )
        for name in QUADRANTS
    }
    state: Any = st.dataframe(
        pd.DataFrame(list(lines)),
        key=key,
        hide_index=True,
        row_height=30,
        height=30 * min(len(lines), 12) + 40,
        on_select="rerun",
        selection_mode="single-cell",
        column_config={
            "Case study": st.column_config.TextColumn(pinned=True, width=190, help="Click a line to go there"),
            "Stakeholders": st.column_config.NumberColumn(width=96),
            "Rated": st.column_config.ProgressColumn(
                width=80, format="%d%%", min_value=0, max_value=100, help="Share with both power and interest"
            ),
            **numbers,
            "Next meeting": st.column_config.TextColumn(width=300),
            LAUNCH: st.column_config.TextColumn(width=110, help="First CoP meeting against the launch window"),
        },
    )
    cells = state.selection.cells if state else []
    return int(cells[0][0]) if cells else None


def picture(cases: Sequence[tuple[CaseStudy, Sequence[Stakeholder]]], *, key: str) -> int | None:
    """The grids as small multiples; the index of the case study whose dot was clicked."""
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
    return int(points[0]["curve_number"]) if points else None

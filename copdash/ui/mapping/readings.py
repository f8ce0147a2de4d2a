"""Several readings of the same rows: salience, engagement, attitude against power. Each is a picture of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from copdash import rows, words
from copdash.analysis import engagements, quadrants, saliences
from copdash.components.engagement_board import Gap, engagement_board
from copdash.components.salience_board import SalienceClass, salience_board
from copdash.figures import attitudes
from copdash.models import CaseStudy, Stakeholder
from copdash.ui.habits import boards, legends

STYLE = Path(__file__).resolve().parent / "readings.css"
UNKNOWN_MEANS = "Power, legitimacy or urgency is missing. Choose a name and rate what is missing."


def salience(case_study: CaseStudy, found: Sequence[Stakeholder], version: int, key: str) -> None:
    """Three circles, the classes and their people; ratings are set right there."""
    known = {
        **{name: (sorted(one.attributes), one.means) for name, one in saliences.CLASSES.items()},
        saliences.NOT_KNOWN: ([], UNKNOWN_MEANS),
    }
    salience_board(
        boards.face("salience", case_study.id, version),
        stakeholders=[rows.wire(row) for row in found],
        classes=[
            SalienceClass(
                name=name,
                attributes=[one for one in saliences.ATTRIBUTES if one in known[name][0]],
                means=known[name][1],
                ids=[str(row.id) for row in there],
            )
            for name, there in saliences.classes(found).items()
        ],
        legend={"groups": legends.groups(), "attitudes": []},
        key=key,
        on_gestures=lambda: boards.receive(key),
    )


def engagement(case_study: CaseStudy, found: Sequence[Stakeholder], version: int, key: str) -> None:
    """The matrix of attitudes now and wanted, and the gaps to close."""
    names = quadrants.named(case_study.quadrant_names)
    where = {row.id: quadrants.quadrant(row.power, row.interest) for row in found}
    engagement_board(
        boards.face("engagement", case_study.id, version),
        stakeholders=[rows.wire(row) for row in engagements.ordered(found)],
        quadrant_of={str(row_id): names[name] for row_id, name in where.items() if name},
        quadrants=list(names.values()),
        gaps=[
            Gap(id=str(gap.row.id), now=gap.now, wanted=gap.wanted, steps=gap.steps) for gap in engagements.gaps(found)
        ],
        summary=_in_words(engagements.summary(found)),
        legend={"groups": legends.groups(), "attitudes": legends.attitudes()},
        key=key,
        on_gestures=lambda: boards.receive(key),
    )


def attitude_and_power(case_study: CaseStudy, found: Sequence[Stakeholder], version: int, key: str) -> None:
    """Who is for it and who is against it, and how much they can do about it."""
    dark = st.context.theme.type == "dark"
    without = [row.name for row in found if row.power is None]
    st.html(STYLE)
    with st.container(key="readings-attitudes"):
        st.plotly_chart(
            attitudes.attitudes(found, theme="dark" if dark else "light"),
            key=key,
            theme=None,
            config={"displayModeBar": False},
            alt="Each stakeholder's attitude, from not set to leading, against its power from 0 to 10",
        )
    if without:
        named = words.listed(without, 8)
        st.text(f"Not in the picture, as their power is not rated ({len(without)}): {named}")


def _in_words(counts: engagements.Summary) -> str:
    parts = [f"{counts.reached} where wanted", f"{counts.to_win} to win"]
    if counts.beyond:
        parts.append(f"{counts.beyond} further than wanted")
    if counts.unplaced:
        parts.append(f"{counts.unplaced} not placed")
    return " · ".join(parts)


READINGS: dict[str, Callable[[CaseStudy, Sequence[Stakeholder], int, str], None]] = {
    "Salience": salience,
    "Engagement": engagement,
    "Attitude and power": attitude_and_power,
}
"""What the screen offers, in its order."""

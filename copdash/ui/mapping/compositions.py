"""Who is missing, as the screens say it: the strip above the list, the picture, and the numbers beside it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from copdash import case_studies, stakeholders, store, words
from copdash.analysis import compositions
from copdash.analysis.compositions import NEXTGEN, WORDS, Composition, Spread
from copdash.eyes import Eye
from copdash.figures import compositions as figures
from copdash.figures.colours import Theme
from copdash.looks import mapping
from copdash.models import Membership, Stakeholder

DIMENSIONS = {"group": "Groups", "helix": "Helix", "scale": "Scale", "sector": "As NextGen counted"}
ALSO = [Membership.PERIPHERAL.value, Membership.INVITED.value]
"""Memberships that count as the CoP only if somebody chooses so."""

CHOOSE, DUPLICATES, MISSING = "mapping/membership.py", "mapping/duplicates.py", "mapping/composition.py"


@dataclass(frozen=True)
class Found:
    """The list and the CoP of one case study in one dimension, and the CoPs of the others."""

    listed: Composition
    members: Composition
    others: list[Composition]

    @property
    def elsewhere(self) -> dict[str, Spread]:
        """Shares in the CoPs of the other case studies."""
        return compositions.spreads(self.others)


def others(eye: Eye, case_study_id: uuid.UUID, *, mixed: bool = False) -> list[list[Stakeholder]]:
    """The stakeholders of every case study that may stand beside this one, a list each."""
    with store.reading(eye) as session:
        ids = [row.id for row in case_studies.beside(session, case_study_id, mixed=mixed)]
        return list(stakeholders.by_case(session, ids).values())


def counted(
    rows: Sequence[Stakeholder], elsewhere: Iterable[Sequence[Stakeholder]], dimension: str, also: Sequence[str]
) -> Found:
    """Everybody counted in a dimension; `also` are memberships beside core and active that make a CoP member."""

    def members(found: Sequence[Stakeholder]) -> Composition:
        return compositions.composed(compositions.members(found, also=also), dimension)

    return Found(compositions.composed(rows, dimension), members(rows), [members(found) for found in elsewhere])


def strip(said: mapping.Strip, somebody: bool) -> None:
    """One line above the list: the groups with nobody in them, and how many likely duplicates wait."""
    # Always one container, so that what stands below keeps its place when the first row comes.
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="compositions-strip"):
        if not somebody:
            return
        if said.missing:
            st.page_link(
                MISSING,
                label=f"Missing: {', '.join(said.missing)}",
                icon=":material/person_search:",
                help="Who is missing, in the list and in the CoP",
            )
        if said.alike:
            st.page_link(
                DUPLICATES,
                label=words.counted(said.alike, "likely duplicate"),
                icon=":material/content_copy:",
                help="Look at them one by one: same or different",
            )


def named(found: Found) -> None:
    """The values with nobody, by name: on the list, and in the CoP."""
    here = found.members
    with st.container(gap="xsmall", key="compositions-named"):
        _names("Nobody on the list", found.listed.missing, "red", "Everybody expected is on the list.")
        only = [value for value in here.missing if value not in found.listed.missing]
        if here.total:
            _names("On the list, not in the CoP", only, "orange", "")
        else:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.markdown("**The CoP has no members yet.**", width="content")
                st.page_link(CHOOSE, label="Choose the CoP", icon=":material/how_to_reg:")


def _names(title: str, values: Sequence[str], color: Any, nobody: str) -> None:
    if not values:
        if nobody:
            st.markdown(f":material/check: {nobody}")
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.markdown(f"**{title}**", width="content")
        for value in values:
            st.badge(value, color=color)


def picture(found: Found, *, key: str) -> None:
    """The bars; their words are in the table too."""
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(figures.legend(found.members, elsewhere=bool(found.elsewhere), theme=theme))
    figure = figures.bars(found.members, found.listed, found.elsewhere, theme=theme)
    st.plotly_chart(
        figure.update_layout(font_family='"Source Sans", sans-serif'),
        key=key,
        theme=None,
        config={"displayModeBar": False},
        alt=figures.alternative(found.members, found.listed),
    )


def diversity(found: Found, sectors: Found) -> None:
    """How diverse they are, in a number and in a sentence; `sectors` are the same people as NextGen counted."""
    _, many = WORDS[found.members.dimension]
    for title, where, one in (
        ("CoP members", "the CoP", found.members),
        ("Whole list", "the list", found.listed),
    ):
        with st.container(border=True, gap="xsmall"):
            st.metric(
                f"Diversity · {title}: {one.total}",
                compositions.number(one.diversity),
                help=f"Blau diversity of {many}",
            )
            st.write(compositions.sentence(one, where))
            if one.not_set and one.known:
                st.markdown(f"{one.not_set} of {one.total} not set: left out of the shares.")
    known = [one.diversity for one in found.others if one.diversity is not None]
    lines = []
    if known:
        lines.append(
            f"CoPs of {words.counted(len(known), 'other case study')}: "
            f"**{sum(known) / len(known):.2f}** ({min(known):.2f} to {max(known):.2f})"
        )
    lines.append(
        f"NextGen's CoPs, six sectors: **{compositions.blau(NEXTGEN.values()):.3f}**; "
        f"this CoP by the same sectors: **{compositions.number(sectors.members.diversity)}**"
    )
    st.markdown("  \n".join(lines))


def table(found: Found) -> None:
    """All numbers of the picture as text."""
    here: Mapping[str, Composition] = {figures.MEMBERS: found.members, figures.LISTED: found.listed}
    lines = compositions.table(here, found.elsewhere, found.members.dimension)
    st.dataframe(pd.DataFrame(lines), hide_index=True, row_height=30, height=30 * len(lines) + 40)

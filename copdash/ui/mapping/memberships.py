"""Choosing the CoP: who stands where, what each is in it, and how its diversity changes with each choice."""

from __future__ import annotations

import html
import uuid
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import streamlit as st

from copdash import stakeholders, words
from copdash.analysis import compositions, quadrants
from copdash.analysis.compositions import Composition
from copdash.figures import colours
from copdash.figures.colours import Theme
from copdash.models import Group, Membership, Stakeholder
from copdash.ui.habits import changes, sessions, texts

STYLE = Path(__file__).resolve().parent / "membership.css"
PAGE = 25
"""Rows shown at a time: each has a choice of six, and all of them have to answer within a moment."""
ALL, UNRATED = "All", "Not yet rated"
WHERE = [quadrants.MANAGE_CLOSELY, quadrants.KEEP_SATISFIED, quadrants.KEEP_INFORMED, quadrants.MONITOR, UNRATED, ALL]
"""In the order in which one thinks of whom to ask."""
NOT_SET = colours.NOT_SET


def filtered(rows: Sequence[Stakeholder], where: str, group: str, text: str) -> list[Stakeholder]:
    """The rows of a quadrant, a group and with this text in name, organisation or role; by power and interest."""
    found = [
        row
        for row in rows
        if (where == ALL or (quadrants.quadrant(row.power, row.interest) or UNRATED) == where)
        and (group == ALL or (row.group or NOT_SET) == group)
        and words.finds(text, row.name, row.organisation, row.role)
    ]
    return sorted(found, key=lambda row: -((row.power or 0) + (row.interest or 0)))


def cop(rows: Sequence[Stakeholder], also: Sequence[str]) -> Composition:
    """The CoP as it is, by group."""
    return compositions.composed(compositions.members(rows, also=also), "group")


def groups() -> list[str]:
    """What can be chosen as a group."""
    return [ALL, *Group.values(), NOT_SET]


def style() -> None:
    """How rows and summary look; what is scrolled goes behind the summary, so that has the colour of the page."""
    paper = "#12191c" if st.context.theme.type == "dark" else "#ffffff"  # as in .streamlit/config.toml
    st.html(f"<style>{STYLE.read_text('utf-8')} .st-key-membership-cop {{ background: {paper}; }}</style>")


def summary(case_study_id: uuid.UUID, now: Composition) -> None:
    """How many there are, how diverse, who is missing, and what the last choice changed."""
    said: tuple[uuid.UUID, str] | None = st.session_state.get(sessions.CHOICE)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", border=True):
        st.metric("CoP members", now.total, width="content")
        st.metric(
            "Diversity",
            compositions.number(now.diversity),
            width="content",
            help=f"{compositions.sentence(now, 'the CoP')} Blau diversity; NextGen's six sectors had 0.816.",
        )
        with st.container(gap="xsmall", width="stretch"):
            if said is not None and said[0] == case_study_id and said[1]:
                st.markdown(f"Last choice: **{said[1]}**")
            with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
                if now.missing and now.total:
                    st.markdown("Missing", width="content")
                    for group in now.missing:
                        st.badge(group, color="red")
                else:
                    st.markdown(compositions.who_is_missing(now, "the CoP"))


def line(
    case_study_id: uuid.UUID, row: Stakeholder, now: Composition, also: Sequence[str], called: str, *, can_edit: bool
) -> None:
    """One stakeholder: who it is, what it is in the CoP, and what taking it in, or letting it go, would change."""
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    who, choice, effect = st.columns([0.33, 0.42, 0.25], vertical_alignment="center", gap="small")
    svg = colours.svg_mark(colours.of_group(row.group), theme).replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '
    )
    mark = f'<img alt="" src="data:image/svg+xml,{quote(svg)}">'
    details = " · ".join(part for part in (row.group or "No group", called) if part)
    named = f"{html.escape(row.name)}<br><small>{html.escape(details)}</small>"
    who.html(f'<div class="cop-who">{mark}<div>{named}</div></div>')
    # The browser shows nothing as chosen where the same widget was disabled before, so that is another one.
    key = sessions.widget(f"membership.{row.id}.{'choose' if can_edit else 'look'}", row.membership or None)
    choice.segmented_control(
        texts.as_typed(f"Membership of {row.name}"),
        Membership.values(),
        default=row.membership or None,
        key=key,
        disabled=not can_edit,
        label_visibility="collapsed",
        wrap=True,
        on_change=save,
        args=(case_study_id, row.id, key, row.membership, now, row.group, tuple(also)),
    )
    effect.html(f'<div class="cop-step">{html.escape(would(row, now, also))}</div>')


def would(row: Stakeholder, now: Composition, also: Sequence[str]) -> str:
    """What changes if a member goes, or if somebody else becomes one."""
    inside = row.membership in compositions.CORE or row.membership in also
    if not row.group:
        return "No group yet, so no change is known"
    step = compositions.step(now, now.with_one(row.group, more=-1 if inside else 1))
    return f"Without: {step[:1].lower()}{step[1:]}" if inside else step


def save(
    case_study_id: uuid.UUID,
    row_id: uuid.UUID,
    key: str,
    seen: str,
    now: Composition,
    group: str,
    also: Sequence[str],
) -> None:
    """Callback: a choice is a gesture; it says what it changes."""
    chosen = st.session_state[key] or ""
    was, is_now = (word in compositions.CORE or word in also for word in (seen, chosen))
    said = compositions.step(now, now.with_one(group, more=1 if is_now else -1)) if was != is_now else ""
    if changes.attempt(
        case_study_id,
        lambda session: stakeholders.edit(session, row_id, values={"membership": chosen}, seen={"membership": seen}),
    ):
        st.session_state[sessions.CHOICE] = (case_study_id, said)

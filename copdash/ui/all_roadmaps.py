"""Every case study's roadmap beside each other: which are shown, where they clash, and what is due soon."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from copdash import case_studies, meetings, reviews, rows, store
from copdash.analysis import roadmaps
from copdash.analysis.clashes import Clash, clashes
from copdash.components.roadmap_board import Frame, Other
from copdash.models import CaseStudy, Certainty, Meeting, MeetingKind, RoadmapState, Theme

KINDS, THEMES, CERTAINTIES = "roadmaps.kinds", "roadmaps.themes", "roadmaps.certainties"
COUNTRIES, MODERATORS, STATES = "roadmaps.countries", "roadmaps.moderators", "roadmaps.states"
SOON = 60
"""Days ahead that the list of what is due looks."""


@dataclass(frozen=True)
class Shown:
    """The case studies and meetings that are left by the filters."""

    cases: list[CaseStudy]
    meetings: dict[uuid.UUID, list[Meeting]]
    filtered: bool = field(default=False)


def chosen(found: Sequence[CaseStudy], by_case: Mapping[uuid.UUID, Sequence[Meeting]]) -> Shown:
    """The filters, and what they leave. A case study stays in sight unless its country or state is filtered away."""
    everything = [row for listed in by_case.values() for row in listed]
    with st.popover("Filter", icon=":material/filter_list:"):
        kinds = _pick("Kind", MeetingKind.values(), KINDS)
        themes = _pick("Theme", sorted({row.theme for row in everything if row.theme} | set(Theme.values())), THEMES)
        certainties = _pick("Certainty", Certainty.values(), CERTAINTIES)
        moderators = _pick("Moderator", sorted({row.moderator for row in everything if row.moderator}), MODERATORS)
        countries = _pick("Country", sorted({row.country for row in found if row.country}), COUNTRIES)
        states = _pick("State of review", RoadmapState.values(), STATES)

    def wanted(row: Meeting) -> bool:
        return (
            (not kinds or row.kind in kinds)
            and (not themes or row.theme in themes)
            and (not certainties or row.certainty in certainties)
            and (not moderators or row.moderator in moderators)
        )

    cases = [
        row
        for row in found
        if (not countries or row.country in countries) and (not states or reviews.state(row) in states)
    ]
    return Shown(
        cases,
        {row.id: [one for one in by_case[row.id] if wanted(one)] for row in cases},
        bool(kinds or themes or certainties or moderators or countries or states),
    )


def _pick(label: str, words: Sequence[str], key: str) -> list[str]:
    kept = [word for word in st.session_state.get(key, []) if word in words]
    if key in st.session_state and kept != st.session_state[key]:
        st.session_state[key] = kept
    return st.multiselect(label, words, key=key, placeholder="All")


def lanes(shown: Shown) -> list[Other]:
    """A lane a case study, with the state of its review in the name."""
    return [
        Other(
            id=str(row.id),
            title=f"{row.title} · {reviews.state(row)}",
            meetings=[rows.wire(one) for one in shown.meetings[row.id]],
        )
        for row in shown.cases
    ]


def frame(shown: Shown, today: dt.date) -> Frame:
    """The dates behind all lanes: the widest project, and the launch window where all have the same."""
    starts = [row.starts_on for row in shown.cases if row.starts_on]
    ends = [row.ends_on for row in shown.cases if row.ends_on]
    windows = {(row.launch_from, row.launch_until) for row in shown.cases if row.launch_from or row.launch_until}
    since, until = windows.pop() if len(windows) == 1 else (None, None)
    return Frame(
        title="",
        starts_on=min(starts).isoformat() if starts else None,
        ends_on=max(ends).isoformat() if ends else None,
        launch_from=since.isoformat() if since else None,
        launch_until=until.isoformat() if until else None,
        today=today.isoformat(),
        today_label="today",
    )


def read() -> tuple[list[CaseStudy], dict[uuid.UUID, list[Meeting]]]:
    """All case studies that are not archived, with their meetings."""
    with store.reading() as session:
        found = case_studies.listed(session)
        return found, meetings.by_case(session, [row.id for row in found])


def clash_list(shown: Shown) -> None:
    """The button «Clashes · 2»: who is wanted in two case studies on one day."""
    found = clashes([(row.title, shown.meetings[row.id]) for row in shown.cases])
    with st.popover(f"Clashes · {len(found)}", icon=":material/error_outline:"):
        if not found:
            st.caption("Nobody is wanted in two case studies on the same day.")
        for clash in found[:50]:
            st.text(_said(clash))


def _said(clash: Clash) -> str:
    return f"{roadmaps.spoken(clash.day)}: {clash.who} in {clash.one} and {clash.other}"


def due(shown: Shown) -> None:
    """The button «Due in 60 days»: the meetings of all case studies that come next, each seen from its own day."""
    soon: list[tuple[dt.date, str]] = []
    for row in shown.cases:
        today = roadmaps.today(row)
        for one in shown.meetings[row.id]:
            ahead = one.starts_on is not None and today <= one.starts_on <= today + dt.timedelta(days=SOON)
            if ahead and one.starts_on and one.certainty not in (Certainty.CANCELLED, Certainty.HELD):
                soon.append((one.starts_on, f"{row.title}: {one.title} ({one.certainty.lower()})"))
    with st.popover(f"Due in {SOON} days · {len(soon)}", icon=":material/upcoming:"):
        if not soon:
            st.caption("Nothing is planned in the next 60 days.")
        for day, words in sorted(soon)[:100]:
            st.text(f"{roadmaps.spoken(day)} · {words}")

"""Every case study's roadmap beside each other: which are shown, where they clash, what is due soon, who starts late.

Of each case study a digest is kept as long as its version stands (`overviews`): a hundred of them hold thousands of
meetings, and a look at the screen should not read all of them again.
"""

from __future__ import annotations

import datetime as dt
import functools
import uuid
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import streamlit as st

from copdash import case_studies, meetings, overviews, reviews, rows, store, words
from copdash.analysis import roadmaps
from copdash.analysis.clashes import Clash, clashes
from copdash.analysis.roadmaps import Launching
from copdash.components.roadmap_board import Frame, Other, packed
from copdash.errors import Invalid
from copdash.eyes import Eye
from copdash.models import CaseStudy, Certainty, Meeting, MeetingKind, RoadmapState, Theme
from copdash.ui.habits import sessions, texts

KINDS, THEMES, CERTAINTIES = "roadmaps.kinds", "roadmaps.themes", "roadmaps.certainties"
COUNTRIES, MODERATORS, STATES = "roadmaps.countries", "roadmaps.moderators", "roadmaps.states"
LAUNCHES = "roadmaps.launches"
FILTERS = (KINDS, THEMES, CERTAINTIES, MODERATORS, COUNTRIES, LAUNCHES, STATES)
SOON = 60
"""Days ahead that the list of what is due looks."""
MOST = 100
"""Lines that a list shows."""


class Brief(NamedTuple):
    """Of a meeting what filters, clashes and lists need; `line` is the meeting as the board gets it."""

    id: str
    title: str
    kind: str
    theme: str
    certainty: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    moderator: str
    organiser: str
    note_taker: str
    line: str


class Digest(NamedTuple):
    """Of a case study what this screen says: its meetings, all their lines, its launch, the words of its filters."""

    meetings: tuple[Brief, ...]
    lines: str
    launch: Launching | None
    launch_said: str
    themes: frozenset[str]
    moderators: frozenset[str]


@dataclass(frozen=True)
class Shown:
    """The case studies that are left by the filters, and of each the digest and the meetings that are."""

    cases: list[CaseStudy]
    digests: Mapping[uuid.UUID, Digest]
    meetings: Mapping[uuid.UUID, Sequence[Brief]]
    filtered: bool
    """Whether meetings were filtered away, and not only case studies."""


def read(eye: Eye, *, mixed: bool = False) -> tuple[list[CaseStudy], dict[uuid.UUID, Digest]]:
    """The case studies that may stand beside each other, with their digests."""
    with store.reading(eye) as session:
        found = case_studies.together(session, mixed=mixed)

        def made(stale: list[CaseStudy]) -> dict[uuid.UUID, Digest]:
            planned = meetings.by_case(session, [row.id for row in stale])
            return {row.id: _digest(row, planned[row.id]) for row in stale}

        return found, overviews.of_each(session, "roadmaps", found, made)


def _digest(case_study: CaseStudy, planned: Sequence[Meeting]) -> Digest:
    briefs = tuple(
        Brief(
            str(row.id),
            row.title,
            row.kind,
            row.theme,
            row.certainty,
            row.starts_on,
            row.ends_on,
            row.moderator,
            row.organiser,
            row.note_taker,
            packed(rows.wire(row)),
        )
        for row in planned
    )
    try:
        launch = roadmaps.launch(case_study, planned)
    except Invalid as problem:
        state, said = None, str(problem)
    else:
        state, said = launch.state, launch.sentence
    return Digest(
        briefs,
        "\n".join(brief.line for brief in briefs),
        state,
        said,
        frozenset(brief.theme for brief in briefs if brief.theme),
        frozenset(brief.moderator for brief in briefs if brief.moderator),
    )


def chosen(found: Sequence[CaseStudy], digests: Mapping[uuid.UUID, Digest]) -> Shown:
    """The filters, and what they leave. A case study stays in sight unless its country, launch or state is filtered."""
    # Without a key it is the same popover under another label, and stays open while its filters are chosen.
    on = sum(bool(st.session_state.get(key)) for key in FILTERS)
    box = st.popover(f"Filter · {on}" if on else "Filter", icon=":material/filter_list:")
    with box:
        kinds = _pick("Kind", MeetingKind.values(), KINDS)
        themes = _pick("Theme", _words(Theme.values(), (one.themes for one in digests.values())), THEMES)
        certainties = _pick("Certainty", Certainty.values(), CERTAINTIES)
        moderators = _pick("Moderator", _words((), (one.moderators for one in digests.values())), MODERATORS)
        countries = _pick("Country", sorted({row.country for row in found if row.country}), COUNTRIES)
        launches = _pick("Launch", [state.value for state in Launching], LAUNCHES)
        states = _pick("State of review", RoadmapState.values(), STATES)

    cases = [
        row
        for row in found
        if (not countries or row.country in countries)
        and (not states or reviews.state(row) in states)
        and (not launches or digests[row.id].launch in launches)
    ]
    filtered = bool(kinds or themes or certainties or moderators)

    def wanted(one: Brief) -> bool:
        return (
            (not kinds or one.kind in kinds)
            and (not themes or one.theme in themes)
            and (not certainties or one.certainty in certainties)
            and (not moderators or one.moderator in moderators)
        )

    left = {
        row.id: [one for one in digests[row.id].meetings if wanted(one)] if filtered else digests[row.id].meetings
        for row in cases
    }
    return Shown(cases, digests, left, filtered)


def _words(usual: Iterable[str], more: Iterable[frozenset[str]]) -> list[str]:
    return sorted(frozenset(usual).union(*more))


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
            rows="\n".join(one.line for one in shown.meetings[row.id])
            if shown.filtered
            else shown.digests[row.id].lines,
        )
        for row in shown.cases
    ]


def frame(shown: Shown, today: dt.date) -> Frame:
    """The dates behind all lanes: the widest project, and the launch window where all have the same.

    The line of today is the as-of date where all share one, and `today` otherwise.
    """
    seen_on = {row.as_of for row in shown.cases}
    as_of = seen_on.pop() if len(seen_on) == 1 else None
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
        today=(as_of or today).isoformat(),
        today_label=f"as of {words.day(as_of)}" if as_of else "today",
    )


# ---- what stands out ------------------------------------------------------------------------------------------------


def clash_list(shown: Shown) -> None:
    """The button «Clashes · 2»: who is wanted in two case studies on one day."""
    found = _clashes(tuple((row.title, tuple(shown.meetings[row.id])) for row in shown.cases))
    box = _list(f"Clashes · {len(found)}", ":material/error_outline:", "roadmaps.clashes")
    if not box.open:
        return
    with box:
        if not found:
            st.caption("Nobody is wanted in two case studies on the same day.")
        for clash in found[:MOST]:
            with st.container(gap=None):
                st.text(f"{words.span(clash.day, clash.last)}: {clash.who} is wanted in both")
                key = f"roadmaps.clash.{zlib.crc32(clash.who.encode())}.{clash.one_id}.{clash.other_id}"
                _to_meeting(clash.one, clash.one_id, f"{key}.one")
                _to_meeting(clash.other, clash.other_id, f"{key}.other")
        _more(len(found))


@functools.lru_cache(maxsize=8)
def _clashes(named: tuple[tuple[str, tuple[Brief, ...]], ...]) -> list[Clash]:
    return clashes(named)


def due(shown: Shown) -> None:
    """The button «Due in 60 days»: the meetings of all case studies that come next, each seen from its own day."""
    soon: list[tuple[dt.date, str, str, dt.date | None, dt.date]] = []
    settled = (Certainty.CANCELLED, Certainty.HELD)
    for row in shown.cases:
        today = roadmaps.today(row)
        until = today + dt.timedelta(days=SOON)
        soon += [
            (one.starts_on, f"{row.title}: {one.title} ({one.certainty.lower()})", one.id, row.as_of, today)
            for one in shown.meetings[row.id]
            if one.starts_on is not None and today <= one.starts_on <= until and one.certainty not in settled
        ]
    box = _list(f"Due in {SOON} days · {len(soon)}", ":material/upcoming:", "roadmaps.due")
    if not box.open:
        return
    with box:
        if not soon:
            st.caption("Nothing is planned in the next 60 days.")
        mixed = len({as_of for *_, as_of, _ in soon}) > 1
        for day, said, meeting_id, _, today in sorted(soon, key=lambda one: one[:3])[:MOST]:
            since = f" · counted from {words.day_in_full(today)}" if mixed else ""
            _to_meeting(f"{words.day_in_full(day)} · {said}{since}", meeting_id, f"roadmaps.to.{meeting_id}")
        _more(len(soon))


def launch_list(shown: Shown) -> None:
    """The button «Launch · 3»: the case studies whose first CoP meeting is not inside their launch window."""
    fine = (Launching.INSIDE, Launching.NO_WINDOW)
    late = [row for row in shown.cases if shown.digests[row.id].launch not in fine]
    box = _list(f"Launch · {len(late)}", ":material/rocket_launch:", "roadmaps.late")
    if not box.open:
        return
    with box:
        if not late:
            st.caption("Each first CoP meeting is inside its launch window, as far as there is one.")
        for row in late[:MOST]:
            st.text(f"{row.title}: {shown.digests[row.id].launch_said}")
        _more(len(late))


def _list(label: str, icon: str, key: str) -> Any:
    """A button with a list behind it, which is made when it is opened."""
    return st.popover(label, icon=icon, key=key, on_change="rerun")


def _to_meeting(words: str, meeting_id: str, key: str) -> None:
    st.button(
        texts.as_typed(words),
        key=key,
        type="tertiary",
        icon=":material/event:",
        help="Open its roadmap at this meeting",
        on_click=_go,
        args=(meeting_id,),
    )


def _go(meeting_id: str) -> None:
    st.session_state[sessions.GO] = meeting_id


def _more(count: int) -> None:
    if count > MOST:
        st.caption(f"And {count - MOST} more; a filter leaves fewer.")

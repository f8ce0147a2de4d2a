"""What leader and KWR speak about in a call: changes, threads and checks, of the whole or of the meeting that was
opened; and the way to the next case study."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import streamlit as st

from copdash import case_studies, words
from copdash.analysis.roadmap_checks import Finding
from copdash.models import About, CaseStudy, Meeting, Milestone, Stakeholder, ThreadState
from copdash.reviews import Thread
from copdash.store import Session
from copdash.ui.habits import frame, review_threads, sessions, texts
from copdash.ui.roadmap import calls, meeting_form, roadmap_findings, roadmap_news

NEXT_KEY = "N"
MOST = 6
"""Threads and findings that are shown at once."""


# ---- from one case study to the next ---------------------------------------------------------------------------------


def following(session: Session, case_study: CaseStudy) -> CaseStudy | None:
    """The next case study of its kind in the order of the menu, after the last one the first; None without another."""
    others = {row.id for row in case_studies.beside(session, case_study.id)}
    listed = case_studies.listed(session)
    at = next((number for number, row in enumerate(listed) if row.id == case_study.id), -1)
    return next((row for row in [*listed[at + 1 :], *listed[: at + 1]] if row.id in others), None)


def buttons(case_study: CaseStudy, spoken: calls.Spoken, following: CaseStudy | None) -> None:
    """What the header of the screen has for itself: the call, and on to the next case study by a click or one key."""
    calls.button(case_study, spoken)
    if following is not None:
        st.button(
            f"Next case study ({NEXT_KEY})",
            key="one_on_one.next",
            icon=":material/skip_next:",
            help=texts.as_typed(f"{following.title} (key {NEXT_KEY})"),
            on_click=leave,
            args=(case_study.id, following.id),
        )


def leave(here: uuid.UUID, there: uuid.UUID) -> None:
    """Callback: the next run of this screen goes to the same screen of the other case study."""
    st.session_state[sessions.NEXT] = (str(here), str(there))
    st.session_state[sessions.OPENED] = None


def go(case_study: CaseStudy, screen: str) -> None:
    """Where the next case study was asked for, go there; `screen` is this one's script.

    The wish is kept until the next one is there: what somebody saved at that moment may cut this run short.
    """
    here, asked = st.session_state.get(sessions.NEXT) or (None, None)
    if here != str(case_study.id):
        st.session_state[sessions.NEXT] = None
    elif asked:
        room = {sessions.PRESENT: "1"} if sessions.presenting() else {}
        st.switch_page(screen, query_params={frame.PARAMETER: asked, **room})


def opened() -> str | None:
    """The id of the meeting or milestone that was opened on the timeline, in the room too."""
    found = st.session_state.get(sessions.OPENED)
    return found if isinstance(found, str) else None


# ---- what there is to speak about -----------------------------------------------------------------------------------


def to_speak_about(
    case_study: CaseStudy,
    planned: Sequence[Meeting],
    marked: Sequence[Milestone],
    people: Sequence[Stakeholder],
    threads: Sequence[Thread],
    findings: Sequence[Finding],
    spoken: calls.Spoken,
) -> None:
    """Changes, threads and checks beside each other, narrowed to the meeting that is opened on the timeline."""
    rows: dict[str, Meeting | Milestone] = {str(row.id): row for row in planned}
    rows.update({str(row.id): row for row in marked})
    one = rows.get(opened() or "")
    key = str(one.id) if one else ""
    news = [entry for entry in spoken.news if not one or entry.id == key]
    waiting = [
        thread
        for thread in threads
        if thread.state != ThreadState.SETTLED and (not one or thread.first.about_key.endswith(key))
    ]
    found = [finding for finding in findings if not one or str(finding.meeting_id) == key]
    with st.container(key="since", gap="small"):
        if one is not None:
            _opened(case_study, one)
        changed, said, checked = st.columns(3, gap="medium")
        with changed:
            st.markdown(f"##### Changed since we last spoke · {len(news)}")
            if spoken.since is not None:
                st.caption(texts.as_typed(f"Since {spoken.since_what}, {calls.moment(case_study, spoken.since)}"))
            roadmap_news.listed(
                news, "Nothing has changed." if spoken.since else "From the first call on, what changes is listed here."
            )
        with said:
            _threads(case_study, planned, people, waiting, one)
        with checked:
            st.markdown(f"##### Checks · {len(found)}")
            roadmap_findings.compact(case_study, found, threads, MOST)


def _opened(case_study: CaseStudy, one: Meeting | Milestone) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        day = one.starts_on if isinstance(one, Meeting) else one.due_on
        said = [one.title, words.day_in_full(day) if day else "not yet scheduled"]
        if isinstance(one, Meeting):
            said.append(one.certainty.lower())
        st.markdown(f"**{texts.as_typed(' · '.join(said))}**", width="content")
        st.page_link(
            "roadmap/meetings.py",
            label="Open its card",
            icon=":material/edit_calendar:",
            query_params={"case": str(case_study.id)},
        )
        st.button("All again", key="one_on_one.all", icon=":material/close:", on_click=meeting_form.open_, args=(None,))


def _threads(
    case_study: CaseStudy,
    planned: Sequence[Meeting],
    people: Sequence[Stakeholder],
    waiting: Sequence[Thread],
    one: Meeting | Milestone | None,
) -> None:
    st.markdown(f"##### Open threads · {len(waiting)}")
    can_edit = sessions.may_edit()
    titles = {str(row.id): row.title for row in planned} | {str(row.id): row.name for row in people}
    if can_edit and isinstance(one, Meeting):
        review_threads.line(case_study, About.MEETING, str(one.id))
    elif can_edit and one is None:
        review_threads.line(case_study, About.ROADMAP, "")
    for thread in waiting[:MOST]:
        review_threads.show(case_study, thread, can_edit, review_threads.subject(thread, titles))
    if len(waiting) > MOST:
        st.caption(f"And {len(waiting) - MOST} more in the review.")
    if not waiting:
        st.caption("Nothing is open.")

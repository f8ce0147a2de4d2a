"""One-on-one: everything for one call between the leader of a case study and KWR, on one screen."""

import streamlit as st

from copdash import case_studies, history, meetings, milestones, reviews, rows, stakeholders, store
from copdash.components import live
from copdash.components.roadmap_board import roadmap_board
from copdash.ui.habits import boards, changes, frame, presentation, review_threads, sessions, texts
from copdash.ui.roadmap import (
    calls,
    meeting_form,
    meeting_moves,
    one_on_one,
    roadmap_findings,
    roadmap_news,
    roadmaps,
)

SCREEN = "roadmap/one_on_one.py"
SHARE = 0.54

case_study = frame.needed()


@frame.fragment
def screen() -> None:
    """Where it stands, the timeline, what there is to speak about, and the call; runs again for each piece of news."""
    one_on_one.go(case_study, SCREEN)
    key = f"one_on_one.board.{case_study.id}"
    with store.reading(sessions.eye()) as session:
        version = history.version(session, case_study.id)
        now = case_studies.get(session, case_study.id)
        planned = meetings.of_case(session, case_study.id)
        marked = milestones.of_case(session, case_study.id)
        people = stakeholders.of_case(session, case_study.id)
        threads = reviews.threads(session, case_study.id)
        roadmap = roadmap_findings.looked_at(session, now, planned, marked)
        following = one_on_one.following(session, case_study)
    findings = roadmap_findings.found(roadmap)
    spoken = calls.read(now)
    if not presentation.bar(case_study, SCREEN, lambda: one_on_one.buttons(now, spoken, following)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(f"One-on-one · {texts.as_typed(now.title)}", anchor=False)
            one_on_one.buttons(now, spoken, following)
            presentation.present()
            changes.controls(case_study)
    changes.told()
    review_threads.steps(now, threads)
    meeting_moves.ask(case_study, planned)
    about, call = st.columns([7, 3], gap="medium")
    with about:
        roadmap_board(
            boards.face("roadmap", case_study.id, version),
            roadmaps.frame_of(now),
            meetings=[rows.wire(row) for row in planned],
            milestones=[rows.wire(row) for row in marked],
            tasks=[rows.wire(row) for row in roadmap.tasks],
            marks=roadmap_news.marked(roadmaps.marks(findings, threads), spoken.news),
            agreed=roadmap_news.ghosts(spoken.news),
            selected=one_on_one.opened(),
            palette=False,
            share=SHARE,
            key=key,
            on_gestures=lambda: meeting_moves.receive(key),
            on_selected=lambda: meeting_form.follow(key),
        )
        one_on_one.to_speak_about(now, planned, marked, people, threads, findings, spoken)
    with call:
        calls.panel(now, spoken, planned, {row.id: row.name for row in people})
    live(
        str(case_study.id),
        version,
        key=f"{key}.live",
        keys=(one_on_one.NEXT_KEY.lower(),),
        on_keys=lambda: one_on_one.by_key(case_study, following, f"{key}.live"),
    )


screen()

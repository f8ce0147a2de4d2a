"""One-on-one: everything for one call between the leader of a case study and KWR, on one screen."""

import streamlit as st

from copdash import meetings, milestones, reviews, stakeholders
from copdash.components.roadmap_board import roadmap_board
from copdash.looks import roadmap
from copdash.ui.habits import boards, review_threads, screens, texts
from copdash.ui.roadmap import (
    calls,
    meeting_form,
    meeting_moves,
    one_on_one,
    roadmap_news,
    roadmaps,
)

SHARE = 0.54


@screens.of_case_study("roadmap/one_on_one.py")
def screen(here: screens.Here) -> None:
    """Where it stands, the timeline, what there is to speak about, and the call; runs again for each piece of news."""
    key = f"one_on_one.board.{here.id}"
    one_on_one.go(here.case_study, here.script)
    with here.reading() as session:
        now = here.case_study
        planned = meetings.of_case(session, here.id)
        marked = milestones.of_case(session, here.id)
        people = stakeholders.of_case(session, here.id)
        threads = reviews.threads(session, here.id)
        checked = roadmap.checked(session, now, planned, marked)
        findings = roadmap.findings(session, checked)
        following = one_on_one.following(session, now)
    seen = roadmap.roadmap_of(now, planned, marked, checked.tasks)
    spoken = calls.read(now)

    def buttons() -> None:
        one_on_one.buttons(now, spoken, following)

    here.header(f"One-on-one · {texts.as_typed(now.title)}", buttons, room=buttons)
    if following is not None:
        here.hears(one_on_one.NEXT_KEY.lower(), lambda: one_on_one.leave(here.id, following.id))
    review_threads.steps(now, threads)
    meeting_moves.ask(now, planned)
    about, call = st.columns([7, 3], gap="medium")
    with about:
        roadmap_board(
            boards.face("roadmap", here.id, here.version, seen=seen, follows=True),
            seen=seen.wire(),
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


screen()

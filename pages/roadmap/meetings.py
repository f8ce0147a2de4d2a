"""The roadmap: drag meetings onto the timeline, move them, and open one to say what it is for."""

import uuid

import streamlit as st

from copdash import baselines, case_studies, history, meetings, milestones, reviews, rows, store
from copdash.analysis.roadmap_checks import by_meeting
from copdash.analysis.roadmaps import numbers
from copdash.components.roadmap_board import Other, packed, roadmap_board
from copdash.looks import roadmap
from copdash.ui.habits import boards, changes, empty, kinds, review_threads, screens, sessions
from copdash.ui.roadmap import (
    baseline_lists,
    calendar_files,
    meeting_form,
    meeting_moves,
    roadmap_findings,
    roadmap_starts,
    roadmaps,
)

BOARD = "meetings.board"
BESIDE = "meetings.beside"
NEW = "meetings.new"


@screens.of_case_study("roadmap/meetings.py")
def screen(here: screens.Here) -> None:
    """Header, board and card; runs again for each gesture and each piece of news."""
    key = f"{BOARD}.{here.id}"
    with here.reading() as session:
        now = here.case_study
        planned = meetings.of_case(session, here.id)
        marked = milestones.of_case(session, here.id)
        offered = case_studies.beside(session, here.id, mixed=kinds.mixed("meetings.beside"))
        titles = {str(row.id): row.title for row in offered}
        threads = reviews.threads(session, here.id)
        frozen = baselines.of_case(session, here.id)
        checked = roadmap.checked(session, now, planned, marked)
        findings = roadmap.findings(session, checked)
    seen = roadmap.roadmap_of(now, planned, marked, checked.tasks)

    def buttons() -> None:
        roadmaps.say_launch(now, planned)
        st.button(
            "New meeting",
            key=NEW,
            icon=":material/add:",
            help="Plan one without dragging, or a series of check-ins",
            on_click=meeting_form.open_,
            args=(meeting_form.NEW,),
        )
        roadmap_starts.offered(now)
        roadmap_findings.listed(now, checked, findings, threads)
        review_threads.link(now, threads)
        calendar_files.whole(now, planned)
        show_beside(here.id, titles)
        if not planned and not marked:
            empty.example()

    here.header("Roadmap", buttons, room=lambda: show_beside(here.id, titles))
    meeting_moves.ask(now, planned)
    beside = [row_id for row_id in st.session_state.get(BESIDE, []) if row_id in titles]
    with store.reading(sessions.eye()) as session:
        for row_id in beside:
            here.follows(uuid.UUID(row_id), history.version(session, uuid.UUID(row_id)))
        others = [
            Other(
                id=row_id,
                title=titles[row_id],
                rows="\n".join(packed(rows.wire(row)) for row in meetings.of_case(session, uuid.UUID(row_id))),
            )
            for row_id in beside
        ]
    opened = meeting_form.opened()
    with st.container(horizontal=True, gap="small"):
        with st.container(width="stretch"):
            roadmap_board(
                boards.face(
                    "roadmap",
                    here.id,
                    here.version,
                    seen=seen,
                    follows=bool(opened or st.session_state.get(roadmap_findings.LIST))
                    or meeting_moves.is_asked()
                    or changes.shows_recent(),
                ),
                seen=seen.wire(),
                others=others,
                marks=roadmaps.marks(findings, threads),
                agreed=roadmaps.ghosts(baseline_lists.chosen(frozen)),
                selected=opened,
                key=key,
                on_gestures=lambda: meeting_moves.receive(key),
                on_selected=lambda: meeting_form.follow(key),
            )
        if opened == meeting_form.NEW:
            meeting_form.new_meeting(now)
        for row in planned:
            if str(row.id) == opened:
                meeting_form.meeting(
                    now,
                    row,
                    meeting_form.around(now, row),
                    number=numbers(planned).get(row.id),
                    findings=by_meeting(findings).get(row.id, ()),
                    planned=planned,
                )
        for mark in marked:
            if str(mark.id) == opened:
                meeting_form.milestone(now, mark)


def show_beside(case_study_id: uuid.UUID, titles: dict[str, str]) -> None:
    """Choose other case studies, to be seen on the same timeline."""
    with store.reading(sessions.eye()) as session:
        is_alone = not titles and not case_studies.left_out(session, case_study_id)
    if not is_alone:
        with st.popover("Show beside", icon=":material/splitscreen:"):
            kinds.ask("meetings.beside", case_study_id)
            st.multiselect(
                "Other case studies, each in a lane below",
                list(titles),
                format_func=lambda row_id: titles.get(row_id, "Not in the store"),
                key=BESIDE,
                placeholder="Choose case studies",
            )


screen()

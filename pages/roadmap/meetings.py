"""The roadmap: drag meetings onto the timeline, move them, and open one to say what it is for."""

import uuid

import streamlit as st

from copdash import baselines, case_studies, history, meetings, milestones, reviews, rows, store
from copdash.analysis.roadmap_checks import by_meeting
from copdash.analysis.roadmaps import numbers
from copdash.components import live
from copdash.components.roadmap_board import Other, packed, roadmap_board
from copdash.ui.habits import boards, changes, empty, frame, kinds, presentation, review_threads, sessions
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

case_study = frame.needed()


@frame.fragment
def screen() -> None:
    """Header, board and card; runs again for each gesture and each piece of news."""
    key = f"{BOARD}.{case_study.id}"
    with store.reading(sessions.eye()) as session:
        version = history.version(session, case_study.id)
        planned = meetings.of_case(session, case_study.id)
        marked = milestones.of_case(session, case_study.id)
        offered = case_studies.beside(session, case_study.id, mixed=kinds.mixed("meetings.beside"))
        titles = {str(row.id): row.title for row in offered}
        threads = reviews.threads(session, case_study.id)
        frozen = baselines.of_case(session, case_study.id)
        now = case_studies.get(session, case_study.id)
        roadmap = roadmap_findings.looked_at(session, now, planned, marked)
    # With names hidden most of what the checks look at is not there.
    findings = [] if sessions.names_hidden() else roadmap_findings.found(roadmap)
    if not presentation.bar(case_study, "roadmap/meetings.py", lambda: show_beside(titles)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Roadmap", anchor=False)
            roadmaps.say_launch(case_study, planned)
            st.button(
                "New meeting",
                key=NEW,
                icon=":material/add:",
                help="Plan one without dragging, or a series of check-ins",
                on_click=meeting_form.open_,
                args=(meeting_form.NEW,),
            )
            roadmap_starts.offered(case_study)
            roadmap_findings.listed(case_study, roadmap, findings, threads)
            review_threads.link(now, threads)
            if any(row.starts_on for row in planned):
                calendar_files.whole(case_study)
            show_beside(titles)
            if not planned and not marked:
                empty.example()
            presentation.present()
            changes.controls(case_study)
    changes.told()
    meeting_moves.ask(case_study, planned)
    beside = [row_id for row_id in st.session_state.get(BESIDE, []) if row_id in titles]
    with store.reading(sessions.eye()) as session:
        versions = {row_id: history.version(session, uuid.UUID(row_id)) for row_id in beside}
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
                boards.face("roadmap", case_study.id, version),
                roadmaps.frame_of(case_study),
                meetings=[rows.wire(row) for row in planned],
                milestones=[rows.wire(row) for row in marked],
                others=others,
                tasks=[rows.wire(row) for row in roadmap.tasks],
                marks=roadmaps.marks(findings, threads),
                agreed=roadmaps.ghosts(baseline_lists.chosen(frozen)),
                days_off=roadmaps.days_off(now, planned),
                selected=opened,
                key=key,
                on_gestures=lambda: meeting_moves.receive(key),
                on_selected=lambda: meeting_form.follow(key),
            )
        if opened == meeting_form.NEW:
            meeting_form.new_meeting(case_study)
        for row in planned:
            if str(row.id) == opened:
                meeting_form.meeting(
                    case_study,
                    row,
                    meeting_form.around(case_study, row),
                    number=numbers(planned).get(row.id),
                    findings=by_meeting(findings).get(row.id, ()),
                    planned=planned,
                )
        for mark in marked:
            if str(mark.id) == opened:
                meeting_form.milestone(case_study, mark)
    live(str(case_study.id), version, key=f"{key}.live")
    for row_id, other_version in versions.items():
        live(row_id, other_version, key=f"{key}.live.{row_id}")


def show_beside(titles: dict[str, str]) -> None:
    """Choose other case studies, to be seen on the same timeline."""
    with store.reading(sessions.eye()) as session:
        is_alone = not titles and not case_studies.left_out(session, case_study.id)
    if not is_alone:
        with st.popover("Show beside", icon=":material/splitscreen:"):
            kinds.ask("meetings.beside", case_study.id)
            st.multiselect(
                "Other case studies, each in a lane below",
                list(titles),
                format_func=lambda row_id: titles.get(row_id, "Not in the store"),
                key=BESIDE,
                placeholder="Choose case studies",
            )


screen()

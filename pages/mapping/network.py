"""The network: who is tied to whom, and what that means for the CoP."""

import streamlit as st

from copdash import store, versions
from copdash.components import live
from copdash.components.network_board import network_board
from copdash.ui.habits import boards, changes, frame, pictures, presentation, sessions
from copdash.ui.mapping import grid_versions, networks

KEY = "network.board"
SIZE = "network.size"
ARRANGE = "network.arrange"
FILE = "network.file"

case_study = frame.needed()


@frame.fragment
def screen() -> None:
    """Header, board and panel; runs again for each gesture and each piece of news."""
    around, eye = networks.chosen_one(), sessions.eye()
    found = networks.settled(eye, case_study.id, around)
    with store.reading(eye) as session:
        kept = versions.of_case(session, case_study.id)
        compared = grid_versions.chosen(session, case_study, kept)
    size_by = networks.SIZES[0]

    def size_and_picture() -> None:
        nonlocal size_by
        size_by = networks.size(SIZE)
        pictures.network(case_study, found.stakeholders, found.ties)

    if not presentation.bar(case_study, "mapping/network.py", size_and_picture):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Network", anchor=False)
            if found.stakeholders:
                st.menu_button(
                    "Arrange",
                    list(networks.ARRANGEMENTS),
                    format_func=lambda how: networks.ARRANGEMENTS[how],
                    key=ARRANGE,
                    icon=":material/auto_awesome_motion:",
                    help="Compute new places for everybody; «Undo» puts them back",
                    on_click=lambda: networks.arrange(case_study.id, st.session_state[ARRANGE], around),
                )
                # The file holds names and stays under a public address for a while. It is made on the click only, and
                # the server listens on this computer alone; with sign-in it has to leave by a route that asks who is
                # there.
                st.download_button(
                    "File",
                    lambda: networks.file(eye, case_study, size_by, around),
                    file_name="network.html",
                    mime="text/html",
                    key=FILE,
                    icon=":material/download:",
                    help="One HTML file that opens in any browser, offline too",
                    on_click="ignore",
                )
                size_and_picture()
            presentation.present()
            if found.stakeholders or kept:
                grid_versions.begin(case_study, kept)
            changes.controls(case_study)
    changes.told()
    networks.find(case_study.id, found, around)
    grid_versions.bar(case_study, kept, compared, legend="Halo: new tie. Crossed out: gone tie.")
    key = f"{KEY}.{case_study.id}"
    if found.stakeholders:
        network_board(
            boards.face("network", case_study.id, found.version),
            rows=networks.board_rows(eye, case_study.id, found, size_by, boards.chosen(key, "shown"), compared),
            key=key,
            on_gestures=lambda: boards.receive(key),
        )
    else:
        networks.teach()
    live(
        str(case_study.id),
        found.version,
        key=f"{key}.live",
        on_keys=lambda: changes.by_key(case_study.id, f"{key}.live"),
    )


screen()

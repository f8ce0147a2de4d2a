"""The network: who is tied to whom, and what that means for the CoP."""

import streamlit as st

from copdash import store, versions
from copdash.components.network_board import network_board
from copdash.ui.habits import boards, pictures, screens, sessions
from copdash.ui.mapping import grid_versions, networks

KEY = "network.board"
SIZE = "network.size"
ARRANGE = "network.arrange"
FILE = "network.file"


@screens.of_case_study("mapping/network.py")
def screen(here: screens.Here) -> None:
    """Header, board and panel; runs again for each gesture and each piece of news."""
    around, eye = networks.chosen_one(), sessions.eye()
    found = networks.settled(eye, here.id, around)
    here.version = found.version  # of its rows: settling may have moved it on
    with store.reading(eye) as session:
        kept = versions.of_case(session, here.id)
        compared = grid_versions.chosen(session, here.case_study, kept)
    size_by = networks.SIZES[0]

    def size_and_picture() -> None:
        nonlocal size_by
        size_by = networks.size(SIZE)
        pictures.network(here.case_study, found.stakeholders, found.ties)

    def buttons() -> None:
        if found.stakeholders:
            st.menu_button(
                "Arrange",
                list(networks.ARRANGEMENTS),
                format_func=lambda how: networks.ARRANGEMENTS[how],
                key=ARRANGE,
                icon=":material/auto_awesome_motion:",
                help="Compute new places for everybody; «Undo» puts them back",
                on_click=lambda: networks.arrange(here.id, st.session_state[ARRANGE], around),
            )
            # The file holds names and stays under a public address for a while. It is made on the click only, and
            # the server listens on this computer alone; with sign-in it has to leave by a route that asks who is
            # there.
            st.download_button(
                "File",
                lambda: networks.file(eye, here.case_study, size_by, around),
                file_name="network.html",
                mime="text/html",
                key=FILE,
                icon=":material/download:",
                help="One HTML file that opens in any browser, offline too",
                on_click="ignore",
            )
            size_and_picture()
        if found.stakeholders or kept:
            grid_versions.begin(here.case_study, kept)

    here.header("Network", buttons, room=size_and_picture)
    networks.find(here.id, found, around)
    grid_versions.bar(here.case_study, kept, compared, legend="Halo: new tie. Crossed out: gone tie.")
    key = f"{KEY}.{here.id}"
    if found.stakeholders:
        network_board(
            boards.face("network", here.id, found.version),
            rows=networks.board_rows(eye, here.id, found, size_by, boards.chosen(key, "shown"), compared),
            key=key,
            on_gestures=lambda: boards.receive(key),
        )
    else:
        networks.teach()


screen()

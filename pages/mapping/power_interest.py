"""The power-interest grid: drag stakeholders where the group says they stand."""

import streamlit as st

from copdash import looks, stakeholders, store, versions
from copdash.components.power_interest_board import Legend, power_interest_board
from copdash.looks import mapping
from copdash.models import CaseStudy, Stakeholder
from copdash.ui.habits import boards, changes, empty, legends, pictures, screens, shared
from copdash.ui.mapping import card, grid_settings, grid_versions

BOARD = "power_interest.board"


@screens.of_case_study("mapping/power_interest.py")
def screen(here: screens.Here) -> None:
    """Header, board and card; runs again for each gesture and each piece of news."""
    key = f"{BOARD}.{here.id}"
    with here.reading() as session:
        settings = here.case_study
        found, seen, kept = shared.at(session, BOARD, here.id, here.mark, lambda: looked_up(session, settings))
        chosen, selection = card.selected(found, key)
        trail = stakeholders.trail(session, chosen.id) if chosen else []
        compared = grid_versions.chosen(session, settings, kept)

    def buttons() -> None:
        grid_settings.popover(settings)
        if found:
            pictures.grid(settings, found)
        if found or kept:
            grid_versions.begin(settings, kept)

    here.header("Power-interest grid", buttons, room=lambda: pictures.grid(settings, found))
    grid_versions.bar(settings, kept, compared)
    with st.container(gap=None):
        if found:
            with st.container(horizontal=True, gap="small"):
                with st.container(width="stretch"):
                    power_interest_board(
                        boards.face(
                            "power_interest",
                            here.id,
                            here.version,
                            seen=seen,
                            follows=bool(chosen or compared) or changes.shows_recent(),
                        ),
                        seen=seen.wire(),
                        legend=Legend(groups=legends.groups(), attitudes=legends.attitudes()),
                        selection=selection,
                        trail=trail,
                        ghosts=grid_versions.ghosts(settings, compared),
                        key=key,
                        on_gestures=lambda: boards.receive(key),
                        on_selected=lambda: card.follow(key),
                    )
                if chosen:
                    card.show(settings, chosen, found)
        else:
            nobody()


def looked_up(
    session: store.Session, settings: CaseStudy
) -> tuple[list[Stakeholder], looks.Seen, list[versions.Frozen]]:
    """The stakeholders, the same as the board gets them, and the versions: alike for everybody who looks."""
    found = stakeholders.of_case(session, settings.id)
    return found, mapping.grid_of(settings, found), versions.of_case(session, settings.id)


def nobody() -> None:
    """Nothing to place yet: what this screen is for, and where to begin."""
    empty.stakeholders(
        "Who has power over the outcome, and who takes an interest in it?",
        "Here you drag each stakeholder to its place: the more interest the further right, the more power the "
        "further up. The quadrant then says how closely to involve them. First type or paste the stakeholders.",
    )


screen()

"""In the room: the board alone on the wall, and names hidden from whoever looks at it.

Two switches in the address, `present=1` and `names=hidden`, so that both survive a reload and can be bookmarked.
Hiding is done where rows are read (`copdash.pseudonyms`); here is only who asks for it. It lasts until it is ended on
purpose: another page of the menu does not end it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

import streamlit as st

from copdash import components
from copdash.models import CaseStudy
from copdash.ui.habits import changes, sessions

NAMES = "names"
HIDDEN = "hidden"
SCREENS = {
    "mapping/power_interest.py": "Grid",
    "mapping/network.py": "Network",
    "roadmap/meetings.py": "Roadmap",
}
"""Those that can be presented, and what they are called beside each other."""
SPOKEN = {
    "roadmap/one_on_one.py": "One-on-one",
    "roadmap/review.py": "Review",
    "roadmap/roadmaps.py": "All roadmaps",
}
"""Those that can be presented too, such as in a call, but never without names."""
PRESENTED = frozenset({*SCREENS, *SPOKEN})
WITHOUT_NAMES = frozenset({*SCREENS, "overview/portfolio.py"})
"""Those that can be shown with names hidden; every other one shows nothing then."""


def follow_address() -> None:
    """What the address asks for; to be called before anything is read. Hiding stays when a link forgets to say so."""
    if st.query_params.get(NAMES) == HIDDEN:
        sessions.hide_names(hide=True)
    elif sessions.names_hidden():
        st.query_params[NAMES] = HIDDEN


def bar(case_study: CaseStudy | None, script: str, more: Callable[[], None]) -> None:
    """In the room, the row above the board in place of the screen's own header; for `screens.Place.header`.

    `more` draws what else this screen needs there. A screen of all case studies gives none.
    """
    presents = sessions.presenting()
    with st.container(key="presentation", horizontal=True, vertical_alignment="center", gap="small"):
        name = {**SCREENS, **SPOKEN}[script]
        st.text(f"{case_study.title} · {name}" if case_study else name, width="stretch")
        more()
        if case_study:
            changes.steps(case_study)
        if script in WITHOUT_NAMES:
            hiding()
        if presents:
            for other, name in SCREENS.items():
                if case_study and script in SCREENS and other != script:
                    st.page_link(other, label=name, query_params=_address(case_study.id))
            escaped = components.presentation(key="presentation.screen")
            left = st.button("Leave", key="presentation.leave", icon=":material/close:", help="The menu again (Escape)")
            if escaped or left:
                st.query_params.pop(sessions.PRESENT, None)
                st.rerun()
        else:
            present()


def present() -> None:
    """The button that fills the window with the board."""
    if st.button(
        "Present",
        key="presentation.begin",
        icon=":material/slideshow:",
        help="The board alone, in large type. Escape leaves.",
    ):
        st.query_params[sessions.PRESENT] = "1"
        st.rerun()


def hiding() -> None:
    """The button that hides names, or shows them again."""
    hides = sessions.names_hidden()
    if st.button(
        "Show names" if hides else "Hide names",
        key="presentation.names",
        icon=":material/visibility:" if hides else ":material/visibility_off:",
        help="Everybody by name again" if hides else "S01, S02 … instead of names; no attitudes, no notes",
    ):
        if hides:
            sessions.hide_names(hide=False)
            st.query_params.pop(NAMES, None)
        else:
            sessions.hide_names(hide=True)
            st.query_params[NAMES] = HIDDEN
        st.rerun()


def nothing_here() -> None:
    """On a screen that cannot be shown without names."""
    with st.container(border=True):
        st.markdown("#### Names are hidden")
        st.write(
            "This page would show who the stakeholders are, so it shows nothing. "
            "Grid, network, roadmap and portfolio can be shown without names."
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link("mapping/power_interest.py", label="Go to the grid", icon=":material/scatter_plot:")
            hiding()


def _address(case_study_id: uuid.UUID) -> dict[str, str]:
    hidden = {NAMES: HIDDEN} if sessions.names_hidden() else {}
    return {"case": str(case_study_id), sessions.PRESENT: "1", **hidden}

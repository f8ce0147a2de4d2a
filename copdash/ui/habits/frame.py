"""The frame around every screen: who is here, which case study, and where to go."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import NoReturn

import streamlit as st

from copdash import case_studies, people, store, store_files
from copdash.errors import NotFound, Problem
from copdash.models import CaseStudy, Role
from copdash.ui.habits import changes, presentation, sessions, texts

HERE = Path(__file__).resolve().parent
PARAMETER = "case"
CHOSEN = {"light": "#0B6E75", "dark": "#6CC7CD"}
"""The colour of links in .streamlit/config.toml."""

PAGES = {
    "Overview": [
        ("overview/portfolio.py", "Portfolio", ":material/grid_view:", "All case studies at a glance."),
        ("overview/case_study.py", "Case study", ":material/info:", "Title, dates and place; new, rename, archive."),
        (
            "overview/help.py",
            "Help",
            ":material/help:",
            "A workshop in seven steps, undo, keys, what the numbers mean.",
        ),
    ],
    "Mapping": [
        ("mapping/stakeholders.py", "Stakeholders", ":material/table_rows:", "The list: type, paste, sort and search."),
        ("mapping/power_interest.py", "Power-interest", ":material/scatter_plot:", "Drag stakeholders onto the grid."),
        ("mapping/rating.py", "Rate together", ":material/groups:", "Power and interest, one after the other."),
        (
            "mapping/readings.py",
            "Readings",
            ":material/join_inner:",
            "Salience, engagement gaps, attitude against power.",
        ),
        ("mapping/network.py", "Network", ":material/hub:", "The ties, and what they mean."),
        ("mapping/composition.py", "Missing voices", ":material/person_search:", "Which groups nobody speaks for."),
        ("mapping/membership.py", "Choose the CoP", ":material/how_to_reg:", "Who becomes a member, and what changes."),
        ("mapping/duplicates.py", "Likely duplicates", ":material/content_copy:", "The same stakeholder twice?"),
        ("mapping/versions.py", "Versions", ":material/bookmarks:", "The map as it was, and who moved since."),
        ("mapping/actions.py", "Actions", ":material/task_alt:", "What is to be done with whom, by when."),
    ],
    "Roadmap": [
        ("roadmap/meetings.py", "Meetings", ":material/calendar_month:", "Drag meetings onto the timeline."),
        (
            "roadmap/one_on_one.py",
            "One-on-one",
            ":material/call:",
            "A call: what is new, open and agreed.",
        ),
        ("roadmap/review.py", "Review", ":material/rate_review:", "Comments, what was agreed, what moved since."),
        ("roadmap/roadmaps.py", "All roadmaps", ":material/view_timeline:", "Every case study on one timeline."),
    ],
    "Sharing": [
        (
            "sharing/files.py",
            "Import and export",
            ":material/swap_vert:",
            "Spreadsheets in and out; a case study as a file.",
        ),
    ],
}

GONE = (
    "This case study is not in the store any more, or never was. Choose another one in the menu on the left, or look "
    "at the portfolio."
)
ARCHIVED = (
    "This case study is archived: it stands in no list. Choose another one in the menu on the left, look at the "
    "portfolio, or bring it back under «Case study»."
)

FIRST = "overview/portfolio.py"
"""The screen at the bare address."""


def addresses() -> list[str]:
    """What stands behind the slash in the address of each screen; nothing for the first one."""
    return ["" if script == FIRST else _address(script) for scripts in PAGES.values() for script, *_ in scripts]


def _address(script: str) -> str:
    return script.split("/")[1].removesuffix(".py").replace("_", "-")


def run() -> None:
    """Show the frame and the screen that was chosen."""
    presentation.follow_address()
    st.set_page_config(
        page_title="COPDash",
        page_icon=str(HERE / "icon.png"),
        layout="wide",
        initial_sidebar_state=230,
        menu_items={"About": "COPDash: stakeholders, their ties and the meetings of Communities of Practice."},
    )
    styles = ["frame.css", "presentation.css"] if sessions.presenting() else ["frame.css"]
    chosen = CHOSEN["dark" if st.context.theme.type == "dark" else "light"]
    rules = [f":root {{ --copdash-chosen: {chosen}; }}", *((HERE / style).read_text("utf-8") for style in styles)]
    st.html(f"<style>{''.join(rules)}</style>")
    st.logo(HERE / "logo.svg", size="large")
    hidden = sessions.names_hidden()
    pages = {
        section: {
            script: st.Page(
                script,
                title=title,
                icon=icon,
                help=about,
                url_path=_address(script),
                default=script == FIRST,
                visibility="hidden" if hidden and script not in presentation.WITHOUT_NAMES else "visible",
            )
            for script, title, icon, about in scripts
        }
        for section, scripts in PAGES.items()
    }
    page = st.navigation({section: list(scripts.values()) for section, scripts in pages.items()}, expanded=True)
    nameless = [
        scripts[script] for scripts in pages.values() for script in scripts if script in presentation.WITHOUT_NAMES
    ]
    with st.sidebar:
        _choose_case_study()
        _you()
    _ask_who()
    if damage := store_files.damage():
        st.error(damage, icon=":material/heart_broken:")
    changes.told()
    if hidden and page not in nameless:
        presentation.nothing_here()
        return
    if st.session_state.get(sessions.CASE) is None and st.query_params.get(PARAMETER):
        _say_gone()
    try:
        page.run()
    except Problem as problem:
        say(problem)


def say(problem: Problem) -> None:
    """What went wrong as its sentence, wherever on the screen it was raised."""
    st.warning(texts.as_typed(changes.spoken(str(problem), wrong=True)), icon=":material/info:")


def _say_gone() -> None:
    with st.container(key="frame-gone"):
        st.info(GONE, icon=":material/search_off:")
        with st.container(horizontal=True):
            st.page_link(FIRST, label="Portfolio", icon=":material/grid_view:")
            st.page_link("overview/case_study.py", label="Begin a case study", icon=":material/add:")


def say_archived() -> None:
    """The case study in view stands in no list any more, and where one can go."""
    with st.container(key="frame-archived"):
        st.info(ARCHIVED, icon=":material/inventory_2:")
        with st.container(horizontal=True):
            st.page_link(FIRST, label="Portfolio", icon=":material/grid_view:")
            st.page_link("overview/case_study.py", label="Case study", icon=":material/info:")


def chosen() -> CaseStudy | None:
    """The case study in view; None when there is none, or the address names one that is not in the store."""
    case_study_id = st.session_state.get(sessions.CASE)
    if not case_study_id:
        return None
    with store.reading(sessions.eye()) as session:
        try:
            return case_studies.get(session, uuid.UUID(case_study_id))
        except NotFound:
            return None


def needed() -> None:
    """Where no case study is in view, say what to do and end the screen."""
    if chosen() is None:
        if not st.query_params.get(PARAMETER):  # else the frame has said that it is gone
            st.info("There is no case study in view. Choose one in the menu on the left, or begin one.")
            st.page_link("overview/case_study.py", label="Begin a case study", icon=":material/add:")
        st.stop()


def go_to(case_study_id: uuid.UUID, screen: str) -> NoReturn:
    """Leave for a screen of this case study; `screen` is its script, such as mapping/stakeholders.py."""
    st.switch_page(screen, query_params={PARAMETER: str(case_study_id)})


def _choose_case_study() -> None:
    with store.reading(sessions.eye()) as session:
        current_ones, archived_ones = case_studies.listed(session), case_studies.listed(session, archived=True)
    known = {str(row.id): row.title for row in current_ones}
    archived = {str(row.id): f"{row.title} (archived)" for row in archived_ones}
    invented = {str(row.id) for row in [*current_ones, *archived_ones] if row.example}
    asked = st.query_params.get(PARAMETER)
    current = st.session_state.get(sessions.CASE)
    if asked in archived and asked not in known:
        known[asked] = archived[asked]
    if asked is not None:
        current = asked if asked in known else None
    elif current not in known:
        current = next(iter(known), None)
    st.session_state[sessions.CASE] = current
    if current is not None and asked != current:
        st.query_params[PARAMETER] = current
    if known:
        titles = texts.apart(known)  # of two with one title the list would choose the first, whichever was meant
        st.selectbox(
            "Case study",
            list(known),
            format_func=lambda row_id: titles.get(row_id, "Not in the store"),
            key=sessions.CASE,
            index=None,
            placeholder="Choose a case study",
            on_change=_follow,
        )
    if current in invented:
        st.caption(
            ":material/science: Invented example",
            help="The places are real, stakeholders, ratings and meetings are invented.",
        )


def _follow() -> None:
    chosen_id = st.session_state[sessions.CASE]
    if chosen_id is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = chosen_id


def _you() -> None:
    who = sessions.actor()
    named = who.id.int != 1
    if named and sessions.names_hidden():
        return
    label = f"{who.name}, {who.role.value}" if named else "Who are you?"
    if st.button(
        texts.as_typed(label),
        icon=":material/person:",
        key="frame.you",
        width="stretch",
        help="You: your name and role, kept by this browser",
    ):
        _who_dialog()


def _ask_who() -> None:
    if sessions.actor().id.int == 1 and not st.session_state.get(sessions.ASKED_WHO):
        st.session_state[sessions.ASKED_WHO] = True
        _who_dialog()


_ROLES_SAID = {
    Role.LEADER.value: f"**{Role.LEADER.value}**: edits list, map and roadmap",
    Role.KWR.value: f"**{Role.KWR.value}**: guides all case studies, edits too",
    Role.VIEWER.value: f"**{Role.VIEWER.value}**: looks, changes nothing",
}


@st.dialog("Who is here?")
def _who_dialog() -> None:
    who = sessions.actor()
    named = who.id.int != 1
    st.write("Every change carries your name and role. This browser remembers them; there is no password.")
    with st.form("frame.who", border=False):
        name = st.text_input("Your name", value=who.name if named else "", max_chars=80, placeholder="Marta")
        role = st.radio(
            "You are here as",
            Role.values(),
            index=Role.values().index(who.role.value) if named else 0,
            format_func=_ROLES_SAID.__getitem__,  # captions would lie outside the label: a click on one chooses nothing
        )
        token = sessions.token()
        if st.form_submit_button("Start" if not named else "Save", type="primary") and changes.attempt(
            None,
            lambda session: people.introduce(session, token=token, name=name, role=role or ""),
        ):
            st.rerun()
    changes.told()

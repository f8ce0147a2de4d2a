"""The app's own names in Streamlit's session state, in one list. Everything that matters is in the store at once."""

from __future__ import annotations

import secrets
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from copdash import channel, eyes, people, store
from copdash.eyes import Eye
from copdash.roles import EDITORS, GUEST, Actor

CASE = "frame.case_study"
ANSWERS = "boards.answers"
TOKEN = "frame.token"  # noqa: S105
ASKED_WHO = "frame.asked_who"
TOLD = "frame.told"
SELECTED = "mapping.selected"
OPENED = "roadmap.opened"
MOVED = "roadmap.moved"
FOLLOWING = "roadmap.following"
AGAINST = "roadmap.against"
GO = "roadmaps.go"
NEXT = "one_on_one.next_case"
BEGUN = "reviews.begun"
CHECKED = "roadmap.checked"
TURNS = "forms.turns"
IMPORT = "files.import"
IMPORTED = "files.imported"
CASE_FILES = "files.case_files"
CAME = "files.came_in"
LET_GO = "files.let_go"
CHOSEN = "portfolio.chosen"
CHOICE = "membership.choice"
LATER = "duplicates.later"
COMPARED = "versions.compared"
FROZEN = "versions.frozen"
NAMES_HIDDEN = "frame.names_hidden"

PRESENT = "present"
"""The query parameter, 1 in presentation mode."""

_ANSWERS_KEPT = 500


def token() -> str:
    """The browser's token from its cookie; where it keeps no cookies, one for this session."""
    try:
        cookie = st.context.cookies.get(people.COOKIE)
    except Exception:  # outside a browser there is no request to ask
        cookie = None
    if isinstance(cookie, str) and cookie:
        return cookie
    return str(st.session_state.setdefault(TOKEN, secrets.token_urlsafe(32)))


def actor() -> Actor:
    """Who is at this browser, read from the store each time; a nameless viewer until they have said so."""
    with store.reading(eyes.PROGRAM) as session:  # who is here is asked, not shown
        return people.at(session, token()) or GUEST


def may_edit() -> bool:
    """Whether the person here may change things; the verbs decide, this only spares them a vain try."""
    return actor().role in EDITORS


def presenting() -> bool:
    """Whether the screen is on the wall of a room: the board alone, in large type."""
    return st.query_params.get(PRESENT) == "1"


def names_hidden() -> bool:
    """Whether this tab shows pseudonyms instead of names. It stays so, whatever page is gone to, until it is ended."""
    in_a_screen = get_script_run_ctx(suppress_warning=True) is not None
    return in_a_screen and bool(st.session_state.get(NAMES_HIDDEN))


def eye() -> Eye:
    """The eye that looks at this tab, for `store.reading`. Raises RuntimeError where no screen is being made.

    Take it while the screen is made, also for what runs later (a download is made in a thread that knows no tab).
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        raise RuntimeError("Nobody looks outside a screen: state the eye where the screen is made, and hand it on")
    return eyes.of(actor(), names_hidden=names_hidden())


def tab() -> str:
    """This tab, as Streamlit knows it; empty where no screen is being made."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context is not None else ""


def hide_names(*, hide: bool) -> None:
    """Hide names in this tab, or show them again. What its boards had open ends before anything is drawn anew."""
    if hide != names_hidden():
        st.session_state[NAMES_HIDDEN] = hide
        channel.end(tab())


def remember(answers: dict[str, str]) -> None:
    """Keep what the boards were answered, so that a late or repeated gesture hears the same again."""
    kept: dict[str, str] = st.session_state.setdefault(ANSWERS, {})
    kept.update(answers)
    for old in list(kept)[:-_ANSWERS_KEPT]:
        del kept[old]


def answered() -> dict[str, str]:
    """What the boards of this tab were answered lately."""
    return dict(st.session_state.get(ANSWERS, {}))


def widget(name: str, stored: Any) -> str:
    """The key of the widget that shows a stored value and saves it on change; the caller gives it as its default.

    The key stays while the widget holds what is stored, and is another one when somebody else (or undo, or a refusal)
    changed that: setting the old widget's state instead is a race, in which a rerun that the browser asked for just
    before sends the old value once more, and on_change saves it over the new one. Nor is the new widget's state set
    from here: a set state reaches the browser with one run alone, and where the next run overtakes that one the field
    stays empty, and the next thing that the browser sends saves it so.
    """
    turns: dict[str, int] = st.session_state.setdefault(TURNS, {})
    key = f"{name}.{turns.get(name, 0)}"
    if key not in st.session_state or not alike(st.session_state[key], stored):
        turns[name] = turns.get(name, 0) + 1
        key = f"{name}.{turns[name]}"
    return key


def alike(held: Any, stored: Any) -> bool:
    """Whether they are the same value; what was chosen from a list is the same in any order, and 0.1 + 0.2 is 0.3."""
    if isinstance(held, float) and isinstance(stored, float):
        return abs(held - stored) < 0.001
    return sorted(held) == sorted(stored) if isinstance(held, list) and isinstance(stored, list) else held == stored

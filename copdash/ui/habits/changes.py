"""Undo, redo and recent changes: the same three controls on every screen that can be edited."""

from __future__ import annotations

import uuid
import zoneinfo
from collections.abc import Callable

import streamlit as st

from copdash import gestures, history, store, undoing, words
from copdash.errors import Problem
from copdash.models import CaseStudy, GestureState
from copdash.ui.habits import sessions, texts


def attempt(
    case_study_id: uuid.UUID | None,
    change: Callable[[store.Session], object],
    *,
    says: str = "",
) -> bool:
    """One change from a form: `change(session)` in one transaction; a refusal is told, and False returned.

    What it is called, whether it can be undone and may be done with names hidden says the verb that `change` calls
    first (`copdash.verbs`). What to say when it is done is given as `says`: after the commit the news of it may cut
    this run short.
    """
    if says:
        tell(says)
    try:
        with store.writing(sessions.actor(), case_study_id, names_hidden=sessions.names_hidden()) as session:
            change(session)
    except Problem as problem:
        tell(str(problem), wrong=True)
        return False
    return True


def tell(sentence: str, *, wrong: bool = False) -> None:
    """A sentence for the next look at the screen."""
    st.session_state[sessions.TOLD] = (sentence, wrong)


def spoken(sentence: str, *, wrong: bool = False) -> str:
    """The sentence, or where names are hidden one that names nobody; an empty one stays empty."""
    said = gestures.spoken(sentence, names_hidden=sessions.names_hidden())
    return said if wrong or said == sentence else "Done."


def told() -> None:
    """Show what was told since the last look; a run that is cut short before the words are out leaves them."""
    sentence, wrong = st.session_state.get(sessions.TOLD, (None, False))
    if sentence:
        st.toast(
            texts.as_typed(spoken(sentence, wrong=wrong)),
            icon=":material/error:" if wrong else ":material/check:",
            duration="long" if wrong else "short",
        )
        st.session_state[sessions.TOLD] = (None, False)


RECENT = "changes.recent"


def shows_recent() -> bool:
    """Whether the list of recent changes is open, which has to follow what happens."""
    return bool(st.session_state.get(RECENT))


def controls(case_study: CaseStudy) -> None:
    """Undo, redo and the recent changes of a case study, each with its own undo."""
    steps(case_study)
    # Made when it is opened: three elements a change, closed too, would take longer than all else after a drop.
    listed = st.popover("Recent changes", icon=":material/history:", key=RECENT, on_change="rerun")
    if listed.open:
        with listed:
            recent(case_study)


def steps(case_study: CaseStudy) -> None:
    """Undo and redo alone."""
    who = sessions.actor()
    with store.reading(sessions.eye()) as session:
        undoable = history.undoable(session, case_study.id, who.id, most=1)
        redoable = history.redoable(session, case_study.id, who.id)
    st.button(
        "Undo",
        key="changes.undo",
        icon=":material/undo:",
        disabled=not undoable,
        help=f"{texts.as_typed(undoable[0].summary)} (Ctrl+Z)".lstrip()
        if undoable
        else "Nothing of yours to undo here",
        on_click=_do,
        args=(case_study.id, undoing.undo),
    )
    st.button(
        "Redo",
        key="changes.redo",
        icon=":material/redo:",
        disabled=redoable is None,
        help="Do again what you undid last (Ctrl+Shift+Z)",
        on_click=_do,
        args=(case_study.id, undoing.redo),
    )


def recent(case_study: CaseStudy) -> None:
    """The latest gestures, newest first, whoever made them."""
    zone = zoneinfo.ZoneInfo(case_study.time_zone)
    with store.reading(sessions.eye()) as session:
        gestures = history.recent(session, case_study.id)
    if not gestures:
        st.caption("Nothing has been changed here yet. What you and others do will be listed, each with its own undo.")
    for gesture in gestures:
        row = st.container(horizontal=True, vertical_alignment="center")
        with row:
            undone = gesture.state == GestureState.UNDONE
            st.text(
                f"{gesture.summary}{' (undone)' if undone else ''}\n"
                f"{history.author(gesture)}, {words.moment(gesture.at, zone)}",
                width="stretch",
            )
            if gesture.state == GestureState.DONE:
                st.button(
                    "Undo this",
                    key=f"changes.undo.{gesture.id}",
                    on_click=_do,
                    args=(case_study.id, undoing.undo, gesture.id),
                )


def by_key(case_study_id: uuid.UUID, pressed: str | None) -> None:
    """What the button does that is called as `components.live` calls a key of undo or redo."""
    if pressed in _STEPS:
        _do(case_study_id, _STEPS[pressed])


_STEPS: dict[str | None, Callable[..., str]] = {undoing.UNDO: undoing.undo, undoing.REDO: undoing.redo}
"""What the keys are called by the component, as the gestures are."""


def _do(case_study_id: uuid.UUID, change: Callable[..., str], *args: uuid.UUID) -> None:
    done: list[str] = []
    if attempt(case_study_id, lambda session: done.append(change(session, *args))):
        tell(f"{'Undone' if change is undoing.undo else 'Done again'}: {done[0]}")

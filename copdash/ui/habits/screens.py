"""How every screen is framed: its case study as it is now, header, what was told, and the news of others.

A page's script is one function under `of_case_study` or `of_all`, and a call of it. It is given where it stands, reads
its rows, draws its header by `header` and then itself; it runs again by itself for each gesture and each piece of news.
"""

from __future__ import annotations

import contextlib
import functools
import uuid
from collections.abc import Callable, Iterator

import streamlit as st

from copdash import case_studies, components, history, store
from copdash.errors import NotFound, Problem
from copdash.models import CaseStudy
from copdash.ui.habits import changes, frame, presentation, sessions


class Place:
    """A screen while it is being drawn. `version` is read before its rows, which are as new as it or newer."""

    def __init__(self, script: str, version: int = 0) -> None:
        self.script, self.version = script, version
        self._beside: dict[uuid.UUID, int] = {}
        self._keys: dict[str, Callable[[], None]] = {}

    @property
    def in_the_room(self) -> bool:
        """Whether the header is the narrow row of a presentation, or of hidden names."""
        return self.script in presentation.PRESENTED and (sessions.presenting() or sessions.names_hidden())

    def header(
        self,
        title: str,
        buttons: Callable[[], None] = components.NOTHING,
        *,
        room: Callable[[], None] = components.NOTHING,
    ) -> None:
        """Title, the screen's own buttons, then those that every screen has; in the room its row, with `room` in it.

        `title` is Markdown. What was told since the last look comes as a toast.
        """
        if self.in_the_room:
            presentation.bar(self._shown(), self.script, room)
        else:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.subheader(title, anchor=False)
                buttons()
                if self.script in presentation.PRESENTED:
                    presentation.present()
                case_study = self._shown()
                if case_study is not None:
                    changes.controls(case_study)
        changes.told()

    def hears(self, letter: str, act: Callable[[], None]) -> None:
        """`act` is the callback of one key, unless somebody types."""
        self._keys[letter] = act

    def follows(self, case_study_id: uuid.UUID, version: int) -> None:
        """Run again for news of this case study, too, which is shown beside."""
        self._beside[case_study_id] = version

    def news(self) -> None:
        """Hear from now on what others change, and the keys of undo and redo; the last thing that a screen does."""
        case_study = self._shown()
        key = f"news.{self.script}.{case_study.id if case_study else 'all'}"

        def pressed() -> None:
            said = st.session_state[key].pressed if key in st.session_state else None
            if said in self._keys:
                self._keys[said]()
            elif case_study is not None:
                changes.by_key(case_study.id, said)

        with st.container(key="news"):
            components.live(
                str(case_study.id) if case_study else None,
                self.version,
                key=key,
                keys=tuple(self._keys),
                on_keys=pressed,
            )
            for other, version in self._beside.items():
                components.live(str(other), version, key=f"{key}.{other}")

    def _shown(self) -> CaseStudy | None:
        return None


class Here(Place):
    """A screen of one case study, which is as it is now."""

    def __init__(self, script: str, case_study: CaseStudy, mark: history.Mark) -> None:
        super().__init__(script, mark.number)
        self.case_study, self.mark = case_study, mark

    @property
    def id(self) -> uuid.UUID:
        """Of the case study."""
        return self.case_study.id

    @contextlib.contextmanager
    def reading(self) -> Iterator[store.Session]:
        """A session for the rows of the screen; case study and version are of the same moment, or the board would be
        told by the channel what it shows already. Once a run: what is read later may be newer than `version` says."""
        with store.reading(sessions.eye()) as session:
            self.mark = history.mark(session, self.id)
            self.version = self.mark.number
            self.case_study = case_studies.get(session, self.id)
            yield session

    def _shown(self) -> CaseStudy | None:
        return self.case_study


def of_case_study(script: str) -> Callable[[Callable[[Here], None]], Callable[[], None]]:
    """A screen of the case study in view, which somebody may remove or archive meanwhile; `script` is its own file.

    Where it is gone the whole screen runs again and says so; where it is archived the screen says that first.
    """

    def framed(screen: Callable[[Here], None]) -> Callable[[], None]:
        @st.fragment
        @functools.wraps(screen)
        def fragment() -> None:
            here = _here(script)
            if here is None:
                st.rerun()
                return
            if here.case_study.archived:
                frame.say_archived()
            try:
                screen(here)
            except NotFound as problem:
                if frame.chosen() is None:  # it went while the screen was being made
                    st.rerun()
                frame.say(problem)
            except Problem as problem:
                frame.say(problem)
            here.news()

        @functools.wraps(screen)
        def shown() -> None:
            frame.needed()
            fragment()

        return shown

    return framed


def of_all(script: str) -> Callable[[Callable[[Place], None]], Callable[[], None]]:
    """A screen of all case studies; it runs again for news of any."""

    def framed(screen: Callable[[Place], None]) -> Callable[[], None]:
        @functools.wraps(screen)
        def fragment() -> None:
            with store.reading(sessions.eye()) as session:
                place = Place(script, history.version(session))
            try:
                screen(place)
            except Problem as problem:
                frame.say(problem)
            place.news()

        return st.fragment(fragment)

    return framed


def _here(script: str) -> Here | None:
    case_study_id = st.session_state.get(sessions.CASE)
    if not case_study_id:
        return None
    with store.reading(sessions.eye()) as session, contextlib.suppress(NotFound):
        wanted = uuid.UUID(case_study_id)
        mark = history.mark(session, wanted)
        return Here(script, case_studies.get(session, wanted), mark)
    return None

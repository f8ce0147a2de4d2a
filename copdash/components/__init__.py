"""Browser widgets: rows in, gestures out. They store nothing and know nothing of the store.

Each board takes `data` and sends one trigger, `gestures`: the outbox of what the person did and the server has not yet
answered. Their JavaScript lies in boards/, one folder a board and shared/ for what they have in common.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

import streamlit as st

NOTHING: Callable[[], None] = lambda: None  # noqa: E731


class LooksAt(TypedDict):
    """What a board looks at by the channel: with which ticket, through which eye, which parts of its data that is."""

    look: str
    eye: str
    ticket: str
    tables: list[str]
    values: list[str]


class Face(TypedDict):
    """What every board is told, whatever its rows.

    `answers` holds for each gesture that was handled lately the empty text, or the sentence that says why not.
    `presenting`: on the wall of a room, with large type and without what only whoever edits needs.
    `follows`: its page shows more of the case study than the board, and is drawn again with each change.
    """

    case_study_id: str
    board: str
    version: int
    editable: bool
    presenting: bool
    answers: dict[str, str]
    channel: NotRequired[LooksAt]
    follows: NotRequired[bool]


@functools.cache
def _component(path: str, html: str, *, css: bool) -> Callable[..., Any]:
    """A widget by the path of its module in boards/; it is registered under the module's name."""
    name = path.rpartition("/")[2]
    return st.components.v2.component(f"copdash.{name}", html=html, js=f"{path}.js", css=f"{path}.css" if css else None)


def _board(
    path: str,
    face: Face,
    rows: Mapping[str, Any],
    *,
    key: str,
    on_gestures: Callable[[], None],
    on_selected: Callable[[], None] = NOTHING,
    on_shown: Callable[[], None] = NOTHING,
) -> Any:
    mounted = _component(path, '<div class="board"></div>', css=True)
    return mounted(
        key=key,
        data={**face, **rows},
        on_gestures_change=on_gestures,
        on_selected_change=on_selected,
        on_shown_change=on_shown,
    )


def presentation(*, key: str) -> bool:
    """The button for the browser's full screen. Returns whether Escape was pressed while nothing else wanted it."""
    mounted = _component("shared/presentation", '<div class="presentation"></div>', css=True)
    return mounted(key=key, data={}, on_left_change=NOTHING, width="content").left is not None


def picture(svg: str, *, name: str, scale: float, alternative: str, key: str) -> None:
    """A picture to look at, copy or save: `svg` is the file, its PNG is `scale` times as large.

    It stays in the browser: nothing is put at an address that others could open.
    """
    mounted = _component("shared/picture", '<div class="picture"></div>', css=True)
    mounted(key=key, data={"svg": svg, "name": name, "scale": scale, "alternative": alternative})


def live(
    case_study_id: str | None,
    version: int,
    *,
    key: str,
    on_news: Callable[[], None] = NOTHING,
    on_keys: Callable[[], None] = NOTHING,
    keys: Sequence[str] = (),
) -> None:
    """Run the fragment this stands in again when the case study (None: any) has a newer version than `version`.

    While no board is on the page, `on_keys` is called for Ctrl+Z and Ctrl+Shift+Z; the state's `pressed` then is "undo"
    or "redo". It is called for `keys` too, single letters, unless somebody types; `pressed` then is the letter.
    """
    mounted = _component("shared/live", '<div class="live"></div>', css=False)
    mounted(
        key=key,
        data={"case_study_id": case_study_id, "version": version, "keys": list(keys)},
        on_news_change=on_news,
        on_pressed_change=on_keys,
        height=1,
    )

"""What changed since the last call: in a list, and marked on the timeline."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from copdash.analysis.roadmap_news import News
from copdash.components.roadmap_board import Ghost, Marks
from copdash.ui.habits import texts
from copdash.ui.roadmap import meeting_form

_ICONS = {
    "new": ":material/fiber_new:",
    "moved": ":material/event_repeat:",
    "changed": ":material/edit:",
    "gone": ":material/delete:",
}
_SHOWN = 8


def listed(news: Sequence[News], nothing: str) -> None:
    """One entry a meeting or milestone; a click opens it. `nothing` is said where there is none."""
    if not news:
        st.caption(nothing)
    for one in news if len(news) <= _SHOWN or _all(len(news)) else news[:_SHOWN]:
        with st.container(gap=None, key=f"news.{one.id or one.title}"):
            if one.id and one.kind != "gone":
                st.button(
                    texts.as_typed(one.title),
                    key=f"news.{one.id}.open",
                    icon=_ICONS[one.kind],
                    type="tertiary",
                    help="Speak about it",
                    on_click=meeting_form.open_,
                    args=(one.id,),
                )
            else:
                st.markdown(f"{_ICONS[one.kind]} {texts.as_typed(one.title)}")
            said = "; ".join(one.sentences)
            st.caption(texts.as_typed(f"{said} ({', '.join(one.by)})" if one.by else said))


def _all(count: int) -> bool:
    return st.toggle(f"Show all {count}", key="news.all")


def ghosts(news: Sequence[News]) -> list[Ghost]:
    """Where they stood at the last call."""
    return [
        Ghost(id=one.id, first=one.first.isoformat(), last=one.last.isoformat(), title="at the last call")
        for one in news
        if one.first and one.last
    ]


def marked(marks: dict[str, Marks], news: Sequence[News]) -> dict[str, Marks]:
    """The marks of the timeline, with a word at each that is new, moved or changed."""
    for one in news:
        if one.id and one.kind != "gone":
            marks.setdefault(one.id, Marks(hints=[], threads=0))["news"] = one.kind
    return marks

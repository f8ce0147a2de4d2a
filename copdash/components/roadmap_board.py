"""A roadmap on a timeline: meetings and milestones dragged, stretched and named. Reports gestures; stores nothing.

Days cross the wire as ISO dates, the end being the last day. With `lanes="case"` nothing can be changed: one lane a
case study, the palette away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypedDict

from copdash.components import NOTHING, Face, _board
from copdash.models import MeetingKind, Theme

_MEETING = ("id", "title", "kind", "theme", "starts_on", "ends_on", "certainty", "place")


class Frame(TypedDict):
    """The case study's own dates, as ISO text or None, and the day that the today line stands on."""

    title: str
    starts_on: str | None
    ends_on: str | None
    launch_from: str | None
    launch_until: str | None
    today: str
    today_label: str


class Other(TypedDict):
    """Another case study, whose meetings are drawn in a lane of their own."""

    id: str
    title: str
    meetings: Sequence[Mapping[str, Any]]


def roadmap_board(
    face: Face,
    frame: Frame,
    *,
    meetings: Sequence[Mapping[str, Any]],
    milestones: Sequence[Mapping[str, Any]],
    key: str,
    on_gestures: Callable[[], None],
    on_selected: Callable[[], None] = NOTHING,
    others: Sequence[Other] = (),
    lanes: Literal["kind", "case"] = "kind",
    selected: str | None = None,
    summary: str = "",
) -> Any:
    """Mount the board; its result's `selected` is the id of the meeting or milestone that was opened, or None."""
    rows = {
        **frame,
        "meetings": [_brief(row) for row in meetings],
        "milestones": list(milestones),
        "others": [{**other, "meetings": [_brief(row) for row in other["meetings"]]} for other in others],
        "kinds": MeetingKind.values(),
        "themes": Theme.values(),
        "lanes": lanes,
        "selected": selected,
        "summary": summary,
    }
    return _board("roadmap_board", face, rows, key=key, on_gestures=on_gestures, on_selected=on_selected)


def _brief(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _MEETING}

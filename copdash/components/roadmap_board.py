"""A roadmap on a timeline: meetings and milestones dragged, stretched and named. Reports gestures; stores nothing.

Days cross the wire as ISO dates, the end being the last day. With `lanes="case"` nothing can be changed: one lane a
case study, the palette away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict

from copdash.components import NOTHING, Face, _board
from copdash.models import Certainty, MeetingKind, Theme

LANES = {
    MeetingKind.COP_MEETING: "CoP meetings",
    MeetingKind.SITE_VISIT: "Site visits",
    MeetingKind.TRAINING: "Training",
    MeetingKind.ONE_ON_ONE: "One-on-one",
    MeetingKind.CROSS_FERTILISATION: "Cross-fertilisation",
}
"""What the lane of a kind is called, from top to bottom; the milestones' lane comes last."""


class Frame(TypedDict):
    """The case study's own dates, as ISO text or None, and the day that the today line stands on."""

    title: str
    starts_on: str | None
    ends_on: str | None
    launch_from: str | None
    launch_until: str | None
    today: str
    today_label: str


class Marks(TypedDict):
    """What is marked at a meeting: hints of the checks, how many threads of comments wait, a word of news if any."""

    hints: list[str]
    threads: int
    news: NotRequired[str]


class Ghost(TypedDict):
    """Where a meeting or milestone stood when it was agreed; ISO dates, `title` is the baseline's."""

    id: str
    first: str
    last: str
    title: str


class Other(TypedDict):
    """Another case study, whose meetings are drawn in a lane of their own; `rows` are its meetings as `packed`."""

    id: str
    title: str
    rows: str


def roadmap_board(
    face: Face,
    *,
    seen: Mapping[str, Any],
    key: str,
    on_gestures: Callable[[], None],
    on_selected: Callable[[], None] = NOTHING,
    others: Sequence[Other] = (),
    lanes: Literal["kind", "case"] = "kind",
    selected: str | None = None,
    marks: Mapping[str, Marks] | None = None,
    agreed: Sequence[Ghost] = (),
    palette: bool = True,
    share: float | None = None,
) -> Any:
    """Mount the board; its result's `selected` is {"id": of the row that was opened or None, "turn": n}.

    `seen` is what it looks at (`copdash.looks.roadmap`): the case study's own dates, its meetings and milestones, the
    tasks that have a day, and when people do not work.

    Without `palette` it is a timeline among other things: nothing to drag in, and only the lanes that hold something.
    `share` of the window's height, such as 0.5; None is as tall as the window allows.
    """
    rows = {
        **seen,
        "others": list(others),
        "certainties": _CERTAINTIES,
        "kinds": [{"name": kind.value, "lane": lane} for kind, lane in LANES.items()],
        "themes": Theme.values(),
        "marks": dict(marks or {}),
        "agreed": {one["id"]: dict(one) for one in agreed},
        "lanes": lanes,
        "selected": selected,
        "palette": palette,
        "share": share,
    }
    return _board("roadmap/roadmap_board", face, rows, key=key, on_gestures=on_gestures, on_selected=on_selected)


_KINDS, _CERTAINTIES = [kind.value for kind in LANES], Certainty.values()


def packed(row: Mapping[str, Any]) -> str:
    """A meeting as one short line with tabs: of a hundred case studies three thousand of them cross the wire.

    Kind and certainty are places in their lists, the end is empty for a meeting of one day. The texts are of one line,
    as the rules of their columns make them.
    """
    last = "" if row["ends_on"] == row["starts_on"] else row["ends_on"]
    kind, certainty = _KINDS.index(row["kind"]), _CERTAINTIES.index(row["certainty"])
    parts = (row["id"], row["title"], kind, certainty, row["starts_on"], last, row["place"], row["series_id"])
    return "\t".join("" if part is None else str(part) for part in parts).rstrip("\t")

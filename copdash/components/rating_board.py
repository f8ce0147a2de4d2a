"""A guided run through those who are not rated: one stakeholder large, two scales. Reports ratings; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from copdash.components import Face, _board


def rating_board(
    face: Face,
    *,
    seen: Mapping[str, Any],
    groups: Sequence[Mapping[str, Any]],
    key: str,
    on_gestures: Callable[[], None],
) -> Any:
    """Mount the board. `seen` is what it looks at, as of the grid; `groups` are as the legend of the grid has them.

    What is chosen on screen is sent on Enter as the grid's own gesture, `moved`.
    """
    rows = {**seen, "legend": {"groups": list(groups), "attitudes": []}}
    return _board("rating/rating_board", face, rows, key=key, on_gestures=on_gestures)

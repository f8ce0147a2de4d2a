"""The engagement matrix: where attitudes are (C) and where they are wanted (D). Reports choices; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from copdash.components import Face, _board


def engagement_board(
    face: Face, *, seen: Mapping[str, Any], legend: Mapping[str, Any], key: str, on_gestures: Callable[[], None]
) -> Any:
    """Mount the board.

    `seen` is what it looks at: `stakeholders` and `gaps` (who, from which attitude to which, over how many steps) in
    the order to be shown; `quadrant_of` names the quadrant of each rated one by its id, `quadrants` are the names to
    filter by; `summary` in words. A choice is sent as the list's own gesture, `edited`.
    """
    rows = {**seen, "legend": dict(legend)}
    return _board("engagement/engagement_board", face, rows, key=key, on_gestures=on_gestures)

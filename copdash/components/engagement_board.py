"""The engagement matrix: where attitudes are (C) and where they are wanted (D). Reports choices; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from copdash.components import Face, _board

FIELDS = ("id", "name", "group", "power", "interest", "attitude", "attitude_wanted")
"""What the matrix draws of a stakeholder."""


class Gap(TypedDict):
    """Somebody to be won: who, from which attitude to which, over how many steps."""

    id: str
    now: str
    wanted: str
    steps: int


def engagement_board(
    face: Face,
    *,
    stakeholders: Sequence[Mapping[str, Any]],
    quadrant_of: Mapping[str, str],
    quadrants: Sequence[str],
    gaps: Sequence[Gap],
    summary: str,
    legend: Mapping[str, Any],
    key: str,
    on_gestures: Callable[[], None],
) -> Any:
    """Mount the board.

    `stakeholders` and `gaps` stand in the order to be shown; `quadrant_of` names the quadrant of each rated one by its
    id, `quadrants` are the names to filter by. A choice is sent as the list's own gesture, `edited`.
    """
    rows = {
        "stakeholders": [{field: row[field] for field in FIELDS} for row in stakeholders],
        "quadrant_of": dict(quadrant_of),
        "quadrants": list(quadrants),
        "gaps": list(gaps),
        "summary": summary,
        "legend": dict(legend),
    }
    return _board("engagement/engagement_board", face, rows, key=key, on_gestures=on_gestures)

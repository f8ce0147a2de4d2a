"""A guided run through those who are not rated: one stakeholder large, two scales. Reports ratings; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from copdash.components import Face, _board

FIELDS = ("id", "name", "organisation", "role", "group", "stake", "rationale", "power", "interest")
"""What the group needs to know to rate somebody."""


def rating_board(
    face: Face,
    *,
    stakeholders: Sequence[Mapping[str, Any]],
    groups: Sequence[Mapping[str, Any]],
    quadrants: Sequence[str],
    axes: Mapping[str, str],
    turned: bool,
    key: str,
    on_gestures: Callable[[], None],
) -> Any:
    """Mount the board. `groups` are as the legend of the grid has them, the rest is as the grid has it.

    What is chosen on screen is sent on Enter as the grid's own gesture, `moved`.
    """
    rows = {
        "stakeholders": [{field: row[field] for field in FIELDS} for row in stakeholders],
        "legend": {"groups": list(groups), "attitudes": []},
        "quadrants": list(quadrants),
        "axes": dict(axes),
        "turned": turned,
    }
    return _board("rating/rating_board", face, rows, key=key, on_gestures=on_gestures)

"""Salience as three circles: who has power, legitimacy and urgency. Reports ratings; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from copdash.components import Face, _board


def salience_board(
    face: Face, *, seen: Mapping[str, Any], legend: Mapping[str, Any], key: str, on_gestures: Callable[[], None]
) -> Any:
    """Mount the board.

    `seen` is what it looks at: `stakeholders`, and `classes` with name, the attributes that make each, what it means,
    and the `ids` of who is in it; the last class holds those who lack a rating. A rating is sent as `edited`.
    """
    return _board("salience/salience_board", face, {**seen, "legend": dict(legend)}, key=key, on_gestures=on_gestures)

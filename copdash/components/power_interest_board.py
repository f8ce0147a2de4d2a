"""A draggable power-interest board. Reports drops; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from copdash.components import Face, _board


def power_interest_board(
    face: Face, *, stakeholders: Sequence[dict[str, Any]], key: str, on_gestures: Callable[[], None]
) -> Any:
    """Mount the board."""
    return _board("power_interest_board", face, {"stakeholders": list(stakeholders)}, key=key, on_gestures=on_gestures)

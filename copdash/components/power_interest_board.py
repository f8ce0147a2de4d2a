"""A draggable power-interest board. Reports drops; stores nothing.

Whoever lacks power or interest waits in its tray and is never drawn at a place. State `selected` is
{"id": stakeholder or None, "turn": n}; `data.selected` is obeyed once `data.selected_turn` has reached that turn, so
that an answer to an earlier click does not undo a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from copdash.components import NOTHING, Face, _board


class Legend(TypedDict):
    """How groups and attitudes look, in the order of the legend."""

    groups: list[dict[str, Any]]
    attitudes: list[dict[str, Any]]


class Ghosts(TypedDict):
    """Where those who moved or went stood in an earlier version, and who is new on the grid since.

    `stood` holds id, name, group, power, interest, what and a note each; `new` the ids of newcomers.
    """

    version: str
    stood: list[dict[str, Any]]
    new: list[str]


def power_interest_board(
    face: Face,
    *,
    seen: Mapping[str, Any],
    legend: Legend,
    selection: Mapping[str, Any],
    trail: Sequence[tuple[float, float]] = (),
    ghosts: Ghosts | None = None,
    key: str,
    on_gestures: Callable[[], None],
    on_selected: Callable[[], None] = NOTHING,
) -> Any:
    """Mount the board.

    `seen` is what it looks at: `stakeholders`; `quadrants`, the four names from the top left; `axes`, what power and
    interest are called; `turned`, whether power is across and interest up. `selection` is as `card.selected` gives it;
    `trail` is where the selected one stood before, as (power, interest), oldest first. `ghosts` are those of an earlier
    version, or None.
    """
    rows = {
        **seen,
        "legend": legend,
        "trail": list(trail),
        "ghosts": ghosts,
        **selection,
    }
    return _board("grid/power_interest_board", face, rows, key=key, on_gestures=on_gestures, on_selected=on_selected)

"""What a board that draws its marks itself is told of colours and shapes: one entry a group, one an attitude."""

from __future__ import annotations

from typing import Any

from copdash.figures import colours
from copdash.ui.habits import sessions


def groups() -> list[dict[str, Any]]:
    """Every group in its order, the one for «not set» last, with a colour for each theme and the mark's corners."""
    return [
        {
            "name": name,
            "light": look.light,
            "dark": look.dark,
            "shape": look.shape,
            "filled": look.filled,
            "points": colours.points(look.shape),
        }
        for name, look in colours.GROUPS.items()
    ]


def attitudes() -> list[dict[str, Any]]:
    """Every attitude in its order: colours, width and dash of its ring; none while names are hidden."""
    if sessions.names_hidden():
        return []
    return [
        {"name": name, "light": ring.light, "dark": ring.dark, "width": ring.width, "dash": list(ring.dash)}
        for name, ring in colours.ATTITUDES.items()
    ]

"""Attitude against power: a column for each attitude, in its order, and one for those whose attitude is not set.

Within a column the dots step aside so that none hides another; the place in the column means nothing, and the same rows
give the same picture. Names are escaped: Plotly renders some HTML.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from copdash import words
from copdash.analysis.quadrants import BORDER, HIGHEST, LOWEST, quadrant
from copdash.figures import colours
from copdash.figures.colours import LINE, PAPER, QUIET, TEXT, TINTS, Theme
from copdash.models import Attitude, Membership, Stakeholder

COLUMNS = (colours.NOT_SET, *Attitude.values())
"""From the left."""

Box = tuple[float, float, float, float]
"""From, to across; from, to upwards."""

_STEP = 0.09
"""Of a column's width, from one dot to the next beside it."""
_NEAR = 0.34
"""Of the power scale, below which two dots would touch."""
_FIRST = (Membership.CORE, Membership.ACTIVE, Membership.PERIPHERAL)
_LETTER, _LINE, _LONGEST = 0.0125 * 3.4, 0.36, 22
"""About how wide a letter is (of a column) and how high a line (of the scale), and how long a name may be."""


def attitudes(rows: Sequence[Stakeholder], *, theme: Theme = "light", height: int = 720) -> go.Figure:
    """The picture of those whose power (0-10) is known; `height` in px, the width follows the page.

    Colour and shape tell the group, as in `colours.GROUPS`. CoP members and the powerful are named first, the others as
    far as there is room; every dot tells its name when it is pointed at. Raises `Invalid` for what is no rating.
    """
    shown = [row for row in rows if row.power is not None and quadrant(row.power, None) is None]
    places = spread(shown)
    named = names(shown, places)
    figure = go.Figure()
    for group, look in colours.GROUPS.items():
        of_group = [i for i, row in enumerate(shown) if colours.of_group(row.group) is look]
        if not of_group:
            continue
        ink, outlined = look.on(theme), look.plotly.endswith("-open")
        figure.add_scatter(
            x=[places[i] for i in of_group],
            y=[shown[i].power for i in of_group],
            mode="markers+text",
            name=str(group),
            text=[named.get(i, ("", ""))[0] for i in of_group],
            textposition=[f"middle {named.get(i, ('', 'right'))[1]}" for i in of_group],
            textfont={"size": 14, "color": TEXT[theme]},
            hovertext=[_about(shown[i]) for i in of_group],
            hovertemplate="%{hovertext}<extra></extra>",
            cliponaxis=False,
            marker={
                "symbol": look.plotly,
                "color": ink,
                "size": 14,
                "line": {"width": 2.0 if outlined else 0.8, "color": ink if outlined else PAPER[theme]},
            },
        )
    figure.update_layout(**_layout(theme, height))
    return figure


def spread(rows: Sequence[Stakeholder]) -> list[float]:
    """Where each dot stands across: the number of its column, and a little aside where another is near."""
    taken: dict[int, list[tuple[float, float]]] = {}
    places = [0.0] * len(rows)
    for i in sorted(range(len(rows)), key=lambda i: (rows[i].power or 0.0, rows[i].name, str(rows[i].id))):
        row = rows[i]
        column, power = _column(row), row.power or 0.0
        there = taken.setdefault(column, [])
        for turn in range(2 * len(rows) + 1):
            aside = _STEP * ((turn + 1) // 2) * (1 if turn % 2 else -1)
            aside = max(-0.44, min(0.44, aside))
            if abs(aside) == 0.44 or all(abs(x - aside) > _STEP * 0.9 or abs(y - power) > _NEAR for x, y in there):
                break
        there.append((aside, power))
        places[i] = round(column + aside, 3)
    return places


def names(rows: Sequence[Stakeholder], places: Sequence[float]) -> dict[int, tuple[str, str]]:
    """Which dots are named, by their index: as many as fit without lying on a dot or on another name.

    Each as its text and its side, «right» or «left».
    """
    boxes: list[Box] = [
        (x - 0.05, x + 0.05, (row.power or 0.0) - 0.16, (row.power or 0.0) + 0.16)
        for x, row in zip(places, rows, strict=True)
    ]
    found: dict[int, tuple[str, str]] = {}
    for i in sorted(range(len(rows)), key=lambda i: (rows[i].membership not in _FIRST, -(rows[i].power or 0.0), i)):
        for name in _written(rows[i].name):
            if side := _side(places[i], rows[i].power or 0.0, name, [b for j, b in enumerate(boxes) if j != i]):
                boxes.append(side[1])
                found[i] = (f" {html.escape(name)} ", side[0])
                break
    return found


def _written(name: str) -> list[str]:
    """As it is, where it is not too long for a column, and cut."""
    cut = words.shortened(name, _LONGEST)
    return [name] if len(name) <= _LONGEST else [name, cut] if len(name) <= 2 * _LONGEST else [cut]


def _side(x: float, y: float, name: str, boxes: Sequence[Box]) -> tuple[str, Box] | None:
    """On which side of a dot there is room for a name, and the room it takes."""
    wide = 0.08 + _LETTER * len(name)
    for side, left in (("right", x + 0.06), ("left", x - 0.06 - wide)):
        box = (left, left + wide, y - _LINE / 2, y + _LINE / 2)
        inside = -0.45 < box[0] and box[1] < len(COLUMNS) - 0.5
        if inside and not any(_overlap(box, other) for other in boxes):
            return side, box
    return None


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]


def _column(row: Stakeholder) -> int:
    return COLUMNS.index(row.attitude) if row.attitude in COLUMNS else 0


def _about(row: Stakeholder) -> str:
    wanted = f"<br>Wanted: {row.attitude_wanted}" if row.attitude_wanted else ""
    return (
        f"{html.escape(row.name) or '(no name)'}<br>{html.escape(row.group) or colours.NOT_SET}"
        f"<br>Power {row.power:g}, attitude: {row.attitude or 'not set'}{wanted}"
    )


def _layout(theme: Theme, height: int) -> dict[str, Any]:
    bands = [
        {
            "type": "rect",
            "x0": i - 0.5,
            "x1": i + 0.5,
            "y0": LOWEST - 0.4,
            "y1": HIGHEST + 0.4,
            "line": {"width": 0},
            "fillcolor": TINTS[theme][0],
            "layer": "below",
        }
        for i in range(1, len(COLUMNS), 2)
    ]
    border = {
        "type": "line",
        "x0": -0.5,
        "x1": len(COLUMNS) - 0.5,
        "y0": BORDER,
        "y1": BORDER,
        "line": {"color": LINE[theme], "width": 1, "dash": "dash"},
        "layer": "below",
    }
    return {
        "height": height,
        "margin": {"l": 56, "r": 10, "t": 8, "b": 84},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": '"Source Sans", sans-serif', "color": TEXT[theme], "size": 15},
        "shapes": [*bands, border],
        "xaxis": {
            "range": [-0.5, len(COLUMNS) - 0.5],
            "tickvals": list(range(len(COLUMNS))),
            "ticktext": list(COLUMNS),
            "tickfont": {"size": 16, "color": TEXT[theme]},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "title": {"text": "Power →", "font": {"size": 16}},
            "range": [LOWEST - 0.4, HIGHEST + 0.4],
            "tickvals": [0, 5, 10],
            "tickfont": {"size": 14, "color": QUIET[theme]},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "legend": {"orientation": "h", "y": -0.09, "yanchor": "top", "x": 0, "font": {"size": 14}},
        "hoverlabel": {"font": {"size": 15}},
    }

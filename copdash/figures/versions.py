"""The map of one version, to stand beside another: the same axes, whoever moved, came or went named.

Names are escaped: Plotly renders some HTML. Unrated stakeholders are not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from copdash import words
from copdash.analysis.movements import CAME, MOVED, PLACED, TAKEN_OFF, WENT, Movements
from copdash.analysis.quadrants import BORDER, HIGHEST, LOWEST
from copdash.fields import AXES
from copdash.figures import colours
from copdash.figures.colours import LINE, QUIET, TEXT, TINTS, Theme
from copdash.figures.portfolio import escaped

HEIGHT = 460
NAMED = 16
"""So many of those who moved farthest, came or went are named, where there is room; the table names all."""
_EDGE = 0.5
_SIDES = ("middle right", "middle left", "top center", "bottom center")
_LETTER, _LINE, _GAP = 0.19, 0.5, 0.22
"""Room of a name in points of the scales: a letter, a line, and between dot and name."""


def one_map(
    content: Mapping[str, Any],
    found: Movements,
    *,
    title: str,
    quadrants: Sequence[str],
    called: Mapping[str, str] = AXES,
    arrows: bool = False,
    turned: bool = False,
    theme: Theme = "light",
) -> go.Figure:
    """The map `content`, one of the two that `found` compares; with `arrows` from where everybody stood before.

    `quadrants` are the four names from the top left, `called` is what power and interest are called. x is interest and
    y power, 0-10, or the other way round where `turned`.
    """
    tell = {one.id: one.what for one in found.stakeholders if one.what in (CAME, WENT, MOVED, PLACED, TAKEN_OFF)}
    names = (called["power"], called["interest"])
    across, up = (f"{escaped(name)} →" for name in (names if turned else reversed(names)))
    annotations = [_title(title, theme), *_names_of(quadrants, theme)]
    if arrows:
        annotations += [
            _arrow(one.before, one.after, turned, theme) for one in found.of(MOVED) if one.before and one.after
        ]
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "margin": {"l": 44, "r": 8, "t": 34, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": QUIET[theme], "size": 13},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"align": "left"},
        "xaxis": _axis(across),
        "yaxis": _axis(up),
        "shapes": _ground(theme),
        "annotations": annotations,
    }
    return go.Figure({"data": [_dots(content["stakeholders"], tell, turned, theme)], "layout": layout})


def _axis(name: str) -> dict[str, Any]:
    return {
        "range": [LOWEST - _EDGE, HIGHEST + _EDGE],
        "tickvals": [0, 5, 10],
        "title": {"text": name, "standoff": 4},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _ground(theme: Theme) -> list[dict[str, Any]]:
    low, high = LOWEST - _EDGE, HIGHEST + _EDGE
    on = {"xref": "x", "yref": "y", "layer": "below"}
    left = (((low, BORDER), (BORDER, high)), ((BORDER, high), (BORDER, high)), ((low, BORDER), (low, BORDER)))
    corners = (*left, ((BORDER, high), (low, BORDER)))
    shapes: list[dict[str, Any]] = [
        {"type": "rect", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1], "fillcolor": tint, "line": {"width": 0}, **on}
        for (x, y), tint in zip(corners, TINTS[theme], strict=True)
    ]
    line = {"color": LINE[theme], "width": 1, "dash": "dash"}
    shapes.append({"type": "line", "x0": BORDER, "x1": BORDER, "y0": low, "y1": high, "line": line, **on})
    shapes.append({"type": "line", "x0": low, "x1": high, "y0": BORDER, "y1": BORDER, "line": line, **on})
    frame = {"color": LINE[theme], "width": 0.6}
    shapes.append({"type": "rect", "x0": low, "x1": high, "y0": low, "y1": high, "line": frame, **on})
    return shapes


def _title(title: str, theme: Theme) -> dict[str, Any]:
    short = words.shortened(title, 60)
    return {
        "text": f"<b>{escaped(short)}</b>",
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "font": {"size": 16, "color": TEXT[theme]},
    }


def _names_of(quadrants: Sequence[str], theme: Theme) -> list[dict[str, Any]]:
    low, high = LOWEST - _EDGE, HIGHEST + _EDGE
    places = ((low, high, "top"), (BORDER, high, "top"), (low, low, "bottom"), (BORDER, low, "bottom"))
    return [
        {
            "text": escaped(name),
            "x": x,
            "y": y,
            "xref": "x",
            "yref": "y",
            "xanchor": "left",
            "yanchor": anchor,
            "xshift": 4,
            "showarrow": False,
            "font": {"size": 13, "color": QUIET[theme]},
        }
        for name, (x, y, anchor) in zip(quadrants, places, strict=True)
    ]


def _dots(rows: Sequence[Mapping[str, Any]], tell: Mapping[str, str], turned: bool, theme: Theme) -> go.Scatter:
    rated = [row for row in rows if row.get("power") is not None and row.get("interest") is not None]
    looks = [colours.of_group(row.get("group")) for row in rated]
    hollow = [look.plotly.endswith("-open") for look in looks]
    x, y = ("power", "interest") if turned else ("interest", "power")
    sides = _written({row["id"]: (row["name"], row[x], row[y]) for row in rated}, list(tell)[:NAMED])
    return go.Scatter(
        x=[row[x] for row in rated],
        y=[row[y] for row in rated],
        mode="markers+text",
        cliponaxis=False,
        text=["<br>".join(f" {escaped(one)} " for one in sides.get(row["id"], ("", ()))[1]) for row in rated],
        textposition=[sides.get(row["id"], ("middle right", ()))[0] for row in rated],
        textfont={"size": 13, "color": TEXT[theme]},
        hovertext=[
            f"{escaped(row['name'])}<br>{escaped(row.get('group') or colours.NOT_SET)}"
            f"<br>Power {row['power']:g}, interest {row['interest']:g}"
            + (f"<br>{tell[row['id']]}" if row["id"] in tell else "")
            for row in rated
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "symbol": [look.plotly for look in looks],
            "color": [look.on(theme) for look in looks],
            "size": 12,
            "opacity": [1.0 if not tell or row["id"] in tell else 0.45 for row in rated],
            "line": {
                "width": [2.0 if open_ else 0.8 for open_ in hollow],
                "color": [
                    look.on(theme) if open_ else colours.PAPER[theme] for look, open_ in zip(looks, hollow, strict=True)
                ],
            },
        },
    )


def _written(
    places: Mapping[str, tuple[str, float, float]], wanted: Sequence[str]
) -> dict[str, tuple[str, Sequence[str]]]:
    """On which side of its dot each name has room, on one line or two; a name without room is left out."""
    taken = [(x - _GAP, y - _GAP, x + _GAP, y + _GAP) for _, x, y in places.values()]
    found: dict[str, tuple[str, Sequence[str]]] = {}
    for row_id in wanted:
        if row_id not in places:
            continue
        name, x, y = places[row_id]
        for side, lines in ((side, lines) for lines in _lines(name) for side in _SIDES):
            box = _box(side, x, y, _LETTER * (max(map(len, lines)) + 2), _LINE * len(lines))
            inside = box[0] > LOWEST - _EDGE and box[2] < HIGHEST + _EDGE and box[3] < HIGHEST + _EDGE - _LINE
            if inside and not any(_overlap(box, other) for other in taken):
                found[row_id] = (side, lines)
                taken.append(box)
                break
    return found


def _box(side: str, x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
    """Room of a name beside its dot: left, bottom, right, top."""
    if side.startswith("middle"):
        left = x + _GAP if side == "middle right" else x - _GAP - wide
        return (left, y - high / 2, left + wide, y + high / 2)
    bottom = y + _GAP if side == "top center" else y - _GAP - high
    return (x - wide / 2, bottom, x + wide / 2, bottom + high)


def _lines(name: str) -> list[Sequence[str]]:
    """A name on one line and, where it is long, on two."""
    found: list[Sequence[str]] = [[name]] if len(name) <= 26 else []
    words = name.split()
    if len(name) > 12 and len(words) > 1:
        pairs = ([" ".join(words[:i]), " ".join(words[i:])] for i in range(1, len(words)))
        found.append([_cut(part) for part in min(pairs, key=lambda pair: max(map(len, pair)))])
    return found or [[_cut(name)]]


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _cut(name: str) -> str:
    return words.shortened(name, 26)


def _arrow(before: tuple[float, float], after: tuple[float, float], turned: bool, theme: Theme) -> dict[str, Any]:
    (ax, ay), (x, y) = (before, after) if turned else (before[::-1], after[::-1])
    return {
        "x": x,
        "y": y,
        "ax": ax,
        "ay": ay,
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.1,
        "arrowwidth": 1.4,
        "arrowcolor": QUIET[theme],
        "standoff": 7,
        "opacity": 0.8,
    }

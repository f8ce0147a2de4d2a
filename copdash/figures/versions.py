"""Two maps side by side: the same axes, whoever moved named in both and with an arrow from where it stood.

Names are escaped: Plotly renders some HTML. Unrated stakeholders are not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from copdash.analysis.movements import CAME, MOVED, PLACED, TAKEN_OFF, WENT, Movements
from copdash.analysis.quadrants import BORDER, HIGHEST, LOWEST
from copdash.figures import colours
from copdash.figures.colours import LINE, QUIET, TEXT, TINTS, Theme
from copdash.figures.portfolio import escaped

HEIGHT = 470
NAMED = 14
"""So many of those who moved farthest, came or went are named; the table names all."""
_EDGE = 0.5
_DOMAINS = ((0.0, 0.485), (0.515, 1.0))


def side_by_side(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    found: Movements,
    *,
    titles: Sequence[str],
    quadrants: Sequence[str],
    turned: bool = False,
    theme: Theme = "light",
) -> go.Figure:
    """The two maps that `found` compares, under their titles; `quadrants` are the four names from the top left.

    x is interest and y power, 0-10, or the other way round where `turned`.
    """
    tell = {one.id: one.what for one in found.stakeholders if one.what in (CAME, WENT, MOVED, PLACED, TAKEN_OFF)}
    named = set(list(tell)[:NAMED])
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "margin": {"l": 44, "r": 8, "t": 34, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": QUIET[theme], "size": 13},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"align": "left"},
        "shapes": [],
        "annotations": [],
    }
    traces = []
    across, up = ("Power →", "Interest →") if turned else ("Interest →", "Power →")
    for i, (content, title) in enumerate(zip((before, after), titles, strict=True)):
        n = "" if i == 0 else str(i + 1)
        layout[f"xaxis{n}"] = {**_axis(across), "domain": list(_DOMAINS[i]), "anchor": f"y{n}"}
        layout[f"yaxis{n}"] = {**_axis(up if i == 0 else ""), "domain": [0, 1], "anchor": f"x{n}"}
        layout["shapes"] += _ground(n, theme)
        layout["annotations"] += [_title(title, _DOMAINS[i][0], theme), *_names_of(quadrants, n, theme)]
        traces.append(_dots(content["stakeholders"], n, tell, named, turned, theme))
    layout["annotations"] += [
        _arrow(one.before, one.after, turned, theme) for one in found.of(MOVED) if one.before and one.after
    ]
    return go.Figure({"data": traces, "layout": layout})


def _axis(name: str) -> dict[str, Any]:
    return {
        "range": [LOWEST - _EDGE, HIGHEST + _EDGE],
        "tickvals": [0, 5, 10],
        "title": {"text": name, "standoff": 4},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _ground(n: str, theme: Theme) -> list[dict[str, Any]]:
    low, high = LOWEST - _EDGE, HIGHEST + _EDGE
    on = {"xref": f"x{n}", "yref": f"y{n}", "layer": "below"}
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


def _title(title: str, left: float, theme: Theme) -> dict[str, Any]:
    short = title if len(title) <= 60 else f"{title[:59]}…"
    return {
        "text": f"<b>{escaped(short)}</b>",
        "x": left,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "font": {"size": 16, "color": TEXT[theme]},
    }


def _names_of(quadrants: Sequence[str], n: str, theme: Theme) -> list[dict[str, Any]]:
    low, high = LOWEST - _EDGE, HIGHEST + _EDGE
    places = ((low, high, "top"), (BORDER, high, "top"), (low, low, "bottom"), (BORDER, low, "bottom"))
    return [
        {
            "text": escaped(name),
            "x": x,
            "y": y,
            "xref": f"x{n}",
            "yref": f"y{n}",
            "xanchor": "left",
            "yanchor": anchor,
            "xshift": 4,
            "showarrow": False,
            "font": {"size": 13, "color": QUIET[theme]},
        }
        for name, (x, y, anchor) in zip(quadrants, places, strict=True)
    ]


def _dots(
    rows: Sequence[Mapping[str, Any]],
    n: str,
    tell: Mapping[str, str],
    named: set[str],
    turned: bool,
    theme: Theme,
) -> go.Scatter:
    rated = [row for row in rows if row.get("power") is not None and row.get("interest") is not None]
    looks = [colours.of_group(row.get("group")) for row in rated]
    hollow = [look.plotly.endswith("-open") for look in looks]
    x, y = ("power", "interest") if turned else ("interest", "power")
    return go.Scatter(
        x=[row[x] for row in rated],
        y=[row[y] for row in rated],
        xaxis=f"x{n}",
        yaxis=f"y{n}",
        mode="markers+text",
        cliponaxis=False,
        text=[_shortened(row["name"]) if row["id"] in named else "" for row in rated],
        textposition=["middle left" if row[x] > 6.5 else "middle right" for row in rated],
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


def _shortened(name: str) -> str:
    short = name if len(name) <= 26 else f"{name[:25]}…"
    return f" {escaped(short)} "


def _arrow(before: tuple[float, float], after: tuple[float, float], turned: bool, theme: Theme) -> dict[str, Any]:
    (ax, ay), (x, y) = (before, after) if turned else (before[::-1], after[::-1])
    return {
        "x": x,
        "y": y,
        "ax": ax,
        "ay": ay,
        "xref": "x2",
        "yref": "y2",
        "axref": "x2",
        "ayref": "y2",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.1,
        "arrowwidth": 1.4,
        "arrowcolor": QUIET[theme],
        "standoff": 7,
        "opacity": 0.8,
    }

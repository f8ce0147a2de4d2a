"""Small multiples of a portfolio: one small power-interest grid per case study, all on the same 0-10 axes.

Unrated stakeholders are counted in the heading and never drawn. Names are escaped: Plotly renders some HTML.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from copdash import words
from copdash.analysis.quadrants import BORDER, HIGHEST, LOWEST, QUADRANTS, counts, quadrant
from copdash.figures import colours
from copdash.figures.colours import LINE, QUIET, TEXT, TINTS, Theme
from copdash.models import CaseStudy, Stakeholder

_EVEN = {
    "circle": 1.0,
    "square": 0.95,
    "diamond": 1.1,
    "triangle-up": 1.3,
    "triangle-down": 1.3,
    "star": 1.3,
    "hexagon": 1.15,
}
"""Plotly's symbols of one size differ in area; with these factors they weigh the same to the eye."""
_WHERE = {QUADRANTS[0]: (0, 1), QUADRANTS[1]: (1, 1), QUADRANTS[2]: (0, 0), QUADRANTS[3]: (1, 0)}


def small_multiples(cases: Sequence[tuple[CaseStudy, Sequence[Stakeholder]]], *, theme: Theme = "light") -> go.Figure:
    """One grid per case study, in the order given: x interest, y power, lines at 5, quadrants tinted.

    Colour and shape tell the group, as in `colours.GROUPS`; one row of legend names the groups that occur. A dot's
    `customdata` is the id of its case study. Backgrounds are transparent. The height is set in px
    (`figure.layout.height`), the width follows the page: three columns for up to nine cases, ten for a hundred.
    Raises `Invalid` for a rating that is not a number.
    """
    columns = _columns(len(cases))
    rows = math.ceil(len(cases) / columns) if cases else 0
    large = columns <= 4
    cell = 250 if large else 200 if columns <= 6 else 165
    top, bottom, heading = 14, 92, 34 if large else 30
    height = top + bottom + max(rows, 1) * cell
    plot = height - top - bottom
    layout: dict[str, Any] = {
        "height": height,
        "margin": {"l": 46, "r": 10, "t": top, "b": bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": QUIET[theme], "size": 13},
        "legend": {
            "orientation": "h",
            "x": 0.5,
            "xanchor": "center",
            "y": -46 / plot,
            "yanchor": "top",
            "font": {"size": 14, "color": TEXT[theme]},
            "itemclick": False,
            "itemdoubleclick": False,
            "tracegroupgap": 4,
        },
        "hoverlabel": {"align": "left"},
        "shapes": [],
        "annotations": [],
        "dragmode": False,
    }
    traces: list[go.Scatter] = []
    gap = 0.18 / columns if large else 0.12 / columns
    for i, (case, stakeholders) in enumerate(cases):
        row, column = divmod(i, columns)
        n = "" if i == 0 else str(i + 1)
        left, right = column / columns + gap / 2, (column + 1) / columns - gap / 2
        upper = 1 - (row * cell + heading) / plot
        lower = 1 - ((row + 1) * cell - 10) / plot
        last = i + columns >= len(cases)
        layout[f"xaxis{n}"] = _axis([left, right], f"y{n}", show=last, theme=theme)
        layout[f"yaxis{n}"] = _axis([lower, upper], f"x{n}", show=column == 0, theme=theme)
        layout["shapes"] += _grid(n, theme)
        layout["annotations"].append(_heading(case, stakeholders, left, upper, columns, theme))
        traces.append(_dots(case, stakeholders, n, theme, size=11 if large else 8))
    if cases:
        layout["annotations"] += _axis_names(plot, theme)
        traces += _legend(cases, theme)
    return go.Figure({"data": traces, "layout": layout})


def escaped(text: str) -> str:
    """Text that Plotly shows as it was typed: no tags, no entities, in one line."""
    return html.escape(" ".join(text.split()), quote=False)


def _columns(n: int) -> int:
    if n <= 3:
        return max(n, 1)
    for most, columns in ((9, 3), (16, 4), (30, 6), (64, 8)):
        if n <= most:
            return columns
    return 10


def _axis(domain: list[float], anchor: str, *, show: bool, theme: Theme) -> dict[str, Any]:
    return {
        "domain": domain,
        "anchor": anchor,
        "range": [LOWEST - 0.6, HIGHEST + 0.6],
        "tickvals": [0, 5, 10],
        "showticklabels": show,
        "tickfont": {"size": 12, "color": QUIET[theme]},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _grid(n: str, theme: Theme) -> list[dict[str, Any]]:
    edges = (LOWEST - 0.6, BORDER, HIGHEST + 0.6)
    on = {"xref": f"x{n}", "yref": f"y{n}", "layer": "below"}
    shapes: list[dict[str, Any]] = []
    for name, tint in zip(QUADRANTS, TINTS[theme], strict=True):
        x, y = _WHERE[name]
        corners = {"x0": edges[x], "x1": edges[x + 1], "y0": edges[y], "y1": edges[y + 1]}
        shapes.append({"type": "rect", **corners, "fillcolor": tint, "line": {"width": 0}, **on})
    line = {"color": LINE[theme], "width": 1}
    low, high = edges[0], edges[2]
    shapes.append({"type": "line", "x0": BORDER, "x1": BORDER, "y0": low, "y1": high, "line": line, **on})
    shapes.append({"type": "line", "x0": low, "x1": high, "y0": BORDER, "y1": BORDER, "line": line, **on})
    frame = {"x0": low, "x1": high, "y0": low, "y1": high, "line": {**line, "width": 0.6}}
    shapes.append({"type": "rect", **frame, "fillcolor": "rgba(0,0,0,0)", **on})
    return shapes


def _heading(
    case: CaseStudy, stakeholders: Sequence[Stakeholder], left: float, upper: float, columns: int, theme: Theme
) -> dict[str, Any]:
    longest = 150 // columns - 16 if columns <= 4 else 160 // columns
    title = case.title or "(no title)"
    short = words.shortened(title, longest)
    tally = counts(stakeholders)
    text = f"<b>{escaped(short)}</b>"
    if columns <= 4:
        said = f"{tally.rated} of {tally.total} rated" if tally.total else "no stakeholders yet"
        text += f'  <span style="color:{QUIET[theme]}">{said}</span>'
    return {
        "text": text,
        "hovertext": f"{escaped(title)}<br>{tally.rated} of {tally.total} rated",
        "x": left,
        "y": upper,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 2,
        "showarrow": False,
        "font": {"size": 15 if columns <= 4 else 12, "color": TEXT[theme]},
    }


def _dots(case: CaseStudy, stakeholders: Sequence[Stakeholder], n: str, theme: Theme, *, size: int) -> go.Scatter:
    rated = [s for s in stakeholders if quadrant(s.power, s.interest) is not None]
    looks = [colours.of_group(s.group) for s in rated]
    return go.Scatter(
        x=[s.interest for s in rated],
        y=[s.power for s in rated],
        xaxis=f"x{n}",
        yaxis=f"y{n}",
        mode="markers",
        name=escaped(case.title),
        showlegend=False,
        cliponaxis=False,
        text=[
            f"{escaped(s.name) or '(no name)'}<br>{escaped(s.group) or colours.NOT_SET}"
            f"<br>Power {s.power:g}, interest {s.interest:g}<br>{quadrant(s.power, s.interest)}"
            for s in rated
        ],
        customdata=[str(case.id)] * len(rated),
        hovertemplate="%{text}<extra></extra>",
        marker=_marker([look.plotly for look in looks], [look.on(theme) for look in looks], size, theme),
    )


def _marker(symbols: list[str], inks: list[str], size: int, theme: Theme) -> dict[str, Any]:
    # The line of an open symbol is its colour; of a filled one, a thin edge that keeps neighbours apart.
    widths = [2.0 if symbol.endswith("-open") else 0.8 for symbol in symbols]
    edges = [
        ink if symbol.endswith("-open") else colours.PAPER[theme] for symbol, ink in zip(symbols, inks, strict=True)
    ]
    return {
        "symbol": symbols,
        "color": inks,
        "size": [size * _even(symbol) for symbol in symbols],
        "opacity": 0.9,
        "line": {"width": widths, "color": edges},
    }


def _even(symbol: str) -> float:
    return _EVEN[symbol.removesuffix("-open")] * (0.9 if symbol.endswith("-open") else 1)


def _legend(cases: Sequence[tuple[CaseStudy, Sequence[Stakeholder]]], theme: Theme) -> list[go.Scatter]:
    here = {
        colours.of_group(s.group).label for _, rows in cases for s in rows if quadrant(s.power, s.interest) is not None
    }
    return [
        go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=str(name),
            hoverinfo="skip",
            marker=_marker([look.plotly], [look.on(theme)], 12, theme),
        )
        for name, look in colours.GROUPS.items()
        if name in here
    ]


def _axis_names(plot: float, theme: Theme) -> list[dict[str, Any]]:
    common = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 14, "color": QUIET[theme]}}
    return [
        {"text": "Interest →", "x": 0.5, "xanchor": "center", "y": -22 / plot, "yanchor": "top", **common},
        {"text": "Power →", "x": 0, "xshift": -40, "y": 0.5, "yanchor": "middle", "textangle": -90, **common},
    ]

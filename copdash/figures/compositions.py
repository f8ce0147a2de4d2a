"""Who is there and who is missing, as horizontal bars: a row a value, a bar each for the CoP and for the whole list.

A value with nobody keeps its row and says «nobody». All words in it are ours, none of them a person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import plotly.graph_objects as go

from copdash.analysis.compositions import EXPECTED, NEXTGEN, Composition, Spread, percent
from copdash.figures.colours import GROUPS, LINE, PAPER, QUIET, TEXT, Theme

MEMBERS, LISTED = "CoP members", "Whole list"
ELSEWHERE, THERE = "CoPs of the other case studies", "NextGen's CoPs"

_TEAL: dict[Theme, str] = {"light": "#0b6e75", "dark": "#56b8be"}
_GOLD: dict[Theme, str] = {"light": "#8a6d00", "dark": "#e3c04b"}
_MISSING: dict[Theme, str] = {"light": "#b3261e", "dark": "#f2807c"}
_ROW, _BAR = 52, 0.27
_ABOVE, _BELOW, _THIRD = 0.23, -0.07, -0.34
"""The three lanes of a row: the CoP, the whole list, and what others have; no mark lies on another one's words."""
_CLEAR = "rgba(0,0,0,0)"


def bars(
    members: Composition, listed: Composition, elsewhere: Mapping[str, Spread], *, theme: Theme = "light"
) -> go.Figure:
    """Shares in percent of those whose value is known, with counts as words.

    A full bar is the CoP, an outlined one the whole list; where groups are shown both have the colour of the group. A
    line runs from the smallest to the largest share in other case studies, with a stroke at their mean; a diamond is
    NextGen's own share, where its sectors are shown. Height in px in `figure.layout.height`.
    """
    dimension = members.dimension
    values = EXPECTED[dimension]
    places = list(range(len(values)))[::-1]
    tints = [GROUPS[value].on(theme) if dimension == "group" else _TEAL[theme] for value in values]
    traces: list[go.Bar | go.Scatter] = [
        _bars(MEMBERS, members, [at + _ABOVE for at in places], tints, tints, theme),
        _bars(LISTED, listed, [at + _BELOW for at in places], [_CLEAR] * len(values), tints, theme),
    ]
    if elsewhere:
        traces += _ranges(elsewhere, values, places, theme)
    if dimension == "sector":
        traces.append(_nextgen(values, places, theme))
    shares = [*(members.shares or {}).values(), *(listed.shares or {}).values()]
    shares += [spread.most for spread in elsewhere.values()]
    shares += NEXTGEN.values() if dimension == "sector" else []
    return go.Figure({"data": traces, "layout": _layout(values, places, max([*shares, 0.1]), theme)})


def alternative(members: Composition, listed: Composition) -> str:
    """The picture in a sentence, for who cannot see it; the table beside it has all numbers."""
    parts = [
        f"{value}: {members.counts[value]} in the CoP, {listed.counts[value]} on the list"
        for value in EXPECTED[members.dimension]
    ]
    return f"Bars. {'; '.join(parts)}."


def _bars(name: str, found: Composition, places: list[float], fills: list[str], lines: list[str], theme: Theme) -> Any:
    shares = found.shares or {}
    words = [
        f"{count} · {percent(shares.get(value))}" if count else "<b>nobody</b>" for value, count in found.counts.items()
    ]
    return go.Bar(
        name=name,
        orientation="h",
        x=[100 * shares.get(value, 0) for value in found.counts],
        y=places,
        width=_BAR,
        marker={"color": fills, "line": {"color": lines, "width": 1.6}},
        text=words,
        textposition="outside",
        textfont={"color": [TEXT[theme] if count else _MISSING[theme] for count in found.counts.values()], "size": 13},
        cliponaxis=False,
        constraintext="none",
        hovertext=[f"{name}: {value}, {count}" for value, count in found.counts.items()],
        hoverinfo="text",
    )


def _ranges(elsewhere: Mapping[str, Spread], values: list[str], places: list[int], theme: Theme) -> list[go.Scatter]:
    lines: dict[str, list[float | None]] = {"x": [], "y": []}
    for value, at in zip(values, places, strict=True):
        lines["x"] += [100 * elsewhere[value].least, 100 * elsewhere[value].most, None]
        lines["y"] += [at + _THIRD, at + _THIRD, None]
    means = [elsewhere[value].mean for value in values]
    said = [
        f"{ELSEWHERE}: {value}, mean {percent(spread.mean)}, {percent(spread.least)} to {percent(spread.most)}"
        for value in values
        for spread in [elsewhere[value]]
    ]
    return [
        go.Scatter(**lines, mode="lines", line={"color": QUIET[theme], "width": 2.5}, hoverinfo="skip"),
        go.Scatter(
            x=[100 * mean for mean in means],
            y=[at + _THIRD for at in places],
            mode="markers",
            marker={
                "symbol": "line-ns",
                "size": 10,
                "color": TEXT[theme],
                "line": {"color": TEXT[theme], "width": 2.5},
            },
            hovertext=said,
            hoverinfo="text",
        ),
    ]


def _nextgen(values: list[str], places: list[int], theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[100 * NEXTGEN[value] for value in values],
        y=[at + _THIRD for at in places],
        mode="markers",
        marker=_diamond(theme),
        name=THERE,
        hovertext=[f"{THERE}: {value}, {percent(NEXTGEN[value])}" for value in values],
        hoverinfo="text",
    )


def _diamond(theme: Theme) -> dict[str, Any]:
    return {"symbol": "diamond", "size": 13, "color": _GOLD[theme], "line": {"color": PAPER[theme], "width": 1.5}}


def legend(found: Composition, *, elsewhere: bool, theme: Theme) -> str:
    """What a full and an outlined bar, a line and a diamond mean, as HTML without any word of a person."""
    marks = [
        (f'<rect x="1" y="2" width="22" height="11" fill="{_TEAL[theme]}"/>', MEMBERS),
        (f'<rect x="2" y="3" width="20" height="9" fill="none" stroke="{_TEAL[theme]}" stroke-width="2"/>', LISTED),
    ]
    if elsewhere:
        line = f'<path d="M1 7.5H23" stroke="{QUIET[theme]}" stroke-width="2.5"/>'
        mean = f'<path d="M13 1V14" stroke="{TEXT[theme]}" stroke-width="2.5"/>'
        marks.append((line + mean, f"{ELSEWHERE}: least, mean and most"))
    if found.dimension == "sector":
        marks.append((f'<path d="M12 1L18.5 7.5L12 14L5.5 7.5Z" fill="{_GOLD[theme]}"/>', THERE))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="15">'
    return "".join(
        f'<span style="white-space:nowrap;margin-right:1.4rem"><img alt="" style="vertical-align:-2px" '
        f'src="data:image/svg+xml,{quote(f"{svg}{mark}</svg>")}"> {words}</span> '
        for mark, words in marks
    )


def _layout(values: list[str], places: list[int], largest: float, theme: Theme) -> dict[str, Any]:
    return {
        "height": _ROW * len(values) + 34,
        "margin": {"l": 8, "r": 70, "t": 4, "b": 30},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": QUIET[theme], "size": 14},
        "barmode": "overlay",
        "bargap": 0,
        "dragmode": False,
        "hoverlabel": {"align": "left"},
        "uniformtext": {"mode": False},
        "xaxis": {
            "range": [0, min(100 * largest * 1.12, 112)],
            "ticksuffix": " %",
            "tickfont": {"size": 12},
            "nticks": 6,
            "gridcolor": "rgba(128,140,150,0.18)",
            "zeroline": True,
            "zerolinecolor": LINE[theme],
            "zerolinewidth": 1.5,
            "fixedrange": True,
        },
        "yaxis": {
            "tickvals": places,
            "ticktext": [_broken(value) for value in values],
            "tickfont": {"size": 15, "color": TEXT[theme]},
            "ticklabelstandoff": 8,
            "range": [-0.58, len(values) - 0.55],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
        "showlegend": False,
    }


def _broken(value: str) -> str:
    """A long name in two lines, so that it leaves room for the bars."""
    words, cut = value.split(), value.count(" ") // 2 + 1
    return f"{' '.join(words[:cut])}<br>{' '.join(words[cut:])}" if len(value) > 22 else value

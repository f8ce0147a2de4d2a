"""The stakeholder network as pyvis' nodes, edges and options: for the board, and as one HTML file that opens offline.

Positions are fixed and physics is off. Text of users stays text: labels are drawn on a canvas, tooltips are plain lines
under `tooltip` (never vis' own `title`), and the file carries everything as escaped JSON.
"""

from __future__ import annotations

import datetime as dt
import functools
import html
import json
import re
import textwrap
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pyvis.network import Network

from copdash import words
from copdash.analysis import filters, layouts, networks
from copdash.errors import Problem
from copdash.figures import colours as looks
from copdash.figures.colours import PAPER, QUIET, TEXT, Theme
from copdash.models import Attitude, Relation, RelationType, Stakeholder, TieStatus

SizeBy = Literal["same", "power", "interest", "degree", "betweenness"]
ColourBy = Literal["group", "attitude"]

SMALLEST, LARGEST, SAME, UNRATED = 15.0, 34.0, 19.0, 11.0
"""Radius of a node, px at zoom 1. Unrated ones are smaller than a rating of 0, and dashed."""
WANTED_DASH, WANTED_OPACITY = (2, 7), 0.6
"""A wanted tie is dotted and lighter, whatever its type; the arrow at its end is open."""
MANY = 400
"""From so many ties on each is drawn fainter."""
LABEL_WIDTH, LABEL_LINES = 18, 3
"""Characters in a line of a label, and lines of a label; the tooltip has the whole name."""

SIZED: dict[SizeBy, str] = {
    "same": "All the same size",
    "power": "Larger: more power",
    "interest": "Larger: more interest",
    "degree": "Larger: tied to more others",
    "betweenness": "Larger: more often between two others",
}
"""What the size says, in words for a legend."""

_TEMPLATE = Path(__file__).with_name("standalone.html")
_VIS = Path(__file__).parents[1] / "components" / "boards" / "vendor" / "vis-network.min.js"


def network(
    stakeholders: Sequence[Stakeholder],
    ties: Sequence[Relation],
    *,
    size_by: SizeBy = "same",
    colours: ColourBy = "group",
    theme: Theme = "light",
    positions: Mapping[uuid.UUID, layouts.Position] | None = None,
    counted: Sequence[Relation] | None = None,
    measures: networks.Measures | None = None,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Nodes, edges and options of vis-network, as plain values for JSON.

    Ids are the rows' UUIDs as text. Nodes stand at `positions` (id -> px), by default where `network_x` and `network_y`
    say, and new ones where `layouts.place` puts them. The shape always tells the group; the colour tells the group too,
    or else the attitude. Sizes by degree and betweenness are those of the `counted` ties, by default of all but wanted
    ones; `measures` are those of them, if they are known already. A node also carries `tooltip`: lines of plain text.
    Raises `Invalid` as `networks.measure`.
    """
    if positions is None:
        kept = {s.id: (s.network_x, s.network_y) for s in stakeholders}
        settled = {id_: (x, y) for id_, (x, y) in kept.items() if x is not None and y is not None}
        positions = layouts.place([s.id for s in stakeholders], ties, settled)
    sizes = _sizes(stakeholders, filters.counted(ties) if counted is None else counted, size_by, measures)
    # directed=True: else pyvis looks through all edges for each edge, and drops a second tie between the same two.
    net = Network(directed=True)
    for s in stakeholders:
        x, y = positions[s.id]
        size = sizes[s.id]
        net.add_node(
            str(s.id),
            label=label(s.name),
            x=x,
            y=y,
            size=UNRATED if size is None else size,
            tooltip=_tooltip(s),
            **_look(s, colours, theme, rated=size is not None),
        )
    names = {s.id: s.name or "(no name)" for s in stakeholders}
    for tie, bend in zip(ties, _bends(ties), strict=True):
        net.add_edge(
            str(tie.from_id),
            str(tie.to_id),
            id=str(tie.id),
            arrows="to" if tie.directed else "",
            width=1.5 + 1.5 * (tie.strength - 1),
            color={"color": looks.of_tie(tie.type).on(theme), "opacity": _opacity(tie, len(ties))},
            dashes=list(WANTED_DASH if _is_wanted(tie) else looks.of_tie(tie.type).dash) or False,
            smooth=bend,
            tooltip=_tie_tooltip(tie, names),
        )
    net.set_options(json.dumps(_options(theme)))
    nodes, edges, _, _, _, options = net.get_network_data()
    return nodes, edges, json.loads(options)


def standalone_html(
    stakeholders: Sequence[Stakeholder],
    ties: Sequence[Relation],
    *,
    title: str,
    date: dt.date,
    size_by: SizeBy = "same",
    colours: ColourBy = "group",
    theme: Theme = "light",
    positions: Mapping[uuid.UUID, layouts.Position] | None = None,
    notes: Iterable[str] = (),
) -> str:
    """One HTML page with the network, a legend and the same as a list; it opens offline and asks nobody for anything.

    `notes` are sentences shown under the legend, such as those of `networks.Measures`. Raises `Problem` when
    vis-network has not been brought in by the installation, and as `network`.
    """
    nodes, edges, options = network(
        stakeholders, ties, size_by=size_by, colours=colours, theme=theme, positions=positions
    )
    parts = {
        "title": html.escape(title),
        "subtitle": " · ".join(
            (words.day_in_full(date), words.counted(len(stakeholders), "stakeholder"), words.counted(len(ties), "tie")),
        ),
        "legend": _legend(stakeholders, ties, size_by, colours, theme),
        "notes": "".join(f"<p>{html.escape(note)}</p>" for note in notes),
        "stakeholders": "".join(_row(s.name, s.group, _rating(s.power), _rating(s.interest)) for s in stakeholders),
        "ties": _tie_rows(stakeholders, ties),
        "theme": theme,
        "paper": PAPER[theme],
        "ink": TEXT[theme],
        "quiet": QUIET[theme],
        "data": embedded({"nodes": nodes, "edges": edges, "options": options}),
        "vis": _vis(),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _TEMPLATE.read_text("utf-8"))


def _is_wanted(tie: Relation) -> bool:
    return tie.status == TieStatus.WANTED


def _opacity(tie: Relation, many: int) -> float:
    return (0.9 if many <= MANY else 0.5) * (WANTED_OPACITY if _is_wanted(tie) else 1)


def embedded(value: object) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element, begin a comment or a line."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def label(name: str) -> str:
    """A name in at most three short lines, with an ellipsis where it is longer."""
    return textwrap.fill(name or "(no name)", LABEL_WIDTH, max_lines=LABEL_LINES, placeholder="…")


def _sizes(
    stakeholders: Sequence[Stakeholder],
    ties: Sequence[Relation],
    size_by: SizeBy,
    measures: networks.Measures | None,
) -> dict[uuid.UUID, float | None]:
    if size_by == "same":
        return dict.fromkeys((s.id for s in stakeholders), SAME)
    values: dict[uuid.UUID, float | None]
    if size_by in ("power", "interest"):
        values = {s.id: s.power if size_by == "power" else s.interest for s in stakeholders}
        most = 10.0
    else:
        measures = measures or networks.measure([s.id for s in stakeholders], ties)
        values = dict(measures.degree if size_by == "degree" else measures.betweenness)
        most = max((value for value in values.values() if value), default=1.0)
    return {
        id_: None if value is None else SMALLEST + (LARGEST - SMALLEST) * value / most for id_, value in values.items()
    }


def _look(s: Stakeholder, colours: ColourBy, theme: Theme, *, rated: bool) -> dict[str, Any]:
    look = looks.of_group(s.group)
    ring = looks.of_attitude(s.attitude)
    dash: list[int] = []
    if colours == "group":
        edge, width = look.on(theme), 2.5
        fill = edge if look.filled else PAPER[theme]
    elif ring is None:
        edge, width, fill = QUIET[theme], 1.0, QUIET[theme]
    else:
        edge, width, dash = ring.on(theme), ring.width, list(ring.dash)
        fill = PAPER[theme]
    if not rated and not dash:
        fill, dash = PAPER[theme], [3, 3]
    colour = {"background": fill, "border": edge}
    chosen = {"background": fill, "border": TEXT[theme]}
    return {
        "shape": look.vis,
        "color": {**colour, "hover": chosen, "highlight": chosen},
        "borderWidth": width,
        "borderWidthSelected": max(width, 4.0),
        "shapeProperties": {"borderDashes": dash or False},
    }


def _bends(ties: Sequence[Relation]) -> list[dict[str, Any] | bool]:
    """How each tie is bent so that several ties between the same two lie side by side."""
    pairs = [(min(tie.from_id, tie.to_id), max(tie.from_id, tie.to_id)) for tie in ties]
    total, seen = Counter(pairs), Counter[tuple[uuid.UUID, uuid.UUID]]()
    bends: list[dict[str, Any] | bool] = []
    for tie, pair in zip(ties, pairs, strict=True):
        offset = 0.22 * (seen[pair] - (total[pair] - 1) / 2)
        seen[pair] += 1
        clockwise = (offset > 0) == (tie.from_id == pair[0])
        kind = "curvedCW" if clockwise else "curvedCCW"
        bends.append({"enabled": True, "type": kind, "roundness": round(abs(offset), 3)} if offset else False)
    return bends


def _options(theme: Theme) -> dict[str, Any]:
    font = {"size": 22, "face": "system-ui, sans-serif", "color": TEXT[theme], "vadjust": 2}
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {
            "font": {**font, "strokeWidth": 5, "strokeColor": PAPER[theme]},
            "scaling": {"label": {"enabled": True, "drawThreshold": 7, "maxVisible": 40}},
            "labelHighlightBold": False,
        },
        "edges": {
            "arrows": {"to": {"scaleFactor": 0.6}},
            "arrowStrikethrough": False,
            "selectionWidth": 2,
            "hoverWidth": 1,
        },
        "interaction": {
            "hover": True,
            "multiselect": True,
            "tooltipDelay": 150,
            "keyboard": {"enabled": True, "bindToWindow": False},
        },
    }


def _tooltip(s: Stakeholder) -> str:
    lines = [s.name or "(no name)", s.organisation, s.group or looks.NOT_SET]
    lines.append(f"Power {_rating(s.power)}, interest {_rating(s.interest)}")
    if s.attitude:
        lines.append(f"Attitude: {s.attitude}")
    return "\n".join(line for line in lines if line)


def _tie_tooltip(tie: Relation, names: Mapping[uuid.UUID, str]) -> str:
    arrow = "→" if tie.directed else "–"
    wanted = ", wanted" if _is_wanted(tie) else ""
    days = "".join(f"\n{word} {words.day(day)}" for word, day in (("Since", tie.since), ("Until", tie.until)) if day)
    line = f"{names[tie.from_id]} {arrow} {names[tie.to_id]}\n{tie.type or 'Tie'}, strength {tie.strength} of 3{wanted}"
    return line + days + (f"\n{textwrap.shorten(tie.evidence, 200, placeholder='…')}" if tie.evidence else "")


def _rating(value: float | None) -> str:
    return "not rated" if value is None else f"{value:g}"


def _legend(
    stakeholders: Sequence[Stakeholder], ties: Sequence[Relation], size_by: SizeBy, colours: ColourBy, theme: Theme
) -> str:
    here = {s.group if s.group in looks.GROUPS else looks.NOT_SET for s in stakeholders}
    lines = ["<h2>Groups</h2>"]
    for name, look in looks.GROUPS.items():
        if name in here:
            plain = looks.Look(name, QUIET["light"], QUIET["dark"], look.shape, look.filled)
            lines.append(_entry(looks.svg_mark(look if colours == "group" else plain, theme, 22), name))
    if colours == "attitude":
        lines.append("<h2>Attitude (outline)</h2>")
        attitudes = {s.attitude for s in stakeholders}
        lines += [_entry(looks.svg_line(looks.ATTITUDES[a], theme), a) for a in Attitude.values() if a in attitudes]
        if attitudes - looks.ATTITUDES.keys():
            lines.append(_entry("", "Filled grey: not set"))
    if ties:
        lines.append("<h2>Ties</h2>")
        kinds = {tie.type for tie in ties}
        lines += [_entry(looks.svg_line(looks.TIES[k], theme), k) for k in RelationType.values() if k in kinds]
        if any(_is_wanted(tie) for tie in ties):
            dotted = looks.Ring("Wanted", QUIET["light"], QUIET["dark"], 2, WANTED_DASH)
            lines.append(_entry(looks.svg_line(dotted, theme), "Dotted and light: wanted"))
        lines.append(_entry("", "Thicker: stronger. Arrow: one way."))
    if size_by != "same":
        lines += ["<h2>Size</h2>", _entry("", SIZED[size_by])]
        if size_by in ("power", "interest") and any(getattr(s, size_by) is None for s in stakeholders):
            lines.append(_entry("", "Small and dashed: not rated"))
    return "".join(lines)


def _entry(mark: str, text: str) -> str:
    return f'<div class="entry">{mark}<span>{html.escape(text)}</span></div>'


def _tie_rows(stakeholders: Sequence[Stakeholder], ties: Sequence[Relation]) -> str:
    names = {s.id: s.name for s in stakeholders}
    return "".join(
        _row(
            names[tie.from_id],
            "to" if tie.directed else "with",
            names[tie.to_id],
            f"{tie.type} (wanted)" if _is_wanted(tie) else tie.type,
            str(tie.strength),
        )
        for tie in ties
    )


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"


@functools.cache
def _vis() -> str:
    try:
        script = _VIS.read_text("utf-8")
    except FileNotFoundError:
        raise Problem("The library that draws networks is missing. Install COPDash again: pip install -e .") from None
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")

"""The network as files of other programs: GraphML, GEXF, a plain edge list and Kumu's workbook.

They come in again by the ordinary import, which matches stakeholders by name and organisation. What a format cannot
carry is said in `FORMATS`, before anybody loses it. None of them holds meetings, milestones or the history; a case
study file does.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty

from copdash import fields
from copdash.exchange import graph_reading
from copdash.exchange.exports import Rows, network
from copdash.exchange.reading import LIVE, OWN
from copdash.store import Session
from copdash.words import counted, key, verb

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Format:
    """A kind of file. `loses` says what it cannot carry."""

    title: str
    ending: str
    mime: str
    for_whom: str
    loses: str
    written: Callable[[Rows, Rows], bytes]


def _people() -> dict[str, fields.Column]:
    """The columns of a stakeholder that leave in a network, the name first."""
    return dict(fields.STAKEHOLDER)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return _ILLEGAL.sub("", str(value))


# ---- XML ------------------------------------------------------------------------------------------------------------

# Many programs take a file for one of directed or of undirected ties and refuse a mixture. Where all ties are of one
# kind the file says so; in a mixture an undirected tie runs both ways and says that it is one tie.


def _mixed(ties: Rows) -> bool:
    return len({bool(tie["directed"]) for tie in ties}) > 1


def _default(ties: Rows) -> str:
    return "undirected" if ties and not any(tie["directed"] for tie in ties) else "directed"


def graphml(people: Rows, ties: Rows) -> bytes:
    """GraphML 1.0, with every column of stakeholders and ties as an attribute, and places as x and y.

    yEd draws the names and types from its own labels, Gephi takes the names from the attribute “label”.
    """
    columns, lines, mixed = _people(), list(fields.RELATION.values()), _mixed(ties)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">',
        '<key id="g_node" for="node" yfiles.type="nodegraphics"/>',
        '<key id="g_edge" for="edge" yfiles.type="edgegraphics"/>',
        '<key id="label" for="node" attr.name="label" attr.type="string"/>',
    ]
    for column in columns.values():
        out.append(_key(f"n_{column.name}", "node", column))
    out += [f'<key id="{axis}" for="node" attr.name="{axis}" attr.type="double"/>' for axis in ("x", "y")]
    for column in lines:
        out.append(_key(f"e_{column.name}", "edge", column))
    out.append(f'<graph edgedefault="{_default(ties)}">')
    across = max(1, round(len(people) ** 0.5))
    for number, row in enumerate(people):
        out.append(f'<node id="{row["id"]}">')
        out += [_node_graphics(row, number % across, number // across), _data("label", row["name"])]
        out += [_data(f"n_{name}", row.get(name)) for name in columns]
        out += [_data(axis, row.get(f"network_{axis}")) for axis in ("x", "y")]
        out.append("</node>")
    for tie in ties:
        start, end = tie["from_id"], tie["to_id"]
        out += _graphml_edge(str(tie["id"]), start, end, tie, lines)
        if mixed and not tie["directed"]:
            out += _graphml_edge(f"{tie['id']}{graph_reading.BACK}", end, start, tie, lines)
    out += ["</graph>", "</graphml>"]
    return "\n".join(line for line in out if line).encode("utf-8")


def _graphml_edge(
    id_: str, start: object, end: object, tie: Mapping[str, Any], lines: list[fields.Column]
) -> list[str]:
    head = "standard" if tie["directed"] else "none"
    return [
        f'<edge id="{id_}" source="{start}" target="{end}">',
        f'<data key="g_edge"><y:PolyLineEdge><y:LineStyle color="#5B6770" type="line" width="{tie["strength"]}.0"/>'
        f'<y:Arrows source="none" target="{head}"/>'
        f"<y:EdgeLabel>{escape(_plain(tie['type']))}</y:EdgeLabel></y:PolyLineEdge></data>",
        *(_data(f"e_{column.name}", tie.get(column.name)) for column in lines),
        "</edge>",
    ]


def _node_graphics(row: Mapping[str, Any], column: int, line: int) -> str:
    """How yEd draws a stakeholder: a box as wide as the name, at its place or in a grid."""
    name = _plain(row["name"])
    x, y = row.get("network_x"), row.get("network_y")
    x, y = (x, y) if x is not None and y is not None else (column * 260, line * 70)
    return (
        f'<data key="g_node"><y:ShapeNode><y:Geometry x="{x:g}" y="{y:g}" width="{30 + 7 * len(name)}" height="30"/>'
        '<y:Fill color="#E4F1F2" transparent="false"/><y:BorderStyle color="#0B6E75" type="line" width="1.0"/>'
        f'<y:NodeLabel>{escape(name)}</y:NodeLabel><y:Shape type="roundrectangle"/></y:ShapeNode></data>'
    )


def _key(id_: str, kind: str, column: fields.Column) -> str:
    number = {"rating": "double", "strength": "int"}.get(column.shape, "string")
    return f'<key id="{id_}" for="{kind}" attr.name={quoteattr(column.label)} attr.type="{number}"/>'


def _data(key: str, value: Any) -> str:
    text = _plain(value)
    return f'<data key="{key}">{escape(text)}</data>' if text else ""


def gexf(people: Rows, ties: Rows) -> bytes:
    """GEXF 1.3, with every column as an attribute, places and strengths as Gephi reads them."""
    columns = {name: column for name, column in _people().items() if name != "name"}
    lines = {name: fields.RELATION[name] for name in ("type", "status", "evidence", "since", "until")}
    default, mixed = _default(ties), _mixed(ties)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
        f'<graph defaultedgetype="{default}">',
    ]
    for kind, named in (("node", columns), ("edge", lines)):
        out.append(f'<attributes class="{kind}">')
        for column in named.values():
            number = "double" if column.shape == "rating" else "string"
            out.append(f'<attribute id="{column.name}" title={quoteattr(column.label)} type="{number}"/>')
        out.append("</attributes>")
    out.append("<nodes>")
    for row in people:
        out.append(f'<node id="{row["id"]}" label={quoteattr(_plain(row["name"]))}>')
        out += _attvalues(row, columns)
        if row.get("network_x") is not None and row.get("network_y") is not None:
            out.append(f'<viz:position x="{row["network_x"]:g}" y="{-row["network_y"]:g}" z="0"/>')
        out.append("</node>")
    out += ["</nodes>", "<edges>"]
    # Those that run both ways come first: networkx counts parallel ties only when the second is a single one.
    for tie in sorted(ties, key=lambda tie: bool(tie["directed"])):
        kind = default if not mixed else "directed" if tie["directed"] else "mutual"
        out.append(
            f'<edge id="{tie["id"]}" source="{tie["from_id"]}" target="{tie["to_id"]}" type="{kind}" '
            f'weight="{tie["strength"]}" label={quoteattr(_plain(tie["type"]))}>'
        )
        out += [*_attvalues(tie, lines), "</edge>"]
    out += ["</edges>", "</graph>", "</gexf>"]
    return "\n".join(out).encode("utf-8")


def _attvalues(row: Mapping[str, Any], columns: Mapping[str, fields.Column]) -> list[str]:
    said = [(name, text) for name in columns if (text := _plain(row.get(name)))]
    if not said:
        return []
    return [
        "<attvalues>",
        *(f'<attvalue for="{name}" value={_attribute(text)}/>' for name, text in said),
        "</attvalues>",
    ]


def _attribute(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


# ---- tables ---------------------------------------------------------------------------------------------------------

_EDGES = {
    "Source": "from",
    "Target": "to",
    "Relation": "type",
    "Directed": "directed",
    "Weight": "strength",
    "Status": "status",
    "Since": "since",
    "Until": "until",
}


def edge_list(people: Rows, ties: Rows) -> bytes:
    """One line a tie, by names, as UCINET, Gephi and R read it; what a spreadsheet would run gets an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_EDGES)
    for tie in ties:
        cells = [_plain(tie.get(name)) for name in _EDGES.values()]
        writer.writerow([f"'{cell}" if cell.startswith(LIVE) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def kumu(people: Rows, ties: Rows) -> bytes:
    """Kumu's workbook: a sheet «Elements» and a sheet «Connections»; other columns become fields in Kumu."""
    columns = {name: column for name, column in _people().items() if name not in ("name", "group", "themes")}
    book = openpyxl.Workbook(write_only=True)
    book.custom_doc_props.append(StringProperty(name=OWN, value="network"))  # type: ignore[no-untyped-call]
    elements = book.create_sheet("Elements")
    elements.append(["Label", "Group", "Tags", *(column.label for column in columns.values())])
    for row in people:
        tags = "|".join(part.strip() for part in str(row.get("themes") or "").split(";") if part.strip())
        cells = [row["name"], row.get("group"), tags, *(row.get(name) for name in columns)]
        elements.append([_cell(elements, cell) for cell in cells])
    lines = book.create_sheet("Connections")
    rest = ("strength", "status", "evidence", "since", "until")
    lines.append(
        [
            "From",
            "To",
            "Direction",
            "Type",
            *(fields.RELATION[name].label for name in rest),
            "From organisation",
            "To organisation",
        ]
    )
    for tie in ties:
        direction = "directed" if tie["directed"] else "mutual"
        cells = [tie["from"], tie["to"], direction, tie["type"], *(tie.get(name) for name in rest)]
        cells += [tie["from_organisation"], tie["to_organisation"]]
        lines.append([_cell(lines, cell) for cell in cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or value == "" or isinstance(value, bool | int | float | dt.date):
        return None if value == "" else value
    text = str(value)
    cell = WriteOnlyCell(sheet, value=_ESCAPE.sub("_x005F_", _ILLEGAL.sub("", text)[:32_000]))
    cell.data_type = "s"
    if text.startswith(LIVE):
        cell.quotePrefix = True
    return cell


FORMATS: Mapping[str, Format] = {
    "graphml": Format(
        "GraphML",
        ".graphml",
        "application/xml",
        "yEd, Gephi, Cytoscape, R and Python",
        "Colours, meetings and the history. Places go out, and are computed anew where the file comes in.",
        graphml,
    ),
    "gexf": Format(
        "GEXF",
        ".gexf",
        "application/xml",
        "Gephi",
        "Colours, meetings and the history. Places go out, and are computed anew where the file comes in.",
        gexf,
    ),
    "edges": Format(
        "Edge list",
        ".csv",
        "text/csv",
        "UCINET, R, a spreadsheet",
        "Stakeholders without a tie, all about stakeholders but their names, evidence of ties, places, meetings. "
        "Two with the same name become one.",
        edge_list,
    ),
    "kumu": Format(
        "Kumu",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Kumu",
        "Colours, places, meetings and the history. Kumu takes two with the same name for one.",
        kumu,
    ),
}
"""The formats, in the order offered."""


@dataclass(frozen=True)
class Network:
    """The stakeholders and ties of a case study, read once: what is said of them and written needs no store."""

    people: Rows
    ties: Rows

    def written(self, kind: str) -> bytes:
        """The file in one of `FORMATS`."""
        return FORMATS[kind].written(self.people, self.ties)

    def warnings(self, kind: str) -> list[str]:
        """What this very network would lose in a format, in sentences."""
        tied = {end for tie in self.ties for end in (tie["from_id"], tie["to_id"])}
        said = []
        if kind == "edges":
            alone = sum(row["id"] not in tied for row in self.people)
            told = sum(bool(tie["evidence"]) for tie in self.ties)
            if alone:
                said.append(f"{alone} without a tie {verb(alone, 'is')} not in it.")
            if told:
                said.append(f"The evidence of {counted(told, 'tie')} is not in it.")
        if kind in ("graphml", "gexf") and _mixed(self.ties):
            both = sum(not tie["directed"] for tie in self.ties)
            said.append(f"{counted(both, 'undirected tie')} {verb(both, 'runs')} both ways in it.")
        if kind in ("edges", "kumu") and (doubled := _doubled([row["name"] for row in self.people])):
            said.append(f"{doubled} share their name with another and would be taken for one.")
        return said


def read(session: Session, case_study_id: uuid.UUID) -> Network:
    """The network of a case study as it stands."""
    return Network(*network(session, case_study_id))


def _doubled(names: Sequence[str]) -> int:
    often = Counter(key(name) for name in names)
    return sum(count for count in often.values() if count > 1)

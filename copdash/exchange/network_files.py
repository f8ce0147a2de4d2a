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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from openpyxl.cell import WriteOnlyCell

from copdash import fields, relations, stakeholders
from copdash.exchange.exports import Rows, rows
from copdash.exchange.reading import LIVE
from copdash.store import Session

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


def graphml(people: Rows, ties: Rows) -> bytes:
    """GraphML 1.0, with every column of stakeholders and ties as an attribute, and places as x and y."""
    columns, lines = _people(), [column for column in fields.RELATION.values() if column.name != "directed"]
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for column in columns.values():
        out.append(_key(f"n_{column.name}", "node", column))
    out += [f'<key id="{axis}" for="node" attr.name="{axis}" attr.type="double"/>' for axis in ("x", "y")]
    for column in lines:
        out.append(_key(f"e_{column.name}", "edge", column))
    out.append('<graph edgedefault="directed">')
    for row in people:
        out.append(f'<node id="{row["id"]}">')
        out += [_data(f"n_{name}", row.get(name)) for name in columns]
        out += [_data(axis, row.get(f"network_{axis}")) for axis in ("x", "y")]
        out.append("</node>")
    for tie in ties:
        directed = "true" if tie["directed"] else "false"
        out.append(f'<edge id="{tie["id"]}" source="{tie["from_id"]}" target="{tie["to_id"]}" directed="{directed}">')
        out += [_data(f"e_{column.name}", tie.get(column.name)) for column in lines]
        out.append("</edge>")
    out += ["</graph>", "</graphml>"]
    return "\n".join(line for line in out if line).encode("utf-8")


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
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
        '<graph defaultedgetype="directed">',
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
            out.append(f'<viz:position x="{row["network_x"]:g}" y="{-row["network_y"]:g}"/>')
        out.append("</node>")
    out += ["</nodes>", "<edges>"]
    for tie in ties:
        kind = "directed" if tie["directed"] else "undirected"
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


def written(session: Session, case_study_id: uuid.UUID, kind: str) -> bytes:
    """The network of a case study in one of `FORMATS`."""
    found = rows(session, case_study_id)
    return FORMATS[kind].written(found["stakeholders"], found["relations"])


def warnings(session: Session, case_study_id: uuid.UUID, kind: str) -> list[str]:
    """What this very network would lose in a format, in sentences."""
    people = stakeholders.of_case(session, case_study_id)
    ties = relations.of_case(session, case_study_id)
    tied = {end for tie in ties for end in (tie.from_id, tie.to_id)}
    said = []
    if kind == "edges":
        alone = sum(row.id not in tied for row in people)
        told = sum(bool(tie.evidence) for tie in ties)
        if alone:
            said.append(f"{alone} without a tie {'is' if alone == 1 else 'are'} not in it.")
        if told:
            said.append(f"The evidence of {told} {'tie' if told == 1 else 'ties'} is not in it.")
    if kind in ("edges", "kumu") and (doubled := _doubled([row.name for row in people])):
        said.append(f"{doubled} share their name with another and would be taken for one.")
    return said


def _doubled(names: Sequence[str]) -> int:
    folded = [name.casefold() for name in names]
    return sum(folded.count(name) > 1 for name in folded)

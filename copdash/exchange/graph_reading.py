"""Networks in GraphML and GEXF as the rows of two sheets, one for the nodes and one for the edges.

Belongs to the child process of `reading` and, like it, imports nothing of COPDash. Document types and entities are
refused, so nothing in a file can grow or reach outside it; what is not understood is left out.
"""

from __future__ import annotations

import xml.parsers.expat
from collections.abc import Iterable, Mapping
from typing import Any

NODES, EDGES = "Stakeholders", "Ties"
MOST = 20_000
DEEPEST = 60
LONGEST = 100_000
MOST_TITLES = 190

Cell = str | int | float | bool | None


class Graph:
    """What a file says so far. Titles of attributes stay as the file has them."""

    def __init__(self, refused: type[Exception]) -> None:
        self.refused = refused
        self.titles: dict[tuple[str, str], str] = {}
        self.nodes: dict[str, dict[str, str]] = {}
        self.edges: list[dict[str, str]] = []
        self.directed = True
        self.format = ""
        self._path: list[str] = []
        self._subject: dict[str, str] | None = None
        self._kind = ""
        self._key = ""
        self._text: list[str] | None = None
        self._size = 0
        self._open: list[tuple[dict[str, str], str]] = []

    # ---- what the parser meets --------------------------------------------------------------------------------------

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        name = _local(tag)
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise self.refused("This file is nested too deeply to be a network.")
        values = {_local(key): value for key, value in given.items()}
        if len(self._path) == 1:
            self.format = {"graphml": "GraphML", "gexf": "GEXF"}.get(name, "")
            if not self.format:
                raise self.refused("This is XML, but no network in GraphML or GEXF. Save the table as XLSX or CSV.")
        elif name == "graph":
            self.directed = values.get("edgedefault", values.get("defaultedgetype", "directed")) != "undirected"
        elif name == "attributes":
            self._kind = values.get("class", "node")
        elif name == "attribute":
            self.titles[self._kind, values.get("id", "")] = values.get("title") or values.get("id", "")
        elif name == "key":
            for kind in ("node", "edge") if values.get("for", "all") == "all" else (values.get("for", ""),):
                self.titles[kind, values.get("id", "")] = values.get("attr.name") or values.get("id", "")
        elif name == "node":
            self._node(values)
        elif name == "edge":
            self._edge(values)
        elif name == "attvalue" and self._subject is not None:
            self._take(values.get("for", values.get("id", "")), values.get("value", ""))
        elif name == "data" and self._subject is not None:
            self._key, self._text, self._size = values.get("key", ""), [], 0

    def _node(self, values: Mapping[str, str]) -> None:
        if len(self.nodes) >= MOST:
            raise self.refused(f"This network has more than {MOST:,} stakeholders.")
        self._subject, self._kind = self.nodes.setdefault(values.get("id", ""), {}), "node"
        self._open.append((self._subject, "node"))
        if values.get("label"):
            self._subject.setdefault("Name", values["label"])

    def _edge(self, values: Mapping[str, str]) -> None:
        if len(self.edges) >= MOST:
            raise self.refused(f"This network has more than {MOST:,} ties.")
        edge = {"": values.get("source", ""), " ": values.get("target", "")}
        said = values.get("directed") or {"directed": "true", "undirected": "false"}.get(values.get("type", ""), "")
        edge["Directed"] = "yes" if said == "true" or (not said and self.directed) else "no"
        for name, title in (
            ("weight", "Strength"),
            ("kind", "Type"),
            ("label", "Type"),
            ("start", "Since"),
            ("end", "Until"),
        ):
            if values.get(name):
                edge.setdefault(title, values[name])
        self.edges.append(edge)
        self._subject, self._kind = edge, "edge"
        self._open.append((edge, "edge"))

    def words(self, text: str) -> None:
        """Text inside an element."""
        if self._text is not None:
            self._size += len(text)
            if self._size > LONGEST:
                raise self.refused("A text in this file is too long.")
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self._path.pop()
        if name == "data" and self._text is not None:
            self._take(self._key, "".join(self._text))
            self._text = None
        elif name in ("node", "edge") and self._open:
            self._open.pop()
            self._subject, self._kind = self._open[-1] if self._open else (None, "")

    def _take(self, key: str, value: str) -> None:
        if self._subject is None or not value.strip():
            return
        title = self.titles.get((self._kind, key), key)
        folded = title.strip().casefold()
        if self._kind == "node" and folded in ("name", "label", "nodelabel", "d_label"):
            title = "Name"
        if self._kind == "edge":
            title = {"weight": "Strength", "strength": "Strength", "label": "Type", "type": "Type"}.get(folded, title)
        if title:
            self._subject[title] = value

    # ---- what comes out ---------------------------------------------------------------------------------------------

    def sheets(self) -> dict[str, list[list[Cell]]]:
        """The rows of both sheets, each with a header."""
        if not self.nodes:
            raise self.refused("There is no stakeholder in this network.")
        for node_id, node in self.nodes.items():
            node.setdefault("Name", node_id)
        heads = ["Name", *self._titles(self.nodes.values(), {"Name"})]
        organised = next((head for head in heads if head.casefold() in ("organisation", "organization")), None)
        people: list[list[Cell]] = [list(heads)]
        for node in self.nodes.values():
            people.append([node.get(head) for head in heads])
        return {NODES: people, EDGES: self._ties(organised)}

    def _ties(self, organised: str | None) -> list[list[Cell]]:
        _into_three(self.edges)
        heads = self._titles(self.edges, {"", " "})
        rows: list[list[Cell]] = [["From", "From organisation", "To", "To organisation", *heads]]
        for edge in self.edges:
            row: list[Cell] = []
            for end in ("", " "):
                node = self.nodes.get(edge[end])
                if node is None:
                    raise self.refused("A tie in this file ends at a stakeholder who is not in it.")
                row += [node["Name"], node.get(organised) if organised else None]
            rows.append([*row, *(edge.get(head) for head in heads)])
        return rows

    def _titles(self, rows: Iterable[Mapping[str, str]], known: set[str]) -> list[str]:
        found: dict[str, None] = {}
        for row in rows:
            found.update(dict.fromkeys(title for title in row if title not in known))
            if len(found) > MOST_TITLES:  # before a table is made in which each row has all of them
                raise self.refused(f"A stakeholder or tie can have at most {MOST_TITLES} attributes; leave some out.")
        return list(found)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _into_three(edges: list[dict[str, str]]) -> None:
    """Weights of another scale become weak, medium and strong, a third each; the weight goes into the evidence."""
    try:
        weights = [float(edge["Strength"]) for edge in edges if "Strength" in edge]
    except ValueError:
        return
    if all(weight in (1.0, 2.0, 3.0) for weight in weights):
        return
    ranked = sorted(weights)
    first, second = ranked[len(ranked) // 3], ranked[2 * len(ranked) // 3]
    for edge in edges:
        if "Strength" in edge:
            weight = float(edge["Strength"])
            edge.setdefault("Evidence", f"Weight {edge['Strength']} in the file")
            edge["Strength"] = "1" if weight <= first else "2" if weight <= second else "3"


def read(data: bytes, wanted: str | None, refused: type[Exception]) -> dict[str, Any]:
    """The rows of the wanted sheet, the nodes' by default, as `reading.rows_of` answers. Raises `refused`."""
    graph = Graph(refused)
    parser = xml.parsers.expat.ParserCreate()

    def stop(*_: object) -> Any:
        raise refused("This XML declares a document type or entities, which a network needs not. Save it without them.")

    parser.StartDoctypeDeclHandler = stop
    parser.EntityDeclHandler = stop
    parser.UnparsedEntityDeclHandler = stop
    parser.ExternalEntityRefHandler = stop
    parser.StartElementHandler = graph.begin
    parser.EndElementHandler = graph.end
    parser.CharacterDataHandler = graph.words
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise refused(f"This XML is damaged in line {error.lineno}. Save the network again.") from None
    sheets = graph.sheets()
    name = wanted if wanted in sheets else NODES
    return {"format": graph.format, "rows": sheets[name], "sheet": name, "sheets": list(sheets)}

"""Networks in GraphML and GEXF as the rows of two sheets, one for the nodes and one for the edges.

Belongs to the child process of `reading` and, like it, imports nothing of COPDash. Document types and entities are
refused, so nothing in a file can grow or reach outside it; what is not understood is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copdash.exchange import safe_xml
from copdash.words import key as compared

NODES, EDGES = "Stakeholders", "Ties"
MOST = 20_000
MOST_TIES = 50_000
"""The same limits as on every other way in: see `stakeholders.MOST` and `reading.MAX_ROWS`."""
DEEPEST = 60
LONGEST = 100_000
MOST_TITLES = 190

Cell = str | int | float | bool | None


BACK = "-back"
"""What is behind the id of an edge that only draws an undirected tie the other way; see `network_files`."""

_ORGANISATION = ("organisation", "organization")
_LABELS = ("NodeLabel", "EdgeLabel")
"""What yEd calls the words it draws."""


class Graph:
    """What a file says so far. Titles of attributes stay as the file has them."""

    most = MOST

    def __init__(self, refused: type[Exception]) -> None:
        self.refused = refused
        self.titles: dict[tuple[str, str], str] = {}
        self.defaults: dict[tuple[str, str], str] = {}
        self.nodes: dict[str, dict[str, str]] = {}
        self.edges: list[dict[str, str]] = []
        self.directed = True
        self.format = ""
        self._ids: list[str] = []
        self._drawn: set[str] = set()
        self._labels: dict[int, str] = {}
        self._remarks: list[str] = []
        self._path: list[str] = []
        self._subject: dict[str, str] | None = None
        self._kind = ""
        self._key = ""
        self._keys: list[tuple[str, str]] = []
        self._text: list[str] | None = None
        self._size = 0
        self._open: list[tuple[dict[str, str], str]] = []

    # ---- what any reader tells --------------------------------------------------------------------------------------

    def node(self, node_id: str, values: Mapping[str, str]) -> dict[str, str]:
        """A stakeholder; what is said of one again is added."""
        if len(self.nodes) >= MOST:
            raise self.refused(f"This network has more than {MOST:,} stakeholders.")
        found = self.nodes.setdefault(node_id, {})
        for title, value in values.items():
            found.setdefault(title, value)
        return found

    def edge(self, start: str, end: str, *, directed: bool, id: str = "", **values: str) -> dict[str, str]:
        """A tie. Its values are by title."""
        if len(self.edges) >= MOST_TIES:
            raise self.refused(f"This network has more than {MOST_TIES:,} ties.")
        edge = {"": start, " ": end, "Directed": "yes" if directed else "no", **values}
        self.edges.append(edge)
        self._ids.append(id)
        return edge

    def said(self, remark: str) -> None:
        """Something of the file that does not come in."""
        if remark not in self._remarks and len(self._remarks) < 10:
            self._remarks.append(remark)

    # ---- what the parser of XML meets -------------------------------------------------------------------------------

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
            usual = "undirected" if self.format == "GEXF" else "directed"
            self.directed = values.get("edgedefault", values.get("defaultedgetype", usual)) == "directed"
        elif name == "attributes":
            self._kind = values.get("class", "node")
        elif name == "attribute":
            self._keys = [(self._kind, values.get("id", ""))]
            self.titles[self._keys[0]] = values.get("title") or values.get("id", "")
        elif name == "key":
            self._begin_key(values)
        elif name == "default":
            self._text, self._size = [], 0
        elif name == "node":
            self._node(values)
        elif name == "edge":
            self._edge(values)
        elif name == "attvalue" and self._subject is not None:
            self._take(values.get("for", values.get("id", "")), values.get("value", ""))
        elif name == "data" and self._subject is not None and values.get("key", "") not in self._drawn:
            self._key, self._text, self._size = values.get("key", ""), [], 0
        elif name in _LABELS and self._subject is not None:
            self._text, self._size = [], 0
        elif name == "Arrows" and self._kind == "edge" and self._subject is not None:
            self._arrows(values.get("source", "none") != "none", values.get("target", "none") != "none")

    def _begin_key(self, values: Mapping[str, str]) -> None:
        kinds = ("node", "edge") if values.get("for", "all") == "all" else (values.get("for", ""),)
        self._keys = [(kind, values.get("id", "")) for kind in kinds]
        if "yfiles.type" in values:
            self._drawn.add(values.get("id", ""))
        for key in self._keys:
            self.titles[key] = values.get("attr.name") or key[1]

    def _arrows(self, at_source: bool, at_target: bool) -> None:
        """Direction as yEd draws it; what the edge says of itself counts more."""
        if self._subject is None or self._subject.pop("\0said", ""):
            return
        self._subject["Directed"] = "yes" if at_source != at_target else "no"
        if at_source and not at_target:
            self._subject[""], self._subject[" "] = self._subject[" "], self._subject[""]

    def _node(self, values: Mapping[str, str]) -> None:
        self._subject, self._kind = self.node(values.get("id", ""), {}), "node"
        self._open.append((self._subject, "node"))
        if values.get("label"):
            self._subject.setdefault("Name", values["label"])

    def _edge(self, values: Mapping[str, str]) -> None:
        said = values.get("directed") or {"directed": "true", "undirected": "false", "mutual": "false"}.get(
            values.get("type", ""), ""
        )
        directed = said == "true" or (not said and self.directed)
        edge = self.edge(values.get("source", ""), values.get("target", ""), directed=directed, id=values.get("id", ""))
        if said:
            edge["\0said"] = "yes"
        for name, title in (
            ("weight", "Strength"),
            ("kind", "Type"),
            ("label", "Type"),
            ("start", "Since"),
            ("end", "Until"),
        ):
            if values.get(name):
                edge.setdefault(title, values[name])
        self._subject, self._kind = edge, "edge"
        self._open.append((edge, "edge"))

    def words(self, text: str) -> None:
        """Text inside an element."""
        if self._text is not None and not (self._path[-1] not in _LABELS and set(self._path) & set(_LABELS)):
            self._size += len(text)
            if self._size > LONGEST:
                raise self.refused("A text in this file is too long.")
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self._path.pop()
        if name in ("data", "default", *_LABELS) and self._text is not None:
            text, self._text = "".join(self._text), None
            if name == "data":
                self._take(self._key, text)
            elif name == "default":
                self.defaults.update({key: text for key in self._keys if text.strip()})
            elif self._subject is not None and text.strip():
                if self._kind == "node":
                    self._labels.setdefault(id(self._subject), " ".join(text.split()))
                else:
                    self._subject.setdefault("Type", " ".join(text.split()))
        elif name in ("node", "edge") and self._open:
            self._open.pop()
            self._subject, self._kind = self._open[-1] if self._open else (None, "")

    def _take(self, key: str, value: str) -> None:
        if self._subject is not None and value.strip():
            title = self._title(self._kind, key)
            if title:
                self._subject[title] = value

    def _title(self, kind: str, key: str) -> str:
        title = self.titles.get((kind, key), key)
        folded = title.strip().casefold()
        if kind == "node" and folded in ("name", "label", "nodelabel", "d_label"):
            return "Name"
        if kind == "edge":
            return {"weight": "Strength", "strength": "Strength", "label": "Type", "type": "Type"}.get(folded, title)
        return title

    # ---- what comes out ---------------------------------------------------------------------------------------------

    def sheets(self) -> dict[str, list[list[Cell]]]:
        """The rows of both sheets, each with a header."""
        if not self.nodes:
            raise self.refused("There is no stakeholder in this network.")
        self._settle()
        heads = ["Name", *self._titles(self.nodes.values(), {"Name"})]
        organised = next((head for head in heads if head.casefold() in _ORGANISATION), None)
        people: list[list[Cell]] = [list(heads)]
        for node in self.nodes.values():
            people.append([node.get(head) for head in heads])
        return {NODES: people, EDGES: self._ties(organised)}

    def _settle(self) -> None:
        """Defaults, names and ends, once all is read."""
        if len(self.defaults) > MOST_TITLES:
            raise self.refused(f"A stakeholder or tie can have at most {MOST_TITLES} attributes; leave some out.")
        for (kind, key), value in self.defaults.items():
            for one in self.nodes.values() if kind == "node" else self.edges if kind == "edge" else ():
                one.setdefault(self._title(kind, key), value)
        ids = set(self._ids)
        self.edges = [
            edge
            for edge, edge_id in zip(self.edges, self._ids, strict=True)
            if not (edge_id.endswith(BACK) and edge_id.removesuffix(BACK) in ids and edge["Directed"] == "no")
        ]
        for edge in self.edges:
            edge.pop("\0said", None)
            for end in (edge[""], edge[" "]):
                if end and end not in self.nodes:
                    self.node(end, {"Notes": "Only a tie names it; the file does not describe it."})
        taken: dict[tuple[str, str], int] = {}
        for node_id, node in self.nodes.items():
            node["Name"] = self._labels.get(id(node)) or node.get("Name") or node_id or "Without a name"
            organised = next((node[title] for title in node if title.casefold() in _ORGANISATION), "")
            both = (compared(node["Name"]), compared(organised))
            taken[both] = taken.get(both, 0) + 1
            if taken[both] > 1:  # they are two in the file, so they stay two
                said = f"Called “{node['Name'][:200]}” in the file, as another one is."
                node["Notes"] = f"{node['Notes']}\n{said}" if node.get("Notes") else said
                node["Name"] = f"{node['Name']} ({node_id if 0 < len(node_id) <= 12 else taken[both]})"

    def _ties(self, organised: str | None) -> list[list[Cell]]:
        _into_three(self.edges)
        heads = self._titles(self.edges, {"", " "})
        rows: list[list[Cell]] = [["From", "From organisation", "To", "To organisation", *heads]]
        for edge in self.edges:
            row: list[Cell] = []
            for end in ("", " "):
                node = self.nodes.get(edge[end], {})  # an end that is not said makes a line that is refused
                row += [node.get("Name"), node.get(organised) if organised else None]
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
    weights = {id(edge): _number(edge["Strength"]) for edge in edges if edge.get("Strength", "").strip()}
    known = [weight for weight in weights.values() if weight is not None]
    if all(weight in (1.0, 2.0, 3.0) for weight in weights.values()):
        return
    first, second = thirds(known) if known else (0.0, 0.0)
    for edge in edges:
        if id(edge) in weights:
            weight, said = weights[id(edge)], f"Weight {edge.pop('Strength')[:60]} in the file"
            edge["Evidence"] = f"{edge['Evidence']}\n{said}" if edge.get("Evidence") else said
            if weight is not None:
                edge["Strength"] = "1" if weight <= first else "2" if weight <= second else "3"


def thirds(weights: Sequence[float]) -> tuple[float, float]:
    """Up to which weight a tie is weak, and up to which medium, so that each is about a third of them."""
    ranked = sorted(weights)
    last = len(ranked) - 1
    return ranked[last // 3], ranked[2 * last // 3]


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < 1e300 else None


def answer(graph: Graph, wanted: str | None) -> dict[str, Any]:
    """The rows of the wanted sheet, the nodes' by default, as `reading.rows_of` answers."""
    sheets = graph.sheets()
    name = wanted if wanted in sheets else NODES
    return {"format": graph.format, "rows": sheets[name], "sheet": name, "sheets": list(sheets)}


def read(data: bytes, wanted: str | None, refused: type[Exception]) -> dict[str, Any]:
    """The rows of the wanted sheet, the nodes' by default, as `reading.rows_of` answers. Raises `refused`."""
    graph = Graph(refused)
    safe_xml.read(data, graph, refused, "network")
    return answer(graph, wanted)

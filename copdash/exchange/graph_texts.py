"""Networks that are text or JSON (Pajek, GML, node-link, a matrix) as nodes and edges of `graph_reading.Graph`.

Belongs to the child process of `reading` and imports nothing of COPDash. networkx makes one vertex of two that share a
label and refuses such GML, so the formats are read here: each is a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

_REMARKS = r"\A(?:\s|%[^\n]*\n|#[^\n]*\n)*+"
_PAJEK = re.compile(_REMARKS + r"\*(?:network|vertices)\b", re.IGNORECASE)
_GML = re.compile(_REMARKS + r"(?:(?:creator|version|comment|label)\b[^\n]*\n\s*)*+graph\s*\[", re.IGNORECASE)
_JSON = re.compile(r'\A\s*\{\s*["}]')
_DEEPEST = 60
_LONGEST = 100_000


def kind(text: str) -> str:
    """“Pajek”, “GML” or “JSON” if the text may be such a network, else nothing."""
    for name, pattern in (("Pajek", _PAJEK), ("GML", _GML), ("JSON", _JSON)):
        if pattern.match(text):
            return name
    return ""


def fill(graph: Any, name: str, text: str) -> None:
    """Read the text into the graph. Raises what `graph.refused` is, with a sentence."""
    {"Pajek": _pajek, "GML": _gml, "JSON": _json}[name](graph, text)
    graph.format = name


# ---- Pajek ----------------------------------------------------------------------------------------------------------

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


def _pajek(graph: Any, text: str) -> None:
    """Vertices with labels and places, arcs and edges with weights and labels, lists of them, matrices."""
    part, row, count = "", 0, 0
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("%"):
            continue
        words = [
            re.sub(r"\\(.)", r"\1", found[1]) if found[1] is not None else found[2] for found in _WORD.finditer(line)
        ]
        if line.lstrip().startswith("*"):
            part, row = words[0].casefold(), 0
            if part == "*vertices" and len(words) > 1 and words[1].isdecimal():
                count = min(int(words[1][:6]), graph.most)
            if part not in ("*network", "*vertices", "*arcs", "*edges", "*arcslist", "*edgeslist", "*matrix"):
                graph.said(f"“{words[0][:30]}” of the file is left out.")
        elif part == "*vertices":
            graph.node(words[0], {"Name": words[1]} if len(words) > 1 else {})
        elif part in ("*arcs", "*edges") and len(words) > 1:
            graph.edge(words[0], words[1], directed=part == "*arcs", **_pajek_tie(words[2:]))
        elif part in ("*arcslist", "*edgeslist"):
            for end in words[1:]:
                graph.edge(words[0], end, directed=part == "*arcslist")
        elif part == "*matrix":
            row += 1
            for column, weight in enumerate(words, start=1):
                if weight not in ("0", "0.0"):
                    graph.edge(str(row), str(column), directed=True, Strength=weight)
    for number in range(1, count + 1):  # the file need not list vertices that have no label
        graph.nodes.setdefault(str(number), {})


def _pajek_tie(words: Sequence[str]) -> dict[str, str]:
    found = {"Strength": words[0]} if words and _is_number(words[0]) else {}
    for name, value in pairwise(words):
        if name == "l":
            found["Type"] = value
    return found


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < 1e300
    except ValueError:
        return False


# ---- GML ------------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'\s+|#[^\n]*|(\[)|(\])|"([^"]*)"|([^\s\[\]"]+)')
_SIGNS = {"&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&apos;": "'"}


def _gml(graph: Any, text: str) -> None:
    """Nodes with labels, edges with weights and labels; other attributes stay under their own titles."""
    for name, value in _pairs(graph, _tokens(text), 0):
        if name != "graph" or not isinstance(value, list):
            continue
        directed = any(key == "directed" and value_ == "1" for key, value_ in value)
        for what, found in value:
            if not isinstance(found, list):
                continue
            said = {key: value_ for key, value_ in found if isinstance(value_, str)}
            if what == "node":
                graph.node(said.pop("id", said.get("label", "")), _titled(said, "Name"))
            elif what == "edge":
                ends = said.pop("source", ""), said.pop("target", "")
                said.pop("id", None)
                graph.edge(*ends, directed=directed, **_titled(said, "Type"))


def _titled(said: dict[str, str], label: str) -> dict[str, str]:
    renamed = {"label": label, "name": "Name", "value": "Strength", "weight": "Strength"}
    if label == "Name":
        renamed = {"label": "Name", "name": "Name"}
    found: dict[str, str] = {}
    for key, value in said.items():
        if value.strip():
            found.setdefault(renamed.get(key.casefold(), key), value)
    return found


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text):
        if found[1] or found[2]:
            yield found[1] or found[2], ""
        elif found[3] is not None:
            yield "text", re.sub(r"&(?:quot|amp|lt|gt|apos);|&#(\d{1,6});", _sign, found[3])
        elif found[4] is not None:
            yield "word", found[4]


def _sign(found: re.Match[str]) -> str:
    if found[1] is None:
        return _SIGNS[found[0]]
    number = int(found[1])
    return chr(number) if 31 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def _pairs(graph: Any, tokens: Iterator[tuple[str, str]], depth: int) -> list[tuple[str, Any]]:
    if depth > _DEEPEST:
        raise graph.refused("This file is nested too deeply to be a network.")
    found: list[tuple[str, Any]] = []
    for kind_, key in tokens:
        if kind_ == "]":
            return found
        value_kind, value = next(tokens, ("]", ""))
        if kind_ != "word" or value_kind == "]":
            raise graph.refused("This network in GML is damaged. Save it again.")
        found.append((key, _pairs(graph, tokens, depth + 1) if value_kind == "[" else value[:_LONGEST]))
    if depth:
        raise graph.refused("This network in GML is damaged: it ends too early. Save it again.")
    return found


# ---- JSON -----------------------------------------------------------------------------------------------------------


def _json(graph: Any, text: str) -> None:
    """Node-link as networkx and D3 write it, Cytoscape's elements, and graphology's attributes."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise graph.refused("This JSON is damaged. Save the network again.") from None
    held = said.get("elements") if isinstance(said.get("elements"), dict) else said
    nodes, links = held.get("nodes"), held.get("links", held.get("edges"))
    if not isinstance(nodes, list) or not isinstance(links, list | None):
        raise graph.refused(
            "This is JSON, but no network with nodes and links. Save the table as CSV or XLSX, the network as GraphML."
        )
    options = said.get("options") if isinstance(said.get("options"), dict) else {}
    directed = said.get("directed", options.get("type") == "directed" if options else True) is not False
    ids = []
    for number, node in enumerate(nodes):
        values = _flat(node)
        own = next((values.pop(key) for key in ("id", "key") if values.get(key)), "")
        name = values.get("name") or values.get("label")
        ids.append(own or name or str(number))
        graph.node(ids[-1], _titled(values, "Name"))
    known = set(ids)
    for link in links or ():
        values = _flat(link)
        ends = [
            next((values.pop(key) for key in keys if key in values), "")
            for keys in (("source", "from"), ("target", "to"))
        ]
        ends = [ids[int(end)] if end not in known and end.isdecimal() and int(end) < len(ids) else end for end in ends]
        one_way = {"true": True, "false": False}.get(values.pop("directed", values.pop("undirected", "")), directed)
        for key in ("key", "id"):
            values.pop(key, None)
        graph.edge(*ends, directed=one_way, **_titled(values, "Type"))


def _flat(found: Any) -> dict[str, str]:
    """The plain values of an object, those of “data” and “attributes” in it among them."""
    if not isinstance(found, dict):
        return {"id": str(found)[:_LONGEST]} if isinstance(found, str | int | float) else {}
    flat: dict[str, str] = {}
    for key, value in found.items():
        if isinstance(value, bool):
            flat[key] = "true" if value else "false"
        elif isinstance(value, str | int | float):
            flat[key] = str(value)[:_LONGEST]
        elif isinstance(value, dict) and key in ("data", "attributes"):
            flat.update({inner: text for inner, text in _flat(value).items() if inner not in flat})
        elif isinstance(value, dict) and key in ("source", "target"):
            flat[key] = _flat(value).get("id", "")
    return flat


# ---- a matrix -------------------------------------------------------------------------------------------------------


def is_matrix(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a table has the same names above its columns as before its lines, and numbers between them."""
    table = [row for row in rows if any(cell is not None for cell in row)]
    if len(table) < 3 or len(table) > 1_001 or len(table[0]) != len(table):
        return False
    names = [str(cell).strip() if cell is not None else "" for cell in table[0][1:]]
    if not all(names) or len(set(names)) != len(names) or any(map(_is_number, names)):
        return False
    return all(
        row and str(row[0] or "").strip() == name and all(_weight(cell) is not None for cell in row[1:])
        for name, row in zip(names, table[1:], strict=True)
    )


def fill_from_matrix(graph: Any, rows: Sequence[Sequence[Any]]) -> None:
    """What is the same both ways is one undirected tie. Nobody without a tie is lost."""
    table = [row for row in rows if any(cell is not None for cell in row)]
    names = [str(cell).strip() for cell in table[0][1:]]
    for name in names:
        graph.node(name, {"Name": name})
    size = len(names)
    weights = [[_weight(cell) or 0.0 for cell in row[1:]] + [0.0] * (size + 1 - len(row)) for row in table[1:]]
    for one in range(size):
        for other in range(one + 1, size):
            there, back = weights[one][other], weights[other][one]
            if there and there == back:
                graph.edge(names[one], names[other], directed=False, Strength=f"{there:g}")
                continue
            for start, end, weight in ((one, other, there), (other, one, back)):
                if weight:
                    graph.edge(names[start], names[end], directed=True, Strength=f"{weight:g}")
    graph.format = "Matrix"


def _weight(cell: Any) -> float | None:
    if cell is None or (isinstance(cell, str) and cell.strip() in ("", "-")):
        return 0.0
    if isinstance(cell, bool):
        return float(cell)
    text = str(cell).strip().replace(",", ".")
    return 1.0 if text.casefold() == "x" else float(text) if _is_number(text) else None

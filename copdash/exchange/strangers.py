"""Kinds of text file that are no table, told by how they begin, each with what to do instead.

Belongs to the child process of `reading` and, like it, imports nothing of COPDash. What a file is called never counts:
calendars come as .txt, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_NAME = 80

_TOP = 8_000
_TABLE = "Save the table alone as CSV or XLSX."
_NETWORK = "Open it in Gephi, yEd or Pajek and save it as GraphML or GEXF."
_START = r"\A(?>\s++|//[^\n]*\n|/\*.*?\*/|#[^\n]*\n|%[^\n]*\n)*+"
"""The beginning, after remarks as programs write them; never tried a second way, as a hostile file would have it."""


def _at_start(pattern: str) -> re.Pattern[str]:
    return re.compile(_START + pattern, re.IGNORECASE | re.DOTALL)


_KINDS: Sequence[tuple[re.Pattern[str], str, str]] = (
    (
        re.compile(r"^\s*BEGIN\s*:\s*VCARD\s*$", re.IGNORECASE | re.MULTILINE),
        "a file of contacts (vCard, .vcf)",
        "Export the contacts as CSV from your address book.",
    ),
    (_at_start(r"\*(?:network|vertices|arcs|edges|arcslist|edgeslist|matrix)\b"), "a Pajek network", _NETWORK),
    (
        _at_start(r"dl\b(?=[^\n]{0,200}(?:=|\n\s*(?:n|nr|nc|nm|format|labels|data)\b))"),
        "a UCINET network (DL)",
        _NETWORK,
    ),
    (_at_start(r"(?:(?:creator|version|comment|label)\b[^\n]*\n\s*)*graph\s*\[\s"), "a network in GML", _NETWORK),
    (_at_start(r"(?:strict\s+)?(?:di)?graph\b[^\n{;,]{0,200}\{"), "a graph of Graphviz (DOT)", _NETWORK),
    (
        _at_start(r"(?:flowchart|graph)\s+(?:TD|TB|BT|LR|RL)\b|sequenceDiagram\b|gantt\s*\n"),
        "a Mermaid drawing",
        _TABLE,
    ),
    (_at_start(r"@start(?:uml|mindmap|gantt|wbs)\b"), "a PlantUML drawing", _TABLE),
    (_at_start(r"LEDA\.GRAPH\b"), "a LEDA network", _NETWORK),
    (re.compile(r"\A\s*(?:[^\s#][^\n]*\n)+#[ \t]*\n(?:\S+[ \t]+\S+[^\n]*(?:\n|\Z))+"), "a network in TGF", _NETWORK),
    (re.compile(r"\A\s*\{\\rtf"), "a text document (RTF)", "Copy the table out of it into a spreadsheet."),
    (re.compile(r"\A\s*\\(?:documentclass|begin|input)\b"), "a LaTeX document", _TABLE),
    (
        _at_start(r"@\s*(?:article|book|misc|in\w+|techreport|string|comment|\w+thesis)\s*[{(]"),
        "a list of literature (BibTeX)",
        _TABLE,
    ),
    (re.compile(r"\A\s*TY  - "), "a list of literature (RIS)", _TABLE),
    (re.compile(r"\A0 HEAD\s"), "a family tree (GEDCOM)", _TABLE),
    (
        re.compile(r"\A\s*(?:version:\s*\d+\s*\n+)?dn::?\s", re.IGNORECASE),
        "a directory of contacts (LDIF)",
        "Export the contacts as CSV.",
    ),
    (
        re.compile(r"\A(?:[A-Z][A-Za-z-]+: [^\n]*\n(?:[ \t][^\n]*\n)*){3,}"),
        "an e-mail",
        "Copy the names out of it into a table.",
    ),
    (
        _at_start(r"(?:--[^\n]*\n\s*)*(?:create\s+(?:table|database)|insert\s+into|drop\s+table)\b"),
        "a dump of a database (SQL)",
        _TABLE,
    ),
    (re.compile(r"\AMPX[,;\t]"), "a plan of MS Project (MPX)", "Save the plan as CSV or XLSX in MS Project."),
    (re.compile(r"\A\s*(?:%YAML|---\s*\n\s*(?:- |[\w ]+:))"), "a YAML file", _TABLE),
    (
        re.compile(r"\A\s*(?:\[\s*(?:[\[{\"\]]|-?\d|true|false|null)|\{\s*(?:[\"'}]))"),
        "a JSON file",
        "Save the table as CSV or XLSX, or the network as GraphML or GEXF.",
    ),
    (re.compile(r"\A\s*\[[^\[\]\n,;]+\]\s*\n\s*[\w.-]+\s*="), "a file of settings", _TABLE),
    (re.compile(r"\A\s*<(?=[!?/A-Za-z])"), "a web page or XML", "Open it in a spreadsheet and save it as XLSX or CSV."),
)

_NO_NAME = re.compile(r'[;|\t\[\]{}<>"\\]|,\S|,.*,|=|^[A-Z][A-Z0-9_-]{2,}:|^\s*[*#@%$&/+-]|://')


def kind(text: str) -> str | None:
    """A sentence that says what kind of file this is and what to do, or None where it may be a table."""
    top = text[:_TOP].replace("\r\n", "\n").replace("\r", "\n")
    for pattern, name, advice in _KINDS:
        if pattern.search(top):
            return f"This is {name}, not a table. {advice}"
    return None


def are_names(lines: Sequence[str]) -> bool:
    """Whether lines look like one name each: nine in ten are short and have no sign of a format in them."""
    said = [line.strip() for line in lines if line.strip()]
    good = sum(len(line) <= LONGEST_NAME and not _NO_NAME.search(line) and _letters(line) for line in said)
    return bool(said) and good * 10 >= len(said) * 9


def _letters(line: str) -> bool:
    """A name has letters, and more of them than figures."""
    letters = sum(sign.isalpha() for sign in line)
    return letters > 0 and letters >= sum(sign.isdigit() for sign in line)

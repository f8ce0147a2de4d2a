"""What a workbook says beside its values: error cells, formulas never calculated, hidden rows and percentages.

Belongs to the child process of `reading` and, like it, imports nothing of COPDash.
"""

from __future__ import annotations

import html
import re
import zipfile
from typing import Any

MOST_TOLD = 200

_NAMED = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATED = re.compile(rb"<Relationship\b[^>]*>")
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*\sr="(\d{1,7})"')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\st="e")[^>]*\sr="([A-Z]{1,3}\d{1,7})"[^>]*>(?:<f\b[^>]*(?:/>|>[^<]*</f>))?<v>([^<]{0,40})</v>'
)
_BARE = re.compile(
    rb'<(?:\w+:)?c\b[^>]*\sr="([A-Z]{1,3}\d{1,7})"[^>/]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_PERCENT = {b"9", b"10"}
"""Numbers of the formats 0% and 0.00%, which are the same in every workbook."""


def of_sheet(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """`errors` as pairs of address and error, `formulas` without a value as addresses, `hidden_rows` counted from 1,
    `percent` as pairs of a column, counted from 0, and how many of its numbers are shown as percentages.

    Each list ends after some hundreds: they are told, not read. Nothing is known of a sheet that cannot be found.
    """
    place = _places(archive).get(name)
    if place is None:
        return {}
    xml = archive.read(place)
    errors = [[found[1].decode(), found[2].decode("utf-8", "replace")] for found in _some(_ERROR, xml)]
    return {
        "errors": errors,
        "formulas": [found[1].decode() for found in _some(_BARE, xml)],
        "percent": _percentages(archive, xml),
        "hidden_rows": [int(found[1]) for found in _HIDDEN.finditer(xml)][:50_001],
    }


def _percentages(archive: zipfile.ZipFile, xml: bytes) -> list[list[int]]:
    if "xl/styles.xml" not in archive.namelist():
        return []
    book = archive.read("xl/styles.xml")
    formats = [one for one in _FORMAT.findall(book) if "%" in _attribute(one, b"formatCode")]
    own = {_attribute(one, b"numFmtId").encode() for one in formats}
    styles = _STYLES.search(book)
    shown = [_attribute(one, b"numFmtId").encode() for one in _STYLE.findall(styles[0])] if styles else []
    numbers = b"|".join(str(index).encode() for index, number in enumerate(shown) if number in own | _PERCENT)
    if not numbers:
        return []
    cell = re.compile(
        rb'<(?:\w+:)?c\b(?=[^>]*\ss="(?:' + numbers + rb')")(?![^>]*\st="[^n])[^>]*\sr="([A-Z]{1,3})\d{1,7}"[^>/]*>'
    )
    counts: dict[int, int] = {}
    for found in cell.finditer(xml):
        column = 0
        for letter in found[1]:
            column = column * 26 + letter - 64
        counts[column - 1] = counts.get(column - 1, 0) + 1
    return [[column, count] for column, count in counts.items()]


def _some(pattern: re.Pattern[bytes], xml: bytes) -> list[re.Match[bytes]]:
    return [found for found, _ in zip(pattern.finditer(xml), range(MOST_TOLD), strict=False)]


def _places(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet lies, by its name."""
    parts = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
        return {}
    related = {
        _attribute(one, b"Id"): _attribute(one, b"Target")
        for one in _RELATED.findall(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found: dict[str, str] = {}
    for one in _NAMED.findall(archive.read("xl/workbook.xml")):
        target = related.get(_attribute(one, rb"(?:\w+:)?id"), "").lstrip("/")
        place = target if target.startswith("xl/") else f"xl/{target}"
        if place in parts:
            found[html.unescape(_attribute(one, b"name"))] = place
    return found


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return match[1].decode("utf-8", "replace") if match else ""

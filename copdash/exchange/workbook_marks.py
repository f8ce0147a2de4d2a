"""What a workbook says beside its values: error cells, formulas that were never calculated, and hidden rows.

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


def of_sheet(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """`errors` as pairs of address and error, `formulas` without a value as addresses, `hidden_rows` counted from 1.

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
        "hidden_rows": [int(found[1]) for found in _HIDDEN.finditer(xml)][:20_000],
    }


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

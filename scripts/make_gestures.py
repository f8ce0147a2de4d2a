"""Writes what follows from the descriptions of the gestures: the boards' module of them, and their documentation.

`python scripts/make_gestures.py`; tests/test_gesture_files.py fails while one of the two says something else.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import copdash  # noqa: E402
from copdash import gestures, verbs  # noqa: E402
from copdash.models import Role  # noqa: E402

MODULE = ROOT / "copdash" / "components" / "boards" / "shared" / "gestures.js"
PAGE = ROOT / "docs" / "gestures.md"
ENVELOPE = ("id", "case_study_id", "name")


def main() -> None:
    """Write both."""
    MODULE.write_text(module(), "utf-8")
    PAGE.write_text(page(), "utf-8")


def module() -> str:
    """A function for each gesture that a board may send: its name and its fields, as the server checks them."""
    sent = gestures.sent_by_boards()
    lines = [
        "/**",
        " * The gestures that a board may send, as their verbs describe them. Made by scripts/make_gestures.py.",
        " *",
        " * @typedef {string | number | boolean | null} Value",
        " */",
        "",
        "/** What each is called in the change log. */",
        "export const GESTURE = Object.freeze({",
        *(f'  {one.name}: /** @type {{"{one.name}"}} */ ("{one.name}"),' for one in sent),
        "});",
    ]
    for one in sent:
        schema = one.model.model_json_schema()
        fields = {name: part for name, part in schema["properties"].items() if name not in ENVELOPE}
        asked = set(schema.get("required", ()))
        lines += ["", "/**", f" * {said(one.about)}"]
        if not fields:
            lines += [" */", f"export const {one.name} = () => ({{ name: GESTURE.{one.name} }});"]
            continue
        listed = ", ".join(
            f"{name}{'' if name in asked else '?'}: {kind_of(part, schema)}" for name, part in fields.items()
        )
        lines += [
            f" * @param {{{{{listed}}}}} {'fields' if asked & set(fields) else '[fields]'}",
            " */",
            f"export const {one.name} = (fields) => ({{ name: GESTURE.{one.name}, ...fields }});",
        ]
    return "\n".join(lines) + "\n"


def said(line: str) -> str:
    """The first line of a docstring without what it raises and returns."""
    return re.split(r" (?:Raises|Returns) ", line)[0]


def kind_of(part: dict[str, Any], whole: dict[str, Any]) -> str:
    """A JSON schema as a JSDoc type."""
    if "$ref" in part:
        return kind_of(whole["$defs"][part["$ref"].rsplit("/", 1)[1]], whole)
    if "anyOf" in part:
        kinds = list(dict.fromkeys(kind_of(one, whole) for one in part["anyOf"]))
        return "Value" if {"string", "number", "boolean", "null"} <= set(kinds) else " | ".join(kinds)
    kind = part.get("type")
    if kind == "array":
        inner = kind_of(part["items"], whole)
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if kind == "object":
        if "properties" in part:
            asked = set(part.get("required", ()))
            inner = ", ".join(
                f"{name}{'' if name in asked else '?'}: {kind_of(one, whole)}"
                for name, one in part["properties"].items()
            )
            return f"{{{inner}}}"
        return "Record<string, any>"
    return {"integer": "number", "null": "null"}.get(str(kind), str(kind))


def page() -> str:
    """Every gesture with who may do it and when, for whoever reads a log or a file."""
    for found in pkgutil.walk_packages(copdash.__path__, "copdash."):
        if not found.name.startswith(("copdash.migrations", "copdash.ui", "copdash.server")):
            importlib.import_module(found.name)  # importing it describes its verbs
    lines = [
        "# Gestures",
        "",
        "What the change log calls each thing that somebody did. Made by `scripts/make_gestures.py` from the",
        "descriptions that stand where the verbs stand (`@verb`); a name never changes its meaning: files hold it.",
        "",
        "| name | what | verb | roles | boards send | names hidden | undo |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in sorted(verbs.GESTURES.values(), key=lambda described: described.name):
        fields = ", ".join(f"`{part.name}`" for part in one.parameters) if one.sent_to else ""
        verb = f"{one.verb.__module__.removeprefix('copdash.')}.{one.verb.__qualname__}"
        about = said((inspect.getdoc(one.verb) or "").split("\n")[0]).rstrip(".")
        roles = ", ".join(sorted(role.value for role in one.may if role is not Role.PROGRAM))
        hidden = f"yes, but for {', '.join(one.words)}" if one.words else "yes" if one.with_names_hidden else ""
        undo = "yes" if one.undoable else ""
        sends = fields or ("yes" if one.sent_to else "")
        lines.append(f"| `{one.name}` | {about} | `{verb}` | {roles} | {sends} | {hidden} | {undo} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

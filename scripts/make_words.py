"""Writes the tables of copdash/words.py into the boards' JavaScript, so that both say days and fold names alike.

`python scripts/make_words.py`; tests/test_words.py fails while the module says something else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from copdash import words  # noqa: E402

MODULE = ROOT / "copdash" / "components" / "boards" / "shared" / "words_tables.js"


def main() -> None:
    """Write it."""
    MODULE.write_text(module(), "utf-8")


def module() -> str:
    """The tables as JavaScript; signs that nobody sees, and all outside ASCII, by their numbers."""
    return "\n".join(
        [
            "/** The tables of copdash/words.py. Made by scripts/make_words.py; words.js is what uses them. */",
            "",
            f"export const MONTHS = {json.dumps(words.MONTHS)};",
            "",
            "/** What is not formed by the endings. @type {Record<string, string>} */",
            f"export const IRREGULAR = {json.dumps(words.IRREGULAR)};",
            "",
            "/** Typographic signs and the plain ones. @type {Record<string, string>} */",
            *_table("TWINS", words.TWINS),
            "",
            "/** Small letters that Unicode does not take apart. @type {Record<string, string>} */",
            *_table("LETTERS", words.LETTERS),
            "",
            "/** How letters are written out. @type {Record<string, string>} */",
            *_table("SPELLED", words.SPELLED),
            "",
            "/** Accents. */",
            f"export const MARKS = /[{_escaped(words.MARKS)}]/g;",
            "",
        ]
    )


def _table(name: str, table: Mapping[str, str]) -> list[str]:
    lines, line = [], " "
    for sign, plain in table.items():
        entry = f" {json.dumps(sign)}: {json.dumps(plain)},"
        if len(line) + len(entry) > 118:
            lines.append(line)
            line = " "
        line += entry
    return [f"export const {name} = {{", *lines, line, "};"]


def _escaped(text: str) -> str:
    return "".join(sign if sign.isascii() else f"\\u{ord(sign):04x}" for sign in text)


if __name__ == "__main__":
    main()

"""Which stakeholder a name in a file means, and how several of them stand in one cell."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copdash.errors import Invalid
from copdash.exchange import words
from copdash.words import shortened

Stored = Mapping[str, Any]

_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=;|$)|([^;]*))(?:;|$)')


class Names:
    """Finds a stakeholder by name and organisation among the stored ones and those to be added."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        self._exact: defaultdict[tuple[str, str], list[Stored]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Stored]] = defaultdict(list)
        for one in stored:
            self.add(one)

    def add(self, one: Stored) -> None:
        """Make a stakeholder known; it needs `id`, `name` and `organisation`."""
        name, organisation = words.key(one["name"]), words.key(one.get("organisation") or "")
        self._exact[name, organisation].append(one)
        self._by_name[name].append(one)

    def find(self, name: str, organisation: str | None) -> Stored | None:
        """The one with this name and organisation; without an organisation (None) the only one with this name.

        Raises `Invalid` where there are several.
        """
        key = words.key(name)
        found = self._exact.get((key, words.key(organisation or ""))) or []
        if not found and organisation is None:
            found = self._by_name.get(key) or []
        if len(found) > 1:
            if organisation is None and len({words.key(one.get("organisation") or "") for one in found}) > 1:
                raise Invalid(f"Several stakeholders are called “{name}”; add a column with the organisation.")
            raise Invalid(f"Several stakeholders are called “{name}”; give them different names first.")
        return found[0] if found else None

    def knows(self, text: str) -> bool:
        """Whether somebody has this very name."""
        return bool(self._by_name.get(words.key(text)))

    def meant(self, text: str) -> Stored | None:
        """The one that `text` names, as “Name” or, where several have that name, as “Name (Organisation)”.

        Raises `Invalid` where it could be several.
        """
        found = self._by_name.get(words.key(text)) or []
        if len(found) == 1:
            return found[0]
        for cut in (match.start() for match in re.finditer(r"\(", text)):
            if text.endswith(")"):
                other = self._exact.get((words.key(text[:cut]), words.key(text[cut + 1 : -1]))) or []
                if len(other) == 1:
                    return other[0]
        alone = [one for one in found if not one.get("organisation")]
        if len(alone) == 1:
            return alone[0]
        if found:
            raise Invalid(f"Several stakeholders are called “{text}”; write it as “{text} (its organisation)”.")
        return None

    def label(self, one: Stored) -> str:
        """What `meant` finds this one by: its name, with the organisation where the name alone would not do."""
        name, organisation = str(one["name"]), str(one.get("organisation") or "")
        alone = len(self._by_name.get(words.key(name)) or []) <= 1
        return name if alone or not organisation else f"{name} ({organisation})"


def cell(labels: Sequence[str]) -> str:
    """Several names in one cell as “a; b”. One with a semicolon or the like inside stands in quotation marks."""
    return "; ".join(
        '"' + label.replace('"', '""') + '"' if label.startswith('"') or re.search(r"[;|\n]", label) else label
        for label in labels
    )


def invited(
    text: str,
    names: Names,
    already: Sequence[uuid.UUID],
    *,
    what: str = "invited",
    among: str = "stakeholders",
) -> tuple[tuple[uuid.UUID, ...], list[str]]:
    """The ids of the stakeholders named in a cell, and a sentence for each name that was not found.

    Where a name was not found nobody who is invited already is left out: the name may be an older one of theirs.
    """
    found: dict[uuid.UUID, None] = {}
    warnings: list[str] = []
    for text_of_one in _apart(text, names):
        try:
            one = names.meant(text_of_one)
        except Invalid as problem:
            warnings.append(str(problem))
            continue
        if one is None:
            short = shortened(text_of_one, 60)
            warnings.append(f"“{short}” is not on the list of {among}; not {what}.")
        else:
            found[one["id"]] = None
    wanted = {**dict.fromkeys(already), **found} if warnings else found
    return (tuple(already) if set(wanted) == set(already) else tuple(wanted)), warnings


def _apart(text: str, names: Names) -> list[str]:
    """The names in a cell: semicolons separate, without them line breaks, bars or, where no name has them, commas."""
    quoted = '"' in text
    sign = next((sign for sign in (";", "\n", "|") if sign in text), "")
    if sign in {"\n", "|"} and not quoted:
        parts = text.split(sign)
    elif not sign and "," in text and not quoted and not names.knows(text):
        parts = text.split(",")
    else:
        parts = [(match[1] or "").replace('""', '"') or match[2] or "" for match in _ITEM.finditer(text)]
    return list(dict.fromkeys(part for one in parts if (part := words.line(one))))

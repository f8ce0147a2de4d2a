"""Did you mean …: names of a file that are nearly those of stakeholders who are listed already.

Names are compared as likely duplicates are, by `analysis.duplicates`. A person answers; nothing is taken by itself.
"""

from __future__ import annotations

import functools
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from copdash.analysis import duplicates
from copdash.exchange import words

Key = tuple[str, str]
"""A name and an organisation as they are compared."""

Same = Mapping[Key, uuid.UUID | None]
"""What a person said: this name in the file is that stakeholder, or None for a new one."""

MOST_PAIRS = 2_000_000
"""So many pairs of a new and a listed name are compared, which takes about a second."""
MOST_LIKE = 3


class _Name(NamedTuple):
    name: str
    organisation: str
    kind: str
    country: str
    scale: str


@dataclass(frozen=True, slots=True)
class Near:
    """A new name of the file, and the listed stakeholders it is near to, as pairs of id and label, nearest first."""

    name: str
    organisation: str
    like: tuple[tuple[uuid.UUID, str], ...]

    @property
    def question(self) -> str:
        """“Did you mean Water board (Province)?”."""
        return f"Did you mean {' or '.join(label for _, label in self.like)}?"


def key(name: str, organisation: str) -> Key:
    """How a name of the file is known in `Same`."""
    return words.key(name), words.key(organisation)


def found(new: Sequence[Mapping[str, Any]], listed: Iterable[Mapping[str, Any]]) -> dict[Key, Near]:
    """The new stakeholders, as values, that are near to a listed one; none where there are too many to compare."""
    known = list(listed)
    if not new or not known or len(new) * len(known) > MOST_PAIRS:
        return {}
    like: defaultdict[int, list[tuple[uuid.UUID, str]]] = defaultdict(list)
    for one in _across(tuple(map(_name, new)), tuple(map(_name, known))):
        if len(like[one.first]) < MOST_LIKE:
            like[one.first].append((known[one.second]["id"], _label(known[one.second])))
    near = {}
    for place in sorted(like):
        name, organisation = str(new[place].get("name") or ""), str(new[place].get("organisation") or "")
        near[key(name, organisation)] = Near(name, organisation, tuple(like[place]))
    return near


@functools.lru_cache(maxsize=16)
def _across(new: tuple[_Name, ...], known: tuple[_Name, ...]) -> list[duplicates.Likeness]:
    return duplicates.across(new, known)


def _name(row: Mapping[str, Any]) -> _Name:
    return _Name(*(str(row.get(field) or "") for field in _Name._fields))


def _label(row: Mapping[str, Any]) -> str:
    organisation = str(row.get("organisation") or "")
    return f"{row['name']} ({organisation})" if organisation else str(row["name"])

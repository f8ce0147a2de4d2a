"""Two rows that become one: what they say differently is asked field by field, the rest needs no choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from copdash import words
from copdash.fields import Column, shown
from copdash.ui.habits import texts

JOINED = {"note": "\n", "themes": "; ", "expertise": "; "}
"""Where both values can stay: notes below each other, lists of words in a row."""
MINE, THEIRS, BOTH = 0, 1, 2


class Choices:
    """What `one`, which is kept, and `other` say; `units` are fields that are chosen together, by the first of them."""

    def __init__(
        self,
        key: str,
        one: Any,
        other: Any,
        columns: Mapping[str, Column],
        units: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.key, self.one, self.other, self.columns = key, one, other, columns
        later = {name for unit in units.values() for name in unit[1:]}
        self.units = [units.get(name, (name,)) for name in columns if name not in later]

    @property
    def apart(self) -> list[tuple[str, ...]]:
        """The units of which the two say different things."""
        return [
            unit
            for unit in self.units
            if self._of(self.one, unit) != self._of(self.other, unit)
            and self._says(self.one, unit)
            and self._says(self.other, unit)
        ]

    def agreed(self, *, kept: bool = True) -> Iterator[tuple[str, str]]:
        """What needs no choice: what both say, and what only one of them says."""
        asked = {name for unit in self.apart for name in unit}
        both: list[str] = []
        alone: list[str] = []
        for name, column in self.columns.items():
            values = [value for value in (getattr(row, name) for row in (self.one, self.other)) if _is_set(value)]
            if name not in asked and values:
                (both if len(values) == 2 else alone).append(f"{column.label}: {shown(values[0])}")
        if both:
            yield "Both say", " · ".join(both)
        if alone:
            yield "Said by one of them, and kept" if kept else "Said by one of them", " · ".join(alone)

    def ask(self, can_edit: bool) -> None:
        """A choice for each unit that differs."""
        for unit in self.apart:
            labels = [texts.as_typed(self.said(row, unit)) for row in (self.one, self.other)] + ["Both"]
            st.radio(
                texts.as_typed(self.label(unit)),
                [MINE, THEIRS, *([BOTH] if self._joint(unit[0]) else [])],
                format_func=labels.__getitem__,
                horizontal=True,
                key=f"{self.key}.{unit[0]}",
                disabled=not can_edit,
                width="stretch",
            )

    def label(self, unit: Sequence[str]) -> str:
        """What a unit is called: «Power and interest»."""
        first, *others = (self.columns[name].label for name in unit)
        return words.listed([first, *(label[:1].lower() + label[1:] for label in others)])

    @staticmethod
    def said(row: Any, unit: Sequence[str]) -> str:
        """What a row says of a unit, in words."""
        return " / ".join(shown(getattr(row, name)) for name in unit)

    def values(self) -> dict[str, Any]:
        """The values of the kept row that become others: as was chosen, and what only the other one said."""
        found: dict[str, Any] = {}
        for unit in self.units:
            choice = MINE if self._says(self.one, unit) else THEIRS
            if self._says(self.one, unit) and self._says(self.other, unit):
                choice = st.session_state.get(f"{self.key}.{unit[0]}", MINE)
            for name in unit:
                mine, theirs = getattr(self.one, name), getattr(self.other, name)
                if mine != theirs:
                    found[name] = self._joint(name).join((mine, theirs)) if choice == BOTH else (mine, theirs)[choice]
        return found

    def seen(self) -> dict[Any, dict[str, Any]]:
        """What of both was on the screen, by id."""
        return {row.id: {name: getattr(row, name) for name in self.columns} for row in (self.one, self.other)}

    def _joint(self, name: str) -> str:
        return JOINED.get(name) or JOINED.get(self.columns[name].shape, "")

    def _of(self, row: Any, unit: Sequence[str]) -> list[Any]:
        return [getattr(row, name) for name in unit]

    def _says(self, row: Any, unit: Sequence[str]) -> bool:
        return any(_is_set(value) for value in self._of(row, unit))


def _is_set(value: object) -> bool:
    return value not in ("", None)

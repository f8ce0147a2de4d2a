"""The fields of one row as a form without a button: each is saved as soon as it is changed, with what its author saw.

An edit of the same field by somebody else shows up, half-typed text in the others is left alone (`sessions.widget`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from copdash.fields import Column, plain
from copdash.models import CaseStudy
from copdash.ui.habits import changes, sessions

_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)

Values = Mapping[str, object]
Save = Callable[[Values, Values], Callable[[Any], object]]
"""Of new values and those that were on screen, the change that saves them."""
Together = Callable[[Any, str, Any], tuple[dict[str, object], dict[str, object]] | None]
"""Of a row, a field and what was given, new and seen values where several fields are one unit."""


class Fields:
    """The fields of one row, each the widget that suits its column. `words` are offered where any text is allowed."""

    def __init__(
        self,
        case_study: CaseStudy,
        row: Any,
        columns: Mapping[str, Column],
        save: Save,
        can_edit: bool,
        *,
        prefix: str = "meeting",
        together: Together | None = None,
        words: Mapping[str, Sequence[str]] | None = None,
        after: Callable[[str], object] | None = None,
    ) -> None:
        self.case_study, self.row, self.columns = case_study, row, columns
        self.save, self.can_edit = save, can_edit
        self.prefix, self.together, self.words, self.after = prefix, together, words or {}, after

    def pair(self, *fields: str) -> None:
        """Fields beside each other."""
        with st.container(horizontal=True, gap="small"):
            for field in fields:
                self.show(field)

    def show(self, field: str, **more: Any) -> None:
        """One field; `more` goes to its widget."""
        column, stored = self.columns[field], getattr(self.row, field)
        key = sessions.widget(f"{self.prefix}.{self.row.id}.{field}", stored)
        common: dict[str, Any] = {
            "key": key,
            "disabled": not self.can_edit,
            "on_change": self.changed,
            "args": (field, key),
            **more,
        }
        words = list(self.words.get(field, ())) or (column.choices.values() if column.choices else [])
        if words:
            options = [*([] if column.required else [""]), *words]
            options += [] if stored in options else [stored]
            st.selectbox(
                column.label,
                options,
                options.index(stored),
                format_func=lambda word: word or "Not set",
                accept_new_options=field in self.words,
                **({"help": "Choose one, or type another and press Enter"} if field in self.words else {}) | common,
            )
        elif column.shape == "day":
            st.date_input(column.label, stored, **calendar(), **common)
        elif column.shape == "minutes":
            st.number_input(column.label, 0, 1440, stored, 5, **common)
        elif column.shape == "note":
            st.text_area(column.label, stored, height=80, **common)
        else:
            if column.shape == "clock":
                common["placeholder"] = "09:30"
            st.text_input(column.label, stored, **common)

    def changed(self, field: str, key: str) -> None:
        """Callback: one field as one gesture, beside what was on screen. Refused, it shows the truth again."""
        given = st.session_state[key]
        value = given if isinstance(given, int) else plain(given) or ""
        units = self.together(self.row, field, given) if self.together else None
        values, seen = units or ({field: value}, {field: plain(getattr(self.row, field))})
        if changes.attempt(self.case_study.id, self.save(values, seen)) and self.after:
            self.after(field)


def calendar() -> dict[str, Any]:
    """How days are asked for."""
    return {"min_value": _FIRST, "max_value": _LAST, "format": "DD/MM/YYYY"}


def days_together(row: Any, field: str, given: dt.date | None) -> tuple[dict[str, object], dict[str, object]] | None:
    """Start and end are one unit: another start takes the end along, and there is no end without a start."""
    if field not in ("starts_on", "ends_on"):
        return None
    if field == "starts_on":
        length = row.ends_on - row.starts_on if row.starts_on and row.ends_on else dt.timedelta()
        first, last = given, given + length if given else None
    else:
        first, last = row.starts_on or given, given
    values: dict[str, object] = {"starts_on": plain(first), "ends_on": plain(last or first)}
    return values, {"starts_on": plain(row.starts_on), "ends_on": plain(row.ends_on)}

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
from copdash.ui.habits import changes, sessions, texts

_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)

Values = Mapping[str, object]
Save = Callable[[Values, Values], Callable[[Any], object]]
"""Of new values and those that were on screen, the change that saves them."""
Together = Callable[[Any, str, Any], tuple[dict[str, object], dict[str, object]] | None]
"""Of a row, a field and what was given, new and seen values where several fields are one unit."""


class Fields:
    """The fields of one row, each the widget that suits its column.

    `words` are offered where any text is allowed, and of `closed` one must be chosen; `helps` are said beside fields.
    `after` is called with a field that was saved.
    """

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
        closed: Mapping[str, Sequence[str]] | None = None,
        helps: Mapping[str, str] | None = None,
        after: Callable[[str], object] | None = None,
    ) -> None:
        self.case_study, self.row, self.columns = case_study, row, columns
        self.save, self.can_edit = save, can_edit
        self.prefix, self.together, self.after = prefix, together, after
        self.words, self.closed, self.helps = words or {}, closed or {}, helps or {}

    def pair(self, *fields: str) -> None:
        """Fields beside each other."""
        if len(fields) == 1:
            self.show(fields[0])
            return
        with st.container(horizontal=True, gap="small"):
            for field in fields:
                self.show(field)

    def show(self, field: str, **more: Any) -> None:
        """One field; `more` goes to its widget."""
        column, stored = self.columns[field], getattr(self.row, field)
        words = list(self.words.get(field, ())) or list(self.closed.get(field, ()))
        if words or column.choices:
            self._choice(column, stored, words or (column.choices.values() if column.choices else []), more)
        elif column.shape == "day":
            st.date_input(self.label(field), stored, **calendar(), **self._common(field, more))
        elif column.shape == "minutes":
            st.number_input(self.label(field), 0, 1440, stored, 5, **self._common(field, more))
        elif column.shape == "rating":
            more = {"format": "%.1f", "placeholder": "0 to 10", **more}
            st.number_input(self.label(field), 0.0, 10.0, stored, 0.1, **self._common(field, more))
        elif column.shape == "note":
            st.text_area(self.label(field), stored, height=80, **self._common(field, more))
        else:
            if column.shape == "clock":
                more = {"placeholder": "09:30", **more}
            st.text_input(self.label(field), stored, **self._common(field, more))

    def slider(self, field: str) -> None:
        """A rating that is there; a slider cannot be empty."""
        stored, common = getattr(self.row, field), self._common(field, {}, "slider")
        st.slider(self.label(field), 0.0, 10.0, stored, step=0.1, format="%.1f", **common)

    def label(self, field: str) -> str:
        """What the field is called here, as it was typed."""
        return texts.as_typed(self.columns[field].label)

    def _choice(self, column: Column, stored: str, words: Sequence[str], more: Mapping[str, Any]) -> None:
        options = [*([] if column.required else [""]), *words]
        options += [] if stored in options else [stored]
        if column.name in self.words:
            more = {"help": "Choose one, or type another and press Enter", **more}
        st.selectbox(
            self.label(column.name),
            options,
            options.index(stored),
            format_func=lambda word: word or "Not set",
            accept_new_options=column.name in self.words,
            **self._common(column.name, more),
        )

    def _common(self, field: str, more: Mapping[str, Any], form: str = "") -> dict[str, Any]:
        """What every widget of a field has: its key, who may change it, and what a change does."""
        stored = getattr(self.row, field)
        name = ".".join(filter(None, (self.prefix, str(self.row.id), field, form)))
        key = sessions.widget(name, stored)
        return {
            "key": key,
            "disabled": not self.can_edit,
            "help": self.helps.get(field),
            "on_change": self.changed,
            "args": (field, key),
            **more,
        }

    def changed(self, field: str, key: str) -> None:
        """Callback: one field as one gesture, beside what was on screen. Refused, it shows the truth again."""
        given, stored = st.session_state[key], getattr(self.row, field)
        if sessions.alike(given, stored):
            return
        units = self.together(self.row, field, given) if self.together else None
        values, seen = units or ({field: "" if given is None else plain(given)}, {field: plain(stored)})
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

"""A picture of a screen for a report, and the same as a table: one popover on each page that has one.

The picture is drawn on the server from the rows that the screen shows (with pseudonyms where names are hidden) and
becomes a file in the browser only: nothing is put at an address that others could open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from copdash import components, register
from copdash.analysis import roadmaps
from copdash.analysis.compositions import WORDS, Composition, table
from copdash.exchange import exports
from copdash.fields import shown
from copdash.figures import pictures
from copdash.figures.sheets import SIZES
from copdash.models import CaseStudy, Relation, Stakeholder
from copdash.ui.habits import texts

Rows = Sequence[Stakeholder]
Line = Mapping[str, Any]


def grid(case_study: CaseStudy, rows: Rows) -> None:
    """Of the power-interest grid."""

    def draw(size: str, day: dt.date) -> str:
        return pictures.grid(
            rows,
            case_study=case_study.title,
            date=day,
            size=size,
            quadrant_names=case_study.quadrant_names,
            axes=case_study.axes,
            called=register.axes(case_study),
        )

    _popover(case_study, "grid", draw, lambda: _lines(rows, ("name", "group", "power", "interest", "membership")))


def network(case_study: CaseStudy, rows: Rows, ties: Sequence[Relation]) -> None:
    """Of the network."""
    names = {row.id: row.name for row in rows}

    def draw(size: str, day: dt.date) -> str:
        return pictures.network(rows, ties, case_study=case_study.title, date=day, size=size)

    def lines() -> list[Line]:
        return [
            {
                "From": names[tie.from_id],
                "Direction": "to" if tie.directed else "with",
                "To": names[tie.to_id],
                "Type": tie.type,
                "Strength": str(tie.strength),
            }
            for tie in ties
        ]

    _popover(case_study, "network", draw, lines)


def matrix(case_study: CaseStudy, rows: Rows) -> None:
    """Of the engagement matrix."""

    def draw(size: str, day: dt.date) -> str:
        return pictures.matrix(rows, case_study=case_study.title, date=day, size=size)

    _popover(case_study, "matrix", draw, lambda: _lines(rows, ("name", "power", "attitude", "attitude_wanted")))


def composition(case_study: CaseStudy, here: Mapping[str, Composition]) -> None:
    """Of who there is: the list, the CoP."""
    dimension = next(iter(here.values())).dimension

    def draw(size: str, day: dt.date) -> str:
        return pictures.composition(here, what=WORDS[dimension][0], case_study=case_study.title, date=day, size=size)

    _popover(case_study, "composition", draw, lambda: table(here, {}, dimension))


def _popover(
    case_study: CaseStudy, name: str, draw: Callable[[str, dt.date], str], lines: Callable[[], Sequence[Line]]
) -> None:
    # The board copies it as it opens, so the button says so.
    # Made when it is opened: drawn at each drop of a dot it would take longer than all else.
    opened = st.popover(
        "Copy picture",
        icon=":material/image:",
        key=f"pictures.{name}",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        size = st.segmented_control(
            "Size",
            list(SIZES),
            default="slide",
            required=True,
            format_func=lambda choice: SIZES[choice].label,
            key=f"pictures.{name}.size",
            label_visibility="collapsed",
        )
        chosen = size or "slide"
        day = roadmaps.today(case_study)
        components.picture(
            draw(chosen, day),
            name=exports.file_name(f"{case_study.title} {name}", ""),
            scale=SIZES[chosen].scale,
            alternative=f"{name.capitalize()} of {case_study.title}; the table below says the same",
            key=f"pictures.{name}.made",
        )
        with st.expander("The same as a table", icon=":material/table:"):
            written = [{head: texts.as_typed(shown(cell)) for head, cell in line.items()} for line in lines()]
            if written:
                st.table(written)
            else:
                st.caption("There is nothing in it yet.")


def _lines(rows: Rows, fields: Sequence[str]) -> list[Line]:
    return [{field.replace("_", " ").capitalize(): getattr(row, field) for field in fields} for row in rows]

"""What the list of stakeholders is made of: its columns, its rows for the board, and what an empty one says."""

from __future__ import annotations

import zlib
from typing import Any

import streamlit as st

from copdash import register
from copdash.components.list_board import ListColumn
from copdash.fields import STAKEHOLDER
from copdash.figures import colours
from copdash.models import CaseStudy
from copdash.ui.habits import empty
from copdash.ui.sharing import imports

KEY = "stakeholders.board"

HIDDEN_AT_FIRST = {"kind", "organisation", "role", "helix", "country", "themes", "rationale", "notes"}
HIDDEN_AT_FIRST |= {"expertise", "stake", "expectations", "needs", "source"}
"""Columns that wait in the column chooser, so that nothing is cut off sideways; where there is room, more show."""


def key(case_study: CaseStudy) -> str:
    """The key of the board: another one when the case study shows other fields, as a table has fixed columns."""
    look = zlib.crc32(f"{case_study.hidden_fields}\n{case_study.labels}".encode())
    return f"{KEY}.{case_study.id}.{look:08x}"


def columns(case_study: CaseStudy) -> list[ListColumn]:
    """The columns of the list, in the order of the fields: those that the case study shows, with its labels."""
    return [
        ListColumn(
            name=column.name,
            label=column.label,
            standard=STAKEHOLDER[column.name].label,
            shape=column.shape,
            choices=column.choices.values() if column.choices else None,
            required=column.required,
            suggests=column.name == "organisation",
            shown=column.name not in HIDDEN_AT_FIRST,
        )
        for column in register.columns(case_study).values()
    ]


def legend() -> dict[str, dict[str, Any]]:
    """The mark of each group, for both themes."""
    return {"light": colours.table("light"), "dark": colours.table("dark")}


def teach(case_study: CaseStudy) -> None:
    """What an empty list is for, and the ways to fill it; the board below offers to type and to paste."""
    with st.container(border=True, gap="small"):
        st.markdown("#### Who has a stake in this case study?")
        st.write(
            "List everybody whom the Community of Practice concerns: who decides, who delivers, who uses, who is "
            "affected. Power-interest grid, network and invitations all draw on this list."
        )
        imports.drop_zone(case_study)
        empty.example()

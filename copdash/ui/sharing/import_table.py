"""The preview of an import as a table: a line of the file, what becomes of it, and why."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from copdash import words
from copdash.exchange.cells import COLUMNS
from copdash.exchange.headings import Subject
from copdash.exchange.previews import Planned, Preview, Verdict
from copdash.exchange.remarks import Told
from copdash.fields import shown
from copdash.ui.habits import texts

WORDS: dict[Verdict, str] = {
    "added": "+ Added",
    "updated": "→ Updated",
    "unchanged": "= Unchanged",
    "refused": "× Refused",
    "left out": "– Left out",
}
ICONS = {
    "all": "",
    "added": ":material/add:",
    "updated": ":material/sync:",
    "unchanged": ":material/equal:",
    "refused": ":material/block:",
    "left out": ":material/remove:",
    "warned": ":material/warning:",
}
HEIGHT = 560
MOST_REASONS = 60


def counts(plan: Preview) -> dict[str, int]:
    """How many lines each filter shows; those that show nothing are left out."""
    found: dict[str, int] = {"all": len(plan.planned)}
    found.update((verdict, plan.count(verdict)) for verdict in WORDS)
    found["warned"] = sum(_has_remarks(one) for one in plan.planned)
    return {name: count for name, count in found.items() if count or name == "all"}


def filtered(plan: Preview, key: str) -> str:
    """The counts, to be clicked as filters; returns the chosen one."""
    found = counts(plan)
    titles = {"all": "All lines", "warned": "With remarks"}
    if st.session_state.get(key) not in found:
        st.session_state[key] = "all"
    return str(
        st.segmented_control(
            "Show",
            list(found),
            format_func=lambda name: f"{ICONS[name]} {titles.get(name, name.capitalize())} {found.get(name, 0):,}",
            key=key,
            required=True,
            label_visibility="collapsed",
        )
    )


def show(plan: Preview, chosen: str) -> None:
    """The lines of the file that the filter lets through."""
    lines = [
        one
        for one in plan.planned
        if chosen == "all" or one.verdict == chosen or (chosen == "warned" and _has_remarks(one))
    ]
    frame = pd.DataFrame(
        [
            (
                one.row_number,
                WORDS[one.verdict],
                one.name,
                _what(one, plan.subject),
                " ".join(filter(None, (one.question, one.reason, *one.warnings))),
            )
            for one in lines
        ],
        columns=["Line", "Outcome", "Name", "What", "Remarks"],
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=min(HEIGHT, 38 + 35 * max(len(lines), 1)),
        column_config={
            "Line": st.column_config.NumberColumn(width=60, format="%d", help="The line of the file"),
            "Outcome": st.column_config.TextColumn(width=120),
            "Name": st.column_config.TextColumn(width="medium"),
            "What": st.column_config.TextColumn(width="large", help="What will be stored; old → new where it changes"),
            "Remarks": st.column_config.TextColumn(width="large", help="Why a line is refused, and what was left out"),
        },
    )


def _has_remarks(one: Planned) -> bool:
    return bool(one.warnings or one.question)


def reasons(told: Sequence[Told]) -> None:
    """What is not taken as it stands, a line a reason."""
    st.markdown("\n".join(f"- {texts.as_typed(one.text)}" for one in told[:MOST_REASONS]))
    if len(told) > MOST_REASONS:
        st.caption(f"and {len(told) - MOST_REASONS:,} more reasons; the table below has them line by line.")


def _what(one: Planned, subject: Subject) -> str:
    said = []
    for name, value in one.values.items():
        column = COLUMNS[subject].get(name)
        if column is None or name in ("name", "title"):
            continue
        now, label = _said(value), column.label.partition(" (")[0]
        said.append(f"{label}: {_said(one.before[name])} → {now}" if name in one.before else f"{label}: {now}")
    return " · ".join(said)


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return f"{len(value)}"
    if isinstance(value, uuid.UUID):
        return "one of a series"
    text = " ".join(shown(value).split())
    return words.shortened(text, 80)

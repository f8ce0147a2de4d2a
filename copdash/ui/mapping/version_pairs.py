"""Two maps of a case study side by side: which two, what changed in words, as pictures and as a table."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from copdash import register, versions
from copdash.analysis import movements, quadrants
from copdash.exchange import exports, tables
from copdash.figures.colours import Theme
from copdash.figures.versions import one_map
from copdash.models import Axes, CaseStudy
from copdash.store import Session
from copdash.ui.habits import sessions, texts
from copdash.ui.mapping.grid_versions import NOW, day
from copdash.versions import Frozen

FROM = "versions.from"
TO = "versions.to"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Pair:
    """Two maps under their titles, and what changed from the first to the second."""

    titles: tuple[str, str]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    found: movements.Movements


def choose(known: Sequence[Frozen]) -> tuple[str, str]:
    """Two versions, or one and now: their ids; the first one and now until somebody chooses."""
    titles = texts.apart({NOW: "Now"} | {str(one.id): one.title for one in reversed(known)})
    first = str(known[0].id)
    picked = []
    with st.container(horizontal=True):
        for key, label, default in ((FROM, "From", first), (TO, "To", NOW)):
            held = st.session_state.get(key)
            st.session_state[key] = held if held in titles else default
            picked.append(st.selectbox(label, list(titles), format_func=lambda row_id: titles.get(row_id, ""), key=key))
    return picked[0] or first, picked[1] or NOW


def read(session: Session, case_study_id: uuid.UUID, known: Sequence[Frozen], ids: tuple[str, str]) -> Pair:
    """The two maps of these ids."""
    titles = {str(one.id): one.title for one in known} | {NOW: "Now"}
    maps = [
        versions.now(session, case_study_id) if row_id == NOW else versions.at(session, uuid.UUID(row_id))
        for row_id in ids
    ]
    return Pair((titles[ids[0]], titles[ids[1]]), maps[0], maps[1], movements.between(maps[0], maps[1]))


def words(case_study: CaseStudy, pair: Pair) -> None:
    """What a leader can say aloud, and how the network has grown."""
    said = movements.sentences(pair.found, quadrants.LABELS.get(case_study.quadrant_names))
    both = "measures" in pair.before and "measures" in pair.after
    then, now = (_measured(content, both=both) for content in (pair.before, pair.after))
    st.text("\n".join([*said, f"Network: {then} → {now}."]))


def _measured(content: Mapping[str, Any], *, both: bool) -> str:
    """Ties and, where it was measured on both days, density."""
    density = content.get("measures", {}).get("density") if both else None
    return f"{len(content['relations'])} ties" + (f", density {density:.0%}" if density is not None else "")


def picture(case_study: CaseStudy, pair: Pair) -> None:
    """The two grids; on a phone one below the other."""
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    contents = (pair.before, pair.after)
    for place, which, content, title in zip(st.columns(2), ("before", "after"), contents, pair.titles, strict=True):
        figure = one_map(
            content,
            pair.found,
            title=title,
            quadrants=quadrants.from_top_left(case_study.quadrant_names, case_study.axes),
            called=register.axes(case_study),
            arrows=which == "after",
            turned=case_study.axes == Axes.INTEREST_UP,
            theme=theme,
        )
        place.plotly_chart(
            figure.update_layout(font_family='"Source Sans", sans-serif'),
            key=f"versions.picture.{which}",
            theme=None,
            config={"displayModeBar": False},
        )


def table(case_study: CaseStudy, pair: Pair) -> None:
    """Every change as a line, to read here or to take along."""
    lines = movements.table(pair.found, quadrants.LABELS.get(case_study.quadrant_names))
    if not lines:
        return
    labels = movements.COLUMNS
    st.dataframe(
        pd.DataFrame(
            [
                {name: f"{value:g}" if isinstance(value, float) else value or "" for name, value in row.items()}
                for row in lines
            ],
            columns=list(labels),
        ).rename(columns=labels),
        key="versions.table",
        hide_index=True,
        height=min(36 * len(lines) + 40, 420),
        column_config={
            labels["name"]: st.column_config.TextColumn(pinned=True, width="medium"),
            labels["reason"]: st.column_config.TextColumn(width="large"),
        },
    )
    name = f"{case_study.title} from {pair.titles[0]} to {pair.titles[1]}"
    with st.container(horizontal=True):
        st.download_button(
            "Changes as XLSX",
            lambda: tables.plain_xlsx("Changes", labels, lines),
            file_name=exports.file_name(name, ".xlsx"),
            mime=XLSX,
            key="versions.xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Changes as CSV",
            lambda: tables.plain_csv(labels, lines),
            file_name=exports.file_name(name, ".csv"),
            mime="text/csv",
            key="versions.csv",
            icon=":material/download:",
            on_click="ignore",
        )


def about(case_study: CaseStudy, version: Frozen) -> str:
    """Occasion, day and author of a version in one line."""
    by = f"by {version.by}" if version.by and not sessions.names_hidden() else ""
    return texts.as_typed(
        ", ".join(part for part in (version.occasion, day(case_study, version.frozen_at), by) if part)
    )

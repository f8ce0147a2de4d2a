"""What one row has been: when and by whom which field went from what to what."""

from __future__ import annotations

import uuid
import zoneinfo
from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from copdash import duplicates, history, store, words
from copdash.models import CaseStudy
from copdash.ui.habits import sessions, texts


def show(case_study: CaseStudy, row_id: uuid.UUID, taken_in: Sequence[tuple[uuid.UUID, str]] = ()) -> None:
    """The history of a stakeholder, meeting or milestone, newest first; then of those that were merged into it.

    `taken_in` are ids and titles of the meetings that a meeting took in.
    """
    zone = zoneinfo.ZoneInfo(case_study.time_zone)
    with store.reading(sessions.eye()) as session:
        entries = history.of_subject(session, row_id, limit=60)
        merged = [*taken_in, *duplicates.merged_into(session, row_id)]
    for _, together in groupby(entries, key=lambda entry: entry.gesture_id):
        parts = list(together)
        lines = [f"{e.label}: {e.before} → {e.after}" if e.before or e.after else e.label for e in parts]
        with st.container(gap=None):
            st.text("\n".join(reversed(lines)), width="stretch")
            st.caption(texts.as_typed(f"{parts[0].actor_name}, {words.moment(parts[0].at, zone)}"))
    for other_id, name in merged:
        st.markdown(f"**{texts.as_typed(name)}**, merged into it:")
        show(case_study, other_id)

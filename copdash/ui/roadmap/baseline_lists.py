"""Baselines of a roadmap: freeze one, choose one to look against, and read what has moved since and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from copdash import baselines
from copdash.analysis.slips import Slip
from copdash.models import Baseline, CaseStudy
from copdash.ui.habits import changes, sessions, texts

NONE = "none"


def chosen(frozen: Sequence[Baseline]) -> Baseline | None:
    """The baseline that is looked against: the newest, unless another one or none was chosen."""
    wanted = st.session_state.get(sessions.AGAINST)
    if wanted == NONE:
        return None
    return next((row for row in frozen if str(row.id) == wanted), frozen[0] if frozen else None)


def show(case_study: CaseStudy, frozen: Sequence[Baseline], slips: Callable[[str], list[Slip]], can_edit: bool) -> None:
    """Which baseline, what moved since it, and the buttons to freeze and delete one."""
    if frozen:
        titles = {str(row.id): row.title for row in frozen}
        against = chosen(frozen)
        now = str(against.id) if against else NONE
        key = sessions.widget("review.baseline", now)
        st.selectbox(
            "Baseline",
            [*titles, NONE],
            [*titles, NONE].index(now),
            format_func=lambda row_id: titles.get(row_id, "None"),
            key=key,
            on_change=_choose,
            args=(key,),
        )
        if against:
            moved = slips(against.content)
            if not moved:
                st.caption("All is as it was agreed.")
            for slip in moved:
                with st.container(gap=None):
                    st.text(f"{slip.title}: {slip.sentence}")
                    if slip.because:
                        st.caption(texts.as_typed(f"Because: {slip.because}"))
    else:
        st.caption("Nothing is agreed yet. When leader and KWR both agree, the roadmap is frozen; or freeze it now.")
    if can_edit:
        with st.container(horizontal=True):
            st.button(
                "Freeze the roadmap",
                key="review.freeze",
                icon=":material/lock_clock:",
                on_click=_freeze,
                args=(case_study,),
                help="Keep it as it stands now; what moves later shows against it",
            )
            against = chosen(frozen)
            if against:
                st.button(
                    "Delete this baseline",
                    key="review.unfreeze",
                    icon=":material/delete:",
                    type="tertiary",
                    on_click=_delete,
                    args=(case_study, against),
                )


def _choose(key: str) -> None:
    st.session_state[sessions.AGAINST] = st.session_state[key]


def _freeze(case_study: CaseStudy) -> None:
    changes.attempt(case_study.id, lambda session: baselines.freeze(session, case_study.id))
    st.session_state[sessions.AGAINST] = None


def _delete(case_study: CaseStudy, row: Baseline) -> None:
    changes.attempt(case_study.id, lambda session: baselines.remove(session, row.id))

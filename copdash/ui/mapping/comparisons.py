"""One pair of likely duplicates on the screen: what differs side by side, a choice each, and three ways on."""

from __future__ import annotations

import html
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from copdash import duplicates, register, stakeholders, store
from copdash.duplicates import Pair
from copdash.models import CaseStudy, Verdict
from copdash.ui.habits import changes, sessions
from copdash.ui.habits.choices import Choices

STYLE = Path(__file__).resolve().parent / "comparisons.css"
UNITS = {"power": ("power", "interest")}
"""Fields that are chosen together: one place on the grid."""
MOST_DECIDED = 40


def next_pair(found: Sequence[Pair]) -> Pair:
    """The first pair that was not put off; where all were, the one that was put off first."""
    later: list[str] = st.session_state.get(sessions.LATER, [])
    return min(found, key=lambda pair: later.index(_key(pair)) if _key(pair) in later else -1)


def show(case_study: CaseStudy, pair: Pair) -> None:
    """The pair, with a choice for each field that differs if it can be merged, and the buttons."""
    columns = register.all_columns(case_study)
    can_edit = sessions.may_edit()
    with st.container(border=True, key="comparison"):
        _sides(case_study, pair)
        chosen = Choices(_key(pair), pair.one, pair.other, columns, UNITS)
        if pair.elsewhere is None:
            with st.container(key="comparison-choices", gap="xsmall"):
                chosen.ask(can_edit)
        else:
            _values(chosen)
        for title, said in chosen.agreed(kept=pair.elsewhere is None):
            st.html(f'<div class="comparison-agreed">{html.escape(f"{title}: {said}")}</div>')
        with st.container(horizontal=True):
            _buttons(case_study, pair, chosen, can_edit)


def decided(case_study: CaseStudy) -> None:
    """What was decided, with a way back to the question."""
    with store.reading(sessions.eye()) as session:
        found = duplicates.decided(session, case_study.id)
        names = {row.id: row.name for row in stakeholders.among(session, [one.stakeholder_id for one in found])}
    if not found:
        return
    with st.expander(f"Decided: {len(found)}", icon=":material/rule:"):
        for one in found[:MOST_DECIDED]:
            name = names.get(one.stakeholder_id, "somebody")
            with st.container(horizontal=True, vertical_alignment="center"):
                if one.verdict == Verdict.MERGED:
                    st.text(f"{one.other_name} was merged into {name}", width="stretch")
                    continue
                where = "the same, in another case study" if one.verdict == Verdict.SAME else "different"
                st.text(f"{name} and {one.other_name}: {where}", width="stretch")
                st.button(
                    "Ask again",
                    key=f"comparison.{one.id}.again",
                    disabled=not sessions.may_edit(),
                    on_click=_do,
                    args=(case_study.id, duplicates.reconsider, one.id),
                )


def _sides(case_study: CaseStudy, pair: Pair) -> None:
    sides = []
    for row, home in ((pair.one, case_study), (pair.other, pair.elsewhere or case_study)):
        details = [row.kind, row.organisation, row.group]
        where = f"in {home.title}" if pair.elsewhere is not None else ""
        line = html.escape(" · ".join(part for part in (where, *details) if part) or "nothing else is known")
        sides.append(f"<div><b>{html.escape(row.name)}</b><br><small>{line}</small></div>")
    st.html(
        f'<div class="comparison-sides"><span></span>{"".join(sides)}<small>{pair.score:.0f} of 100 alike</small></div>'
    )


def _values(chosen: Choices) -> None:
    """What differs, in words; nothing is chosen, as both rows stay."""
    cells = [
        f"<span>{html.escape(chosen.label(unit))}</span><div>{html.escape(chosen.said(chosen.one, unit))}</div>"
        f"<div>{html.escape(chosen.said(chosen.other, unit))}</div>"
        for unit in chosen.apart
    ]
    if cells:
        st.html(f'<div class="comparison-values">{"".join(cells)}</div>')


def _key(pair: Pair) -> str:
    return f"comparison.{pair.one.id}.{pair.other.id}"


# ---- what it changes ------------------------------------------------------------------------------------------------


def _buttons(case_study: CaseStudy, pair: Pair, chosen: Choices, can_edit: bool) -> None:
    ids = (pair.one.id, pair.other.id)
    if pair.elsewhere is None:
        st.button(
            "Same: merge",
            key="comparison.merge",
            type="primary",
            icon=":material/merge:",
            disabled=not can_edit,
            help="One row stays, with what you chose, all ties, meetings and actions of both. Undo brings both back.",
            on_click=_merge,
            args=(case_study.id, pair, chosen),
        )
    else:
        st.button(
            "Same",
            key="comparison.same",
            type="primary",
            icon=":material/link:",
            disabled=not can_edit,
            help="Both rows stay, each in its case study; the link is kept.",
            on_click=_do,
            args=(case_study.id, duplicates.same, *ids),
        )
    st.button(
        "Different",
        key="comparison.different",
        icon=":material/call_split:",
        disabled=not can_edit,
        help="Nobody is asked about these two again.",
        on_click=_do,
        args=(case_study.id, duplicates.keep_apart, *ids),
    )
    st.button("Later", key="comparison.later", icon=":material/schedule:", on_click=_later, args=(_key(pair),))


def _do(case_study_id: uuid.UUID, verb: Any, *ids: uuid.UUID) -> None:
    changes.attempt(case_study_id, lambda session: verb(session, *ids))


def _later(key: str) -> None:
    """Callback: the pair goes to the end of the queue, in this browser only."""
    put_off: list[str] = st.session_state.get(sessions.LATER, [])
    st.session_state[sessions.LATER] = [*(one for one in put_off if one != key), key]


def _merge(case_study_id: uuid.UUID, pair: Pair, chosen: Choices) -> None:
    """Callback: the chosen values, and what only one of the two said, beside what of both was on the screen."""
    values, seen = chosen.values(), chosen.seen()
    changes.attempt(
        case_study_id,
        lambda session: duplicates.merge(session, pair.one.id, pair.other.id, values=values, seen=seen),
        says=f"{pair.other.name} is merged into {pair.one.name}. Undo brings both back.",
    )

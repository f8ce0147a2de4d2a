"""What the roadmap checks found: a list to open, and a hint at the meeting. Hints, never more."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Sequence

import streamlit as st

from copdash import baselines
from copdash.analysis import roadmap_checks, roadmap_rules, roadmap_settings
from copdash.analysis.roadmap_checks import Finding, Roadmap, Rule
from copdash.models import About, CaseStudy
from copdash.reviews import Thread
from copdash.ui.habits import changes, review_threads, sessions, texts

LIST = "meetings.checks"
RULES = "meetings.rules"
MOST = 60
"""Findings the list shows; nobody reads more at once."""


def listed(
    case_study: CaseStudy, roadmap: Roadmap, findings: Sequence[Finding], threads: Sequence[Thread] = ()
) -> None:
    """The button «Checks · 7» with the list behind it; made when it is opened."""
    # While it is open it keeps the label: with another one it is another popover, and closed.
    label = f"Checks · {len(findings)}"
    if st.session_state.get(LIST):
        label = st.session_state.get(sessions.CHECKED, label)
    st.session_state[sessions.CHECKED] = label
    box = st.popover(label, icon=":material/fact_check:", key=LIST, on_change="rerun")
    if not box.open:
        return
    with box:
        if not findings:
            st.caption("Nothing to point out. The checks look at dates, people, outcomes and what comes after.")
        for rule in roadmap_rules.RULES:
            _of_rule(case_study, rule, [one for one in findings[:MOST] if one.rule == rule.name], threads)
        if len(findings) > MOST:
            st.caption(f"And {len(findings) - MOST} more.")
        for sentence in roadmap_checks.unchecked(roadmap):
            st.caption(texts.as_typed(sentence))
        if sessions.may_edit():
            _choose(case_study, roadmap.settings)


def _of_rule(case_study: CaseStudy, rule: Rule, findings: Sequence[Finding], threads: Sequence[Thread]) -> None:
    """What one rule found: its name, why it is there and a way out, then each meeting to open."""
    if not findings:
        return
    with st.container(gap=None, key=f"finding.{rule.name}"):
        st.markdown(f"**{texts.as_typed(rule.title)}**")
        st.caption(texts.as_typed(f"{rule.reason} {rule.way_out}"))
        for finding in findings:
            _one(case_study, finding, threads, "listed", last=_is_last(finding, findings))


def _one(case_study: CaseStudy, finding: Finding, threads: Sequence[Thread], place: str, *, last: bool) -> None:
    """One finding: a click opens its meeting; beside it a way to comment on the check. `last` of those with its key."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.container(width="stretch"):
            if finding.meeting_id:
                st.button(
                    texts.as_typed(finding.sentence),
                    key=f"{place}.{finding.key}.{zlib.crc32(finding.sentence.encode())}",
                    type="tertiary",
                    icon=":material/event:",
                    on_click=_open,
                    args=(finding.meeting_id,),
                    help=texts.as_typed(f"{finding.reason} {finding.way_out}"),
                )
            else:
                st.text(finding.sentence, help=texts.as_typed(f"{finding.reason} {finding.way_out}"))
        if last and sessions.may_edit():
            review_threads.begin_at(About.CHECK, finding.key, place)
    if last:
        review_threads.begun_at(case_study, About.CHECK, finding.key, place, threads)


def _is_last(finding: Finding, findings: Sequence[Finding]) -> bool:
    return next(one for one in reversed(findings) if one.key == finding.key) is finding


def compact(case_study: CaseStudy, findings: Sequence[Finding], threads: Sequence[Thread], most: int) -> None:
    """The findings as a short list, the rest when it is asked for."""
    if not findings:
        st.caption("Nothing to point out.")
    whole = len(findings) > most and st.toggle(f"Show all {len(findings)}", key="findings.all")
    shown = findings[:MOST] if whole else findings[:most]
    for finding in shown:
        with st.container(gap=None):
            _one(case_study, finding, threads, "compact", last=_is_last(finding, shown))


def at_meeting(case_study: CaseStudy, findings: Sequence[Finding], threads: Sequence[Thread] = ()) -> None:
    """The hints at one meeting, above its fields."""
    for finding in findings:
        with st.container(gap=None):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                with st.container(width="stretch"):
                    st.caption(
                        f":material/info: {texts.as_typed(finding.sentence)}",
                        help=texts.as_typed(f"{finding.reason} {finding.way_out}"),
                    )
                if sessions.may_edit() and _is_last(finding, findings):
                    review_threads.begin_at(About.CHECK, finding.key, "card")
            if _is_last(finding, findings):
                review_threads.begun_at(case_study, About.CHECK, finding.key, "card", threads)


def _open(meeting_id: uuid.UUID) -> None:
    """Callback: open the meeting, and close the list, which would lie over its card."""
    st.session_state[sessions.OPENED] = str(meeting_id)
    if st.session_state.get(LIST):
        st.session_state[LIST] = False


def _choose(case_study: CaseStudy, settings: roadmap_settings.Settings) -> None:
    """Which checks there are, and the numbers they go by, for this case study."""
    box = st.expander("Choose the checks", key=RULES, on_change="rerun")
    if not box.open:
        return
    drawn = roadmap_settings.written(settings)
    with box, st.form("meetings.rules.form", border=False):
        names = {rule.name: rule.title for rule in roadmap_rules.RULES}
        st.multiselect(
            "Checks that are on",
            list(names),
            default=[name for name in names if name not in settings.off],
            format_func=lambda name: names.get(name, name),
            key=f"{RULES}.on.{drawn}",
        )
        for name, number in roadmap_settings.NUMBERS.items():
            st.number_input(
                number.label,
                number.least,
                number.most,
                settings.number(name),
                key=f"{RULES}.{name}.{drawn}",
            )
        # A callback: its arguments are those of the form as it was drawn, whatever others saved meanwhile.
        st.form_submit_button("Save", type="primary", on_click=_save, args=(case_study.id, drawn))


def _save(case_study_id: uuid.UUID, drawn: str) -> None:
    on = st.session_state[f"{RULES}.on.{drawn}"]
    off = frozenset(rule.name for rule in roadmap_rules.RULES if rule.name not in on)
    numbers = {name: st.session_state[f"{RULES}.{name}.{drawn}"] for name in roadmap_settings.NUMBERS}
    changes.attempt(
        case_study_id,
        lambda session: baselines.check_by(session, case_study_id, roadmap_settings.Settings(off, numbers), seen=drawn),
    )

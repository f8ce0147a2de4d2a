"""A case study as one file: out, and one or several in, each looked at before it is merged with what is here."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from copdash import history, store, words
from copdash.errors import ChangedElsewhere, Problem
from copdash.exchange import case_files, case_reading, exports
from copdash.exchange.case_answers import CaseFile
from copdash.exchange.case_files import Merge
from copdash.exchange.headings import Subject
from copdash.exchange.imports import counted
from copdash.models import CaseStudy
from copdash.roles import Actor
from copdash.ui.habits import changes, sessions, texts
from copdash.ui.sharing import imports

DROP = "files.case-drop"
ALL = "files.case_files.all"
MOST_CONFLICTS = 60
MOST_LINES = 2_000

COUNTED: dict[str, Subject] = {
    "stakeholder": "stakeholders",
    "relation": "relations",
    "meeting": "meetings",
    "milestone": "milestones",
}
WORDS = {
    "new_there": "+ New there",
    "changed_there": "→ Changed there",
    "deleted_there": "× Deleted there",
    "new_here": "+ New here, stays",
    "changed_here": "= Changed here, stays",
    "deleted_here": "× Deleted here, stays so",
    "conflict": "? To decide",
}


@dataclass
class Opened:
    """One file that is being looked at. `choices` has «ours» or «theirs» by conflict."""

    file_name: str
    data: bytes
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    content: CaseFile | None = None
    merge: Merge | None = None
    choices: dict[str, str] = field(default_factory=dict)
    refused: str = ""
    notice: str = ""
    done: str = ""
    seen_version: int | None = None


def show(case_study: CaseStudy) -> None:
    """Out on the left, in on the right; while files are looked at they have the whole width."""
    if sessions.CASE_FILES in st.session_state:
        bring_in()
        return
    left, right = st.columns([2, 3], gap="medium")
    with left, st.container(border=True, height="stretch"):
        st.markdown("#### Send this case study")
        st.write(
            "Everything in one file: list, map, ties, roadmap and who changed what. "
            "Whoever gets it can merge it with their own version."
        )
        st.download_button(
            "Download case study",
            _file(case_study.id),
            file_name=exports.file_name(case_study.title, case_files.EXTENSION),
            mime="application/zip",
            key="files.case_file",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
    with right, st.container(border=True, height="stretch"):
        st.markdown("#### Bring in case studies")
        bring_in()


def bring_in() -> None:
    """Drop files, look at what each would do, and merge one or all."""
    opened: list[Opened] | None = st.session_state.get(sessions.CASE_FILES)
    if opened is None:
        _drop()
        return
    if any(one.seen_version is not None for one in opened):
        with st.spinner("Bringing in …"):
            _take(opened)
    _leave_when_done(opened)
    with st.spinner("Reading …"):
        for one in opened:
            _look(one)
    ready = [one for one in opened if one.merge and not one.done and not one.merge.changes_nothing]
    with st.container(horizontal=True, vertical_alignment="center"):
        count = len(opened)
        st.markdown(f"##### {words.counted(count, 'case study file')}", width="stretch")
        st.button("Other files", key="files.case_files.away", icon=":material/close:", on_click=_put_away)
        if len(ready) > 1:
            label = f"Bring in all {len(ready)}"
            st.button(label, key=ALL, type="primary", icon=":material/check:", on_click=_confirm, args=(ready,))
    for one in opened:
        _one(one, alone=len(ready) == 1)


def _drop() -> None:
    st.html(imports.STYLE)
    with st.container(key=DROP):
        dropped = st.file_uploader(
            "Drop one or several case study files here (.copdash)",
            key=imports.fresh("files.case_drop"),
            accept_multiple_files=True,
            max_upload_size=case_reading.LARGEST_FILE // 1024**2,
        )
    if dropped:
        st.session_state[sessions.CASE_FILES] = [Opened(one.name, one.getvalue()) for one in dropped]
        st.rerun()


def _put_away() -> None:
    imports.let_go()
    st.session_state.pop(sessions.CASE_FILES, None)


def _file(case_study_id: uuid.UUID) -> Callable[[], bytes]:
    eye = sessions.eye()

    def made() -> bytes:
        with store.reading(eye) as session:
            return case_files.export(session, case_study_id)

    return made


# ---- one file -------------------------------------------------------------------------------------------------------


def _look(one: Opened) -> None:
    """Read a file once; make its preview anew when the case study here has changed."""
    if one.refused or one.done:
        return
    try:
        if one.content is None:
            one.content, one.data = case_files.read(one.data), b""
        with store.reading(sessions.eye()) as session:
            if one.merge is None or one.merge.version != history.version(session, one.content.case_study_id):
                one.merge = case_files.preview(session, one.content)
    except Problem as problem:
        one.refused, one.data = str(problem), b""


def _one(one: Opened, *, alone: bool) -> None:
    with st.container(border=True):
        if one.refused or one.merge is None:
            st.markdown(f":material/block: **{texts.as_typed(one.file_name)}**  \n{texts.as_typed(one.refused)}")
            return
        merge = one.merge
        with st.container(horizontal=True, vertical_alignment="center"):
            says = texts.as_typed(one.done) or _says(one, merge)
            st.markdown(f"**{texts.as_typed(merge.title)}**  \n{says}", width="stretch")
            if one.done:
                st.markdown(":material/check_circle: Done", width="content")
            elif not merge.changes_nothing:
                st.button(
                    "Bring in" if merge.is_new else "Merge",
                    key=f"files.case_files.{one.id}",
                    type="primary" if alone else "secondary",
                    icon=":material/check:",
                    on_click=_confirm,
                    args=([one],),
                )
        if one.notice:
            st.warning(texts.as_typed(one.notice), icon=":material/sync_problem:")
        if one.done or merge.is_new:
            return
        if merge.conflicts:
            _conflicts(one, merge)
        for note in merge.notes:
            st.caption(texts.as_typed(note))
        if len(merge.lines) > len(merge.conflicts):
            with st.expander("All differences", icon=":material/difference:"):
                _differences(merge)


def _says(one: Opened, merge: Merge) -> str:
    content = one.content
    if content is None:
        return ""
    exported = words.day(content.exported_at)
    if merge.is_new:
        counts = [counted(content.counts.get(table, 0), subject) for table, subject in COUNTED.items()]
        return f":material/add: New case study · {' · '.join(counts)} · saved on {exported}"
    if merge.changes_nothing:
        return f":material/check: Nothing new in it · saved on {exported}"
    said = [
        (merge.count("new_there"), "new there"),
        (merge.count("changed_there"), "changed there"),
        (merge.count("deleted_there"), "deleted there"),
        (sum(merge.count(verdict) for verdict in ("new_here", "changed_here", "deleted_here")), "changed only here"),
        (len(merge.conflicts), "to decide"),
        (merge.same, "the same"),
    ]
    return ":material/merge: " + " · ".join(f"{count:,} {what}" for count, what in said if count)


def _conflicts(one: Opened, merge: Merge) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Changed here and there.** Which one stays?", width="stretch")
        if len(merge.conflicts) > 1:
            for choice, label in (("ours", "All as here"), ("theirs", "All as there")):
                st.button(label, key=f"files.side.{one.id}.{choice}", on_click=_choose_all, args=(one, merge, choice))
    for line in merge.conflicts[:MOST_CONFLICTS]:
        key = f"files.choice.{one.id}.{line.key}"
        st.session_state[key] = one.choices.get(line.key, "ours")
        sides: dict[str, str] = {"ours": f"Here: {_short(line.ours)}", "theirs": f"There: {_short(line.theirs)}"}
        st.radio(
            texts.as_typed(f"{line.name}, {line.label.lower()}" if line.label else line.name),
            list(sides),
            format_func=partial(_said, sides),
            key=key,
            horizontal=True,
            on_change=_choose,
            args=(one, line.key, key),
        )
    if len(merge.conflicts) > MOST_CONFLICTS:
        st.caption(
            f"and {len(merge.conflicts) - MOST_CONFLICTS} more, which stay as they are here unless you say “all”."
        )


def _differences(merge: Merge) -> None:
    st.dataframe(
        pd.DataFrame(
            [
                (
                    WORDS[line.verdict],
                    line.subject.replace("_", " ").capitalize(),
                    line.name,
                    line.label,
                    line.ours,
                    line.theirs,
                )
                for line in merge.lines[:MOST_LINES]
            ],
            columns=["Outcome", "What", "Name", "Field", "Here", "There"],
        ),
        hide_index=True,
        height=min(380, 38 + 35 * len(merge.lines)),
    )
    if len(merge.lines) > MOST_LINES:
        st.caption(f"and {len(merge.lines) - MOST_LINES:,} more")


# ---- doing it -------------------------------------------------------------------------------------------------------


def _choose(one: Opened, line: str, key: str) -> None:
    one.choices[line] = st.session_state[key]


def _choose_all(one: Opened, merge: Merge, choice: str) -> None:
    one.choices = {line.key: choice for line in merge.conflicts}


def _confirm(ready: list[Opened]) -> None:
    """Callback: what counts is the preview that was on the screen, not one made since."""
    for one in ready:
        one.seen_version = one.merge.version if one.merge else None


def _take(opened: list[Opened]) -> None:
    """A rerun may cut a script at any use of Streamlit; what was confirmed and is not done yet, the next run does."""
    actor = sessions.actor()
    for one in opened:
        if one.seen_version is not None:
            _apply(one, actor)


def _apply(one: Opened, actor: Actor) -> None:
    one.notice = ""
    try:
        if one.content is not None:
            merge = case_files.bring_in(actor, one.content, one.choices, seen_version=one.seen_version)
            one.done = (
                f"{merge.title} is here now." if merge.is_new else f"{merge.title} was merged with what was here."
            )
    except ChangedElsewhere:
        one.merge = None
        one.notice = (
            "Somebody changed this case study while you were looking, so nothing was merged. "
            "This is the new preview; look at it again."
        )
    except Problem as problem:
        one.notice = str(problem)
    finally:
        one.seen_version = None


def _leave_when_done(opened: list[Opened]) -> None:
    """With nothing left to decide the portfolio shows what came."""
    done = [one for one in opened if one.done]
    left = [
        one for one in opened if not one.done and not one.refused and (not one.merge or not one.merge.changes_nothing)
    ]
    if done and not left:
        changes.tell(done[0].done if len(done) == 1 else f"{words.counted(len(done), 'case study')} were brought in.")
        _put_away()
        st.switch_page("overview/portfolio.py")


def _said(sides: dict[str, str], side: str) -> str:
    return texts.as_typed(sides[side])


def _short(value: Any) -> str:
    return words.shortened(str(value), 120)

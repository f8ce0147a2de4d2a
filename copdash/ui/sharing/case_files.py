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
from copdash.exchange.case_files import Line, Merge
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
    """One file that is being looked at. `choices` has «ours» or «theirs» by conflict, `mine` the claims that are true.

    Nothing is chosen beforehand: a conflict waits for its answer, and what a file says of its reader is not so.
    """

    file_name: str
    data: bytes
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    content: CaseFile | None = None
    merge: Merge | None = None
    choices: dict[str, str] = field(default_factory=dict)
    mine: set[str] = field(default_factory=set)
    refused: str = ""
    notice: str = ""
    done: str = ""
    seen_version: int | None = None
    came: list[Line] = field(default_factory=list)

    @property
    def undecided(self) -> int:
        """How many conflicts wait for an answer."""
        return sum(line.key not in self.choices for line in self.merge.conflicts) if self.merge else 0


@dataclass(frozen=True)
class Came:
    """What the last merge brought into a case study."""

    case_study_id: uuid.UUID
    sentence: str
    lines: list[Line]


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
    waiting = [one for one in opened if one.merge and not one.done and not one.merge.changes_nothing]
    ready = [one for one in waiting if not one.undecided]
    with st.container(horizontal=True, vertical_alignment="center"):
        count = len(opened)
        st.markdown(f"##### {words.counted(count, 'case study file')}", width="stretch")
        st.button("Other files", key="files.case_files.away", icon=":material/close:", on_click=_put_away)
        if len(ready) > 1:
            label = f"Bring in all {len(ready)}"
            st.button(label, key=ALL, type="primary", icon=":material/check:", on_click=_confirm, args=(ready,))
    for one in opened:
        _one(one, alone=len(waiting) == 1)


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
                one.merge = case_files.preview(session, one.content, sessions.actor().role)
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
                    disabled=one.undecided > 0,
                    help=f"First choose what stays: {one.undecided:,} left" if one.undecided else None,
                    on_click=_confirm,
                    args=([one],),
                )
        if one.notice:
            st.warning(texts.as_typed(one.notice), icon=":material/sync_problem:")
        if one.done:
            return
        if merge.claims:
            _claims(one, merge)
        if merge.is_new:
            return
        if merge.conflicts:
            _conflicts(one, merge)
        for note in merge.notes:
            st.caption(texts.as_typed(note))
        if len(merge.lines) > len(merge.conflicts):
            with st.expander("All differences", icon=":material/difference:"):
                _differences(merge.lines)


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
        st.session_state[key] = one.choices.get(line.key)
        sides: dict[str, str] = {"ours": f"Here: {_short(line.ours)}", "theirs": f"There: {_short(line.theirs)}"}
        st.radio(
            texts.as_typed(f"{line.name}, {line.label.lower()}" if line.label else line.name),
            list(sides),
            format_func=partial(_said, sides),
            index=None,
            key=key,
            horizontal=True,
            on_change=_choose,
            args=(one, line.key, key),
        )
    if len(merge.conflicts) > MOST_CONFLICTS:
        st.caption(
            f"and {len(merge.conflicts) - MOST_CONFLICTS} more. Choose “All as here” or “All as there”, "
            "then change single ones."
        )


def _claims(one: Opened, merge: Merge) -> None:
    """What the file says that the reader did, each to be confirmed; unconfirmed, it stays outside."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            "**Was this you?** Nothing here says so, and anyone can write a file. "
            "What you do not tick does not come in.",
            width="stretch",
        )
        if len(merge.claims) > 1:
            st.button("All of this was me", key=f"files.mine.{one.id}", on_click=_claim_all, args=(one, merge))
    for claim in merge.claims[:MOST_CONFLICTS]:
        key = f"files.mine.{one.id}.{claim.key}"
        st.session_state[key] = claim.key in one.mine
        st.checkbox(texts.as_typed(claim.question), key=key, on_change=_claim, args=(one, claim.key, key))
    if len(merge.claims) > MOST_CONFLICTS:
        st.caption(f"and {len(merge.claims) - MOST_CONFLICTS:,} more, which only come in with “All of this was me”.")


def _claim(one: Opened, claim: str, key: str) -> None:
    one.mine = one.mine | {claim} if st.session_state[key] else one.mine - {claim}


def _claim_all(one: Opened, merge: Merge) -> None:
    one.mine = {claim.key for claim in merge.claims}


def _differences(lines: list[Line]) -> None:
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
                for line in lines[:MOST_LINES]
            ],
            columns=["Outcome", "What", "Name", "Field", "Here", "There"],
        ),
        hide_index=True,
        height=min(380, 38 + 35 * len(lines)),
    )
    if len(lines) > MOST_LINES:
        st.caption(f"and {len(lines) - MOST_LINES:,} more")


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
            merge = case_files.bring_in(actor, one.content, one.choices, mine=one.mine, seen_version=one.seen_version)
            came = ("new_there", "changed_there", "deleted_there")
            one.came = [line for line in merge.lines if line.verdict in came or one.choices.get(line.key) == "theirs"]
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
    """With nothing left to decide one lands in the case study that came; after several the portfolio shows them."""
    done = [one for one in opened if one.done]
    left = [
        one for one in opened if not one.done and not one.refused and (not one.merge or not one.merge.changes_nothing)
    ]
    if not done or left:
        return
    _put_away()
    if len(done) == 1 and done[0].content is not None:
        case_study_id = done[0].content.case_study_id
        st.session_state[sessions.CAME] = Came(case_study_id, done[0].done, done[0].came)
        st.switch_page("sharing/files.py", query_params={"case": str(case_study_id)})
    changes.tell(f"{words.counted(len(done), 'case study')} were brought in.")
    st.switch_page("overview/portfolio.py")


def came(case_study: CaseStudy) -> None:
    """What the last merge brought into this case study, as a list, until it is put away."""
    found = st.session_state.get(sessions.CAME)
    if not isinstance(found, Came) or found.case_study_id != case_study.id:
        return
    with st.container(border=True, key="files.came"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/check_circle: **{texts.as_typed(found.sentence)}**", width="stretch")
            for script, label, icon in dict.fromkeys(imports.LISTS.values()):
                st.page_link(script, label=label, icon=icon)
            st.button("Close", key="files.came.away", icon=":material/close:", on_click=_forget)
        if found.lines:
            _differences(found.lines)
        else:
            st.caption("Only its history is new: no row here changed.")


def _forget() -> None:
    st.session_state.pop(sessions.CAME, None)


def _said(sides: dict[str, str], side: str) -> str:
    return texts.as_typed(sides[side])


def _short(value: Any) -> str:
    return words.shortened(str(value), 120)

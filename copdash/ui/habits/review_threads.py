"""Threads of comments, where they are about something and in the inbox, and how far the review of a roadmap is."""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from copdash import calls, history, reviews, store, verbs, words
from copdash.analysis import roadmap_rules
from copdash.models import About, CaseStudy, Comment, Meeting, RoadmapState, Role, Stakeholder, ThreadState
from copdash.reviews import Thread
from copdash.roles import SIDES
from copdash.ui.habits import changes, sessions, texts

ABOUT = "reviews.about"
SETTLED_SHOWN = "reviews.settled"
_ICONS = {
    ThreadState.OPEN.value: ":material/chat_bubble:",
    ThreadState.ANSWERED.value: ":material/mark_chat_read:",
    ThreadState.SETTLED.value: ":material/check_circle:",
}
_NEXT = {
    RoadmapState.DRAFT.value: "The leader submits it when KWR may look at it.",
    RoadmapState.SUBMITTED.value: "KWR looks at it, comments, and gives it back with feedback.",
    RoadmapState.WITH_FEEDBACK.value: "The leader answers, changes the roadmap, and submits again; or both agree.",
    RoadmapState.AGREED.value: "What moves from now on is shown against it. Submitting begins a new round.",
}


# ---- threads --------------------------------------------------------------------------------------------------------


def about(case_study: CaseStudy, what: About, key: str, threads: Sequence[Thread], can_edit: bool) -> None:
    """The threads about one thing, and a line to begin another one."""
    for thread in threads:
        if thread.state != ThreadState.SETTLED:
            show(case_study, thread, can_edit)
    settled = sum(thread.state == ThreadState.SETTLED for thread in threads)
    if settled:
        st.caption(f"{settled} settled; the review has {words.plural(settled, 'it')} still.")
    if can_edit:
        line(case_study, what, key)


def section(case_study: CaseStudy, what: About, key: str) -> None:
    """The part of a card about comments: open where one waits; its label stays, so that half-typed words do."""
    with store.reading(sessions.eye()) as session:
        threads = reviews.about(reviews.threads(session, case_study.id), what, key)
    if threads or sessions.may_edit():
        with st.expander("Comments", expanded=any(thread.state != ThreadState.SETTLED for thread in threads)):
            about(case_study, what, key, threads, sessions.may_edit())


def line(case_study: CaseStudy, what: About, key: str, place: str = "comment") -> None:
    """A line to begin a thread; `place` tells two lines about one thing apart."""
    field = f"{place}.{case_study.id}.{what.value}.{key}"  # half-typed words stay with their case study
    st.chat_input(
        f"Comment on {'this ' + what.value.lower() if what != About.ROADMAP else 'the roadmap'}",
        key=field,
        on_submit=_comment,
        args=(case_study.id, what, key, field),
    )


def begin_at(what: About, key: str, place: str) -> None:
    """A small button beside something, which brings the line for a comment on it (`begun_at`)."""
    st.button(
        "Comment on it",
        key=f"{place}.begin.{what.value}.{key}",
        icon=":material/add_comment:",
        type="tertiary",
        help=f"Comment on this {what.value.lower()}",
        on_click=_begin,
        args=(f"{place}.{what.value}.{key}",),
    )


def begun_at(case_study: CaseStudy, what: About, key: str, place: str, threads: Sequence[Thread]) -> None:
    """Below it: the line where it was asked for, and the threads about it that wait."""
    if st.session_state.get(sessions.BEGUN) == f"{place}.{what.value}.{key}":
        line(case_study, what, key, place)
    for thread in of(threads, what, key):
        said = thread.last
        st.caption(
            f"{_ICONS[thread.state]} {texts.as_typed(f'{said.author_name}{_by_file(thread, said)}: {said.text}')}",
            help="In the review it can be answered",
        )


def _by_file(thread: Thread, one: Comment) -> str:
    return " (by file)" if one.id in thread.by_file else ""


def of(threads: Sequence[Thread], what: About, key: str) -> list[Thread]:
    """The threads about one thing that are not settled."""
    return [thread for thread in reviews.about(threads, what, key) if thread.state != ThreadState.SETTLED]


def _begin(where: str) -> None:
    st.session_state[sessions.BEGUN] = None if st.session_state.get(sessions.BEGUN) == where else where


def begin(case_study: CaseStudy, planned: Sequence[Meeting], people: Sequence[Stakeholder]) -> None:
    """Begin a thread about the whole, a meeting, a stakeholder or a check, whichever is chosen."""
    offered = {f"{About.ROADMAP.value}|": "The whole roadmap"}
    offered |= {f"{About.MEETING.value}|{row.id}": row.title for row in planned}
    offered |= {f"{About.STAKEHOLDER.value}|{row.id}": row.name for row in people}
    offered |= {f"{About.CHECK.value}|{rule.name}": f"Check: {rule.title}" for rule in roadmap_rules.RULES}
    offered = texts.apart(offered)
    wanted = st.selectbox(
        "About",
        list(offered),
        format_func=lambda what: offered.get(what, "Deleted"),
        key=ABOUT,
        help="Type to search: a meeting, a stakeholder, or one of the checks",
    )
    what, _, key = (wanted or f"{About.ROADMAP.value}|").partition("|")
    about(case_study, About(what), key, [], True)


def show(case_study: CaseStudy, thread: Thread, can_edit: bool, title: str = "") -> None:
    """One thread: what is said, a line to answer, and a button to settle it."""
    first = thread.first
    with st.container(border=True, gap="xsmall", key=f"thread.{first.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.caption(f"{_ICONS[thread.state]} {thread.state}", width="content")
            if title and first.about == About.MEETING:
                opens = st.button(texts.as_typed(title), key=f"thread.{first.id}.open", type="tertiary", help="Open it")
                if opens:
                    st.session_state[sessions.OPENED] = first.about_key
                    st.switch_page("roadmap/meetings.py", query_params={"case": str(case_study.id)})
            elif title:
                st.caption(texts.as_typed(title))
        for one in (first, *thread.replies):
            _said(case_study, one, _by_file(thread, one))
        if can_edit:
            field = f"thread.{first.id}.reply"
            st.chat_input("Answer", key=field, on_submit=_reply, args=(case_study.id, first.id, field))
            settled = thread.state == ThreadState.SETTLED
            st.button(
                "Open again" if settled else "Settle",
                key=f"thread.{first.id}.settle",
                icon=":material/undo:" if settled else ":material/check:",
                type="tertiary",
                on_click=_attempt,
                args=(case_study.id, reviews.settle, first.id),
                kwargs={"settled": not settled},
            )


def _said(case_study: CaseStudy, one: Comment, came: str) -> None:
    zone = zoneinfo.ZoneInfo(case_study.time_zone)
    with st.container(gap=None):
        st.caption(texts.as_typed(f"{one.author_name}, {one.author_role}{came} · {_moment(one.written_at, zone)}"))
        st.text(one.text)


def _moment(written_at: str, zone: dt.tzinfo) -> str:
    try:
        return words.moment(dt.datetime.fromisoformat(written_at), zone)
    except (ValueError, OverflowError):
        return "some time"


def inbox(case_study: CaseStudy, threads: Sequence[Thread], titles: Mapping[str, str], can_edit: bool) -> None:
    """All threads, the open ones first; settled ones when they are asked for. `titles` names what they are about."""
    waiting = [thread for thread in threads if thread.state != ThreadState.SETTLED]
    settled = len(threads) - len(waiting)
    for thread in waiting:
        show(case_study, thread, can_edit, subject(thread, titles))
    if not waiting:
        st.caption("Nothing is open. Comment on a meeting in its card, or on the whole roadmap here.")
    if settled and st.toggle(f"Show settled threads · {settled}", key=SETTLED_SHOWN):
        for thread in threads:
            if thread.state == ThreadState.SETTLED:
                show(case_study, thread, can_edit, subject(thread, titles))


def subject(thread: Thread, titles: Mapping[str, str]) -> str:
    """What a thread is about, in words."""
    first = thread.first
    if first.about == About.ROADMAP:
        return "The whole roadmap"
    if first.about == About.CHECK:
        rule, _, meeting_id = first.about_key.partition(":")
        named = next((one.title for one in roadmap_rules.RULES if one.name == rule), "A check")
        return f"{named} · {titles[meeting_id]}" if meeting_id in titles else named
    return titles.get(first.about_key, f"A {first.about.lower()} that was deleted")


def _comment(case_study_id: uuid.UUID, what: About, key: str, field: str) -> None:
    text = st.session_state.get(field) or ""
    _attempt(case_study_id, reviews.comment, case_study_id, text=text, about=what.value, about_key=key)


def _reply(case_study_id: uuid.UUID, thread_id: uuid.UUID, field: str) -> None:
    _attempt(case_study_id, reviews.reply, thread_id, text=st.session_state.get(field) or "")


def _attempt(case_study_id: uuid.UUID, verb: Callable[..., object], *args: Any, **values: Any) -> None:
    """Callback: one verb with these arguments."""
    changes.attempt(case_study_id, lambda session: verb(session, *args, **values))


def link(case_study: CaseStudy, threads: Sequence[Thread]) -> None:
    """The way to the review, with its state and how many threads wait."""
    waiting = sum(thread.state != ThreadState.SETTLED for thread in threads)
    said = f"Review · {reviews.state(case_study)}" + (f" · {waiting}" if waiting else "")
    st.page_link(
        "roadmap/review.py",
        label=said,
        query_params={"case": str(case_study.id)},
        icon=":material/rate_review:",
        help="Comments, agreed and moved",
    )


# ---- the round ------------------------------------------------------------------------------------------------------


def steps(case_study: CaseStudy, threads: Sequence[Thread] = ()) -> None:
    """Where the roadmap stands between leader and KWR, and the steps that this person may take.

    Beside «Agree» it says how many of the threads are still open; that is a hint, and nothing is refused.
    """
    state, role = reviews.state(case_study), sessions.actor().role
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="review.steps"):
        st.badge(state, icon=":material/handshake:" if state == RoadmapState.AGREED else ":material/rate_review:")
        agreed = (
            f" {case_study.roadmap_agreed_by} agrees; the other side has not yet."
            if case_study.roadmap_agreed_by
            else ""
        )
        st.caption(_NEXT[state] + agreed, width="stretch")
        submitted, talked = RoadmapState.SUBMITTED.value, RoadmapState.WITH_FEEDBACK.value
        if role == Role.LEADER and state != submitted:
            _step("Submit to KWR", ":material/send:", case_study, reviews.submit, "primary")
        if role == Role.KWR and state == submitted:
            _step(
                "Give feedback",
                ":material/rate_review:",
                case_study,
                reviews.give_feedback,
                "primary",
            )
        if role in SIDES and state in (submitted, talked) and case_study.roadmap_agreed_by != role:
            waiting = sum(thread.state != ThreadState.SETTLED for thread in threads)
            if waiting:
                said = f"{words.counted(waiting, 'thread')} {words.verb(waiting, 'is')} still open"
                st.caption(f":material/chat_bubble: {said}", width="content")
            _step("Agree", ":material/handshake:", case_study, reviews.agree, "secondary")


def _step(label: str, icon: str, case_study: CaseStudy, verb: Callable[..., object], kind: Any) -> None:
    st.button(
        label,
        key=f"reviews.{verbs.of(verb).name}",
        icon=icon,
        type=kind,
        on_click=_attempt,
        args=(case_study.id, verb, case_study.id),
    )


def changed(case_study: CaseStudy) -> None:
    """What was done to the roadmap since leader and KWR last spoke."""
    zone = zoneinfo.ZoneInfo(case_study.time_zone)
    with store.reading(sessions.eye()) as session:
        spoke = reviews.last_spoke(session, case_study.id)
        listed = (
            reviews.changed_since(session, case_study.id, spoke.at) if spoke else history.recent(session, case_study.id)
        )
        told = reviews.folded(session, listed)
        called = next((row.ended_at for row in calls.of_case(session, case_study.id) if row.ended_at), None)
    if spoke is None:
        st.caption("Nothing was submitted yet; these are the latest changes of the case study.")
    else:
        st.caption(texts.as_typed(f"Since {words.moment(spoke.at, zone)}: {spoke.summary} ({history.author(spoke)})"))
        if called is not None and spoke.name != calls.FINISHED:
            st.caption(f"One-on-one counts from the call of {words.moment(called, zone)}.")
    if not listed:
        st.caption("Nothing has changed since.")
    for gesture, said in told:
        with st.container(gap=None):
            st.text(said)
            st.caption(texts.as_typed(f"{history.author(gesture)} · {words.moment(gesture.at, zone)}"))

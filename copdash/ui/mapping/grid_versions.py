"""The map beside an earlier one: freeze it with one click, compare with any version with another.

    begin(case_study, known)           the two buttons of a header
    chosen(session, known)             the version this tab compares with, and what changed since
    bar(case_study, known, found)      the slider over the versions, what changed in words, and the way out
    ghosts(...)                        what the board draws of it

Comparing belongs to the tab: nobody else's screen changes. With names hidden nothing is compared.
"""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from copdash import versions, words
from copdash.analysis import movements
from copdash.components.power_interest_board import Ghosts
from copdash.fields import VERSION
from copdash.models import CaseStudy
from copdash.store import Session
from copdash.ui.habits import changes, sessions, texts
from copdash.versions import Frozen

NOW = "now"
"""Stands for the map as it is where an id of a version is expected."""
SLIDER = "versions.slider"


@dataclass(frozen=True)
class Compared:
    """A version, what changed from it to now, and who moved whom last."""

    version: Frozen
    then: versions.Map
    found: movements.Movements
    movers: Mapping[uuid.UUID, tuple[str, dt.datetime]]


# ---- what is compared -----------------------------------------------------------------------------------------------


def chosen(session: Session, case_study: CaseStudy, known: Sequence[Frozen]) -> Compared | None:
    """What this tab compares the map with; None where it does not compare."""
    wanted = st.session_state.get(sessions.COMPARED)
    version = next((one for one in known if str(one.id) == wanted), None)
    if version is None or sessions.names_hidden():
        return None
    then = versions.at(session, version.id)
    found = movements.between(then, versions.now(session, case_study.id))
    ids = [uuid.UUID(one.id) for one in found.of(movements.MOVED)]
    return Compared(version, then, found, versions.last_moved(session, ids))


def ghosts(case_study: CaseStudy, compared: Compared | None) -> Ghosts | None:
    """What the grid draws: a ghost for everybody who stood elsewhere, a mark for who is new."""
    if compared is None:
        return None
    stood: list[dict[str, Any]] = []
    for one in compared.found.stakeholders:
        if one.before is not None and one.what in (movements.MOVED, movements.WENT, movements.TAKEN_OFF):
            place = dict(zip(("power", "interest"), one.before, strict=True))
            stood.append(
                {"id": one.id, "name": one.name, "group": one.group, "what": one.what, **place}
                | {"note": _note(case_study, compared, one)}
            )
    new = [one.id for one in compared.found.stakeholders if one.what in (movements.CAME, movements.PLACED)]
    return Ghosts(version=compared.version.title, stood=stood, new=new)


def _note(case_study: CaseStudy, compared: Compared, one: movements.Movement) -> str:
    """The reason that was noted, or else who moved it when."""
    if one.reason:
        return words.shortened(one.reason, 160)
    mover = compared.movers.get(uuid.UUID(one.id))
    return f"Moved by {mover[0]}, {day(case_study, mover[1])}" if mover and mover[0] else ""


def day(case_study: CaseStudy, moment: dt.datetime) -> str:
    """A moment as a day at the case study's place: 15 Sep 2021."""
    return words.day(moment.astimezone(zoneinfo.ZoneInfo(case_study.time_zone)))


# ---- on the screen --------------------------------------------------------------------------------------------------


def begin(case_study: CaseStudy, known: Sequence[Frozen]) -> None:
    """Freeze, and compare with the latest version: one click each."""
    if sessions.names_hidden():
        return
    if sessions.may_edit() and not sessions.presenting():
        freeze(case_study.id)
    comparing = any(str(one.id) == st.session_state.get(sessions.COMPARED) for one in known)
    st.button(
        "Compare",
        key="versions.compare",
        icon=":material/compare_arrows:",
        type="primary" if comparing else "secondary",
        disabled=not known,
        help=(
            "Show where everybody stood in an earlier version"
            if known
            else "Freeze the map first; later you see who moved"
        ),
        on_click=_compare,
        args=(None if comparing or not known else str(known[-1].id),),
    )


def freeze(case_study_id: uuid.UUID, label: str = "Freeze") -> None:
    """The button that keeps the map as a version."""
    st.button(
        label,
        key="versions.freeze",
        icon=":material/bookmark_add:",
        help="Keep this map as a version. It names itself; you can give it another name afterwards.",
        on_click=_freeze,
        args=(case_study_id,),
    )


def bar(
    case_study: CaseStudy,
    known: Sequence[Frozen],
    compared: Compared | None,
    *,
    legend: str = "Dashed: where it stood.",
) -> None:
    """What was just frozen, to be named; and while comparing the versions on a line, what changed, and the way out.

    `legend`: how the screen draws what changed.
    """
    frozen = next((one for one in known if str(one.id) == st.session_state.get(sessions.FROZEN)), None)
    if sessions.names_hidden() or not (frozen or compared):
        return
    with st.container(key="versions.bar", horizontal=True, vertical_alignment="center", gap="medium"):
        if frozen is not None:
            with st.popover(texts.as_typed(f"Frozen: {words.shortened(frozen.title, 34)}"), icon=":material/edit:"):
                name(case_study, frozen)
                st.button("Done", key="versions.named", on_click=_let_go, type="primary")
        if compared is not None:
            _slider(known, compared)
            with st.container(width="stretch", gap=None):
                st.text(movements.summary(compared.found))
                st.caption(texts.as_typed(f"{legend} + new here. × gone{_gone(compared.found)}."))
            if sessions.presenting():
                st.button("Stop comparing", key="versions.stop", on_click=_compare, args=(None,))
            else:
                st.page_link("mapping/versions.py", label="As a table", icon=":material/table:")


def _gone(found: movements.Movements) -> str:
    """Who is gone, by name."""
    names = [one.name for one in found.of(movements.WENT)]
    return f": {words.listed(names, 3)}" if names else ""


def _slider(known: Sequence[Frozen], compared: Compared) -> None:
    titles = texts.apart({str(one.id): words.shortened(one.title, 34) for one in known} | {NOW: "Now"})
    now = str(compared.version.id)
    key = sessions.widget(f"{SLIDER}.{len(known)}", now)
    st.select_slider(
        "Compared with",
        list(titles),
        value=now,
        format_func=lambda row_id: texts.as_typed(titles.get(row_id, "")),
        key=key,
        width=280,
        on_change=_slid,
        args=(key,),
    )


def name(case_study: CaseStudy, version: Frozen) -> None:
    """Name and occasion of a version, saved as soon as they are changed."""
    for field in VERSION:
        stored = getattr(version, field)
        key = sessions.widget(f"version.{version.id}.{field}", stored)
        st.text_input(
            VERSION[field].label,
            stored,
            key=key,
            max_chars=200,
            placeholder="Such as: before the workshop" if field == "occasion" else None,
            disabled=not sessions.may_edit(),
            on_change=_rename,
            args=(case_study.id, version.id, field, key, stored),
        )


# ---- what it changes ------------------------------------------------------------------------------------------------


def _freeze(case_study_id: uuid.UUID) -> None:
    made: list[str] = []

    def freeze(session: Session) -> None:
        row = versions.freeze(session, case_study_id)
        made[:] = [str(row.id), row.title]

    if changes.attempt(case_study_id, freeze):
        st.session_state[sessions.FROZEN] = made[0]
        changes.tell(f"Frozen as {made[1]}")


def _rename(case_study_id: uuid.UUID, version_id: uuid.UUID, field: str, key: str, seen: str) -> None:
    values = {field: st.session_state[key]}
    changes.attempt(
        case_study_id,
        lambda session: versions.rename(session, version_id, values=values, seen={field: seen}),
    )


def _compare(version_id: str | None) -> None:
    st.session_state[sessions.COMPARED] = version_id


def _slid(key: str) -> None:
    value = st.session_state.get(key)
    _compare(None if value == NOW else value)


def _let_go() -> None:
    st.session_state[sessions.FROZEN] = None

"""The network screen below its page: places for newcomers, arrangements, the file, and what an empty one says."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from copdash import history, meetings, relations, roles, stakeholders, store
from copdash.analysis import filters, layouts, network_sentences, networks, roadmaps, surroundings
from copdash.analysis.networks import Measures
from copdash.components.network_board import NetworkRows
from copdash.eyes import Eye
from copdash.figures import networks as figures
from copdash.figures.networks import SIZED, SizeBy
from copdash.models import CaseStudy, Relation, Stakeholder
from copdash.ui.habits import changes, empty, sessions, texts
from copdash.ui.mapping import network_rows
from copdash.ui.mapping.grid_versions import Compared
from copdash.ui.mapping.network_rows import TOWERS, Map

SIZES: tuple[str, ...] = ("degree", "betweenness", "power", "interest", TOWERS, "same")
"""What the size of a stakeholder may say, in the order offered."""

Arrangement = Literal["force", "group", "circle"]
ARRANGEMENTS: dict[Arrangement, str] = {
    "force": "By ties: tied ones near each other",
    "group": "By group: each together",
    "circle": "In a circle: brokers in the centre",
}
"""The layouts to choose from."""


def said_of(size: str) -> str:
    """What a size says, in words."""
    return "Influence towers: power as discs" if size == TOWERS else SIZED[size]  # type: ignore[index]


def size(key: str) -> str:
    """The choice of what the size of a stakeholder says, in the room too: influence towers belong there."""
    with st.popover("Size", icon=":material/bubble_chart:", help="What the size of a stakeholder says"):
        return st.radio("Size of a stakeholder", SIZES, format_func=said_of, key=key, bind="query-params") or SIZES[0]


AROUND = "network.around"
"""The key of the choice whose surroundings are drawn of a large network."""


def settled(eye: Eye, case_study_id: uuid.UUID, around: uuid.UUID | None = None) -> Map:
    """The network as it is now; stakeholders without a place get one, and keep it.

    Of a network that is too large the part around this stakeholder (`surroundings`), and only that is laid out.
    """
    found = _read(eye, case_study_id, around)
    if all(_is_placed(row) for row in found.stakeholders):
        return found
    kept = {s.id: (s.network_x, s.network_y) for s in found.stakeholders if _is_placed(s)}
    spots = layouts.place([s.id for s in found.stakeholders], found.ties, kept)  # type: ignore[arg-type]
    with store.writing(roles.PROGRAM, case_study_id, undoable=False) as session:
        # Another screen may have placed them, or somebody deleted one, while this one was computing.
        waited = history.version(session, case_study_id) == found.version
        drawn = {s.id for s in found.stakeholders}
        rows = [s for s in stakeholders.of_case(session, case_study_id) if s.id in drawn]
        still = [s.id for s in rows if s.id in spots and not _is_placed(s)]
        if still:
            stakeholders.arrange(session, {id_: spots[id_] for id_ in still})
        version = history.version(session, case_study_id)
    if not waited or eye.names_hidden:  # a session that writes reads names
        return _read(eye, case_study_id, around)
    return replace(found, version=version, stakeholders=rows)


def _read(eye: Eye, case_study_id: uuid.UUID, around: uuid.UUID | None = None) -> Map:
    with store.reading(eye) as session:
        found = Map(
            history.version(session, case_study_id),
            stakeholders.of_case(session, case_study_id),
            relations.of_case(session, case_study_id),
        )
    people, ties = found.stakeholders, found.ties
    if not surroundings.is_too_large(len(people), len(ties)):
        return found
    part = surroundings.part([row.id for row in people], ties, around)
    drawn, kept = set(part.ids), {tie.id for tie in part.ties}
    return replace(
        found,
        stakeholders=[row for row in people if row.id in drawn],
        ties=part.ties,
        all_people=len(people),
        all_ties=len(ties),
        others=frozenset(tie.id for tie in ties if tie.id not in kept),
    )


def chosen_one() -> uuid.UUID | None:
    """Around whom a large network is drawn: whom somebody found here, or chose on another screen before."""
    said = st.session_state.get(AROUND, st.session_state.get(sessions.SELECTED))
    try:
        return uuid.UUID(str(said)) if said else None
    except ValueError:
        return None


def find(case_study_id: uuid.UUID, found: Map, around: uuid.UUID | None) -> None:
    """Of a large network: how much is not drawn, and a search among all that brings somebody's surroundings."""
    if not found.all_people:
        return
    with store.reading(sessions.eye()) as session:
        names = {str(row.id): row.name or "(no name)" for row in stakeholders.of_case(session, case_study_id)}
    if AROUND in st.session_state and st.session_state[AROUND] not in names:
        st.session_state[AROUND] = None
    titles = texts.apart(names)
    known = list(names)
    with st.container(horizontal=True, vertical_alignment="center", key="network-large"):
        st.selectbox(
            "Find a stakeholder in the whole network",
            known,
            index=known.index(str(around)) if str(around) in names else None,
            format_func=lambda row_id: titles.get(row_id, "Deleted"),
            key=AROUND,
            placeholder=f"Find one of {len(known):,} stakeholders",
            label_visibility="collapsed",
            width=320,
        )
        st.markdown(texts.as_typed(not_drawn(found, names.get(str(around), ""))), width="stretch")


def not_drawn(found: Map, name: str = "") -> str:
    """What is drawn of a large network, how much is not, and how to see it."""
    shown, ties = len(found.stakeholders), len(found.ties)
    around = f"around {name}" if name else "those with most ties"
    return (
        f"This network is too large to draw at once. You see {shown:,} stakeholders ({around}) and {ties:,} ties; "
        f"{found.all_people - shown:,} stakeholders and {found.all_ties - ties:,} ties are not shown. "
        "Find a stakeholder to see who is around. The measures are those of what is shown."
    )


def _is_placed(row: Stakeholder) -> bool:
    return row.network_x is not None and row.network_y is not None


def board_rows(
    eye: Eye, case_study_id: uuid.UUID, found: Map, size_by: str, state: object = None, compared: Compared | None = None
) -> NetworkRows:
    """What the board is told. `state` is what the person chose to see there: its `shown`."""
    with_meetings = isinstance(state, Mapping) and state.get("meetings") is True
    if compared is not None:
        found = replace(found, before=compared.then, before_title=compared.version.title)
    if with_meetings:
        with store.reading(eye) as session:
            found = replace(
                found,
                meetings=meetings.of_case(session, case_study_id),
                guests=meetings.invited(session, case_study_id),
                came=meetings.attended(session, case_study_id),
            )
    return network_rows.of(found, size_by, network_rows.shown(state), with_meetings=with_meetings)


def measured(found: Map) -> Measures:
    """The measures of a network, without wanted ties."""
    return network_rows.reckon(found, filters.counted(found.ties)).measures


def arrange(case_study_id: uuid.UUID, how: Arrangement = "force", around: uuid.UUID | None = None) -> None:
    """Callback: a new layout for everybody who is drawn, one gesture of the person here."""
    found = _read(sessions.eye(), case_study_id, around)
    places = spots(found, how)
    seen = {row.id: (row.network_x, row.network_y) for row in found.stakeholders}
    if places:
        changes.attempt(
            case_study_id,
            lambda session: stakeholders.arrange(session, places, seen=seen),
            says="Everybody has a new place. «Undo» puts them back.",
        )


def spots(found: Map, how: Arrangement) -> dict[Any, layouts.Position]:
    """A new place for everybody: the same network always gives the same ones."""
    ids = [row.id for row in found.stakeholders]
    groups = {row.id: row.group for row in found.stakeholders}
    counted: list[Relation] = filters.counted(found.ties)
    if how == "group":
        return layouts.by_group(ids, counted, groups)
    if how == "circle":
        return layouts.circle(ids, counted, networks.measure(ids, counted).betweenness, groups)
    return layouts.layout(ids, found.ties)


def file(eye: Eye, case_study: CaseStudy, size_by: str, around: uuid.UUID | None = None) -> bytes:
    """The network, or of a large one the part around somebody, as one HTML file that opens offline."""
    found = settled(eye, case_study.id, around)
    names = {row.id: row.name for row in found.stakeholders}
    drawn_as: SizeBy = "power" if size_by == TOWERS else size_by  # type: ignore[assignment]
    return figures.standalone_html(
        found.stakeholders,
        found.ties,
        title=f"Network of {case_study.title}",
        date=roadmaps.today(case_study),
        size_by=drawn_as,
        notes=[
            *([not_drawn(found, names.get(around, "") if around else "")] if found.all_people else []),
            *(f"{said.title}: {said.value}. {said.sentence}" for said in network_sentences.of(measured(found), names)),
        ],
    ).encode("utf-8")


def teach() -> None:
    """Shown where nobody is on the list yet."""
    with st.container(border=True):
        st.markdown("#### Who is connected to whom?")
        st.write(
            "The network shows the ties between your stakeholders: who informs, pays, advises or supports whom, and "
            "where conflict is. It then says who links the others, and who is left out. "
            "It starts from the list of stakeholders, which is still empty."
        )
        with st.container(horizontal=True):
            st.page_link("mapping/stakeholders.py", label="Go to the list", icon=":material/table_rows:")
            st.page_link("overview/portfolio.py", label="Look at another case study", icon=":material/grid_view:")
            empty.example()

"""The network screen below its page: rows for the board, places for newcomers, the file, and what an empty one says."""

from __future__ import annotations

import functools
import uuid
from dataclasses import dataclass
from typing import Any

import streamlit as st

from copdash import history, relations, roles, rows, stakeholders, store
from copdash.analysis import layouts, networks, roadmaps
from copdash.analysis.networks import Measures
from copdash.analysis.readings import Measure
from copdash.components.network_board import Broker, Mark, NetworkRows, Reading
from copdash.fields import plain
from copdash.figures import colours
from copdash.figures import networks as figures
from copdash.figures.networks import SizeBy
from copdash.models import CaseStudy, Relation, RelationType, Stakeholder
from copdash.ui import changes, empty

SHOWN = ("ties", "density", "isolates", "e_i", "brokers")
"""The measures beside the picture, of all those of `analysis.networks`; brokers one by one."""

SIZES: tuple[SizeBy, ...] = ("degree", "betweenness", "power", "interest", "same")
"""What the size of a stakeholder may say, in the order offered."""

_TOLD = ("id", "name", "group", "organisation", "power", "interest", "attitude", "membership")


@dataclass(frozen=True)
class Map:
    """One reading of a case study's network; every stakeholder has a place."""

    version: int
    stakeholders: list[Stakeholder]
    ties: list[Relation]


def settled(case_study_id: uuid.UUID) -> Map:
    """The network as it is now; stakeholders without a place get one, and keep it."""
    found = _read(case_study_id)
    if all(_is_placed(row) for row in found.stakeholders):
        return found
    kept = {s.id: (s.network_x, s.network_y) for s in found.stakeholders if _is_placed(s)}
    spots = layouts.place([s.id for s in found.stakeholders], found.ties, kept)  # type: ignore[arg-type]
    with store.writing(roles.PROGRAM, case_study_id, name="arranged", undoable=False) as session:
        # Another screen may have placed them, or somebody deleted one, while this one was computing.
        still = [s.id for s in stakeholders.of_case(session, case_study_id) if s.id in spots and not _is_placed(s)]
        if still:
            stakeholders.arrange(session, {id_: spots[id_] for id_ in still})
    return _read(case_study_id)


def _read(case_study_id: uuid.UUID) -> Map:
    with store.reading() as session:
        return Map(
            history.version(session, case_study_id),
            stakeholders.of_case(session, case_study_id),
            relations.of_case(session, case_study_id),
        )


def _is_placed(row: Stakeholder) -> bool:
    return row.network_x is not None and row.network_y is not None


def board_rows(found: Map, size_by: SizeBy) -> NetworkRows:
    """What the board is told."""
    measures = measured(found)
    names = {row.id: row.name for row in found.stakeholders}
    said = {measure.key: measure for measure in measures.sentences(names)}
    nodes, edges, options = figures.network(found.stakeholders, found.ties, size_by=size_by)
    return NetworkRows(
        nodes=nodes,
        edges=edges,
        options=options,
        pens=pens(),
        twins=twins(),
        stakeholders=[{name: plain(getattr(row, name)) for name in _TOLD} for row in found.stakeholders],
        ties=[rows.wire(row) for row in found.ties],
        readings=[_reading(said[key]) for key in SHOWN],
        brokers=[
            Broker(id=str(id_), value=f"{measures.betweenness[id_]:.3f}", sentence=_broker(measures, id_))
            for id_ in measures.brokers
        ],
        groups=_groups(found),
    )


def measured(found: Map) -> Measures:
    """The measures of a network."""
    groups = {row.id: row.group for row in found.stakeholders}
    return networks.measure([row.id for row in found.stakeholders], found.ties, groups)


def _reading(said: Measure) -> Reading:
    return Reading(
        key=said.key,
        title=said.title,
        value=said.value,
        sentence=said.sentence,
        ignores_direction=said.ignores_direction,
    )


def _broker(measures: Measures, id_: uuid.UUID) -> str:
    share = measures.betweenness[id_] * 100
    ways = f"about {share:.0f} in 100" if share >= 1 else "fewer than 1 in 100"
    return f"Lies on {ways} shortest ways between two others, with {measures.degree[id_]} partners."


def _groups(found: Map) -> list[Mark]:
    here = {row.group if row.group in colours.GROUPS else colours.NOT_SET for row in found.stakeholders}
    return [
        Mark(name=name, colour=look.light, filled=look.filled, points=colours.points(look.shape))
        for name, look in colours.GROUPS.items()
        if name in here
    ]


@functools.cache
def pens() -> dict[str, list[dict[str, Any]]]:
    """How pyvis draws each type of tie at strength 1, 2 and 3: a tie looks so before the server has answered."""
    ends = [Stakeholder(case_study_id=uuid.UUID(int=0), network_x=0.0, network_y=0.0) for _ in range(2)]
    drawn = {
        kind: [
            Relation(case_study_id=uuid.UUID(int=0), from_id=ends[0].id, to_id=ends[1].id, type=kind, strength=strength)
            for strength in (1, 2, 3)
        ]
        for kind in RelationType.values()
    }
    _, edges, _ = figures.network(ends, [tie for three in drawn.values() for tie in three])
    by_id = {edge["id"]: edge for edge in edges}
    wanted = ("width", "color", "dashes")
    return {kind: [{key: by_id[str(tie.id)][key] for key in wanted} for tie in three] for kind, three in drawn.items()}


@functools.cache
def twins() -> dict[str, str]:
    """Colour in the light theme -> the same in the dark one. The board knows its theme before the server does."""
    groups = {look.light: look.dark for look in colours.GROUPS.values()}
    return groups | {look.light: look.dark for look in colours.TIES.values()}


def arrange_anew(case_study_id: uuid.UUID) -> None:
    """Callback: a new layout for everybody, one gesture of the person here."""
    found = _read(case_study_id)
    spots = layouts.layout([row.id for row in found.stakeholders], found.ties)
    if spots and changes.attempt(case_study_id, "arranged", lambda session: stakeholders.arrange(session, spots)):
        changes.tell("The network is arranged anew. «Undo» puts everybody back.")


def file(case_study: CaseStudy, size_by: SizeBy) -> bytes:
    """The network as one HTML file that opens offline."""
    found = settled(case_study.id)
    names = {row.id: row.name for row in found.stakeholders}
    return figures.standalone_html(
        found.stakeholders,
        found.ties,
        title=f"Network of {case_study.title}",
        date=roadmaps.today(case_study),
        size_by=size_by,
        notes=[f"{said.title}: {said.value}. {said.sentence}" for said in measured(found).sentences(names)],
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

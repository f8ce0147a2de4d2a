"""What the network board is told: nodes and lines as drawn, and beside them what they mean, for all and for each."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copdash import rows, words
from copdash.analysis import (
    filters,
    introductions,
    layouts,
    network_sentences,
    networks,
    standing_sentences,
    standings,
)
from copdash.analysis.filters import Filter
from copdash.analysis.network_sentences import Measure, times
from copdash.analysis.networks import Measures, Tie
from copdash.analysis.standings import Standing
from copdash.components.network_board import Broker, Gathering, Introduction, Mark, Measured, NetworkRows
from copdash.errors import Invalid
from copdash.fields import RELATION, plain
from copdash.figures import colours
from copdash.figures import networks as figures
from copdash.figures.networks import SizeBy
from copdash.models import Meeting, Membership, Relation, RelationType, Stakeholder, TieStatus

SHOWN = (
    "ties",
    "density",
    "isolates",
    "components",
    "cut_points",
    "reach",
    "reciprocity",
    "e_i",
    "e_i_helix",
    "communities",
    "brokers",
)
"""The measures beside the picture, of all those of `analysis.networks`; brokers one by one."""

TOWERS = "towers"
"""The size that is no size: power as a tower of discs beside each stakeholder, as in a Net-Map session."""

_NODE = ("id", "label", "x", "y", "size", "shape", "color", "borderWidth", "shapeProperties", "tooltip")
_EDGE = ("id", "width", "color", "dashes")
"""What the board takes from pyvis' nodes and edges; the ends and the bend of an edge come from its tie."""

_TOLD = ("id", "name", "group", "helix", "organisation", "power", "interest", "attitude", "membership")


@dataclass(frozen=True)
class Map:
    """One reading of a case study's network; every stakeholder has a place."""

    version: int
    stakeholders: list[Stakeholder]
    ties: list[Relation]
    meetings: list[Meeting] = field(default_factory=list)
    guests: Mapping[uuid.UUID, Sequence[uuid.UUID]] = field(default_factory=dict)
    """Meeting id -> the stakeholders invited to it."""
    came: Mapping[uuid.UUID, Sequence[uuid.UUID]] = field(default_factory=dict)
    """Meeting id -> those of them who came."""
    before: Mapping[str, Any] | None = None
    """A frozen version to compare with."""
    before_title: str = ""
    all_people: int = 0
    """Stakeholders of the case study, where only a part of a large network is here; 0 where it is whole."""
    all_ties: int = 0
    others: frozenset[uuid.UUID] = frozenset()
    """Ids of the ties that are there and not drawn."""


@dataclass(frozen=True)
class Reckoned:
    """Everything that is computed of a network."""

    measures: Measures
    standings: dict[Any, Standing]
    introductions: list[introductions.Introduction]


def shown(state: object) -> Filter:
    """What a person chose to see, as their board sent it; whatever cannot be understood shows all."""
    if not isinstance(state, Mapping):
        return Filter()
    try:
        types = state.get("types")
        return Filter(
            frozenset(types) & frozenset(RelationType.values()) if isinstance(types, list) else None,
            RELATION["strength"].clean(state.get("strength") or 1),
            str(state.get("status") or "") if state.get("status") in TieStatus.values() else "",
            RELATION["since"].clean(state.get("day") or None),
        )
    except (Invalid, TypeError):
        return Filter()


def of(found: Map, size_by: SizeBy | str, chosen: Filter, *, with_meetings: bool) -> NetworkRows:
    """What the board is told."""
    counted = filters.counted(found.ties, chosen)
    reckoned = reckon(found, counted)
    measures = reckoned.measures
    names = {row.id: row.name for row in found.stakeholders}
    groups = {row.id: row.group for row in found.stakeholders}
    said = {measure.key: measure for measure in network_sentences.of(measures, names)}
    drawn_as: Any = "same" if size_by == TOWERS else size_by
    nodes, edges, options = figures.network(
        found.stakeholders, found.ties, size_by=drawn_as, counted=counted, measures=measures
    )
    return NetworkRows(
        nodes=[_seen(node, _NODE) for node in nodes],
        edges=[_seen(edge, _EDGE) for edge in edges],
        options=options,
        pens=pens(),
        wanted={"dashes": list(figures.WANTED_DASH), "opacity": figures.WANTED_OPACITY},
        twins=twins(),
        stakeholders=[{name: plain(getattr(row, name)) for name in _TOLD} for row in found.stakeholders],
        ties=[rows.wire(row) for row in found.ties],
        counted=len(counted),
        measures=[_measured(said[key]) for key in SHOWN],
        brokers=[
            Broker(id=str(id_), value=f"{measures.betweenness[id_]:.3f}", sentence=_broker(measures, id_))
            for id_ in measures.brokers
        ],
        standings={
            str(id_): _standing(one, measures, names, has_group=bool(groups.get(id_)))
            for id_, one in reckoned.standings.items()
        },
        introductions=[
            Introduction(one=str(pair.one), other=str(pair.other), sentence=standing_sentences.introduction(pair))
            for pair in reckoned.introductions
        ],
        nobody_to_introduce=""
        if reckoned.introductions
        else standing_sentences.no_introduction(measures, wished=any(t.status == TieStatus.WANTED for t in found.ties)),
        groups=_groups(found),
        memberships=Membership.values(),
        towers=size_by == TOWERS,
        gatherings=gatherings(found) if with_meetings else None,
        compared=_compared(found),
    )


def _seen(drawn: Mapping[str, Any], wanted: Sequence[str]) -> dict[str, Any]:
    """What the board looks at of a node or an edge of pyvis; of thousands the rest would weigh as much again."""
    return {name: drawn[name] for name in wanted}


def reckon(found: Map, counted: Sequence[Relation]) -> Reckoned:
    """Measures, standings and introductions of a network; the same network is not computed twice."""
    wanted = [tie for tie in found.ties if tie.status == TieStatus.WANTED]
    return _reckoned(
        tuple(row.id for row in found.stakeholders),
        tuple(Tie(tie.from_id, tie.to_id, tie.directed, tie.strength) for tie in counted),
        tuple(row.group for row in found.stakeholders),
        tuple(row.helix for row in found.stakeholders),
        tuple((tie.from_id, tie.to_id) for tie in wanted),
    )


@functools.lru_cache(maxsize=24)
def _reckoned(
    ids: tuple[uuid.UUID, ...],
    ties: tuple[Tie, ...],
    groups: tuple[str, ...],
    helices: tuple[str, ...],
    wanted: tuple[tuple[uuid.UUID, uuid.UUID], ...],
) -> Reckoned:
    """Pure, and known by all it depends on: a drag changes none of it."""
    of_group = dict(zip(ids, groups, strict=True))
    measures = networks.measure(ids, ties, of_group, dict(zip(ids, helices, strict=True)))
    return Reckoned(
        measures,
        standings.of(ids, ties, measures, of_group),
        introductions.proposed(ids, ties, of_group, known=wanted, betweenness=measures.betweenness),
    )


def _measured(said: Measure) -> Measured:
    return Measured(
        key=said.key,
        title=said.title,
        value=said.value,
        sentence=said.sentence,
        ignores_direction=said.ignores_direction,
    )


def _broker(measures: Measures, id_: uuid.UUID) -> str:
    often = times(measures.betweenness[id_])
    return (
        f"The shortest way between two others runs over them {often}; {words.counted(measures.degree[id_], 'partner')}."
    )


def _standing(one: Standing, measures: Measures, names: Mapping[uuid.UUID, str], *, has_group: bool) -> dict[str, Any]:
    return {
        "facts": standing_sentences.of(one, len(measures.communities), measures.nodes - 1, has_group=has_group),
        "leaving": standing_sentences.leaving(one.leaving, names),
        "lost": [str(id_) for id_ in one.leaving.cut_off],
    }


def _groups(found: Map) -> list[Mark]:
    here = {row.group if row.group in colours.GROUPS else colours.NOT_SET for row in found.stakeholders}
    return [
        Mark(name=name, colour=look.light, filled=look.filled, points=colours.points(look.shape))
        for name, look in colours.GROUPS.items()
        if name in here
    ]


def gatherings(found: Map) -> list[Gathering]:
    """Meetings with guests, each near the middle of those who are invited; nobody moves for them."""
    kept: dict[Any, layouts.Position] = {
        row.id: (row.network_x, row.network_y)
        for row in found.stakeholders
        if row.network_x is not None and row.network_y is not None
    }
    met = [meeting for meeting in found.meetings if found.guests.get(meeting.id)]
    invitations = [Tie(guest, meeting.id) for meeting in met for guest in found.guests[meeting.id] if guest in kept]
    spots = layouts.place([*kept, *(meeting.id for meeting in met)], invitations, kept)
    return [
        Gathering(
            id=str(meeting.id),
            title=meeting.title or "(no title)",
            label=figures.label(meeting.title),
            when=words.day_in_full(meeting.starts_on) if meeting.starts_on else "Not scheduled",
            kind=meeting.kind,
            certainty=meeting.certainty,
            x=spots[meeting.id][0],
            y=spots[meeting.id][1],
            guests=[str(guest) for guest in found.guests[meeting.id] if guest in kept],
            came=[str(guest) for guest in found.came.get(meeting.id, ()) if guest in kept],
        )
        for meeting in met
    ]


def _compared(found: Map) -> dict[str, Any] | None:
    """Ties that are new since a version, and those that are gone, with the measures of that day."""
    if found.before is None:
        return None
    then = {str(row["id"]): row for row in found.before.get("relations", ())}
    now = {str(tie.id) for tie in found.ties}
    here = {str(row.id) for row in found.stakeholders}
    if found.all_people:  # what is not drawn now is not gone
        then = {row_id: row for row_id, row in then.items() if {str(row["from_id"]), str(row["to_id"])} <= here}
        now |= {str(row_id) for row_id in found.others}
    names = {str(row["id"]): str(row["name"]) for row in found.before.get("stakeholders", ())}
    gone = [row for row_id, row in then.items() if row_id not in now]
    return {
        "title": found.before_title,
        "came": sorted(here - names.keys()),
        "new": [tie for tie in sorted(now) if tie not in then],
        "gone": [
            {
                "id": str(row["id"]),
                "from_id": str(row["from_id"]),
                "to_id": str(row["to_id"]),
                "type": str(row.get("type") or RelationType.INFORMATION.value),
                "directed": bool(row.get("directed", True)),
                "strength": int(row.get("strength") or 1),
                "status": str(row.get("status") or TieStatus.EXISTING.value),
                "from": names.get(str(row["from_id"]), "somebody"),
                "to": names.get(str(row["to_id"]), "somebody"),
                "drawn": {str(row["from_id"]), str(row["to_id"])} <= here,
            }
            for row in gone
        ],
        "then": network_sentences.then(found.before.get("measures") or {}),
    }


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

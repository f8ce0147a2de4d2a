"""What the numbers of a network mean for the CoP, each in a sentence or two of everyday words.

The sentences speak of the map («on this map»), never of the world: a tie nobody drew may still exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from copdash import words
from copdash.analysis.networks import Measures

SPARSE, DENSE = 0.1, 0.4
"""Undirected density below which a map reads as loose, and from which on as close. Ours: a habit of reading, no law."""
NAMED = 5
"""How many names a sentence says at most."""


@dataclass(frozen=True)
class Measure:
    """One number: `key` as in `networks.Measures`, `title` and `value` as shown, what it means, what it ignores."""

    key: str
    title: str
    value: str
    sentence: str
    ignores_direction: bool


def of(m: Measures, names: Mapping[Any, str]) -> list[Measure]:
    """Every number with what it means for the CoP, in the order to show them; `names`: node id -> name.

    Undefined numbers show as «–».
    """
    return [
        Measure("ties", "Ties", str(m.ties), _ties(m), False),
        Measure("density", "Density", _number(m.density, 3), _density(m), True),
        Measure("density_directed", "Density, directed", _number(m.density_directed, 3), _directed(m), False),
        Measure("isolates", "Without ties", str(len(m.isolates)), _isolates(m, names), True),
        Measure("components", "Separate parts", str(m.components), _components(m), True),
        Measure("brokers", "Main brokers", names_of(m.brokers, names) or "–", _brokers(m, names), True),
        Measure("cut_points", "Single links", str(len(m.cut_points)), _cut_points(m, names), True),
        Measure("degree", "Partners each", _number(_mean_degree(m), 1), _degree(m, names), True),
        Measure("reciprocity", "Answered ties", _percent(m.reciprocity), _reciprocity(m), False),
        Measure("e_i", "E-I index by group", _number(m.e_i, 2, signed=True), _e_i(m), True),
        Measure("e_i_helix", "E-I index by helix", _number(m.helices.e_i, 2, signed=True), _helices(m), True),
        Measure("reach", "Reach in two steps", _percent(m.mean_reach), _reach(m, names), True),
        Measure("communities", "Circles", str(len(m.communities)), _communities(m, names), True),
    ]


def then(kept: Mapping[str, Any]) -> dict[str, str]:
    """Measures that were kept of an earlier day, each as `of` shows it; what was not kept then is missing."""

    def number(name: str) -> float | None:
        value = kept.get(name)
        return value if isinstance(value, int | float) else None

    shown = {
        "density": _number(number("density"), 3),
        "reciprocity": _percent(number("reciprocity")),
        "e_i": _number(number("e_i"), 2, signed=True),
        "e_i_helix": _number(number("e_i_helix"), 2, signed=True),
        "reach": _percent(number("mean_reach")),
    }
    for key, name in (("ties", "ties"), ("components", "components"), ("communities", "circles")):
        shown[key] = _number(number(name), 0)
    for key in ("isolates", "cut_points"):
        shown[key] = str(len(kept[key])) if isinstance(kept.get(key), list) else "–"
    return {key: text for key, text in shown.items() if text != "–"}


def _ties(m: Measures) -> str:
    if m.nodes < 2:
        return "A network needs at least two stakeholders. Add more to the list first."
    if not m.ties:
        return "No tie is drawn yet. Start with who already talks to whom."
    text = f"{words.counted(m.ties, 'tie')} {words.verb(m.ties, 'is')} drawn among {m.nodes} stakeholders."
    if m.pairs < m.ties:
        text += f" They link {words.counted(m.pairs, 'different pair')}, because some pairs have more than one tie."
    if m.self_loops:
        are = words.verb(m.self_loops, "is")
        text += f" {words.counted(m.self_loops, 'tie')} from a stakeholder to itself {are} not counted."
    return text


def _density(m: Measures) -> str:
    if m.density is None:
        return "With fewer than two stakeholders there is nobody to be tied to."
    if m.pairs == 0:
        return "No two stakeholders are linked on this map yet."
    text = f"{in_hundred(m.density)} possible pairs of stakeholders are linked."
    if m.density < SPARSE:
        return text + " Most do not work together yet, so the CoP has many introductions to make."
    if m.density < DENSE:
        return text + " There is a base to build on, and there are still introductions to make."
    return text + " Most know each other already, so take care that newcomers get in."


def _directed(m: Measures) -> str:
    if m.density_directed is None:
        return "With fewer than two stakeholders there is no direction to count."
    if not m.density_directed:
        return "No tie runs in any direction on this map yet."
    return (
        f"Counting each direction for itself, {in_hundred(m.density_directed, start=False)} possible ties are there. "
        "The further this lies below the density, the more runs one way only."
    )


def _isolates(m: Measures, names: Mapping[Any, str]) -> str:
    n = len(m.isolates)
    if not m.nodes:
        return "There is nobody on the map yet."
    if not n:
        return "Everybody has at least one tie, so word can reach each stakeholder through somebody."
    who = names_of(m.isolates, names)
    if n == 1:
        return f"{who} has no tie on this map. Ask who could bring them in."
    return f"{n} stakeholders have no tie on this map: {who}. Ask for each who could bring them in."


def _components(m: Measures) -> str:
    if not m.nodes:
        return "There is nobody on the map yet."
    if m.components == 1:
        return "The network hangs together: news can travel from anyone to anyone."
    return (
        f"The network falls into {m.components} parts with no tie between them; the largest holds "
        f"{m.largest_component} of {m.nodes} stakeholders. News does not cross from one part to another "
        "unless the CoP carries it."
    )


def _brokers(m: Measures, names: Mapping[Any, str]) -> str:
    if not m.brokers:
        return "Nobody stands between others on this map, so there is no broker to rely on yet."
    first = m.brokers[0]
    text = (
        f"Where two others look for each other, the shortest way runs over {_name(first, names)} "
        f"{times(m.betweenness[first])}."
    )
    if len(m.brokers) == 1:
        return text + " This stakeholder can open doors, and much stops when they drop out."
    return text + f" {names_of(m.brokers, names)} can open doors; invite them early, and do not overload them."


def _cut_points(m: Measures, names: Mapping[Any, str]) -> str:
    n = len(m.cut_points)
    if not n:
        return "No part of the network hangs on one stakeholder alone."
    if n == 1:
        return f"Without {names_of(m.cut_points, names)} the network would fall apart. Build a second way around."
    return f"The network would fall apart without any one of {n} stakeholders: {names_of(m.cut_points, names)}."


def _degree(m: Measures, names: Mapping[Any, str]) -> str:
    most = max(m.degree.values(), default=0)
    if not most:
        return "Nobody is tied to anybody on this map yet."
    top = [node for node, degree in m.degree.items() if degree == most]
    have = words.verb(len(top), "has")
    each = "" if len(top) == 1 else " each"
    return (
        f"A stakeholder is tied to {_number(_mean_degree(m), 1)} others on average; {names_of(top, names)} {have} the "
        f"most partners, {most}{each}."
    )


def _reciprocity(m: Measures) -> str:
    if m.reciprocity is None:
        return "No tie on this map has a direction, so there is nothing to answer."
    text = f"{in_hundred(m.reciprocity)} ties that point one way are answered by a tie back."
    if m.reciprocity < 0.5:
        return text + " Much runs one way; ask whether those who give also get something."
    return text + " Giving and taking are fairly even."


def _e_i(m: Measures) -> str:
    if m.e_i is None:
        text = "It needs a tie between two stakeholders whose groups are set."
    else:
        crossing = words.verb(m.external, "crosses")
        staying = words.verb(m.internal, "stays")
        text = f"{words.counted(m.external, 'link')} {crossing} from one group to another, "
        text += f"{m.internal} {staying} within one."
        if m.e_i < 0:
            text += " People keep to their own kind; mix the groups at the tables."
        elif m.e_i == 0:
            text += " The two balance."
        else:
            text += " Groups reach out to each other, which is what a CoP lives on."
    if m.ungrouped:
        are = words.verb(m.ungrouped, "is")
        text += f" {words.counted(m.ungrouped, 'link')} {are} left out because a group is not set."
    return text


def _helices(m: Measures) -> str:
    index, external, internal, unset = m.helices
    if index is None:
        return "It needs a tie between two stakeholders whose helix is set."
    text = f"{words.counted(external, 'link')} {words.verb(external, 'crosses')} from one helix to another, "
    text += f"{internal} {words.verb(internal, 'stays')} within one. "
    if index < 0:
        text += "Government, industry, academia and civil society keep to themselves."
    elif index == 0:
        text += "The two balance."
    else:
        text += "Government, industry, academia and civil society talk across their borders."
    if unset:
        text += f" {words.counted(unset, 'link')} {words.verb(unset, 'is')} left out because a helix is not set."
    return text


def _reach(m: Measures, names: Mapping[Any, str]) -> str:
    mean = m.mean_reach
    if not mean:
        return "Nobody can pass a word on to anybody yet."
    most = max(m.reach.values())
    top = [node for node, share in m.reach.items() if share == most]
    return (
        f"Through one person in between, a stakeholder reaches {in_hundred(mean, start=False)} others on average; "
        f"{names_of(top, names)} {words.verb(len(top), 'reaches')} the most, {most:.0%}. "
        "Spread news from there."
    )


def _communities(m: Measures, names: Mapping[Any, str]) -> str:
    if not m.communities:
        return "Without ties there are no circles."
    if len(m.communities) == 1:
        return "All who are tied belong to one circle; nobody forms a group apart."
    sizes = words.listed(str(len(circle)) for circle in m.communities)
    text = f"Those who are tied fall into {len(m.communities)} circles that deal mostly with each other, of {sizes}"
    heads = [max(circle, key=lambda node: m.degree[node]) for circle in m.communities[:3]]
    text += f"; the largest are around {names_of(heads, names)}. "
    return text + "Seat people of different circles together."


def _mean_degree(m: Measures) -> float | None:
    return 2 * m.pairs / m.nodes if m.nodes else None


def _number(value: float | None, digits: int, *, signed: bool = False) -> str:
    if value is None:
        return "–"
    rounded = round(value, digits) or 0.0
    return f"{rounded:+.{digits}f}" if signed and rounded else f"{rounded:.{digits}f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def in_hundred(share: float, *, start: bool = True) -> str:
    """«About 9 in 100», without the capital when it does not start the sentence; 0 and 1 in words."""
    if share in (0, 1):
        text = "None of the" if share == 0 else "All"
    else:
        rounded = round(share * 100)
        text = "Fewer than 1 in 100" if rounded == 0 else f"About {rounded} in 100"
    return text if start else text[:1].lower() + text[1:]


def times(share: float) -> str:
    """How often, for the end of a sentence: «about 14 times in 100», «every time»."""
    rounded = round(share * 100)
    if share >= 1:
        return "every time"
    if rounded < 1:
        return "less than once in 100 times"
    return "about once in 100 times" if rounded == 1 else f"about {rounded} times in 100"


def _name(node: Any, names: Mapping[Any, str]) -> str:
    return names.get(node) or "(no name)"


def names_of(nodes: Iterable[Any], names: Mapping[Any, str]) -> str:
    """Up to five names in a sentence."""
    return words.listed([_name(node, names) for node in nodes], NAMED - 1, rest="others")

"""What the place of one stakeholder means for the CoP, each fact in a sentence that can be said aloud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copdash import words
from copdash.analysis.introductions import Introduction
from copdash.analysis.network_sentences import names_of, times
from copdash.analysis.networks import Measures
from copdash.analysis.standings import Leaving, Roles, Standing

LOOSE, TIGHT = 0.3, 0.6
"""Constraint below which somebody is free to choose between partners, and from which on bound to them. A habit."""

ROLES = {
    "liaison": "bring two other groups together",
    "gatekeeper": "let others into their own group",
    "representative": "speak for their own group to others",
    "coordinator": "connect people of their own group",
    "consultant": "connect two of another group from outside",
}
"""What each of Gould and Fernandez' roles does, in the order in which equal ones are named."""

_ORDINAL = {1: "the second largest", 2: "the third largest", 3: "the fourth largest"}


def of(standing: Standing, circles: int, others: int, *, has_group: bool = True) -> list[tuple[str, str, str]]:
    """(key, title and number, sentence) of each fact about one stakeholder. `others`: how many there are besides.

    `has_group`: whether it is known which group the stakeholder belongs to.
    """
    if not standing.degree:
        return [("isolate", "No tie", "Nobody on this map is tied to them. Ask who could bring them in.")]
    facts = [
        ("reach", f"Reach in two steps {standing.reach:.0%}", _reach(standing, others)),
        ("betweenness", f"Between others {standing.betweenness:.3f}", _betweenness(standing)),
        ("roles", "Roles as a broker", _roles(standing.roles, has_group=has_group)),
        ("constraint", f"Constraint {standing.constraint:.2f}", _constraint(standing.constraint or 0.0)),
    ]
    if standing.circle is not None and circles > 1:
        place = "the largest" if standing.circle == 0 else _ORDINAL.get(standing.circle, "one of the smaller")
        facts.append(
            ("circle", "Circle", f"They are in {place} of {circles} circles that deal mostly with each other.")
        )
    return facts


def _reach(standing: Standing, others: int) -> str:
    told = round(standing.reach * others)
    return f"A word given to them reaches {told} of the {others} others through at most one person in between."


def _betweenness(standing: Standing) -> str:
    if not standing.betweenness:
        return "They stand between no two others: nobody needs them to reach somebody else."
    return (
        f"Where two others look for each other, the shortest way runs over them {times(standing.betweenness)}. "
        "They can open doors or hold things up."
    )


def _roles(roles: Roles, *, has_group: bool) -> str:
    counts = {name: count for name in ROLES if (count := getattr(roles, name))}
    if not counts and not has_group:
        return "Set their group in the list: then this says between which groups they pass things on."
    if not counts:
        return "They broker nothing between groups: no flow from one to another has to pass them."
    first, *others = sorted(counts, key=lambda name: -counts[name])
    also = "".join(f", {name} {counts[name]}" for name in others)
    return f"They mostly {ROLES[first]} ({first} {counts[first]}{also})."


def _constraint(value: float) -> str:
    if value < LOOSE:
        return "Their partners hardly know each other, so they hear different things and are free to choose."
    if value < TIGHT:
        return "Some of their partners know each other."
    return "Their few partners know each other or are their only way out, so they are tied to what those say."


def leaving(one: Leaving, names: Mapping[Any, str]) -> str:
    """What happens if this one leaves."""
    lost = len(one.cut_off)
    detours = f"the way between {words.counted(one.longer, 'pair')} of others gets longer" if one.longer else ""
    if not lost:
        return f"If this one leaves, nobody else loses contact{f', but {detours}' if detours else ' with the others'}."
    verb = words.verb(lost, "loses")
    return (
        f"If this one leaves, {names_of(one.cut_off, names)} {verb} contact with the rest: the network falls "
        f"from {words.counted(one.before, 'part')} into {one.after}{f', and {detours}' if detours else ''}."
    )


def introduction(pair: Introduction) -> str:
    """Why these two should meet."""
    if pair.gain == 1 and pair.linked:
        text = "Today nobody could even pass on a word from one to the other; one conversation changes that."
    elif pair.linked == pair.gain:
        text = (
            f"That would link {words.counted(pair.gain, 'pair')} of stakeholders who have no way to each other today."
        )
    elif pair.gain == 1:
        text = "They know each other only through others; one conversation makes the way short."
    else:
        text = f"That would shorten the way between {words.counted(pair.gain, 'pair')} of stakeholders."
        if pair.linked:
            have = words.verb(pair.linked, "has")
            text += f" {pair.linked} of these pairs {have} no way to each other at all today."
    if pair.bridges:
        text += f" It would be the first tie between {pair.bridges[0]} and {pair.bridges[1]}."
    return text


def no_introduction(measures: Measures, *, wished: bool) -> str:
    """Why nobody is proposed; `wished`: whether there are wanted ties, whose pairs are not proposed again."""
    if measures.nodes < 2:
        return "There are not two stakeholders to introduce to each other yet."
    if wished:
        return "Everybody is tied to everybody else, or the tie is wished for already."
    return "Everybody is tied to everybody else: nobody needs an introduction."

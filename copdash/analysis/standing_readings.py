"""What the place of one stakeholder means for the CoP, each fact in a sentence that can be said aloud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copdash.analysis.introductions import Introduction
from copdash.analysis.readings import in_hundred, names_of, some
from copdash.analysis.standings import Leaving, Roles, Standing

LOOSE, TIGHT = 0.3, 0.6
"""Constraint below which somebody is free to choose between partners, and from which on bound to them. A habit."""

ROLES = {
    "liaison": "brings two other groups together",
    "gatekeeper": "lets others into their own group",
    "representative": "speaks for their own group to others",
    "coordinator": "connects people of their own group",
    "consultant": "connects two of another group from outside",
}
"""What each of Gould and Fernandez' roles does, in the order in which equal ones are named."""


def of(standing: Standing, circles: int, others: int) -> list[tuple[str, str, str]]:
    """(key, title and number, sentence) of each fact about one stakeholder. `others`: how many there are besides."""
    if not standing.degree:
        return [("isolate", "No tie", "Nobody on this map is tied to them. Ask who could bring them in.")]
    facts = [
        ("reach", f"Reach in two steps {standing.reach:.0%}", _reach(standing, others)),
        ("betweenness", f"Between others {standing.betweenness:.3f}", _betweenness(standing)),
        ("roles", "Roles as a broker", _roles(standing.roles)),
        ("constraint", f"Constraint {standing.constraint:.2f}", _constraint(standing.constraint or 0.0)),
    ]
    if standing.circle is not None and circles > 1:
        word = "the largest of" if standing.circle == 0 else f"number {standing.circle + 1} of"
        facts.append(("circle", "Circle", f"Belongs to {word} {circles} circles that deal mostly with each other."))
    return facts


def _reach(standing: Standing, others: int) -> str:
    told = round(standing.reach * others)
    return f"A word given to them reaches {told} of the {others} others through at most one person in between."


def _betweenness(standing: Standing) -> str:
    if not standing.betweenness:
        return "They stand between no two others: nobody needs them to reach somebody else."
    share = in_hundred(standing.betweenness, start=False)
    return f"They lie on {share} shortest ways between two others, and can open doors or hold things up."


def _roles(roles: Roles) -> str:
    counts = {name: count for name in ROLES if (count := getattr(roles, name))}
    if not counts:
        return "They broker nothing between groups: no flow from one to another has to pass them."
    first = max(counts, key=lambda name: counts[name])
    told = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"Mostly a {first}, who {ROLES[first]} ({told})."


def _constraint(value: float) -> str:
    if value < LOOSE:
        return "Their partners hardly know each other, so they hear different things and are free to choose."
    if value < TIGHT:
        return "Some of their partners know each other."
    return "Their few partners know each other or are their only way out, so they are tied to what those say."


def leaving(one: Leaving, names: Mapping[Any, str]) -> str:
    """What happens if this one leaves."""
    lost = len(one.cut_off)
    if not lost:
        return "If this one leaves, nobody else loses contact with the others."
    verb = "loses" if lost == 1 else "lose"
    return (
        f"If this one leaves, {names_of(one.cut_off, names)} {verb} contact with the rest: the network falls "
        f"from {some(one.before, 'part')} into {one.after}."
    )


def introduction(pair: Introduction) -> str:
    """Why these two should meet."""
    text = f"It would bring {some(pair.gain, 'pair')} of stakeholders nearer to each other"
    if pair.linked:
        text += f", {pair.linked} of whom have no way to each other now"
    if pair.bridges:
        text += f". It would be the first tie between {pair.bridges[0]} and {pair.bridges[1]}"
    return text + "."

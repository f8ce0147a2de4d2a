"""Salience: which stakeholders count, by power, legitimacy and urgency.

After Mitchell, Agle and Wood 1997, «Toward a theory of stakeholder identification and salience», Academy of Management
Review 22(4). Whoever lacks one of the three ratings is in no class: not known is neither yes nor no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from copdash.analysis.quadrants import BORDER, quadrant

ATTRIBUTES = ("power", "legitimacy", "urgency")
"""Each is rated 0-10; from 5 on a stakeholder has the attribute."""

NOT_KNOWN = "Not known yet"
NOT_KNOWN_MEANS = "Power, legitimacy or urgency is missing. Choose a name and rate what is missing."


class Rated(Protocol):
    """Whatever has the three ratings, 0-10 or None: a row of `models.Stakeholder`, for one."""

    @property
    def power(self) -> float | None:
        """Power to influence the outcome, 0-10."""

    @property
    def legitimacy(self) -> float | None:
        """How proper its part in the matter is seen to be, 0-10."""

    @property
    def urgency(self) -> float | None:
        """How pressing its claim is, 0-10."""


Row = TypeVar("Row", bound=Rated)


@dataclass(frozen=True)
class Class:
    """One class: the attributes that make it, and what it means for the CoP in one sentence."""

    name: str
    attributes: frozenset[str]
    means: str


def _class(name: str, attributes: str, means: str) -> Class:
    return Class(name, frozenset(a for a in ATTRIBUTES if a[0].upper() in attributes), means)


CLASSES: Mapping[str, Class] = {
    one.name: one
    for one in (
        _class("Definitive", "PLU", "Can act, may act and cannot wait: bring them into the core now."),
        _class("Dominant", "PL", "Can act and may act, and feel no pressure: keep them at the table."),
        _class("Dangerous", "PU", "Can act and will not wait, without a recognised claim: watch and talk early."),
        _class("Dependent", "LU", "Have a rightful claim that presses and no power: they need somebody's voice."),
        _class("Dormant", "P", "Could act and have no cause yet: know what would wake them."),
        _class(
            "Discretionary", "L", "Have a rightful claim that can wait: tell them what happens, invite when it fits."
        ),
        _class("Demanding", "U", "Press for a claim that few recognise: listen, and explain what the CoP can do."),
        _class("Non-stakeholder", "", "None of the three today: look again before each meeting."),
    )
}
"""The seven classes, those with the most attributes first, and whoever has none."""


def salience(power: float | None, legitimacy: float | None, urgency: float | None) -> str | None:
    """The name of the class; None when a rating is missing. 5 counts as having the attribute.

    Raises `Invalid` for NaN, infinities and anything outside 0-10.
    """
    values = dict(zip(ATTRIBUTES, (power, legitimacy, urgency), strict=True))
    for value in values.values():
        quadrant(value, None)
    if any(value is None for value in values.values()):
        return None
    has = {name for name, value in values.items() if value is not None and value >= BORDER}
    return next(one.name for one in CLASSES.values() if one.attributes == has)


def missing(row: Rated) -> list[str]:
    """Which of the three are not rated."""
    return [name for name in ATTRIBUTES if getattr(row, name) is None]


def classes(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each class in their order; all classes are keys, also empty ones, and last `NOT_KNOWN`."""
    found: dict[str, list[Row]] = {name: [] for name in (*CLASSES, NOT_KNOWN)}
    for row in rows:
        found[salience(row.power, row.legitimacy, row.urgency) or NOT_KNOWN].append(row)
    return found

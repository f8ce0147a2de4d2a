"""What changed between two maps of a case study: who came, went and moved, whose attitude or membership is another.

A map is what `versions` keeps: «stakeholders» and «relations», rows by column name with ids as text.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from copdash import words
from copdash.analysis import quadrants

LEAST = 0.05
"""Distance from which two places count as different; ratings have one decimal."""

Place = tuple[float, float]
"""Power and interest, 0-10 each."""

WATCHED = {"group": "Group", "attitude": "Attitude", "attitude_wanted": "Attitude wanted", "membership": "Membership"}
"""Fields of a stakeholder that are compared beside its place, with their labels."""

CAME, WENT, PLACED, TAKEN_OFF, MOVED, CHANGED = "New", "Gone", "Placed", "Rating taken off", "Moved", "Changed"
"""What happened to a stakeholder; where it both moved and changed it moved."""
ORDER = (CAME, WENT, MOVED, PLACED, TAKEN_OFF, CHANGED)


@dataclass(frozen=True)
class Movement:
    """One stakeholder in two maps. `distance` is in points of the 0-10 scales; None unless rated in both."""

    id: str
    name: str
    group: str
    what: str
    before: Place | None
    after: Place | None
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Field -> the word before and the word after."""
    reason: str = ""
    """The rationale that was noted with the later place, if it is another one than before."""

    @property
    def distance(self) -> float | None:
        """How far it went over the grid."""
        return math.dist(self.before, self.after) if self.before and self.after else None

    @property
    def quadrants(self) -> tuple[str | None, str | None]:
        """Where it was and where it is."""
        return _quadrant(self.before), _quadrant(self.after)

    @property
    def crossed(self) -> bool:
        """Whether it went from one quadrant to another."""
        before, after = self.quadrants
        return bool(before and after and before != after)


@dataclass(frozen=True)
class TieChange:
    """A tie that is new or gone."""

    what: str
    from_name: str
    to_name: str
    type: str


@dataclass(frozen=True)
class Movements:
    """Everything that differs between two maps; `stayed` counts who is in both and where they were."""

    stakeholders: tuple[Movement, ...]
    ties: tuple[TieChange, ...]
    stayed: int

    def of(self, what: str) -> list[Movement]:
        """Those to whom this happened."""
        return [one for one in self.stakeholders if one.what == what]

    def __bool__(self) -> bool:
        return bool(self.stakeholders or self.ties)


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Movements:
    """What became of the first map in the second one; the farthest moved first."""
    then = {str(row["id"]): row for row in before["stakeholders"]}
    now = {str(row["id"]): row for row in after["stakeholders"]}
    found = [_went(row) for row_id, row in then.items() if row_id not in now]
    stayed = 0
    for row_id, row in now.items():
        movement = _came(row) if row_id not in then else _compared(then[row_id], row)
        if movement is None:
            stayed += 1
        else:
            found.append(movement)
    found.sort(key=lambda one: (ORDER.index(one.what), -(one.distance or 0), one.name.casefold()))
    return Movements(tuple(found), _ties(before, after, {**then, **now}), stayed)


def _came(row: Mapping[str, Any]) -> Movement:
    return Movement(
        str(row["id"]), row["name"], row.get("group", ""), CAME, None, _place(row), reason=row.get("rationale", "")
    )


def _went(row: Mapping[str, Any]) -> Movement:
    return Movement(str(row["id"]), row["name"], row.get("group", ""), WENT, _place(row), None)


def _compared(then: Mapping[str, Any], now: Mapping[str, Any]) -> Movement | None:
    before, after = _place(then), _place(now)
    changes = {
        name: (then.get(name, ""), now.get(name, "")) for name in WATCHED if then.get(name, "") != now.get(name, "")
    }
    if before and after and math.dist(before, after) >= LEAST:
        what = MOVED
    elif before is None and after is not None:
        what = PLACED
    elif before is not None and after is None:
        what = TAKEN_OFF
    elif changes:
        what = CHANGED
    else:
        return None
    reason = now.get("rationale", "")
    if reason == then.get("rationale", ""):
        reason = ""
    return Movement(str(now["id"]), now["name"], now.get("group", ""), what, before, after, changes, reason)


def _place(row: Mapping[str, Any]) -> Place | None:
    power, interest = row.get("power"), row.get("interest")
    return None if power is None or interest is None else (float(power), float(interest))


def _quadrant(place: Place | None) -> str | None:
    return quadrants.quadrant(*place) if place else None


def _ties(before: Mapping[str, Any], after: Mapping[str, Any], people: Mapping[str, Any]) -> tuple[TieChange, ...]:
    then = {str(row["id"]): row for row in before["relations"]}
    now = {str(row["id"]): row for row in after["relations"]}

    def told(what: str, row: Mapping[str, Any]) -> TieChange:
        names = [
            people[str(row[end])]["name"] if str(row[end]) in people else "somebody" for end in ("from_id", "to_id")
        ]
        return TieChange(what, names[0], names[1], str(row.get("type", "")))

    new = [told(CAME, row) for row_id, row in now.items() if row_id not in then]
    gone = [told(WENT, row) for row_id, row in then.items() if row_id not in now]
    return tuple(sorted((*new, *gone), key=lambda tie: (ORDER.index(tie.what), tie.from_name.casefold(), tie.to_name)))


# ---- in words -------------------------------------------------------------------------------------------------------


def summary(found: Movements) -> str:
    """One line of counts, such as «3 moved, 1 new, 2 ties gone»."""
    said = {CAME: "new", WENT: "gone", MOVED: "moved", PLACED: "placed", TAKEN_OFF: "taken off", CHANGED: "changed"}
    parts = [f"{len(found.of(what))} {word}" for what, word in said.items() if found.of(what)]
    for what, word in ((CAME, "new"), (WENT, "gone")):
        many = sum(tie.what == what for tie in found.ties)
        if many:
            parts.append(f"{words.counted(many, 'tie')} {word}")
    return ", ".join(parts) or "Nothing has changed"


def sentences(found: Movements, names: Mapping[str, str] | None = None, *, most: int = 4) -> list[str]:
    """What a leader can say aloud: who crossed into another quadrant, who came and went, whose attitude turned.

    `names`: what the case study calls its quadrants; `most` stakeholders are named in a sentence, the rest counted.
    """
    said = []
    crossed: dict[str, list[str]] = {}
    for one in found.of(MOVED):
        if one.crossed:
            crossed.setdefault(str(one.quadrants[1]), []).append(one.name)
    for name, who in crossed.items():
        said.append(f"{words.listed(who, most)} moved to «{(names or {}).get(name, name)}».")
    within = len(found.of(MOVED)) - sum(map(len, crossed.values()))
    if within:
        said.append(f"{within} moved within {words.plural(within, 'its')} quadrant.")
    for what, about in (
        (PLACED, "placed on the grid for the first time"),
        (TAKEN_OFF, "not rated any more"),
        (CAME, "new on the list"),
        (WENT, "not on the list any more"),
    ):
        who = [one.name for one in found.of(what)]
        if who:
            said.append(f"{words.listed(who, most)} {words.verb(len(who), 'is')} {about}.")
    for name, label in WATCHED.items():
        if name == "group":
            continue
        who = [f"{one.name} ({_word(one.changes[name])})" for one in found.stakeholders if name in one.changes]
        if who:
            said.append(f"{label} changed for {words.listed(who, most)}.")
    return said or ["Nothing has changed between the two."]


def _word(change: tuple[str, str]) -> str:
    return f"{change[0] or 'not set'} → {change[1] or 'not set'}"


COLUMNS = {
    "what": "What",
    "name": "Stakeholder",
    "group": "Group",
    "quadrant_from": "Quadrant before",
    "quadrant_to": "Quadrant after",
    "power_from": "Power before",
    "power_to": "Power after",
    "interest_from": "Interest before",
    "interest_to": "Interest after",
    "distance": "Distance",
    "other": "Other changes",
    "reason": "Reason noted",
}
"""Columns of the table of changes."""


def table(found: Movements, names: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """One row a change by the columns above, ties at the end; `names`: what the case study calls its quadrants."""
    called = names or {}
    rows: list[dict[str, Any]] = []
    for one in found.stakeholders:
        before, after = one.quadrants
        distance = one.distance
        rows.append(
            {
                "what": one.what,
                "name": one.name,
                "group": one.group,
                "quadrant_from": called.get(before or "", before or ""),
                "quadrant_to": called.get(after or "", after or ""),
                "power_from": one.before[0] if one.before else None,
                "power_to": one.after[0] if one.after else None,
                "interest_from": one.before[1] if one.before else None,
                "interest_to": one.after[1] if one.after else None,
                "distance": None if distance is None or distance < LEAST else round(distance, 1),
                "other": "; ".join(f"{WATCHED[name]}: {_word(change)}" for name, change in one.changes.items()),
                "reason": one.reason,
            }
        )
    for tie in found.ties:
        empty: dict[str, Any] = dict.fromkeys(COLUMNS, "")
        nothing = dict.fromkeys(("power_from", "power_to", "interest_from", "interest_to", "distance"))
        rows.append(
            {
                **empty,
                **nothing,
                "what": f"{tie.what} tie",
                "name": f"{tie.from_name} → {tie.to_name}",
                "other": tie.type,
            }
        )
    return rows

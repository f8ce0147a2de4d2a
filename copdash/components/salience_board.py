"""Salience as three circles: who has power, legitimacy and urgency. Reports ratings; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from copdash.components import Face, _board

FIELDS = ("id", "name", "group", "power", "legitimacy", "urgency")
"""What the picture needs of a stakeholder."""


class SalienceClass(TypedDict):
    """A class: its name, the attributes that make it, what it means, and who is in it, by id."""

    name: str
    attributes: list[str]
    means: str
    ids: list[str]


def salience_board(
    face: Face,
    *,
    stakeholders: Sequence[Mapping[str, Any]],
    classes: Sequence[SalienceClass],
    legend: Mapping[str, Any],
    key: str,
    on_gestures: Callable[[], None],
) -> Any:
    """Mount the board. The last of `classes` holds those who lack a rating. A rating is sent as `edited`."""
    rows = {
        "stakeholders": [{field: row[field] for field in FIELDS} for row in stakeholders],
        "classes": list(classes),
        "legend": dict(legend),
    }
    return _board("salience/salience_board", face, rows, key=key, on_gestures=on_gestures)

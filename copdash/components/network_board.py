"""A network of stakeholders to draw ties in. Reports gestures; stores nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

from copdash.components import Face, _board


class Reading(TypedDict):
    """One measure beside the picture: its number and what it means."""

    key: str
    title: str
    value: str
    sentence: str
    ignores_direction: bool


class Broker(TypedDict):
    """One of the main brokers, with a sentence."""

    id: str
    value: str
    sentence: str


class Mark(TypedDict):
    """A group in the legend; `points` are the corners of its shape, none for a circle."""

    name: str
    colour: str
    filled: bool
    points: list[tuple[float, float]]


class NetworkRows(TypedDict):
    """What the board shows. Colours are those of the light theme; `twins` gives each its twin in the dark one."""

    nodes: list[dict[str, Any]]
    """pyvis' nodes, with `tooltip` as lines of plain text."""
    edges: list[dict[str, Any]]
    """pyvis' edges, one a tie."""
    options: dict[str, Any]
    pens: dict[str, list[dict[str, Any]]]
    """Type of tie -> how pyvis draws it at strength 1, 2 and 3."""
    twins: dict[str, str]
    stakeholders: list[dict[str, Any]]
    ties: list[dict[str, Any]]
    """The rows behind the edges."""
    readings: list[Reading]
    brokers: list[Broker]
    groups: list[Mark]
    """Those that are on the map."""


def network_board(face: Face, *, rows: NetworkRows, key: str, on_gestures: Callable[[], None]) -> Any:
    """Mount the board."""
    return _board("network_board", face, rows, key=key, on_gestures=on_gestures)

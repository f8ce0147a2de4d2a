"""A network of stakeholders to draw ties in. Reports gestures; stores nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

from copdash.components import Face, _board


class Measured(TypedDict):
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


class Introduction(TypedDict):
    """Two who should be introduced to each other, and why."""

    one: str
    other: str
    sentence: str


class Gathering(TypedDict):
    """A meeting among the stakeholders that are invited to it, with its place in the picture."""

    id: str
    title: str
    label: str
    when: str
    kind: str
    certainty: str
    x: float
    y: float
    guests: list[str]
    came: list[str]
    """Those of the guests who came."""


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
    """pyvis' edges, one a tie: how each is drawn. From where to where, and its bend, come from `ties`."""
    options: dict[str, Any]
    pens: dict[str, list[dict[str, Any]]]
    """Type of tie -> how pyvis draws it at strength 1, 2 and 3."""
    wanted: dict[str, Any]
    """How a wanted tie differs: its dashes, and by how much it is lighter."""
    twins: dict[str, str]
    stakeholders: list[dict[str, Any]]
    ties: list[dict[str, Any]]
    """The rows behind the edges."""
    counted: int
    """How many of them are in the measures."""
    measures: list[Measured]
    brokers: list[Broker]
    standings: dict[str, dict[str, Any]]
    """Stakeholder id -> `facts` (key, title, sentence), `leaving` in words, and who is `lost` by it."""
    introductions: list[Introduction]
    nobody_to_introduce: str
    """Why there is none; empty where there are some."""
    groups: list[Mark]
    """Those that are on the map."""
    memberships: list[str]
    towers: bool
    """Whether power is shown as towers."""
    gatherings: list[Gathering] | None
    """Meetings instead of ties; None shows the ties."""
    compared: dict[str, Any] | None
    """Against the version of this `title`: ids of `new` ties and of stakeholders who `came`, `gone` ties as rows, and
    its measures `then`, as shown."""


def network_board(
    face: Face,
    *,
    rows: NetworkRows,
    key: str,
    on_gestures: Callable[[], None],
) -> Any:
    """Mount the board. Its state `shown` says what the person wants to see: types, strength, status, day, meetings."""
    return _board("network/network_board", face, rows, key=key, on_gestures=on_gestures)

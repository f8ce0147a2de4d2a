"""One table from group, attitude and tie type to colour and shape, used by every picture.

Colour is never the only sign: no two groups share a shape and a filling, no two attitudes a ring, no two tie types a
dash. Colours are Okabe and Ito's, darkened for white paper and lightened for the dark theme; every one has a contrast
of at least 3:1 against its paper (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from copdash.models import Attitude, Group, RelationType

Theme = Literal["light", "dark"]

PAPER: dict[Theme, str] = {"light": "#ffffff", "dark": "#0e1117"}
TEXT: dict[Theme, str] = {"light": "#1f2933", "dark": "#e6e9ee"}
QUIET: dict[Theme, str] = {"light": "#5f6b76", "dark": "#a3adb8"}
"""For axes, captions and whatever stands back; readable as text (4.5:1)."""
LINE: dict[Theme, str] = {"light": "#8a949e", "dark": "#7d8894"}
"""For lines at 5 and frames."""
TINTS: dict[Theme, tuple[str, str, str, str]] = {
    "light": ("rgba(11,110,117,0.05)", "rgba(11,110,117,0.13)", "rgba(11,110,117,0.00)", "rgba(11,110,117,0.05)"),
    "dark": ("rgba(90,200,205,0.07)", "rgba(90,200,205,0.16)", "rgba(90,200,205,0.00)", "rgba(90,200,205,0.07)"),
}
"""Of the quadrants, in the order of `analysis.quadrants.QUADRANTS`."""

NOT_SET = "Not set"


@dataclass(frozen=True)
class Look:
    """How one group looks: a colour on each paper, a shape (`svg` is its name), filled or only outlined."""

    label: str
    light: str
    dark: str
    shape: str
    filled: bool = True

    def on(self, theme: Theme) -> str:
        """The colour on the paper of a theme."""
        return self.light if theme == "light" else self.dark

    @property
    def svg(self) -> str:
        """Name of the shape for boards that draw themselves; `filled` goes beside it."""
        return self.shape

    @property
    def plotly(self) -> str:
        """Marker symbol; outlined shapes are Plotly's «-open» ones."""
        name = "triangle-up" if self.shape == "triangle" else self.shape
        return name if self.filled else f"{name}-open"

    @property
    def vis(self) -> str:
        """Node shape of vis-network, one of those with the label below; an outline is a paper-coloured filling."""
        return _VIS[self.shape]


@dataclass(frozen=True)
class Ring:
    """How one attitude looks: a ring of a colour, a width in px and a dash (px on, px off; empty is a whole line)."""

    label: str
    light: str
    dark: str
    width: float
    dash: tuple[int, ...] = ()

    def on(self, theme: Theme) -> str:
        """The colour on the paper of a theme."""
        return self.light if theme == "light" else self.dark


_VIS = {
    "circle": "dot",
    "square": "square",
    "diamond": "diamond",
    "triangle": "triangle",
    "triangle-down": "triangleDown",
    "star": "star",
    "hexagon": "hexagon",
}

_INDUSTRY = ("#b84a00", "#f08a3c")

GROUPS: dict[str, Look] = {
    look.label: look
    for look in (
        Look(Group.END_USERS, "#8a6d00", "#e3c04b", "diamond", filled=False),
        Look(Group.TECHNOLOGY_PROVIDERS, "#a8407d", "#e394c1", "diamond"),
        Look(Group.UTILITIES, "#0072b2", "#56b4e9", "circle"),
        Look(Group.INDUSTRY_AGRICULTURE, *_INDUSTRY, "triangle"),
        Look(Group.INDUSTRY_ENERGY, *_INDUSTRY, "star"),
        Look(Group.INDUSTRY_WATER, *_INDUSTRY, "triangle-down"),
        Look(Group.INDUSTRY_OTHER, *_INDUSTRY, "square"),
        Look(Group.REGULATORS, "#00664a", "#2fbf8f", "hexagon"),
        Look(Group.AUTHORITIES, "#3f8a24", "#9bcf6a", "square", filled=False),
        Look(Group.RESEARCHERS, "#5e45a8", "#a996eb", "star", filled=False),
        Look(Group.CIVIL_SOCIETY, "#55636f", "#a5b4c2", "triangle", filled=False),
        Look(NOT_SET, "#6b7280", "#9aa3ae", "circle", filled=False),
    )
}
"""Group -> look, in the order of `models.Group`, and last `NOT_SET`."""

ATTITUDES: dict[str, Ring] = {
    ring.label: ring
    for ring in (
        Ring(Attitude.UNAWARE, "#6b7280", "#9aa3ae", 2, (3, 3)),
        Ring(Attitude.RESISTANT, "#c62828", "#f2706b", 4, (8, 3)),
        Ring(Attitude.NEUTRAL, "#6b7280", "#9aa3ae", 2),
        Ring(Attitude.SUPPORTIVE, "#2e8b57", "#57c98a", 3),
        Ring(Attitude.LEADING, "#0b5d34", "#3fd07f", 6),
    )
}
"""Attitude -> ring; without an attitude there is no ring."""

TIES: dict[str, Ring] = {
    tie.label: tie
    for tie in (
        Ring(RelationType.INFORMATION, "#5f6b76", "#a3adb8", 2),
        Ring(RelationType.MONEY, "#8a6d00", "#e3c04b", 2, (14, 5)),
        Ring(RelationType.AUTHORITY, "#0072b2", "#56b4e9", 2, (14, 4, 3, 4)),
        Ring(RelationType.SUPPORT, "#00664a", "#2fbf8f", 2, (8, 4)),
        Ring(RelationType.CONFLICT, "#c62828", "#f2706b", 2, (3, 4)),
        Ring(RelationType.ADVICE, "#5e45a8", "#a996eb", 2, (8, 4, 3, 4, 3, 4)),
        Ring(RelationType.RESOURCE_FLOW, "#b84a00", "#f08a3c", 2, (20, 4)),
    )
}
"""Type of a tie -> line."""


def of_group(group: str | None) -> Look:
    """The look of a group; of `NOT_SET` for none and for a word that is no group."""
    return GROUPS.get(group or NOT_SET, GROUPS[NOT_SET])


def of_attitude(attitude: str | None) -> Ring | None:
    """The ring of an attitude; None when it is not set."""
    return ATTITUDES.get(attitude or "")


def of_tie(kind: str | None) -> Ring:
    """The line of a tie type; an unknown type looks like information."""
    return TIES.get(kind or "", TIES[RelationType.INFORMATION])


def table(theme: Theme) -> dict[str, dict[str, object]]:
    """Group -> colour, shape and filled, as plain values that can be handed to a board."""
    return {
        name: {"colour": look.on(theme), "shape": look.svg, "filled": look.filled, "points": points(look.shape)}
        for name, look in GROUPS.items()
    }


def points(shape: str) -> list[tuple[float, float]]:
    """Corners of a shape of about the same area for all, around (0, 0), radius about 1, y down; none for the circle."""
    match shape:
        case "square":
            return [(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)]
        case "diamond":
            return [(0, -1.25), (1.0, 0), (0, 1.25), (-1.0, 0)]
        case "triangle":
            return [(0, -1.2), (1.15, 0.85), (-1.15, 0.85)]
        case "triangle-down":
            return [(0, 1.2), (1.15, -0.85), (-1.15, -0.85)]
        case "hexagon":
            return [_corner(1.08, i, 6) for i in range(6)]
        case "star":
            return [_corner(1.35 if i % 2 == 0 else 0.6, i, 10) for i in range(10)]
        case _:
            return []


def svg_mark(look: Look, theme: Theme, size: float = 18) -> str:
    """One group's mark as an SVG element of `size` px for legends; it holds no text of anybody."""
    colour, half = look.on(theme), size / 2
    fill = colour if look.filled else PAPER[theme]
    radius = half * 0.68
    if look.shape == "circle":
        shape = f'<circle cx="{half:g}" cy="{half:g}" r="{radius:.2f}"'
    else:
        corners = " ".join(f"{half + x * radius:.2f},{half + y * radius:.2f}" for x, y in points(look.shape))
        shape = f'<polygon points="{corners}" stroke-linejoin="round"'
    return (
        f'<svg width="{size:g}" height="{size:g}" viewBox="0 0 {size:g} {size:g}" aria-hidden="true">'
        f'{shape} fill="{fill}" stroke="{colour}" stroke-width="2"/></svg>'
    )


def svg_line(ring: Ring, theme: Theme, width: float = 36) -> str:
    """One line of a tie type or attitude as an SVG element of `width` px for legends."""
    dash = f' stroke-dasharray="{" ".join(map(str, ring.dash))}"' if ring.dash else ""
    return (
        f'<svg width="{width:g}" height="14" viewBox="0 0 {width:g} 14" aria-hidden="true"><line x1="0" y1="7" '
        f'x2="{width:g}" y2="7" stroke="{ring.on(theme)}" stroke-width="{ring.width:g}"{dash}/></svg>'
    )


def _corner(radius: float, i: int, n: int) -> tuple[float, float]:
    angle = 2 * math.pi * i / n - math.pi / 2
    return (round(radius * math.cos(angle), 3), round(radius * math.sin(angle), 3))

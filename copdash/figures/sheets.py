"""A sheet of paper or a slide as SVG: title, date, legend, and room for a picture. Made of elements, never of text.

Words of users are text nodes only. Letters are measured by a table, as no font is at hand here, on the generous side.
"""

from __future__ import annotations

import math
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from copdash.figures import colours
from copdash.figures.colours import LINE, PAPER, QUIET, TEXT, Look, Ring

FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
NAMESPACE = "http://www.w3.org/2000/svg"
EDGE = 44
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]/-· "), frozenset("mwMWOQGCDH@%&→")

ET.register_namespace("", NAMESPACE)


@dataclass(frozen=True)
class Size:
    """A sheet: what it is called, width and height in units, and by how much a PNG of it is larger."""

    label: str
    width: int
    height: int
    scale: float


SIZES: dict[str, Size] = {
    "slide": Size("Slide 16:9", 1600, 900, 2),
    "landscape": Size("A4 landscape", 1754, 1240, 2),
    "portrait": Size("A4 portrait", 1240, 1754, 2),
}
"""A4 in units of 1/150 inch, so that its PNG has 300 dots an inch."""


@dataclass(frozen=True)
class Box:
    """A rectangle, y downwards."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two have an area in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True)
class Entry:
    """One entry of a legend: words, and what is drawn before them."""

    words: str
    sign: Look | Ring | None = None


@dataclass
class Sheet:
    """The sheet while it is drawn: `root` is the SVG, `plot` what is left between the head and the legend."""

    size: Size
    title: str
    about: str
    description: str
    entries: Sequence[Entry] = ()
    foot: str = ""
    text: float = 20
    root: ET.Element = field(init=False)
    plot: Box = field(init=False)

    def __post_init__(self) -> None:
        """Paper, head, foot and legend."""
        width, height = self.size.width, self.size.height
        self.root = element(
            "svg", xmlns=NAMESPACE, width=width, height=height, viewBox=f"0 0 {width} {height}", role="img",
            font_family=FONT, font_size=self.text, fill=TEXT["light"],
        )  # fmt: skip
        for tag, words in (("title", self.title), ("desc", self.description)):
            ET.SubElement(self.root, tag).text = clean(words)
        self.draw("rect", width=width, height=height, fill=PAPER["light"])
        inner = width - 2 * EDGE
        self.words(shortened(self.title, inner, 34), EDGE, EDGE + 28, size=34, weight=650)
        self.words(shortened(self.about, inner, self.text), EDGE, EDGE + 62, colour=QUIET["light"])
        bottom = float(height - EDGE)
        lines = wrapped(self.foot, inner, self.text * 0.9)[:3] if self.foot else []
        for line in reversed(lines):
            self.words(line, EDGE, bottom, size=self.text * 0.9, colour=QUIET["light"])
            bottom -= self.text * 1.25
        bottom = self._legend(bottom - (8 if lines else 0))
        top = EDGE + 62 + self.text
        self.plot = Box(EDGE, top, inner, bottom - top)

    def _legend(self, bottom: float) -> float:
        rows: list[list[tuple[float, Entry]]] = [[]]
        x = 0.0
        for entry in self.entries:
            wide = (40 if isinstance(entry.sign, Ring) else 28) + width_of(entry.words, self.text) + 22
            if rows[-1] and x + wide > self.size.width - 2 * EDGE:
                rows.append([])
                x = 0.0
            rows[-1].append((EDGE + x, entry))
            x += wide
        step = self.text * 1.6
        for at, row in enumerate(reversed(rows)):
            y = bottom - at * step
            for x, entry in row:
                if isinstance(entry.sign, Look):
                    self.mark(entry.sign, x + 10, y - self.text * 0.34, 8)
                elif isinstance(entry.sign, Ring):
                    self.line(entry.sign, x, y - self.text * 0.34, x + 32, y - self.text * 0.34)
                self.words(entry.words, x + (40 if isinstance(entry.sign, Ring) else 28), y)
        return bottom - len(rows) * step if self.entries else bottom

    def draw(self, tag: str, **attributes: object) -> ET.Element:
        """An element on the sheet; underscores in the names of attributes are hyphens."""
        made = element(tag, **attributes)
        self.root.append(made)
        return made

    def words(
        self, text: str, x: float, y: float, *, size: float = 0, anchor: str = "start", weight: int = 400,
        colour: str = "", turned: bool = False, halo: bool = False,
    ) -> None:  # fmt: skip
        """One line of text; `halo` keeps it readable over lines."""
        around = {"stroke": PAPER["light"], "stroke_width": 4, "stroke_linejoin": "round", "paint_order": "stroke"}
        made = self.draw(
            "text", x=_n(x), y=_n(y), font_size=_n(size or self.text), text_anchor=anchor, font_weight=weight,
            fill=colour or TEXT["light"], **(around if halo else {}),
            **({"transform": f"rotate(-90 {_n(x)} {_n(y)})"} if turned else {}),
        )  # fmt: skip
        made.text = clean(text)

    def mark(self, look: Look, x: float, y: float, radius: float) -> None:
        """The mark of a group."""
        paint = {
            "stroke": look.light,
            "stroke_width": _n(max(1.6, radius * 0.24)),
            "stroke_linejoin": "round",
            "fill": look.light if look.filled else PAPER["light"],
        }
        corners = colours.points(look.shape)
        if corners:
            at = " ".join(f"{_n(x + dx * radius)},{_n(y + dy * radius)}" for dx, dy in corners)
            self.draw("polygon", points=at, **paint)
        else:
            self.draw("circle", cx=_n(x), cy=_n(y), r=_n(radius), **paint)

    def ring(self, ring: Ring, x: float, y: float, radius: float) -> None:
        """The ring of an attitude around a mark of this radius."""
        unit = radius / 9
        dash = {"stroke_dasharray": " ".join(_n(part * unit) for part in ring.dash)} if ring.dash else {}
        self.draw(
            "circle", cx=_n(x), cy=_n(y), r=_n(radius * 1.58), fill="none", stroke=ring.light,
            stroke_width=_n((0.9 + ring.width * 0.42) * unit), **dash,
        )  # fmt: skip

    def line(self, ring: Ring, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line as a type of tie or an attitude is drawn."""
        dash = {"stroke_dasharray": " ".join(map(str, ring.dash))} if ring.dash else {}
        self.draw(
            "line", x1=_n(x1), y1=_n(y1), x2=_n(x2), y2=_n(y2), stroke=ring.light, stroke_width=ring.width, **dash
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False, width: float = 1.2) -> None:
        """A line of the frame."""
        dash = {"stroke_dasharray": "6 6"} if dashed else {}
        self.draw("line", x1=_n(x1), y1=_n(y1), x2=_n(x2), y2=_n(y2), stroke=LINE["light"], stroke_width=width, **dash)

    def svg(self) -> str:
        """The sheet as a stand-alone file."""
        return ET.tostring(self.root, encoding="unicode", xml_declaration=False)


def element(tag: str, **attributes: object) -> ET.Element:
    """An element with attributes; underscores in their names are hyphens."""
    plain = {"viewBox", "xmlns"}
    return ET.Element(tag, {n if n in plain else n.replace("_", "-"): str(v) for n, v in attributes.items()})


def clean(text: str) -> str:
    """Text as XML may hold it, on one line."""
    return " ".join(_FORBIDDEN.sub("", text).split())


def width_of(text: str, size: float) -> float:
    """About how wide a text is in a sans-serif of this size."""
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in _NARROW:
        return 0.36
    return 0.9 if letter in _WIDE else 0.68 if letter.isupper() else 0.57


def shortened(text: str, most: float, size: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    text = clean(text)
    if width_of(text, size) <= most:
        return text
    while text and width_of(f"{text}…", size) > most:
        text = text[: -max(1, len(text) // 40)]
    return f"{text.rstrip()}…"


def wrapped(text: str, most: float, size: float) -> list[str]:
    """The text in lines that fit."""
    letters = max(8, int(most / (size * 0.56)))
    return textwrap.wrap(clean(text), letters)


# ---- names beside dots ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dot:
    """Something with a name: where it is, how large, and whether its name comes early (larger `weight` first)."""

    name: str
    x: float
    y: float
    radius: float
    weight: float = 0


@dataclass(frozen=True)
class Label:
    """A name at its place: lines, from the box's left, middle or right, and a line to a dot that is far."""

    lines: tuple[str, ...]
    box: Box
    anchor: str
    leader: tuple[float, float, float, float] | None


_AROUND = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, 0.65), (0.8, -0.65), (-0.8, 0.65), (-0.8, -0.65))
_CELL = 80.0


class _Taken:
    """Boxes by the cells they touch."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[Box]] = {}

    def _around(self, box: Box) -> Iterator[tuple[int, int]]:
        for i in range(int(box.x // _CELL), int((box.x + box.width) // _CELL) + 1):
            for j in range(int(box.y // _CELL), int((box.y + box.height) // _CELL) + 1):
                yield i, j

    def add(self, box: Box) -> None:
        for key in self._around(box):
            self.cells.setdefault(key, []).append(box)

    def free(self, box: Box, but: Box | None = None) -> bool:
        return not any(
            other is not but and box.meets(other) for key in self._around(box) for other in self.cells.get(key, ())
        )


def labels(dots: Sequence[Dot], frame: Box, obstacles: Sequence[Box], size: float) -> list[Label | None]:
    """A place for each name where no name, dot or obstacle is, or None; the same input has the same answer.

    Names of greater weight choose first: beside the dot, then farther away with a line to it, on one line or two.
    """
    taken = _Taken()
    own = [Box(d.x - d.radius, d.y - d.radius, 2 * d.radius, 2 * d.radius) for d in dots]
    for box in [*own, *obstacles]:
        taken.add(box)
    found: list[Label | None] = [None] * len(dots)
    for at in sorted(range(len(dots)), key=lambda i: (-dots[i].weight, i)):
        for label in _offers(dots[at], size):
            if frame.holds(label.box) and taken.free(label.box, own[at] if label.leader is None else None):
                found[at] = label
                taken.add(label.box)
                break
    return found


def _offers(dot: Dot, size: float) -> Iterator[Label]:
    one, two = _forms(clean(dot.name), size)
    forms = (one, two) if one != two and not one[0].endswith("…") else (two,)
    for far in (0.0, 14.0, 32.0, 54.0):
        for lines in forms:
            width, height = max(width_of(line, size) for line in lines), size * 1.18 * len(lines)
            for dx, dy in _AROUND:
                reach = dot.radius + 5 + far
                x, y = dot.x + dx * reach, dot.y + dy * reach
                left = x if dx > 0.1 else x - width if dx < -0.1 else x - width / 2
                top = y - height / 2 if abs(dy) < 0.5 else y if dy > 0 else y - height
                anchor = "start" if dx > 0.1 else "end" if dx < -0.1 else "middle"
                near = dot.radius / math.hypot(dx, dy)
                leader = (dot.x + dx * near, dot.y + dy * near, x, y) if far else None
                yield Label(lines, Box(left, top, width, height), anchor, leader)


def _forms(name: str, size: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A name on one line, and on two of about the same width; too long a line ends in an ellipsis."""
    longest = size * 15
    one = (shortened(name, longest, size),)
    words = name.split()
    if len(words) < 2 or len(name) < 12:
        return one, one
    pairs = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, min(len(words), 40))]
    first, second = min(pairs, key=lambda pair: max(width_of(line, size) for line in pair))
    return one, (shortened(first, longest, size), shortened(second, longest, size))


def write(sheet: Sheet, label: Label, size: float) -> None:
    """Put a label on the sheet."""
    box = label.box
    if label.leader:
        sheet.rule(*label.leader)
    x = {"start": box.x, "middle": box.x + box.width / 2, "end": box.x + box.width}[label.anchor]
    for number, line in enumerate(label.lines):
        sheet.words(line, x, box.y + size * (0.92 + 1.18 * number), size=size, anchor=label.anchor, halo=True)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")

"""Pictures for a report, as SVG from rows: grid, network, engagement matrix and composition, each with all it needs to
be read alone: title, date, axes, lines, names and legend. Always on white paper; nothing is fetched from anywhere.
"""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from copdash import words
from copdash.analysis import engagements, layouts, quadrants
from copdash.analysis.compositions import Composition
from copdash.fields import AXES
from copdash.figures import colours, networks
from copdash.figures.colours import LINE, PAPER, QUIET, TINTS
from copdash.figures.sheets import SIZES, Box, Dot, Entry, Sheet, labels, shortened, width_of, write
from copdash.models import Axes, Relation, Stakeholder, TieStatus

_WEIGHTS = {"Core": 40, "Active": 38, "Peripheral": 36, "Invited": 20}
Rows = Sequence[Stakeholder]


def grid(
    rows: Rows,
    *,
    case_study: str,
    date: dt.date,
    size: str = "slide",
    quadrant_names: str = "Standard",
    axes: str = Axes.POWER_UP,
    called: Mapping[str, str] = AXES,
) -> str:
    """The power-interest grid; who is not rated stands in a line below it. Raises `Invalid` for a bad rating.

    `called` is what power and interest are called there.
    """
    rated = [row for row in rows if quadrants.quadrant(row.power, row.interest) is not None]
    waiting = [row.name for row in rows if row.power is None or row.interest is None]
    tally = quadrants.counts(rows)
    names = quadrants.from_top_left(quadrant_names, axes)
    turned = axes == Axes.INTEREST_UP
    order = list(quadrants.QUADRANTS)
    if turned:
        order[0], order[3] = order[3], order[0]
    sheet = Sheet(
        SIZES[size],
        f"Power-interest grid of {case_study}",
        f"{words.day_in_full(date)} · {tally.rated} of {tally.total} stakeholders rated",
        ". ".join(f"{name}: {tally.by_quadrant[key]}" for name, key in zip(names, order, strict=True)),
        entries=[*_groups(rows), *_attitudes(rated)],
        foot=f"Not yet rated: {', '.join(waiting)}" if waiting else "",
    )
    plot = sheet.plot
    frame = Box(plot.x + 62, plot.y, plot.width - 66, plot.height - 62)
    obstacles = _quadrants(sheet, frame, names, [tally.by_quadrant[key] for key in order])
    across, up = (called["power"], called["interest"]) if turned else (called["interest"], called["power"])
    for value in (0, 5, 10):
        x, y = frame.x + value / 10 * frame.width, frame.y + frame.height - value / 10 * frame.height
        sheet.words(str(value), x, frame.y + frame.height + 26, anchor="middle", colour=QUIET["light"])
        sheet.words(str(value), frame.x - 10, y + 7, anchor="end", colour=QUIET["light"])
    sheet.words(f"{across} →", frame.x + frame.width / 2, frame.y + frame.height + 50, anchor="middle", weight=650)
    sheet.words(f"{up} →", frame.x - 42, frame.y + frame.height / 2, anchor="middle", weight=650, turned=True)
    radius = max(4.5, min(10.0, 0.42 * math.sqrt(frame.width * frame.height / max(1, len(rated))) / 6))
    dots = []
    for row, (power, interest) in zip(rated, _apart(rated, radius, frame), strict=True):
        right, high = (power, interest) if turned else (interest, power)
        x, y = frame.x + right / 10 * frame.width, frame.y + frame.height - high / 10 * frame.height
        ring = colours.ATTITUDES.get(row.attitude)
        weight = _WEIGHTS.get(row.membership, 0) + ((row.power or 0) + (row.interest or 0)) / 20
        dots.append(Dot(row.name, x, y, radius * (1.75 if ring else 1.2), weight))
        if ring:
            sheet.ring(ring, x, y, radius)
        sheet.mark(colours.of_group(row.group), x, y, radius)
    _names(sheet, dots, frame, obstacles, 18 if len(rated) <= 60 else 15)
    return sheet.svg()


def network(
    rows: Rows, ties: Sequence[Relation], *, case_study: str, date: dt.date, size: str = "slide",
    size_by: networks.SizeBy = "degree",
) -> str:  # fmt: skip
    """The network where the board has it; ties as lines of their type, thicker where stronger, arrows one way."""
    kept = {s.id: (s.network_x, s.network_y) for s in rows if s.network_x is not None and s.network_y is not None}
    spots = layouts.place([s.id for s in rows], ties, kept)  # type: ignore[arg-type]
    kinds = Counter(tie.type for tie in ties)
    faint = " A faint line is a tie that is wanted." if any(_wanted(tie) for tie in ties) else ""
    sheet = Sheet(
        SIZES[size],
        f"Network of {case_study}",
        f"{words.day_in_full(date)} · {len(rows)} stakeholders, {len(ties)} ties · {networks.SIZED[size_by]}",
        ". ".join(f"{kind}: {count} ties" for kind, count in kinds.most_common()) or "No ties",
        entries=[*_groups(rows), *(Entry(kind, line) for kind, line in colours.TIES.items() if kinds[kind])],
        foot=f"A thicker line is a stronger tie; an arrow goes one way.{faint}" if ties else "",
    )
    nodes, edges, _ = networks.network(rows, ties, size_by=size_by, positions=spots)
    at, zoom = _fitted(spots, sheet.plot)
    sizes = {uuid.UUID(node["id"]): max(6.0, float(node["size"]) * zoom) for node in nodes}
    for tie, edge in zip(ties, edges, strict=True):
        _tie(sheet, tie, edge, at, sizes)
    dots = []
    for row in rows:
        x, y = at[row.id]
        sheet.mark(colours.of_group(row.group), x, y, sizes[row.id] * 0.8)
        dots.append(Dot(row.name, x, y, sizes[row.id] * 0.9, sizes[row.id]))
    _names(sheet, dots, sheet.plot, [], 18 if len(rows) <= 60 else 15)
    return sheet.svg()


def matrix(rows: Rows, *, case_study: str, date: dt.date, size: str = "slide") -> str:
    """The engagement matrix: where each attitude is (C) and where it is wanted (D), the powerful first."""
    known = [row for row in engagements.ordered(rows) if row.attitude or row.attitude_wanted]
    to_win = len(engagements.gaps(rows))
    sheet = Sheet(
        SIZES[size],
        f"Engagement matrix of {case_study}",
        f"{words.day_in_full(date)} · {len(known)} of {len(rows)} stakeholders have an attitude, "
        f"{to_win} are to be won",
        "C: attitude now. D: attitude wanted.",
        entries=[Entry("C  attitude now"), Entry("D  attitude wanted"), Entry("→  to be won")],
    )
    plot = sheet.plot
    room = max(1, int((plot.height - 36) / 24))
    step = min(40.0, (plot.height - 36) / max(1, min(len(known), room)))
    left = plot.x + min(420.0, plot.width * 0.34)
    wide = (plot.x + plot.width - left) / len(engagements.ATTITUDES)
    for number, name in enumerate(engagements.ATTITUDES):
        sheet.words(name, left + (number + 0.5) * wide, plot.y + 20, anchor="middle", weight=650)
    shown = known if len(known) <= room else known[: room - 1]
    for number, row in enumerate(shown):
        y = plot.y + 36 + number * step
        sheet.rule(plot.x, y, plot.x + plot.width, y, width=0.6)
        sheet.words(shortened(row.name, left - plot.x - 12, 18), plot.x, y + step / 2 + 6, size=18)
        places = [
            None if word not in engagements.ATTITUDES else left + (engagements.ATTITUDES.index(word) + 0.5) * wide
            for word in (row.attitude, row.attitude_wanted)
        ]
        now, wanted = places
        middle = y + step / 2
        if now is not None and wanted is not None and now != wanted:
            ahead = 1 if wanted > now else -1
            ends = (now + 16 * ahead, middle, wanted - 22 * ahead, middle)
            sheet.rule(*ends, dashed=wanted < now, width=2)
            sheet.words("→" if ahead > 0 else "←", wanted - 20 * ahead, middle + 6, size=18, anchor="middle")
        together = now is not None and now == wanted
        for x, sign in ((now, "C"), (wanted, "D")):
            if x is not None:
                aside = 0 if not together else -11 if sign == "C" else 11
                sheet.words(sign, x + aside, middle + 7, anchor="middle", weight=700)
    if len(shown) < len(known):
        last = plot.y + 36 + len(shown) * step
        sheet.words(f"and {len(known) - len(shown)} more", plot.x, last + step / 2, size=18, colour=QUIET["light"])
    return sheet.svg()


def composition(
    here: Mapping[str, Composition], *, what: str, case_study: str, date: dt.date, size: str = "slide"
) -> str:
    """Bars of who there is, one for each value and each of `here` (the list, the CoP), those with nobody too."""
    first = next(iter(here.values()))
    fills = ("#9cc3c6", "#0b6e75", "#5e45a8", "#b84a00")
    totals = " · ".join(f"{name}: {found.total}" for name, found in here.items())
    sheet = Sheet(
        SIZES[size],
        f"Composition of {case_study} by {what}",
        f"{words.day_in_full(date)} · {totals}",
        ". ".join(f"{name} without {', '.join(found.missing) or 'nobody'}" for name, found in here.items()),
        entries=[
            Entry(name, colours.Look(name, fill, fill, "square")) for name, fill in zip(here, fills, strict=False)
        ],
        foot="«Nobody» stands where a voice is missing.",
    )
    plot = sheet.plot
    left = plot.x + min(400.0, plot.width * 0.32)
    most = max((count for found in here.values() for count in found.counts.values()), default=0) or 1
    step = plot.height / len(first.counts)
    thick = min(26.0, step * 0.8 / len(here))
    for number, value in enumerate(first.counts):
        y = plot.y + number * step
        sheet.words(shortened(value, left - plot.x - 14, 20), left - 14, y + step / 2 + 7, anchor="end")
        for place, (found, fill) in enumerate(zip(here.values(), fills, strict=False)):
            top = y + step / 2 + (place - len(here) / 2) * thick
            count = found.counts[value]
            wide = count / most * (plot.x + plot.width - left - 110)
            sheet.draw(
                "rect", x=f"{left:.1f}", y=f"{top:.1f}", width=f"{wide:.1f}", height=f"{thick - 2:.1f}", fill=fill
            )
            said = str(count) if count else "Nobody"
            small = min(18.0, thick * 0.85)
            colour = "" if count else "#c62828"
            sheet.words(
                said, left + wide + 8, top + thick * 0.72, size=small, colour=colour, weight=500 if count else 650
            )
    sheet.rule(left, plot.y, left, plot.y + plot.height)
    return sheet.svg()


# ---- parts ----------------------------------------------------------------------------------------------------------


def _groups(rows: Rows) -> list[Entry]:
    here = {row.group if row.group in colours.GROUPS else colours.NOT_SET for row in rows}
    return [Entry(str(name), look) for name, look in colours.GROUPS.items() if name in here]


def _attitudes(rows: Rows) -> list[Entry]:
    here = {row.attitude for row in rows}
    return [Entry(f"{name} (ring)", ring) for name, ring in colours.ATTITUDES.items() if name in here]


def _quadrants(sheet: Sheet, frame: Box, names: Sequence[str], counts: Sequence[int]) -> list[Box]:
    """Tints, lines and names of the four; the boxes of the names."""
    taken = []
    wide, high = frame.width / 2, frame.height / 2
    for number, (name, count) in enumerate(zip(names, counts, strict=True)):
        x, y = frame.x + number % 2 * wide, frame.y + number // 2 * high
        sheet.draw(
            "rect", x=f"{x:.1f}", y=f"{y:.1f}", width=f"{wide:.1f}", height=f"{high:.1f}", fill=TINTS["light"][number]
        )
        base = y + 30 if number < 2 else y + high - 14
        sheet.words(name, x + 14, base, size=22, weight=650, colour=QUIET["light"])
        sheet.words(str(count), x + wide - 14, base, size=22, weight=650, anchor="end", colour=QUIET["light"])
        taken.append(Box(x + 10, base - 22, width_of(name, 22) + 10, 30))
        taken.append(Box(x + wide - 16 - width_of(str(count), 22), base - 22, width_of(str(count), 22) + 6, 30))
    right, low = frame.x + frame.width, frame.y + frame.height
    sheet.rule(frame.x + wide, frame.y, frame.x + wide, low, dashed=True, width=1.6)
    sheet.rule(frame.x, frame.y + high, right, frame.y + high, dashed=True, width=1.6)
    edges = {
        "x": f"{frame.x:.1f}",
        "y": f"{frame.y:.1f}",
        "width": f"{frame.width:.1f}",
        "height": f"{frame.height:.1f}",
    }
    sheet.draw("rect", **edges, fill="none", stroke=LINE["light"], stroke_width=1.2)
    return taken


def _apart(rows: Rows, radius: float, frame: Box) -> list[tuple[float, float]]:
    """Power and interest to draw at: those with the very same rating stand around it."""
    seen: Counter[tuple[float | None, float | None]] = Counter()
    places = []
    for row in rows:
        number = seen[row.power, row.interest]
        seen[row.power, row.interest] += 1
        far = 3.2 * radius * math.sqrt(number)
        power = (row.power or 0) + 10 * far * math.sin(number * 2.4) / frame.height
        interest = (row.interest or 0) + 10 * far * math.cos(number * 2.4) / frame.width
        places.append((min(10.0, max(0.0, power)), min(10.0, max(0.0, interest))))
    return places


def _fitted(
    spots: Mapping[uuid.UUID, layouts.Position], plot: Box
) -> tuple[dict[uuid.UUID, tuple[float, float]], float]:
    """Places on the sheet, and how many of its units one unit of the board is."""
    if not spots:
        return {}, 1.0
    xs, ys = [x for x, _ in spots.values()], [y for _, y in spots.values()]
    zoom = min(1.1, (plot.width - 240) / max(1.0, max(xs) - min(xs)), (plot.height - 90) / max(1.0, max(ys) - min(ys)))
    mx, my = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    cx, cy = plot.x + plot.width / 2, plot.y + plot.height / 2
    return {id_: (cx + (x - mx) * zoom, cy + (y - my) * zoom) for id_, (x, y) in spots.items()}, zoom


def _tie(
    sheet: Sheet, tie: Relation, edge: Mapping[str, object], at: Mapping[uuid.UUID, tuple[float, float]],
    sizes: Mapping[uuid.UUID, float],
) -> None:  # fmt: skip
    (x1, y1), (x2, y2) = at[tie.from_id], at[tie.to_id]
    bend = edge["smooth"] if isinstance(edge["smooth"], dict) else {}
    aside = float(bend.get("roundness", 0)) * (1 if bend.get("type") == "curvedCW" else -1)
    cx, cy = (x1 + x2) / 2 + aside * (y2 - y1), (y1 + y2) / 2 - aside * (x2 - x1)
    long = math.hypot(x2 - cx, y2 - cy) or 1.0
    ux, uy = (x2 - cx) / long, (y2 - cy) / long
    gap = sizes[tie.to_id] + 3
    ex, ey = x2 - ux * gap, y2 - uy * gap
    look = colours.of_tie(tie.type)
    width = 1.4 + 1.2 * (tie.strength - 1)
    dash = {"stroke_dasharray": " ".join(map(str, look.dash))} if look.dash else {}
    path = f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {ex:.1f} {ey:.1f}"
    sheet.draw(
        "path",
        d=path,
        fill="none",
        stroke=look.light,
        stroke_width=width,
        stroke_opacity=0.35 if _wanted(tie) else 0.85,
        **dash,
    )
    if tie.directed:
        wide = 4 + width
        back = (ex - ux * 2.2 * wide, ey - uy * 2.2 * wide)
        corners = [(ex, ey), (back[0] - uy * wide, back[1] + ux * wide), (back[0] + uy * wide, back[1] - ux * wide)]
        sheet.draw("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners), fill=look.light)


def _wanted(tie: Relation) -> bool:
    return tie.status == TieStatus.WANTED


def _names(sheet: Sheet, dots: Sequence[Dot], frame: Box, obstacles: Sequence[Box], size: float) -> None:
    without = 0
    for label in labels(dots, frame, obstacles, size):
        if label is None:
            without += 1
        else:
            write(sheet, label, size)
    if without:
        said = f"{words.counted(without, 'name')} {words.verb(without, 'does')} not fit; "
        said += "the table beside the picture has all"
        x, y = sheet.size.width - 44, 44 + 62
        sheet.draw(
            "rect",
            x=f"{x - width_of(said, 17) - 8:.1f}",
            y=y - 20,
            width=f"{width_of(said, 17) + 8:.1f}",
            height=26,
            fill=PAPER["light"],
        )
        sheet.words(said, x, y, size=17, anchor="end", colour=QUIET["light"])

"""Pictures for a report: files that can be read alone, say everything, and hold words as words only."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from copdash.analysis import compositions
from copdash.figures import pictures
from copdash.figures.sheets import SIZES, Box, Dot, labels, shortened, width_of
from copdash.models import Attitude, Group, Relation, Stakeholder

CASE = uuid.uuid4()
DAY = dt.date(2021, 9, 15)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><image href="http://evil.example/x.png" onload="alert(1)"/>',
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "&amp;&#x202e;\x00\x08\ud83d",
    "W" * 4000,
    "long words " * 400,
    "مجلس المياه الإقليمي",
    "💧 水 👩‍🔬",
    "",
]
ALLOWED = {"svg", "title", "desc", "rect", "text", "polygon", "circle", "line", "path"}


def stakeholder(n: int, name: str = "", **values: Any) -> Stakeholder:
    chance = random.Random(n)
    known: dict[str, Any] = {
        "group": Group.values()[n % 11],
        "attitude": Attitude.values()[n % 5],
        "attitude_wanted": Attitude.values()[(n + n % 2) % 5],
        "power": round(chance.uniform(0, 10), 1),
        "interest": round(chance.uniform(0, 10), 1),
        "network_x": chance.uniform(-500, 500),
        "network_y": chance.uniform(-300, 300),
    }
    return Stakeholder(id=uuid.UUID(int=n + 1), case_study_id=CASE, name=name or f"Role {n}", **{**known, **values})


def drawn(rows: list[Stakeholder], title: str = "Water", size: str = "slide") -> dict[str, str]:
    ties = [Relation(case_study_id=CASE, from_id=a.id, to_id=b.id, type="Money", strength=2) for a, b in pairwise(rows)]
    here = {"List": compositions.composed(rows, "group"), "CoP": compositions.composed([], "group")}
    return {
        "grid": pictures.grid(rows, case_study=title, date=DAY, size=size),
        "network": pictures.network(rows, ties, case_study=title, date=DAY, size=size),
        "matrix": pictures.matrix(rows, case_study=title, date=DAY, size=size),
        "composition": pictures.composition(here, what="group", case_study=title, date=DAY, size=size),
    }


def words(svg: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("many", [0, 1, 30, 500])
def test_every_picture_has_title_date_and_description_and_stays_on_its_sheet(size: str, many: int) -> None:
    for name, svg in drawn([stakeholder(n) for n in range(many)], size=size).items():
        root = ET.fromstring(svg)
        sheet = SIZES[size]
        assert (root.get("width"), root.get("height")) == (str(sheet.width), str(sheet.height))
        assert (root.findtext(f"{SVG}title") or "").endswith("of Water") or name == "composition"
        assert root.findtext(f"{SVG}desc") is not None
        assert any("15 September 2021" in text for text in words(svg))
        for node in root.iter(f"{SVG}text"):
            assert 0 <= float(node.get("x", 0)) <= sheet.width
            assert 0 <= float(node.get("y", 0)) <= sheet.height


def test_a_grid_has_axes_lines_quadrants_counts_names_and_who_waits() -> None:
    rows = [
        stakeholder(1, "Water board", power=8.0, interest=8.0),
        stakeholder(2, "Growers", power=2.0, interest=8.0),
        stakeholder(3, "Newspaper", power=None, interest=3.0),
    ]
    said = words(drawn(rows)["grid"])
    for word in (
        "Power →",
        "Interest →",
        "Keep satisfied",
        "Manage closely",
        "Monitor",
        "Keep informed",
        "Water board",
    ):
        assert word in said
    assert "Not yet rated: Newspaper" in said
    assert [text for text in said if "2 of 3 stakeholders rated" in text]
    assert pictures.grid(rows, case_study="Water", date=DAY).count('stroke-dasharray="6 6"') == 2


def test_axes_turned_round_put_power_across_and_the_quadrants_with_it() -> None:
    rows = [stakeholder(1, "Strong", power=9.0, interest=1.0, attitude="", group="Regulators")]
    svg = pictures.grid(rows, case_study="Water", date=DAY, axes="Power across, interest up")
    mark = next(node for node in list(ET.fromstring(svg).iter(f"{SVG}polygon"))[::-1])
    xs = [float(pair.split(",")[0]) for pair in mark.get("points", "").split()]
    assert min(xs) > 1200
    said = words(svg)
    assert said.index("Keep informed") < said.index("Manage closely") < said.index("Keep satisfied")


@pytest.mark.parametrize("evil", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_text_in_every_picture(evil: str) -> None:
    rows = [stakeholder(n, evil, group=evil if n == 2 else Group.values()[n]) for n in range(6)]
    rows[0].power = None
    for svg in drawn(rows, title=evil).values():
        svg.encode("utf-8")
        root = ET.fromstring(svg)
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= ALLOWED
        assert not [name for node in root.iter() for name in node.keys() if name.startswith("on") or "href" in name]


def test_no_two_names_and_no_name_and_a_foreign_dot_overlap_and_it_comes_out_the_same_again() -> None:
    chance = random.Random(3)
    dots = [Dot(f"Water users {n}", chance.uniform(0, 1500), chance.uniform(0, 800), 7, n) for n in range(120)]
    frame = Box(-20, -20, 1600, 900)
    found = labels(dots, frame, [], 15)
    placed = [(n, label.box) for n, label in enumerate(found) if label]
    assert len(placed) > 80
    for i, (at, box) in enumerate(placed):
        assert frame.holds(box)
        assert not any(box.meets(other) for _, other in placed[i + 1 :])
        assert not [d for n, d in enumerate(dots) if n != at and box.meets(Box(d.x - d.radius, d.y - d.radius, 14, 14))]
    assert labels(dots, frame, [], 15) == found


def test_what_does_not_fit_is_counted_on_the_sheet() -> None:
    rows = [stakeholder(n, f"A stakeholder with quite a long name {n}", power=5.0, interest=5.0) for n in range(400)]
    assert [text for text in words(drawn(rows)["grid"]) if "names do not fit" in text]


def test_a_group_with_nobody_is_named_in_the_composition() -> None:
    svg = drawn([stakeholder(n) for n in range(3)])["composition"]
    assert words(svg).count("Nobody") == 8 + 11
    assert "Researchers" in words(svg)


def test_a_shortened_text_is_no_wider_than_it_may_be() -> None:
    assert width_of(shortened("W" * 500, 120, 20), 20) <= 120
    assert shortened("Province", 500, 20) == "Province"

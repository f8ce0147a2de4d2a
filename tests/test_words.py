"""Days, counts, lists and folded names: one list of examples for Python and JavaScript, and tables made from one."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copdash import words
from scripts import make_words

EXAMPLES = json.loads((Path(__file__).parent / "data" / "words.json").read_text("utf-8"))


def _day(text: str | None) -> Any:
    return dt.date.fromisoformat(text) if text else None


ASKED: dict[str, Callable[..., object]] = {
    "day": lambda on: words.day(_day(on)),
    "span": lambda first, last: words.span(_day(first), _day(last)),
    "counted": words.counted,
    "verb": words.verb,
    "listed": words.listed,
    "shortened": words.shortened,
    "folded": words.folded,
    "finds": lambda search, texts: words.finds(search, *texts),
}


def test_every_kind_of_example_is_asked() -> None:
    assert set(ASKED) == set(EXAMPLES) - {"about"}


@pytest.mark.parametrize(("what", "example"), [(what, one) for what in ASKED for one in EXAMPLES[what]])
def test_examples(what: str, example: list[Any]) -> None:
    *asked, said = example
    assert ASKED[what](*asked) == said


def test_the_boards_have_the_tables_of_this_module() -> None:
    assert make_words.MODULE.read_text("utf-8") == make_words.module(), "run python scripts/make_words.py"


def test_folding_what_is_folded_changes_nothing() -> None:
    for code in range(0x20, 0x3000):
        once = words.folded(f"a{chr(code)}b")
        assert words.folded(once) == once, hex(code)


def test_upper_and_small_letters_of_european_scripts_are_folded_alike() -> None:
    for code in [*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)]:
        letter = chr(code)
        if unicodedata.category(letter) == "Lu":
            assert words.folded(letter) == words.folded(letter.lower()), hex(code)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("L’Eau – Rhin", "l'eau - rhin"),
        ("Water\u00a0Board", "water  board"),
        ("zero\u200bwidth", "ZEROWIDTH"),
        ("ＫＷＲ", "kwr"),
        ("Cafe\u0301", "café"),
        ("STRASSE", "straße"),
    ],
)
def test_typographic_twins_are_one_name(name: str, other: str) -> None:
    assert words.key(name) == words.key(other)


@pytest.mark.parametrize(("name", "other"), [("Müller", "Muller"), ("Rød", "Rod"), ("Farm 1", "Farm 2")])
def test_names_that_differ_in_a_letter_are_two(name: str, other: str) -> None:
    assert words.key(name) != words.key(other)


def test_a_moment_is_said_at_its_place() -> None:
    at = dt.datetime(2027, 3, 7, 23, 5, tzinfo=dt.UTC)
    assert words.moment(at, zoneinfo.ZoneInfo("Europe/Athens")) == "8 Mar 2027 01:05"
    assert words.moment(at, dt.UTC) == "7 Mar 2027 23:05"


def test_a_day_in_full_and_no_day() -> None:
    assert words.day_in_full(dt.date(2021, 6, 5)) == "5 June 2021"
    assert words.day(None) == ""

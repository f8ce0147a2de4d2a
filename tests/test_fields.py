"""Values in words: a day is said in one way everywhere, and only in files as ISO. Every field is on every screen."""

import datetime as dt
import re
from pathlib import Path

import pytest

from copdash.fields import STAKEHOLDER, shown
from copdash.ui.mapping import card, stakeholder_list

BOARDS = Path(__file__).resolve().parent.parent / "copdash" / "components" / "boards"


@pytest.mark.parametrize("value", [dt.date(2027, 3, 18), "2027-03-18"])
def test_a_day_is_said_as_day_month_year(value: object) -> None:
    assert shown(value) == "18 Mar 2027"


@pytest.mark.parametrize("text", ["2027-13-40", "CoP of 2027-03-18", "2027"])
def test_what_is_no_day_stays_as_it_was_typed(text: str) -> None:
    assert shown(text) == text


def test_every_field_of_a_stakeholder_has_a_line_on_the_card() -> None:
    lines = [field for section in card.LINES.values() for line in section for field in line]
    assert sorted([*lines, "name", "power", "interest"]) == sorted(STAKEHOLDER)
    assert all(
        STAKEHOLDER[field].section == section
        for section in card.LINES
        for line in card.LINES[section]
        for field in line
    )


def test_every_field_of_a_stakeholder_has_a_width_in_the_list() -> None:
    source = (BOARDS / "list" / "list_table.js").read_text("utf-8")
    table = re.search(r"const WIDTHS = \{(.*?)\}", source, re.DOTALL)
    assert table is not None
    assert sorted(re.findall(r"(\w+):", table[1])) == sorted(STAKEHOLDER)
    assert set(STAKEHOLDER) > stakeholder_list.HIDDEN_AT_FIRST

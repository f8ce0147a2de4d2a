"""One limit for each thing on every way in: what a case study may hold goes out, and comes in again."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from copdash import stakeholders, verbs
from copdash.errors import Invalid
from copdash.exchange import case_contents, graph_reading, reading
from copdash.exchange.columns import understood
from copdash.exchange.parsing import parse
from copdash.exchange.tables import csv_file, xlsx_file
from copdash.exchange.tie_previews import of_relations


def test_the_limits_of_all_ways_in_are_the_same() -> None:
    assert stakeholders.MOST == verbs.MOST_STAKEHOLDERS == graph_reading.MOST
    assert reading.MAX_ROWS == graph_reading.MOST_TIES == case_contents.MOST_ROWS
    assert stakeholders.MOST <= reading.MAX_ROWS


def ties(count: int, people: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    listed = [{"id": uuid.UUID(int=n + 1), "name": f"Stakeholder {n}", "organisation": ""} for n in range(people)]
    drawn = [
        {"from": f"Stakeholder {n % people}", "to": f"Stakeholder {(n * 7 + n // people + 1) % people}",
         "type": ("Information", "Money", "Advice")[n // people % 3], "directed": True, "strength": n % 3 + 1,
         "status": "Existing"}
        for n in range(count)
    ]  # fmt: skip
    return listed, drawn


@pytest.mark.parametrize("write", [csv_file, lambda subject, rows: xlsx_file({subject: rows})])
def test_thirty_thousand_ties_come_in_as_they_went_out(write: Any) -> None:
    listed, drawn = ties(30_000, 10_000)
    sheet = parse(write("relations", drawn))
    assert len(sheet.rows) == 30_001
    plan = of_relations(sheet, understood(sheet), listed, [])
    refused = [one.reason for one in plan.planned if one.verdict != "added" and "itself" not in one.reason]
    assert (len(plan.planned), refused, plan.stakeholders) == (30_000, [], [])


def test_a_table_as_long_as_the_limit_comes_in_and_a_longer_one_is_refused() -> None:
    most = reading.MAX_ROWS
    assert len(parse(b"From,To\n" + b"a,b\n" * most).rows) == most + 1
    with pytest.raises(Invalid, match="50,000 rows"):
        parse(b"From,To\n" + b"a,b\n" * (most + 1))

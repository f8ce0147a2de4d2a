"""Nothing in silence: what an import leaves out, cannot understand or changes is told by reason, and truly."""

from __future__ import annotations

import uuid
from typing import Any

from copdash.exchange import accounts, parsing, remarks
from copdash.exchange.columns import understood
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Preview, of_meetings, of_stakeholders
from copdash.exchange.tie_previews import of_relations

from .test_files_of_people import case


def typed(text: str) -> Sheet:
    return parsing.parse(text.encode())


def account(sheet: Sheet, plan: Preview) -> list[str]:
    return [one.text for one in accounts.of_table(sheet, understood(sheet), plan)]


def listed(text: str, stored: list[dict[str, Any]] | None = None) -> tuple[Sheet, Preview]:
    sheet = typed(text)
    return sheet, of_stakeholders(sheet, understood(sheet), stored or [])


MESSY = """Our list,,,,
Name,Organisation,Power,Helix,Code
Water board,-,high,Foo,x1
Farmers,-,so so,Bar,
,,4,,
,,5,,
Port,Port Ltd,12,Government,x2
City,,9,,
Water board,,6,,
"""


def test_a_messy_list_is_told_by_reason_with_its_lines() -> None:
    sheet, plan = listed(MESSY)
    assert account(sheet, plan) == [
        "This stands above the columns and is no line of the table. Line 1.",
        "There is no name in this line. 2 lines: 5, 6.",
        "Line 3 is the same stakeholder with a different power. Line 9.",
        "“…” is not a known helix; Helix left empty. 2 lines: 3 “Foo”, 4 “Bar”.",
        "“so so” is not a number from 0 to 10; Power left empty. Line 4.",
        "“12” is outside the scale of 0-10; Power left empty. Line 7.",
        "“-” as Organisation is taken as empty. 2 lines: 3, 4.",
        "“high” as Power is taken for 8. Line 3.",
        "The column “Code” is left out: 2 cells.",
    ]
    told = accounts.of_table(sheet, understood(sheet), plan)
    assert remarks.counted(told) == "6 left out · 4 not understood · 3 changed"


def test_a_clean_list_has_nothing_to_tell() -> None:
    sheet, plan = listed("Name,Power,Interest\nWater board,8,5\nFarmers,4,9\n")
    assert account(sheet, plan) == []
    assert remarks.counted([]) == ""


def test_a_remark_says_what_becomes_of_the_field_of_a_stakeholder_that_is_here_already() -> None:
    known = {"id": uuid.uuid4(), "name": "Farmers", "organisation": "", "power": 7.0, "interest": None, "helix": ""}
    _, plan = listed("Name,Power,Interest,Role\nFarmers,so so,so so,miller\n", [known])
    assert plan.planned[0].warnings == (
        "“so so” is not a number from 0 to 10; Power stays 7.",
        "“so so” is not a number from 0 to 10; Interest stays empty.",
    )
    assert plan.planned[0].values == {"role": "miller"}


def test_a_second_line_and_a_refused_line_promise_nothing() -> None:
    _, plan = listed("Name,Power,Interest\nFarmers,7,\nFarmers,so so,8\nFarmers,so so,9\n,so so,9\n")
    assert [one.warnings for one in plan.planned[1:]] == [
        ("“so so” is not a number from 0 to 10; nothing is taken from it.",),
        ("“so so” is not a number from 0 to 10; nothing is taken from it.",),
        ("“so so” is not a number from 0 to 10.",),
    ]
    assert plan.planned[0].values == {"name": "Farmers", "power": 7, "interest": 8}


def test_ties_and_meetings_name_what_they_become_instead() -> None:
    sheet = typed("From,To,Type,Strength,Directed\nA,B,Foo,huge,perhaps\n")
    (tie,) = of_relations(sheet, understood(sheet), [], []).planned
    assert tie.warnings == (
        "“Foo” is not a known type; Type becomes Information.",
        "“huge” is not a strength of 1, 2 or 3; Strength becomes 1.",
        "“perhaps” is neither yes nor no; Directed becomes yes.",
    )
    roadmap = typed("Title,Start,Kind,Agenda\nKick-off,soon,Foo,9999; Welcome\n")
    known = {"id": uuid.uuid4(), "title": "Kick-off", "starts_on": None, "kind": "Site visit", "agenda": ((30, "x"),)}
    new, old = (of_meetings(roadmap, understood(roadmap), stored).planned[0].warnings for stored in ([], [known]))
    assert "Kind becomes CoP meeting." in new[1]
    assert new[2].endswith("Agenda left empty.")
    assert "Start stays empty." in old[0]
    assert "Kind stays Site visit." in old[1]
    assert old[2].endswith("Agenda stays as it is.")


def test_what_was_changed_is_told_too_scales_weights_and_words() -> None:
    sheet, plan = listed("Name,Power (1-5)\nA,5\nB,1\n")
    assert account(sheet, plan) == ["Power is brought from a scale of 1-5 to 0-10. 2 lines: 2, 3."]
    ties = typed("Source,Target,Weight\nA,B,5\nB,C,12\n")
    (told,) = account(ties, of_relations(ties, understood(ties), [], []))
    assert told == "The weight becomes a strength of 1, 2 or 3; the number is kept as evidence. 2 lines: 2, 3."


def test_hidden_lines_errors_and_formulas_are_in_the_account() -> None:
    sheet = case("rows-hidden-by-a-filter.xlsx")
    hidden = accounts.of_table(sheet, understood(sheet), of_stakeholders(sheet, understood(sheet), []))
    assert remarks.counted(hidden) == "2 hidden"
    sheet = case("formulas-never-calculated.xlsx")
    told = accounts.of_table(sheet, understood(sheet), of_stakeholders(sheet, understood(sheet), []))
    assert remarks.counted(told) == "4 not understood"


def test_what_the_reader_of_a_plan_says_is_noted_and_nothing_counts_as_not_understood() -> None:
    sheet = parsing.parse(CALENDAR)
    told = accounts.of_table(sheet, understood(sheet), of_meetings(sheet, understood(sheet), []))
    assert remarks.counted(told) == "2 noted"
    assert [one.text.partition(":")[0] for one in told] == ["1 passed over", HOW_LONG]


HOW_LONG = "How long a meeting lasts on its day is not taken over; its agenda says so here."
CALENDAR = b"\r\n".join(
    line.encode()
    for line in (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        "UID:1@x",
        "DTSTART:20270504T090000",
        "DTEND:20270504T110000",
        "SUMMARY:Kick-off CoP",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:2@x",
        "DTSTART;VALUE=DATE:20270910",
        "SUMMARY:Dentist",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
)


def test_many_lines_of_one_reason_are_named_up_to_a_dozen() -> None:
    (told,) = remarks.by_reason("left out", [(line, f"Line {line} is wrong.") for line in range(1_000, 1_020)])
    assert told.sentence == "Line … is wrong."
    assert told.text.endswith("20 lines: " + ", ".join(f"{n:,}" for n in range(1_000, 1_012)) + " and 8 more.")

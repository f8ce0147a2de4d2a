"""Lines of a table that are no rows: totals, and what a workbook hides. One click decides."""

from __future__ import annotations

import io

import openpyxl
import pytest

from copdash.exchange import columns, left_out, parsing, previews
from copdash.exchange.columns import Layout, understood
from copdash.exchange.parsing import Sheet

from .test_files_of_people import case


def typed(text: str) -> Sheet:
    return parsing.parse(text.encode())


def outcomes(sheet: Sheet, layout: Layout | None = None) -> list[tuple[str, str]]:
    plan = previews.of_stakeholders(sheet, layout or understood(sheet), [])
    return [(one.name, one.verdict) for one in plan.planned]


def left(sheet: Sheet) -> list[str]:
    return [name for name, verdict in outcomes(sheet) if verdict == "left out"]


@pytest.mark.parametrize("word", ["Total", "TOTALS:", "Gesamtsumme", "Totaal", "Moyenne", "Promedio", "Totale", "Sum"])
def test_a_line_that_is_called_a_total_is_left_out(word: str) -> None:
    sheet = typed(f"Name,Power,Interest\nWater board,8,5\nFarmers,4,9\n{word},6,7\n")
    assert outcomes(sheet) == [("Water board", "added"), ("Farmers", "added"), (word, "left out")]


@pytest.mark.parametrize(
    "text",
    [
        "Name,Power,Interest\nA,8,5\nB,4,9\nAll of them,12,14\n",
        "Name,Power,Interest\nA,8,5\nB,4,9\n,12,14\n",
        "Name,Power,Interest\nA,1,2\nB,2,1\nC,1,1\nTogether,4,4\n",
        "Name;Power\nA;8,5\nB;4\nC;1\nTogether;13,5\n",
    ],
)
def test_a_line_whose_ratings_are_the_sums_above_it_is_left_out(text: str) -> None:
    assert len(left(typed(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Name,Power,Interest\nA,1,2\nB,2,1\nC,3,3\n",
        "Name,Power\nA,10\nB,20\nC,30\nD,60\nE,5\n",
        "Name,Organisation,Power\nTotal,TotalEnergies,8\nMedia,Press club,6\n",
        "Name,Power\nMedia,6\nTotal water utility,5\nThe sum of all parts,4\n",
        "Name,Power,Interest\nA,0,0\nB,0,0\nC,0,0\nD,0,0\n",
    ],
)
def test_a_stakeholder_is_no_total_by_its_numbers_or_a_word_in_its_name(text: str) -> None:
    assert left(typed(text)) == []


def test_a_total_of_each_part_and_of_all_is_found_and_does_not_change_the_scale() -> None:
    lines = [f"S{n},{n % 5 + 1},{5 - n % 5}" for n in range(6)]
    sheet = typed("\n".join(["Name,Power,Interest", *lines[:3], ",6,12", *lines[3:], "Total,10,9"]))
    assert left_out.lines(sheet, 0, ("name", "power", "interest"))["totals"] == [5, 9]
    assert {one.choice for one in understood(sheet).decisions} == {"1-5"}


def test_a_total_is_kept_with_one_click_and_that_may_change_what_the_numbers_mean() -> None:
    sheet = typed("Name,Power,Interest\nA,5,4\nB,1,3\nC,2,5\nTotal,8,9\n")
    layout = columns.with_extra(sheet, understood(sheet), "totals", comes=True)
    assert outcomes(sheet, layout)[-1] == ("Total", "added")
    assert layout.decisions == ()
    assert columns.with_extra(sheet, layout, "totals", comes=False) == understood(sheet)


def test_hidden_lines_come_along_and_are_left_out_with_one_click() -> None:
    sheet = case("rows-hidden-by-a-filter.xlsx")
    layout = understood(sheet)
    assert left_out.lines(sheet, layout.header_row, layout.columns)["hidden"] == [3, 5]
    assert [verdict for _, verdict in outcomes(sheet)] == ["added"] * 4
    without = columns.with_extra(sheet, layout, "hidden", comes=False)
    assert [name for name, verdict in outcomes(sheet, without) if verdict == "added"] == ["Canal board", "Reed growers"]


def test_a_hidden_line_without_content_or_above_the_heading_is_not_counted() -> None:
    book = openpyxl.Workbook()
    for row in (["List of 2027"], ["Name", "Power", "Interest"], ["A", 8, 5], [None], ["B", 4, 9]):
        book["Sheet"].append(row)
    for number in (1, 4, 5):
        book["Sheet"].row_dimensions[number].hidden = True
    file = io.BytesIO()
    book.save(file)
    sheet = parsing.parse(file.getvalue())
    layout = understood(sheet)
    assert left_out.lines(sheet, layout.header_row, layout.columns)["hidden"] == [5]


@pytest.mark.parametrize("nothing", ["-", "n/a", "—", "k.A.", "k. A.", "n.v.t.", "N/A", "?", "--"])
def test_a_cell_that_says_nothing_is_empty_also_in_a_text(nothing: str) -> None:
    sheet = typed(f"Name;Organisation;Power;Notes\nReed growers;{nothing};{nothing};{nothing}\n{nothing};Harbour;3;x\n")
    plan = previews.of_stakeholders(sheet, understood(sheet), [])
    assert [one.values for one in plan.planned] == [
        {"name": "Reed growers"},
        {"name": "Harbour", "power": 3, "notes": "x"},
    ]


def test_a_short_word_that_may_be_a_name_stays_in_a_text_and_is_empty_among_numbers() -> None:
    sheet = typed("Name,Organisation,Power\nNA,ND,na\nReed-growers,- and more,5\n")
    plan = previews.of_stakeholders(sheet, understood(sheet), [])
    assert [one.values for one in plan.planned] == [
        {"name": "NA", "organisation": "ND"},
        {"name": "Reed-growers", "organisation": "- and more", "power": 5},
    ]


def test_the_error_cells_and_empty_words_of_a_workbook() -> None:
    sheet = case("error-cells.xlsx")
    plan = previews.of_stakeholders(sheet, understood(sheet), [])
    assert [one.values.get("organisation") for one in plan.planned] == [None] * 4

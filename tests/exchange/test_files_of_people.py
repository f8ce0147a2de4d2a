"""Files as people have them: each with its right outcome, and beside it another one of its kind."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from copdash.errors import Invalid
from copdash.exchange import columns, decisions, headings, parsing, previews, words
from copdash.exchange.columns import Layout, understood
from copdash.exchange.parsing import Sheet

CASES = Path(__file__).parents[1] / "data" / "cases"


def case(name: str, sheet: str | None = None) -> Sheet:
    return parsing.parse((CASES / name).read_bytes(), sheet=sheet)


def typed(text: str) -> Sheet:
    return parsing.parse(text.encode())


def brought(sheet: Sheet, layout: Layout | None = None) -> list[dict[str, Any]]:
    """The values of each row that would be stored."""
    layout = layout or understood(sheet)
    plan = previews.of_meetings if layout.subject == "meetings" else previews.of_stakeholders
    return [one.values for one in plan(sheet, layout, []).planned if one.verdict == "added"]


def names(sheet: Sheet) -> list[str]:
    return [values["name"] for values in brought(sheet)]


def ratings(sheet: Sheet, layout: Layout | None = None) -> list[tuple[float | None, float | None]]:
    return [(values.get("power"), values.get("interest")) for values in brought(sheet, layout)]


def shown_as(number_format: str, *values: float) -> Sheet:
    """A workbook whose ratings are shown in this format."""
    book = openpyxl.Workbook()
    book["Sheet"].append(["Name", "Power", "Interest"])
    for row, value in enumerate(values, start=2):
        book["Sheet"].append([f"S{row}", value, value])
        for cell in book["Sheet"][row][1:]:
            cell.number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return parsing.parse(file.getvalue())


# ---- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (case("01-voornaam-naam.csv"), ["Pieter Jan Haan", "An Molen", "Luc Molen"]),
        (case("02-vorname-name.csv"), ["Anna Schmidt", "Bert Schmidt"]),
        (case("04-nombre-apellidos.csv"), ["Ana Campo", "Luis Campo"]),
        (case("06-first-surname-affiliation.csv"), ["Anna Bruni", "Luca Bruni"]),
        (typed("Prénom;Nom;Affiliation\nJean;Roux;X\nMarie;Roux;X\n"), ["Jean Roux", "Marie Roux"]),
        (typed("Nome,Cognome\nAnna,Bruni\nLuca,Bruni\n"), ["Anna Bruni", "Luca Bruni"]),
        (typed("Voornaam,Tussenvoegsel,Achternaam\nAn,van der,Molen\nLuc,,Molen\n"), ["An van der Molen", "Luc Molen"]),
        (typed("First,Last,Name\nRia,Tolk,\nBo,Lund,\n"), ["Ria Tolk", "Bo Lund"]),
        (typed("Voornaam,Naam\nAn,An Molen\nLuc,Luc Molen\n"), ["An Molen", "Luc Molen"]),
    ],
)
def test_names_are_put_together_from_their_parts_and_namesakes_stay_two(sheet: Sheet, expected: list[str]) -> None:
    assert names(sheet) == expected


def test_the_affiliation_of_a_person_is_the_organisation() -> None:
    assert [one["organisation"] for one in brought(case("01-voornaam-naam.csv"))] == [
        "Polderbedrijf",
        "Streekwater",
        "Streekwater",
    ]


def test_curly_and_straight_signs_make_the_same_name() -> None:
    straight = case("quotes-straight.csv")
    stored = [{"id": number, "organisation": "", **one} for number, one in enumerate(brought(straight))]
    curly = case("quotes-curly.csv")
    plan = previews.of_stakeholders(curly, understood(curly), stored)
    assert [one.verdict for one in plan.planned] == ["updated"] * 3
    other = typed("Name\nL`Acqua Chiara\nReed–growers union\n")
    assert [one.verdict for one in previews.of_stakeholders(other, understood(other), stored).planned] == [
        "unchanged",
        "unchanged",
    ]


# ---- headings and sheets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Influence Level", "power"),
        ("Interest Level", "interest"),
        ("Level of power", "power"),
        ("Stakeholder country", "country"),
        ("Macht / Poder", "power"),
        ("Power | Macht", "power"),
        ("Pouvoir (Power)", "power"),
        ("Interesse\n(Interest)", "interest"),
        ("Power (1-5)", "power"),
        ("Macht 0 bis 100", "power"),
        ("Interest [1 = low, 5 = high]", "interest"),
        ("Score Influence", "power"),
        ("Name / Country", None),
        ("Level of detail", None),
        ("Colour", None),
    ],
)
def test_a_heading_of_several_words_two_languages_or_with_a_scale(heading: str, field: str | None) -> None:
    assert headings.exact_field("stakeholders", heading) == field


def test_the_line_that_says_most_is_the_header() -> None:
    assert names(case("13-title-row-like-heading.csv")) == ["Current owner", "Technology provider"]
    assert names(typed("Actors;;\nNo;Actor;Colour\n1;Water board;red\n2;Farmers;blue\n")) == ["Water board", "Farmers"]


def test_a_heading_over_two_lines_is_read_as_one() -> None:
    assert understood(case("66-two-line-header.xlsx")).columns == ("name", "country", "interest", "power")
    sheet = typed("Name,Power,Interest\n,(1-5),(1-5)\nWater board,5,1\n")
    layout = understood(sheet)
    assert (layout.columns, layout.header_row) == (("name", "power", "interest"), 1)
    assert ratings(sheet) == [(10.0, 0.0)]


def test_known_columns_keep_their_field_where_the_names_are_not_known() -> None:
    sheet = typed("Outfit,Country,Power\nWater board,Spain,8\n")
    layout = understood(sheet)
    assert layout.columns == (None, "country", "power")
    with pytest.raises(Invalid, match="which column"):
        previews.of_stakeholders(sheet, layout, [])


@pytest.mark.parametrize(
    ("sheet", "subject"),
    [
        (case("63-kumu-connections-with-label.xlsx", "Connections"), "relations"),
        (case("63-kumu-connections-with-label.xlsx", "Elements"), "stakeholders"),
        (case("65-hidden-notes-sheet.xlsx"), "meetings"),
        (case("40-msproject.csv"), "meetings"),
        (case("42-openproject.csv"), "meetings"),
        (typed("Von,Nach,Name,Land,Notizen\nA,B,x,y,z\n"), "relations"),
        (typed("Title,From,To\nKick-off,2027-05-04,2027-05-05\n"), "meetings"),
        (typed("Aufgabe,Start,Ende\nAuftakt,2027-05-04,2027-05-05\n"), "meetings"),
    ],
)
def test_what_a_table_is_about_follows_from_its_columns_together(sheet: Sheet, subject: str) -> None:
    assert understood(sheet).subject == subject


def test_a_workbook_says_which_of_its_sheets_are_hidden() -> None:
    assert case("65-hidden-notes-sheet.xlsx").hidden == ["(c)"]
    book = openpyxl.Workbook()
    book.create_sheet("Old").sheet_state = "veryHidden"
    book["Sheet"].append(["Name"])
    file = io.BytesIO()
    book.save(file)
    assert parsing.parse(file.getvalue()).hidden == ["Old"]


def test_a_table_whose_every_line_stands_in_quotation_marks_is_unpacked() -> None:
    found = brought(case("every-line-in-quotes.csv"))
    assert [(one["name"], one.get("organisation"), one["power"]) for one in found] == [
        ("Canal board", "Delta county", 8),
        ("Reed growers, south", "Polder union", 4),
        ("Harbour office", None, 6),
    ]
    assert typed('"Name;Power"\n"A;8"\n').rows == [["Name", "Power"], ["A", "8"]]
    one_column = typed('"Name"\n"Ministry of Water, Energy"\n"Farmers"\n')
    assert one_column.rows[1] == ["Ministry of Water, Energy"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("formulas-never-calculated.xlsx", "4 cells hold formulas that were never calculated.*C2, E2, C3 …"),
        ("error-cells.xlsx", "2 cells hold errors, and nothing is taken from them: #REF! in B2, #NAME\\? in A3"),
    ],
)
def test_what_a_workbook_leaves_empty_is_told(name: str, said: str) -> None:
    (note,) = case(name).notes
    assert re.search(said, note)


def test_a_formula_that_nobody_calculated_and_a_hidden_row_are_told_of_the_sheet_they_stand_in() -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(["Name"])
    other = book.create_sheet("R&D <2>")
    other.append(["Name", "Power"])
    other.append(["A", "=1+1"])
    other.row_dimensions[2].hidden = True
    file = io.BytesIO()
    book.save(file)
    assert parsing.parse(file.getvalue()).notes == []
    told = " ".join(parsing.parse(file.getvalue(), sheet="R&D <2>").notes)
    assert "1 cell holds a formula" in told
    assert parsing.parse(file.getvalue(), sheet="R&D <2>").marks["hidden_rows"] == [2]


# ---- scales ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (case("07-scale-1-5.csv"), [(10, 10), (7.5, 10), (0, 2.5)]),
        (case("09-percent.csv"), [(8, 9), (4, 2)]),
        (case("62-percent-format.xlsx"), [(8, 9), (4, 2)]),
        (case("08-high-low.csv"), [(8, 8), (5, 2), (2, 8)]),
        (case("11-influence-level.csv"), [(8, 9)]),
        (typed("Name;Macht (1 bis 7);Interesse (0-100)\nA;7;50\nB;1;0\n"), [(10, 5), (0, 0)]),
        (shown_as("0.0%", 0.75, 1, 0.5), [(7.5, 7.5), (10, 10), (5, 5)]),
        (typed("Name,Power,Interest\nA,4/5,2/5\nB,5/5,0/5\n"), [(8, 4), (10, 0)]),
        (typed("Name;Macht;Interesse\nA;hoch;sehr hoch\nB;mittel;gering\n"), [(8, 9), (5, 2)]),
        (typed("Nom;Pouvoir;Intérêt\nA;élevé;faible\nB;moyen;très faible\n"), [(8, 2), (5, 1)]),
    ],
)
def test_a_scale_is_known_from_the_heading_the_cells_or_the_range(
    sheet: Sheet, expected: list[tuple[float, float]]
) -> None:
    assert ratings(sheet) == expected
    assert all(one.certain for one in understood(sheet).decisions)


def test_a_scale_that_nothing_shows_is_one_question_a_column_with_a_default() -> None:
    sheet = typed("Name,Power,Interest\nA,5,4\nB,1,3\nC,2,5\nD,4,1\n")
    layout = understood(sheet)
    assert [(one.field, one.choice, one.certain) for one in layout.decisions] == [
        ("power", "1-5", False),
        ("interest", "1-5", False),
    ]
    assert "4 becomes 7.5" in decisions.sentence(layout.decisions[0], "Power")
    assert ratings(sheet)[0] == (10, 7.5)
    kept = columns.decided(columns.decided(layout, "power", "0-10"), "interest", "0-5")
    assert ratings(sheet, kept)[0] == (5, 8)
    assert all(one.certain for one in kept.decisions)
    with pytest.raises(Invalid):
        columns.decided(layout, "power", "month first")


def test_one_number_above_5_anywhere_says_that_ratings_are_as_here_and_nothing_is_asked() -> None:
    assert understood(typed("Name,Power,Interest\nA,5,4\nB,1,9\nC,2,5\n")).decisions == ()


def test_few_small_numbers_stay_as_they_are_and_are_asked_about() -> None:
    sheet = typed("Name,Power\nA,4\nB,3\n")
    assert [(one.choice, one.certain) for one in understood(sheet).decisions] == [("0-10", False)]
    assert ratings(sheet) == [(4, None), (3, None)]


def test_words_for_ratings_are_asked_and_a_person_says_otherwise() -> None:
    sheet = case("08-high-low.csv")
    layout = understood(sheet)
    plan = previews.of_stakeholders(sheet, layout, [], meanings={("power", "High"): "10", ("power", "L"): ""})
    assert [one.values.get("power") for one in plan.planned] == [10, 5, None]
    assert plan.unknown["power", "High"] == 1
    assert plan.unknown["interest", "Low"] == 1


# ---- days -----------------------------------------------------------------------------------------------------------


def days(sheet: Sheet, layout: Layout | None = None) -> list[dt.date | None]:
    return [values.get("starts_on") for values in brought(sheet, layout)]


def test_the_order_of_day_and_month_is_one_decision_a_column() -> None:
    assert days(case("43-us-dates.csv")) == [dt.date(2026, 9, 15), dt.date(2026, 10, 5)]
    sheet = case("us-dates-in-one-column.csv")
    assert days(sheet)[:3] == [dt.date(2027, 3, 4), dt.date(2027, 3, 22), dt.date(2027, 5, 6)]
    layout = columns.decided(understood(sheet), "starts_on", decisions.DAY_FIRST)
    assert days(sheet, layout)[0] == dt.date(2027, 4, 3)
    european = typed("Title,Start\nA,03/04/2027\nB,22/03/2027\n")
    assert days(european) == [dt.date(2027, 4, 3), dt.date(2027, 3, 22)]
    assert understood(european).decisions[0].certain


def test_an_order_that_nothing_shows_is_asked_and_one_with_dots_is_known() -> None:
    assert [one.certain for one in understood(typed("Title,Start\nA,03/04/2027\n")).decisions] == [False]
    assert [one.certain for one in understood(typed("Title,Start\nA,03.04.2027\n")).decisions] == [True]
    assert understood(typed("Title,Start\nA,03/03/2027\n")).decisions == ()
    both = understood(typed("Title,Start,End\nA,03/04/2027,03/22/2027\n"))
    assert [(one.choice, one.certain) for one in both.decisions] == [(decisions.MONTH_FIRST, True)] * 2


def test_days_in_many_forms_are_understood_and_what_is_none_is_told() -> None:
    sheet = case("45-dates.csv")
    found = dict(zip([one["title"] for one in brought(sheet)], days(sheet), strict=True))
    assert [found[f"CoP {n}"] for n in (1, 2, 3, 9)] == [dt.date(2026, 9, 15)] * 4
    assert found["CoP10"] == dt.date(2023, 3, 15)
    plan = previews.of_meetings(sheet, understood(sheet), [])
    told = {one.name: one.warnings for one in plan.planned}
    periods = {"CoP 5": "a quarter", "CoP 6": "a month of a project", "CoP 7": "a month", "CoP 8": "a week"}
    assert all(f"is {what}, not a day; Start left empty." in told[name][0] for name, what in periods.items())
    other = typed(
        "Title;Start\nA;September 15, 2026\nB;Tue 15 Sep 2026\n"
        "C;15. September 2026 um 14 Uhr\nD;01 September 2026 08:00\n"
    )
    assert days(other) == [dt.date(2026, 9, 15)] * 3 + [dt.date(2026, 9, 1)]


def test_a_time_in_the_cell_of_the_day_is_kept() -> None:
    times = [one.get("day_starts_at") for one in brought(case("start-with-time.xlsx"))]
    assert times == ["09:30", "13:00"]
    other = typed("Title;Start\nA;15.09.2026 14 Uhr\nB;2026-09-15 9:30 PM\nC;15/09/2026 14h30\nD;15.09.2026\n")
    assert [one.get("day_starts_at") for one in brought(other)] == ["14:00", "21:30", "14:30", None]
    told = typed("Title;Start;Time\nA;2026-09-15 08:00;9:30 AM\n")
    assert brought(told)[0]["day_starts_at"] == "09:30"


def test_percentages_of_a_workbook_are_known_by_their_format_alone() -> None:
    (one, _) = understood(shown_as("0%", 0, 1, 1)).decisions
    assert (one.choice, one.certain) == ("0-1", True)
    assert all(not one.certain for one in understood(shown_as("0.00", 0, 1, 1)).decisions)
    mixed = io.BytesIO()
    book = openpyxl.Workbook()
    for row in (["Name", "Power"], ["A", 0.5], ["B", 8], ["C", 7]):
        book["Sheet"].append(row)
    book["Sheet"]["B2"].number_format = "0%"
    book.save(mixed)
    assert understood(parsing.parse(mixed.getvalue())).decisions == ()


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Mon 3/4/2027", None),
        ("Thu 3/4/2027", decisions.MONTH_FIRST),
        ("Sat 3/4/2027", decisions.DAY_FIRST),
        ("Donnerstag, 3/4/2027", decisions.MONTH_FIRST),
        ("zaterdag 3-4-2027", decisions.DAY_FIRST),
        ("sam. 3/4/2027", decisions.DAY_FIRST),
        ("Πέμπτη 3/4/2027", decisions.MONTH_FIRST),
        ("lørdag 3/4/2027", decisions.DAY_FIRST),
        ("jue 3/4/2027", decisions.MONTH_FIRST),
        ("perhaps 3/4/2027", None),
    ],
)
def test_a_weekday_beside_the_date_proves_the_order_of_day_and_month(text: str, order: str | None) -> None:
    sheet = typed(f"Title;Start\nKick-off;{text}\nSite visit;5/6/2027\n")
    (one,) = understood(sheet).decisions
    assert (one.choice, one.certain) == (order or decisions.DAY_FIRST, order is not None)
    expected = dt.date(2027, 6, 5) if one.choice == decisions.DAY_FIRST else dt.date(2027, 5, 6)
    assert days(sheet)[1] == expected


def test_a_date_with_a_weekday_is_read_by_it_where_other_lines_say_otherwise() -> None:
    sheet = typed("Title;Start\nA;Sat 3/4/2027\nB;Thu 3/4/2027\nC;mar 2/3/2027\n")
    assert days(sheet) == [dt.date(2027, 4, 3), dt.date(2027, 3, 4), dt.date(2027, 3, 2)]
    assert [one.certain for one in understood(sheet).decisions] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "3. marts 2027",
        "3 Μαρτίου 2027",
        "Τετάρτη, 3 Μάρτιος 2027",
        "3 במרץ 2027",
        "יום ד׳, 3 במרץ 2027",
        "onsdag 3 marts 2027",
        "3 מרץ 2027",
    ],
)
def test_months_in_danish_greek_and_hebrew(text: str) -> None:
    assert days(typed(f"Title;Start\nA;{text}\n")) == [dt.date(2027, 3, 3)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Q3 2026", "a quarter"),
        ("2026-Q3", "a quarter"),
        ("3. Quartal 2026", "a quarter"),
        ("T2 2027", "a quarter"),
        ("3e kwartaal 2026", "a quarter"),
        ("spring 2027", "a season"),
        ("Herbst 2026", "a season"),
        ("Sommer", "a season"),
        ("printemps 2027", "a season"),
        ("in the autumn of 2026", "a season"),
        ("primavera de 2027", "a season"),
        ("efterår 2026", "a season"),
        ("mei 2027", "a month"),
        ("Μάρτιος 2027", "a month"),
        ("2. Halbjahr 2026", "half a year"),
        ("week 12", "a week"),
        ("2027", "a year"),
        ("soon", ""),
        ("springfield 2", ""),
        ("may", ""),
    ],
)
def test_a_quarter_or_a_season_is_no_day_and_is_called_what_it_is(text: str, what: str) -> None:
    assert words.period(text) == what


def test_quarters_and_seasons_stay_as_text_in_the_account() -> None:
    sheet = typed("Title;Start\nA;Q3 2026\nB;spring 2027\nC;Q1 2027\n")
    told = [one.text for one in previews.of_meetings(sheet, understood(sheet), []).told()]
    assert told == [
        "“…” is a quarter, not a day; Start left empty. 2 lines: 2 “Q3 2026”, 4 “Q1 2027”.",
        "“spring 2027” is a season, not a day; Start left empty. Line 3.",
    ]

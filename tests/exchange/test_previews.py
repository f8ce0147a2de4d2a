"""What an import will do, before it does it."""

from __future__ import annotations

import cProfile
import datetime as dt
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from copdash import fields
from copdash.errors import Invalid
from copdash.exchange.columns import understood
from copdash.exchange.parsing import Sheet, parse
from copdash.exchange.previews import Preview, of_meetings, of_stakeholders
from copdash.exchange.tie_previews import of_relations
from copdash.models import Helix


def typed(*rows: list[Any]) -> Sheet:
    return Sheet([list(row) for row in rows], "CSV")


def stakeholder(name: str, organisation: str = "", **values: Any) -> dict[str, Any]:
    empty = {key: None if column.shape == "rating" else "" for key, column in fields.STAKEHOLDER.items()}
    return {"id": uuid.uuid4(), **empty, "name": name, "organisation": organisation, **values}


def stakeholders(sheet: Sheet, stored: list[dict[str, Any]] | None = None, **more: Any) -> Preview:
    return of_stakeholders(sheet, understood(sheet, subject="stakeholders"), stored or [], **more)


def verdicts(preview: Preview) -> list[str]:
    return [planned.verdict for planned in preview.planned]


# --- the real files ---


def test_the_berlin_list_comes_in_as_58_clean_organisations(lists: dict[str, Path]) -> None:
    preview = stakeholders(parse((lists["berlin"] / "organisations.csv").read_bytes()))
    values = [planned.values for planned in preview.planned]
    assert verdicts(preview) == ["added"] * 58
    assert all(value["name"] == " ".join(value["name"].split()) for value in values)
    assert any(re.fullmatch(r"\w+ \(Institut für \w+, \w+ und \w+\)", str(value["name"])) for value in values)
    assert [sum(value["helix"] == helix for value in values) for helix in Helix.values()] == [
        14,
        11,
        16,
        17,
    ]
    assert [value.get("scale") for value in values].count("National") == 19
    assert preview.unknown == {("scale", "Berlin"): 26}
    assert values[0]["themes"] == "Städteplanung; Klimaschutz und Klimaanpassung"
    assert all(value["notes"] and value["kind"] == "Organisation" for value in values)
    assert all(fields.clean(fields.STAKEHOLDER, value) == value for value in values)
    said = stakeholders(
        parse((lists["berlin"] / "organisations.csv").read_bytes()),
        meanings={("scale", "Berlin"): "Regional"},
    )
    assert not said.unknown
    assert sum(planned.values["scale"] == "Regional" for planned in said.planned) == 26


def test_the_swiss_network_comes_in_with_its_ties_and_without_its_self_loops(lists: dict[str, Path]) -> None:
    folder = lists["swiss"]
    actors = stakeholders(parse((folder / "actors.csv").read_bytes()))
    stored = [stakeholder(**planned.values) for planned in actors.planned]
    sheet = parse((folder / "actor_el.csv").read_bytes())
    ties = of_relations(sheet, understood(sheet), stored, [])
    assert (actors.count("added"), ties.count("added"), ties.count("refused"), ties.stakeholders) == (80, 313, 12, [])
    assert all("itself" in planned.reason for planned in ties.planned if planned.verdict == "refused")
    alone = of_relations(sheet, understood(sheet), [], [])
    assert (alone.count("added"), len(alone.stakeholders)) == (313, 73)
    ids = {planned.id for planned in alone.stakeholders}
    assert all({tie.values["from_id"], tie.values["to_id"]} <= ids for tie in alone.planned if tie.verdict == "added")
    stored_ties = [{"id": tie.id, **tie.values} for tie in ties.planned if tie.verdict == "added"]
    again = of_relations(sheet, understood(sheet), stored, stored_ties)
    assert (again.count("unchanged"), again.count("refused")) == (313, 12)


# --- stakeholders ---


def test_the_same_name_and_organisation_is_updated_and_empty_cells_overwrite_nothing() -> None:
    known = stakeholder("Water board", "Province", power=3.0, notes="old", helix="Government")
    sheet = typed(
        ["Name", "Organisation", "Power", "Notes", "Helix"], [" WATER  board", "province", "7,5", "", "State"]
    )
    (planned,) = stakeholders(sheet, [known]).planned
    assert (planned.verdict, planned.id) == ("updated", known["id"])
    assert (planned.values, planned.before) == ({"power": 7.5}, {"power": 3.0})


def test_another_organisation_is_another_stakeholder() -> None:
    stored = [stakeholder("Director", "A")]
    preview = stakeholders(
        typed(["Name", "Organisation"], ["Director", "B"], ["Director", "A"], ["Director", ""]), stored
    )
    assert verdicts(preview) == ["added", "unchanged", "added"]


def test_a_list_without_organisations_finds_stakeholders_by_name_unless_there_are_several() -> None:
    sheet = typed(["Name", "Power"], ["City", 5], ["Director", 6])
    preview = stakeholders(
        sheet, [stakeholder("City", "Region"), stakeholder("Director", "A"), stakeholder("Director", "B")]
    )
    assert verdicts(preview) == ["updated", "refused"]
    assert "column with the organisation" in preview.planned[1].reason


def test_nobody_is_refused_because_of_one_cell_that_is_not_understood() -> None:
    sheet = typed(
        ["Name", "Power", "Interest", "Helix", "Attitude now"],
        ["A", 12, 1, "", ""],
        ["B", "high", -1, "", ""],
        ["C", "so so", 10, "Foo", "neutral"],
        ["", 3, 3, "", ""],
    )
    preview = stakeholders(sheet)
    assert verdicts(preview) == ["added", "added", "added", "refused"]
    assert preview.planned[0].warnings == ("“12” is outside the scale of 0-10; Power left empty.",)
    assert preview.planned[1].values == {"name": "B", "power": 8.0}
    assert preview.planned[1].warnings == ("“-1” is outside the scale of 0-10; Interest left empty.",)
    assert preview.planned[2].values == {"name": "C", "interest": 10.0, "attitude": "Neutral"}
    assert preview.planned[2].warnings == (
        "“so so” is not a number from 0 to 10; Power left empty.",
        "“Foo” is not a known helix; Helix left empty.",
    )
    assert preview.planned[3].reason == "There is no name in this line."
    assert [planned.row_number for planned in preview.planned] == [2, 3, 4, 5]


def test_a_second_line_for_a_stakeholder_completes_the_first_or_is_refused_where_it_contradicts() -> None:
    sheet = typed(["Name", "Power", "Interest"], ["A", 5, None], ["a", None, 7], ["A ", 6, 7], ["A", 5, 7])
    preview = stakeholders(sheet)
    assert verdicts(preview) == ["added", "unchanged", "refused", "unchanged"]
    assert preview.planned[0].values == {"name": "A", "power": 5.0, "interest": 7.0}
    assert preview.planned[2].reason == "Line 2 is the same stakeholder with a different power."


def test_first_and_last_name_make_a_name_and_an_organisation_alone_is_one() -> None:
    sheet = typed(["Vorname", "Nachname", "Institution"], ["Ada", "L.", "X"], ["", "", "Water board"])
    preview = stakeholders(sheet)
    assert [planned.values for planned in preview.planned] == [
        {"name": "Ada L.", "organisation": "X"},
        {"name": "Water board"},
    ]
    assert preview.planned[1].warnings


def test_several_columns_of_remarks_are_kept_together() -> None:
    (planned,) = stakeholders(typed(["Name", "Notes", "Description"], ["A", "one", "two"])).planned
    assert planned.values["notes"] == "one\nDescription: two"


def test_text_that_is_far_too_long_refuses_the_line() -> None:
    preview = stakeholders(typed(["Name", "Notes"], ["A" * 6000, ""], ["B", "x" * 30_000]))
    assert verdicts(preview) == ["refused", "refused"]
    assert "shorten it" in preview.planned[0].reason


def test_a_file_without_a_name_column_asks_for_it() -> None:
    sheet = typed(["x1", "x2"], ["a", "b"])
    with pytest.raises(Invalid, match="which column holds the names"):
        of_stakeholders(sheet, understood(sheet), [])


def test_a_header_without_lines_plans_nothing() -> None:
    assert stakeholders(typed(["Name", "Power"])).planned == []


# --- ties ---


def test_ties_to_unknown_stakeholders_add_them_or_are_refused_as_wished() -> None:
    sheet = typed(["From", "To"], ["A", "New"], ["New", "New"], ["Other", ""])
    known = stakeholder("A")
    preview = of_relations(sheet, understood(sheet), [known], [])
    assert verdicts(preview) == ["added", "refused", "refused"]
    assert [one.name for one in preview.stakeholders] == ["New"]
    assert preview.planned[0].values["to_id"] == preview.stakeholders[0].id
    strict = of_relations(sheet, understood(sheet), [known], [], add_missing=False)
    assert (strict.planned[0].reason, strict.stakeholders) == (
        "No stakeholder is called “New”; add it to the list first.",
        [],
    )


def test_a_tie_is_known_by_its_ends_and_type_and_an_undirected_one_from_either_end() -> None:
    a, b = stakeholder("A"), stakeholder("B")
    tie = {"id": uuid.uuid4(), "from_id": a["id"], "to_id": b["id"], "type": "Money", "directed": False, "strength": 1}
    sheet = typed(
        ["From", "To", "Type", "Directed", "Strength"],
        ["B", "A", "Geld", "no", 3],
        ["A", "B", "funding", "", 3],
        ["A", "B", "Money", "no", 2],
        ["A", "B", "Advice", "yes", 2],
        ["B", "A", "Advice", "yes", 2],
        ["A", "B", "Conflict", "", 7],
        ["A", "B", "Foo", "", ""],
    )
    preview = of_relations(sheet, understood(sheet), [a, b], [tie])
    assert verdicts(preview) == ["updated", "unchanged", "refused", "added", "added", "added", "added"]
    slip = preview.planned[5].values
    assert (slip["strength"], slip["evidence"]) == (3, "Weight 7 in the file")
    assert preview.planned[3].values["strength"] == 2, "a slip elsewhere changes nobody's scale"
    assert (preview.planned[0].values, preview.planned[0].before) == ({"strength": 3}, {"strength": 1})
    assert preview.planned[6].values["type"] == "Information"


def test_ties_of_namesakes_need_their_organisation() -> None:
    stored = [stakeholder("Director", "A"), stakeholder("Director", "B")]
    bare, full = (
        typed(["From", "To"], ["Director", "X"]),
        typed(["From", "From organisation", "To", "To organisation"], ["Director", "A", "Director", "B"]),
    )
    assert "Several stakeholders" in of_relations(bare, understood(bare), stored, []).planned[0].reason
    (tie,) = of_relations(full, understood(full), stored, []).planned
    assert (tie.values["from_id"], tie.values["to_id"]) == (stored[0]["id"], stored[1]["id"])


# --- meetings ---


def meeting(title: str, starts_on: dt.date | None = None, **values: Any) -> dict[str, Any]:
    empty = {key: None if column.shape == "day" else "" for key, column in fields.MEETING.items()}
    return {"id": uuid.uuid4(), **empty, "title": title, "starts_on": starts_on, **values}


def meetings(sheet: Sheet, stored: list[dict[str, Any]] | None = None) -> Preview:
    return of_meetings(sheet, understood(sheet, subject="meetings"), stored or [])


def test_a_roadmap_comes_in_with_days_and_vocabulary() -> None:
    sheet = typed(
        ["Titel", "Art", "Beginn", "Ende", "Status", "Durchführung"],
        ["Kick-off", "CoP-Treffen", "15.9.2021", "16.9.2021", "bestätigt", "Präsenz"],
        ["Visit", "Ortstermin", "spring", "", "", "online"],
        ["Wrong", "", "15.9.2021", "1.9.2021", "", ""],
        ["", "Schulung", "15.9.2021", "", "", ""],
    )
    preview = meetings(sheet)
    assert verdicts(preview) == ["added", "added", "refused", "refused"]
    assert preview.planned[0].values == {
        "title": "Kick-off",
        "kind": "CoP meeting",
        "starts_on": dt.date(2021, 9, 15),
        "ends_on": dt.date(2021, 9, 16),
        "certainty": "Confirmed",
        "format": "In person",
    }
    assert preview.planned[1].warnings == ("“spring” is a season, not a day; Start left empty.",)
    assert preview.planned[2].reason == "The end, 2021-09-01, is before the start, 2021-09-15."


def test_a_meeting_alone_of_its_title_is_moved_and_namesakes_are_told_apart_by_day() -> None:
    days = [dt.date(2021, month, 1) for month in (6, 9, 12)]
    stored = [meeting("Kick-off", days[0]), meeting("CoP", days[0]), meeting("CoP", days[1])]
    sheet = typed(
        ["Title", "Start"], ["Kick-off", "2021-06-08"], ["CoP", "2021-09-01"], ["CoP", "2021-12-01"], ["New", ""]
    )
    preview = meetings(sheet, stored)
    assert verdicts(preview) == ["updated", "unchanged", "updated", "added"]
    assert [planned.id for planned in preview.planned[:3]] == [stored[0]["id"], stored[2]["id"], stored[1]["id"]]


def test_a_meeting_moved_by_its_start_alone_lasts_as_long_as_before() -> None:
    stored = [meeting("Kick-off", dt.date(2021, 6, 1), ends_on=dt.date(2021, 6, 2))]
    (planned,) = meetings(typed(["Title", "Start"], ["Kick-off", "2021-07-01"]), stored).planned
    assert planned.values == {"starts_on": dt.date(2021, 7, 1), "ends_on": dt.date(2021, 7, 2)}
    assert verdicts(meetings(typed(["Title", "Start"], ["Kick-off", "2021-06-01"]), stored)) == ["unchanged"]


def test_unscheduled_meetings_of_one_title_stay_several() -> None:
    assert verdicts(meetings(typed(["Title", "Kind"], ["CoP", "CoP meeting"], ["CoP", "CoP meeting"]))) == ["added"] * 2


# --- speed ---


def test_the_work_for_a_plan_grows_no_faster_than_its_lines() -> None:
    def calls(count: int) -> int:
        header = [column.label for column in fields.STAKEHOLDER.values()]
        rows = [
            [f"Stakeholder {n}", "Organisation", f"Büro {n % 50}", "Rolle", "Utilities", "Industrie", "lokal", "NL",
             "a, b", n % 11, 5, "neutral", "", "Core", "weil", "Notizen über Wasser"]
            for n in range(count)
        ]  # fmt: skip
        sheet = typed(header, *rows)
        watched = cProfile.Profile()
        assert watched.runcall(stakeholders, sheet).count("added") == count
        return sum(entry.callcount for entry in watched.getstats())

    calls(500)
    assert calls(5_000) < 11 * calls(500)


def test_a_second_line_for_a_listed_stakeholder_does_not_change_how_it_is_spelled() -> None:
    known = stakeholder("Water board", "Province")
    sheet = typed(["Name", "Organisation", "Power"], ["WATER BOARD", "PROVINCE", 7], ["water board", "province", None])
    assert stakeholders(sheet, [known]).planned[0].values == {"power": 7.0}

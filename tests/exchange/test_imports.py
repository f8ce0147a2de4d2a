"""An import is one gesture: all of it or nothing, and one undo takes it back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copdash import (
    agendas,
    case_studies,
    eyes,
    meeting_series,
    meetings,
    milestones,
    preparations,
    relations,
    stakeholders,
    store,
    undoing,
)
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed
from copdash.exchange import exports, imports, tables
from copdash.exchange.columns import understood
from copdash.exchange.parsing import Sheet, parse
from copdash.exchange.previews import Preview
from copdash.models import Role
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
CASES = Path(__file__).parents[1] / "data" / "cases"
EVE = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)


@pytest.fixture
def case(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", sqlite_url)
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater")
    yield made.id
    store.close()


def preview(case: uuid.UUID, sheet: Sheet) -> Preview:
    with store.reading(eyes.PROGRAM) as session:
        return imports.preview(session, case, sheet, understood(sheet))


def bring(case: uuid.UUID, sheet: Sheet, *, seen: Preview | None = None, actor: Actor = ANN) -> Preview:
    seen = seen or preview(case, sheet)
    with store.writing(actor, case) as session:
        return imports.carry_out(session, case, sheet, understood(sheet), seen, file_name="list.csv")


def names(case: uuid.UUID) -> list[str]:
    with store.reading(eyes.PROGRAM) as session:
        return [row.name for row in stakeholders.of_case(session, case)]


def undo(case: uuid.UUID) -> str:
    with store.writing(ANN, case) as session:
        return undoing.undo(session, None)


def test_the_berlin_list_comes_in_at_once_and_goes_with_one_undo(case: uuid.UUID, lists: dict[str, Path]) -> None:
    sheet = parse((lists["berlin"] / "organisations.csv").read_bytes())
    bring(case, sheet)
    assert len(names(case)) == 58
    assert preview(case, sheet).count("unchanged") == 58
    undo(case)
    assert names(case) == []


def test_the_swiss_ties_bring_their_stakeholders_along(case: uuid.UUID, lists: dict[str, Path]) -> None:
    sheet = parse((lists["swiss"] / "actor_el.csv").read_bytes())
    bring(case, sheet)
    with store.reading(eyes.PROGRAM) as session:
        assert (len(relations.of_case(session, case)), len(names(case))) == (313, 73)
    bring(case, parse((lists["swiss"] / "actors.csv").read_bytes()))
    assert len(names(case)) == 80
    undo(case)
    undo(case)
    assert names(case) == []


def test_updates_change_only_what_differs_and_undo_gives_it_back(case: uuid.UUID) -> None:
    bring(case, Sheet([["Name", "Power", "Notes"], ["A", 3, "old"], ["B", 4, ""]], "CSV"))
    plan = bring(case, Sheet([["Name", "Power", "Notes"], ["a", 7, ""], ["B", 99, ""], ["C", 1, ""]], "CSV"))
    assert [one.verdict for one in plan.planned] == ["updated", "unchanged", "added"]
    with store.reading(eyes.PROGRAM) as session:
        rows = {row.name: (row.power, row.notes) for row in stakeholders.of_case(session, case)}
    assert rows == {"A": (7, "old"), "B": (4, ""), "C": (1, "")}
    undo(case)
    with store.reading(eyes.PROGRAM) as session:
        assert [row.power for row in stakeholders.of_case(session, case)] == [3, 4]


def test_a_roadmap_comes_in_and_its_export_changes_nothing(case: uuid.UUID) -> None:
    header = ["Title", "Start", "End", "Status"]
    lines: list[list[Any]] = [header, ["Kick-off", "15.9.2021", "", "planned"], ["Visit", "", "", ""]]
    bring(case, Sheet(lines, "CSV"))
    with store.reading(eyes.PROGRAM) as session:
        rows = [row.model_dump() for row in meetings.of_case(session, case)]
    for data in (tables.csv_file("meetings", rows), tables.xlsx_file({"meetings": rows})):
        assert preview(case, parse(data)).count("unchanged") == 2


def test_what_changed_since_the_preview_stops_the_import(case: uuid.UUID) -> None:
    sheet = Sheet([["Name", "Power"], ["A", 3]], "CSV")
    seen = preview(case, sheet)
    bring(case, Sheet([["Name", "Power"], ["A", 5]], "CSV"))
    with pytest.raises(ChangedElsewhere, match="Look at the preview again"):
        bring(case, sheet, seen=seen)
    with store.reading(eyes.PROGRAM) as session:
        assert [row.power for row in stakeholders.of_case(session, case)] == [5]


def test_a_viewer_imports_nothing_and_a_file_that_changes_nothing_says_so(case: uuid.UUID) -> None:
    sheet = Sheet([["Name"], ["A"]], "CSV")
    with pytest.raises(NotAllowed):
        bring(case, sheet, actor=EVE)
    assert names(case) == []
    bring(case, sheet)
    with pytest.raises(Invalid, match="nothing to import"):
        bring(case, sheet)


def test_a_thousand_stakeholders_from_a_workbook_are_all_saved(case: uuid.UUID) -> None:
    rows = [{"name": f"Stakeholder {n}", "power": n % 11, "helix": "Industry", "notes": "x"} for n in range(1000)]
    data = tables.xlsx_file({"stakeholders": rows})
    bring(case, parse(data))
    assert len(names(case)) == 1000


# ---- several tables at once, invitations, milestones ----------------------------------------------------------------


def filled(case: uuid.UUID) -> None:
    """A list with two namesakes, ties, a roadmap with invitations, milestones."""
    with store.writing(ANN, case) as session:
        people = [
            stakeholders.add(session, case, name=name, organisation=organisation, power=power)
            for name, organisation, power in [
                ("Director", "Water; company", 7), ("Director", "City", None), ("=Farmers, \"united\"; all", "", 3.25),
            ]
        ]  # fmt: skip
        session.flush()
        for one, other, directed in [(people[0], people[1], True), (people[2], people[0], False)]:
            relations.tie(session, case, from_id=one.id, to_id=other.id, type="Money", directed=directed, strength=3)
        first = meetings.plan(session, case, title="Kick-off", starts_on="2021-09-15", goals="a\nb")
        meetings.plan(session, case, title="Visit", kind="Site visit")
        session.flush()
        meetings.invite(session, first.id, stakeholder_ids=[one.id for one in people])
        meetings.note_attended(session, first.id, stakeholder_ids=[people[0].id, people[2].id])
        meetings.cast(session, first.id, people[2].id, values={"role": "Speaker"})
        pilot = milestones.set_up(session, case, title="Pilot runs", due_on="2022-01-01")
        agendas.add(session, first.id, activity='Welcome; "aims"', minutes=30, method="Round", material="=1+1")
        session.flush()
        agendas.add(session, first.id, activity="Lunch", minutes=45, lead="Kim; Jo")
        preparations.add(session, first.id, title="Invite; by post", owner="Ann", due_on="2021-09-01")
        preparations.add(session, first.id, title="Report", done_on="2021-10-01")
        meeting_series.plan(session, case, days=[dt.date(2021, 10, 5), dt.date(2021, 11, 2)], title="Check-in")
        session.flush()
        meetings.prepare(session, first.id, milestone_ids=[pilot.id])
        milestones.set_up(session, case, title="D1.2", kind="Deliverable", due_on="2022-03-01")


def everything(case: uuid.UUID) -> dict[str, Any]:
    """All that is exported, without the ids."""
    with store.reading(eyes.PROGRAM) as session:
        found = exports.rows(session, case)
    keys = {"id", "case_study_id", "from_id", "to_id", "network_x", "network_y"}
    return {
        subject: sorted(({name: value for name, value in row.items() if name not in keys} for row in rows), key=repr)
        for subject, rows in found.items()
    }


def parts_of(data: bytes) -> list[imports.Part]:
    first = parse(data)
    sheets = [parse(data, sheet=name) for name in first.sheets] or [first]
    return [imports.Part(sheet, understood(sheet)) for sheet in sheets]


def bring_all(case: uuid.UUID, parts: list[imports.Part]) -> list[Preview]:
    with store.reading(eyes.PROGRAM) as session:
        seen = imports.preview_all(session, case, parts)
    with store.writing(ANN, case) as session:
        return imports.carry_out_all(session, case, parts, seen, file_name="all.xlsx")


@pytest.fixture
def other_case(case: uuid.UUID) -> uuid.UUID:
    with store.writing(ANN, undoable=False) as session:
        return case_studies.begin(session, title="Otherwater").id


def test_a_whole_workbook_comes_into_another_case_study_as_it_was_and_goes_with_one_undo(
    case: uuid.UUID, other_case: uuid.UUID
) -> None:
    filled(case)
    with store.reading(eyes.PROGRAM) as session:
        data = exports.workbook(session, case)
    plans = bring_all(other_case, parts_of(data))
    assert [(plan.subject, plan.count("added")) for plan in plans] == [
        ("stakeholders", 3), ("relations", 2), ("meetings", 4), ("milestones", 2),
    ]  # fmt: skip
    assert not any(one.warnings or one.reason for plan in plans for one in plan.planned)
    assert everything(other_case) == everything(case)
    with pytest.raises(Invalid, match="nothing to import"):
        bring_all(other_case, parts_of(data))
    undo(other_case)
    assert not any(everything(other_case).values())


def test_the_csv_files_one_after_another_lose_nothing_either(case: uuid.UUID, other_case: uuid.UUID) -> None:
    filled(case)
    for subject in ("stakeholders", "relations", "milestones", "meetings"):
        with store.reading(eyes.PROGRAM) as session:
            data = exports.csv_table(session, case, subject, delimiter=";")
        (plan,) = bring_all(other_case, parts_of(data))
        assert plan.subject == subject
    assert everything(other_case) == everything(case)


def test_a_workbook_whose_ties_go_by_ids_comes_in_with_names(case: uuid.UUID) -> None:
    bring_all(case, parts_of((CASES / "nodes-and-edges-by-id.xlsx").read_bytes())[::-1])
    found = everything(case)
    names = ["Canal board", "Harbour office", "Reed growers"]
    assert sorted(one["name"] for one in found["stakeholders"]) == names
    assert {(one["from"], one["to"], one["directed"]) for one in found["relations"]} == {
        ("Canal board", "Reed growers", False),
        ("Reed growers", "Harbour office", True),
        ("Canal board", "Harbour office", True),
    }


def test_the_order_of_the_sheets_does_not_matter(case: uuid.UUID, other_case: uuid.UUID) -> None:
    filled(case)
    with store.reading(eyes.PROGRAM) as session:
        parts = parts_of(exports.workbook(session, case))[::-1]
    bring_all(other_case, parts)
    assert everything(other_case) == everything(case)


def test_an_import_of_invitations_says_who_is_unknown_and_empty_cells_uninvite_nobody(case: uuid.UUID) -> None:
    filled(case)
    before = everything(case)["meetings"]
    sheet = Sheet(
        [["Title", "Start", "Invited"], ["Kick-off", "2021-09-15", ""], ["Visit", "", "Director; Mayor"]], "CSV"
    )
    seen = preview(case, sheet)
    assert [one.verdict for one in seen.planned] == ["unchanged", "unchanged"]
    assert seen.planned[1].warnings == (
        "Several stakeholders are called “Director”; write it as “Director (its organisation)”.",
        "“Mayor” is not on the list of stakeholders; not invited.",
    )
    bring(case, Sheet([["Title", "Start", "Invited"], ["Kick-off", "2021-09-15", "Director (City)"]], "CSV"))
    assert everything(case)["meetings"] != before
    undo(case)
    assert everything(case)["meetings"] == before


def test_milestones_are_known_by_title_and_moved_by_date(case: uuid.UUID) -> None:
    filled(case)
    sheet = Sheet(
        [
            ["Milestone", "Type", "Due"],
            ["pilot runs", "", "1.2.2022"],
            ["New", "Bericht", "2023-01-01"],
            ["Undated", "", ""],
        ],
        "CSV",
    )
    plan = bring(case, sheet)
    assert [one.verdict for one in plan.planned] == ["updated", "added", "refused"]
    assert plan.planned[2].reason == "There is no date in this line, and a milestone needs one."
    with store.reading(eyes.PROGRAM) as session:
        rows = {row.title: (row.kind, str(row.due_on)) for row in milestones.of_case(session, case)}
    assert rows["Pilot runs"] == ("Technical milestone", "2022-02-01")
    assert rows["New"] == ("Deliverable", "2023-01-01")


def row_of(case: uuid.UUID, title: str) -> dict[str, Any]:
    return next(row for row in everything(case)["meetings"] if row["title"] == title)


def test_agenda_tasks_and_who_came_are_changed_in_a_spreadsheet(case: uuid.UUID) -> None:
    filled(case)
    agenda = "30; Welcome and aims; Round\n45; Lunch\nClosing words"
    sheet = Sheet(
        [
            [
                "Title",
                "Start",
                "Agenda (minutes; activity; method; lead; material)",
                "Tasks",
                "Came",
                "Come as",
                "Series",
            ],
            ["Kick-off", "2021-09-15", agenda, "Invite; Ann; 1.9.2021; 2021-08-30", "Director (City)", "", ""],
            ["Visit", "", "", "", "", "Expert: Director (City)", "visits"],
        ],
        "CSV",
    )
    before = everything(case)["meetings"]
    bring(case, sheet)
    kick_off, visit = row_of(case, "Kick-off"), row_of(case, "Visit")
    assert kick_off["agenda"] == "30; Welcome and aims; Round\n45; Lunch\n0; Closing words"
    assert kick_off["tasks"] == "Invite; Ann; 2021-09-01; 2021-08-30"
    assert kick_off["attended"] == "Director (City)"
    assert (visit["parts"], visit["invited"]) == ("Expert: Director (City)", "Director (City)")
    assert visit["series_id"] is not None
    assert preview(case, sheet).count("unchanged") == 2
    undo(case)
    assert everything(case)["meetings"] == before


def test_a_cell_that_is_not_understood_leaves_what_is_there_and_says_so(case: uuid.UUID) -> None:
    filled(case)
    before = everything(case)["meetings"]
    sheet = Sheet(
        [
            ["Title", "Start", "Agenda", "Tasks", "Come as", "Prepares"],
            [
                "Kick-off",
                "2021-09-15",
                "9000; Welcome",
                "Invite; Ann; soon",
                "Boss: Director (City)",
                "Pilot runs; Moon",
            ],
        ],
        "CSV",
    )
    (line,) = preview(case, sheet).planned
    assert line.verdict == "unchanged"
    assert len(line.warnings) == 4
    assert "Agenda: line 1" in line.warnings[1]
    assert "not on the list of milestones" in line.warnings[0]
    assert everything(case)["meetings"] == before

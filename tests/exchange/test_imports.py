"""An import is one gesture: all of it or nothing, and one undo takes it back."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from copdash import case_studies, history, meetings, relations, stakeholders, store
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed
from copdash.exchange import imports, tables
from copdash.exchange.columns import understood
from copdash.exchange.parsing import Sheet, parse
from copdash.exchange.previews import Preview
from copdash.models import Role
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
EVE = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)


@pytest.fixture
def case(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", sqlite_url)
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater")
    yield made.id
    store.close()


def preview(case: uuid.UUID, sheet: Sheet) -> Preview:
    with store.reading() as session:
        return imports.preview(session, case, sheet, understood(sheet))


def bring(case: uuid.UUID, sheet: Sheet, *, seen: Preview | None = None, actor: Actor = ANN) -> Preview:
    seen = seen or preview(case, sheet)
    with store.writing(actor, case, name="imported") as session:
        return imports.carry_out(session, case, sheet, understood(sheet), seen, file_name="list.csv")


def names(case: uuid.UUID) -> list[str]:
    with store.reading() as session:
        return [row.name for row in stakeholders.of_case(session, case)]


def undo(case: uuid.UUID) -> str:
    with store.writing(ANN, case, name="undo") as session:
        return history.undo(session, None)


def test_the_berlin_list_comes_in_at_once_and_goes_with_one_undo(case: uuid.UUID, real_data: Path) -> None:
    sheet = parse((real_data / "berlin-climate" / "organisations.csv").read_bytes())
    bring(case, sheet)
    assert len(names(case)) == 58
    assert preview(case, sheet).count("unchanged") == 58
    undo(case)
    assert names(case) == []


def test_the_swiss_ties_bring_their_stakeholders_along(case: uuid.UUID, real_data: Path) -> None:
    sheet = parse((real_data / "swiss-wetlands" / "actor_el.csv").read_bytes())
    bring(case, sheet)
    with store.reading() as session:
        assert (len(relations.of_case(session, case)), len(names(case))) == (313, 73)
    bring(case, parse((real_data / "swiss-wetlands" / "actors.csv").read_bytes()))
    assert len(names(case)) == 80
    undo(case)
    undo(case)
    assert names(case) == []


def test_updates_change_only_what_differs_and_undo_gives_it_back(case: uuid.UUID) -> None:
    bring(case, Sheet([["Name", "Power", "Notes"], ["A", 3, "old"], ["B", 4, ""]], "CSV"))
    plan = bring(case, Sheet([["Name", "Power", "Notes"], ["a", 7, ""], ["B", 99, ""], ["C", 1, ""]], "CSV"))
    assert [one.verdict for one in plan.planned] == ["updated", "refused", "added"]
    with store.reading() as session:
        rows = {row.name: (row.power, row.notes) for row in stakeholders.of_case(session, case)}
    assert rows == {"A": (7, "old"), "B": (4, ""), "C": (1, "")}
    undo(case)
    with store.reading() as session:
        assert [row.power for row in stakeholders.of_case(session, case)] == [3, 4]


def test_a_roadmap_comes_in_and_its_export_changes_nothing(case: uuid.UUID) -> None:
    header = ["Title", "Start", "End", "Status"]
    bring(case, Sheet([header, ["Kick-off", "15.9.2021", "", "planned"], ["Visit", "", "", ""]], "CSV"))
    with store.reading() as session:
        rows = [row.model_dump() for row in meetings.of_case(session, case)]
    for data in (tables.csv_file("meetings", rows), tables.xlsx_file({"meetings": rows})):
        assert preview(case, parse(data)).count("unchanged") == 2


def test_what_changed_since_the_preview_stops_the_import(case: uuid.UUID) -> None:
    sheet = Sheet([["Name", "Power"], ["A", 3]], "CSV")
    seen = preview(case, sheet)
    bring(case, Sheet([["Name", "Power"], ["A", 5]], "CSV"))
    with pytest.raises(ChangedElsewhere, match="Look at the preview again"):
        bring(case, sheet, seen=seen)
    with store.reading() as session:
        assert [row.power for row in stakeholders.of_case(session, case)] == [5]


def test_a_viewer_imports_nothing_and_a_file_that_changes_nothing_says_so(case: uuid.UUID) -> None:
    sheet = Sheet([["Name"], ["A"]], "CSV")
    with pytest.raises(NotAllowed):
        bring(case, sheet, actor=EVE)
    assert names(case) == []
    bring(case, sheet)
    with pytest.raises(Invalid, match="nothing to import"):
        bring(case, sheet)


def test_a_thousand_stakeholders_from_a_workbook_are_saved_quickly(case: uuid.UUID) -> None:
    rows = [{"name": f"Stakeholder {n}", "power": n % 11, "helix": "Industry", "notes": "x"} for n in range(1000)]
    data = tables.xlsx_file({"stakeholders": rows})
    began = time.process_time()
    bring(case, parse(data))
    assert len(names(case)) == 1000
    assert time.process_time() - began < 5

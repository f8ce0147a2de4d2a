"""A case study as a file, out and in, between real stores."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from sqlmodel import Session, col, select

from copdash import (
    actions,
    agendas,
    case_studies,
    duplicates,
    examples,
    eyes,
    history,
    meeting_merges,
    meeting_series,
    meetings,
    milestones,
    register,
    relations,
    stakeholders,
    store,
    undoing,
    versions,
)
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed, NotFound
from copdash.exchange import case_files, case_reading
from copdash.exchange.case_answers import CaseFile
from copdash.exchange.case_files import Merge
from copdash.models import SUBJECTS, Change, Gesture, Meeting, Role, Stakeholder
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
BEN = Actor(uuid.UUID(int=12), "Ben", Role.KWR)
EVE = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)

Rows = dict[str, dict[uuid.UUID, dict[str, Any]]]


class Laptop:
    """A store of its own, and the person at it."""

    def __init__(self, url: str, actor: Actor) -> None:
        self.url, self.actor = url, actor

    def use(self) -> None:
        os.environ["COPDASH_DATABASE_URL"] = self.url

    def do(self, case: uuid.UUID | None, change: Callable[[Session], Any], name: str = "") -> Any:
        self.use()
        with store.writing(self.actor, case) as session:
            return change(session)

    def ask(self, question: Callable[[Session], Any]) -> Any:
        self.use()
        with store.reading(eyes.PROGRAM) as session:
            return question(session)

    def begin(self) -> uuid.UUID:
        made: uuid.UUID = self.do(None, lambda s: case_studies.begin(s, title="Testwater").id)
        return made

    def add(self, case: uuid.UUID, name: str, **values: Any) -> uuid.UUID:
        made: uuid.UUID = self.do(case, lambda s: stakeholders.add(s, case, name=name, **values).id)
        return made

    def edit(self, case: uuid.UUID, who: uuid.UUID, **values: Any) -> None:
        self.do(case, lambda s: stakeholders.edit(s, who, values=values))

    def file(self, case: uuid.UUID) -> CaseFile:
        return case_reading.checked(self.ask(lambda s: case_files.export(s, case)))  # as the child does it

    def look(self, file: CaseFile) -> Merge:
        found: Merge = self.ask(lambda s: case_files.preview(s, file))
        return found

    def open(self, file: CaseFile, choices: Mapping[str, str] | None = None) -> Merge:
        self.use()
        return case_files.bring_in(self.actor, file, choices)

    def undo(self, case: uuid.UUID | None, gesture_id: uuid.UUID | None = None) -> None:
        self.do(case, lambda s: undoing.undo(s, gesture_id), "undo")

    def redo(self, case: uuid.UUID) -> None:
        self.do(case, undoing.redo, "redo")

    def row(self, who: uuid.UUID) -> Stakeholder:
        row: Stakeholder = self.ask(lambda s: s.get(Stakeholder, who))
        return row

    def rows(self) -> Rows:
        """All rows; the change log replayed is the same, or the test fails."""

        def everything(session: Session) -> Rows:
            found: Rows = {}
            for subject, table in SUBJECTS.items():
                found[subject] = history.stored(session, table)
                assert history.replayed(session, subject) == found[subject], "the change log replayed is not the table"
            return found

        found: Rows = self.ask(everything)
        return found


@pytest.fixture
def laptops(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Laptop]]:
    """Makes stores; closes them all."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", "")
    made: list[Laptop] = []

    def laptop() -> Laptop:
        path = tmp_path / f"laptop{len(made)}.sqlite"
        shutil.copyfile(sqlite_template, path)
        made.append(Laptop(f"sqlite:///{path.as_posix()}", (ANN, BEN)[len(made) % 2]))
        return made[-1]

    yield laptop
    for one in made:
        one.rows()
        store.close()


@pytest.fixture
def ann(laptops: Callable[[], Laptop]) -> Laptop:
    return laptops()


@pytest.fixture
def ben(ann: Laptop, laptops: Callable[[], Laptop]) -> Laptop:
    return laptops()


def verdicts(merge: Merge) -> list[tuple[str, str, str]]:
    return sorted((line.verdict, line.name, line.label) for line in merge.lines)


def furnish(laptop: Laptop) -> uuid.UUID:
    """A case study with something of everything."""
    case = laptop.begin()
    first, second = laptop.add(case, "Province", power=7, interest=3), laptop.add(case, "Útility «Ω»", notes="a\nb")
    laptop.do(case, lambda s: relations.tie(s, case, from_id=first, to_id=second, type="Money", strength=2))
    meeting = laptop.do(case, lambda s: meetings.plan(s, case, title="Kick-off", starts_on="2024-05-01")).id
    laptop.do(case, lambda s: meetings.invite(s, meeting, stakeholder_ids=[first, second]))
    laptop.do(case, lambda s: milestones.set_up(s, case, title="D1.1", due_on="2024-06-30"))
    laptop.do(case, lambda s: stakeholders.arrange(s, {first: (12.5, -3)}))
    laptop.do(case, lambda s: actions.add(s, case, stakeholder_id=first, title="Call", meeting_id=meeting))
    laptop.do(case, lambda s: versions.freeze(s, case, meeting_id=meeting))
    gone = laptop.add(case, "Mistake")
    laptop.do(case, lambda s: stakeholders.remove(s, [gone]))
    return case


# ---- a new case study -----------------------------------------------------------------------------------------------


def test_how_the_grid_is_drawn_travels_with_the_case_study(ann: Laptop, ben: Laptop) -> None:
    case = ann.begin()
    grid = {"quadrant_names": "Reed", "axes": "Power across, interest up"}
    ann.do(case, lambda s: case_studies.edit(s, case, values=grid))
    ben.open(ann.file(case))
    row = ben.rows()["case_study"][case]
    assert {name: row[name] for name in grid} == grid


def test_all_fields_of_stakeholders_and_how_they_are_shown_travel_with_the_case_study(ann: Laptop, ben: Laptop) -> None:
    case = ann.begin()
    values = {"language": "Dutch", "stake": "Clean\nwater", "legitimacy": 7.5, "urgency": 2, "confidence": "Low"}
    who = ann.add(case, "Province", **values)
    ann.do(case, lambda s: register.show(s, case, "legitimacy", shown=True))
    ann.do(case, lambda s: register.rename(s, case, "stake", label="Concern", seen=""))
    ben.open(ann.file(case))
    assert {name: getattr(ben.row(who), name) for name in values} == values
    columns = register.columns(ben.ask(lambda s: case_studies.get(s, case)))
    assert "legitimacy" in columns
    assert register.labels(ben.ask(lambda s: case_studies.get(s, case))) == {"stake": "Concern"}
    ann.do(case, lambda s: register.show(s, case, "urgency", shown=True))
    ben.open(ann.file(case))
    assert "urgency" in register.columns(ben.ask(lambda s: case_studies.get(s, case)))


def test_a_case_study_comes_over_whole_with_its_history(store_url: str, laptops: Callable[[], Laptop]) -> None:
    ann, ben = laptops(), Laptop(store_url, BEN)
    case = furnish(ann)
    merge = ben.open(ann.file(case))
    assert merge.is_new
    assert ben.rows() == ann.rows()
    who = next(row_id for row_id, row in ann.rows()["stakeholder"].items() if row["name"] == "Province")
    told = [(e.actor_name, e.label) for e in ben.ask(lambda s: history.of_subject(s, who))]
    assert ("Ann (by file)", "Added") in told
    theirs = {g.id: (g.at, g.actor_name, g.actor_role, g.summary) for g in ann.ask(lambda s: history.recent(s, case))}
    ours = {g.id: (g.at, g.actor_name, g.actor_role, g.summary) for g in ben.ask(lambda s: history.recent(s, case))}
    assert theirs.items() <= ours.items()
    assert ben.ask(lambda s: history.undoable(s, case, ANN.id)) == []


def test_a_meeting_deleted_there_leaves_the_versions_and_actions_made_here_without_it(ann: Laptop, ben: Laptop) -> None:
    case = furnish(ann)
    ben.open(ann.file(case))
    (meeting,) = ann.rows()["meeting"]
    first = next(row_id for row_id, row in ann.rows()["stakeholder"].items() if row["name"] == "Province")
    ben.do(case, lambda s: versions.freeze(s, case, meeting_id=meeting))
    ben.do(case, lambda s: actions.add(s, case, stakeholder_id=first, title="Write", meeting_id=meeting))
    ann.do(case, lambda s: meetings.remove(s, [meeting]))
    ben.open(ann.file(case))
    found = ben.rows()
    assert found["meeting"] == {}
    assert [row["meeting_id"] for row in found["version"].values()] == [None, None]
    assert {row["title"]: row["meeting_id"] for row in found["action"].values()} == {"Call": None, "Write": None}
    ann.open(ben.file(case))
    assert ann.rows() == found


def test_a_stakeholder_deleted_there_takes_its_action_here_along(ann: Laptop, ben: Laptop) -> None:
    case = furnish(ann)
    ben.open(ann.file(case))
    first = next(row_id for row_id, row in ann.rows()["stakeholder"].items() if row["name"] == "Province")
    ann.do(case, lambda s: stakeholders.remove(s, [first]))
    ben.open(ann.file(case))
    assert ben.rows()["action"] == {}
    assert len(ben.rows()["version"]) == 1


def test_nine_files_on_one_laptop_stand_side_by_side(laptops: Callable[[], Laptop]) -> None:
    kwr = laptops()
    expected: dict[uuid.UUID, Any] = {}
    for _ in range(9):
        leader = laptops()
        kwr.open(leader.file(furnish(leader)))
        expected |= leader.rows()["stakeholder"]
        store.close()
    assert kwr.rows()["stakeholder"] == expected


def test_bringing_in_a_new_case_study_can_be_undone_and_done_again(ann: Laptop, ben: Laptop) -> None:
    case = furnish(ann)
    file = ann.file(case)
    ben.open(file)
    brought = ben.ask(lambda s: s.exec(select(Gesture).where(Gesture.name == "merged")).one()).id
    ben.undo(None, brought)
    assert not any(ben.rows().values())
    assert ben.look(file).is_new
    ben.open(file)
    assert ben.rows() == ann.rows()
    ann.edit(case, ann.add(case, "Mayor"), country="Spain")
    assert {line.verdict for line in ben.look(ann.file(case)).lines} == {"new_there"}


def test_undoing_the_arrival_of_a_case_study_somebody_works_in_is_refused(ann: Laptop, ben: Laptop) -> None:
    case = furnish(ann)
    ben.open(ann.file(case))
    brought = ben.ask(lambda s: s.exec(select(Gesture).where(Gesture.name == "merged")).one()).id
    ben.add(case, "Mayor")
    before = ben.rows()
    with pytest.raises(ChangedElsewhere):
        ben.undo(None, brought)
    assert ben.rows() == before


def test_two_thousand_stakeholders_travel(ann: Laptop, ben: Laptop) -> None:
    case = ann.begin()
    new = [(uuid.uuid4(), {"name": f"Stakeholder {i}", "power": i % 10, "notes": "x" * 100}) for i in range(2000)]
    ann.do(case, lambda s: stakeholders.add_all(s, case, new))
    ben.open(ann.file(case))
    ann.edit(case, new[7][0], name="Renamed")
    merge = ben.open(ann.file(case))
    assert verdicts(merge) == [("changed_there", "Stakeholder 7", "Name")]
    assert merge.same == 2000  # the case study is a row too
    assert ben.rows() == ann.rows()


# ---- merging --------------------------------------------------------------------------------------------------------


@pytest.fixture
def shared(ann: Laptop, ben: Laptop) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """A case study that both have, with two of its stakeholders."""
    case = furnish(ann)
    ben.open(ann.file(case))
    ids = {row["name"]: row_id for row_id, row in ann.rows()["stakeholder"].items()}
    return case, ids["Province"], ids["Útility «Ω»"]


Shared = tuple[uuid.UUID, uuid.UUID, uuid.UUID]


def test_what_only_one_side_changed_is_taken_from_there(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, utility = shared
    ann.edit(case, province, country="Spain")
    ann.add(case, "Mayor")
    ben.edit(case, province, organisation="Junta")
    ben.edit(case, utility, power=2, interest=2)
    merge = ben.open(ann.file(case))
    assert verdicts(merge) == [
        ("changed_here", "Province", "Organisation"),
        ("changed_here", "Útility «Ω»", "Power and interest"),
        ("changed_there", "Province", "Country"),
        ("new_there", "Mayor", ""),
    ]
    assert (ben.row(province).country, ben.row(province).organisation) == ("Spain", "Junta")
    ann.open(ben.file(case))
    assert ann.rows() == ben.rows()


def test_a_field_changed_on_both_sides_stays_unless_somebody_chooses(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, utility = shared
    for laptop in (ann, ben):
        laptop.edit(case, province, country=f"{laptop.actor.name}land")
        laptop.edit(case, utility, country=f"{laptop.actor.name}land")
    file = ann.file(case)
    merge = ben.look(file)
    assert [(line.name, line.ours, line.theirs) for line in sorted(merge.conflicts, key=lambda c: c.name)] == [
        ("Province", "Benland", "Annland"),
        ("Útility «Ω»", "Benland", "Annland"),
    ]
    chosen = next(line.key for line in merge.conflicts if line.name == "Province")
    ben.open(file, {chosen: "theirs"})
    assert (ben.row(province).country, ben.row(utility).country) == ("Annland", "Benland")
    assert ben.look(file).changes_nothing
    assert [line.verdict for line in ben.look(file).lines] == ["changed_here"]
    assert ann.open(ben.file(case)).conflicts == []
    assert ann.rows() == ben.rows()


def test_after_a_conflict_later_versions_bring_only_what_is_new(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, utility = shared
    for laptop in (ann, ben):
        laptop.edit(case, province, country=f"{laptop.actor.name}land")
        laptop.edit(case, utility, country=f"{laptop.actor.name}land")
    taken = next(line.key for line in ben.look(ann.file(case)).conflicts if line.name == "Province")
    ben.open(ann.file(case), {taken: "theirs"})
    ann.edit(case, province, country="Spain")
    merge = ben.open(ann.file(case))
    assert verdicts(merge) == [
        ("changed_here", "Útility «Ω»", "Country"),
        ("changed_there", "Province", "Country"),
    ]
    ann.edit(case, utility, country="Italy")
    assert [line.name for line in ben.look(ann.file(case)).conflicts] == ["Útility «Ω»"]


def test_the_same_file_twice_changes_nothing(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, _ = shared
    ann.edit(case, province, country="Spain")
    ben.edit(case, province, country="Italy")
    ann.add(case, "Mayor")
    file = ann.file(case)
    ben.open(file)
    before = ben.rows(), ben.ask(lambda s: (history.version(s), len(s.exec(select(Gesture)).all())))
    assert ben.open(file).changes_nothing
    assert (ben.rows(), ben.ask(lambda s: (history.version(s), len(s.exec(select(Gesture)).all())))) == before


def test_undo_of_a_merge_puts_everything_back(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, utility = shared
    ann.edit(case, province, country="Spain")
    ann.do(case, lambda s: stakeholders.remove(s, [utility]))
    mayor = ann.add(case, "Mayor")
    ann.do(case, lambda s: relations.tie(s, case, from_id=mayor, to_id=province))
    before = ben.rows()
    file = ann.file(case)
    ben.open(file)
    assert ben.rows() == ann.rows()
    ben.undo(case)
    assert ben.rows() == before
    ben.redo(case)
    assert ben.rows() == ann.rows()
    ben.undo(case)
    assert ben.rows() == before
    merge = ben.open(file)
    assert merge.conflicts == []
    assert ben.rows() == ann.rows()


def test_a_merge_and_its_undo_on_both_databases(store_url: str, laptops: Callable[[], Laptop]) -> None:
    ann, ben = laptops(), Laptop(store_url, BEN)
    case = furnish(ann)
    ben.open(ann.file(case))
    ids = {row["name"]: row_id for row_id, row in ann.rows()["stakeholder"].items()}
    for laptop in (ann, ben):
        laptop.edit(case, ids["Province"], country=f"{laptop.actor.name}land", power=laptop.actor.id.int % 10)
        laptop.add(case, f"From {laptop.actor.name}")
    ann.do(case, lambda s: stakeholders.remove(s, [ids["Útility «Ω»"]]))
    before = ben.rows()
    merge = ben.open(ann.file(case), {f"{ids['Province']}:country": "theirs"})
    assert sorted(line.label for line in merge.conflicts) == ["Country", "Power and interest"]
    merged = ben.rows()
    ben.undo(case)
    assert ben.rows() == before
    ben.redo(case)
    assert ben.rows() == merged
    ann.open(ben.file(case))
    assert ann.rows() == ben.rows()


def test_undoing_there_what_was_taken_here_is_a_change_like_any_other(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, _ = shared
    ann.edit(case, province, country="Spain")
    ben.open(ann.file(case))
    ann.undo(case)
    assert verdicts(ben.open(ann.file(case))) == [("changed_there", "Province", "Country")]
    assert ben.row(province).country == ""


def test_doing_and_undoing_is_no_change(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, _ = shared
    ben.edit(case, province, country="Italy")
    ben.undo(case)
    ann.edit(case, province, country="Spain")
    assert ben.open(ann.file(case)).conflicts == []
    assert ben.row(province).country == "Spain"


def test_power_and_interest_are_taken_together(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, _ = shared
    ann.edit(case, province, power=1)
    ben.edit(case, province, interest=9)
    merge = ben.look(ann.file(case))
    assert [(c.label, c.ours, c.theirs) for c in merge.conflicts] == [("Power and interest", "7 / 9", "1 / 3")]
    ben.open(ann.file(case), {merge.conflicts[0].key: "theirs"})
    assert (ben.row(province).power, ben.row(province).interest) == (1, 3)


def test_what_was_deleted_there_goes_and_what_was_deleted_here_stays_away(
    ann: Laptop, ben: Laptop, shared: Shared
) -> None:
    case, province, utility = shared
    ann.do(case, lambda s: stakeholders.remove(s, [province]))
    ben.do(case, lambda s: stakeholders.remove(s, [utility]))
    merge = ben.open(ann.file(case))
    assert ("deleted_there", "Province", "") in verdicts(merge)
    assert ("deleted_here", "Útility «Ω»", "") in verdicts(merge)
    assert not ben.rows()["stakeholder"]
    ann.open(ben.file(case))
    assert ann.rows() == ben.rows()


@pytest.mark.parametrize("choice", ["ours", "theirs"])
def test_deleted_there_and_changed_here_is_a_conflict(ann: Laptop, ben: Laptop, shared: Shared, choice: str) -> None:
    case, province, _ = shared
    ann.do(case, lambda s: stakeholders.remove(s, [province]))
    ben.edit(case, province, country="Italy")
    before = ben.rows()
    merge = ben.look(ann.file(case))
    assert [(c.name, c.label, c.ours, c.theirs) for c in merge.conflicts] == [("Province", "", "there", "deleted")]
    ben.open(ann.file(case), {merge.conflicts[0].key: choice})
    if choice == "ours":
        assert ben.rows() == before, "its ties and invitations stay with it"
    else:
        assert ben.rows() == ann.rows()
    assert ann.open(ben.file(case)).conflicts == []
    assert ann.rows() == ben.rows()


@pytest.mark.parametrize("choice", ["ours", "theirs"])
def test_deleted_here_and_used_there_is_a_conflict(ann: Laptop, ben: Laptop, shared: Shared, choice: str) -> None:
    case, province, _ = shared
    mayor = ann.add(case, "Mayor")
    ann.do(case, lambda s: relations.tie(s, case, from_id=mayor, to_id=province))
    ben.do(case, lambda s: stakeholders.remove(s, [province]))
    merge = ben.look(ann.file(case))
    assert [(c.name, c.label, c.ours, c.theirs) for c in merge.conflicts] == [("Province", "", "deleted", "there")]
    ben.open(ann.file(case), {merge.conflicts[0].key: choice})
    if choice == "ours":
        assert not ben.rows()["relation"]
    else:
        assert ben.rows() == ann.rows()
    assert ben.look(ann.file(case)).changes_nothing
    ann.open(ben.file(case))
    assert ann.rows() == ben.rows()


def test_the_same_tie_and_invitation_made_on_both_sides_are_one(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, utility = shared
    meeting = next(iter(ann.rows()["meeting"]))
    ann.do(case, lambda s: meetings.invite(s, meeting, stakeholder_ids=[]))
    ben.open(ann.file(case))
    for strength, laptop in enumerate((ann, ben), 1):
        tie: dict[str, Any] = {
            "id": uuid.UUID(int=strength),
            "from_id": utility,
            "to_id": province,
            "strength": strength,
        }
        laptop.do(case, partial(relations.tie, case_study_id=case, **tie))
        laptop.do(case, lambda s: meetings.invite(s, meeting, stakeholder_ids=[province]))
    before, file = ben.rows(), ann.file(case)
    merge = ben.open(file)
    assert len(merge.notes) == 2
    assert "strength 1" in merge.notes[0]
    assert "strength 2" in merge.notes[0]
    assert (len(ben.rows()["relation"]), len(ben.rows()["invitation"])) == (2, 1)
    assert ben.look(file).changes_nothing
    merged = ben.rows()
    ben.undo(case)
    assert ben.rows() == before
    ben.redo(case)
    assert ben.rows() == merged
    ann.open(ben.file(case))
    assert ann.rows() == ben.rows()


def test_a_change_travels_over_a_third_laptop(ann: Laptop, ben: Laptop, shared: Shared, laptops: Any) -> None:
    case, province, _ = shared
    ann.edit(case, province, country="Spain")
    third = laptops()
    third.open(ann.file(case))
    ben.open(third.file(case))
    ann.edit(case, province, country="Portugal")
    merge = ben.open(ann.file(case))
    assert verdicts(merge) == [("changed_there", "Province", "Country")]
    assert ben.row(province).country == "Portugal"


def test_what_came_and_went_elsewhere_does_not_come_back(
    ann: Laptop, ben: Laptop, shared: Shared, laptops: Callable[[], Laptop]
) -> None:
    case, _, _ = shared
    mayor = ann.add(case, "Mayor")
    third = laptops()
    third.open(ann.file(case))
    ann.do(case, lambda s: stakeholders.remove(s, [mayor]))
    ben.open(ann.file(case))
    assert verdicts(ben.open(third.file(case))) == [("deleted_here", "Mayor", "")]
    third.open(ben.file(case))
    assert third.rows() == ben.rows() == ann.rows()


def test_copies_of_the_example_that_were_loaded_apart_merge_by_what_was_changed(ann: Laptop, ben: Laptop) -> None:
    for laptop in (ann, ben):
        laptop.do(None, examples.load)
    row = ann.ask(lambda s: s.exec(select(Stakeholder).order_by(col(Stakeholder.id))).first())
    ann.edit(row.case_study_id, row.id, country="Elsewhere", notes="Ann")
    ben.edit(row.case_study_id, row.id, notes="Ben")
    merge = ben.open(ann.file(row.case_study_id))
    assert sorted((line.verdict, line.label) for line in merge.lines) == [
        ("changed_there", "Country"),
        ("conflict", "Notes"),
    ]
    assert (ben.row(row.id).country, ben.row(row.id).notes) == ("Elsewhere", "Ben")


def test_the_last_author_is_not_somebody_whose_value_did_not_come(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, _ = shared
    ben.edit(case, province, country="Italy")
    ann.edit(case, province, country="Spain")
    ben.open(ann.file(case))
    assert ben.ask(lambda s: history.last_author(s, province, "country")) == "Ben"


def test_a_file_opened_after_the_preview_became_old_is_refused(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, _ = shared
    ann.edit(case, province, country="Spain")
    file = ann.file(case)
    seen = ben.look(file).version
    ben.edit(case, province, country="Italy")
    with pytest.raises(ChangedElsewhere):
        case_files.bring_in(BEN, file, seen_version=seen)


def test_a_viewer_brings_nothing_in(ann: Laptop, ben: Laptop) -> None:
    file = ann.file(furnish(ann))
    ben.use()
    with pytest.raises(NotAllowed):
        case_files.bring_in(EVE, file)
    assert not any(ben.rows().values())


def test_a_case_study_that_is_not_here_has_no_file(ann: Laptop) -> None:
    with pytest.raises(NotFound):
        ann.file(uuid.uuid4())


# ---- files nobody should trust --------------------------------------------------------------------------------------


def parts(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return json.loads(packed.read("manifest.json")), json.loads(packed.read("content.json"))


def packed(manifest: dict[str, Any], content: Any, *, right_sum: bool = True, **more: bytes) -> bytes:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    if right_sum:
        manifest = {**manifest, "sha256": hashlib.sha256(text).hexdigest()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("manifest.json", json.dumps(manifest))
        out.writestr("content.json", text)
        for name, data in more.items():
            out.writestr(name, data)
    return file.getvalue()


@pytest.fixture
def good(ann: Laptop) -> bytes:
    case = furnish(ann)
    data: bytes = ann.ask(lambda s: case_files.export(s, case))
    return data


HOSTILE: dict[str, Callable[[dict[str, Any], dict[str, Any]], Any]] = {
    "another format": lambda m, c: m.update(format="something else"),
    "a newer major version": lambda m, c: m.update(version=2),
    "an unknown key in the manifest": lambda m, c: m.update(extra=1),
    "another case study than the manifest says": lambda m, c: m.update(case_study_id=str(uuid.uuid4())),
    "an unknown field": lambda m, c: c["stakeholders"][0].update(token_digest="x"),
    "an unknown room": lambda m, c: c.update(people=[]),
    "no id": lambda m, c: c["stakeholders"][0].pop("id"),
    "an id that is none": lambda m, c: c["stakeholders"][0].update(id="1; DROP TABLE stakeholder"),
    "an id twice": lambda m, c: c["stakeholders"].append(c["stakeholders"][0]),
    "an id for two things": lambda m, c: c["meetings"][0].update(id=c["milestones"][0]["id"]),
    "a row of another case study": lambda m, c: c["meetings"][0].update(case_study_id=str(uuid.uuid4())),
    "a tie to nobody": lambda m, c: c["relations"][0].update(to_id=str(uuid.uuid4())),
    "a tie to a meeting": lambda m, c: c["relations"][0].update(to_id=c["meetings"][0]["id"]),
    "a tie to itself": lambda m, c: c["relations"][0].update(to_id=c["relations"][0]["from_id"]),
    "power out of range": lambda m, c: c["stakeholders"][0].update(power=99),
    "a value that is a list": lambda m, c: c["stakeholders"][0].update(name=["x"]),
    "a value that is an object": lambda m, c: c["stakeholders"][0].update(power={"x": 1}),
    "an unknown kind": lambda m, c: c["stakeholders"][0].update(kind="Alien"),
    "a name too long": lambda m, c: c["stakeholders"][0].update(name="x" * 6000),
    "no name": lambda m, c: c["stakeholders"][0].update(name="  "),
    "a place far out": lambda m, c: c["stakeholders"][0].update(network_x=1e300),
    "a position that is text": lambda m, c: c["stakeholders"][0].update(position="1"),
    "a time zone that is a path": lambda m, c: c["case_study"].update(time_zone="../../etc/passwd"),
    "an end before the start": lambda m, c: c["meetings"][0].update(ends_on="2001-01-01"),
    "an invitation twice": lambda m, c: c["invitations"].append({**c["invitations"][0], "id": str(uuid.uuid4())}),
    "a history of something unknown": lambda m, c: c["history"][0]["changes"][0].update(subject="person"),
    "a history of an unknown field": lambda m, c: c["history"][1]["changes"][0].update(field="token_digest"),
    "a history with a naive moment": lambda m, c: c["history"][0].update(at="2024-01-01T00:00:00"),
    "a history from the year 9": lambda m, c: c["history"][0].update(at="0009-01-01T00:00:00Z"),
    "a history told twice": lambda m, c: c["history"].append(c["history"][0]),
    "a history merged by nobody": lambda m, c: c["history"][0].update(merged_by=str(uuid.uuid4())),
    "a value in the history that cannot be": lambda m, c: c["history"][1]["changes"][0]["after"].update(power=-1),
    "content that is a list": lambda m, c: [],
    "content that is nested too deep": lambda m, c: b"[" * 200_000,
    "content that is not JSON": lambda m, c: b"\x80\x04\x95pickle",
    "not a number": lambda m, c: json.dumps(c).replace("12.5", "NaN").encode(),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_is_refused_with_a_sentence_for(good: bytes, what: str) -> None:
    manifest, content = parts(good)
    changed = HOSTILE[what](manifest, content)
    with pytest.raises(Invalid, match=r"\.$"):
        case_files.read(packed(manifest, content if changed is None else changed))


def test_a_file_changed_on_its_way_is_refused(good: bytes) -> None:
    manifest, content = parts(good)
    content["stakeholders"][0]["name"] = "Somebody else"
    with pytest.raises(Invalid, match="changed on its way"):
        case_files.read(packed(manifest, content, right_sum=False))


def test_files_of_another_kind_are_refused(good: bytes) -> None:
    manifest, content = parts(good)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as out:
        out.writestr("../../evil.json", "{}")
    middle = len(good) // 2
    broken = good[:middle] + bytes(64) + good[middle + 64 :]
    for data in (b"", b"PK\x03\x04", b"name;power\nA;1", good[: len(good) // 2], other.getvalue(), broken):
        with pytest.raises(Invalid):
            case_files.read(data)
    with pytest.raises(Invalid, match="more than a case study"):
        case_files.read(packed(manifest, content, notes=b"x"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(good: bytes) -> None:
    manifest, _ = parts(good)
    bomb = packed(manifest, b" " * (case_reading.LARGEST_CONTENT + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(Invalid, match="more in this file"):
        case_files.read(bomb)
    lying = bomb.replace((case_reading.LARGEST_CONTENT + 1).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    with pytest.raises(Invalid):
        case_files.read(lying)
    with pytest.raises(Invalid, match="too large"):
        case_files.read(bytes(case_reading.LARGEST_FILE + 1))


def test_a_newer_minor_version_is_read_without_what_is_not_known_here(good: bytes, ben: Laptop) -> None:
    manifest, content = parts(good)
    manifest.update(minor=1, mood="sunny")
    content["stakeholders"][0]["colour"] = "red"
    content["votes"] = [{"x": 1}]
    content["history"][0]["weather"] = "rain"
    content["history"][1]["changes"].append(
        {**content["history"][1]["changes"][0], "field": "colour", "before": "", "after": "red"}
    )
    file = case_files.read(packed(manifest, content, extra=b"attachment"))
    ben.open(file)
    assert len(ben.rows()["stakeholder"]) == 2


def test_a_file_of_an_older_program_lacks_fields_and_gets_defaults(good: bytes, ben: Laptop) -> None:
    manifest, content = parts(good)
    for row in content["stakeholders"]:
        del row["attitude_wanted"]
    ben.open(case_files.read(packed(manifest, content)))
    assert {row["attitude_wanted"] for row in ben.rows()["stakeholder"].values()} == {""}


def test_markup_and_formulas_stay_text(good: bytes, ben: Laptop) -> None:
    manifest, content = parts(good)
    content["stakeholders"][0]["name"] = "<script>alert(1)</script>\u0000=1+1"
    ben.open(case_files.read(packed(manifest, content)))
    assert "<script>alert(1)</script>=1+1" in {row["name"] for row in ben.rows()["stakeholder"].values()}


def test_a_file_cannot_reach_into_another_case_study(good: bytes, ann: Laptop, ben: Laptop) -> None:
    other = ben.begin()
    victim = ben.add(other, "Victim")
    before = ben.rows()
    manifest, content = parts(good)
    text = json.dumps(content).replace(content["stakeholders"][0]["id"], str(victim))
    with pytest.raises(Invalid, match="another case study"):
        ben.open(case_files.read(packed(manifest, text.encode())))
    theirs = ben.ask(lambda s: s.exec(select(Gesture.id).where(Gesture.case_study_id == other)).first())
    text = json.dumps(content).replace(content["history"][1]["id"], str(theirs))
    with pytest.raises(Invalid, match="another case study"):
        ben.open(case_files.read(packed(manifest, text.encode())))
    assert ben.rows() == before


def test_a_history_that_does_not_lead_to_the_rows_does_no_harm(good: bytes, ben: Laptop) -> None:
    manifest, content = parts(good)
    content["history"] = content["history"][3:]
    content["stakeholders"][0]["country"] = "Atlantis"
    ben.open(case_files.read(packed(manifest, content)))
    assert "Atlantis" in {row["country"] for row in ben.rows()["stakeholder"].values()}
    assert ben.ask(lambda s: s.exec(select(Change).where(Change.subject == "person")).all()) == []


# ---- what was decided of likely duplicates --------------------------------------------------------------------------


def test_the_same_decision_made_of_a_pair_on_both_sides_is_one(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, utility = shared
    ann.do(case, lambda s: duplicates.keep_apart(s, province, utility))
    ben.do(case, lambda s: duplicates.keep_apart(s, utility, province))
    ben.open(ann.file(case))
    ann.open(ben.file(case))
    assert ann.rows() == ben.rows()
    assert len(ben.rows()["comparison"]) == 1


def test_a_merge_of_two_stakeholders_travels_and_its_undo_too(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, utility = shared
    before = ben.rows()
    ann.do(case, lambda s: duplicates.merge(s, province, utility, values={}), "stakeholders_merged")
    ben.open(ann.file(case))
    assert ann.rows() == ben.rows()
    assert len(ben.rows()["stakeholder"]) == len(before["stakeholder"]) - 1
    ann.do(case, undoing.undo, "undo")
    ben.open(ann.file(case))
    assert ann.rows() == ben.rows() == before


def two_meetings(laptop: Laptop, case: uuid.UUID, people: list[uuid.UUID]) -> tuple[uuid.UUID, uuid.UUID]:
    days = ("2024-05-01", "2024-06-12")
    ids = [
        laptop.do(case, partial(meetings.plan, case_study_id=case, title=f"CoP of {day}", starts_on=day)).id
        for day in days
    ]
    for row in ids:
        laptop.do(case, partial(meetings.invite, meeting_id=row, stakeholder_ids=people))
    return ids[0], ids[1]


def test_attendance_and_series_travel_and_two_people_s_notes_both_land(
    ann: Laptop, ben: Laptop, shared: Shared
) -> None:
    case, province, utility = shared
    first, _ = two_meetings(ann, case, [province, utility])
    days = [dt.date(2024, 9, 3), dt.date(2024, 10, 1)]
    ann.do(case, lambda s: meeting_series.plan(s, case, days=days, title="Check-in"))
    ben.open(ann.file(case))
    assert len({row["series_id"] for row in ben.rows()["meeting"].values() if row["series_id"]}) == 1
    ann.do(case, lambda s: meetings.note_attended(s, first, stakeholder_ids=[province], seen=[]))
    ben.do(case, lambda s: meetings.note_attended(s, first, stakeholder_ids=[utility], seen=[]))
    ben.open(ann.file(case))
    ann.open(ben.file(case))
    assert ann.rows() == ben.rows()
    assert ben.ask(lambda s: set(meetings.attended(s, case)[first])) == {province, utility}


def test_two_meetings_merged_travel_with_both_histories_and_so_does_the_undo(
    ann: Laptop, ben: Laptop, shared: Shared
) -> None:
    case, province, utility = shared
    kept, gone = two_meetings(ann, case, [province, utility])
    ben.open(ann.file(case))
    before = ben.rows()
    ann.do(case, lambda s: meeting_merges.merge(s, kept, gone, values={}), "meetings_merged")
    ben.open(ann.file(case))
    assert ann.rows() == ben.rows()
    assert ben.ask(lambda s: meeting_merges.merged_into(cast(Meeting, s.get(Meeting, kept)))) == [
        (gone, "CoP of 2024-06-12")
    ]
    assert ben.ask(lambda s: [entry.label for entry in history.of_subject(s, gone)])
    ann.do(case, undoing.undo, "undo")
    ben.open(ann.file(case))
    assert ann.rows() == ben.rows() == before


def test_a_meeting_merged_away_here_and_used_there_can_stay(ann: Laptop, ben: Laptop, shared: Shared) -> None:
    case, province, utility = shared
    kept, gone = two_meetings(ann, case, [province, utility])
    ben.open(ann.file(case))
    ann.do(case, lambda s: meeting_merges.merge(s, kept, gone, values={}), "meetings_merged")
    ben.do(case, lambda s: agendas.add(s, gone, activity="Welcome"))
    for choice in ("ours", "theirs"):
        file = ben.file(case)
        merge = ann.look(file)
        ann.open(file, {line.key: choice for line in merge.lines if line.verdict == "conflict"})
    ben.open(ann.file(case))
    assert {row["meeting_id"] for row in ann.rows()["agenda_block"].values()} <= set(ann.rows()["meeting"])

"""Likely duplicates: what waits, what is decided, and two made one; on both databases."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import select

from copdash import case_studies, duplicates, eyes, history, meetings, relations, stakeholders, store, undoing
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed, NotFound
from copdash.exchange import case_files
from copdash.models import SUBJECTS, Action, Base, Comment, Invitation, Relation, Role, Stakeholder
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
BEN = Actor(uuid.UUID(int=12), "Ben", Role.KWR)
EVE = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)


@pytest.fixture
def case(store_url: str) -> Iterator[uuid.UUID]:
    made = begin("Testwater")
    yield made
    with store.reading(eyes.PROGRAM) as session:
        for subject, table in SUBJECTS.items():
            assert history.replayed(session, subject) == history.stored(session, table), (
                "the change log replayed is not the table"
            )


def begin(title: str) -> uuid.UUID:
    with store.writing(ANN, undoable=False) as session:
        return case_studies.begin(session, title=title).id


def add(case: uuid.UUID, name: str, **values: Any) -> uuid.UUID:
    with store.writing(ANN, case) as session:
        return stakeholders.add(session, case, name=name, **values).id


def do(case: uuid.UUID, verb: Callable[..., Any], *args: Any, actor: Actor = ANN, **values: Any) -> Any:
    with store.writing(actor, case) as session:
        return verb(session, *args, **values)


def undo(case: uuid.UUID) -> str:
    return str(do(case, undoing.undo))


def tie(case: uuid.UUID, one: uuid.UUID, other: uuid.UUID, kind: str = "Information", **values: Any) -> uuid.UUID:
    row = do(case, relations.tie, case, from_id=one, to_id=other, type=kind, **values)
    assert isinstance(row, Relation)
    return row.id


def row(row_id: uuid.UUID) -> Stakeholder | None:
    with store.reading(eyes.PROGRAM) as session:
        return session.get(Stakeholder, row_id)


def everything() -> dict[str, dict[uuid.UUID, dict[str, Any]]]:
    with store.reading(eyes.PROGRAM) as session:
        return {subject: history.stored(session, table) for subject, table in SUBJECTS.items()}


def names(case: uuid.UUID) -> list[tuple[str, str, str]]:
    with store.reading(eyes.PROGRAM) as session:
        return [
            (pair.one.name, pair.other.name, pair.elsewhere.title if pair.elsewhere else "")
            for pair in duplicates.waiting(session, case)
        ]


def ties(case: uuid.UUID) -> set[tuple[uuid.UUID, uuid.UUID, str, bool, int]]:
    with store.reading(eyes.PROGRAM) as session:
        found = relations.of_case(session, case)
    drawn = {(one.from_id, one.to_id, one.type, one.directed, one.strength) for one in found}
    assert len(drawn) == len(found)
    return drawn


# ---- what waits and what is decided ---------------------------------------------------------------------------------


def test_pairs_of_the_case_study_wait_before_those_with_others(case: uuid.UUID) -> None:
    other = begin("Elsewhere")
    add(case, "City council")
    add(case, "City council ")
    add(case, "Port authority")
    add(other, "Port authority S.A.")
    add(other, "Port authority")
    assert names(case) == [
        ("City council", "City council", ""),
        ("Port authority", "Port authority S.A.", "Elsewhere"),
        ("Port authority", "Port authority", "Elsewhere"),
    ]


def test_case_studies_in_the_archive_and_examples_are_not_compared(case: uuid.UUID) -> None:
    other = begin("Elsewhere")
    add(case, "Port authority")
    add(other, "Port authority")
    assert len(names(case)) == 1
    do(other, case_studies.archive, other)
    assert names(case) == []


def test_what_is_different_is_not_asked_again_and_can_be_asked_anew(case: uuid.UUID) -> None:
    one, other = add(case, "City council"), add(case, "City council")
    do(case, duplicates.keep_apart, other, one)
    assert names(case) == []
    undo(case)
    assert len(names(case)) == 1
    do(case, duplicates.keep_apart, one, other)
    with store.reading(eyes.PROGRAM) as session:
        (decided,) = duplicates.decided(session, case)
    assert (decided.verdict, decided.other_name) == ("Different", "City council")
    do(case, duplicates.reconsider, decided.id)
    assert len(names(case)) == 1


def test_the_same_in_another_case_study_is_a_link_that_both_know(case: uuid.UUID) -> None:
    other = begin("Elsewhere")
    mine, theirs = add(case, "Port authority"), add(other, "Port authority")
    do(case, duplicates.same, mine, theirs)
    assert names(case) == names(other) == []
    assert row(mine) is not None
    assert row(theirs) is not None
    with pytest.raises(Invalid, match="merge them instead"):
        do(case, duplicates.same, mine, add(case, "Port authority"))


def test_whoever_only_looks_decides_nothing(case: uuid.UUID) -> None:
    one, other = add(case, "City council"), add(case, "City council")
    for verb, values in (
        (duplicates.keep_apart, {}),
        (duplicates.same, {}),
        (duplicates.merge, {"values": {}}),
    ):
        with pytest.raises(NotAllowed):
            do(case, verb, one, other, actor=EVE, **values)


def test_a_deleted_stakeholder_takes_its_decisions_along_and_undo_brings_them_back(case: uuid.UUID) -> None:
    one, other = add(case, "City council"), add(case, "City council")
    do(case, duplicates.keep_apart, one, other)
    before = everything()
    for gone in (one, other):
        do(case, stakeholders.remove, [gone])
        assert everything()["comparison"] == {}
        undo(case)
        assert everything() == before


# ---- merging --------------------------------------------------------------------------------------------------------


def test_the_kept_row_gets_the_chosen_values_and_the_other_one_goes(case: uuid.UUID) -> None:
    kept = add(case, "City council", power=7, interest=6, notes="First")
    gone = add(case, "Cty council", power=3, interest=4, group="Regulators", themes="reuse")
    do(
        case,
        duplicates.merge,
        kept,
        gone,
        values={"group": "Regulators", "notes": "First\nSecond", "themes": "reuse;reuse; salt"},
    )
    found = row(kept)
    assert found is not None
    assert row(gone) is None
    assert (found.name, found.power, found.group, found.notes) == ("City council", 7, "Regulators", "First\nSecond")
    assert found.themes == "reuse; salt"
    with store.reading(eyes.PROGRAM) as session:
        assert duplicates.merged_into(session, kept) == [(gone, "Cty council")]
        assert history.of_subject(session, gone), "its history stays"
        assert history.recent(session, case)[0].summary == "Merged Cty council into City council"


def test_ties_move_over_without_loops_and_doubles_and_the_strongest_stays(case: uuid.UUID) -> None:
    kept, gone, third, fourth = (add(case, name) for name in ("City council", "Cty council", "Utility", "Farmers"))
    tie(case, kept, gone)  # would be a loop
    tie(case, kept, third, strength=1)
    tie(case, gone, third, strength=3)  # a double: the strongest stays
    tie(case, gone, third, "Money", strength=2)  # another type
    tie(case, third, gone, strength=2)  # another direction
    tie(case, fourth, kept, "Support", directed=False)
    tie(case, gone, fourth, "Support", directed=False, strength=2)  # the same without a direction
    tie(case, gone, fourth, "Advice")
    do(case, duplicates.merge, kept, gone, values={})
    assert ties(case) == {
        (kept, third, "Information", True, 3),
        (kept, third, "Money", True, 2),
        (third, kept, "Information", True, 2),
        (fourth, kept, "Support", False, 2),
        (kept, fourth, "Advice", True, 1),
    }


def filled(case: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """Two that are the same, with all that may refer to one of them."""
    other_case = begin("Elsewhere")
    kept = add(case, "City council", kind="Organisation", power=7, interest=6)
    gone = add(case, "Cty council", kind="Organisation", group="Regulators")
    add(case, "Mayor", kind="Person", organisation="Cty council")
    alike, theirs = add(case, "City councils"), add(other_case, "Cty council")
    tie(case, kept, gone)
    tie(case, gone, alike, strength=3)
    tie(case, kept, alike)
    both = do(case, meetings.plan, case, title="First meeting").id
    alone = do(case, meetings.plan, case, title="Second meeting").id
    do(case, meetings.invite, both, stakeholder_ids=[kept, gone])
    do(case, meetings.invite, alone, stakeholder_ids=[gone])
    do(case, duplicates.keep_apart, gone, alike)
    do(other_case, duplicates.same, theirs, gone)
    with store.writing(ANN, case) as session:
        session.add(Action(case_study_id=case, stakeholder_id=gone, title="Call them"))
        session.add(
            Comment(case_study_id=case, thread_id=uuid.uuid4(), about="Stakeholder", about_key=str(gone), text="Who?")
        )
    return kept, gone


def test_all_that_refers_to_the_one_that_goes_moves_over(case: uuid.UUID) -> None:
    kept, gone = filled(case)
    do(case, duplicates.merge, kept, gone, values={"name": "Council of the city"})
    with store.reading(eyes.PROGRAM) as session:
        for table, column in duplicates.referring():
            if column != "other_id":
                assert gone not in session.exec(select(getattr(table, column))).all(), f"{table.__name__}.{column}"
        invited = session.exec(select(Invitation.stakeholder_id)).all()
        assert list(invited) == [kept, kept], "once to each meeting"
        assert session.exec(select(Action.stakeholder_id)).all() == [kept]
        assert session.exec(select(Comment.about_key)).all() == [str(kept)]
        (mayor,) = session.exec(select(Stakeholder).where(Stakeholder.name == "Mayor")).all()
        assert mayor.organisation == "Council of the city"
    do(case, stakeholders.edit, kept, values={"name": "City council"})
    waiting = [("City councils", "Cty council", "Elsewhere")]
    assert names(case) == waiting, "what was decided of the one that went holds for the one that stays"


def test_one_undo_brings_everything_back_exactly_and_redo_does_it_again(case: uuid.UUID) -> None:
    kept, gone = filled(case)
    before = everything()
    do(case, duplicates.merge, kept, gone, values={"name": "Council", "group": "Regulators"})
    after = everything()
    assert undo(case) == "Merged Cty council into City council"
    assert everything() == before
    do(case, undoing.redo)
    assert everything() == after
    undo(case)
    assert everything() == before


def test_every_column_with_the_key_of_a_stakeholder_is_in_the_log_and_is_known_to_a_merge() -> None:
    keyed = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "stakeholder"
    }
    assert keyed == {(str(table.__tablename__), column) for table, column in duplicates.referring()}


def test_what_somebody_changed_meanwhile_is_not_merged_away(case: uuid.UUID) -> None:
    kept, gone = add(case, "City council", power=7), add(case, "Cty council", power=3)
    seen = {kept: {"power": 7.0, "group": ""}, gone: {"power": 3.0, "group": ""}}
    do(case, stakeholders.edit, gone, values={"group": "Regulators"}, actor=BEN)
    before = everything()
    with pytest.raises(ChangedElsewhere, match="by Ben: you saw not set, now it is Regulators"):
        do(case, duplicates.merge, kept, gone, values={"power": 3}, seen=seen)
    assert everything() == before


def test_evidence_too_long_for_one_tie_is_said_and_nothing_is_merged(case: uuid.UUID) -> None:
    kept, gone, third = (add(case, name) for name in ("Water board", "Waterboard", "Growers"))
    for one in (kept, gone):
        tie(case, one, third, evidence=f"{one} " * 400)
    before = everything()
    with pytest.raises(Invalid, match="Evidence"):
        do(case, duplicates.merge, kept, gone, values={}, seen={})
    assert everything() == before


def test_only_two_of_one_case_study_are_merged(case: uuid.UUID) -> None:
    other = begin("Elsewhere")
    mine, theirs = add(case, "Port authority"), add(other, "Port authority")
    with pytest.raises(NotFound):
        do(case, duplicates.merge, mine, theirs, values={})
    with pytest.raises(Invalid, match="Choose two"):
        do(case, duplicates.merge, mine, mine, values={})


def test_a_merge_into_a_merge_keeps_both_histories(case: uuid.UUID) -> None:
    first, second, third = (add(case, name) for name in ("City council", "Cty council", "Council"))
    do(case, duplicates.merge, second, first, values={})
    do(case, duplicates.merge, third, second, values={})
    with store.reading(eyes.PROGRAM) as session:
        assert {name for _, name in duplicates.merged_into(session, third)} == {"City council", "Cty council"}


def test_decisions_travel_in_the_file_of_the_case_study(case: uuid.UUID) -> None:
    kept, gone = filled(case)
    do(case, duplicates.merge, kept, gone, values={})
    with store.reading(eyes.PROGRAM) as session:
        data = case_files.export(session, case)
        before = {one.id: history.snapshot(one) for one in duplicates.decided(session, case)}
    content = case_files.read(data).content
    assert {uuid.UUID(row_id): fields for row_id, fields in content.rows["comparison"].items()} == before

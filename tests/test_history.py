"""Undo, redo and the log behind them, on both databases."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import col, select

from copdash import case_studies, eyes, gestures, history, meetings, relations, stakeholders, store, undoing
from copdash.errors import ChangedElsewhere, NotAllowed, NotFound
from copdash.models import SUBJECTS, Change, Gesture, Invitation, Relation, Role, Stakeholder
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
BEN = Actor(uuid.UUID(int=12), "Ben", Role.KWR)
EVE = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)


@pytest.fixture
def case(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", store_url)
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater")
    yield made.id
    with store.reading(eyes.PROGRAM) as session:
        for subject, table in SUBJECTS.items():
            assert history.replayed(session, subject) == history.stored(session, table), (
                "the change log replayed is not the table"
            )
    store.close()


def add(case: uuid.UUID, *names: str, actor: Actor = ANN) -> list[uuid.UUID]:
    ids = []
    for name in names:
        with store.writing(actor, case) as session:
            ids.append(stakeholders.add(session, case, name=name).id)
    return ids


def move(case: uuid.UUID, who: uuid.UUID, power: float, interest: float, actor: Actor = ANN) -> uuid.UUID:
    gesture_id = uuid.uuid4()
    with store.writing(actor, case, gesture_id=gesture_id) as session:
        stakeholders.move(session, who, power=power, interest=interest)
    return gesture_id


def undo(case: uuid.UUID, gesture_id: uuid.UUID | None = None, actor: Actor = ANN) -> str:
    with store.writing(actor, case) as session:
        return undoing.undo(session, gesture_id)


def redo(case: uuid.UUID, actor: Actor = ANN) -> str:
    with store.writing(actor, case) as session:
        return undoing.redo(session)


def row(who: uuid.UUID) -> Stakeholder | None:
    with store.reading(eyes.PROGRAM) as session:
        return session.get(Stakeholder, who)


def rating(who: uuid.UUID) -> tuple[float | None, float | None]:
    found = row(who)
    assert found is not None
    return found.power, found.interest


def test_undo_and_redo_go_back_and_forth_through_ones_own_gestures(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    for step in range(1, 5):
        move(case, who, step, step)
    undo(case)
    undo(case)
    assert rating(who) == (2, 2)
    redo(case)
    assert rating(who) == (3, 3)
    undo(case)
    undo(case)
    undo(case)
    assert rating(who) == (None, None)
    undo(case)
    assert row(who) is None
    with pytest.raises(NotFound):
        undo(case)
    for _ in range(5):
        redo(case)
    assert rating(who) == (4, 4)
    with pytest.raises(NotFound):
        redo(case)


def test_a_new_gesture_clears_redo(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    move(case, who, 1, 1)
    undo(case)
    move(case, who, 2, 2)
    with pytest.raises(NotFound):
        redo(case)
    undo(case)
    assert rating(who) == (None, None)


def test_undo_is_ones_own_and_leaves_what_others_did(case: uuid.UUID) -> None:
    first, second = add(case, "Province", "Utility")
    move(case, first, 1, 1)
    move(case, second, 2, 2, actor=BEN)
    undo(case)
    assert rating(first) == (None, None)
    assert rating(second) == (2, 2)


def test_one_earlier_gesture_is_undone_while_later_ones_stay(case: uuid.UUID) -> None:
    first, second, third = add(case, "Province", "Utility", "Mayor")
    target = move(case, first, 1, 1)
    move(case, second, 2, 2)
    move(case, third, 3, 3)
    undo(case, target)
    assert rating(first) == (None, None)
    assert rating(second) == (2, 2)
    assert rating(third) == (3, 3)
    with pytest.raises(NotFound):
        undo(case, target)


def test_an_undo_that_would_overwrite_a_later_change_is_refused_with_both_values(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    move(case, who, 1, 1)
    move(case, who, 7, 8, actor=BEN)
    with pytest.raises(ChangedElsewhere, match=r"made it 1, now it is [78]"):
        undo(case)
    assert rating(who) == (7, 8)


def test_undoing_a_delete_brings_back_ids_ties_invitations_and_positions(case: uuid.UUID) -> None:
    first, second = add(case, "Province", "Utility")
    with store.writing(ANN, case) as session:
        tie = relations.tie(session, case, from_id=first, to_id=second, type="Money", strength=3)
        stakeholders.arrange(session, {first: (12.5, -40)})
        meeting = meetings.plan(session, case, title="CoP 1")
        session.flush()
        meetings.invite(session, meeting.id, stakeholder_ids=[first])
    with store.reading(eyes.PROGRAM) as session:
        before = [
            history.snapshot(found)
            for table in (Stakeholder, Relation, Invitation)
            for found in session.exec(select(table).order_by(col(table.id)))
        ]
    with store.writing(ANN, case) as session:
        stakeholders.remove(session, [first])
    with store.reading(eyes.PROGRAM) as session:
        assert session.get(Relation, tie.id) is None
    undo(case)
    with store.reading(eyes.PROGRAM) as session:
        after = [
            history.snapshot(found)
            for table in (Stakeholder, Relation, Invitation)
            for found in session.exec(select(table).order_by(col(table.id)))
        ]
    assert after == before


def test_undoing_an_addition_that_others_have_tied_since_is_refused(case: uuid.UUID) -> None:
    (theirs,) = add(case, "Province", actor=BEN)
    (mine,) = add(case, "Utility")
    with store.writing(BEN, case) as session:
        relations.tie(session, case, from_id=theirs, to_id=mine)
    with pytest.raises(ChangedElsewhere, match="tie"):
        undo(case)
    assert row(mine) is not None


def test_fifty_gestures_can_be_undone_and_no_more(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    for step in range(1, 56):
        move(case, who, step / 10, 5)
    for _ in range(history.DEEP):
        undo(case)
    assert rating(who) == (0.5, 5)
    with pytest.raises(NotFound):
        undo(case)
    for _ in range(history.DEEP):
        redo(case)
    assert rating(who) == (5.5, 5)


def test_undo_survives_a_restart(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    move(case, who, 1, 1)
    store.close()
    undo(case)
    assert rating(who) == (None, None)
    store.close()
    redo(case)
    assert rating(who) == (1, 1)


def test_an_undo_is_itself_in_the_log(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    move(case, who, 1, 1)
    undo(case)
    with store.reading(eyes.PROGRAM) as session:
        names = [gesture.name for gesture in history.recent(session, case)]
        entries = history.of_subject(session, who)
    assert names[:2] == ["undo", "moved"]
    assert {(entry.label, entry.before, entry.after) for entry in entries[:2]} == {
        ("Power", "1", "not set"),
        ("Interest", "1", "not set"),
    }


def test_the_log_says_who_changed_what(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    with store.writing(BEN, case) as session:
        stakeholders.edit(session, who, values={"notes": "Call on Monday"}, seen={"notes": ""})
    with store.reading(eyes.PROGRAM) as session:
        newest = history.of_subject(session, who)[0]
    assert (newest.actor_name, newest.label, newest.before, newest.after) == (
        "Ben",
        "Notes",
        "not set",
        "Call on Monday",
    )


def test_a_viewer_changes_nothing(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    for attempt in (
        lambda session: stakeholders.edit(session, who, values={"name": "Taken"}),
        lambda session: stakeholders.remove(session, [who]),
        lambda session: undoing.undo(session),
    ):
        with pytest.raises(NotAllowed), store.writing(EVE, case) as session:
            attempt(session)
    found = row(who)
    assert found is not None
    assert found.name == "Province"


def test_bulk_changes_that_would_pass_the_log_by_are_refused(case: uuid.UUID) -> None:
    from sqlalchemy import delete, update

    for statement in (update(Stakeholder).values(name="x"), delete(Stakeholder)):
        with pytest.raises(RuntimeError, match="change log"), store.writing(ANN, case) as session:
            session.execute(statement)


def test_a_gesture_that_fails_leaves_no_trace(case: uuid.UUID) -> None:
    (who,) = add(case, "Province")
    with store.reading(eyes.PROGRAM) as session:
        before = history.version(session)
        gestures_before = len(session.exec(select(Gesture)).all())
    answers = gestures.carry_out(
        ANN,
        [
            {
                "id": str(uuid.uuid4()),
                "case_study_id": str(case),
                "name": "edited",
                "edits": [
                    {"id": str(who), "values": {"name": "New"}, "seen": {"name": "Province"}},
                    {"id": str(who), "values": {"power": 99}, "seen": {"power": None}},
                ],
            }
        ],
    )
    assert "0 to 10" in next(iter(answers.values()))
    with store.reading(eyes.PROGRAM) as session:
        assert history.version(session) == before
        assert len(session.exec(select(Gesture)).all()) == gestures_before
        assert len(session.exec(select(Change).where(Change.field == "name")).all()) == 0


def test_undoing_an_addition_that_is_gone_already_is_done_once_however_often_it_is_sent(case: uuid.UUID) -> None:
    (kept, gone) = add(case, "Province", "Utility")
    with store.writing(BEN, case) as session:
        stakeholders.remove(session, [gone])
    sent = {"id": str(uuid.uuid4()), "case_study_id": str(case), "name": "undo"}
    for _ in range(3):
        assert gestures.carry_out(ANN, [sent]) == {sent["id"]: ""}
    assert row(kept) is not None
    undo(case)
    assert row(kept) is None


def test_an_undo_that_would_break_a_rule_with_what_came_later_is_refused(case: uuid.UUID) -> None:
    def launch(**values: str) -> uuid.UUID:
        gesture_id = uuid.uuid4()
        with store.writing(ANN, case, gesture_id=gesture_id) as session:
            case_studies.edit(session, case, values=values)
        return gesture_id

    launch(launch_from="2021-06-01", launch_until="2021-06-30")
    longer = launch(launch_until="2021-11-30")
    launch(launch_from="2021-09-01")
    with pytest.raises(ChangedElsewhere, match="ends before it starts"):
        undo(case, longer)


def test_an_undo_makes_no_double_tie_and_no_double_invitation(case: uuid.UUID) -> None:
    first, second = add(case, "Province", "Utility")
    with store.writing(BEN, case) as session:
        tie = relations.tie(session, case, from_id=first, to_id=second)
        meeting = meetings.plan(session, case, title="CoP 1")
        session.flush()
        meetings.invite(session, meeting.id, stakeholder_ids=[first])
    taken: list[Callable[[Any], object]] = [
        lambda session: relations.cut(session, [tie.id]),
        lambda session: meetings.invite(session, meeting.id, stakeholder_ids=[]),
    ]
    for change in taken:
        gesture_id = uuid.uuid4()
        with store.writing(ANN, case, gesture_id=gesture_id) as session:
            change(session)
        with store.writing(BEN, case) as session:
            if not relations.of_case(session, case):
                relations.tie(session, case, from_id=first, to_id=second)
            else:
                meetings.invite(session, meeting.id, stakeholder_ids=[first])
        with pytest.raises(ChangedElsewhere):
            undo(case, gesture_id)
    with store.reading(eyes.PROGRAM) as session:
        assert len(relations.of_case(session, case)) == 1


def test_each_case_study_is_told_its_own_version(case: uuid.UUID) -> None:
    with store.writing(ANN, undoable=False) as session:
        other = case_studies.begin(session, title="Other").id
    heard: list[dict[uuid.UUID, int]] = []
    store.on_commit(lambda versions, overall: heard.append(versions))
    add(case, "Province")
    add(other, "Utility")
    with store.reading(eyes.PROGRAM) as session:
        assert heard == [{case: history.version(session, case)}, {other: history.version(session, other)}]

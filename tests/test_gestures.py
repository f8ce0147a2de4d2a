"""What boards send: decoded strictly, done once, never over somebody else's change. On both databases."""

from __future__ import annotations

import random
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from copdash import case_studies, eyes, gestures, history, meetings, milestones, relations, stakeholders, store, verbs
from copdash.models import Change, Gesture, Role, Stakeholder
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)


@pytest.fixture
def case(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", store_url)
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater")
    yield made.id
    store.close()


def gesture(case: uuid.UUID, name: str, **values: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "case_study_id": str(case), "name": name, **values}


def send(*sent: dict[str, Any], actor: Actor = ANN) -> list[str]:
    answers = gestures.carry_out(actor, list(sent))
    return [answers[one["id"]] for one in sent]


def added(case: uuid.UUID, *names: str) -> list[str]:
    ids = [str(uuid.uuid4()) for _ in names]
    additions = [{"id": row, "values": {"name": name}} for row, name in zip(ids, names, strict=True)]
    assert send(gesture(case, "edited", additions=additions)) == [""]
    return ids


def stakeholder(row_id: str) -> Stakeholder:
    with store.reading(eyes.PROGRAM) as session:
        found = session.get(Stakeholder, uuid.UUID(row_id))
    assert found is not None
    return found


def test_a_gesture_sent_again_is_acknowledged_and_not_done_twice(case: uuid.UUID) -> None:
    once = gesture(case, "edited", additions=[{"id": str(uuid.uuid4()), "values": {"name": "Province"}}])
    assert [send(once) for _ in range(3)] == [[""]] * 3
    with store.reading(eyes.PROGRAM) as session:
        assert len(stakeholders.of_case(session, case)) == 1


def test_edits_of_different_fields_both_land(case: uuid.UUID) -> None:
    (who,) = added(case, "Province")
    assert send(gesture(case, "edited", edits=[{"id": who, "values": {"notes": "a"}, "seen": {"notes": ""}}])) == [""]
    assert send(gesture(case, "edited", edits=[{"id": who, "values": {"role": "b"}, "seen": {"role": ""}}])) == [""]
    row = stakeholder(who)
    assert (row.notes, row.role) == ("a", "b")


def test_the_same_field_changed_meanwhile_is_refused_with_both_values(case: uuid.UUID) -> None:
    (who,) = added(case, "Province")
    send(gesture(case, "edited", edits=[{"id": who, "values": {"notes": "first"}, "seen": {"notes": ""}}]))
    (answer,) = send(gesture(case, "edited", edits=[{"id": who, "values": {"notes": "late"}, "seen": {"notes": ""}}]))
    assert "late" in answer
    assert "first" in answer
    assert "Ann" in answer
    assert stakeholder(who).notes == "first"


def test_power_and_interest_of_one_drag_are_one_unit(case: uuid.UUID) -> None:
    (who,) = added(case, "Province")
    nowhere = {"power": None, "interest": None}
    send(gesture(case, "moved", moves=[{"id": who, "power": 3, "interest": 4, "seen": nowhere}]))
    (answer,) = send(gesture(case, "moved", moves=[{"id": who, "power": 3, "interest": 9, "seen": nowhere}]))
    assert "changed meanwhile" in answer
    assert (stakeholder(who).power, stakeholder(who).interest) == (3, 4)


def test_empty_is_never_zero(case: uuid.UUID) -> None:
    zero, empty = added(case, "Zero", "Empty")
    send(gesture(case, "edited", edits=[{"id": zero, "values": {"power": 0}, "seen": {"power": None}}]))
    assert stakeholder(zero).power == 0
    assert stakeholder(empty).power is None
    send(gesture(case, "edited", edits=[{"id": zero, "values": {"power": ""}, "seen": {"power": 0}}]))
    assert stakeholder(zero).power is None


def test_a_viewer_is_refused_by_every_gesture(case: uuid.UUID) -> None:
    viewer = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)
    one, other = added(case, "Province", "Utility")
    for sent in everything(case, one, other):
        assert "viewer" in send(sent, actor=viewer)[0], sent["name"]


def everything(case: uuid.UUID, one: str, other: str) -> list[dict[str, Any]]:
    """One gesture of each name, in an order in which all of them can be done."""
    tie, meeting, milestone = (str(uuid.uuid4()) for _ in range(3))
    return [
        gesture(case, "edited", edits=[{"id": one, "values": {"notes": "x"}, "seen": {"notes": ""}}]),
        gesture(
            case, "moved", moves=[{"id": one, "power": 1, "interest": 2, "seen": {"power": None, "interest": None}}]
        ),
        gesture(case, "arranged", places=[{"id": one, "x": 1.5, "y": -2}]),
        gesture(case, "tied", relation_id=tie, from_id=one, to_id=other, type="Money", directed=True, strength=2),
        gesture(case, "tie_edited", relation_id=tie, values={"strength": 3}, seen={"strength": 2}),
        gesture(case, "tie_turned", relation_id=tie, seen={"from_id": one, "to_id": other}),
        gesture(case, "cut", relation_ids=[tie]),
        gesture(case, "planned", meeting_id=meeting, values={"title": "CoP 1", "starts_on": "2021-09-30"}),
        gesture(
            case,
            "planned_all",
            meetings=[{"id": str(uuid.uuid4()), "values": {"title": f"CoP {n}"}} for n in (2, 3)],
        ),
        gesture(
            case,
            "rescheduled",
            meeting_id=meeting,
            starts_on="2021-10-01",
            ends_on="2021-10-02",
            seen={"starts_on": "2021-09-30", "ends_on": "2021-09-30"},
        ),
        gesture(case, "meeting_edited", meeting_id=meeting, values={"place": "Delft"}, seen={"place": ""}),
        gesture(case, "invited", meeting_id=meeting, stakeholder_ids=[one, other], seen=[]),
        gesture(case, "milestone_set", milestone_id=milestone, values={"title": "Pilot", "due_on": "2022-01-31"}),
        gesture(
            case, "milestone_edited", milestone_id=milestone, values={"title": "Pilot runs"}, seen={"title": "Pilot"}
        ),
        gesture(case, "milestones_removed", milestone_ids=[milestone]),
        gesture(case, "meetings_removed", meeting_ids=[meeting]),
        gesture(case, "undo"),
        gesture(case, "redo"),
        gesture(case, "removed", stakeholder_ids=[other]),
    ]


def test_every_gesture_is_done_and_can_be_undone_back_to_the_beginning(case: uuid.UUID) -> None:
    one, other = added(case, "Province", "Utility")
    everyone = everything(case, one, other)
    assert {sent["name"] for sent in everyone} == {described.name for described in gestures.sent_by_boards()}
    before = picture(case)
    assert send(*everyone) == [""] * len(everyone)
    assert picture(case) != before
    while history_left(case) > 1:
        assert send(gesture(case, "undo")) == [""]
    assert picture(case) == before


def history_left(case: uuid.UUID) -> int:
    with store.reading(eyes.PROGRAM) as session:
        return len(history.undoable(session, case, ANN.id))


def picture(case: uuid.UUID) -> list[Any]:
    with store.reading(eyes.PROGRAM) as session:
        return [
            [history.snapshot(row) for row in of_case(session, case)]
            for of_case in (stakeholders.of_case, relations.of_case, meetings.of_case, milestones.of_case)
        ]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"name": "drop_table"},
        {"name": "moved", "moves": []},
        {"name": "moved", "moves": [{"id": "x", "power": 1, "interest": 1, "seen": {}}]},
        {"name": "moved", "moves": [{"id": str(uuid.uuid4()), "power": float("nan"), "interest": 1, "seen": {}}]},
        {"name": "undo", "surprise": 1},
        {"name": "edited"},
        {"name": "planned", "meeting_id": str(uuid.uuid4()), "values": {"id": str(uuid.uuid4()), "title": "x"}},
        {"name": "planned", "meeting_id": str(uuid.uuid4()), "values": {"session": "x", "title": "x"}},
        {"name": "planned_all", "meetings": [{"id": str(uuid.uuid4()), "values": {"case_study_id": "x"}}]},
        {"name": "milestone_set", "milestone_id": str(uuid.uuid4()), "values": {"id": "x", "due_on": "2027-01-01"}},
        {"name": "tied", "from_id": str(uuid.uuid4()), "to_id": str(uuid.uuid4()), "type": "Money"},
        {"name": "archived", "archived": True},
        {"name": "merged"},
        {"name": "edited", "edits": [{"id": str(uuid.uuid4()), "values": {"case_study_id": "x"}, "seen": {}}]},
        {"name": "edited", "edits": [{"id": str(uuid.uuid4()), "values": {"name": {"a": 1}}, "seen": {}}]},
    ],
)
def test_nonsense_is_refused_with_a_sentence_and_leaves_no_row(case: uuid.UUID, nonsense: dict[str, Any]) -> None:
    sent = gesture(case, **nonsense)
    (answer,) = send(sent)
    assert answer.endswith(".")
    assert "incident" not in answer
    with store.reading(eyes.PROGRAM) as session:
        assert not history.known(session, uuid.UUID(sent["id"]))
        assert not stakeholders.of_case(session, case)
        assert not meetings.of_case(session, case)


def test_an_id_that_is_known_with_other_content_is_refused(case: uuid.UUID) -> None:
    (who,) = added(case, "Province")
    sent = gesture(case, "edited", edits=[{"id": who, "values": {"notes": "a"}, "seen": {"notes": ""}}])
    other = {**sent, "edits": [{"id": who, "values": {"notes": "b"}, "seen": {"notes": "a"}}]}
    assert send(sent) == [""]
    (answer,) = send(other)
    assert "was not" in answer
    assert stakeholder(who).notes == "a"
    assert send(sent) == [""]
    with store.reading(eyes.PROGRAM) as session:
        assert len(session.exec(select(Gesture).where(Gesture.id == uuid.UUID(sent["id"]))).all()) == 1


def test_one_of_before_digests_were_kept_is_acknowledged_as_before(case: uuid.UUID) -> None:
    (who,) = added(case, "Province")
    sent = gesture(case, "edited", edits=[{"id": who, "values": {"notes": "a"}, "seen": {"notes": ""}}])
    with store.writing(ANN, case, gesture_id=uuid.UUID(sent["id"])) as session:
        stakeholders.edit(session, uuid.UUID(who), values={"notes": "a"}, seen={"notes": ""})
    assert send(sent) == [""]
    assert stakeholder(who).notes == "a"


def test_while_names_are_hidden_only_what_says_no_words_is_done(case: uuid.UUID) -> None:
    one, other = added(case, "Province", "Utility")
    for sent in everything(case, one, other):
        described = verbs.GESTURES[sent["name"]]
        answer = gestures.carry_out(ANN, [sent], names_hidden=True)[sent["id"]]
        assert (answer == verbs.NAMES_HIDDEN) is not described.with_names_hidden, sent["name"]
    tie = str(uuid.uuid4())
    send(gesture(case, "tied", relation_id=tie, from_id=one, to_id=other, type="Money"))
    words = gesture(case, "tie_edited", relation_id=tie, values={"evidence": "said so"}, seen={"evidence": ""})
    assert gestures.carry_out(ANN, [words], names_hidden=True)[words["id"]] == verbs.NAMES_HIDDEN


def test_what_is_not_even_a_gesture_changes_nothing(case: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        before = history.version(session)
    heap: list[Any] = [None, 1, "x", {}, [None], [1, "x", []], [{}]]
    for junk in heap:
        gestures.carry_out(ANN, junk)
    with store.reading(eyes.PROGRAM) as session:
        assert history.version(session) == before


def test_a_gesture_cannot_reach_into_another_case_study(case: uuid.UUID) -> None:
    (who,) = added(case, "Province")
    with store.writing(ANN, undoable=False) as session:
        elsewhere = case_studies.begin(session, title="Elsewhere").id
    (answer,) = send(gesture(elsewhere, "removed", stakeholder_ids=[who]))
    assert "deleted" in answer
    assert stakeholder(who).name == "Province"


def test_every_verb_has_a_rule() -> None:
    import inspect

    from copdash import case_studies, examples, people, undoing

    for module in (undoing, case_studies, stakeholders, relations, meetings, milestones, examples, people, history):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            source = inspect.getsource(inspect.unwrap(function))
            writes = any(word in source for word in ("session.add", "session.delete", "rows.revise", "rows.added"))
            writes = writes and name not in {"seal", "install"}
            assert not writes or f"{module.__name__}.{name}" in verbs.RULES, f"{module.__name__}.{name} has no rule"


def test_eight_threads_and_a_thousand_interleaved_edits_lose_nothing(case: uuid.UUID) -> None:
    """Everyone edits three stakeholders at once, each from what they last saw; no overwrite goes unnoticed."""
    rows = added(case, "Province", "Utility", "Mayor")
    fields = ["notes", "role", "rationale"]
    sent: list[tuple[str, str, str, str, str]] = []
    answers: dict[str, str] = {}
    guard = threading.Lock()

    def edit(number: int) -> None:
        chance = random.Random(number)
        me = Actor(uuid.UUID(int=100 + number), f"Person {number}", Role.LEADER)
        for turn in range(125):
            who, field = chance.choice(rows), chance.choice(fields)
            seen = getattr(stakeholder(who), field)
            value = f"{number}.{turn}"
            one = gesture(case, "edited", edits=[{"id": who, "values": {field: value}, "seen": {field: seen}}])
            answer = gestures.carry_out(me, [one])[one["id"]]
            with guard:
                answers[one["id"]] = answer
                sent.append((one["id"], who, field, seen, value))

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    done = [one for one in sent if answers[one[0]] == ""]
    assert len(sent) == 1000
    assert all("changed meanwhile" in answer for answer in answers.values() if answer)
    with store.reading(eyes.PROGRAM) as session:
        log = {(change.gesture_id, change.field): change for change in session.exec(select(Change)) if change.field}
        heads = Counter(str(found.id) for found in session.exec(select(Gesture)))
    for gesture_id, who, field, seen, value in done:
        change = log[uuid.UUID(gesture_id), field]
        assert (str(change.subject_id), change.before, change.after) == (who, seen, value)
        assert heads[gesture_id] == 1
    assert len(log) == len(done)
    # Each accepted edit overwrote exactly what its author had seen, so the values form one chain a field.
    for who in rows:
        for field in fields:
            value = ""
            chain = sorted(
                (change for change in log.values() if (str(change.subject_id), change.field) == (who, field)),
                key=lambda change: change.number or 0,
            )
            for change in chain:
                assert change.before == value
                value = change.after
            assert getattr(stakeholder(who), field) == value


def test_one_that_cannot_be_done_does_not_block_those_behind_it(case: uuid.UUID) -> None:
    (who,) = added(case, "Province")
    poisoned = gesture(case, "planned", meeting_id=str(uuid.uuid4()), values={"id": "x"})
    huge = gesture(case, "edited", edits=[{"id": who, "values": {"power": 10**400}, "seen": {"power": None}}])
    fine = gesture(case, "edited", edits=[{"id": who, "values": {"notes": "x"}, "seen": {"notes": ""}}])
    refused, too_much, done = send(poisoned, huge, fine)
    assert refused.endswith(".")
    assert too_much.endswith(".")
    assert done == ""
    assert stakeholder(who).notes == "x"


def test_a_tie_is_not_turned_twice_by_two_who_saw_the_same(case: uuid.UUID) -> None:
    one, other = added(case, "Province", "Utility")
    tie = str(uuid.uuid4())
    send(gesture(case, "tied", relation_id=tie, from_id=one, to_id=other, type="Money"))
    seen = {"from_id": one, "to_id": other}
    first, second = send(*(gesture(case, "tie_turned", relation_id=tie, seen=seen) for _ in range(2)))
    assert first == ""
    assert "meanwhile" in second
    with store.reading(eyes.PROGRAM) as session:
        (row,) = relations.of_case(session, case)
    assert (str(row.from_id), str(row.to_id)) == (other, one)


def test_a_gesture_without_an_effect_is_known_and_not_on_the_undo_stack(case: uuid.UUID) -> None:
    (who,) = added(case, "Province")
    same = gesture(case, "edited", edits=[{"id": who, "values": {"notes": ""}, "seen": {"notes": ""}}])
    before = history_left(case)
    assert send(same) == [""]
    with store.reading(eyes.PROGRAM) as session:
        assert history.known(session, uuid.UUID(same["id"]))
    assert history_left(case) == before


def test_a_stakeholder_whom_somebody_moved_meanwhile_is_not_moved_over_that(case: uuid.UUID) -> None:
    one, other = added(case, "Utility", "Council")
    place = {"x": 10, "y": 20}
    assert send(gesture(case, "arranged", places=[{"id": one, **place, "seen": {"x": None, "y": None}}])) == [""]
    far = {"x": 300, "y": 20}
    assert send(gesture(case, "arranged", places=[{"id": one, **far, "seen": place}])) == [""]
    both = [{"id": other, **place}, {"id": one, "x": 5, "y": 5, "seen": place}]
    [sentence] = send(gesture(case, "arranged", places=both))
    assert "Utility was moved meanwhile by Ann" in sentence
    assert (stakeholder(one).network_x, stakeholder(other).network_x) == (300.0, None)
    assert send(gesture(case, "arranged", places=[{"id": one, **far, "seen": place}])) == [""]  # the same place

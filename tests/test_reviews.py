"""Review rounds: who may do what, when a thread is open, and that agreement freezes the roadmap."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from copdash import baselines, case_studies, eyes, history, meetings, reviews, stakeholders, store, undoing
from copdash.analysis import slips
from copdash.errors import Invalid, NotAllowed
from copdash.exchange import case_files
from copdash.models import About, CaseStudy, Role
from copdash.roles import PROGRAM, Actor

LEADER = Actor(uuid.uuid4(), "Marta", Role.LEADER)
KWR = Actor(uuid.uuid4(), "Kees", Role.KWR)
VIEWER = Actor(uuid.uuid4(), "Vera", Role.VIEWER)


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Water").id
        session.flush()
        meetings.plan(session, case, title="CoP 1", starts_on="2021-09-15", certainty="Confirmed")
    return case


def do(actor: Actor, case: uuid.UUID, verb: Any, *args: Any, name: str = "tried", **values: Any) -> Any:
    with store.writing(actor, case) as session:
        found = verb(session, *args, **values)
        return getattr(found, "id", found)


def state(case: uuid.UUID) -> str:
    with store.reading(eyes.PROGRAM) as session:
        return reviews.state(case_studies.get(session, case))


def test_a_round_goes_from_draft_to_agreed_and_freezes_the_roadmap(case: uuid.UUID) -> None:
    assert state(case) == "Draft"
    do(LEADER, case, reviews.submit, case)
    assert state(case) == "Submitted"
    do(KWR, case, reviews.give_feedback, case)
    assert state(case) == "With feedback"
    do(KWR, case, reviews.agree, case)
    assert state(case) == "With feedback"
    do(LEADER, case, reviews.agree, case)
    assert state(case) == "Agreed"
    with store.reading(eyes.PROGRAM) as session:
        (frozen,) = baselines.of_case(session, case)
        assert frozen.title == "Baseline 1"
        assert [one.title for one in slips.agreed(frozen.content)] == ["CoP 1"]
    do(LEADER, case, undoing.undo)
    assert state(case) == "With feedback"
    with store.reading(eyes.PROGRAM) as session:
        assert baselines.of_case(session, case) == []


def test_what_a_role_may_do_is_checked_in_the_verb(case: uuid.UUID) -> None:
    with pytest.raises(NotAllowed):
        do(KWR, case, reviews.submit, case)
    with pytest.raises(Invalid):
        do(KWR, case, reviews.give_feedback, case)
    with pytest.raises(Invalid):
        do(LEADER, case, reviews.agree, case)
    do(LEADER, case, reviews.submit, case)
    with pytest.raises(NotAllowed):
        do(LEADER, case, reviews.give_feedback, case)
    with pytest.raises(NotAllowed):
        do(VIEWER, case, reviews.comment, case, text="Hello")
    do(LEADER, case, reviews.agree, case)
    with pytest.raises(Invalid):
        do(LEADER, case, reviews.agree, case)


def test_an_answer_answers_and_the_askers_own_word_opens_again(case: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        (row,) = meetings.of_case(session, case)
    thread = do(KWR, case, reviews.comment, case, text="Who moderates?", about="Meeting", about_key=str(row.id))
    assert [t.state for t in threads(case)] == ["Open"]
    do(LEADER, case, reviews.reply, thread, text="I do.")
    assert [t.state for t in threads(case)] == ["Answered"]
    do(KWR, case, reviews.reply, thread, text="And who takes notes?")
    assert [t.state for t in threads(case)] == ["Open"]
    do(KWR, case, reviews.settle, thread)
    (found,) = threads(case)
    assert found.state == "Settled"
    assert [one.text for one in (found.first, *found.replies)] == ["Who moderates?", "I do.", "And who takes notes?"]
    assert reviews.about([found], About.MEETING, str(row.id)) == [found]


def threads(case: uuid.UUID) -> list[reviews.Thread]:
    with store.reading(eyes.PROGRAM) as session:
        return reviews.threads(session, case)


def test_an_empty_comment_is_refused(case: uuid.UUID) -> None:
    with pytest.raises(Invalid):
        do(KWR, case, reviews.comment, case, text="  ")


def test_what_changed_since_we_last_spoke_is_listed_without_what_was_undone(case: uuid.UUID) -> None:
    do(LEADER, case, reviews.submit, case, name="roadmap_submitted")
    with store.reading(eyes.PROGRAM) as session:
        spoke = reviews.last_spoke(session, case)
        assert spoke is not None
        (row,) = meetings.of_case(session, case)
    do(LEADER, case, meetings.edit, row.id, values={"place": "Town hall"})
    do(LEADER, case, meetings.edit, row.id, values={"moderator": "Kim"})
    do(LEADER, case, undoing.undo)
    with store.reading(eyes.PROGRAM) as session:
        assert [g.summary for g in reviews.changed_since(session, case, spoke.at)] == ["Changed place of CoP 1"]
        assert reviews.changed_since(session, case, dt.datetime(2200, 1, 1, tzinfo=dt.UTC)) == []


def test_people_invited_one_by_one_are_one_line_with_their_number(case: uuid.UUID) -> None:
    do(LEADER, case, reviews.submit, case, name="roadmap_submitted")
    with store.reading(eyes.PROGRAM) as session:
        spoke = reviews.last_spoke(session, case)
        assert spoke is not None
        (row,) = meetings.of_case(session, case)
    people: list[uuid.UUID] = []
    for number in range(3):
        with store.writing(LEADER, case) as session:
            people.append(stakeholders.add(session, case, name=f"Farmer {number}").id)
        do(LEADER, case, meetings.invite, row.id, stakeholder_ids=people, seen=people[:-1], name="invited")
    do(LEADER, case, meetings.edit, row.id, values={"place": "Town hall"})
    do(LEADER, case, meetings.invite, row.id, stakeholder_ids=people[1:], seen=people, name="invited")
    with store.reading(eyes.PROGRAM) as session:
        told = reviews.folded(session, reviews.changed_since(session, case, spoke.at))
    assert [said for _, said in told] == [
        "Changed who is invited to CoP 1: 1 person taken off the list",
        "Changed place of CoP 1",
        "Changed who is invited to CoP 1: 3 people invited",
    ]


def test_the_reason_of_a_move_is_told_as_a_sentence(case: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        (row,) = meetings.of_case(session, case)
    for values in ({"moved_because": "Elections"}, {"moved_because": ""}, {"moved_because": "Rain", "place": "Hall"}):
        do(LEADER, case, meetings.edit, row.id, values=values)
    with store.reading(eyes.PROGRAM) as session:
        said = [gesture.summary for gesture in history.recent(session, case, limit=3)]
    assert said[1:] == ["Took back why CoP 1 moved", "Said why CoP 1 moved"]
    assert sorted(said[0].removeprefix("Changed ").removesuffix(" of CoP 1").split(", ")) == [
        "place",
        "reason of the move",
    ]


def test_days_of_slip_from_the_baseline_and_the_reason(case: uuid.UUID) -> None:
    do(LEADER, case, baselines.freeze, case)
    with store.reading(eyes.PROGRAM) as session:
        (row,) = meetings.of_case(session, case)
    do(LEADER, case, meetings.reschedule, row.id, starts_on="2021-09-22")
    do(LEADER, case, meetings.edit, row.id, values={"moved_because": "Elections"})
    do(LEADER, case, meetings.plan, case, title="CoP 2", starts_on="2022-01-12")
    with store.reading(eyes.PROGRAM) as session:
        (frozen,) = baselines.of_case(session, case)
        found = slips.slips(frozen.content, meetings.of_case(session, case), [])
    assert [(slip.title, slip.days, slip.sentence, slip.because) for slip in found] == [
        ("CoP 1", 7, "7 days later", "Elections"),
        ("CoP 2", None, "new", ""),
    ]
    do(LEADER, case, meetings.remove, [row.id])
    with store.reading(eyes.PROGRAM) as session:
        assert slips.slips(frozen.content, meetings.of_case(session, case), [])[0].sentence == "deleted since"


def test_nothing_to_agree_on_cannot_be_frozen(store_url: str) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Empty").id
    with pytest.raises(Invalid):
        do(LEADER, case, baselines.freeze, case)
    with pytest.raises(Invalid):
        do(LEADER, case, reviews.submit, case)


def test_a_round_also_works_by_file(case: uuid.UUID) -> None:
    """A file with a thread, a baseline and the state is read, and says all of it."""
    do(LEADER, case, reviews.submit, case)
    do(KWR, case, reviews.comment, case, text="Good; go on")
    do(KWR, case, baselines.freeze, case)
    with store.reading(eyes.PROGRAM) as session:
        data = case_files.export(session, case)
        before = session.get(CaseStudy, case)
        assert before is not None
    content = case_files.read(data).content
    assert content.rows["case_study"][str(case)]["roadmap_state"] == "Submitted"
    assert [row["text"] for row in content.rows["comment"].values()] == ["Good; go on"]
    assert [row["title"] for row in content.rows["baseline"].values()] == ["Baseline 1"]
    assert len(content.rows["meeting"]) == 1

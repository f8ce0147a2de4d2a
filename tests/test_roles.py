"""Who may do what: the program has a role of its own, which no person gets."""

from __future__ import annotations

import uuid

import pytest
from sqlmodel import col, select

from copdash import calls, case_studies, examples, eyes, meetings, people, reviews, store
from copdash.errors import Invalid, NotAllowed
from copdash.models import CaseStudy, Gesture, Person, Role
from copdash.roles import EDITORS, PROGRAM, SIDES, Actor

KIM = Actor(uuid.UUID(int=12), "Kim", Role.KWR)
LEA = Actor(uuid.UUID(int=13), "Lea", Role.LEADER)


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Testwater").id
        session.flush()
        meetings.plan(session, case, title="CoP 1", starts_on="2026-05-05")
    return case


def test_the_role_of_the_program_is_offered_to_nobody() -> None:
    assert PROGRAM.role not in Role.values()
    assert {*Role.values(), PROGRAM.role} == set(Role)


def test_the_role_of_the_program_is_the_programs_alone() -> None:
    for role in Role:
        if role is not PROGRAM.role:
            assert Actor(KIM.id, "Kim", role).role is role
    with pytest.raises(ValueError, match="Nobody but the program"):
        Actor(KIM.id, "Kim", PROGRAM.role)


def test_nobody_can_say_that_they_are_the_program(store_url: str) -> None:
    with pytest.raises(Invalid, match="choose one of"), store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="t", name="COPDash", role=PROGRAM.role.value)
    with store.writing(PROGRAM, undoable=False) as session:
        session.add(Person(token_digest=people.digest("planted"), name="Eve", role=PROGRAM.role.value))
        session.info["gesture"].name = "planted"
    with store.reading(eyes.PROGRAM) as session:
        assert people.at(session, "t") is None
        with pytest.raises(ValueError, match="Nobody but the program"):
            people.at(session, "planted")


def test_the_log_says_what_the_program_did_by_its_role(store_url: str) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        examples.load(session)
    with store.reading(eyes.PROGRAM) as session:
        assert {row.actor_role for row in session.exec(select(Gesture)).all()} == {PROGRAM.role.value}


def test_the_program_may_change_what_editors_may_and_speaks_for_no_side(case: uuid.UUID) -> None:
    assert EDITORS - SIDES == {PROGRAM.role}
    for step in (reviews.submit, reviews.give_feedback, reviews.agree):
        with pytest.raises(NotAllowed), store.writing(PROGRAM, case) as session:
            step(session, case)
    with store.writing(LEA, case) as session:
        reviews.submit(session, case)
    with pytest.raises(NotAllowed), store.writing(PROGRAM, case) as session:
        reviews.agree(session, case)
    with store.writing(KIM, case) as session:
        reviews.agree(session, case)
    with store.reading(eyes.PROGRAM) as session:
        assert session.get_one(CaseStudy, case).roadmap_agreed_by == Role.KWR.value


def test_what_an_older_copdash_wrote_in_the_log_as_kwr_is_still_the_programs(case: uuid.UUID) -> None:
    with store.writing(LEA, case) as session:
        planned = session.exec(select(Gesture).where(col(Gesture.actor_id) == PROGRAM.id)).all()
        for gesture in planned:
            gesture.actor_role, gesture.case_study_id = Role.KWR.value, case
        meetings.plan(session, case, title="CoP 2")
    with store.reading(eyes.PROGRAM) as session:
        assert calls.side(session, case, Role.KWR) == ""
        assert calls.side(session, case, Role.LEADER) == "Lea"

"""A case study file is foreign, too: what it says of its reader is asked, and stays outside unless it is true."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest
from sqlmodel import col, select

from copdash import baselines, case_studies, history, meetings, reviews, stakeholders
from copdash.models import Comment, Gesture, Role
from copdash.roles import Actor

from . import test_case_files as files
from .test_case_files import ANN, BEN, Laptop

laptops, ann, ben = files.laptops, files.ann, files.ben
__all__ = ["ann", "ben", "laptops"]

POSING = Actor(uuid.UUID(int=99), "Ben", Role.KWR)
"""Somebody who says to be KWR; a file does not show who it was."""


def posing(laptop: Laptop, case: uuid.UUID, change: Any, role: Role) -> None:
    """Do something at this laptop in another role than that of whoever sits there."""
    was, laptop.actor = laptop.actor, Actor(POSING.id, POSING.name, role)
    try:
        laptop.do(case, change)
    finally:
        laptop.actor = was


def comments(laptop: Laptop) -> list[str]:
    return sorted(laptop.ask(lambda s: [row.text for row in s.exec(select(Comment)).all()]))


def review(laptop: Laptop, case: uuid.UUID) -> tuple[str, str]:
    row = laptop.ask(lambda s: case_studies.get(s, case))
    return reviews.state(row), row.roadmap_agreed_by


def names(laptop: Laptop) -> list[str]:
    return list(laptop.ask(lambda s: [row.name for row in s.exec(select(Gesture).order_by(col(Gesture.number)))]))


def asked(laptop: Laptop, file: Any) -> list[str]:
    from copdash.exchange import case_files

    return [one.question for one in laptop.ask(lambda s: case_files.preview(s, file, laptop.actor.role)).claims]


def open_as(laptop: Laptop, file: Any, *, mine: str) -> None:
    """Merge, and say of all claims that they are true (`mine="all"`) or of none."""
    from copdash.exchange import case_files

    laptop.use()
    claims = laptop.ask(lambda s: case_files.preview(s, file, laptop.actor.role)).claims
    case_files.bring_in(laptop.actor, file, mine={one.key for one in claims} if mine == "all" else ())


@pytest.fixture
def case(ann: Laptop, ben: Laptop) -> uuid.UUID:
    """A roadmap that Ann, its leader, has submitted, at both laptops; Ben is KWR."""
    made = ann.begin()
    ann.do(made, lambda s: meetings.plan(s, made, title="CoP 1", starts_on="2027-05-01"))
    ann.do(made, lambda s: reviews.submit(s, made), reviews.SUBMITTED)
    ben.open(ann.file(made))
    return made


@pytest.mark.parametrize("mine", ["none", "all"])
def test_an_agreement_in_my_role_counts_only_if_it_was_mine(
    ann: Laptop, ben: Laptop, case: uuid.UUID, mine: str
) -> None:
    posing(ann, case, lambda s: reviews.agree(s, case), Role.KWR)
    file = ann.file(case)
    (question,) = asked(ben, file)
    assert question.startswith("Did you agree with the roadmap on ")
    open_as(ben, file, mine=mine)
    assert review(ben, case) == ("Submitted", "KWR" if mine == "all" else "")
    assert (reviews.AGREED in names(ben)) is (mine == "all")
    if mine == "all":
        assert asked(ben, ann.file(case)) == []  # what is known is not asked again


@pytest.mark.parametrize("mine", ["none", "all"])
def test_an_agreement_of_both_sides_of_which_mine_is_not_leaves_no_baseline(
    ann: Laptop, ben: Laptop, case: uuid.UUID, mine: str
) -> None:
    posing(ann, case, lambda s: reviews.agree(s, case), Role.KWR)
    ann.do(case, lambda s: reviews.agree(s, case), reviews.AGREED)
    assert review(ann, case)[0] == "Agreed"
    assert len(asked(ben, ann.file(case))) == 1
    open_as(ben, ann.file(case), mine=mine)
    frozen = ben.ask(lambda s: baselines.of_case(s, case))
    assert (review(ben, case)[0], len(frozen)) == (("Agreed", 1) if mine == "all" else ("Submitted", 0))


def test_a_step_of_the_other_role_comes_in_without_a_question(ann: Laptop, ben: Laptop, case: uuid.UUID) -> None:
    ben.do(case, lambda s: reviews.give_feedback(s, case), reviews.GAVE_FEEDBACK)
    ben.do(case, lambda s: reviews.comment(s, case, text="Looks good"))
    assert asked(ann, ben.file(case)) == []
    ann.open(ben.file(case))
    assert (review(ann, case)[0], comments(ann)) == ("With feedback", ["Looks good"])


@pytest.mark.parametrize("mine", ["none", "all"])
def test_comments_in_my_role_come_in_only_if_they_were_mine_and_all_else_does(
    ann: Laptop, ben: Laptop, case: uuid.UUID, mine: str
) -> None:
    first = ben.do(case, lambda s: reviews.comment(s, case, text="Who moderates?")).id
    ann.open(ben.file(case))
    posing(ann, case, lambda s: reviews.comment(s, case, text="KWR pays for all"), Role.KWR)
    posing(ann, case, lambda s: reviews.settle(s, first), Role.KWR)
    ann.do(case, lambda s: reviews.comment(s, case, text="From Ann"))
    ann.add(case, "Province")
    assert len(asked(ben, ann.file(case))) == 2
    open_as(ben, ann.file(case), mine=mine)
    expected = ["From Ann", "Who moderates?"] + (["KWR pays for all"] if mine == "all" else [])
    assert comments(ben) == sorted(expected)
    states = {one.first.text: one.state for one in ben.ask(lambda s: reviews.threads(s, case))}
    assert states["Who moderates?"] == ("Settled" if mine == "all" else "Open")
    assert [row.name for row in ben.ask(lambda s: stakeholders.of_case(s, case))] == ["Province"]


def test_rows_that_no_history_explains_are_asked_about_as_well(ann: Laptop, ben: Laptop, case: uuid.UUID) -> None:
    said = ben.do(case, lambda s: reviews.comment(s, case, text="I agree")).id
    ann.open(ben.file(case))
    file = ann.file(case)
    rows = file.side.content.rows
    rows["case_study"][str(case)]["roadmap_agreed_by"] = "KWR"
    rows["comment"][str(said)]["text"] = "I agree with everything"
    forged = dict(rows["comment"][str(said)], id=str(uuid.UUID(int=77)), text="And more")
    rows["comment"][forged["id"]] = forged
    file.side.rows[forged["id"]] = ("comment", forged)
    assert len(asked(ben, file)) == 3
    open_as(ben, file, mine="none")
    assert (review(ben, case), comments(ben)) == (("Submitted", ""), ["I agree"])
    open_as(ben, file, mine="all")
    assert (review(ben, case), comments(ben)) == (("Submitted", "KWR"), ["And more", "I agree with everything"])


def test_in_a_case_study_that_is_new_here_a_denied_step_is_as_it_was_before(
    ann: Laptop, ben: Laptop, case: uuid.UUID, laptops: Any
) -> None:
    ben.do(case, lambda s: reviews.comment(s, case, text="Mine?"))
    ben.do(case, lambda s: reviews.agree(s, case), reviews.AGREED)
    laptops()  # the next one is Ben's again
    other = laptops()
    assert other.actor == BEN
    file = ben.file(case)
    open_as(other, file, mine="none")
    assert (review(other, case), comments(other)) == (("Submitted", ""), [])


def test_what_a_file_brought_says_so_where_it_is_read(ann: Laptop, ben: Laptop, case: uuid.UUID) -> None:
    ben.do(case, lambda s: reviews.comment(s, case, text="By file"))
    ann.do(case, lambda s: reviews.comment(s, case, text="Here"))
    ann.open(ben.file(case))
    threads = {one.first.text: one for one in ann.ask(lambda s: reviews.threads(s, case))}
    assert threads["By file"].by_file == {threads["By file"].first.id}
    assert threads["Here"].by_file == frozenset()
    meeting = ann.ask(partial(meetings.of_case, case_study_id=case))[0]
    assert {entry.actor_name for entry in ben.ask(lambda s: history.of_subject(s, meeting.id))} == {
        "Ann (by file)",
        "Ben",
    }
    assert {entry.actor_name for entry in ann.ask(lambda s: history.of_subject(s, meeting.id))} == {ANN.name}

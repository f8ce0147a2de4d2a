"""Own case studies and invented examples never stand beside each other unless somebody asks for both."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from copdash import case_studies, duplicates, examples, eyes, meetings, stakeholders, store
from copdash.looks import roadmap
from copdash.roles import PROGRAM
from copdash.store import Session
from copdash.ui.mapping import compositions
from copdash.ui.roadmap import all_roadmaps, one_on_one

ROOT = Path(__file__).resolve().parents[1]
DAY = dt.date(2030, 5, 7)

Question = Callable[[Session, uuid.UUID, bool], set[uuid.UUID]]
"""With a case study and whether both kinds are wanted: the ids of the others that the answer holds."""


def _alike(session: Session, case: uuid.UUID, mixed: bool) -> set[uuid.UUID]:
    return {pair.elsewhere.id for pair in duplicates.waiting(session, case, mixed=mixed) if pair.elsewhere}


def _voices(session: Session, case: uuid.UUID, mixed: bool) -> set[uuid.UUID]:
    return {row.case_study_id for rows in compositions.others(eyes.PROGRAM, case, mixed=mixed) for row in rows}


def _beside(session: Session, case: uuid.UUID, mixed: bool) -> set[uuid.UUID]:
    return {row.id for row in case_studies.beside(session, case, mixed=mixed)}


COMPARED: dict[str, Question] = {"duplicates": _alike, "missing voices": _voices, "beside": _beside}


@pytest.fixture
def own(store_url: str) -> uuid.UUID:
    """The nine examples, and one case study of one's own; all ten share a stakeholder, and a moderator on a day."""
    with store.writing(PROGRAM, undoable=False) as session:
        examples.load(session)
        mine = case_studies.begin(session, title="Our river").id
    with store.reading(eyes.PROGRAM) as session:
        everywhere = [row.id for row in case_studies.listed(session)]
    assert len(everywhere) == 10
    for case in everywhere:
        with store.writing(PROGRAM, case, undoable=False) as session:
            stakeholders.add(session, case, name="Zuiderwater Dredging Guild", membership="Core")
            meetings.plan(session, case, title="Kick-off", starts_on=str(DAY), moderator="Kim Larsen")
    return mine


def of_kind(session: Session, *, example: bool) -> set[uuid.UUID]:
    return {row.id for row in case_studies.listed(session) if row.example is example}


@pytest.mark.parametrize("question", COMPARED)
def test_beside_ones_own_case_study_stands_no_example_unless_asked_for(own: uuid.UUID, question: str) -> None:
    with store.reading(eyes.PROGRAM) as session:
        invented = of_kind(session, example=True)
        assert COMPARED[question](session, own, False) == set()
        assert COMPARED[question](session, own, True) == invented


@pytest.mark.parametrize("question", COMPARED)
def test_examples_are_compared_with_examples(own: uuid.UUID, question: str) -> None:
    with store.reading(eyes.PROGRAM) as session:
        one, *others = sorted(of_kind(session, example=True))
        assert COMPARED[question](session, one, False) == set(others)
        assert COMPARED[question](session, one, True) == {own, *others}


@pytest.mark.parametrize("question", COMPARED)
def test_one_own_case_study_stands_beside_another(own: uuid.UUID, question: str) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        second = case_studies.begin(session, title="Our other river").id
    with store.writing(PROGRAM, second, undoable=False) as session:
        stakeholders.add(session, second, name="Zuiderwater Dredging Guild", membership="Core")
    with store.reading(eyes.PROGRAM) as session:
        assert COMPARED[question](session, own, False) == {second}
    with store.writing(PROGRAM, second, undoable=False) as session:
        case_studies.archive(session, second)
    with store.reading(eyes.PROGRAM) as session:
        assert COMPARED[question](session, own, False) == set()
        assert second not in COMPARED[question](session, own, True)


def test_the_checks_of_the_roadmap_see_no_clash_between_ones_own_and_an_example(own: uuid.UUID) -> None:
    def clashes(case: uuid.UUID) -> list[str]:
        with store.reading(eyes.PROGRAM) as session:
            row = case_studies.get(session, case)
            looked_at = roadmap.checked(session, row, meetings.of_case(session, case), [])
        return [one.sentence for one in roadmap.findings(session, looked_at) if one.rule == "clash"]

    with store.reading(eyes.PROGRAM) as session:
        invented = of_kind(session, example=True)
        assert meetings.elsewhere(session, own, [(DAY, DAY)]) == {}
        for case in invented:
            assert set(meetings.elsewhere(session, case, [(DAY, DAY)])) == invented - {case}
    assert clashes(own) == []
    assert clashes(next(iter(invented)))


def test_all_roadmaps_count_ones_own_alone_or_all_where_asked_for(own: uuid.UUID) -> None:
    assert [row.id for row in all_roadmaps.read(eyes.PROGRAM)[0]] == [own]
    assert len(all_roadmaps.read(eyes.PROGRAM, mixed=True)[0]) == 10


def test_where_there_are_only_examples_all_of_them_stand_together(own: uuid.UUID) -> None:
    with store.writing(PROGRAM, own, undoable=False) as session:
        case_studies.archive(session, own)
    with store.reading(eyes.PROGRAM) as session:
        assert {row.id for row in case_studies.together(session)} == of_kind(session, example=True)
        assert case_studies.left_out(session) == []


def test_what_is_left_out_is_what_a_tick_brings(own: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        invented = of_kind(session, example=True)
        assert {row.id for row in case_studies.left_out(session)} == invented
        assert {row.id for row in case_studies.left_out(session, own)} == invented
        for case in invented:
            assert [row.id for row in case_studies.left_out(session, case)] == [own]


def test_the_next_case_study_of_a_call_is_of_the_same_kind(own: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        assert one_on_one.following(session, case_studies.get(session, own)) is None
        walked = [case_studies.get(session, min(of_kind(session, example=True)))]
        for _ in range(9):
            following = one_on_one.following(session, walked[-1])
            assert following is not None
            walked.append(following)
        assert {row.id for row in walked} == of_kind(session, example=True)
        assert walked[0].id == walked[9].id


def test_nobody_else_asks_for_all_case_studies() -> None:
    """Only the menu (and the order of it) does; whatever compares asks which may stand beside each other."""
    every = re.compile(r"case_studies\.listed\(|select\(CaseStudy\)")
    asking = {
        path.relative_to(ROOT).as_posix()
        for folder in ("copdash", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if every.search(path.read_text("utf-8"))
    }
    places = {path.split("/")[-1] for path in asking}
    # duplicates: the titles of pairs that were found; examples: to remove them
    assert places <= {"case_studies.py", "frame.py", "one_on_one.py", "duplicates.py", "examples.py"}

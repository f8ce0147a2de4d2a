"""What overview screens keep of a case study is made anew when it changed, and only then."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

import pytest

from copdash import case_studies, eyes, history, meetings, overviews, stakeholders, store, undoing
from copdash.models import CaseStudy, Role
from copdash.roles import PROGRAM, Actor

MARTA = Actor(uuid.uuid4(), "Marta", Role.LEADER)


@pytest.fixture
def cases(store_url: str) -> list[uuid.UUID]:
    with store.writing(PROGRAM, undoable=False) as session:
        return [case_studies.begin(session, title=title).id for title in ("One", "Two")]


class Counting:
    """Counts stakeholders of each case study, and for which it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def look(self, seen_on: int = 0) -> list[int]:
        with store.reading(eyes.PROGRAM) as session:
            found = case_studies.listed(session)

            def made(stale: Sequence[CaseStudy]) -> dict[uuid.UUID, int]:
                self.asked += [row.title for row in stale]
                people = stakeholders.by_case(session, [row.id for row in stale])
                return {row.id: len(people[row.id]) for row in stale}

            return list(overviews.of_each(session, str(id(self)), found, made, seen_on=lambda _: seen_on).values())


def test_only_what_changed_is_made_again(cases: list[uuid.UUID]) -> None:
    counting = Counting()
    assert counting.look() == [0, 0]
    assert counting.look() == [0, 0]
    assert counting.asked == ["One", "Two"]
    with store.writing(MARTA, cases[1]) as session:
        stakeholders.add(session, cases[1], name="Province")
    assert counting.look() == [0, 1]
    with store.writing(MARTA, cases[1]) as session:
        undoing.undo(session)
    assert counting.look() == [0, 0]
    assert counting.asked == ["One", "Two", "Two", "Two"]


def test_another_day_makes_all_of_it_again(cases: list[uuid.UUID]) -> None:
    counting = Counting()
    counting.look(seen_on=1)
    counting.look(seen_on=2)
    assert counting.asked == ["One", "Two"] * 2


def test_with_names_hidden_nothing_of_what_was_kept_with_names_is_shown(cases: list[uuid.UUID]) -> None:
    with store.writing(MARTA, cases[0]) as session:
        stakeholders.add(session, cases[0], name="Secret name")

    def names(hidden: bool) -> list[list[str]]:
        with store.reading(eyes.of(MARTA, names_hidden=hidden)) as session:
            found = case_studies.listed(session)
            return list(
                overviews.of_each(
                    session,
                    "names",
                    found,
                    lambda stale: {
                        case_id: [row.name for row in rows]
                        for case_id, rows in stakeholders.by_case(session, [row.id for row in stale]).items()
                    },
                ).values()
            )

    assert ["Secret name"] in names(hidden=False)
    assert "Secret name" not in str(names(hidden=True))
    assert ["Secret name"] in names(hidden=False)


def test_the_versions_of_several_case_studies_are_those_of_each(cases: list[uuid.UUID]) -> None:
    with store.reading(eyes.PROGRAM) as session:
        versions = history.versions(session, [*cases, uuid.uuid4()])
        assert versions == {case: history.version(session, case) for case in cases}


def test_meetings_elsewhere_are_those_that_share_a_day(cases: list[uuid.UUID]) -> None:
    with store.writing(MARTA, cases[1]) as session:
        for title, first, last, moderator in (
            ("same day", "2021-10-05", "2021-10-05", "Kim"),
            ("over it", "2021-10-01", "2021-10-09", "Kim"),
            ("next day", "2021-10-06", "2021-10-06", "Kim"),
            ("nobody", "2021-10-05", "2021-10-05", ""),
        ):
            meetings.plan(session, cases[1], title=title, starts_on=first, ends_on=last, moderator=moderator)
    with store.reading(eyes.PROGRAM) as session:
        day, other = dt.date(2021, 10, 5), dt.date(2021, 12, 1)
        found = meetings.elsewhere(session, cases[0], [(day, day), (other, other)])
        assert {row.title for row in found[cases[1]]} == {"same day", "over it"}
        assert meetings.elsewhere(session, cases[0], []) == {}
        assert meetings.elsewhere(session, cases[1], [(day, day)]) == {}

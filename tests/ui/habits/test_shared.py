"""What many look at is read once, and never out of date, on both databases."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from copdash import case_studies, eyes, history, stakeholders, store, undoing
from copdash.models import Role
from copdash.roles import Actor
from copdash.ui.habits import shared

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)


@pytest.fixture
def case(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", store_url)
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater")
    yield made.id
    store.close()


class Reader:
    """Looks at the names as a screen does, and counts how often they were read."""

    def __init__(self, case: uuid.UUID) -> None:
        self.case, self.reads = case, 0

    def look(self, *, names_hidden: bool = False) -> list[str]:
        with store.reading(eyes.of(ANN, names_hidden=names_hidden)) as session:
            mark = history.mark(session, self.case)
            return shared.at(session, "names", self.case, mark, lambda: self.read(session))

    def read(self, session: store.Session) -> list[str]:
        self.reads += 1
        return [row.name for row in stakeholders.of_case(session, self.case)]


def add(case: uuid.UUID, name: str) -> None:
    with store.writing(ANN, case) as session:
        stakeholders.add(session, case, name=name)


def test_the_same_state_is_read_once(case: uuid.UUID) -> None:
    add(case, "Growers")
    reader = Reader(case)
    assert [reader.look() for _ in range(3)] == [["Growers"]] * 3
    assert reader.reads == 1


def test_after_every_change_and_every_undo_it_is_read_again(case: uuid.UUID) -> None:
    reader = Reader(case)
    assert reader.look() == []
    add(case, "Growers")
    assert reader.look() == ["Growers"]
    add(case, "Province")
    assert reader.look() == ["Growers", "Province"]
    with store.writing(ANN, case) as session:
        undoing.undo(session)
    assert reader.look() == ["Growers"]
    assert reader.reads == 4


def test_changes_of_another_case_study_matter_only_there(case: uuid.UUID) -> None:
    add(case, "Growers")
    reader = Reader(case)
    reader.look()
    with store.writing(ANN, undoable=False) as session:
        other = case_studies.begin(session, title="Elsewhere").id
    add(other, "Province")
    assert (reader.look(), Reader(other).look()) == (["Growers"], ["Province"])
    assert reader.reads == 1


def test_names_are_not_given_to_those_who_hide_them(case: uuid.UUID) -> None:
    add(case, "Growers")
    reader = Reader(case)
    assert reader.look() == ["Growers"]
    assert reader.look(names_hidden=True) == ["S01"]
    assert reader.look() == ["Growers"]
    assert reader.reads == 2


def test_only_the_latest_state_is_kept(case: uuid.UUID) -> None:
    reader = Reader(case)
    for name in ("Growers", "Province", "Bank"):
        add(case, name)
        reader.look()
    with store.reading(eyes.PROGRAM) as session:
        kept = shared._kept[session.get_bind()]
        assert [mark.number for _, about, mark, _ in kept if about == case] == [history.version(session, case)]


def test_a_case_study_is_marked_by_number_and_gesture(case: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        before = history.mark(session, case)
        assert history.mark(session, uuid.uuid4()) == (0, None)
    add(case, "Growers")
    with store.reading(eyes.PROGRAM) as session:
        after = history.mark(session, case)
        assert (before.number, after.number) == (before.number, history.version(session, case))
    assert after.number > before.number
    assert after.gesture_id != before.gesture_id

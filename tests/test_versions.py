"""Frozen maps: named by themselves, never changed again, undone and travelling. On both databases."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from copdash import case_studies, eyes, history, meetings, relations, stakeholders, store, undoing, versions
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed, NotFound
from copdash.exchange import case_files
from copdash.models import SUBJECTS, Role, Version
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
EVE = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)


@pytest.fixture
def case(store_url: str) -> Iterator[uuid.UUID]:
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater", as_of="2021-09-15", time_zone="Europe/Madrid")
    yield made.id
    with store.reading(eyes.PROGRAM) as session:
        for subject, table in SUBJECTS.items():
            assert history.replayed(session, subject) == history.stored(session, table), (
                "the change log replayed is not the table"
            )
    store.close()


def do(case: uuid.UUID, change: Callable[..., Any], actor: Actor = ANN) -> Any:
    with store.writing(actor, case) as session:
        return change(session)


def listed(case: uuid.UUID) -> list[versions.Frozen]:
    with store.reading(eyes.PROGRAM) as session:
        return versions.of_case(session, case)


def two_tied(case: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    one, other = (
        do(case, lambda s, n=name, g=group: stakeholders.add(s, case, name=n, group=g, power=2, interest=3)).id
        for name, group in (("Province", "Regulators"), ("Farm", "End users"))
    )
    do(case, lambda s: relations.tie(s, case, from_id=one, to_id=other))
    return one, other


def test_a_version_is_named_by_itself_after_the_day(case: uuid.UUID) -> None:
    assert do(case, lambda s: versions.freeze(s, case)).title == "Version 1, 15 September 2021"
    assert do(case, lambda s: versions.freeze(s, case)).title == "Version 2, 15 September 2021"
    assert [one.by for one in listed(case)] == ["Ann", "Ann"]
    assert {one.frozen_at.date() for one in listed(case)} <= {dt.date(2021, 9, 14), dt.date(2021, 9, 15)}


def test_a_version_is_named_after_the_meeting_of_the_day(case: uuid.UUID) -> None:
    meeting = do(case, lambda s: meetings.plan(s, case, title="First CoP meeting", starts_on="2021-09-15"))
    made = do(case, lambda s: versions.freeze(s, case))
    assert (made.title, made.occasion, made.meeting_id) == (
        "Version 1, First CoP meeting",
        "First CoP meeting",
        meeting.id,
    )


def test_what_is_frozen_stays_when_the_map_goes_on(case: uuid.UUID) -> None:
    one, _ = two_tied(case)
    made = do(case, lambda s: versions.freeze(s, case))
    do(case, lambda s: stakeholders.move(s, one, power=9, interest=9))
    do(case, lambda s: stakeholders.remove(s, [one]))
    with store.reading(eyes.PROGRAM) as session:
        then, now = versions.at(session, made.id), versions.now(session, case)
    assert [(row["name"], row["power"]) for row in then["stakeholders"]] == [("Province", 2), ("Farm", 2)]
    assert [row["name"] for row in now["stakeholders"]] == ["Farm"]
    assert len(then["relations"]) == 1
    assert then["measures"]["density"] == 1
    assert then["measures"]["e_i"] == 1
    assert now["relations"] == []


def test_wanted_ties_are_frozen_and_count_in_no_measure(case: uuid.UUID) -> None:
    one, other = two_tied(case)
    do(case, lambda s: relations.tie(s, case, from_id=other, to_id=one, type="Money", status="Wanted"))
    made = do(case, lambda s: versions.freeze(s, case))
    with store.reading(eyes.PROGRAM) as session:
        then = versions.at(session, made.id)
    assert len(then["relations"]) == 2
    assert then["measures"]["ties"] == 1


def test_notes_and_sources_are_not_frozen(case: uuid.UUID) -> None:
    do(case, lambda s: stakeholders.add(s, case, name="Province", notes="canary"))
    assert "canary" not in do(case, lambda s: versions.freeze(s, case)).content


def test_freezing_is_undone_and_done_again(case: uuid.UUID) -> None:
    two_tied(case)
    made = do(case, lambda s: versions.freeze(s, case))
    do(case, undoing.undo)
    assert listed(case) == []
    do(case, undoing.redo)
    with store.reading(eyes.PROGRAM) as session:
        assert len(versions.at(session, made.id)["stakeholders"]) == 2
    assert [one.frozen_at for one in listed(case)] == [made.frozen_at]


def test_a_deleted_version_comes_back_whole(case: uuid.UUID) -> None:
    two_tied(case)
    made = do(case, lambda s: versions.freeze(s, case))
    do(case, lambda s: versions.remove(s, [made.id]))
    with store.reading(eyes.PROGRAM) as session, pytest.raises(NotFound):
        versions.at(session, made.id)
    do(case, undoing.undo)
    with store.reading(eyes.PROGRAM) as session:
        again = session.get(Version, made.id)
    assert again is not None
    assert (again.content, again.title) == (made.content, made.title)


def test_a_name_that_somebody_else_gave_is_not_overwritten(case: uuid.UUID) -> None:
    made = do(case, lambda s: versions.freeze(s, case))
    seen = {"title": made.title}
    do(case, lambda s: versions.rename(s, made.id, values={"title": "Before the workshop"}, seen=seen))
    with pytest.raises(ChangedElsewhere):
        do(case, lambda s: versions.rename(s, made.id, values={"title": "After it"}, seen=seen))
    with pytest.raises(Invalid):
        do(case, lambda s: versions.rename(s, made.id, values={"title": " "}))
    assert [one.title for one in listed(case)] == ["Before the workshop"]


def test_a_version_outlives_its_meeting(case: uuid.UUID) -> None:
    meeting = do(case, lambda s: meetings.plan(s, case, title="CoP 1", starts_on="2021-09-15"))
    made = do(case, lambda s: versions.freeze(s, case))
    do(case, lambda s: meetings.remove(s, [meeting.id]))
    assert listed(case)[0].meeting_id is None
    do(case, undoing.undo)
    assert listed(case)[0].meeting_id == meeting.id
    with store.reading(eyes.PROGRAM) as session:
        planned = next(g for g in history.recent(session, case) if g.summary.startswith("Planned"))
    with pytest.raises(ChangedElsewhere, match="frozen after it"):
        do(case, lambda s: undoing.undo(s, planned.id))
    assert listed(case)[0].title == made.title


def test_a_viewer_freezes_nothing(case: uuid.UUID) -> None:
    with pytest.raises(NotAllowed):
        do(case, lambda s: versions.freeze(s, case), EVE)


def test_too_many_words_are_refused(case: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    two_tied(case)
    first = do(case, lambda s: versions.freeze(s, case))
    monkeypatch.setattr(versions, "LARGEST_TOGETHER", len(first.content) + 10)
    with pytest.raises(Invalid, match="Delete one"):
        do(case, lambda s: versions.freeze(s, case))
    assert len(listed(case)) == 1


def test_who_moved_somebody_last_is_known(case: uuid.UUID) -> None:
    one, other = two_tied(case)
    do(case, lambda s: stakeholders.move(s, one, power=9, interest=9))
    with store.reading(eyes.PROGRAM) as session:
        moved = versions.last_moved(session, [one, other])
    assert [moved[one][0], list(moved)] == ["Ann", [one]]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"stakeholders": [], "relations": []',
        '{"stakeholders": [1], "relations": []}',
        '{"stakeholders": [{"id": "a", "name": "A", "power": 11}], "relations": []}',
        '{"stakeholders": [{"id": "a", "name": "A", "power": NaN}], "relations": []}',
        '{"stakeholders": [{"id": "a", "name": ["A"]}], "relations": []}',
        '{"stakeholders": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}], "relations": []}',
        '{"stakeholders": [], "relations": [{"id": "t", "from_id": "a", "to_id": "b"}]}',
        '{"stakeholders": [], "relations": [], "more": 1}',
        '{"stakeholders": [{"id": "a", "name": "A"}], "relations": []}',
        f'{{"stakeholders": [{{"id": "{uuid.uuid4()}", "name": "\\ud800"}}], "relations": []}}',
        '{"stakeholders": [], "relations": [], "measures": {"density": "much"}}',
        '{"stakeholders": [], "relations": [], "measures": {"density": 1e999}}',
        "[" * 100_000,
    ],
)
def test_a_map_in_a_file_that_cannot_be_is_refused(content: str) -> None:
    with pytest.raises(Invalid):
        versions.checked(content)


def test_a_version_travels_in_the_case_study_file(case: uuid.UUID) -> None:
    two_tied(case)
    do(case, lambda s: meetings.plan(s, case, title="CoP 1", starts_on="2021-09-15"))
    made = do(case, lambda s: versions.freeze(s, case))
    with store.reading(eyes.PROGRAM) as session:
        data = case_files.export(session, case)
    do(case, lambda s: versions.remove(s, [made.id]))
    do(case, undoing.undo)
    with store.reading(eyes.PROGRAM) as session:
        content = case_files.read(data).content
    assert content.rows["version"][str(made.id)]["content"] == made.content
    assert content.rows["version"][str(made.id)]["frozen_at"] == str(made.frozen_at)

"""Freezing and comparing on the screens, on a real store."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import eyes, people, stakeholders, store, versions
from copdash.models import Role
from copdash.roles import PROGRAM
from copdash.ui.habits import sessions

PAGE = "mapping/versions.py"
GRID = "mapping/power_interest.py"
Started = Callable[..., AppTest]


def add(case: uuid.UUID, name: str, **values: Any) -> uuid.UUID:
    with store.writing(PROGRAM, case) as session:
        return stakeholders.add(session, case, name=name, **values).id


def do(case: uuid.UUID, change: Callable[..., Any]) -> Any:
    with store.writing(PROGRAM, case) as session:
        return change(session)


def listed(case: uuid.UUID) -> list[versions.Frozen]:
    with store.reading(eyes.PROGRAM) as session:
        return versions.of_case(session, case)


def said(test: AppTest) -> str:
    return " ".join(str(one.value) for one in [*test.text, *test.caption, *test.markdown])


def button(test: AppTest, label: str) -> Any:
    (found,) = [one for one in test.button if one.label == label]
    return found


def test_freezing_is_one_click_and_the_version_can_be_named_afterwards(started: Started, empty_case: uuid.UUID) -> None:
    add(empty_case, "Province", power=3, interest=3)
    test = started(GRID, empty_case)
    button(test, "Freeze").click().run()
    assert not test.exception
    (one,) = listed(empty_case)
    (title,) = [field for field in test.text_input if str(field.key).startswith(f"version.{one.id}.title.")]
    assert title.value == one.title
    title.set_value("Before the workshop").run()
    assert listed(empty_case)[0].title == "Before the workshop"


def test_comparing_is_one_click_and_one_click_ends_it(started: Started, empty_case: uuid.UUID) -> None:
    who = add(empty_case, "Province", power=3, interest=3)
    do(empty_case, lambda s: versions.freeze(s, empty_case))
    do(empty_case, lambda s: stakeholders.move(s, who, power=8, interest=8))
    gone = add(empty_case, "Farm", power=1, interest=1)
    do(empty_case, lambda s: stakeholders.remove(s, [gone]))
    test = started(GRID, empty_case)
    assert "1 moved" not in said(test)
    button(test, "Compare").click().run()
    assert not test.exception
    assert "1 moved" in said(test)
    button(test, "Compare").click().run()
    assert "1 moved" not in said(test)


def test_without_a_version_there_is_nothing_to_compare(started: Started, empty_case: uuid.UUID) -> None:
    add(empty_case, "Province")
    assert button(started(GRID, empty_case), "Compare").disabled


def test_a_viewer_compares_and_does_not_freeze(started: Started, empty_case: uuid.UUID) -> None:
    add(empty_case, "Province", power=3, interest=3)
    do(empty_case, lambda s: versions.freeze(s, empty_case))
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="eve", name="Eve", role=Role.VIEWER.value)
    for page in (GRID, PAGE):
        test = started(page, empty_case, token="eve")
        assert not test.exception
        assert "Freeze" not in [one.label for one in test.button]
        assert "Delete" not in [one.label for one in test.button]
    test = started(GRID, empty_case, token="eve")
    button(test, "Compare").click().run()
    assert "Nothing has changed" in said(test)


def test_two_versions_are_told_apart_in_words_and_as_a_table(started: Started, empty_case: uuid.UUID) -> None:
    who = add(empty_case, "Province", power=3, interest=3)
    do(empty_case, lambda s: versions.freeze(s, empty_case, title="First"))
    do(empty_case, lambda s: stakeholders.move(s, who, power=8, interest=8))
    do(empty_case, lambda s: versions.freeze(s, empty_case, title="Second"))
    add(empty_case, "Farm")
    test = started(PAGE, empty_case)
    assert not test.exception
    assert "Province moved to «Manage closely»" in said(test)
    assert "Farm is new on the list" in said(test)
    assert list(test.dataframe[0].value["Stakeholder"]) == ["Farm", "Province"]
    second = next(str(one.id) for one in listed(empty_case) if one.title == "Second")
    test.selectbox(key="versions.to").set_value(second).run()
    assert list(test.dataframe[0].value["Stakeholder"]) == ["Province"]


def test_a_version_is_deleted_and_undo_brings_it_back(started: Started, empty_case: uuid.UUID) -> None:
    add(empty_case, "Province", power=3, interest=3)
    test = started(PAGE, empty_case)
    button(test, "Freeze the map as it is").click().run()
    (one,) = listed(empty_case)
    test.button(key=f"version.{one.id}.delete").click().run()
    assert not test.exception
    assert listed(empty_case) == []
    button(test, "Undo").click().run()
    assert [again.id for again in listed(empty_case)] == [one.id]


def test_the_screens_open_for_nothing_much_and_the_unknown(
    started: Started, empty_case: uuid.UUID, large_case: uuid.UUID
) -> None:
    test = started(PAGE, empty_case)
    assert not test.exception
    assert "Who has moved since the last meeting?" in said(test)
    do(large_case, lambda s: versions.freeze(s, large_case))
    assert not started(PAGE, large_case).exception
    assert not started(PAGE, uuid.uuid4()).exception


def test_names_hidden_show_nothing_of_an_earlier_map(started: Started, empty_case: uuid.UUID) -> None:
    gone = add(empty_case, "Canary", power=1, interest=1)
    version = do(empty_case, lambda s: versions.freeze(s, empty_case, title="Canary's version"))
    do(empty_case, lambda s: stakeholders.remove(s, [gone]))
    add(empty_case, "Province", power=1, interest=1)
    test = started(GRID, empty_case)
    test.session_state[sessions.COMPARED] = str(version.id)
    test.session_state[sessions.NAMES_HIDDEN] = True
    test.run()
    assert not test.exception
    assert "Canary" not in said(test)
    assert "Canary" not in str([one.label for one in test.button])

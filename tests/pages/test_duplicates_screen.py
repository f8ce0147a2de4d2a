"""The queue of likely duplicates, without a browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from copdash import case_studies, eyes, people, stakeholders, store
from copdash.models import Role, Stakeholder
from copdash.roles import PROGRAM, Actor

Start = Callable[..., AppTest]
PAGE = "mapping/duplicates.py"


def add(case: uuid.UUID, name: str, **values: Any) -> uuid.UUID:
    with store.writing(PROGRAM, case) as session:
        return stakeholders.add(session, case, name=name, **values).id


def names(case: uuid.UUID) -> list[str]:
    with store.reading(eyes.PROGRAM) as session:
        return [row.name for row in stakeholders.of_case(session, case)]


def words(test: AppTest) -> str:
    return "\n".join(
        [found.value for found in (*test.markdown, *test.caption, *test.text)]
        + [found.proto.body for found in test.get("html")]
    ).replace("\\", "")


@pytest.fixture
def twice(empty_case: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    first = add(empty_case, "City council", power=7, interest=6, notes="First", group="Regulators", role="Permits")
    second = add(empty_case, "Cty council", power=3, interest=4, notes="Second", group="Regulators", country="Spain")
    return first, second


@pytest.mark.parametrize("which", ["example", "empty_case", "large_case"])
def test_the_screen_shows_whatever_the_case_study_holds(
    started: Start, which: str, request: pytest.FixtureRequest
) -> None:
    test = started(PAGE, request.getfixturevalue(which))
    assert not test.exception
    assert [found.value for found in test.subheader] == ["Likely duplicates"]


def test_where_nobody_looks_alike_it_says_what_would_wait_here(started: Start, empty_case: uuid.UUID) -> None:
    assert "No two stakeholders look like the same one" in words(started(PAGE, empty_case))


def test_what_differs_is_chosen_and_what_only_one_says_stays(
    started: Start, empty_case: uuid.UUID, twice: tuple[uuid.UUID, uuid.UUID]
) -> None:
    test = started(PAGE, empty_case)
    assert [found.label for found in test.radio if found.label not in ("You are here as",)] == [
        "Name",
        "Power and interest",
        "Notes",
    ]
    assert "Both say: Group: Regulators" in words(test)
    assert "Role: Permits · Country: Spain" in words(test)
    radios = {found.label: found for found in test.radio}
    radios["Power and interest"].set_value(1)
    radios["Notes"].set_value(2)
    test.button(key="comparison.merge").click().run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        kept = session.get(Stakeholder, twice[0])
        assert session.get(Stakeholder, twice[1]) is None
    assert kept is not None
    assert (kept.name, kept.power, kept.interest, kept.notes) == ("City council", 3, 4, "First\nSecond")
    assert (kept.role, kept.country) == ("Permits", "Spain")
    assert "Cty council was merged into City council" in words(test)
    test.button(key="changes.undo").click().run()
    assert names(empty_case) == ["City council", "Cty council"]
    assert "1 to look at" in words(test)


def test_different_ones_are_not_asked_again_unless_somebody_wants_so(
    started: Start, empty_case: uuid.UUID, twice: tuple[uuid.UUID, uuid.UUID]
) -> None:
    test = started(PAGE, empty_case)
    test.button(key="comparison.different").click().run()
    assert names(empty_case) == ["City council", "Cty council"]
    assert "No two stakeholders look like the same one" in words(test)
    next(found for found in test.button if found.label == "Ask again").click().run()
    assert "1 to look at" in words(test)


def test_later_puts_a_pair_at_the_end_of_the_queue(started: Start, empty_case: uuid.UUID) -> None:
    for name in ("City council", "City council", "Port authority", "Port authority"):
        add(empty_case, name)
    test = started(PAGE, empty_case)
    shown = [found.proto.body for found in test.get("html") if "comparison-sides" in found.proto.body]
    assert "City council" in shown[0]
    for other in ("Port authority", "City council"):
        test.button(key="comparison.later").click().run()
        shown = [found.proto.body for found in test.get("html") if "comparison-sides" in found.proto.body]
        assert other in shown[0]


def test_the_same_one_in_another_case_study_is_linked_and_both_stay(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        other = case_studies.begin(session, title="Elsewhere").id
    add(empty_case, "Port authority")
    add(other, "Port authority")
    test = started(PAGE, empty_case)
    assert "in Elsewhere" in words(test)
    assert "comparison.merge" not in [found.key for found in test.button]
    test.button(key="comparison.same").click().run()
    assert names(empty_case) == names(other) == ["Port authority"]
    assert "the same, in another case study" in words(test)


def test_what_was_changed_meanwhile_is_not_merged_away(
    started: Start, empty_case: uuid.UUID, twice: tuple[uuid.UUID, uuid.UUID]
) -> None:
    test = started(PAGE, empty_case)
    with store.writing(Actor(uuid.UUID(int=5), "Ben", Role.KWR), empty_case) as session:
        stakeholders.edit(session, twice[1], values={"stake": "Drinks the water"})
    test.button(key="comparison.merge").click().run()
    assert len(names(empty_case)) == 2
    assert "was changed meanwhile by Ben" in test.toast[0].value.replace("\\", "")


def test_a_viewer_sees_and_decides_nothing(
    started: Start, empty_case: uuid.UUID, twice: tuple[uuid.UUID, uuid.UUID]
) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="viewer's", name="Eve", role=Role.VIEWER.value)
    test = started(PAGE, empty_case, token="viewer's")
    assert test.button(key="comparison.merge").disabled
    assert test.button(key="comparison.different").disabled

"""Choosing the CoP, without a browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, cast

import pytest
from streamlit.testing.v1 import AppTest

from copdash import eyes, people, stakeholders, store
from copdash.models import Role, Stakeholder
from copdash.roles import PROGRAM, Actor

Start = Callable[..., AppTest]
PAGE = "mapping/membership.py"


def add(case: uuid.UUID, name: str, **values: Any) -> uuid.UUID:
    with store.writing(PROGRAM, case) as session:
        return stakeholders.add(session, case, name=name, **values).id


def membership(row_id: uuid.UUID) -> str:
    with store.reading(eyes.PROGRAM) as session:
        row = session.get(Stakeholder, row_id)
    assert row is not None
    return row.membership


def choices(test: AppTest) -> dict[str, Any]:
    found = (one for one in cast(Any, test.get("button_group")) if one.label.startswith("Membership of"))
    return {one.label.replace("\\", "").removeprefix("Membership of "): one for one in found}


def words(test: AppTest) -> str:
    return "\n".join([found.value for found in test.markdown] + [found.proto.body for found in test.get("html")])


@pytest.fixture
def rated(empty_case: uuid.UUID) -> dict[str, uuid.UUID]:
    close = {"power": 8, "interest": 8}
    return {
        "Water company": add(empty_case, "Water company", group="Utilities", membership="Core", **close),
        "River authority": add(empty_case, "River authority", group="Regulators", **close),
        "Radio": add(empty_case, "Radio", group="Civil society", power=1, interest=1),
        "Farmers": add(empty_case, "Farmers", group="End users"),
    }


@pytest.mark.parametrize("which", ["example", "empty_case", "large_case"])
def test_the_screen_shows_whatever_the_case_study_holds(
    started: Start, which: str, request: pytest.FixtureRequest
) -> None:
    test = started(PAGE, request.getfixturevalue(which))
    assert not test.exception
    assert [found.value for found in test.subheader] == ["Choose the CoP"]


def test_an_empty_case_study_says_where_to_begin(started: Start, empty_case: uuid.UUID) -> None:
    assert "Who belongs into the Community of Practice?" in words(started(PAGE, empty_case))


def test_those_to_manage_closely_come_first_and_the_others_by_the_filters(
    started: Start, empty_case: uuid.UUID, rated: dict[str, uuid.UUID]
) -> None:
    test = started(PAGE, empty_case)
    assert list(choices(test)) == ["Water company", "River authority"]
    test.selectbox(key="membership.where").set_value("Monitor").run()
    assert list(choices(test)) == ["Radio"]
    test.selectbox(key="membership.where").set_value("Not yet rated").run()
    assert list(choices(test)) == ["Farmers"]
    test.selectbox(key="membership.where").set_value("All").run()
    assert set(choices(test)) == set(rated)
    test.text_input(key="membership.text").set_value("river").run()
    assert list(choices(test)) == ["River authority"]
    test.selectbox(key="membership.group").set_value("Utilities").run()
    assert "Nobody stands here" in test.info[0].value


def test_one_click_makes_a_member_and_says_how_the_diversity_changes(
    started: Start, empty_case: uuid.UUID, rated: dict[str, uuid.UUID]
) -> None:
    test = started(PAGE, empty_case)
    assert "Diversity 0.00 → 0.50: regulators join" in words(test)
    choices(test)["River authority"].select("Active").run()
    assert membership(rated["River authority"]) == "Active"
    assert "Last choice: **Diversity 0.00 → 0.50: regulators join**" in words(test)
    assert [found.value for found in test.metric] == ["2", "0.50"]
    assert "Without: diversity 0.50 → 0.00: regulators are gone" in words(test)
    test.button(key="changes.undo").click().run()
    assert membership(rated["River authority"]) == ""
    assert choices(test)["River authority"].value is None


def test_a_second_click_takes_the_membership_off(
    started: Start, empty_case: uuid.UUID, rated: dict[str, uuid.UUID]
) -> None:
    test = started(PAGE, empty_case)
    assert choices(test)["Water company"].value == "Core"
    choices(test)["Water company"].set_value(None).run()
    assert membership(rated["Water company"]) == ""


def test_what_somebody_chose_meanwhile_is_told_and_shown(
    started: Start, empty_case: uuid.UUID, rated: dict[str, uuid.UUID]
) -> None:
    test = started(PAGE, empty_case)
    with store.writing(Actor(uuid.UUID(int=5), "Ben", Role.KWR), empty_case) as session:
        stakeholders.edit(session, rated["River authority"], values={"membership": "Declined"})
    choices(test)["River authority"].select("Core").run()
    assert membership(rated["River authority"]) == "Declined"
    assert "changed meanwhile by Ben" in test.toast[0].value.replace("\\", "")
    assert choices(test)["River authority"].value == "Declined"


def test_a_viewer_sees_and_chooses_nothing(started: Start, empty_case: uuid.UUID, rated: dict[str, uuid.UUID]) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="viewer's", name="Eve", role=Role.VIEWER.value)
    test = started(PAGE, empty_case, token="viewer's")
    assert all(found.disabled for found in choices(test).values())


def test_five_hundred_come_in_pages(started: Start, large_case: uuid.UUID) -> None:
    test = started(PAGE, large_case)
    test.selectbox(key="membership.where").set_value("All").run()
    assert len(choices(test)) == 25
    assert "1 to 25 of 500" in words(test)


def test_names_stay_words(started: Start, empty_case: uuid.UUID) -> None:
    add(empty_case, "<img src=x onerror=alert(1)> **bold**", power=8, interest=8)
    said = words(started(PAGE, empty_case))
    assert "&lt;img src=x" in said
    assert "<img src=x" not in said

"""Who is missing, and the strip above the list, without a browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, cast

import pytest
from streamlit.testing.v1 import AppTest

from copdash import stakeholders, store
from copdash.models import Group
from copdash.roles import PROGRAM

Start = Callable[..., AppTest]
PAGE = "mapping/composition.py"
LIST = "mapping/stakeholders.py"


def add(case: uuid.UUID, name: str, **values: Any) -> uuid.UUID:
    with store.writing(PROGRAM, case) as session:
        return stakeholders.add(session, case, name=name, **values).id


def words(test: AppTest) -> str:
    return "\n".join(found.value for found in test.markdown)


@pytest.mark.parametrize("which", ["example", "empty_case", "large_case"])
def test_the_screen_shows_whatever_the_case_study_holds(
    started: Start, which: str, request: pytest.FixtureRequest
) -> None:
    test = started(PAGE, request.getfixturevalue(which))
    assert not test.exception
    assert [found.value for found in test.subheader] == ["Missing voices"]


def test_an_unknown_case_study_is_said_in_a_sentence(started: Start) -> None:
    assert "not in the store" in started(PAGE, uuid.uuid4()).info[0].value


def test_an_empty_case_study_says_where_to_begin(started: Start, empty_case: uuid.UUID) -> None:
    assert "Whose voice is missing?" in words(started(PAGE, empty_case))


def test_groups_with_nobody_are_named_first_for_the_list_and_then_for_the_cop(
    started: Start, empty_case: uuid.UUID
) -> None:
    add(empty_case, "Water company", group="Utilities", membership="Core")
    add(empty_case, "River authority", group="Regulators", membership="Invited")
    test = started(PAGE, empty_case)
    said = words(test)
    assert said.index("Nobody on the list") < said.index(":red-badge[Civil society]")
    assert said.index("On the list, not in the CoP") < said.index(":orange-badge[Regulators]")
    assert [found.label for found in test.metric] == ["Diversity · CoP members: 1", "Diversity · Whole list: 2"]
    assert [found.value for found in test.metric] == ["0.00", "0.50"]
    assert "50 times in 100 they are from different groups" in said
    assert "**0.816**" in said


def test_invited_ones_count_as_members_if_somebody_chooses_so(started: Start, empty_case: uuid.UUID) -> None:
    add(empty_case, "Water company", group="Utilities", membership="Core")
    add(empty_case, "River authority", group="Regulators", membership="Invited")
    test = started(PAGE, empty_case)
    also = next(found for found in cast(Any, test.get("button_group")) if found.label == "Count as CoP members also")
    also.select("Invited").run()
    assert test.metric[0].label == "Diversity · CoP members: 2"
    assert "On the list, not in the CoP" not in words(test)


@pytest.mark.parametrize(("by", "lines"), [("group", 12), ("helix", 5), ("scale", 5), ("sector", 7)])
def test_the_table_has_every_value_with_its_zero_beside_the_other_case_studies(
    started: Start, example: uuid.UUID, by: str, lines: int
) -> None:
    test = started(PAGE, example)
    choice = next(found for found in cast(Any, test.get("button_group")) if found.label == "By")
    choice.select(by).run()
    assert not test.exception
    table = test.dataframe[0].value
    assert len(table) == lines
    assert table.iloc[-1, 0] == "Not set"
    assert "Other case studies, mean" in table
    assert ("NextGen" in table) == (by == "sector")


def test_the_strip_above_the_list_names_the_missing_groups_and_counts_duplicates(
    started: Start, empty_case: uuid.UUID
) -> None:
    assert not [found for found in started(LIST, empty_case).get("page_link") if "Missing" in found.proto.label]
    for group in Group.values()[:-1]:
        add(empty_case, f"Somebody of {group}", group=group)
    add(empty_case, "City council")
    add(empty_case, "City council")
    labels = [found.proto.label for found in started(LIST, empty_case).get("page_link")]
    assert "Missing: Civil society" in labels
    assert "1 likely duplicate" in labels

"""The list's page on its own: with the example, empty, with an unknown case study, with many rows."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import case_studies, eyes, people, register, stakeholders, store
from copdash.fields import STAKEHOLDER
from copdash.models import CaseStudy, Group, Role
from copdash.roles import PROGRAM

Start = Callable[..., AppTest]
PAGE = "mapping/stakeholders.py"


def board(test: AppTest) -> dict[str, Any]:
    """What the list board was given."""
    mounted = [
        found.proto for found in test.get("bidi_component") if found.proto.component_name == "copdash.list_board"
    ]
    assert len(mounted) == 1
    given: dict[str, Any] = json.loads(mounted[0].json)
    return given


def test_the_board_gets_every_stakeholder_in_the_order_of_the_list(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    assert not test.exception
    given = board(test)
    with store.reading(eyes.PROGRAM) as session:
        expected = [row.name for row in stakeholders.of_case(session, example)]
    assert [row["name"] for row in given["stakeholders"]] == expected
    assert len(expected) > 15
    assert given["editable"] is True
    fields = {column["name"] for column in given["columns"]}
    assert all(set(row) == {"id", *fields} for row in given["stakeholders"])


def test_the_board_knows_the_columns_and_the_marks_of_all_groups(started: Start, example: uuid.UUID) -> None:
    given = board(started(PAGE, example))
    hidden = register.hidden(CaseStudy())
    assert [column["name"] for column in given["columns"]] == [name for name in STAKEHOLDER if name not in hidden]
    assert next(column for column in given["columns"] if column["name"] == "group")["choices"] == Group.values()
    for theme in ("light", "dark"):
        assert set(given["legend"][theme]) >= set(Group.values())


def test_the_board_gets_the_fields_that_the_case_study_shows_under_its_labels(
    started: Start, example: uuid.UUID
) -> None:
    with store.writing(PROGRAM, example) as session:
        register.show(session, example, "legitimacy", shown=True)
        register.show(session, example, "notes", shown=False)
        register.rename(session, example, "role", label="Function", seen="")
    given = board(started(PAGE, example))
    columns = {column["name"]: column for column in given["columns"]}
    assert "legitimacy" in columns
    assert "notes" not in columns
    assert (columns["role"]["label"], columns["role"]["standard"]) == ("Function", "Role")
    assert all("notes" not in row and "legitimacy" in row for row in given["stakeholders"])


def test_an_unknown_case_study_is_said_to_be_unknown(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, uuid.uuid4())
    assert not test.exception
    assert any("not in the store" in info.value for info in test.info)
    assert not test.get("bidi_component")


def test_an_empty_list_says_what_it_is_for_and_offers_the_example_where_it_is_absent(
    started: Start, empty_case: uuid.UUID
) -> None:
    test = started(PAGE, empty_case)
    assert not test.exception
    assert any("Who has a stake" in text.value for text in test.markdown)
    assert board(test)["stakeholders"] == []
    test.button(key="empty.example").click().run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        assert len(case_studies.listed(session)) == 10
    assert not [button for button in test.button if button.key == "empty.example"]


def test_a_list_that_is_begun_does_not_lecture(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, empty_case) as session:
        stakeholders.add(session, empty_case, name="Brewery")
    test = started(PAGE, empty_case)
    assert not any("Who has a stake" in text.value for text in test.markdown)
    assert [row["name"] for row in board(test)["stakeholders"]] == ["Brewery"]


def test_five_hundred_stakeholders_are_all_there(started: Start, large_case: uuid.UUID) -> None:
    test = started(PAGE, large_case)
    assert not test.exception
    assert len(board(test)["stakeholders"]) == 500


def test_a_viewer_is_given_a_board_that_cannot_be_edited(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="looks on", name="Ineke", role=Role.VIEWER.value)
    test = started(PAGE, empty_case, token="looks on")
    assert not test.exception
    assert board(test)["editable"] is False
    assert not [button for button in test.button if button.key == "empty.example"]

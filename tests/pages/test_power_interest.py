"""The power-interest screen and the card beside it, without a browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from copdash import case_studies, eyes, history, people, register, stakeholders, store, undoing
from copdash.fields import STAKEHOLDER
from copdash.models import Role, Stakeholder
from copdash.roles import PROGRAM, Actor
from copdash.ui.habits import sessions
from copdash.ui.mapping import card

Start = Callable[..., AppTest]
PAGE = "mapping/power_interest.py"


def one(case: uuid.UUID, **values: Any) -> uuid.UUID:
    with store.writing(PROGRAM, case) as session:
        return stakeholders.add(session, case, **{"name": "Province", **values}).id


def stored(row_id: uuid.UUID) -> Stakeholder:
    with store.reading(eyes.PROGRAM) as session:
        row = session.get(Stakeholder, row_id)
    assert row is not None
    return row


def with_card(test: AppTest, row_id: uuid.UUID) -> AppTest:
    test.session_state[sessions.SELECTED] = str(row_id)
    test.run()
    assert not test.exception
    return test


def widget(test: AppTest, kind: str, label: str) -> Any:
    return next(found for found in getattr(test, kind) if found.label == label)


def told(test: AppTest) -> str:
    return test.toast[0].value.replace("\\", "")


@pytest.mark.parametrize("which", ["example", "empty_case", "large_case"])
def test_the_screen_shows_whatever_the_case_study_holds(
    started: Start, which: str, request: pytest.FixtureRequest
) -> None:
    test = started(PAGE, request.getfixturevalue(which))
    assert not test.exception
    assert [found.value for found in test.subheader] == ["Power-interest grid"]


def test_an_unknown_case_study_is_said_in_a_sentence(started: Start) -> None:
    test = started(PAGE, uuid.uuid4())
    assert not test.exception
    assert "not in the store" in test.info[0].value


def test_an_empty_case_study_says_where_to_begin_and_offers_the_example(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    assert any("Who has power" in found.value for found in test.markdown)
    assert "Load the example" in [found.label for found in test.button]


def test_an_id_that_is_nobodys_opens_no_card(started: Start, empty_case: uuid.UUID) -> None:
    one(empty_case)
    test = with_card(started(PAGE, empty_case), uuid.uuid4())
    assert "Name" not in [found.label for found in test.text_input]


def test_a_field_changed_in_the_card_is_saved_and_logged(started: Start, empty_case: uuid.UUID) -> None:
    row_id = one(empty_case)
    test = with_card(started(PAGE, empty_case), row_id)
    widget(test, "text_area", "Rationale").set_value("Grants the permit").run()
    widget(test, "selectbox", "Group").set_value("Regulators").run()
    assert (stored(row_id).rationale, stored(row_id).group) == ("Grants the permit", "Regulators")
    with store.reading(eyes.PROGRAM) as session:
        lines = [(entry.actor_name, entry.label, entry.after) for entry in history.of_subject(session, row_id)]
    assert lines[:2] == [("Marta", "Group", "Regulators"), ("Marta", "Rationale", "Grants the permit")]
    assert any("Group: not set → Regulators" in found.value for found in test.text)


def test_a_refused_value_is_told_and_the_field_shows_the_truth(started: Start, empty_case: uuid.UUID) -> None:
    row_id = one(empty_case)
    test = with_card(started(PAGE, empty_case), row_id)
    widget(test, "text_input", "Name").set_value("").run()
    assert "Name: type something" in told(test)
    assert widget(test, "text_input", "Name").value == "Province"
    assert stored(row_id).name == "Province"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_and_both_values_are_told(
    started: Start, empty_case: uuid.UUID
) -> None:
    row_id = one(empty_case, power=8.0, interest=2.0)
    test = with_card(started(PAGE, empty_case), row_id)
    with store.writing(PROGRAM, empty_case) as session:
        stakeholders.edit(session, row_id, values={"power": 6.0})
    widget(test, "slider", "Power").set_value(3.0).run()
    assert "you saw 8 and gave 3, now it is 6" in told(test)
    assert widget(test, "slider", "Power").value == 6.0
    assert stored(row_id).power == 6.0


def test_an_edit_of_the_same_field_by_somebody_else_shows_up(started: Start, empty_case: uuid.UUID) -> None:
    row_id = one(empty_case, power=8.0, interest=2.0)
    test = with_card(started(PAGE, empty_case), row_id)
    with store.writing(PROGRAM, empty_case) as session:
        stakeholders.edit(session, row_id, values={"power": 6.0, "name": "The province"})
    test.run()
    assert widget(test, "slider", "Power").value == 6.0
    assert widget(test, "text_input", "Name").value == "The province"


def test_what_was_refused_or_changed_elsewhere_gets_a_new_widget_and_own_edits_keep_theirs(
    started: Start, empty_case: uuid.UUID
) -> None:
    """A widget whose state the program overwrites can send its old value once more, and save it over the new one."""
    row_id = one(empty_case)
    test = with_card(started(PAGE, empty_case), row_id)
    first = widget(test, "text_area", "Rationale").key
    widget(test, "text_area", "Rationale").set_value("Grants the permit").run()
    assert widget(test, "text_area", "Rationale").key == first
    with store.writing(PROGRAM, empty_case) as session:
        stakeholders.edit(session, row_id, values={"rationale": "Pays for it"})
    test.run()
    second = widget(test, "text_area", "Rationale").key
    assert (widget(test, "text_area", "Rationale").value, second != first) == ("Pays for it", True)
    name = widget(test, "text_input", "Name").key
    widget(test, "text_input", "Name").set_value("").run()
    assert widget(test, "text_input", "Name").key != name
    assert stored(row_id).rationale == "Pays for it"


def test_empty_is_never_zero(started: Start, empty_case: uuid.UUID) -> None:
    row_id = one(empty_case, interest=4.0)
    test = with_card(started(PAGE, empty_case), row_id)
    assert [found.label for found in test.slider] == []
    assert widget(test, "number_input", "Power").value is None
    widget(test, "number_input", "Power").set_value(0.0).run()
    assert stored(row_id).power == 0.0
    assert widget(test, "slider", "Power").value == 0.0
    test.button(key=f"card.{row_id}.unrate").click().run()
    assert (stored(row_id).power, stored(row_id).interest) == (None, None)
    assert widget(test, "number_input", "Interest").value is None


def test_deleting_closes_the_card_and_undo_brings_the_stakeholder_back(started: Start, empty_case: uuid.UUID) -> None:
    row_id = one(empty_case)
    test = with_card(started(PAGE, empty_case), row_id)
    test.button(key=f"card.{row_id}.delete").click().run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        assert session.get(Stakeholder, row_id) is None
    assert test.session_state[sessions.SELECTED] is None
    test.button(key="changes.undo").click().run()
    assert stored(row_id).name == "Province"


def test_the_card_closes(started: Start, empty_case: uuid.UUID) -> None:
    test = with_card(started(PAGE, empty_case), one(empty_case))
    test.button(key="card.close").click().run()
    assert "Name" not in [found.label for found in test.text_input]


def test_a_viewer_reads_the_card_and_cannot_type_in_it(started: Start, empty_case: uuid.UUID) -> None:
    row_id = one(empty_case, power=8.0, interest=2.0)
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="kees", name="Kees", role=Role.VIEWER.value)
    test = with_card(started(PAGE, empty_case, token="kees"), row_id)
    fields = [*test.slider, *test.selectbox, *test.text_area, *test.text_input]
    assert {found.label for found in fields if not found.disabled} <= {"Case study"}
    assert widget(test, "slider", "Power").disabled
    assert f"card.{row_id}.delete" not in [found.key for found in test.button]


def test_the_names_of_the_quadrants_are_stored_logged_and_can_be_undone(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    test.session_state["grid_settings.popover"] = True
    test.run()
    widget(test, "radio", "Quadrant names").set_value("Dutch").run()
    with store.reading(eyes.PROGRAM) as session:
        assert case_studies.get(session, example).quadrant_names == "Dutch"
        assert history.recent(session, example)[0].summary == "Changed quadrant names of the case study"
    next(found for found in test.button if found.label == "Undo").click().run()
    test.session_state["grid_settings.popover"] = True
    test.run()
    assert widget(test, "radio", "Quadrant names").value == "Standard"


def test_the_trail_leaves_out_what_was_undone_and_small_steps(empty_case: uuid.UUID) -> None:
    row_id = one(empty_case, power=8.0, interest=2.0)
    leader = Actor(uuid.uuid4(), "Marta", Role.LEADER)
    for power, interest in ((6.0, 2.0), (6.1, 2.0), (1.0, 1.0)):
        with store.writing(leader, empty_case) as session:
            stakeholders.move(session, row_id, power=power, interest=interest)
    with store.reading(eyes.PROGRAM) as session:
        assert stakeholders.trail(session, row_id) == [(8.0, 2.0), (6.1, 2.0)]
    with store.writing(leader, empty_case) as session:
        undoing.undo(session)
    with store.reading(eyes.PROGRAM) as session:
        assert stakeholders.trail(session, row_id) == [(8.0, 2.0)]


def test_the_card_has_the_fields_that_the_case_study_shows_under_its_labels(
    started: Start, empty_case: uuid.UUID
) -> None:
    row_id = one(empty_case)
    with store.writing(PROGRAM, empty_case) as session:
        register.show(session, empty_case, "legitimacy", shown=True)
        register.show(session, empty_case, "themes", shown=False)
        register.rename(session, empty_case, "role", label="Function", seen="")
    test = with_card(started(PAGE, empty_case), row_id)
    texts = [found.label for found in test.text_input]
    assert "Function" in texts
    assert not {"Role", "Themes", "Expertise"} & set(texts)
    next(found for found in test.number_input if found.label == "Legitimacy").set_value(7.0).run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        assert stakeholders.of_case(session, empty_case)[0].legitimacy == 7


def test_every_field_has_its_place_on_the_card() -> None:
    placed = [field for lines in card.LINES.values() for line in lines for field in line]
    assert sorted([*placed, "name", "power", "interest"]) == sorted(STAKEHOLDER)


def test_the_card_of_an_organisation_leads_to_its_people_and_back(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, empty_case) as session:
        board = stakeholders.add(session, empty_case, name="Water board", kind="Organisation", power=5, interest=5).id
        anna = stakeholders.add(session, empty_case, name="Anna", kind="Person", organisation="water board").id
    test = with_card(started(PAGE, empty_case), board)
    test.button(key=f"card.open.{anna}").click().run()
    assert next(found for found in test.text_input if found.label == "Name").value == "Anna"
    assert next(found for found in test.text_input if found.label == "Organisation").value == "water board"
    test.button(key=f"card.open.{board}").click().run()
    assert next(found for found in test.text_input if found.label == "Name").value == "Water board"

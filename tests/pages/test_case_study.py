"""The screen of one case study: fields, a new one, archive, example."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import case_studies, examples, eyes, history, people, register, store
from copdash.models import Role
from copdash.roles import PROGRAM, Actor

Start = Callable[..., AppTest]
PAGE = "overview/case_study.py"


def field(test: AppTest, label: str) -> Any:
    return next(found for found in test.text_input if found.label == label)


def test_a_changed_title_is_saved_and_logged(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    box = next(found for found in test.text_input if found.value == "Empty water")
    box.set_value("Full water").run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        assert case_studies.get(session, empty_case).title == "Full water"
        entry = history.of_subject(session, empty_case)[0]
    assert (entry.actor_name, entry.label, entry.before, entry.after) == ("Marta", "Title", "Empty water", "Full water")


def test_an_empty_title_is_refused_with_a_sentence(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    next(found for found in test.text_input if found.value == "Empty water").set_value("").run()
    assert any("Title" in toast.value for toast in test.toast)
    assert "Empty water" in [found.value for found in test.text_input]
    with store.reading(eyes.PROGRAM) as session:
        assert case_studies.get(session, empty_case).title == "Empty water"


def test_what_a_file_may_bring_is_shown_as_it_is(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, empty_case) as session:
        case_studies.edit(
            session,
            empty_case,
            values={"time_zone": "Etc/GMT-1", "starts_on": "1985-04-01", "ends_on": "2150-01-01"},
        )
    test = started(PAGE, empty_case)
    assert not test.exception
    assert next(found for found in test.selectbox if found.value == "Etc/GMT-1").label == "Time zone"
    days = {found.label: str(found.value) for found in test.date_input}
    assert (days["Start"], days["End"]) == ("1985-04-01", "2150-01-01")
    with store.reading(eyes.PROGRAM) as session:
        assert case_studies.get(session, empty_case).time_zone == "Etc/GMT-1"


def test_a_day_that_is_refused_does_not_stay_on_the_screen(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, empty_case) as session:
        case_studies.edit(session, empty_case, values={"starts_on": "2021-04-01"})
    test = started(PAGE, empty_case)
    next(found for found in test.date_input if found.label == "End").set_value(dt.date(2020, 1, 1)).run()
    assert any("ends before it starts" in toast.value for toast in test.toast)
    assert next(found for found in test.date_input if found.label == "End").value is None


def test_a_viewer_is_not_offered_the_example(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="looks on", name="Ineke", role=Role.VIEWER.value)
    test = started(PAGE, empty_case, token="looks on")
    assert not test.exception
    assert "Load the example" not in [found.label for found in test.button]


def test_a_new_case_study_begins_with_a_title(started: Start) -> None:
    test = started(PAGE)
    test.text_input(key="case_study.new.title").set_value("CS10 Delft")
    next(button for button in test.button if button.label == "Begin").click().run()
    with store.reading(eyes.PROGRAM) as session:
        assert [row.title for row in case_studies.listed(session)] == ["CS10 Delft"]


def test_archiving_takes_it_off_the_lists_and_undo_brings_it_back(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    test.button(key=f"case_study.{empty_case}.archive").click().run()
    with store.reading(eyes.PROGRAM) as session:
        assert case_studies.listed(session) == []
    test.button(key="changes.undo").click().run()
    with store.reading(eyes.PROGRAM) as session:
        assert [row.id for row in case_studies.listed(session)] == [empty_case]


def test_removing_the_example_leaves_ones_own_case_studies(
    started: Start, example: uuid.UUID, empty_case: uuid.UUID
) -> None:
    test = started(PAGE, empty_case)
    test.button(key="case_study.no_example").click().run()
    with store.reading(eyes.PROGRAM) as session:
        assert [row.title for row in case_studies.listed(session)] == ["Empty water"]
    test.button(key="empty.example").click().run()
    with store.reading(eyes.PROGRAM) as session:
        assert len(case_studies.listed(session)) == 10
        assert examples.present(session)


def test_who_removes_the_example_is_told_that_changes_in_it_go_too(started: Start, example: uuid.UUID) -> None:
    def told(test: Any) -> bool:
        return any("One change that people made" in text.value for text in test.markdown)

    assert not told(started(PAGE, example))
    marta = Actor(uuid.uuid4(), "Marta", Role.LEADER)
    with store.writing(marta, example) as session:
        case_studies.edit(session, example, values={"place": "Elsewhere"})
    assert told(started(PAGE, example))


def test_a_viewer_is_not_offered_to_remove_the_example(started: Start, example: uuid.UUID) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        people.introduce(session, token="looks on", name="Ineke", role=Role.VIEWER.value)
    test = started(PAGE, example, token="looks on")
    assert "Remove the example" not in [found.label for found in test.button]


def test_an_unknown_case_study_gets_a_sentence(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, uuid.uuid4())
    assert not test.exception
    assert any("not in the store" in info.value for info in test.info)


def test_fields_of_stakeholders_are_ticked_and_renamed(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    assert not test.checkbox  # fifty widgets are made when somebody looks
    test.session_state["fields.open"] = True
    test.run()
    next(found for found in test.checkbox if found.label == "Legitimacy").check().run()
    field(test, "Label of Stake").set_value("Concern").run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        columns = register.all_columns(case_studies.get(session, empty_case))
        assert "legitimacy" in register.columns(case_studies.get(session, empty_case))
    assert columns["stake"].label == "Concern"
    assert next(found for found in test.checkbox if found.label == "Power").disabled


def test_a_label_that_another_field_has_is_refused_with_a_sentence(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    test.session_state["fields.open"] = True
    test.run()
    field(test, "Label of Stake").set_value("Interest").run()
    assert any("another field" in toast.value for toast in test.toast)
    assert field(test, "Label of Stake").value == ""


def test_two_case_studies_of_one_title_stay_apart(started: Start, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        second = case_studies.begin(session, title="Empty water").id
    test = started(PAGE, second)
    [chosen] = [box for box in test.selectbox if box.label == "Case study"]
    assert chosen.value == str(second)
    assert sorted(option for option in chosen.options if option.startswith("Empty")) == [
        "Empty water",
        "Empty water (2)",
    ]

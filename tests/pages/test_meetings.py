"""The roadmap's page on a real store: what it is told, and that nothing breaks it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import case_studies, eyes, history, meeting_series, meetings, milestones, stakeholders, store
from copdash.models import Meeting
from copdash.roles import PROGRAM
from copdash.ui.habits import sessions

PAGE = "roadmap/meetings.py"
Started = Callable[..., AppTest]


def a_meeting(case: uuid.UUID, **values: Any) -> Meeting:
    with store.writing(PROGRAM, case) as session:
        return meetings.plan(session, case, **{"title": "CoP 1", "kind": "CoP meeting", **values})


def field(test: AppTest, row: Meeting, name: str) -> Any:
    """The widget that shows this field of the card now."""
    shown = [*test.text_input, *test.text_area, *test.selectbox, *test.date_input, *test.multiselect]
    (found,) = [widget for widget in shown if str(widget.key).startswith(f"meeting.{row.id}.{name}.")]
    return found


def texts(test: AppTest) -> str:
    return " ".join(str(element.value) for element in [*test.caption, *test.text, *test.info])


def test_the_example_roadmap_opens_and_says_where_the_launch_stands(started: Started, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    assert not test.exception
    assert [header.value for header in test.subheader] == ["Roadmap"]
    assert "First CoP meeting 30 Sep 2021: inside the launch window" in texts(test)


def test_an_empty_case_study_opens_and_offers_the_example(started: Started, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    assert not test.exception
    assert "Load the example" in [button.label for button in test.button]


def test_an_unknown_case_study_says_so(started: Started, example: uuid.UUID) -> None:
    test = started(PAGE, uuid.uuid4())
    assert not test.exception
    assert "not in the store" in texts(test)


def test_five_hundred_stakeholders_can_be_invited_to_a_meeting(started: Started, large_case: uuid.UUID) -> None:
    row = a_meeting(large_case)
    test = started(PAGE, large_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    assert not test.exception
    assert len(field(test, row, "invited").options) == 500


def test_three_hundred_meetings_open(started: Started, empty_case: uuid.UUID) -> None:
    with store.writing(PROGRAM, empty_case) as session:
        for n in range(300):
            meetings.plan(session, empty_case, title=f"Meeting {n}", starts_on=f"2022-{n % 12 + 1:02}-{n % 28 + 1:02}")
    assert not started(PAGE, empty_case).exception


def test_a_field_of_the_card_is_saved_as_soon_as_it_is_changed(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case, starts_on="2021-11-03", ends_on="2021-11-04")
    test = started(PAGE, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    field(test, row, "place").set_value("Town hall").run()
    field(test, row, "certainty").set_value("Confirmed").run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        saved = session.get(Meeting, row.id)
        assert saved is not None
        assert (saved.place, saved.certainty, saved.title) == ("Town hall", "Confirmed", "CoP 1")


def test_another_start_in_the_card_takes_the_end_along(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case, starts_on="2021-11-03", ends_on="2021-11-04")
    test = started(PAGE, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    field(test, row, "starts_on").set_value("2021-12-01").run()
    with store.reading(eyes.PROGRAM) as session:
        saved = session.get(Meeting, row.id)
        assert saved is not None
        assert (str(saved.starts_on), str(saved.ends_on)) == ("2021-12-01", "2021-12-02")


def test_an_end_before_the_start_is_refused_and_the_card_shows_the_truth(
    started: Started, empty_case: uuid.UUID
) -> None:
    row = a_meeting(empty_case, starts_on="2021-11-03")
    test = started(PAGE, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    field(test, row, "ends_on").set_value("2021-11-01").run()
    assert "ends before it starts" in " ".join(toast.value for toast in test.toast)
    assert str(field(test, row, "ends_on").value) == "2021-11-03"


def test_a_viewer_sees_the_card_and_cannot_type_in_it(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case)
    test = started(PAGE, empty_case, token="a viewer's token")
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    assert field(test, row, "title").disabled
    assert "Delete" not in [button.label for button in test.button]


def test_what_was_refused_or_changed_elsewhere_gets_a_new_widget_and_own_edits_keep_theirs(
    started: Started, empty_case: uuid.UUID
) -> None:
    """A widget whose state the program overwrites can send its old value once more, and save it."""
    row = a_meeting(empty_case)
    test = started(PAGE, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    first = field(test, row, "place").key
    field(test, row, "place").set_value("Town hall").run()
    assert field(test, row, "place").key == first
    with store.writing(PROGRAM, empty_case) as session:
        meetings.edit(session, row.id, values={"place": "Library"}, seen={"place": "Town hall"})
    test.run()
    assert field(test, row, "place").value == "Library"
    assert field(test, row, "place").key != first
    with store.reading(eyes.PROGRAM) as session:
        assert [entry.after for entry in history.of_subject(session, row.id) if entry.label == "Place"] == [
            "Library",
            "Town hall",
        ]


def test_other_case_studies_are_shown_beside(started: Started, example: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        other = next(row for row in case_studies.listed(session) if row.id != example)
    test = started(PAGE, example)
    test.multiselect(key="meetings.beside").set_value([str(other.id)]).run()
    assert not test.exception
    assert test.multiselect(key="meetings.beside").value == [str(other.id)]


def test_names_that_look_like_markup_open(started: Started, empty_case: uuid.UUID) -> None:
    evil = "<script>alert(1)</script> **bold** [x](javascript:1) :red[y] $z$"
    with store.writing(PROGRAM, empty_case) as session:
        stakeholders.add(session, empty_case, name=evil)
        milestones.set_up(session, empty_case, title=evil, due_on="2021-10-01")
    row = a_meeting(empty_case, title=evil, place=evil)
    test = started(PAGE, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    assert not test.exception
    assert field(test, row, "title").value == evil


def test_who_came_is_clicked_one_by_one_or_all_at_once(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case, starts_on="2021-09-15", certainty="Held")
    with store.writing(PROGRAM, empty_case) as session:
        ids = [stakeholders.add(session, empty_case, name=name).id for name in ("Province", "Farmers", "Brewery")]
        session.flush()
        meetings.invite(session, row.id, stakeholder_ids=ids[:2])
    test = started(PAGE, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.session_state[f"meeting.{row.id}.attendance"] = True
    test.run()

    def came() -> set[uuid.UUID]:
        with store.reading(eyes.PROGRAM) as session:
            return set(meetings.attended(session, empty_case).get(row.id, []))

    def pills() -> Any:
        (found,) = [one for one in test.button_group if str(one.key).startswith(f"meeting.{row.id}.attended.")]
        return found

    pills().set_value([str(ids[0])]).run()
    assert came() == {ids[0]}
    test.button(key=f"meeting.{row.id}.attended.all").click().run()
    assert came() == set(ids[:2])
    assert sorted(pills().value) == sorted(str(one) for one in ids[:2])
    (other,) = [one for one in test.selectbox if str(one.key).startswith(f"meeting.{row.id}.attended.other")]
    other.set_value(str(ids[2])).run()
    assert came() == set(ids)
    assert "3 of 3 came" in texts(test)
    assert not test.exception


def opened(test: AppTest, row_id: object, section: str = "") -> None:
    test.session_state[sessions.OPENED] = str(row_id)
    if section:
        test.session_state[f"meeting.{row_id}.{section}"] = True
    test.run()


def planned_in(case: uuid.UUID) -> list[Meeting]:
    with store.reading(eyes.PROGRAM) as session:
        return meetings.of_case(session, case)


def test_a_series_of_check_ins_is_planned_moved_and_ended(started: Started, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    opened(test, "new")
    test.button_group(key="meeting.new.again").set_value("A series").run()
    test.date_input(key="meeting.series.first").set_value(dt.date(2021, 10, 5))
    test.date_input(key="meeting.series.until").set_value(dt.date(2021, 12, 28)).run()
    assert "4 meetings: 5 Oct 2021, 2 Nov 2021, 30 Nov 2021, 28 Dec 2021" in texts(test)
    test.button(key="meeting.series.plan").click().run()
    assert not test.exception
    rows = planned_in(empty_case)
    assert [(row.title, row.format) for row in rows] == [("Online check-in", "Online")] * 4

    opened(test, rows[1].id, "series")
    assert "2 of 4 in a series" in texts(test)
    test.button(key=f"meeting.series.{rows[1].id}.move").click().run()
    assert [str(row.starts_on) for row in planned_in(empty_case)] == [
        "2021-10-05",
        "2021-11-09",
        "2021-12-07",
        "2022-01-04",
    ]
    test.button(key=f"meeting.series.{rows[1].id}.end").click().run()
    assert len(planned_in(empty_case)) == 2
    test.button(key="changes.undo").click().run()
    assert len(planned_in(empty_case)) == 4
    assert not test.exception


def test_after_one_of_a_series_moved_the_later_ones_can_follow(started: Started, empty_case: uuid.UUID) -> None:
    days = [dt.date(2021, 10, 5), dt.date(2021, 11, 2), dt.date(2021, 11, 30)]
    with store.writing(PROGRAM, empty_case) as session:
        row = meeting_series.plan(session, empty_case, days=days, title="Check-in")[1]
    test = started(PAGE, empty_case)
    opened(test, row.id)
    field(test, row, "starts_on").set_value(dt.date(2021, 11, 4)).run()
    assert "2 days later now" in texts(test)
    test.button(key="meeting.series.follow").click().run()
    assert [str(one.starts_on) for one in planned_in(empty_case)] == ["2021-10-05", "2021-11-04", "2021-12-02"]
    assert "meeting.series.follow" not in [button.key for button in test.button]


def test_two_meetings_are_merged_with_a_choice_for_what_differs(started: Started, empty_case: uuid.UUID) -> None:
    kept = a_meeting(empty_case, title="CoP 2", starts_on="2021-11-03", goals="See the pilot", place="Town hall")
    gone = a_meeting(empty_case, title="CoP 3", starts_on="2022-02-10", goals="Talk costs", moderator="Kim")
    test = started(PAGE, empty_case)
    opened(test, kept.id, "merge")
    (other,) = [one for one in test.selectbox if one.key == f"meeting.{kept.id}.merge.other"]
    other.set_value(str(gone.id)).run()
    base = f"meeting.{kept.id}.merge.{gone.id}"
    test.radio(key=f"{base}.goals").set_value(2)
    test.radio(key=f"{base}.starts_on").set_value(1).run()
    test.button(key=f"meeting.{kept.id}.merge.do").click().run()
    assert not test.exception
    (row,) = planned_in(empty_case)
    assert (row.title, row.goals, row.place, row.moderator) == (
        "CoP 2",
        "See the pilot\nTalk costs",
        "Town hall",
        "Kim",
    )
    assert str(row.starts_on) == "2022-02-10"
    assert "CoP 3" in " ".join(str(line.value) for line in test.markdown)
    test.button(key="changes.undo").click().run()
    assert len(planned_in(empty_case)) == 2

"""All roadmaps on one screen."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import case_studies, eyes, meetings, store, words
from copdash.roles import PROGRAM

PAGE = "roadmap/roadmaps.py"
Started = Callable[..., AppTest]


def test_all_roadmaps_of_the_example_open_with_what_is_due_and_clashes(started: Started, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    assert not test.exception
    assert [header.value for header in test.subheader] == ["All roadmaps"]
    assert len(test.selectbox(key="roadmaps.open").options) == 9


def test_filters_leave_what_was_asked_for(started: Started, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    test.multiselect(key="roadmaps.countries").set_value(["Spain"]).run()
    assert not test.exception
    assert len(test.selectbox(key="roadmaps.open").options) == 2
    test.multiselect(key="roadmaps.states").set_value(["Agreed"]).run()
    assert not test.exception
    assert len(test.selectbox(key="roadmaps.open").options) == 0


def test_a_case_study_without_meetings_opens(started: Started, empty_case: uuid.UUID) -> None:
    assert not started(PAGE, empty_case).exception


def test_a_hundred_case_studies_with_thirty_meetings_each_open(started: Started, empty_case: uuid.UUID) -> None:
    for number in range(100):
        with store.writing(PROGRAM, undoable=False) as session:
            case = case_studies.begin(session, title=f"Case {number:03}").id
            session.flush()
            for n in range(30):
                meetings.plan(
                    session, case, title=f"CoP {n}", starts_on=f"202{n % 4 + 1}-{n % 12 + 1:02}-{n % 28 + 1:02}"
                )
    test = started(PAGE, empty_case)
    assert not test.exception


def test_each_filter_leaves_what_it_says(started: Started, example: uuid.UUID) -> None:
    test = started(PAGE, example)

    def lines() -> list[str]:
        (board,) = [one for one in test.get("bidi_component") if "roadmap_board" in str(one.proto)]
        sent = json.loads(board.proto.json or board.proto.mixed.json)
        return [line for other in sent["others"] for line in other["rows"].splitlines()]

    everything = len(lines())
    for key, value in (
        ("roadmaps.kinds", "Training"),
        ("roadmaps.themes", "Governance barriers"),
        ("roadmaps.certainties", "Cancelled"),
        ("roadmaps.countries", "Spain"),
        ("roadmaps.launches", "After the launch window"),
    ):
        test.multiselect(key=key).set_value([value]).run()
        assert not test.exception
        assert 0 < len(lines()) < everything
        test.multiselect(key=key).set_value([]).run()
    assert len(lines()) == everything


def test_what_is_due_leads_to_the_meeting_and_late_launches_are_named(started: Started, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    test.session_state["roadmaps.late"] = True
    test.session_state["roadmaps.due"] = True
    test.run()
    assert any("after the launch window closed" in text.value for text in test.text)
    due = [button for button in test.button if str(button.key).startswith("roadmaps.to.")]
    assert due
    due[0].click().run()
    assert not test.exception
    assert [header.value for header in test.subheader] == ["Roadmap"]


def _board(test: AppTest) -> dict[str, Any]:
    (board,) = [one for one in test.get("bidi_component") if "roadmap_board" in str(one.proto)]
    found: dict[str, Any] = json.loads(board.proto.json or board.proto.mixed.json)
    return found


def _planned(title: str, as_of: dt.date | None, day: dt.date, last: dt.date | None = None) -> str:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title=title)
        case.as_of = as_of
        session.flush()
        row = meetings.plan(
            session, case.id, title="CoP 1", starts_on=day, ends_on=last or day, moderator="Kim", certainty="Planned"
        )
        return str(row.id)


def test_the_filter_button_says_how_many_filters_are_on(started: Started, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    labels = [one.proto.popover.label for one in test.get("popover")]
    assert "Filter" in labels
    test.multiselect(key="roadmaps.countries").set_value(["Spain"]).run()
    test.multiselect(key="roadmaps.kinds").set_value(["Training"]).run()
    labels = [one.proto.popover.label for one in test.get("popover")]
    assert "Filter · 2" in labels


def test_the_line_is_the_as_of_date_where_all_share_it_and_today_otherwise(
    started: Started, example: uuid.UUID
) -> None:
    test = started(PAGE, example)
    with store.reading(eyes.PROGRAM) as session:
        (as_of,) = {row.as_of for row in case_studies.listed(session)}
    assert as_of is not None
    assert (_board(test)["today"], _board(test)["today_label"]) == (as_of.isoformat(), f"as of {words.day(as_of)}")
    own = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
    meeting_id = _planned("Own water", None, own)
    test = started(PAGE, example)
    test.checkbox(key="roadmaps.mixed").check().run()
    test.session_state["roadmaps.due"] = True
    test.run()
    assert not test.exception
    assert _board(test)["today_label"] == "today"
    assert _board(test)["today"] != as_of.isoformat()
    said = {str(one.key): one.label for one in test.button if str(one.key).startswith("roadmaps.to.")}
    assert len(said) > 1
    assert all("counted from" in label for label in said.values())
    assert words.day_in_full(as_of) not in said[f"roadmaps.to.{meeting_id}"]


def test_a_clash_of_two_days_is_one_and_leads_to_either_meeting(started: Started, sqlite_url: str) -> None:
    first = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=20)
    second = first + dt.timedelta(days=1)
    here, there = (_planned(title, None, first, second) for title in ("Here", "There"))
    test = started(PAGE)
    test.session_state["roadmaps.clashes"] = True
    test.run()
    assert "Clashes · 1" in [one.proto.popover.label for one in test.get("popover")]
    assert f"{words.span(first, second)}: Kim is wanted in both" in [text.value for text in test.text]
    ways = [one for one in test.button if str(one.key).startswith("roadmaps.clash.")]
    assert [str(one.key).split(".")[3:5] for one in ways] == [[here, there]] * 2
    ways[1].click().run()
    assert not test.exception
    assert [header.value for header in test.subheader] == ["Roadmap"]
    assert test.session_state["roadmap.opened"] == there

"""The one-on-one screen: a call is begun, noted, agreed and finished, and the next case study is one step away."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import actions, calls, case_studies, eyes, meetings, reviews, store
from copdash.models import Role
from copdash.roles import PROGRAM, Actor
from copdash.ui.habits import sessions, texts

PAGE, ROADMAP = "roadmap/one_on_one.py", "roadmap/meetings.py"
Started = Callable[..., AppTest]
KWR = Actor(uuid.uuid4(), "Kees", Role.KWR)
LEADER = Actor(uuid.uuid4(), "Marta", Role.LEADER)


def do(actor: Actor, case: uuid.UUID, verb: Any, *args: Any, name: str = "tried", **values: Any) -> Any:
    with store.writing(actor, case) as session:
        found = verb(session, *args, **values)
        return getattr(found, "id", found)


def a_meeting(case: uuid.UUID, title: str = "CoP 1", **values: Any) -> uuid.UUID:
    planned: uuid.UUID = do(PROGRAM, case, meetings.plan, case, title=title, **values)
    return planned


def button(test: AppTest, label: str) -> Any:
    return next(found for found in test.button if found.label.replace("\\", "") == label)


def said(test: AppTest) -> str:
    return " ".join(str(element.value) for element in [*test.caption, *test.text, *test.markdown])


def test_an_empty_case_study_says_what_a_call_is_for(started: Started, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    assert not test.exception
    assert "No call yet" in said(test)
    assert "From the first call on" in said(test)
    assert "Next case study (N)" not in [found.label for found in test.button]


def test_a_case_study_that_is_not_there_says_so(started: Started, empty_case: uuid.UUID) -> None:
    assert not started(PAGE, uuid.uuid4()).exception


def test_a_call_is_begun_noted_agreed_and_finished(started: Started, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    button(test, "Begin the call").click().run()
    for line in ("Kees: send the storyboard by 2021-10-15", "The province is **new** to this"):
        next(field for field in test.chat_input if str(field.key).startswith("call.note.")).set_value(line).run()
    assert "The province is **new** to this" in [text.value for text in test.text]
    button(test, "Action: Kees, by 15 Oct 2021").click().run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        (made,) = actions.of_case(session, empty_case)
        assert (made.title, made.owner, made.due_on) == ("Send the storyboard", "Kees", dt.date(2021, 10, 15))
    assert "Agreed now" in said(test)
    button(test, "Finish the call").click().run()
    assert "The last call" in said(test)
    assert "0 of 1 done" in said(test)
    next(box for box in test.checkbox if box.label == "Send the storyboard").check().run()
    assert "1 of 1 done" in said(test)
    with store.reading(eyes.PROGRAM) as session:
        assert calls.under_way(session, empty_case) is None
    button(test, "Undo").click().run()
    assert "0 of 1 done" in said(test)
    assert not test.exception


def test_what_changed_since_the_last_call_is_listed_and_narrowed_to_the_meeting_that_is_opened(
    started: Started, empty_case: uuid.UUID
) -> None:
    row, other = a_meeting(empty_case, starts_on="2021-09-15"), a_meeting(empty_case, "CoP 2", starts_on="2021-11-03")
    call = do(KWR, empty_case, calls.begin, empty_case)
    do(KWR, empty_case, calls.finish, call, name=calls.FINISHED)
    do(LEADER, empty_case, meetings.reschedule, row, starts_on="2021-09-22")
    do(LEADER, empty_case, meetings.edit, other, values={"place": "Town hall"})
    do(KWR, empty_case, reviews.comment, empty_case, text="On one", about="Meeting", about_key=str(row))
    do(KWR, empty_case, reviews.comment, empty_case, text="On the whole")
    test = started(PAGE, empty_case)
    assert "moved from 15 Sep 2021 to 22 Sep 2021, 7 days later (Marta)" in said(test).replace("\\", "")
    assert {"On one", "On the whole"} <= {text.value for text in test.text}
    button(test, "CoP 2").click().run()
    assert test.session_state[sessions.OPENED] == str(other)
    assert "place: Town hall" in said(test).replace("\\", "")
    assert "moved from" not in said(test)
    assert not {"On one", "On the whole"} & {text.value for text in test.text}
    line = next(field for field in test.chat_input if field.key == f"comment.{empty_case}.Meeting.{other}")
    line.set_value("Who moderates?").run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        assert str(other) in {one.first.about_key for one in reviews.threads(session, empty_case)}
    button(test, "All again").click().run()
    assert {"On one", "On the whole"} <= {text.value for text in test.text}


def test_next_goes_to_the_following_case_study_and_round_again(started: Started, example: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        listed = [row.id for row in case_studies.listed(session)]
    test = started(PAGE, example)
    at = listed.index(example)
    for step in range(1, len(listed) + 1):
        button(test, "Next case study (N)").click().run()
        assert not test.exception
        assert test.query_params["case"] in (
            str(listed[(at + step) % len(listed)]),
            [str(listed[(at + step) % len(listed)])],
        )
        with store.reading(eyes.PROGRAM) as session:
            title = case_studies.get(session, listed[(at + step) % len(listed)]).title
        assert [header.value for header in test.subheader] == [f"One-on-one · {texts.as_typed(title)}"]


def test_a_comment_on_a_check_begins_at_the_finding(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case, starts_on="2021-09-18")
    test = started(PAGE, empty_case)
    test.session_state[sessions.OPENED] = str(row)
    test.run()
    for toggle in test.toggle:
        toggle.set_value(True).run()
    begin = next(found for found in test.button if str(found.key) == f"compact.begin.Check.not_closed:{row}")
    begin.click().run()
    line = next(field for field in test.chat_input if field.key == f"compact.{empty_case}.Check.not_closed:{row}")
    line.set_value("The minutes are on their way").run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        (thread,) = reviews.threads(session, empty_case)
    assert (thread.first.about, thread.first.about_key) == ("Check", f"not_closed:{row}")
    test = started(ROADMAP, empty_case)
    test.session_state[sessions.OPENED] = str(row)
    test.run()
    assert "The minutes are on their way" in said(test)
    assert any(str(found.key) == f"card.begin.Check.not_closed:{row}" for found in test.button)


def test_a_viewer_sees_the_call_and_changes_nothing(started: Started, empty_case: uuid.UUID) -> None:
    a_meeting(empty_case, starts_on="2021-09-18")
    call = do(KWR, empty_case, calls.begin, empty_case)
    do(KWR, empty_case, calls.note, call, text="Good progress")
    test = started(PAGE, empty_case, token="a viewer's token")
    assert not test.exception
    assert "Good progress" in [text.value for text in test.text]
    assert not test.chat_input
    assert not {"Finish the call", "Action: Marta", "Comment on it"} & {found.label for found in test.button}


def test_a_large_case_study_with_many_calls_opens(started: Started, large_case: uuid.UUID) -> None:
    for number in range(20):
        call = do(KWR, large_case, calls.begin, large_case)
        do(KWR, large_case, calls.note, call, text=f"Note {number}")
        do(KWR, large_case, calls.finish, call)
        a_meeting(large_case, f"CoP {number}", starts_on=f"2022-{number % 12 + 1:02}-0{number % 9 + 1}")
    test = started(PAGE, large_case)
    assert not test.exception


def test_hidden_names_show_nothing_of_a_call(started: Started, empty_case: uuid.UUID) -> None:
    call = do(KWR, empty_case, calls.begin, empty_case)
    do(KWR, empty_case, calls.note, call, text="Ask Marta")
    for present in ("0", "1"):
        test = started(PAGE, empty_case)
        test.query_params["names"], test.query_params["present"] = "hidden", present
        test.run()
        assert not test.exception
        assert "Names are hidden" in said(test)
        assert "Marta" not in said(test)


def test_the_screens_of_a_call_can_be_presented(started: Started, example: uuid.UUID) -> None:
    for page in (PAGE, "roadmap/review.py", "roadmap/roadmaps.py"):
        test = started(page, example)
        test.query_params["present"] = "1"
        test.run()
        assert not test.exception
        labels = {found.label for found in test.button}
        assert "Leave" in labels
        assert "Hide names" not in labels

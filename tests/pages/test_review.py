"""The review's page and what the roadmap's page says of checks, series and moves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import agendas, baselines, calls, case_studies, eyes, meetings, reviews, store
from copdash.models import AgendaBlock, Meeting, Role
from copdash.roles import PROGRAM, Actor
from copdash.ui.habits import sessions

REVIEW, MEETINGS = "roadmap/review.py", "roadmap/meetings.py"
Started = Callable[..., AppTest]
KWR = Actor(uuid.uuid4(), "Kees", Role.KWR)


def a_meeting(case: uuid.UUID, **values: Any) -> Meeting:
    with store.writing(PROGRAM, case) as session:
        return meetings.plan(session, case, **{"title": "CoP 1", "kind": "CoP meeting", **values})


def button(test: AppTest, label: str) -> Any:
    return next(found for found in test.button if found.label == label)


def said(test: AppTest) -> str:
    return " ".join(str(element.value) for element in [*test.caption, *test.text, *test.markdown])


def test_the_review_of_an_empty_case_study_says_what_to_do(started: Started, empty_case: uuid.UUID) -> None:
    test = started(REVIEW, empty_case)
    assert not test.exception
    assert "Nothing is agreed yet" in said(test)


def test_a_leader_submits_and_agrees_and_the_roadmap_is_frozen(started: Started, empty_case: uuid.UUID) -> None:
    a_meeting(empty_case, starts_on="2021-09-15")
    test = started(REVIEW, empty_case)
    button(test, "Submit to KWR").click().run()
    with store.writing(KWR, empty_case) as session:
        reviews.agree(session, empty_case)
    test.run()
    button(test, "Agree").click().run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        assert reviews.state(case_studies.get(session, empty_case)) == "Agreed"
        assert len(baselines.of_case(session, empty_case)) == 1
    assert "All is as it was agreed" in said(test)


def test_a_comment_is_answered_and_settled_in_the_inbox(started: Started, empty_case: uuid.UUID) -> None:
    with store.writing(KWR, empty_case) as session:
        thread = reviews.comment(session, empty_case, text="Who *speaks* for the farmers?").id
    test = started(REVIEW, empty_case)
    assert "Who *speaks* for the farmers?" in [text.value for text in test.text]
    answer = next(field for field in test.chat_input if field.key == f"thread.{thread}.reply")
    answer.set_value("I ask the union.").run()
    with store.reading(eyes.PROGRAM) as session:
        assert [found.state for found in reviews.threads(session, empty_case)] == ["Answered"]
    button(test, "Settle").click().run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        assert [found.state for found in reviews.threads(session, empty_case)] == ["Settled"]


def test_a_thread_is_begun_about_a_meeting_or_a_check(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case)
    test = started(REVIEW, empty_case)
    for what in (f"Meeting|{row.id}", "Check|weekend"):
        test.selectbox(key="reviews.about").set_value(what).run()
        line = next(field for field in test.chat_input if str(field.key).startswith("comment."))
        line.set_value(f"About {what.partition('|')[0]}").run()
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        found = {(one.first.about, one.first.about_key) for one in reviews.threads(session, empty_case)}
    assert found == {("Meeting", str(row.id)), ("Check", "weekend")}


def test_a_viewer_reads_the_review_and_cannot_write(started: Started, empty_case: uuid.UUID) -> None:
    with store.writing(KWR, empty_case) as session:
        reviews.comment(session, empty_case, text="Good")
    test = started(REVIEW, empty_case, token="a viewer's token")
    assert not test.exception
    assert not test.chat_input
    assert "Freeze the roadmap" not in [found.label for found in test.button]


def test_the_card_has_agenda_tasks_people_and_what_comes_after(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case, starts_on="2021-09-15")
    test = started(MEETINGS, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    assert {"Agenda", "Preparation", "People, link and language"} <= {box.label for box in test.expander}
    comment = next(field for field in test.chat_input if str(row.id) in str(field.key))
    comment.set_value("Invite the irrigators").run()
    assert not test.exception
    assert "Invite the irrigators" in [text.value for text in test.text]


def test_the_chosen_method_of_a_block_is_described_and_gives_what_it_needs(
    started: Started, empty_case: uuid.UUID
) -> None:
    row = a_meeting(empty_case, starts_on="2021-09-15")
    with store.writing(KWR, empty_case) as session:
        block = agendas.add(session, row.id, activity="Talk", minutes=30, method="World café").id
    test = started(MEETINGS, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.session_state[f"meeting.{row.id}.agenda"] = True
    test.run()
    assert any("hosts stay and carry over" in one.value for one in test.caption)
    button(test, "Take its 60 minutes and material").click().run()
    assert not test.exception
    assert not [one for one in test.button if one.label.startswith("Take its")]
    with store.reading(eyes.PROGRAM) as session:
        saved = session.get(AgendaBlock, block)
        assert saved is not None
        assert (saved.minutes, saved.material) == (60, "Tables of five, paper cloths, pens")


def test_a_confirmed_meeting_that_got_another_day_is_asked_why(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case, starts_on="2021-09-15", certainty="Confirmed")
    test = started(MEETINGS, empty_case)
    test.session_state[sessions.OPENED] = str(row.id)
    test.run()
    day = next(field for field in test.date_input if str(field.key).startswith(f"meeting.{row.id}.starts_on"))
    day.set_value(dt.date(2021, 9, 22)).run()
    assert "CoP 1 was confirmed and has moved" in said(test)
    reason = next(field for field in test.text_input if field.label == "Reason")
    reason.set_value("Elections").run()
    assert "was confirmed and has moved" not in said(test)
    with store.reading(eyes.PROGRAM) as session:
        saved = session.get(Meeting, row.id)
        assert saved is not None
        assert saved.moved_because == "Elections"


def test_the_header_counts_what_the_checks_found(started: Started, empty_case: uuid.UUID) -> None:
    a_meeting(empty_case, starts_on="2021-09-18")
    test = started(MEETINGS, empty_case)
    assert not test.exception
    assert any(block.proto.popover.label.startswith("Checks · ") for block in _blocks(test))


def _blocks(test: AppTest) -> list[Any]:
    return [node for node in test.main if getattr(node, "type", "") == "popover"] or list(test.get("popover"))


def test_a_chosen_check_opens_its_meeting_and_closes_the_list(started: Started, empty_case: uuid.UUID) -> None:
    row = a_meeting(empty_case, starts_on="2021-09-18")
    test = started(MEETINGS, empty_case)
    test.session_state["meetings.checks"] = True
    test.run()
    found = next(one for one in test.button if str(one.key).startswith("listed.") and str(row.id) in str(one.key))
    found.click().run()
    assert not test.exception
    assert test.session_state[sessions.OPENED] == str(row.id)
    assert not test.session_state["meetings.checks"]
    assert not [one for one in test.button if str(one.key).startswith("listed.")]


def test_beside_agree_it_says_how_many_threads_are_still_open(started: Started, empty_case: uuid.UUID) -> None:
    a_meeting(empty_case, starts_on="2021-09-15")
    with store.writing(KWR, empty_case) as session:
        thread = reviews.comment(session, empty_case, text="Who moderates?").id
    test = started(REVIEW, empty_case)
    assert "still open" not in said(test)  # there is no Agree yet
    button(test, "Submit to KWR").click().run()
    assert "1 thread is still open" in said(test)
    with store.writing(KWR, empty_case) as session:
        reviews.settle(session, thread)
    test.run()
    assert "still open" not in said(test)
    button(test, "Agree").click().run()
    assert not test.exception


def test_review_and_one_on_one_say_from_when_they_count(started: Started, empty_case: uuid.UUID) -> None:
    a_meeting(empty_case, starts_on="2021-09-15")
    with store.writing(KWR, empty_case) as session:
        call = calls.begin(session, empty_case, people="Kees").id
    with store.writing(KWR, empty_case) as session:
        calls.finish(session, call)
    test = started(REVIEW, empty_case)
    assert "One-on-one counts from" not in said(test)  # both count from the call
    button(test, "Submit to KWR").click().run()
    assert "One-on-one counts from the call of" in said(test)
    assert "Submitted the roadmap to KWR" in said(test)
    assert "Since the last call, " in said(started("roadmap/one_on_one.py", empty_case))

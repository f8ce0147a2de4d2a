"""A call on the one-on-one screen, leader and KWR each at a browser, and a review round from submit to agreed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from copdash import actions, baselines, calls, case_studies, eyes, reviews, stakeholders, store
from copdash.roles import PROGRAM
from tests.browser.screens.counted_hands import Hands
from tests.browser.screens.review_screen import open_review, write
from tests.browser.screens.roadmap_timeline import Map, bar

from .keyboard import type_into

NOTE = "Marta: invite the irrigators by 15 Oct"


def open_call(roadmap: Map, page: Page, name: str, role: str) -> None:
    roadmap.app.enter(page, f"/one-on-one?case={roadmap.id}", name, role)
    expect(page.get_by_role("heading", name="One-on-one")).to_be_visible()
    roadmap.settle(page)


def a_call_is_over(roadmap: Map) -> None:
    """As if leader and KWR had spoken before; written past the server, before anybody looks."""
    with store.writing(PROGRAM, roadmap.id) as session:
        call = calls.begin(session, roadmap.id, people="Kees, Marta").id
    with store.writing(PROGRAM, roadmap.id) as session:
        calls.finish(session, call)


def test_a_call_from_its_beginning_to_its_end_seen_by_both(roadmap: Map, page: Page, second_page: Page) -> None:
    roadmap.plan("CoP 1", "2021-09-30")
    open_call(roadmap, page, "Kees", "KWR")
    open_call(roadmap, second_page, "Marta", "Case study leader")
    page.get_by_role("button", name="Begin the call").click()
    for one in (page, second_page):
        expect(one.get_by_role("button", name="Finish the call")).to_be_visible()
    write(page, NOTE, "Marta: invite the <b>irrigators</b> by 15 Oct 2021")
    write(second_page, NOTE, "The province is new to this")
    for one in (page, second_page):
        expect(one.get_by_text("Marta: invite the <b>irrigators</b> by 15 Oct 2021", exact=True)).to_be_visible()
        expect(one.get_by_text("The province is new to this", exact=True)).to_be_visible()
    half = second_page.get_by_placeholder(NOTE, exact=True)
    type_into(half, "A third note, half")
    page.get_by_role("button", name="Action: Marta, by 15 Oct 2021").click()  # a note becomes an action: one gesture
    for one in (page, second_page):
        expect(one.get_by_text("Agreed now")).to_be_visible()
        expect(one.get_by_text("Invite the <b>irrigators</b>", exact=True)).to_be_visible()
        expect(one.get_by_text("Marta, due 15 Oct 2021")).to_be_visible()
    expect(half).to_have_value("A third note, half")
    second_page.get_by_role("button", name="Finish the call").click()
    for one in (page, second_page):
        expect(one.get_by_role("button", name="Begin the call")).to_be_visible()
        expect(one.get_by_text("0 of 1 done")).to_be_visible()
    second_page.get_by_text("Invite the <b>irrigators</b>", exact=True).click()
    expect(page.get_by_text("1 of 1 done")).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        (made,) = actions.of_case(session, roadmap.id)
        assert (made.title, made.owner, str(made.due_on)) == ("Invite the <b>irrigators</b>", "Marta", "2021-10-15")
        (call,) = calls.of_case(session, roadmap.id)
        assert call.ended_at is not None


def test_who_spoke_stands_in_its_field_as_soon_as_a_call_begins(roadmap: Map, page: Page) -> None:
    open_call(roadmap, page, "Kees", "KWR")
    for _ in range(3):
        page.get_by_role("button", name="Begin the call").click()
        expect(page.get_by_label("Who spoke")).to_have_value("Kees")
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_label("Who spoke")).to_have_count(0)


def test_what_changed_since_the_call_stands_in_the_list_and_on_the_timeline(
    roadmap: Map, page: Page, second_page: Page
) -> None:
    roadmap.plan("CoP 1", "2021-09-30")
    roadmap.plan("CoP 2", "2022-02-10")
    a_call_is_over(roadmap)
    open_call(roadmap, page, "Kees", "KWR")
    expect(page.get_by_text("Nothing has changed.")).to_be_visible()
    roadmap.open(second_page)
    bar(second_page, "CoP 2").focus()
    second_page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_text("moved from 10 Feb 2022 to 17 Feb 2022, 7 days later (Marta)")).to_be_visible()
    handle = bar(page, "CoP 2")
    expect(handle).to_have_class(re.compile(r"\bnews\b"))
    expect(handle.locator(".notes")).to_contain_text("+7 d")
    expect(handle).to_have_attribute("aria-label", re.compile("7 days later than at the last call"))
    expect(page.locator(".roadmap .agreed")).to_be_attached()
    expect(bar(page, "CoP 1")).not_to_have_class(re.compile(r"\bnews\b"))
    page.get_by_role("button", name="CoP 2", exact=True).first.click()  # in the list: narrows all lists to it
    expect(page.get_by_role("button", name="All again")).to_be_visible()
    write(page, "Comment on this meeting", "Why a week later?")
    expect(page.get_by_text("Why a week later?", exact=True)).to_be_visible()
    second_page.bring_to_front()
    bar(second_page, "CoP 2").click()
    expect(second_page.get_by_text("Why a week later?", exact=True)).to_be_visible()


def test_one_key_goes_to_the_next_case_study_but_not_while_somebody_types(roadmap: Map, page: Page) -> None:
    open_call(roadmap, page, "Kees", "KWR")
    page.get_by_role("button", name="Begin the call").click()
    note = page.get_by_placeholder(NOTE, exact=True)
    note.click()
    note.press_sequentially("nine new notes")
    expect(note).to_have_value("nine new notes")
    note.press("Enter")
    expect(page.get_by_text("nine new notes", exact=True)).to_be_visible()
    assert f"case={roadmap.id}" in page.url
    people = page.get_by_label("Who spoke")
    people.click()
    people.press("n")
    expect(people).to_have_value(re.compile("n$"))
    type_into(people, "Kees")
    assert f"case={roadmap.id}" in page.url
    expect(page.get_by_role("button", name="Next case study (N)")).to_be_visible()
    page.get_by_role("heading", name="One-on-one").click()
    page.keyboard.press("Control+n")
    assert f"case={roadmap.id}" in page.url
    page.keyboard.press("n")
    expect(page).not_to_have_url(re.compile(str(roadmap.id)))
    expect(page.get_by_role("heading", name="One-on-one")).to_be_visible()
    roadmap.settle(page)
    here = page.url
    page.get_by_role("button", name="Next case study (N)").click()
    expect(page).not_to_have_url(here)


def test_a_round_from_submit_to_the_agreed_baseline_by_two_browsers(
    roadmap: Map, page: Page, second_page: Page
) -> None:
    """The leader at `page`, KWR at `second_page`; all of it on the screen of the call and the review."""
    roadmap.plan("CoP 1", "2021-09-30")
    open_call(roadmap, page, "Marta", "Case study leader")
    open_call(roadmap, second_page, "Kees", "KWR")
    page.get_by_role("button", name="Submit to KWR").click()
    expect(second_page.get_by_text(re.compile("Submitted$"))).to_be_visible()
    bar(second_page, "CoP 1").click()
    write(second_page, "Comment on this meeting", "Who moderates?")
    expect(page.get_by_text("Who moderates?", exact=True)).to_be_visible()
    second_page.get_by_role("button", name="Give feedback").click()
    expect(page.get_by_text(re.compile("With feedback$"))).to_be_visible()
    write(page, "Answer", "Kim does.")
    expect(second_page.get_by_text("Kim does.", exact=True)).to_be_visible()
    second_page.get_by_role("button", name="Settle").click()
    expect(page.get_by_text("Nothing is open.")).to_be_visible()
    page.get_by_role("button", name="Submit to KWR").click()
    expect(second_page.get_by_text(re.compile("Submitted$"))).to_be_visible()
    second_page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("KWR agrees; the other side has not yet.")).to_be_visible()
    page.get_by_role("button", name="Agree").click()
    for one in (page, second_page):
        expect(one.get_by_text(re.compile("Agreed$")).first).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        assert reviews.state(case_studies.get(session, roadmap.id)) == "Agreed"
        assert len(baselines.of_case(session, roadmap.id)) == 1
        assert [one.state for one in reviews.threads(session, roadmap.id)] == ["Settled"]
    roadmap.app.open(page, "/roadmaps")
    expect(page.locator(".vis-label.other", has_text=re.compile("Agreed$")).first).to_be_visible()


@pytest.mark.parametrize("what", ["meeting", "stakeholder", "check", "whole"])
def test_a_comment_is_begun_where_it_is_seen_and_answered_in_five_gestures(
    roadmap: Map, page: Page, second_page: Page, what: str
) -> None:
    roadmap.plan("CoP 1", "2021-09-18")  # a Saturday: a check has something to say
    with store.writing(PROGRAM, roadmap.id) as session:
        stakeholders.add(session, roadmap.id, name="Province")
    open_review(roadmap, second_page, "Marta", "Case study leader")
    if what == "meeting":
        roadmap.open(page, "Kees", "KWR")
    elif what == "stakeholder":
        roadmap.app.enter(page, f"/power-interest?case={roadmap.id}", "Kees", "KWR")
        expect(page.locator(".board[data-version]")).to_be_visible()
        page.get_by_role("button", name="Open the card of Province").click()
        expect(page.locator(".st-key-card")).to_be_visible()  # the card is where one sees the stakeholder
    else:
        open_call(roadmap, page, "Kees", "KWR")
    hands, hers = Hands(page), Hands(second_page)
    if what == "meeting":
        hands.click(bar(page, "CoP 1"))
    elif what == "stakeholder":
        hands.click(page.locator(".st-key-card").get_by_text("Comments", exact=True))
    elif what == "check":
        hands.click(page.get_by_role("button", name="Comment on it").first)
    label = "Comment on the roadmap" if what == "whole" else f"Comment on this {what}"
    hands.type(label, "Who speaks for <b>the farmers</b>?")
    expect(second_page.get_by_text("Who speaks for <b>the farmers</b>?", exact=True)).to_be_visible()
    hers.type("Answer", "Their union; I ask them.")
    expect(second_page.get_by_text(re.compile("Answered$"))).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        (thread,) = reviews.threads(session, roadmap.id)
    assert thread.state == "Answered"
    assert thread.first.about.lower() == ("roadmap" if what == "whole" else what)
    assert hands.count + hers.count == (4 if what == "whole" else 5)

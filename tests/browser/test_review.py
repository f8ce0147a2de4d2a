"""A planning session from a series to an agreed baseline, and a review round by two browsers."""

from __future__ import annotations

import re

import icalendar
from playwright.sync_api import Page, expect

from copdash import baselines, case_studies, eyes, meetings, reviews, store
from copdash.roles import PROGRAM
from tests.browser.screens.review_screen import open_review, write
from tests.browser.screens.roadmap_timeline import Map, bar

from .keyboard import type_into


def test_a_comment_on_a_meeting_is_answered_in_five_gestures(roadmap: Map, page: Page, second_page: Page) -> None:
    roadmap.plan("CoP 1", "2021-09-30")
    roadmap.open(page, "Kees", "KWR")
    open_review(roadmap, second_page, "Marta", "Case study leader")
    bar(page, "CoP 1").click()  # 1
    write(page, "Comment on this meeting", "Who speaks for <b>the farmers</b>?")  # 2 and 3
    expect(page.get_by_text("Who speaks for <b>the farmers</b>?", exact=True)).to_be_visible()
    expect(second_page.get_by_text("Who speaks for <b>the farmers</b>?", exact=True)).to_be_visible()
    write(second_page, "Answer", "Their union; I ask them.")  # 4 and 5
    expect(page.get_by_text("Their union; I ask them.", exact=True)).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        assert [thread.state for thread in reviews.threads(session, roadmap.id)] == ["Answered"]


def test_leader_and_kwr_agree_each_in_a_browser_of_their_own(roadmap: Map, page: Page, second_page: Page) -> None:
    roadmap.plan("CoP 1", "2021-09-30")
    open_review(roadmap, page, "Marta", "Case study leader")
    open_review(roadmap, second_page, "Kees", "KWR")
    expect(second_page.get_by_role("button", name="Give feedback")).to_have_count(0)
    page.get_by_role("button", name="Submit to KWR").click()
    second_page.get_by_role("button", name="Give feedback").click()
    expect(page.get_by_text(re.compile("With feedback$"))).to_be_visible()
    page.get_by_role("button", name="Agree").click()
    expect(second_page.get_by_text("Case study leader agrees; the other side")).to_be_visible()
    second_page.get_by_role("button", name="Agree").click()
    for one in (page, second_page):
        expect(one.get_by_text(re.compile("Agreed$"))).to_be_visible()
        expect(one.get_by_text("All is as it was agreed.")).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        assert reviews.state(case_studies.get(session, roadmap.id)) == "Agreed"
        assert len(baselines.of_case(session, roadmap.id)) == 1


def test_a_roadmap_is_planned_from_a_series_and_its_slip_shown_with_the_reason(roadmap: Map, page: Page) -> None:
    roadmap.open(page)
    page.get_by_role("button", name="Plan from").click()
    page.get_by_role("button", name="Four CoP meetings").click()
    first = bar(page, "CoP 1: a common vision")
    expect(first).to_be_visible()
    assert len(roadmap.meetings()) == 4
    with store.writing(PROGRAM, roadmap.id) as session:
        baselines.freeze(session, roadmap.id)
        meetings.edit(session, roadmap.meetings()[0].id, values={"certainty": "Confirmed"})
    page.reload()  # written past the server, so it told nobody
    roadmap.settle(page)
    expect(first).to_have_attribute("data-certainty", "Confirmed")
    first.focus()
    first.press("Shift+ArrowRight")
    expect(page.locator(".handle .notes", has_text="+7 d")).to_be_visible()
    expect(page.locator(".roadmap .agreed")).to_be_visible()
    expect(page.get_by_text("was confirmed and has moved", exact=False)).to_be_visible()
    reason = page.get_by_label("Reason")
    type_into(reason, "Elections")
    reason.press("Enter")
    expect(page.get_by_text("was confirmed and has moved", exact=False)).to_have_count(0)
    assert roadmap.meetings()[0].moved_because == "Elections"


def test_the_roadmap_goes_into_a_calendar_with_one_click_and_opening_the_file(roadmap: Map, page: Page) -> None:
    roadmap.plan("CoP 1; the start", "2021-09-30")
    roadmap.open(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Calendar", exact=True).click()
    path = waiting.value.path()
    (event,) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert str(event["summary"]) == "CoP 1; the start"
    assert waiting.value.suggested_filename.endswith(".ics")


def test_a_check_leads_to_its_meeting(roadmap: Map, page: Page) -> None:
    roadmap.plan("CoP 1", "2021-09-18")
    roadmap.open(page)
    page.get_by_role("button", name=re.compile("^Checks")).click()
    page.get_by_role("button", name="CoP 1: 18 September 2021 is a Saturday.").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("CoP 1")
    expect(bar(page, "CoP 1").locator(".bar.hinted")).to_be_visible()


def test_an_agenda_adds_up_in_the_card(roadmap: Map, page: Page) -> None:
    roadmap.plan("CoP 1", "2021-09-30", day_starts_at="09:30")
    roadmap.open(page)
    bar(page, "CoP 1").click()
    page.get_by_text("Agenda", exact=True).click()
    for activity in ("Welcome", "Lunch"):
        type_into(page.get_by_placeholder("Welcome and aims"), activity)
        page.get_by_role("button", name="Add block").click()
        expect(page.get_by_role("textbox", name="Activity").last).to_have_value(activity)
    expect(page.get_by_text("The day ends at 10:30.")).to_be_visible()
    expect(page.get_by_text("Agenda 09:30–10:30")).to_be_visible()


def test_a_chosen_check_closes_the_list_that_would_lie_over_the_card(roadmap: Map, page: Page) -> None:
    roadmap.plan("CoP 1", "2021-09-18")
    roadmap.open(page)
    page.get_by_role("button", name=re.compile("^Checks")).click()
    page.get_by_role("button", name=re.compile("is a Saturday")).click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("CoP 1")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def test_the_filters_of_all_roadmaps_stay_open_while_the_button_counts_them(roadmap: Map, page: Page) -> None:
    roadmap.plan("CoP 1", "2021-09-30")
    roadmap.app.enter(page, "/roadmaps")
    page.get_by_role("button", name=re.compile("Filter$")).click()
    page.get_by_role("dialog").get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Training", exact=True).click()
    expect(page.get_by_role("dialog", name="Filter · 1")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("Filter · 1$"))).to_be_visible()

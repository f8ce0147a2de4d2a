"""What the roadmap shows around meetings in a real browser: holidays, weekends, cancelled meetings, series."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from copdash import case_studies, eyes, meeting_series, meetings, store
from copdash.models import Meeting
from copdash.roles import PROGRAM

DATES: dict[str, Any] = {"starts_on": "2020-06-01", "ends_on": "2024-10-31", "as_of": "2021-11-15"}


@pytest.fixture
def case(server: Any) -> uuid.UUID:
    """A Dutch case study without meetings."""
    with store.writing(PROGRAM) as session:
        return case_studies.begin(session, title=f"Case {uuid.uuid4().hex[:6]}", country="Netherlands", **DATES).id


def plan(case: uuid.UUID, title: str, day: str, **values: Any) -> uuid.UUID:
    with store.writing(PROGRAM, case) as session:
        return meetings.plan(session, case, title=title, starts_on=day, **values).id


def show(server: Any, page: Page, case: uuid.UUID) -> None:
    server.enter(page, f"/meetings?case={case}")
    expect(page.locator(".board.roadmap[data-waiting='0'][data-from]")).to_be_visible()
    expect(page.locator(".roadmap-timeline .vis-timeline")).to_be_visible()


def closer(page: Page) -> None:
    page.get_by_role("button", name="Show three months before and after today").click()
    expect(page.locator(".board")).to_have_attribute("data-from", "2021-08-15")


def bar(page: Page, row_id: uuid.UUID) -> Locator:
    return page.locator(f'.roadmap-timeline .handle[data-key="{row_id}"]')


def test_public_holidays_have_their_name_and_weekends_come_when_there_is_room(
    server: Any, page: Page, case: uuid.UUID
) -> None:
    show(server, page, case)
    expect(page.locator(".days-off .weekend")).to_have_count(0)
    closer(page)
    expect(page.locator(".days-off .weekend").first).to_be_attached()
    christmas = page.get_by_role("img", name="Christmas Day, 25 Dec 2021")
    expect(christmas).to_be_attached()
    christmas.focus()
    expect(page.locator(".holiday-tip")).to_have_text("Christmas Day · 25 Dec 2021")
    christmas.press("ArrowRight")
    expect(page.locator(".holiday-tip")).to_contain_text("26 Dec 2021")


def test_cancelled_meetings_are_struck_through_and_can_be_put_away_for_good(
    server: Any, page: Page, case: uuid.UUID
) -> None:
    gone, there = plan(case, "Site visit", "2021-10-06", certainty="Cancelled"), plan(case, "CoP 1", "2021-11-03")
    show(server, page, case)
    expect(bar(page, gone).locator(".title")).to_have_css("text-decoration-line", "line-through")
    switch = page.get_by_role("button", name="Cancelled meetings, 1")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(bar(page, gone)).to_have_count(0)
    expect(bar(page, there)).to_be_visible()
    page.reload()
    expect(bar(page, there)).to_be_visible()
    expect(bar(page, gone)).to_have_count(0)
    page.get_by_role("button", name="Cancelled meetings, 1").click()
    expect(bar(page, gone)).to_be_visible()


def test_a_series_is_drawn_small_with_one_title_and_its_later_ones_follow(
    server: Any, page: Page, case: uuid.UUID
) -> None:
    days = [dt.date(2021, 10, 5) + dt.timedelta(weeks=2 * number) for number in range(6)]
    with store.writing(PROGRAM, case) as session:
        ids = [row.id for row in meeting_series.plan(session, case, days=days, title="Check-in")]
    show(server, page, case)
    closer(page)
    expect(page.locator(".roadmap-timeline .again")).to_have_count(6)
    expect(bar(page, ids[5]).locator(".title")).to_have_text("Check-in · 6×")
    expect(bar(page, ids[0]).locator(".title")).to_have_text("")
    second = bar(page, ids[1])
    second.focus()
    second.press("ArrowRight")
    page.get_by_role("button", name="Move the 4 later ones too").click()
    expect(page.get_by_text("This meeting of a series is 1 day later now.")).to_have_count(0)
    with store.reading(eyes.PROGRAM) as session:
        rows = {row.id: row.starts_on for row in meetings.of_case(session, case)}
    assert [rows[one] for one in ids] == [days[0], *(day + dt.timedelta(days=1) for day in days[1:])]


def test_who_came_is_one_click_each_on_the_card(server: Any, page: Page, case: uuid.UUID) -> None:
    from copdash import stakeholders

    row = plan(case, "CoP 1", "2021-10-06", certainty="Held")
    with store.writing(PROGRAM, case) as session:
        ids = [stakeholders.add(session, case, name=name).id for name in ("Province", "Farmers", "Brewery")]
        session.flush()
        meetings.invite(session, row, stakeholder_ids=ids)
    show(server, page, case)
    bar(page, row).click()
    page.get_by_text("Who came", exact=True).click()
    page.get_by_role("button", name="Farmers", exact=True).click()
    expect(page.get_by_text("1 of 3 came")).to_be_visible()
    page.get_by_role("button", name="All came").click()
    expect(page.get_by_text("3 of 3 came")).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        assert session.get(Meeting, row) is not None
        assert set(meetings.attended(session, case)[row]) == set(ids)

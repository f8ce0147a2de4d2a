"""A planning session in a real browser: from a template to the baseline that leader and KWR agree on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import baselines, case_studies, eyes, meetings, reviews, stakeholders, store
from copdash.roles import PROGRAM
from tests.browser.screens.roadmap_timeline import Map, bar, chip, closer, drag, middle, plot_y, x_of

from .keyboard import type_into

FIRST = "CoP 1: a common vision"
DATES: dict[str, Any] = {
    "starts_on": "2020-06-01",
    "ends_on": "2024-10-31",
    "launch_from": "2021-06-01",
    "launch_until": "2021-11-30",
}


@pytest.fixture
def roadmap(server: Any) -> Map:
    """An empty roadmap of a Dutch case study with three stakeholders, seen as of 15 Sep 2021."""
    with store.writing(PROGRAM) as session:
        case = case_studies.begin(
            session, title="Planned from scratch", country="Netherlands", as_of="2021-09-15", **DATES
        )
        session.flush()
        for name in ("Province", "Water board", "Growers"):
            stakeholders.add(session, case.id, name=name, group="Regulators", power=8, interest=8)
    return Map(server, case.id)


def findings(page: Page) -> int:
    label = page.get_by_role("button", name=re.compile("^Checks")).inner_text()
    return int(re.findall(r"\d+", label)[0])


def test_a_roadmap_from_template_to_agreed_baseline(roadmap: Map, page: Page, second_page: Page) -> None:
    roadmap.open(page)
    page.get_by_role("button", name="Plan from").click()
    page.get_by_role("button", name="Four CoP meetings").click()
    expect(bar(page, FIRST)).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.click(5, 5)
    before = findings(page)

    # laid out by the template, then put where it belongs, by mouse and by key
    closer(page)
    first = bar(page, FIRST)
    drag(page, middle(first.locator(".bar")), (x_of(page, "2021-10-12"), middle(first.locator(".bar"))[1]))
    roadmap.settle(page)
    first.focus()
    first.press("ArrowRight")
    roadmap.settle(page)
    when = roadmap.days(FIRST)
    assert when is not None
    assert "2021-10-01" <= when[0] <= "2021-10-31"
    drag(page, middle(chip(page, "Site visit")), (x_of(page, "2021-11-10"), plot_y(page)))
    page.keyboard.press("Escape")
    expect(page.locator(".roadmap-timeline .handle[data-kind='Site visit']")).to_have_count(1)

    # what the first meeting is for, and who comes
    first.click()
    type_into(page.get_by_label("Moderator"), "Kim Larsen")
    type_into(page.get_by_label("Expected outcomes"), "A shared page of aims")
    page.get_by_label("Goals").click()
    page.get_by_role("combobox", name=re.compile("Invited stakeholders")).click()
    for number, name in enumerate(("Province", "Water board"), start=1):
        page.get_by_role("option", name=name).click()
        expect(page.get_by_text(f"Invited stakeholders · {number}")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Close the card").click()
    expect(page.get_by_label("Moderator")).to_have_count(0)

    # online check-ins in between, as one gesture
    page.get_by_role("button", name="New meeting").click()
    page.get_by_role("radio", name="A series").click()
    expect(page.get_by_text(re.compile(r"^1[0-9] meetings: "))).to_be_visible()
    page.get_by_role("button", name="Plan the series").click()
    expect(page.get_by_text(re.compile("1 of 1[0-9] in a series"))).to_be_visible()
    page.get_by_role("button", name="Close the card").click()

    expect(page.get_by_role("button", name=re.compile("^Checks"))).to_be_visible()
    assert findings(page) != before
    with store.reading(eyes.PROGRAM) as session:
        planned = meetings.of_case(session, roadmap.id)
        assert len(planned) > 14
        assert len({row.series_id for row in planned if row.series_id}) == 1
        (one,) = [row for row in planned if row.title == FIRST]
        assert (one.moderator, one.expected_outcomes) == ("Kim Larsen", "A shared page of aims")
        assert len(meetings.invited(session, roadmap.id)[one.id]) == 2

    # leader and KWR agree, each at a browser
    for person, name, role in ((page, "Marta", "Case study leader"), (second_page, "Kees", "KWR")):
        roadmap.app.enter(person, f"/review?case={roadmap.id}", name, role)
        expect(person.get_by_role("heading", name="Review")).to_be_visible()
    page.get_by_role("button", name="Submit to KWR").click()
    second_page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("KWR agrees; the other side")).to_be_visible()
    page.get_by_role("button", name="Agree").click()
    expect(second_page.get_by_text("All is as it was agreed.")).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        assert reviews.state(case_studies.get(session, roadmap.id)) == "Agreed"
        (agreed,) = baselines.of_case(session, roadmap.id)
        assert FIRST in agreed.content

    # and what moves afterwards shows against it
    roadmap.open(page)
    closer(page)
    first = bar(page, FIRST)
    first.focus()
    first.press("Shift+ArrowRight")
    expect(page.locator(".handle .notes", has_text="+7 d")).to_be_visible()
    expect(page.locator(".roadmap .agreed")).to_be_visible()

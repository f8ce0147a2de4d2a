"""What the network screen says in words, the file it gives away, and what it teaches where nothing is yet."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from copdash import eyes, meetings, relations, stakeholders, store, versions
from tests.browser.screens.network_map import Map, Screen

EVIL = "<img src=x onerror=\"document.title='owned'\">"
ENDING = "</script><script>document.title='owned'</script>"
SHAPED = Path(__file__).parents[1] / "data" / "shaped"
Draw = Callable[..., Map]


@pytest.fixture
def drawn(shared_app: Any) -> Draw:
    """`drawn()`: a fresh case study with six stakeholders in the server's store."""
    return lambda **values: Map(shared_app.environment["COPDASH_DATABASE_URL"], **values)


# ---- what it says ---------------------------------------------------------------------------------------------------


def test_stakeholders_without_ties_are_listed_beside_the_picture(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University")
    map_.tie("Growers", "Heat supplier")
    screen = Screen(shared_app, page, map_)
    isolates = screen.panel.locator('[data-measure="isolates"]')
    expect(isolates.locator("b")).to_have_text("2")
    expect(isolates).to_contain_text("Water utility and Water board")
    expect(screen.panel.get_by_text("the direction of ties is not counted")).to_contain_text("Density")
    screen.tab("Stakeholders")
    expect(screen.panel.get_by_role("heading", name="Without ties (2)")).to_be_visible()
    screen.pen("Support")
    screen.drag("Water utility", "Water board")
    expect(screen.panel.get_by_role("heading", name="Without ties")).to_be_hidden()


def test_a_selected_stakeholder_stands_out_with_its_neighbourhood(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University", type="Money")
    map_.tie("Growers", "Heat supplier")
    screen = Screen(shared_app, page, map_)
    screen.tab("Stakeholders")
    row = screen.panel.get_by_role("button", name="University")
    row.focus()
    page.keyboard.press("Enter")
    expect(screen.panel.get_by_role("heading", name="University")).to_be_focused()
    expect(screen.panel.get_by_role("button", name="← Province")).to_be_visible()
    opacity = {edge["from"]: edge["color"]["opacity"] for edge in screen.edges()}
    assert opacity[str(map_.ids["Province"])] > 0.5 > opacity[str(map_.ids["Growers"])]
    page.keyboard.press("Escape")
    expect(screen.panel.get_by_role("heading", name="University")).to_have_count(0)
    assert all(edge["color"]["opacity"] > 0.5 for edge in screen.edges())


def test_a_network_shows_its_golden_values(shared_app: Any, page: Page, drawn: Draw) -> None:
    with (SHAPED / "actors.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["actor"] for row in csv.DictReader(file)]
    with (SHAPED / "actor_el.csv").open(encoding="utf-8-sig", newline="") as file:
        arcs = sorted({(row["sender"], row["receiver"]) for row in csv.DictReader(file)})
    map_ = drawn(names={})
    with map_.writing() as session:
        for name in names:
            map_.ids[name] = stakeholders.add(session, map_.case, name=name).id
        session.flush()
        for start, end in arcs:
            if start != end:  # a stakeholder cannot be tied to itself here
                relations.tie(session, map_.case, from_id=map_.ids[start], to_id=map_.ids[end])
    screen = Screen(shared_app, page, map_)
    for measure, value in (("ties", "313"), ("density", "0.093"), ("isolates", "7"), ("e_i", "–")):
        expect(screen.panel.locator(f'[data-measure="{measure}"] b')).to_have_text(value)
    brokers = screen.panel.locator(".net-broker")
    expect(brokers.locator("button")).to_have_text(["actor65", "actor18", "actor77"])
    expect(brokers.locator("b")).to_have_text(["0.153", "0.132", "0.117"])
    expect(brokers.first.locator("p")).to_contain_text("about 15 times in 100")
    pairs = screen.panel.locator(".net-pairing")
    expect(pairs).to_have_count(3)
    first = str(pairs.first.get_attribute("data-pair")).split()
    pairs.first.get_by_role("button", name="Make it a wanted tie").click()
    screen.saved()
    expect(page.locator(f'.net-pairing[data-pair="{first[0]} {first[1]}"]')).to_have_count(0)
    with map_.here(), store.reading(eyes.PROGRAM) as session:
        [wished] = [tie for tie in relations.of_case(session, map_.case) if tie.status == "Wanted"]
    assert [str(wished.from_id), str(wished.to_id)] == first
    brokers.locator("button", has_text="actor65").click()
    page.get_by_role("button", name="If this one leaves").click()
    expect(page.locator(".net-leaving")).to_contain_text("the network falls from 8 parts into 9")
    expect(page.locator(".net-leaving")).to_contain_text("pairs of others gets longer")
    page.keyboard.press("Escape")
    expect(page.locator(".net-leaving")).to_be_hidden()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Size", exact=True).click()
    page.get_by_role("radiogroup", name="Size of a stakeholder").get_by_text("Larger: more often between").click()
    expect(page).to_have_url(re.compile("network.size="))
    page.wait_for_function(  # the address has it at once, the picture when the server has answered
        """largest => {
            const boards = [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.board'));
            const nodes = boards.find(Boolean).copdashNetwork.nodes();
            return nodes.reduce((a, b) => b.size > a.size ? b : a).id === largest;
        }""",
        arg=str(map_.ids["actor65"]),
    )


def test_names_that_look_like_markup_stay_text(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn(names={EVIL: (0.0, 0.0), ENDING: (400.0, 0.0)})
    screen = Screen(shared_app, page, map_)
    screen.pen("Money")
    screen.drag(EVIL, ENDING)
    screen.saved()
    page.keyboard.press("Escape")
    screen.click(EVIL)
    expect(screen.panel.get_by_role("heading", name=EVIL)).to_be_visible()
    page.mouse.move(5, 5)
    page.mouse.move(*screen.at(ENDING), steps=3)
    expect(page.locator(".net-tip")).to_contain_text(ENDING)
    with map_.writing() as session:
        meeting = meetings.plan(session, map_.case, title=ENDING, starts_on="2021-06-15")
        versions.freeze(session, map_.case, title=EVIL)
        session.flush()
        meetings.invite(session, meeting.id, stakeholder_ids=list(map_.ids.values()))
        [tie] = relations.of_case(session, map_.case)
        relations.edit(session, tie.id, values={"evidence": EVIL})
        for id_ in map_.ids.values():  # as an older file may have it
            stakeholders.edit(session, id_, values={"organisation": ENDING})
    page.reload()
    screen.wait()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(screen.panel.locator('[data-measure="since"]')).to_contain_text(EVIL)
    page.mouse.move(5, 5)
    spot = screen.ask("tieDomPosition(it)", str(tie.id))
    page.mouse.move(spot["x"], spot["y"], steps=3)
    expect(page.locator(".net-tip")).to_contain_text(EVIL)
    screen.tab("Show")
    page.get_by_role("button", name="Meetings", exact=True).click()
    expect(page.locator(".net-legend")).to_contain_text("A calendar leaf")
    page.mouse.move(5, 5)
    spot = screen.ask("domPosition(it)", str(meeting.id))
    page.mouse.move(spot["x"], spot["y"], steps=3)
    expect(page.locator(".net-tip")).to_contain_text(ENDING)
    for tab in ("Measures", "Stakeholders", "Ties", "Show"):
        screen.tab(tab)
        assert screen.board.locator("img").count() == 0
        assert screen.board.locator("script").count() == 0
    assert "owned" not in page.title()


def test_the_theme_of_the_page_is_the_theme_of_the_picture(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University", type="Money")
    screen = Screen(shared_app, page, map_)
    light = screen.edges()[0]["color"]["color"]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        """([light]) => [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.board') || e)
            .some(e => e.copdashNetwork && e.copdashNetwork.edges()[0].color.color !== light)""",
        arg=[light],
    )
    assert len(screen.edges()) == 1


# ---- the file -------------------------------------------------------------------------------------------------------


def test_the_downloaded_file_opens_offline_without_any_request(
    shared_app: Any, page: Page, browser: Browser, drawn: Draw, tmp_path: Path
) -> None:
    map_ = drawn()
    map_.tie("Province", "University", type="Money")
    Screen(shared_app, page, map_)
    with page.expect_download() as download:
        page.get_by_role("button", name="File", exact=True).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    context = browser.new_context(offline=True)
    opened = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(file.as_uri())
    opened.wait_for_selector("body[data-drawn=yes]")
    assert opened.evaluate("Object.keys(network.getPositions()).length") == 6
    places = opened.evaluate("network.getPositions()")
    assert places[str(map_.ids["Growers"])] == {"x": 800, "y": 0}
    assert requests == [file.as_uri()]
    assert errors == []
    context.close()


# ---- nothing there yet ----------------------------------------------------------------------------------------------


def test_without_stakeholders_it_says_what_for_and_leads_to_the_list(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn(names={})
    shared_app.open(page, f"/network?case={map_.case}")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Who is connected to whom?")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Go to the list").click()
    expect(page).to_have_url(re.compile(f"/stakeholders.*{map_.case}"))


def test_without_ties_it_says_how_to_draw_the_first(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    expect(page.locator(".net-hint")).to_contain_text("No ties yet")
    screen.pen("Support")
    screen.drag("Province", "Growers")
    page.keyboard.press("Escape")
    expect(page.locator(".net-hint")).to_be_hidden()

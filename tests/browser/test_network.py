"""The network screen in real browsers: ties drawn, edited and deleted, places kept, several people at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import meetings, relations, stakeholders, versions
from copdash.models import Relation, Stakeholder
from tests.browser.screens.network_map import PLACES, Map, Screen

from .keyboard import type_day, type_into

Draw = Callable[..., Map]


@pytest.fixture
def drawn(shared_app: Any) -> Draw:
    """`drawn()`: a fresh case study with six stakeholders in the server's store."""
    return lambda **values: Map(shared_app.environment["COPDASH_DATABASE_URL"], **values)


# ---- drawing ties ---------------------------------------------------------------------------------------------------


def test_a_tie_is_drawn_by_dragging_and_moves_nothing(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    before, view = screen.positions(), screen.ask("view()")
    screen.pen("Money")
    screen.drag("Province", "University")
    assert len(screen.edges()) == 1  # at once, before the server's answer
    screen.saved()
    assert screen.map.ties() == [("Province", "University", "Money", True, 1)]
    [(author, field, was, now)] = screen.map.log(Relation)
    assert (author, field, was, now["type"]) == ("Marta", "", None, "Money")
    assert screen.positions() == before
    assert screen.ask("view()") == view
    expect(screen.panel.locator('[data-measure="ties"] b')).to_have_text("1")


def test_the_type_stays_chosen_so_twenty_ties_take_twenty_one_gestures(
    shared_app: Any, page: Page, drawn: Draw
) -> None:
    screen = Screen(shared_app, page, drawn())
    pairs = [(a, b) for a in PLACES for b in PLACES if a != b][:20]
    screen.pen("Advice")
    gestures = 1
    for start, end in pairs:
        screen.drag(start, end)
        gestures += 1
    screen.saved()
    assert screen.map.ties() == sorted((a, b, "Advice", True, 1) for a, b in pairs)
    assert gestures == 21


def test_where_ties_start_stays_chosen_so_each_more_takes_one_click(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    screen.pen("Advice")
    screen.click("Province")
    for end in list(PLACES)[1:]:
        screen.click(end)
    expect(page.locator(".net-hint")).to_contain_text("Click who each tie from Province goes to.")
    screen.click("Province")  # lets go
    screen.click("Growers")
    screen.click("University")
    screen.saved()
    wanted = [("Province", end, "Advice", True, 1) for end in list(PLACES)[1:]]
    assert screen.map.ties() == sorted([*wanted, ("Growers", "University", "Advice", True, 1)])
    page.keyboard.press("Escape")
    expect(page.locator(".net-hint")).to_be_hidden()
    page.keyboard.press("Control+z")  # a mistake is one undo
    screen.saved()
    assert screen.map.ties() == sorted(wanted)


def test_ties_are_drawn_in_the_picture_by_the_keyboard_alone(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    page.get_by_role("group", name="Draw ties").get_by_role("button", name="Support").focus()
    page.keyboard.press("Enter")
    page.locator(".net-stage").focus()
    for key in ("ArrowLeft", "ArrowUp", "ArrowLeft", "Enter", "ArrowRight", "Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    screen.saved()
    ties = screen.map.ties()
    assert len(ties) == 2
    assert {tie[0] for tie in ties} == {ties[0][0]}
    assert {tie[2] for tie in ties} == {"Support"}


def test_direction_and_strength_are_those_of_the_bar_and_escape_ends_drawing(
    shared_app: Any, page: Page, drawn: Draw
) -> None:
    screen = Screen(shared_app, page, drawn())
    bar = page.locator(".net-bar")
    bar.get_by_role("button", name="Both ways").click()
    bar.get_by_role("button", name="Strong").click()
    screen.pen("Support")
    screen.click("Growers")
    expect(page.locator(".net-hint")).to_contain_text("Growers")
    screen.click("Heat supplier")
    screen.saved()
    page.keyboard.press("Escape")
    expect(page.locator(".net-hint")).to_be_hidden()
    screen.drag("Growers", "Province")  # now it moves, and draws nothing
    screen.saved()
    assert screen.map.ties() == [("Growers", "Heat supplier", "Support", False, 3)]
    [edge] = screen.edges()
    assert not edge["arrows"]["to"]["enabled"]


def test_a_tie_that_is_there_already_is_not_drawn_twice(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University", type="Money")
    screen = Screen(shared_app, page, map_)
    screen.pen("Money")
    screen.drag("Province", "University")
    expect(page.locator(".board-says")).to_contain_text("have that tie (Money) already")
    assert len(map_.ties()) == 1


def test_a_tie_is_made_with_the_keyboard_alone(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    screen.page.get_by_role("tab", name="Measures").focus()
    page.keyboard.press("ArrowLeft")  # round to the last tab
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.type("Growers")
    page.keyboard.press("Tab")
    page.keyboard.type("Resource")
    page.keyboard.press("Tab")
    page.keyboard.type("Heat")
    form = page.get_by_role("form", name="New tie")
    expect(form.get_by_role("button", name="Add tie")).to_be_enabled()
    for _ in range(8):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    screen.saved()
    assert screen.map.ties() == [("Growers", "Heat supplier", "Resource flow", True, 1)]
    expect(screen.panel.get_by_text("Growers → Heat supplier")).to_be_visible()
    expect(form.get_by_label("To")).to_be_focused()


def test_a_tie_is_drawn_with_a_finger(shared_app: Any, touch_page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, touch_page, drawn())
    touch_page.get_by_role("group", name="Draw ties").get_by_role("button", name="Information").tap()
    (x, y), (to_x, to_y) = screen.at("Water board"), screen.at("Growers")
    finger = touch_page.context.new_cdp_session(touch_page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        point = {"x": x + (to_x - x) * step / 8, "y": y + (to_y - y) * step / 8}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    screen.saved()
    assert screen.map.ties() == [("Water board", "Growers", "Information", True, 1)]
    touch_page.touchscreen.tap(*screen.at("Province"))
    touch_page.touchscreen.tap(*screen.at("University"))
    screen.saved()
    assert ("Province", "University", "Information", True, 1) in screen.map.ties()


# ---- editing ties ---------------------------------------------------------------------------------------------------


def test_a_tie_is_edited_deleted_and_brought_back(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    tie_id = map_.tie("Province", "University", type="Money")
    screen = Screen(shared_app, page, map_)
    screen.click_tie(tie_id)
    card = page.locator(".net-card")
    card.get_by_label("Type").select_option("Authority")
    screen.saved()
    card.get_by_role("button", name="Strong").click()
    screen.saved()
    assert map_.ties() == [("Province", "University", "Authority", True, 3)]
    card.get_by_role("button", name="Turn round").click()
    screen.saved()
    card.get_by_role("button", name="Both ways").click()
    screen.saved()
    after = [("University", "Province", "Authority", False, 3)]
    assert map_.ties() == after
    fields = [field for _, field, _, _ in map_.log(Relation)]
    assert sorted(fields) == sorted(["type", "strength", "from_id", "to_id", "directed"])

    card.get_by_role("button", name="Delete tie").click()
    screen.saved()
    assert map_.ties() == []
    assert screen.edges() == []
    page.keyboard.press("Control+z")
    expect(screen.panel.locator('[data-measure="ties"] b')).to_have_text("1")
    assert map_.ties() == after


def test_several_ties_between_the_same_two_lie_apart_and_differ_by_more_than_colour(
    shared_app: Any, page: Page, drawn: Draw
) -> None:
    map_ = drawn()
    for kind in ("Information", "Money", "Conflict"):
        map_.tie("Province", "University", type=kind)
    map_.tie("University", "Province", type="Advice")
    screen = Screen(shared_app, page, map_)
    edges = screen.edges()
    middles = {tuple(round(v) for v in screen.ask("tieDomPosition(it)", edge["id"]).values()) for edge in edges}
    assert len(middles) == 4
    assert len({str(edge["dashes"]) for edge in edges}) == 4
    assert all(edge["arrows"]["to"]["enabled"] for edge in edges)
    for edge in edges:
        spot = screen.ask("tieDomPosition(it)", edge["id"])
        page.mouse.click(spot["x"], spot["y"])
        card = page.locator(".net-card")
        expect(card.get_by_role("button", name="Turn round")).to_be_visible()


def test_the_delete_key_deletes_the_selected_tie(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    tie_id = map_.tie("Growers", "University", type="Advice")
    screen = Screen(shared_app, page, map_)
    screen.click_tie(tie_id)
    page.keyboard.press("Delete")
    screen.saved()
    assert map_.ties() == []
    assert len(map_.places()) == 6


# ---- places ---------------------------------------------------------------------------------------------------------


def test_a_dragged_stakeholder_stays_where_it_was_put(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    x, y = screen.at("University")
    screen.drag("University", (x + 60, y - 90))
    screen.saved()
    put = screen.positions()["University"]
    assert put != PLACES["University"]
    assert screen.map.places()["University"] == pytest.approx(put, abs=0.06)
    assert {name: place for name, place in screen.map.places().items() if name != "University"} == {
        name: place for name, place in PLACES.items() if name != "University"
    }
    page.reload()
    screen.wait()
    assert screen.positions()["University"] == pytest.approx(put, abs=0.06)
    page.get_by_role("button", name="Undo", exact=True).click()
    page.wait_for_function("() => document.querySelector('[data-testid=\"stToast\"]')?.textContent.includes('Undone')")
    assert screen.map.places()["University"] == PLACES["University"]


def test_arrow_keys_move_what_is_selected_and_save_it_once(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    screen.click("Growers")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    screen.saved()
    x, y = screen.positions()["Growers"]
    assert x < 800
    assert y == 0
    assert screen.map.places()["Growers"] == pytest.approx((x, 0), abs=0.06)
    assert [field for _, field, _, _ in screen.map.log(Stakeholder)] == ["network_x"]


def test_a_stakeholder_is_moved_with_two_clicks_instead_of_a_drag(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    screen.tab("Stakeholders")
    screen.panel.get_by_role("button", name="Heat supplier").click()
    screen.panel.get_by_role("button", name="Move", exact=True).click()
    x, y = screen.at("University")
    page.mouse.click(x + 70, y + 40)
    screen.saved()
    assert screen.at("Heat supplier") == pytest.approx((x + 70, y + 40), abs=1.5)
    assert screen.map.places()["Heat supplier"] == pytest.approx(screen.positions()["Heat supplier"], abs=0.06)


def test_newcomers_get_a_place_that_is_kept_and_nobody_else_moves(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    with map_.writing() as session:
        map_.ids["Newcomer"] = stakeholders.add(session, map_.case, name="Newcomer").id
    screen = Screen(shared_app, page, map_)
    places = map_.places()
    assert {name: places[name] for name in PLACES} == PLACES
    assert screen.positions()["Newcomer"] == pytest.approx(places["Newcomer"], abs=1)
    assert {author for author, *_ in map_.log(Stakeholder)} == {"COPDash"}
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()


def test_arranging_anew_is_one_gesture_that_can_be_undone(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University")
    page.emulate_media(reduced_motion="reduce")
    screen = Screen(shared_app, page, map_)
    arrange(page, "By ties")
    expect(page.get_by_text("Everybody has a new place")).to_be_visible()
    assert map_.places() != PLACES
    for name, place in map_.places().items():
        assert screen.positions()[name] == pytest.approx(place, abs=1)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Undone: Arranged the network")).to_be_visible()
    assert map_.places() == PLACES


def arrange(page: Page, how: str) -> None:
    page.get_by_role("button", name="Arrange").click()
    page.get_by_text(how).click()


# ---- several at once ------------------------------------------------------------------------------------------------


def test_a_second_browser_sees_a_new_tie_and_keeps_its_view_and_selection(
    shared_app: Any, page: Page, second_page: Page, drawn: Draw
) -> None:
    map_ = drawn()
    mine = Screen(shared_app, page, map_)
    other = Screen(shared_app, second_page, map_, name="Kees", role="KWR")
    second_page.get_by_role("button", name="Zoom in").click()
    other.click("Water utility")
    expect(other.panel.get_by_role("heading", name="Water utility")).to_be_visible()
    view = other.ask("view()")
    mine.pen("Conflict")
    mine.drag("Water utility", "Growers")
    expect(other.panel.get_by_text("→ Growers")).to_be_visible()
    assert len(other.edges()) == 1
    assert other.ask("view()") == view
    expect(other.panel.get_by_role("heading", name="Water utility")).to_be_visible()


def test_news_of_others_waits_while_something_is_in_hand(
    shared_app: Any, page: Page, second_page: Page, drawn: Draw
) -> None:
    map_ = drawn()
    mine = Screen(shared_app, page, map_)
    other = Screen(shared_app, second_page, map_, name="Kees")
    x, y = mine.at("University")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50, y + 30, steps=4)
    version = mine.board.get_attribute("data-version")
    other.pen("Money")
    other.drag("Province", "Growers")
    other.saved()
    expect(mine.board).not_to_have_attribute("data-version", str(version))
    assert mine.edges() == []
    page.mouse.move(x + 80, y + 40, steps=3)
    assert mine.at("University") == pytest.approx((x + 80, y + 40), abs=1.5)
    page.mouse.up()
    mine.saved()
    assert len(mine.edges()) == 1
    assert mine.at("University") == pytest.approx((x + 80, y + 40), abs=1.5)


def test_a_viewer_sees_everything_and_can_change_nothing(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    tie_id = map_.tie("Province", "University", type="Money")
    screen = Screen(shared_app, page, map_, role="Viewer")
    before = map_.ties(), map_.places()
    says = page.locator(".board-says")
    x, y = screen.at("Growers")
    screen.drag("Growers", (x - 90, y + 90))
    expect(says).to_contain_text("viewer")
    assert screen.at("Growers") == pytest.approx((x, y), abs=1)
    screen.pen("Money")
    screen.click("Growers")
    screen.click("Province")
    assert len(screen.edges()) == 1
    page.keyboard.press("Escape")
    screen.click_tie(tie_id)
    page.locator(".net-card").get_by_role("button", name="Delete tie").click()
    arrange(page, "In a circle")
    expect(page.get_by_test_id("stToast").get_by_text("viewer")).to_be_visible()
    assert (map_.ties(), map_.places()) == before
    assert map_.log(Relation) == []


def test_a_net_map_session_of_twenty_ties_of_two_types_is_followed_in_a_second_browser(
    shared_app: Any, page: Page, second_page: Page, drawn: Draw
) -> None:
    map_ = drawn()
    mine = Screen(shared_app, page, map_)
    other = Screen(shared_app, second_page, map_, name="Kees", role="KWR")
    before = other.positions()
    first, second, third, fourth = list(PLACES)[:4]
    drawn_ties = []
    for kind, starts in (("Information", (first, second)), ("Money", (third, fourth))):
        mine.pen(kind)
        for start in starts:
            mine.click(start)
            for end in (name for name in PLACES if name != start):
                mine.click(end)
                drawn_ties.append((start, end, kind, True, 1))
            mine.click(start)
    page.keyboard.press("Escape")
    mine.saved()
    assert map_.ties() == sorted(drawn_ties)
    expect(other.panel.locator('[data-measure="ties"] b')).to_have_text("20")
    assert len(other.edges()) == 20
    assert other.positions() == before


def test_on_the_wall_ties_are_drawn_too_and_escape_ends_that_first(shared_app: Any, page: Page, drawn: Draw) -> None:
    screen = Screen(shared_app, page, drawn())
    page.get_by_role("button", name="Present").click()
    wall = page.locator(".board.presenting")
    expect(wall).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    screen.wait()
    screen.pen("Advice")
    screen.click("Province")
    screen.click("University")
    screen.saved()
    assert screen.map.ties() == [("Province", "University", "Advice", True, 1)]
    page.get_by_role("button", name="Size", exact=True).click()
    page.get_by_role("radiogroup", name="Size of a stakeholder").get_by_text("Influence towers").click()
    expect(page.locator(".net-legend")).to_contain_text("A disc for each point of power")
    page.keyboard.press("Escape")  # closes the choice
    expect(page.get_by_role("radiogroup", name="Size of a stakeholder")).to_be_hidden()
    page.locator(".net-stage").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".net-hint")).to_be_hidden()
    expect(wall).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()


def test_nothing_fades_while_ties_are_drawn(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University")
    screen = Screen(shared_app, page, map_)
    screen.pen("Money")
    page.mouse.move(*screen.at("Province"), steps=3)
    page.wait_for_function(
        """id => [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.board')).filter(Boolean)
            .some(board => board.copdashNetwork?.hovered() === id)""",
        arg=str(map_.ids["Province"]),
    )
    assert screen.ask("faded()") is False
    page.keyboard.press("Escape")
    page.mouse.move(5, 5)
    page.mouse.move(*screen.at("Province"), steps=3)
    page.wait_for_function(
        """() => [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.board')).filter(Boolean)
            .some(board => board.copdashNetwork?.faded())"""
    )


def test_a_wanted_tie_looks_another_way_and_counts_in_no_measure(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University", type="Money")
    screen = Screen(shared_app, page, map_)
    page.locator(".net-bar").get_by_role("button", name="Wanted").click()
    screen.pen("Money")
    screen.drag("Growers", "Heat supplier")
    screen.saved()
    expect(screen.panel.locator('[data-measure="ties"] b')).to_have_text("1")
    expect(page.locator(".net-legend")).to_contain_text("Wanted tie")
    looks = {edge["arrows"]["to"]["type"]: edge for edge in screen.edges()}
    assert looks["vee"]["dashes"] != looks["arrow"]["dashes"]
    assert looks["vee"]["color"]["opacity"] < looks["arrow"]["color"]["opacity"]
    page.keyboard.press("Escape")
    screen.tab("Ties")
    screen.panel.get_by_role("button", name="Growers → Heat supplier").click()
    card = page.locator(".net-card")
    card.get_by_role("button", name="Existing").click()
    type_into(card.get_by_label("Evidence"), "Contract of May")
    type_day(card.get_by_label("Since"), "2021-05-03")
    card.get_by_label("Since").press("Tab")
    screen.saved()
    card.get_by_role("button", name="Close").click()
    screen.tab("Measures")
    expect(screen.panel.locator('[data-measure="ties"] b')).to_have_text("2")
    fields = {field: now for _, field, _, now in map_.log(Relation) if field}
    assert fields == {"status": "Existing", "evidence": "Contract of May", "since": "2021-05-03"}


def test_what_is_shown_is_chosen_and_the_measures_follow(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University", type="Money", strength=3, until="2021-06-01")
    map_.tie("Province", "Growers", type="Advice", since="2021-03-01")
    map_.tie("Province", "Water board", type="Conflict", status="Wanted")
    screen = Screen(shared_app, page, map_)
    screen.tab("Show")
    told = page.locator(".net-told")
    expect(told).to_contain_text("3 of 3 ties are shown")
    page.get_by_role("checkbox", name="Advice").uncheck()
    expect(told).to_contain_text("2 of 3 ties are shown")
    page.get_by_role("button", name="Existing", exact=True).click()
    expect(told).to_contain_text("1 of 3 ties are shown")
    screen.tab("Measures")
    expect(screen.panel.locator('[data-measure="ties"] b')).to_have_text("1")
    screen.tab("Show")
    page.get_by_role("button", name="Show all ties").click()
    type_day(page.get_by_label("On the day"), "2021-01-15")
    page.get_by_label("On the day").press("Tab")
    expect(told).to_contain_text("2 of 3 ties are shown")
    type_day(page.get_by_label("On the day"), "2021-07-15")
    page.get_by_label("On the day").press("Tab")
    expect(told).to_contain_text("2 of 3 ties are shown")
    assert {edge["from"] for edge in screen.edges()} == {str(map_.ids["Province"])}


def test_membership_is_set_beside_the_picture(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    screen = Screen(shared_app, page, map_)
    screen.click("Growers")
    page.get_by_label("In the CoP").select_option("Invited")
    screen.saved()
    assert map_.log(Stakeholder)[-1][1:] == ("membership", "", "Invited")


def test_new_and_gone_ties_stand_out_against_a_version(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    gone = map_.tie("Province", "University", type="Money")
    map_.tie("Province", "Growers")
    with map_.writing() as session:
        versions.freeze(session, map_.case, title="In spring")
    with map_.writing() as session:
        relations.cut(session, [gone])
    map_.tie("Growers", "Heat supplier", type="Advice")
    screen = Screen(shared_app, page, map_)
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_text("1 tie new, 1 tie gone")).to_be_visible()
    since = screen.panel.locator('[data-measure="since"]')
    expect(since.get_by_role("heading")).to_have_text("Since «In spring»")
    expect(since).to_contain_text("New: Growers → Heat supplier (Advice)")
    expect(since).to_contain_text("Gone: Province → University (Money)")
    expect(screen.panel.locator('[data-measure="isolates"] .net-number')).to_contain_text("(was 3)")
    slider = page.get_by_role("slider", name="Compared with")
    slider.focus()
    page.keyboard.press("ArrowRight")  # on to now
    expect(slider).to_have_count(0)
    expect(since).to_have_count(0)


def test_meetings_take_the_place_of_ties_and_nobody_moves(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    map_.tie("Province", "University")
    with map_.writing() as session:
        meeting = meetings.plan(session, map_.case, title="First CoP", starts_on="2021-06-15")
        session.flush()
        meetings.invite(session, meeting.id, stakeholder_ids=[map_.ids["Province"], map_.ids["Growers"]])
        session.flush()
        meetings.note_attended(session, meeting.id, stakeholder_ids=[map_.ids["Growers"]])
    screen = Screen(shared_app, page, map_)
    before = screen.positions()
    screen.tab("Show")
    page.get_by_role("button", name="Meetings", exact=True).click()
    expect(page.locator(".net-legend")).to_contain_text("A calendar leaf")
    looks = {edge["from"]: edge for edge in screen.edges()}
    assert {edge["to"] for edge in looks.values()} == {str(meeting.id)}
    came, invited = looks[str(map_.ids["Growers"])], looks[str(map_.ids["Province"])]
    assert invited["dashes"]
    assert not came["dashes"]
    assert came["width"] > invited["width"]
    spot = screen.ask("domPosition(it)", str(meeting.id))
    page.mouse.click(spot["x"], spot["y"])
    card = page.locator(".net-card")
    expect(card.get_by_role("heading", name="First CoP")).to_be_visible()
    expect(card).to_contain_text("2 invited, 1 came")
    expect(card.locator(".net-row")).to_have_text(["Province", "Growerscame"])
    assert screen.positions() == before


def test_two_who_drag_the_same_stakeholder_are_told(shared_app: Any, page: Page, drawn: Draw) -> None:
    map_ = drawn()
    mine = Screen(shared_app, page, map_)
    mine.page.mouse.move(*mine.at("Growers"))
    mine.page.mouse.down()
    mine.page.mouse.move(mine.at("Growers")[0] - 60, mine.at("Growers")[1] + 60, steps=5)
    with map_.writing() as session:
        stakeholders.arrange(session, {map_.ids["Growers"]: (600.0, 100.0)})
    expect(mine.board).to_have_attribute("data-version", re.compile(r"\d+"))
    mine.page.mouse.up()
    mine.saved()
    expect(page.locator(".board-says")).to_contain_text("Growers was moved meanwhile")
    assert map_.places()["Growers"] == (600.0, 100.0)

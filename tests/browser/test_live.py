"""Between screens: what was done just before leaving one, news from others, and the undo keys where no board is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from copdash import case_studies, eyes, stakeholders, store
from tests.browser.screens.network_map import Map, Screen

from .keyboard import type_into

EDITABLE = ".board:not(.looking-on) .dot"
SMALL = {"Province": (0.0, 0.0), "Growers": (400.0, 0.0), "Bank": (0.0, 300.0)}


@pytest.fixture
def few(shared_app: Any) -> Map:
    found = Map(f"sqlite:///{shared_app.database.as_posix()}", names=SMALL)
    with found.writing() as session:
        for name, seen in found.ids.items():
            stakeholders.move(session, seen, power=8.0 if name == "Province" else 2.0, interest=2.0)
    return found


@pytest.fixture
def nobody(shared_app: Any) -> Map:
    return Map(f"sqlite:///{shared_app.database.as_posix()}", names={})


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    store.close()


def enter(app: Any, page: Page, of: Map, screen: str, name: str = "Marta") -> None:
    app.enter(page, f"/{screen}?case={of.case}", name)


def go(page: Page, screen: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=screen, exact=True).click()


def drag_to_the_left(page: Page, name: str) -> None:
    """Drag a dot of the grid, and let go."""
    box = page.locator(f".dot[aria-label^='{name}, power'] .mark").bounding_box()
    frame = page.locator("svg .frame").bounding_box()
    assert box is not None
    assert frame is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y, steps=3)
    page.mouse.move(frame["x"] + frame["width"] * 0.1, y, steps=3)
    page.mouse.up()


def interest(of: Map, name: str) -> float | None:
    with of.here(), store.reading(eyes.PROGRAM) as session:
        return next(row.interest for row in stakeholders.of_case(session, of.case) if row.name == name)


def title(of: Map) -> str:
    with of.here(), store.reading(eyes.PROGRAM) as session:
        return case_studies.get(session, of.case).title


def rename(page: Page, of: Map, new: str) -> None:
    """Another title, and then the hands off the field."""
    field = page.get_by_label("Title").first
    expect(field).to_have_value(title(of))  # not the one of a new case study, which may be drawn before
    type_into(field, new)
    field.press("Enter")
    field.blur()
    becomes(page, of, new)


def becomes(page: Page, of: Map, wanted: str) -> None:
    """Wait until the store has this title."""
    for _ in range(200):
        if title(of) == wanted:
            return
        page.wait_for_timeout(100)
    assert title(of) == wanted


def set_place(page: Page, new: str) -> None:
    field = page.get_by_label("Place").first
    type_into(field, new)
    field.press("Enter")


def answered(page: Page) -> None:
    expect(page.locator(".board[data-waiting='0']")).to_be_visible()


def lossy(page: Page) -> list[bool]:
    """A connection that loses gestures on their way while the answered list holds True."""
    losing = [False]

    def carry(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            raw = message.encode() if isinstance(message, str) else message
            if not (losing[0] and b"gestures" in raw):
                server.send(message)

        socket.on_message(pass_on)

    page.route_web_socket(re.compile("_stcore/stream|/channel$"), carry)
    return losing


# ---- leaving a screen -----------------------------------------------------------------------------------------------


def test_leaving_right_after_a_drag_loses_nothing_and_the_next_screen_follows_the_others(
    shared_app: Any, page: Page, second_page: Page, few: Map
) -> None:
    enter(shared_app, second_page, few, "case-study", "Kees")
    enter(shared_app, page, few, "power-interest")
    expect(page.locator(EDITABLE)).to_have_count(3)
    drag_to_the_left(page, "Province")
    go(page, "Network")
    expect(page.locator(".net-canvas canvas")).to_be_visible()
    answered(page)
    assert interest(few, "Province") == pytest.approx(1, abs=0.11)
    version = page.locator(".board").get_attribute("data-version")
    set_place(second_page, "Nieuw-Vossemeer")
    expect(page.locator(".board")).not_to_have_attribute("data-version", str(version))


def test_what_never_reached_the_server_waits_for_the_next_board_and_stops_no_news(
    shared_app: Any, page: Page, second_page: Page, few: Map
) -> None:
    losing = lossy(page)
    enter(shared_app, second_page, few, "case-study", "Kees")
    enter(shared_app, page, few, "power-interest")
    expect(page.locator(EDITABLE)).to_have_count(3)
    losing[0] = True
    drag_to_the_left(page, "Province")
    expect(page.locator(".board[data-waiting='1']")).to_be_visible()
    go(page, "Case study")
    expect(page.get_by_label("Place").first).to_be_visible()
    set_place(second_page, "Nieuw-Vossemeer")
    expect(page.get_by_label("Place").first).to_have_value("Nieuw-Vossemeer")
    assert interest(few, "Province") == 2.0
    losing[0] = False
    go(page, "Network")
    expect(page.locator(".net-canvas canvas")).to_be_visible()
    answered(page)
    assert interest(few, "Province") == pytest.approx(1, abs=0.11)


def test_a_board_that_hears_no_answer_still_follows_the_others(
    shared_app: Any, page: Page, second_page: Page, few: Map
) -> None:
    losing = lossy(page)
    enter(shared_app, second_page, few, "power-interest", "Kees")
    enter(shared_app, page, few, "power-interest")
    expect(page.locator(EDITABLE)).to_have_count(3)
    losing[0] = True
    drag_to_the_left(page, "Province")
    expect(second_page.locator(EDITABLE)).to_have_count(3)
    second_page.locator(".dot[aria-label^='Growers, power']").focus()
    second_page.keyboard.press("ArrowRight")
    expect(page.locator(".dot[aria-label^='Growers, power']")).to_have_attribute("data-interest", "2.1")
    expect(page.locator(".board")).to_have_attribute("data-waiting", "1")


def test_a_nudge_that_was_not_saved_yet_is_saved_when_the_network_is_left(
    shared_app: Any, page: Page, few: Map
) -> None:
    enter(shared_app, page, few, "power-interest")
    expect(page.locator(EDITABLE)).to_have_count(3)
    go(page, "Network")
    screen = Screen.__new__(Screen)
    screen.app, screen.page, screen.map = shared_app, page, few
    screen.wait()
    screen.click("Bank")
    expect(screen.panel).to_contain_text("Bank")
    before = few.places()["Bank"]
    page.keyboard.press("ArrowRight")
    page.go_back()
    expect(page.locator(EDITABLE)).to_have_count(3)
    answered(page)
    assert few.places()["Bank"] != before


# ---- undo keys ------------------------------------------------------------------------------------------------------


def test_control_z_on_the_case_study_screen_takes_a_title_back_and_again(
    shared_app: Any, page: Page, nobody: Map
) -> None:
    old = title(nobody)
    enter(shared_app, page, nobody, "case-study")
    rename(page, nobody, "Quite another title")
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Title").first).to_have_value(old)
    assert title(nobody) == old
    page.keyboard.press("Control+Shift+z")
    becomes(page, nobody, "Quite another title")
    expect(page.get_by_label("Title").first).to_have_value("Quite another title")


def test_control_z_while_typing_belongs_to_the_field(shared_app: Any, page: Page, nobody: Map) -> None:
    enter(shared_app, page, nobody, "case-study")
    rename(page, nobody, "Quite another title")
    place = page.get_by_label("Place").first
    place.press_sequentially("Kalundborg")
    place.press("Control+z")
    expect(place).not_to_have_value("Kalundborg")
    type_into(place, "Kalundborg harbour")
    place.press("Enter")
    page.get_by_role("button", name="Recent changes").click()
    expect(page.get_by_role("button", name="Undo this")).to_have_count(2)
    assert title(nobody) == "Quite another title"


@pytest.mark.parametrize("screen", ["Power-interest", "Network", "Import and export", "Stakeholders", "Meetings"])
def test_control_z_takes_back_once_on_every_screen_of_a_case_study_without_rows(
    shared_app: Any, page: Page, nobody: Map, screen: str
) -> None:
    enter(shared_app, page, nobody, "case-study")
    rename(page, nobody, "First title")
    rename(page, nobody, "Second title")
    expect(page.get_by_label("Title").first).to_have_value("Second title")
    go(page, screen)
    expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
    expect(page.get_by_label("Title")).to_have_count(0)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    if screen in ("Stakeholders", "Meetings"):
        answered(page)  # its board is there
    expect(page.locator(".live[data-version]").last).to_be_attached()  # what hears the keys is there
    page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name="Redo", exact=True)).to_be_enabled()
    assert title(nobody) == "First title"


def test_a_key_held_down_takes_back_one_step(shared_app: Any, page: Page, few: Map) -> None:
    enter(shared_app, page, few, "power-interest")
    dot = page.locator(".dot[aria-label^='Growers, power']")
    expect(page.locator(EDITABLE)).to_have_count(3)
    dot.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(dot).to_have_attribute("data-interest", "2.3")
    answered(page)
    page.keyboard.down("Control")
    for _ in range(4):
        page.keyboard.down("z")  # the second and later ones are what a held key repeats
    page.keyboard.up("z")
    page.keyboard.up("Control")
    expect(dot).to_have_attribute("data-interest", "2.2")
    answered(page)
    assert interest(few, "Growers") == 2.2

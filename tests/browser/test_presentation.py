"""In the room: large type, and with names hidden no name, note or attitude in any byte that reaches the browser."""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Response, expect

from copdash import actions, calls, case_studies, eyes, fields, meetings, milestones, relations, stakeholders, store
from copdash.models import Attitude, Group, RelationType
from copdash.roles import PROGRAM

MANY = 500
CANARY = "Zwiebelfisch"  # no word of any library
BOARD = ".board[data-version]"
TEXTS = """root => [...root.querySelectorAll("*")].filter((node) => {
  const words = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  if (!words || node.closest(".aloud, .roadmap-heard, option, style, .vis-label.strip") || node.checkVisibility?.({
    visibilityProperty: true, opacityProperty: true }) === false) return false;
  const box = node.getBoundingClientRect();
  return box.width > 1 && box.height > 1;
}).map((node) => [parseFloat(getComputedStyle(node).fontSize), node.getAttribute("class"), node.textContent])
  .filter(([size]) => size < 18)"""


class Heard:
    """Every byte a browser was sent from now on: bodies of answers, and frames of web sockets as they are unpacked."""

    def __init__(self, app: Any, page: Page) -> None:
        self.app, self.page = app, page
        self.frames: list[bytes] = []
        self.answers: list[Response] = []
        self.bodies: list[bytes] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda sent: self.frame(sent)))
        page.on("response", lambda answer: self.answers.append(answer))

    def frame(self, sent: str | bytes) -> None:
        self.frames.append(sent.encode("utf-8") if isinstance(sent, str) else sent)

    def body(self, answer: Response) -> bytes:
        try:
            return answer.body()
        except Error:  # the browser has let go of it; the server says the same again
            return self.page.context.request.get(answer.url).body()

    def open(self, path: str) -> None:
        """Go to an address; what came before is read first, the browser forgets it."""
        self.sent()
        self.app.open(self.page, path)

    def sent(self) -> bytes:
        self.bodies += [self.body(answer) for answer in self.answers if answer.status == 200]
        self.answers.clear()
        return b"\n".join([*self.frames, *self.bodies])


@pytest.fixture(scope="module")
def room(shared_app: Any) -> Iterator[Any]:
    """The example, and a case study in which every text that a person can write holds the canary."""
    count = itertools.count()

    def words(columns: Any) -> dict[str, Any]:
        return {name: f"{CANARY} {next(count)}" for name, column in columns.items() if column.shape in ("text", "note")}

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COPDASH_DATABASE_URL", f"sqlite:///{shared_app.database.as_posix()}")
        with store.writing(PROGRAM, undoable=False) as session:
            study = case_studies.begin(session, title="Water", time_zone="UTC", technologies=CANARY).id
            session.flush()
            ids = [uuid.uuid4() for _ in range(MANY)]
            rows = [
                (
                    row_id,
                    {
                        **words(fields.STAKEHOLDER),
                        "name": f"{CANARY} name {number:03d}",
                        "group": Group.values()[number % 11],
                        "attitude": Attitude.RESISTANT.value,
                        "attitude_wanted": Attitude.LEADING.value,
                        "membership": "Core" if number < 20 else "",
                        **({"power": number % 101 / 10, "interest": number * 37 % 101 / 10} if number > 4 else {}),
                    },
                )
                for number, row_id in enumerate(ids)
            ]
            stakeholders.add_all(session, study, rows)
            relations.tie_all(
                session,
                study,
                [
                    {"from_id": ids[n], "to_id": ids[n * 7 % MANY + 1], "type": RelationType.values()[n % 7]}
                    for n in range(1, 60)
                ],
            )
            for number in range(4):
                planned = meetings.plan(
                    session,
                    study,
                    **{**words(fields.MEETING), "title": f"CoP {number}", "starts_on": f"2021-0{number + 5}-10"},
                )
                session.flush()
                meetings.invite(session, planned.id, stakeholder_ids=ids[:30])
            milestones.set_up(session, study, title="Pilot", due_on="2021-07-01")
            call = calls.begin(session, study, people=f"{CANARY} who spoke")
            session.flush()
            calls.note(session, call.id, text=f"{CANARY} note of a call")
            actions.add(session, study, call_id=call.id, title=f"{CANARY} action", owner=f"{CANARY} owner")
        with store.reading(eyes.PROGRAM) as session:
            shared_app.example = next(row.id for row in case_studies.listed(session) if row.example)
        shared_app.case, shared_app.ids = study, ids
        yield shared_app
        store.close()


def test_no_name_note_or_attitude_reaches_a_browser_that_hides_them(room: Any, page: Page, second_page: Page) -> None:
    """On every screen: hover, selection, a drag by keys, undo, news from somebody with names shown, and other pages."""
    room.enter(page, "/help", name=f"{CANARY} presenter")
    room.enter(second_page, f"/power-interest?case={room.case}", name=f"{CANARY} colleague")
    heard = Heard(room, page)
    hidden = f"case={room.case}&names=hidden"

    heard.open(f"/power-interest?{hidden}")
    dot = page.locator(f'.dot[data-id="{room.ids[40]}"]')
    expect(dot).to_have_attribute("aria-label", "S41, power 4, interest 6.6, Regulators")
    dot.hover(force=True)
    expect(page.locator(".tip")).to_contain_text("S41")
    dot.dispatch_event("pointerdown", {"button": 0, "pointerId": 1, "isPrimary": True})
    dot.focus()
    page.keyboard.press("Enter")
    expect(dot).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowUp")
    expect(dot).to_have_attribute("data-power", "4.1")
    expect(page.locator(f'{BOARD}[data-waiting="0"]')).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    page.get_by_role("button", name="Undo").click()
    expect(dot).to_have_attribute("data-power", "4")
    page.locator(f'.dot[data-id="{room.ids[50]}"]').focus()
    theirs = second_page.locator(f'.dot[data-id="{room.ids[60]}"]')
    theirs.focus()
    second_page.keyboard.press("ArrowUp")
    expect(page.locator(f'.dot[data-id="{room.ids[60]}"]')).to_have_attribute("data-power", "6.1")
    assert page.locator(".st-key-card").count() == 0

    page.get_by_test_id("stSidebar").get_by_role("link", name="Network").click()
    expect(page.locator(f"{BOARD} .net-stage")).to_be_visible()
    page.locator(f"{BOARD} .net-stage").hover()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Portfolio").click()
    expect(page.get_by_test_id("stPlotlyChart")).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Meetings").click()
    expect(page.locator(f"{BOARD}.roadmap .handle[data-key]").first).to_be_visible()
    page.locator(f"{BOARD}.roadmap .handle[data-key]").first.click()
    assert page.locator(".st-key-card").count() == 0
    heard.open(f"/meetings?case={room.example}&names=hidden&present=1")
    page.get_by_role("button", name="Show beside").click()
    page.get_by_text("Also your own case studies").click()
    page.get_by_role("combobox", name="Other case studies").click()
    page.get_by_role("option", name="Water", exact=True).click()
    expect(page.locator(".roadmap .vis-label.other")).to_be_visible()
    for screen in ("stakeholders", "files", "case-study", "one-on-one", "review", "roadmaps"):
        heard.open(f"/{screen}?{hidden}")
        expect(page.get_by_text("Names are hidden")).to_be_visible()

    sent = heard.sent()
    assert sent.count(b"S41") > 3
    assert [sent[found.start() - 200 : found.end() + 60] for found in re.finditer(CANARY.encode(), sent)] == []
    assert b"Resistant" not in b"\n".join(heard.frames)


def test_the_control_with_names_shown_the_same_ears_hear_them_all(room: Any, page: Page) -> None:
    room.enter(page, "/help", name="Marta")
    for screen in ("power-interest", "network", ""):
        heard = Heard(room, page)
        heard.open(f"/{screen}?case={room.case}")
        ready = {"network": f"{BOARD} .net-stage", "": '[data-testid="stPlotlyChart"]'}.get(screen, ".dot")
        expect(page.locator(ready).first).to_be_visible()
        sent = heard.sent()
        page.goto("about:blank")
        first = 5 if screen == "" else 0  # the portfolio draws the rated ones
        assert all(f"{CANARY} name {number:03d}".encode() in sent for number in range(first, MANY))
    assert b"Resistant" in b"\n".join(heard.frames) or screen == ""


@pytest.mark.parametrize("screen", ["power-interest", "network", "meetings"])
def test_on_a_wall_no_text_of_the_board_is_small_and_escape_leaves(room: Any, page: Page, screen: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    room.enter(page, f"/{screen}?case={room.example}")
    page.get_by_role("button", name="Present").click()
    board = page.locator(f"{BOARD}.presenting")
    expect(board).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    marks = {"power-interest": ".dot", "network": ".net-entry", "meetings": ".handle[data-key]"}
    expect(board.locator(marks[screen]).first).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert board.evaluate(TEXTS) == []
    box = board.bounding_box()
    assert box is not None
    assert box["width"] > 1850
    assert box["height"] > 950
    page.reload()
    expect(board).to_be_visible()
    expect(page.locator(".presentation button")).to_be_attached()  # what listens for the key may come after the board
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect(page.locator(f"{BOARD}:not(.presenting)")).to_be_visible()


def test_on_a_wall_a_dot_can_still_be_dragged_and_escape_lets_go_of_it_first(room: Any, page: Page) -> None:
    room.enter(page, "/help")
    room.open(page, f"/power-interest?case={room.example}&present=1")
    dot = page.locator(".board.presenting .dot").first
    was = dot.get_attribute("data-interest")
    box = dot.locator(".mark").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 40, box["y"], steps=4)
    page.mouse.move(box["x"] - 150, box["y"], steps=4)
    page.mouse.up()
    moved = page.locator(f'.dot[data-id="{dot.get_attribute("data-id")}"]')
    expect(moved).not_to_have_attribute("data-interest", str(was))
    expect(page.locator(f'{BOARD}[data-waiting="0"]')).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    moved.focus()
    page.keyboard.press("Enter")
    expect(moved).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(moved).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".board.presenting")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()

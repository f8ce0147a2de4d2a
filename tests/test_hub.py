"""The hub of the channel: fake sockets, readings that the test gives. Tests carry the numbers of their rules."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Coroutine
from typing import Any

from copdash import hub, people
from copdash.errors import Busy, NotFound
from copdash.eyes import Eye
from copdash.hub import Connection, Hub, Key, Pace, View
from copdash.looks import Reading, Seen
from copdash.models import Role
from copdash.tickets import Ticket, Tickets
from tests import loops

CASE = uuid.UUID(int=7)


class Socket:
    """What a tab heard; one that is `slow` takes nothing until it is let go."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.free = asyncio.Event()
        self.free.set()

    async def send_text(self, data: str) -> None:
        await self.free.wait()
        self.heard.append(json.loads(data))

    @property
    def versions(self) -> list[tuple[int | None, int]]:
        return [(told.get("from"), told["to"]) for told in self.heard if "to" in told]


class House:
    """A hub over a case study that the test changes, and tabs that look at it."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {"a": 0, "b": 0}
        self.version = 1
        self.reads: list[Key] = []
        self.done: list[str] = []
        self.trouble: list[Exception] = []
        self.refusing: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.tickets = Tickets()
        self.around: object = "the frame"
        self.arounds = 0
        self.hub = Hub(self.read, self.read_around, self.carry_out, self.tickets)
        self.speaking: list[asyncio.Task[None]] = []

    async def read(self, key: Key) -> Reading:
        self.reads.append(key)
        if self.trouble:
            raise self.trouble.pop(0)
        return self.reading()

    async def read_around(self, key: Key) -> tuple[int, object]:
        self.arounds += 1
        if self.trouble:
            raise self.trouble.pop(0)
        return self.version, self.around

    def reading(self) -> Reading:
        rows = {row_id: {"id": row_id, "value": value} for row_id, value in self.values.items()}
        return Reading(self.version, Seen({"stakeholders": rows}, {}))

    async def carry_out(self, connection: Connection, view: View, sent: list[Any]) -> tuple[dict[str, str], int]:
        await self.gate.wait()
        if self.refusing:
            raise self.refusing.pop(0)
        for gesture in sent:
            self.done.append(gesture["id"])
            if "value" in gesture:
                self.change(gesture["row"], gesture["value"])
        return {gesture["id"]: gesture.get("refused", "") for gesture in sent}, self.version

    def change(self, row: str, value: int) -> None:
        """As a commit does: another version, and the news of it."""
        self.values[row] = value
        self.version += 1
        self.hub.changed({CASE})

    async def tab(self, token: str = "token") -> tuple[Connection, Socket]:
        socket = Socket()
        connection = self.hub.join(socket, token)
        assert connection is not None
        self.speaking.append(asyncio.create_task(connection.speak()))
        return connection, socket

    def ticket(self, *, token: str = "token", hidden: bool = False, tab: str = "tab", case: uuid.UUID = CASE) -> str:
        eye = Eye(None, Role.VIEWER, names_hidden=hidden)
        return self.tickets.issue(Ticket(people.digest(token), tab, "power_interest", case, eye))

    async def looking(self, version: int | None = None, **said: Any) -> tuple[Connection, Socket]:
        """A tab that has opened its look `l`, at the version now unless told."""
        connection, socket = await self.tab()
        at = self.version if version is None else version
        await self.hub.hear(connection, {"open": "l", "ticket": self.ticket(**said), "version": at})
        await settled()
        return connection, socket

    def gesture(self, **values: Any) -> dict[str, Any]:
        return {"id": str(uuid.uuid4()), "case_study_id": str(CASE), **values}


async def settled() -> None:
    """Everything that can happen without time has happened."""
    for _ in range(50):
        await asyncio.sleep(0)


def told(test: Callable[[House], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Run the test in a house of its own; the name of the test stays."""

    def run() -> None:
        async def within() -> None:
            house = House()
            try:
                await test(house)
            finally:
                for one in house.speaking:
                    one.cancel()

        loops.run(within())

    run.__name__ = test.__name__
    return run


# ---- rule 1: a look is opened with a ticket -------------------------------------------------------------------------


@told
async def test_rule_1_whoever_shows_the_newest_is_told_nothing(house: House) -> None:
    _, socket = await house.looking()
    assert [list(one) for one in socket.heard] == [["opened", "ticket"]]


@told
async def test_rule_1_whoever_shows_what_nobody_remembers_is_told_all(house: House) -> None:
    house.version = 40
    _, socket = await house.looking(version=3)
    assert socket.versions == [(None, 40)]
    assert [row["id"] for row in socket.heard[-1]["all"]["stakeholders"]] == ["a", "b"]


@told
async def test_rule_1_no_ticket_no_look(house: House) -> None:
    connection, socket = await house.tab()
    used = house.ticket()
    await house.hub.hear(connection, {"open": "first", "ticket": used, "version": 1})
    for ticket in (used, "made up", None, house.ticket(token="another")):
        await house.hub.hear(connection, {"open": "l", "ticket": ticket, "version": 1})
    await settled()
    assert [one.get("ended") for one in socket.heard] == [None, "l", "l", "l", "l"]
    assert list(connection.views) == ["first"]


@told
async def test_rule_1_after_a_lost_connection_the_look_goes_on_with_its_other_ticket_once(house: House) -> None:
    connection, socket = await house.looking()
    again = socket.heard[0]["ticket"]
    house.hub.leave(connection)
    house.change("a", 5)
    other, back = await house.tab()
    await house.hub.hear(other, {"open": "l", "ticket": again, "version": 1})
    await settled()
    assert back.versions == [(None, 2)]  # nobody looked meanwhile, so nobody remembers the way
    third, _ = await house.tab()
    await house.hub.hear(third, {"open": "l", "ticket": again, "version": 1})
    assert third.views == {}


@told
async def test_rule_1_three_tabs_that_come_back_at_once_are_three(house: House) -> None:
    tabs = [await house.looking() for _ in range(3)]
    for connection, _ in tabs:
        house.hub.leave(connection)
    house.change("a", 1)
    back = []
    for _, socket in tabs:
        connection, heard = await house.tab()
        await house.hub.hear(connection, {"open": "l", "ticket": socket.heard[0]["ticket"], "version": 1})
        back.append(heard)
    await settled()
    assert [one.versions for one in back] == [[(None, 2)]] * 3
    house.change("b", 1)
    await settled()
    assert [one.versions for one in back] == [[(None, 2), (2, 3)]] * 3


# ---- rule 2: read once an eye ---------------------------------------------------------------------------------------


@told
async def test_rule_2_one_change_is_read_once_an_eye_however_many_look(house: House) -> None:
    seeing = [await house.looking() for _ in range(5)]
    blind = [await house.looking(hidden=True) for _ in range(5)]
    house.reads.clear()
    house.change("a", 1)
    await settled()
    assert sorted(key.names_hidden for key in house.reads) == [False, True]
    assert all(socket.versions == [(1, 2)] for _, socket in seeing + blind)


@told
async def test_rule_2_what_nobody_looks_at_is_not_read(house: House) -> None:
    connection, _ = await house.looking()
    await house.hub.hear(connection, {"close": "l"})
    house.reads.clear()
    house.change("a", 1)
    house.hub.changed({uuid.UUID(int=8)})
    await settled()
    assert house.reads == []
    assert house.hub.groups == {}


@told
async def test_rule_2_a_store_that_is_busy_is_asked_again(
    house: House,
) -> None:
    _, socket = await house.looking()
    house.trouble = [Busy("The store is busy.")]
    house.change("a", 1)
    await settled()
    assert socket.versions == []
    while not socket.versions:
        await asyncio.sleep(0.05)
    await settled()
    assert socket.versions == [(1, 2)]


@told
async def test_rule_2_a_case_study_that_went_ends_its_looks(house: House) -> None:
    connection, socket = await house.looking()
    house.trouble = [NotFound("It is gone.")]
    house.change("a", 1)
    await settled()
    assert socket.heard[-1] == {"ended": "l"}
    assert connection.views == {}


@told
async def test_rule_2_a_page_is_told_when_what_stands_around_its_board_is_another(house: House) -> None:
    _, one = await house.looking()
    _, other = await house.looking(tab="other")
    await leisurely()
    for value in range(5):
        house.change("a", value)
    await leisurely()
    assert not [said for said in [*one.heard, *other.heard] if "around" in said]
    house.around = "another title"
    house.change("b", 1)
    await leisurely()
    for socket in (one, other):
        assert [said for said in socket.heard if "around" in said] == [{"look": "l", "around": 7}]
    _, late = await house.looking()
    await leisurely()
    assert not [said for said in late.heard if "around" in said]


@told
async def test_rule_2_a_page_older_than_the_look_is_told_once_as_it_may_show_something_else(house: House) -> None:
    house.version = 9
    _, socket = await house.looking(version=4)
    await leisurely()
    house.change("a", 1)
    await leisurely()
    assert [said["around"] for said in socket.heard if "around" in said] == [9]


@told
async def test_rule_2_a_page_older_than_its_board_is_told_though_the_board_shows_the_newest(house: House) -> None:
    """The connection was lost between the rows and the word that the page is another."""
    house.version = 12
    connection, socket = await house.tab()
    asked = {"open": "l", "ticket": house.ticket(), "version": 12, "page": 5}
    await house.hub.hear(connection, asked)
    await leisurely()
    assert [said["around"] for said in socket.heard if "around" in said] == [12]


@told
async def test_rule_2_nothing_is_asked_around_a_look_that_was_left_at_once(house: House) -> None:
    connection, _ = await house.looking()
    await house.hub.hear(connection, {"close": "l"})
    await leisurely()
    assert house.arounds == 0


@told
async def test_rule_2_what_stands_around_is_asked_at_leisure_and_again_after_trouble(house: House) -> None:
    _, socket = await house.looking()
    await leisurely()
    before = house.arounds
    for value in range(20):
        house.change("a", value)
        await settled()
    assert house.arounds == before
    assert socket.versions[-1][1] == house.version
    house.around = "another"
    house.trouble = [Busy("Later.")]
    await leisurely(4)
    assert [said["around"] for said in socket.heard if "around" in said] == [house.version]


async def leisurely(times: int = 2) -> None:
    """What is done at leisure has been done."""
    await asyncio.sleep(times * hub.LEISURE)
    await settled()


# ---- rule 3: steps --------------------------------------------------------------------------------------------------


@told
async def test_rule_3_steps_come_in_order_and_each_once(house: House) -> None:
    _, socket = await house.looking()
    for value in range(1, 9):
        house.change("a", value)
        await settled()
    assert socket.versions == [(n, n + 1) for n in range(1, 9)]
    assert socket.heard[-1]["rows"]["stakeholders"] == [{"id": "a", "value": 8}]


@told
async def test_rule_3_a_slow_one_gets_the_newest_and_delays_nobody(house: House) -> None:
    slow_connection, slow = await house.looking()
    _, quick = await house.looking()
    slow.free.clear()
    for value in range(1, 3 * hub.STEPS):
        house.change("a", value)
        await settled()
    assert len(quick.versions) == 3 * hub.STEPS - 1
    slow.free.set()
    await settled()
    assert len(slow.versions) <= 2
    assert slow.versions[-1][1] == house.version
    assert slow.heard[-1]["all"]["stakeholders"][0] == {"id": "a", "value": 3 * hub.STEPS - 1}
    assert len(slow_connection.said) == 0


@told
async def test_rule_3_a_latecomer_gets_what_came_while_it_was_being_drawn(house: House) -> None:
    await house.looking()
    house.change("a", 1)
    await settled()
    _, late = await house.looking(version=1)
    assert late.versions == [(1, 2)]


@told
async def test_rule_3_a_page_that_read_later_than_the_look_is_not_led_back(house: House) -> None:
    await house.looking()
    house.version += 5  # its news is still under way
    _, ahead = await house.looking()
    await settled()
    assert ahead.versions == []
    house.change("a", 1)
    await settled()
    assert ahead.versions[-1][1] == house.version


# ---- rule 4: answers with their rows --------------------------------------------------------------------------------


@told
async def test_rule_4_an_answer_comes_with_its_rows(house: House) -> None:
    connection, socket = await house.looking()
    gesture = house.gesture(row="a", value=3)
    await house.hub.hear(connection, {"do": "l", "gestures": [gesture]})
    await settled()
    assert socket.heard[-1]["answers"] == {gesture["id"]: ""}
    assert socket.heard[-1]["rows"]["stakeholders"] == [{"id": "a", "value": 3}]
    assert len(socket.heard) == 2


@told
async def test_rule_4_an_answer_waits_for_rows_that_cannot_be_read_yet(house: House) -> None:
    connection, socket = await house.looking()
    house.trouble = [Busy("The store is busy.")]
    gesture = house.gesture(row="a", value=3)
    await house.hub.hear(connection, {"do": "l", "gestures": [gesture]})
    await settled()
    assert not any("answers" in one for one in socket.heard)
    while not (said := [one for one in socket.heard if "answers" in one]):
        await asyncio.sleep(0.05)
    assert said[0]["answers"] == {gesture["id"]: ""}
    assert "rows" in said[0]


@told
async def test_rule_4_a_refusal_is_told_though_nothing_changed(house: House) -> None:
    connection, socket = await house.looking()
    gesture = house.gesture(refused="Power was changed meanwhile.")
    await house.hub.hear(connection, {"do": "l", "gestures": [gesture]})
    await settled()
    assert socket.heard[-1] == {"look": "l", "answers": {gesture["id"]: "Power was changed meanwhile."}}


# ---- rule 5: in order, once -----------------------------------------------------------------------------------------


@told
async def test_rule_5_gestures_of_a_tab_are_done_in_their_order_and_what_comes_again_is_answered_again(
    house: House,
) -> None:
    connection, socket = await house.looking()
    sent = [house.gesture(row="a", value=value) for value in range(6)]
    for upto in range(1, 7):  # as the outbox does: all that is not answered yet, again and again
        await house.hub.hear(connection, {"do": "l", "gestures": sent[:upto]})
    await settled()
    assert house.done == [gesture["id"] for gesture in sent]
    answered = {row_id for one in socket.heard for row_id in one.get("answers", {})}
    assert answered == set(house.done)


@told
async def test_rule_5_another_tab_of_the_browser_hears_the_same_answer(house: House) -> None:
    connection, _ = await house.looking()
    gesture = house.gesture(refused="No.")
    await house.hub.hear(connection, {"do": "l", "gestures": [gesture]})
    house.hub.leave(connection)
    other, back = await house.looking()
    await house.hub.hear(other, {"do": "l", "gestures": [gesture]})
    await settled()
    assert house.done == [gesture["id"]]
    assert back.heard[-1]["answers"] == {gesture["id"]: "No."}


@told
async def test_rule_5_a_store_that_holds_up_gestures_holds_up_no_rows(house: House) -> None:
    connection, _ = await house.looking()
    _, other = await house.looking()
    house.gate.clear()
    waiting = asyncio.create_task(house.hub.hear(connection, {"do": "l", "gestures": [house.gesture()]}))
    await settled()
    house.change("b", 1)
    await settled()
    assert other.versions == [(1, 2)]
    house.gate.set()
    await waiting


@told
async def test_rule_5_where_the_store_cannot_be_reached_there_is_no_answer_and_the_next_try_counts(
    house: House,
) -> None:
    connection, socket = await house.looking()
    gesture = house.gesture(row="a", value=3)
    house.refusing = [Busy("The store is busy.")]
    await house.hub.hear(connection, {"do": "l", "gestures": [gesture]})
    await settled()
    assert not any("answers" in one for one in socket.heard)
    await house.hub.hear(connection, {"do": "l", "gestures": [gesture]})
    await settled()
    assert socket.heard[-1]["answers"] == {gesture["id"]: ""}
    assert house.done == [gesture["id"]]


# ---- rule 6: who looks and acts -------------------------------------------------------------------------------------


@told
async def test_rule_6_a_gesture_for_another_case_study_than_that_of_the_look_is_refused(house: House) -> None:
    connection, socket = await house.looking()
    foreign = house.gesture() | {"case_study_id": str(uuid.UUID(int=8))}
    await house.hub.hear(connection, {"do": "l", "gestures": [foreign]})
    await settled()
    assert house.done == []
    assert "another case study" in socket.heard[-1]["answers"][foreign["id"]]


@told
async def test_rule_6_gestures_need_a_look_that_is_open(house: House) -> None:
    connection, socket = await house.tab()
    await house.hub.hear(connection, {"do": "l", "gestures": [house.gesture()]})
    await settled()
    assert socket.heard == [{"ended": "l"}]
    assert house.done == []


@told
async def test_rule_6_a_browser_has_so_many_connections(house: House) -> None:
    for _ in range(hub.CONNECTIONS):
        assert house.hub.join(Socket(), "token") is not None
    assert house.hub.join(Socket(), "token") is None
    assert house.hub.join(Socket(), "another") is not None


# ---- rule 7: what is malformed or too much --------------------------------------------------------------------------


@told
async def test_rule_7_what_is_malformed_does_nothing(house: House) -> None:
    connection, socket = await house.looking()
    before = list(socket.heard)
    nonsense: list[Any] = [
        None, 3, "open", [], {}, {"open": 3}, {"open": "l"}, {"open": "l", "ticket": "t", "version": "1"},
        {"do": "l"}, {"do": "l", "gestures": {}}, {"do": ["l"], "gestures": []}, {"close": None}, {"ping": "1"},
    ]  # fmt: skip
    for message in nonsense:
        await house.hub.hear(connection, message)
    await settled()
    assert socket.heard == before
    assert house.done == []
    await house.hub.hear(connection, {"ping": 4})
    await settled()
    assert socket.heard[-1] == {"pong": 4}


@told
async def test_rule_7_one_connection_has_so_many_looks(house: House) -> None:
    connection, socket = await house.tab()
    for number in range(hub.LOOKS + 1):
        await house.hub.hear(connection, {"open": f"l{number}", "ticket": house.ticket(), "version": 1})
    await settled()
    assert [one["ended"] for one in socket.heard if "ended" in one] == [f"l{hub.LOOKS}"]


def test_rule_7_whoever_sends_too_much_waits_and_loses_nothing() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    waits = [pace.wait() for _ in range(int(hub.AT_ONCE) + 10)]
    assert waits[: int(hub.AT_ONCE)] == [0.0] * int(hub.AT_ONCE)
    assert 0 < waits[-1] <= 10 / hub.A_SECOND
    now[0] += 60
    assert pace.wait() == 0.0


# ---- rule 8: what was ended says nothing ----------------------------------------------------------------------------


@told
async def test_rule_8_hiding_names_ends_what_the_tab_had_open_and_its_tickets(house: House) -> None:
    connection, socket = await house.looking(tab="mine")
    _, others = await house.looking(tab="another")
    waiting = house.ticket(tab="mine")
    house.tickets.end("mine")
    house.hub.end("mine")
    house.change("a", 1)
    await house.hub.hear(connection, {"open": "again", "ticket": waiting, "version": 1})
    await settled()
    assert [list(one) for one in socket.heard] == [["opened", "ticket"], ["ended"], ["ended"]]
    assert others.versions == [(1, 2)]


@told
async def test_rule_8_what_was_on_its_way_to_a_slow_one_stays_away(house: House) -> None:
    connection, socket = await house.looking(tab="mine")
    socket.free.clear()
    for value in (1, 2, 3):
        house.change("a", value)
        await settled()
    house.hub.end("mine")
    socket.free.set()
    await settled()
    assert len(socket.versions) <= 1  # the one that the socket had already
    assert connection.views == {}

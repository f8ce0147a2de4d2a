"""The hub of the channel: who looks at what, what they are told, and in which order. Knows no socket and no store.

Rules, in numbers as in docs/channel.md; the tests carry them.

1. A board opens a look with a ticket of its page and the version that it shows. It is told all only if nobody
   remembers the way from there.
2. After a commit each look that is open is read once an eye, never once a viewer, and what differs goes out. What
   pages show around their boards is asked at leisure, and pages are told only that it is another one.
3. A step is for whoever shows its `from`. Everybody gets the steps in order, none twice; who is slow gets fewer and
   larger ones, and delays nobody.
4. An answer goes out with the rows that it speaks of, or after them, never before.
5. Gestures of a tab are carried out in their order, each once; what is sent again is answered again.
6. Who looks and who acts is asked of the ticket and of the store, never of the message.
7. What is malformed, too large or too much is refused and leaves no trace in the log.
8. A look that was ended says nothing more, whatever was under way.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import uuid
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from copdash import looks, people, tickets
from copdash.errors import NotFound, Problem
from copdash.looks import Reading
from copdash.tickets import Ticket

MOST_GESTURES = 200
"""So many gestures a message, as the outbox sends them (outbox.js)."""
A_SECOND = 60.0
AT_ONCE = 300.0
"""So many messages a second a connection, and so many at once; whoever sends more waits."""
CONNECTIONS = 60
"""So many connections a browser."""
LOOKS = 20
"""So many looks a connection."""
LEISURE = 0.25
"""So many seconds after a change it is asked what stands around a look; what changes meanwhile is asked with it."""
STEPS = 40
"""So many steps of a look are remembered; whoever is further behind is told all."""
ANSWERS = 4000
"""So many answers are remembered for those who did not hear them."""

_log = logging.getLogger("copdash.channel")


class Socket(Protocol):
    """What a connection needs of a WebSocket."""

    async def send_text(self, data: str) -> None:
        """Send one message; returns once there is room for the next."""


@dataclass(frozen=True)
class Key:
    """What is read once for all who look at it."""

    look: str
    case_study_id: uuid.UUID
    names_hidden: bool


@dataclass(frozen=True)
class Step:
    """The way from one version to the next, as it is sent: a JSON object without its opening brace."""

    start: int
    end: int
    text: str


class Group:
    """A look that somebody has open: its newest reading, and the steps that led there."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.reading: Reading | None = None
        self.steps: deque[Step] = deque(maxlen=STEPS)
        self.views: set[View] = set()
        self.behind = True
        self.around: object = None
        self.around_read = False
        self.around_behind = False
        self.around_since = 0
        self.work: asyncio.Task[None] | None = None
        self.leisure: asyncio.Task[None] | None = None
        self._all: str = ""

    def take(self, reading: Reading) -> None:
        """The newest reading: remember the way there, and tell everybody who looks."""
        if self.reading is not None and reading.version > self.reading.version:
            told = looks.difference(self.reading, reading)
            self.steps.append(Step(told["from"], told["to"], _opened(told)))
        if self.reading is None or reading.version > self.reading.version:
            self.reading, self._all = reading, ""
        for view in self.views:
            view.connection.wake.set()

    def take_around(self, version: int, around: object) -> None:
        """What stands around it at this version: pages of an earlier one are told if it is, or may be, another."""
        if not self.around_read or around != self.around:
            self.around_since = version
        self.around, self.around_read = around, True
        for view in self.views:
            view.connection.wake.set()

    def way(self, version: int) -> tuple[int, list[str]]:
        """Where whoever shows this version is led, and the messages that lead there: steps, or one that holds all."""
        if self.reading is None or version >= self.reading.version:
            return version, []  # a page may have read later than this look was
        steps = [step for step in self.steps if step.start >= version]
        if steps and steps[0].start == version:
            if sum(len(step.text) for step in steps) <= len(self.all()):
                return self.reading.version, [step.text for step in steps]
        return self.reading.version, [self.all()]

    def all(self) -> str:
        """Everything, made once a version."""
        if not self._all and self.reading is not None:
            self._all = _opened(looks.whole(self.reading))
        return self._all


def _opened(told: Mapping[str, Any]) -> str:
    return json.dumps(told, separators=(",", ":"))[1:]


@dataclass(eq=False)
class View:
    """A look that one board has open."""

    name: str
    connection: Connection
    ticket: Ticket
    group: Group
    version: int
    again: str
    page: int
    """The version at which its page was last drawn, or told to be."""
    answers: dict[str, str] = field(default_factory=dict)
    answers_at: int = 0
    ended: bool = False

    def due(self) -> list[str]:
        """What is to be sent now; the answers go with the last rows that they speak of."""
        if self.ended or self.group.reading is None:
            return []
        self.version, texts = self.group.way(self.version)
        name = json.dumps(self.name)
        messages = [f'{{"look":{name},{text}' for text in texts]
        if self.answers and self.version >= self.answers_at:
            answers = json.dumps(self.answers, separators=(",", ":"))
            self.answers = {}
            if messages:
                messages[-1] = f'{{"look":{name},"answers":{answers},{texts[-1]}'
            else:
                messages = [f'{{"look":{name},"answers":{answers}}}']
        if self.page < self.group.around_since:
            self.page = self.group.around_since
            messages.append(f'{{"look":{name},"around":{self.page}}}')
        return messages


class Connection:
    """One tab: the looks it has open, and what it is to be told."""

    def __init__(self, hub: Hub, socket: Socket, browser: str, token: str) -> None:
        self.hub = hub
        self.socket = socket
        self.browser = browser
        self.token = token
        self.wake = asyncio.Event()
        self.views: dict[str, View] = {}
        self.said: deque[str] = deque(maxlen=2 * LOOKS + 10)

    def say(self, **told: Any) -> None:
        """Tell the tab something that is no row."""
        self.said.append(json.dumps(told, separators=(",", ":")))
        self.wake.set()

    async def speak(self) -> None:
        """Send what is due, for as long as the connection lives. Where sending takes long, it only skips steps."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            while self.said:
                await self.socket.send_text(self.said.popleft())
            for view in list(self.views.values()):
                for text in view.due():
                    if view.ended:
                        break
                    await self.socket.send_text(text)


class Hub:
    """All connections of this server, and the looks they have open. Lives on one event loop.

    `read` makes a reading, `read_around` says what stands around it and since which version at least; `carry_out` does
    gestures of a look and says, by id, what became of them, and the version at which that is seen. Where one raises
    `Problem` nothing was done, and it is tried again.
    """

    def __init__(
        self,
        read: Callable[[Key], Awaitable[Reading]],
        read_around: Callable[[Key], Awaitable[tuple[int, object]]],
        carry_out: Callable[[Connection, View, list[Any]], Awaitable[tuple[dict[str, str], int]]],
        handed_out: tickets.Tickets,
    ) -> None:
        self.read = read
        self.read_around = read_around
        self.carry_out = carry_out
        self.tickets = handed_out
        self.groups: dict[Key, Group] = {}
        self.connections: set[Connection] = set()
        self.answered: OrderedDict[tuple[str, str], str] = OrderedDict()
        self.loop = asyncio.get_running_loop()

    # ---- connections ------------------------------------------------------------------------------------------------

    def join(self, socket: Socket, token: str) -> Connection | None:
        """A new connection of the browser with this token; None for one too many."""
        browser = people.digest(token)
        if sum(1 for one in self.connections if one.browser == browser) >= CONNECTIONS:
            return None
        connection = Connection(self, socket, browser, token)
        self.connections.add(connection)
        return connection

    def leave(self, connection: Connection) -> None:
        """It is gone; what it looked at may be opened again with the tickets that it got for it."""
        self.connections.discard(connection)
        for view in list(connection.views.values()):
            self.tickets.keep(view.again, view.ticket, tickets.AGAIN_SECONDS)
            self.close(view)

    async def hear(self, connection: Connection, message: object) -> None:
        """What a tab says: one of open, close, do, ping."""
        match message:
            case {"open": str(name), "ticket": ticket, "version": int(version), **more}:
                page = more.get("page")
                self.open(connection, name[:80], ticket, version, page if isinstance(page, int) else version)
            case {"close": str(name)}:
                if view := connection.views.get(name):
                    self.close(view)
            case {"do": str(name), "gestures": list(sent)}:
                await self.do(connection, name, sent)
            case {"ping": int(number)}:
                connection.say(pong=number)
            case _:
                _log.warning("A message was malformed")

    # ---- looks ------------------------------------------------------------------------------------------------------

    def open(self, connection: Connection, name: str, ticket: object, version: int, page: int) -> None:
        """Rule 1. A ticket that is not good, or one look too many, is answered with `ended`.

        `version` is that of the rows on the board, `page` the one at which the page around it was drawn.
        """
        if name in connection.views:
            self.close(connection.views[name])
        good = self.tickets.use(ticket, connection.browser)
        if good is None or good.look not in looks.LOOKS or len(connection.views) >= LOOKS:
            connection.say(ended=name)
            return
        key = Key(good.look, good.case_study_id, good.eye.names_hidden)
        group = self.groups.get(key) or self.groups.setdefault(key, Group(key))
        view = View(name, connection, good, group, version, secrets.token_urlsafe(18), page)
        connection.views[name] = view
        group.views.add(view)
        connection.say(opened=name, ticket=view.again)
        if group.reading is None or version > group.reading.version:
            self.renew(group)

    def close(self, view: View) -> None:
        """Rule 8."""
        view.ended = True
        if view.connection.views.get(view.name) is view:
            del view.connection.views[view.name]
        view.group.views.discard(view)
        if not view.group.views:
            self.groups.pop(view.group.key, None)

    def end(self, tab: str) -> None:
        """End every look of a tab, and every ticket it has."""
        self.tickets.end(tab)
        for connection in self.connections:
            for view in [view for view in connection.views.values() if view.ticket.tab == tab]:
                self.close(view)
                connection.say(ended=view.name)

    def changed(self, case_study_ids: set[uuid.UUID]) -> None:
        """Rule 2: these case studies have a new version."""
        for group in list(self.groups.values()):
            if group.key.case_study_id in case_study_ids:
                self.renew(group)

    def renew(self, group: Group) -> None:
        """Read it again, now or as soon as the reading under way is done: what came meanwhile is one step."""
        group.behind = group.around_behind = True
        if group.work is None or group.work.done():
            group.work = self.loop.create_task(self._read_on(group))

        if group.leisure is None or group.leisure.done():
            group.leisure = self.loop.create_task(self._read_around(group))

    async def _read_on(self, group: Group) -> None:
        wait = 0.2
        while group.behind and group.views:
            group.behind = False
            try:
                group.take(await self.read(group.key))
            except NotFound:
                for view in list(group.views):
                    self.close(view)
                    view.connection.say(ended=view.name)
            except Exception as trouble:
                group.behind = True
                if not isinstance(trouble, Problem):
                    _log.exception("A look could not be read: %s", group.key.look)
                await asyncio.sleep(wait)
                wait = min(2 * wait, 5.0)

    async def _read_around(self, group: Group) -> None:
        wait = LEISURE
        group.around_behind = True
        while group.around_behind and group.views:
            await asyncio.sleep(wait)
            if not group.views:
                return
            group.around_behind = False
            try:
                group.take_around(*await self.read_around(group.key))
            except Exception as trouble:  # where the case study has gone, the reading of its rows ends the looks
                group.around_behind = True
                wait = min(2 * wait, 5.0)
                if not isinstance(trouble, Problem):
                    _log.exception("What stands around a look could not be read: %s", group.key.look)

    # ---- gestures ---------------------------------------------------------------------------------------------------

    async def do(self, connection: Connection, name: str, sent: list[Any]) -> None:
        """Rules 5 to 7. A look that is not open is answered with `ended`: its gestures stay in the outbox."""
        view = connection.views.get(name)
        if view is None:
            connection.say(ended=name)
            return
        handled, new = {}, []
        for raw in sent[:MOST_GESTURES]:
            gesture_id = str(raw.get("id")) if isinstance(raw, dict) else ""
            known = self.answered.get((connection.browser, gesture_id))
            if known is not None:
                handled[gesture_id] = known
            elif isinstance(raw, dict) and raw.get("case_study_id") != str(view.ticket.case_study_id):
                handled[gesture_id] = "This belongs to another case study than the one in view. Reload the page."
            else:
                new.append(raw)
        try:
            answers, version = await self.carry_out(connection, view, new) if new else ({}, 0)
        except Problem:  # the store cannot be reached: no answer, and the browser sends them again
            answers, version = {}, 0
        self.answered.update({(connection.browser, gesture_id): said for gesture_id, said in answers.items()})
        while len(self.answered) > ANSWERS:
            self.answered.popitem(last=False)
        view.answers |= handled | answers
        view.answers_at = max(view.answers_at, version)
        if view.group.reading is None or version > view.group.reading.version:
            self.renew(view.group)
        connection.wake.set()


class Pace:
    """How long whoever sends too much has to wait: nothing is thrown away (rule 7)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.room = AT_ONCE
        self.at = clock()

    def wait(self) -> float:
        """Seconds until the message that has just come may be looked at."""
        now = self.clock()
        self.room = min(AT_ONCE, self.room + (now - self.at) * A_SECOND) - 1
        self.at = now
        return max(0.0, -self.room / A_SECOND)

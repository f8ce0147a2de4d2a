"""The channel: one WebSocket a tab. Gestures go up; answers, rows and versions come down; no screen is drawn for it.

Here it meets socket and store; what is told to whom, and in which order, is `copdash.hub`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from copdash import eyes, gestures, history, looks, people, store, tickets
from copdash.eyes import Eye
from copdash.hub import Connection, Hub, Key, Pace, View
from copdash.looks import Reading
from copdash.roles import GUEST, Actor

MOST_LETTERS = 1_000_000
"""A message may be so long; a page that has more to say sends it in parts, or by its page."""

_gesturing = ThreadPoolExecutor(4, "gestures")
_reading = ThreadPoolExecutor(2, "looks")
_leisurely = ThreadPoolExecutor(1, "around")


# ---- between the hub and the store ----------------------------------------------------------------------------------


async def read(key: Key) -> Reading:
    """A reading of the store, in a thread of its own kind. Raises `Problem`."""

    def read_it() -> Reading:
        eye = Eye(None, GUEST.role, names_hidden=key.names_hidden)
        with store.reading(eye) as session:
            return looks.read(session, key.look, key.case_study_id)

    return await asyncio.get_running_loop().run_in_executor(_reading, read_it)


async def read_around(key: Key) -> tuple[int, object]:
    """What stands around a look, behind all rows that are being read. Raises `Problem`."""

    def read_it() -> tuple[int, object]:
        with store.reading(Eye(None, GUEST.role, names_hidden=key.names_hidden)) as session:
            return looks.read_around(session, key.look, key.case_study_id)

    return await asyncio.get_running_loop().run_in_executor(_leisurely, read_it)


async def carry_out(connection: Connection, view: View, sent: list[Any]) -> tuple[dict[str, str], int]:
    """Answers, and the version at which what they speak of is seen. Raises `Problem`."""

    def do() -> tuple[dict[str, str], int]:
        actor = _actor(connection.token)
        hidden = view.ticket.eye.names_hidden
        said = gestures.carry_out(actor, sent, names_hidden=hidden)
        with store.reading(eyes.PROGRAM) as session:
            version = history.version(session, view.ticket.case_study_id)
        return {
            gesture_id: gestures.spoken(sentence, names_hidden=hidden) for gesture_id, sentence in said.items()
        }, version

    return await asyncio.get_running_loop().run_in_executor(_gesturing, do)


def _actor(token: str) -> Actor:
    """Who acts, read from the store at each gesture."""
    with store.reading(eyes.PROGRAM) as session:
        return people.at(session, token) or GUEST


# ---- the socket -----------------------------------------------------------------------------------------------------

_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}
_guard = threading.Lock()


def publish(versions: Mapping[uuid.UUID, int], overall: int) -> None:
    """News of a commit, from whatever thread: for `store.on_commit`."""
    _everywhere(lambda hub: hub.changed(set(versions)))


def end(tab: str) -> None:
    """From now on nothing goes to the boards of this tab by what they have open, from whatever thread.

    Returns once it is so: for whoever hides names, before the page is drawn without them.
    """
    tickets.handed_out.end(tab)
    _everywhere(lambda hub: hub.end(tab), wait=True)


def _everywhere(act: Callable[[Hub], None], *, wait: bool = False) -> None:
    with _guard:
        hubs = dict(_hubs)
    for loop, hub in hubs.items():
        done = threading.Event()

        def call(hub: Hub = hub, done: threading.Event = done) -> None:
            act(hub)
            done.set()

        with contextlib.suppress(RuntimeError):  # that loop has ended
            loop.call_soon_threadsafe(call)
            if wait:
                done.wait(5)


def _hub() -> Hub:
    loop = asyncio.get_running_loop()
    with _guard:
        for old in [one for one in _hubs if one.is_closed()]:
            del _hubs[old]
        return _hubs.get(loop) or _hubs.setdefault(loop, Hub(read, read_around, carry_out, tickets.handed_out))


async def endpoint(socket: WebSocket) -> None:
    """`/channel`: for a browser that has its cookie; host and origin were looked at before (`copdash.doors`)."""
    token = socket.cookies.get(people.COOKIE, "")
    hub = _hub()
    connection = hub.join(socket, token) if token else None
    if connection is None:
        await socket.close(code=1008)
        return
    speaking: asyncio.Task[None] | None = None
    try:
        await socket.accept()
        speaking = asyncio.create_task(connection.speak())
        pace = Pace(hub.loop.time)
        while True:
            text = await socket.receive_text()
            if len(text) > MOST_LETTERS:
                await socket.close(code=1009)
                return
            await asyncio.sleep(pace.wait())
            try:
                message = json.loads(text)
            except (ValueError, RecursionError):
                message = None
            await hub.hear(connection, message)
    except (WebSocketDisconnect, RuntimeError, KeyError):
        pass  # gone; KeyError: bytes came where text was awaited
    finally:
        hub.leave(connection)
        if speaking is not None:
            speaking.cancel()
            with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                await speaking

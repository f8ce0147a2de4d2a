"""News of changes for open screens: after each gesture the case study and its new version go out on a WebSocket.

It carries numbers, never data; what the numbers stand for each screen reads for itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import uuid

from starlette.websockets import WebSocket, WebSocketDisconnect

from copdash import eyes, history, store

_Loop = asyncio.AbstractEventLoop
_guard = threading.Lock()
_open: dict[asyncio.Queue[int], tuple[_Loop, uuid.UUID | None]] = {}


def publish(versions: dict[uuid.UUID, int], overall: int) -> None:
    """Tell every open screen of these case studies its new version, and every screen that shows all the overall one."""
    with _guard:
        screens = [
            (queue, loop, overall if case is None else versions[case])
            for queue, (loop, case) in _open.items()
            if case is None or case in versions
        ]
    for queue, loop, version in screens:
        with contextlib.suppress(RuntimeError):  # that loop has ended
            loop.call_soon_threadsafe(queue.put_nowait, version)


async def endpoint(socket: WebSocket) -> None:
    """`/live?case=<id>`: sends {"version": n} at once and whenever the case study changes; no id means all of them."""
    try:
        case = uuid.UUID(socket.query_params["case"]) if socket.query_params.get("case") else None
    except ValueError:
        await socket.close(code=1008)
        return
    await socket.accept()
    queue: asyncio.Queue[int] = asyncio.Queue()
    with _guard:
        _open[queue] = (asyncio.get_running_loop(), case)
    try:
        await socket.send_json({"version": await asyncio.to_thread(_version, case)})
        listening = asyncio.create_task(_until_closed(socket))
        while True:
            news = asyncio.create_task(queue.get())
            await asyncio.wait({news, listening}, return_when=asyncio.FIRST_COMPLETED)
            if not news.done():
                news.cancel()
                break
            version = news.result()
            while not queue.empty():
                version = max(version, queue.get_nowait())
            await socket.send_json({"version": version})
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        with _guard:
            _open.pop(queue, None)


def _version(case: uuid.UUID | None) -> int:
    with store.reading(eyes.PROGRAM) as session:
        return history.version(session, case)


async def _until_closed(socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.receive_text()

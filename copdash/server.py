"""What app.py hangs around the screens: routes, headers, the browser's cookie, and what happens at start."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import socket
import uuid
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from typing import Any

from sqlmodel import select
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from copdash import examples, live, store
from copdash.exchange import vocabulary
from copdash.fields import STAKEHOLDER
from copdash.models import Gesture
from copdash.people import COOKIE
from copdash.roles import PROGRAM

_TEN_YEARS = 10 * 365 * 24 * 3600

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    # Streamlit needs inline styles, eval for its charts and data/blob addresses; nothing from elsewhere.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
        "worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    ),
}


class Guard:
    """ASGI middleware: security headers on every answer, and a token cookie for a browser without one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        _without_delay(receive)
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookies: SimpleCookie = SimpleCookie()
        for name, value in scope["headers"]:
            if name == b"cookie":
                cookies.load(value.decode("latin-1"))
        is_new = COOKIE not in cookies

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for header, value in HEADERS.items():
                    headers.setdefault(header, value)
                if is_new and headers.get("content-type", "").startswith("text/html"):
                    secure = "; Secure" if scope.get("scheme") == "https" else ""
                    headers.append(
                        "Set-Cookie",
                        f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={_TEN_YEARS}; HttpOnly; "
                        f"SameSite=Lax{secure}",
                    )
            await send(message)

        await self.app(scope, receive, send_guarded)


def _without_delay(receive: Receive) -> None:
    """Set TCP_NODELAY: send what is written at once.

    asyncio does so by itself, but not for a listening socket that is handed to it, as Streamlit's is. Without it, the
    second part of an answer waits up to 40 ms for the browser's receipt of the first. The connection is known to
    nobody but uvicorn's `receive`; another server may set it by itself.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    connection = transport.get_extra_info("socket") if transport is not None else None
    if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@contextlib.asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Make the store ready, load the example into a store that was never used, and pass its news on."""
    await run_in_threadpool(start)
    yield


def start() -> None:
    """Open the store; the example comes once, into a store in which nothing has ever happened."""
    store.ready()
    store.on_commit(live.publish)
    if os.environ.get("COPDASH_EXAMPLE", "1") != "0":
        with store.reading() as session:
            untouched = session.exec(select(Gesture.number)).first() is None
        if untouched:
            with store.writing(PROGRAM, undoable=False) as session:
                examples.load(session)


async def health(request: Request) -> Response:
    """`/health`: what runs beneath, for whoever looks after the server."""
    return JSONResponse(await run_in_threadpool(store.health))


async def words(request: Request) -> Response:
    """`/words`: what a typed or pasted word of a choice means, by field, for the list of stakeholders."""
    known = {column.name: vocabulary.known_words(column.choices) for column in STAKEHOLDER.values() if column.choices}
    return JSONResponse({"connectives": sorted(vocabulary.CONNECTIVES), "fields": known})


def on_script_error(error: Exception) -> bool:
    """Log what went wrong under a number, and show the number instead of the trace."""
    import streamlit as st

    number = uuid.uuid4().hex[:8]
    logging.getLogger("copdash").error("Incident %s", number, exc_info=error)
    st.error(
        f"Something went wrong here (incident {number}). What you saved is safe. Reload the page; if it comes again, "
        "send that number to whoever looks after COPDash.",
        icon=":material/error:",
    )
    return True

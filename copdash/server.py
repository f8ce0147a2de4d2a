"""What app.py hangs around the screens: routes, headers, the browser's cookie, and what happens at start."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import os
import secrets
import socket
import sys
import uuid
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from copdash import channel, doors, live, page_files, startup, store
from copdash.errors import CannotStart, Problem
from copdash.exchange import vocabulary
from copdash.fields import STAKEHOLDER
from copdash.people import COOKIE

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
    """ASGI middleware: security headers on every answer, and a token cookie for a browser without one.

    A start that fails is told to the person at the keyboard in words, without a traceback.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        _without_delay(receive)
        if scope["type"] == "lifespan":
            await _told_in_words(self.app, scope, receive, send)
            return
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


async def _told_in_words(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    failed: list[Message] = []

    async def send_later(message: Message) -> None:
        if message["type"] == "lifespan.startup.failed":
            failed.append(message)  # it holds the traceback
        else:
            await send(message)

    try:
        await app(scope, receive, send_later)
    except CannotStart as reason:
        sys.stderr.write(f"\nCOPDash cannot start. {reason}\n\n")
        await send({"type": "lifespan.startup.failed", "message": ""})
    except BaseException:
        for message in failed:
            await send(message)
        raise


@contextlib.asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Look at the address, get the store ready and hold it for this server, and pass its news on."""
    check_address()
    page_files.note()
    store.on_commit(live.publish)
    store.on_commit(channel.publish)
    serving = startup.serving()
    await run_in_threadpool(serving.__enter__)
    try:
        say_where()
        yield
    finally:
        await run_in_threadpool(serving.__exit__, None, None, None)


def named_address() -> str:
    """The address that a proxy in front has to the outside, as it was named; empty where none was.

    COPDASH_PUBLIC_ADDRESS, or browser.serverAddress (and serverPort) of .streamlit/config.toml, HTTPS if not said.
    """
    given = os.environ.get("COPDASH_PUBLIC_ADDRESS", "").strip()
    if not given and config.is_manually_set("browser.serverAddress"):
        given = str(config.get_option("browser.serverAddress") or "").strip()
        if given and config.is_manually_set("browser.serverPort"):
            given = f"{given.rstrip('/')}:{config.get_option('browser.serverPort')}"
    if given and "://" not in given:
        given = f"https://{given}"
    return given.rstrip("/")


def own_scheme() -> str:
    """How this server speaks itself: http, or https where Streamlit was given a certificate."""
    return "https" if config.get_option("server.sslCertFile") else "http"


def check_address() -> None:
    """Raise `CannotStart` for an address that others could reach, or a public one that cannot be read."""
    address = str(config.get_option("server.address") or "").strip()
    if not _is_loopback(address):
        said = f"The address {address}" if address else "No address, which stands for all of them,"
        raise CannotStart(
            f"{said} would open COPDash to other computers, and it asks nobody to sign in. Start it with "
            "--server.address 127.0.0.1, and to serve others put a proxy with HTTPS and a login in front "
            "(README, «To serve others»)."
        )
    named = named_address()
    if named and doors.parsed(named) is None:
        raise CannotStart(
            f"The public address {named} cannot be read. Write it as https://copdash.example.org, without a path, in "
            "COPDASH_PUBLIC_ADDRESS or as serverAddress under [browser] in .streamlit/config.toml."
        )


def _is_loopback(address: str) -> bool:
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def say_where() -> None:
    """The address to open, for the person at the keyboard. Streamlit's own line would ask an outside one for it."""
    host, port = str(config.get_option("server.address")), int(config.get_option("server.port"))
    here = doors.Address(own_scheme(), f"[{host}]" if ":" in host else host, port)
    named = named_address()
    sys.stdout.write(f"\nCOPDash is ready: {here}{f', for others {named}' if named else ''}\n\n")
    sys.stdout.flush()


async def health(request: Request) -> Response:
    """`/health`: what runs beneath, for whoever looks after the server."""
    return JSONResponse(await run_in_threadpool(store.health))


async def words(request: Request) -> Response:
    """`/words`: what a typed or pasted word of a choice means, by field, for the list of stakeholders."""
    known = {column.name: vocabulary.known_words(column.choices) for column in STAKEHOLDER.values() if column.choices}
    return JSONResponse({"connectives": sorted(vocabulary.CONNECTIVES), "fields": known})


def on_script_error(error: Exception) -> bool:
    """A problem is said in its sentence; what else went wrong is logged under a number, shown instead of the trace."""
    import streamlit as st

    if isinstance(error, Problem):
        from copdash.ui.habits import frame

        frame.say(error)
        return True

    number = uuid.uuid4().hex[:8]
    logging.getLogger("copdash").error("Incident %s", number, exc_info=error)
    st.error(
        f"Something went wrong here (incident {number}). What you saved is safe. Reload the page; if it comes again, "
        "send that number to whoever looks after COPDash.",
        icon=":material/error:",
    )
    return True

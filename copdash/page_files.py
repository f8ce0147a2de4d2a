"""Files of an open page: what it offers for download, or takes in, is for the browser that has it open, while it has.

Streamlit answers `/media/<id>` to whoever knows the id, also after the page was closed. Here each id is noted with the
session that made it, and a request has to carry the cookie with which that session is connected now.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from os.path import splitext
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from copdash.people import COOKIE

MEDIA = "/media/"
UPLOADS = "/_stcore/upload_file/"

_guard = threading.Lock()
_offered: set[tuple[str, str, str]] = set()
"""File, the session that offers it, and the token of the browser it was offered to."""
_making = threading.local()


def note() -> None:
    """From now on note who is offered which file; once, when Streamlit's runtime is there."""
    manager = runtime.get_instance().media_file_mgr
    add, add_deferred, execute_deferred = manager.add, manager.add_deferred, manager.execute_deferred

    def noted_add(*given: Any, **named: Any) -> str:
        address = add(*given, **named)
        _offer(manager, address, _session())
        return address

    def noted_add_deferred(data_callable: Callable[[], Any], *given: Any, **named: Any) -> str:
        session = _session()

        def made() -> Any:
            _making.session = session  # it runs in a thread of its own, where nobody knows the session
            return data_callable()

        return add_deferred(made, *given, **named)

    def noted_execute_deferred(file_id: str) -> str:
        address = execute_deferred(file_id)
        _offer(manager, address, _making.session)
        return address

    manager.add = noted_add  # type: ignore[method-assign]
    manager.add_deferred = noted_add_deferred  # type: ignore[method-assign]
    manager.execute_deferred = noted_execute_deferred  # type: ignore[method-assign]


class PageFiles:
    """ASGI middleware: answers requests for such files only to the browser whose page is open, and lets none be kept.

    A file that nobody was seen to offer is refused, so that nothing gets out by a way that is not known here.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = dict(headers)
        base = str(config.get_option("server.baseUrlPath")).strip("/")
        self.base = f"/{base}" if base else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"].removeprefix(self.base) if scope["type"] == "http" else ""
        if not path.startswith((MEDIA, UPLOADS)):
            await self.app(scope, receive, send)
            return
        if not _is_for(path, Request(scope).cookies.get(COOKIE, "")):
            refusal = "This file is not there any more: the page that offered it was closed. Open the page again."
            await PlainTextResponse(refusal, 403, self.headers)(scope, receive, send)
            return

        async def send_unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"cache-control", b"private, no-store")]
            await send(message)

        await self.app(scope, receive, send_unkept)


def _is_for(path: str, token: str) -> bool:
    if path.startswith(UPLOADS):
        return _is_at(path.partition(UPLOADS)[2].partition("/")[0], token)
    file = _file(path)
    with _guard:
        pages = [session for offered, session, whose in _offered if offered == file and _same(whose, token)]
    return any(_is_at(session, token) for session in pages)


def _is_at(session: str, token: str) -> bool:
    """Whether this browser has the session's page open now."""
    return bool(token) and _same(_token_of(session), token)


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())


def _token_of(session: str) -> str:
    client = runtime.get_instance().get_client(session)
    context = client.client_context if client is not None else None
    return context.cookies.get(COOKIE, "") if context is not None else ""


def _offer(manager: MediaFileManager, address: str, session: str) -> None:
    with _guard:
        _offered.difference_update([offer for offer in _offered if manager.read_file(offer[0]) is None])
        _offered.add((_file(address), session, _token_of(session)))


def _file(address: str) -> str:
    """The id in an address such as /media/<id>.csv."""
    return splitext(address.partition(MEDIA)[2])[0]


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context is not None else ""

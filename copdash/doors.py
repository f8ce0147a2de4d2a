"""Who is let in: requests under an address of ours, asked by a page of ours. All else is refused before anything runs.

A page of another site reaches this computer in two ways: under a host name of its own that resolves to 127.0.0.1, where
the browser takes our answers for its own; or straight, from another port, with the visitor's cookie. Hence a list of
hosts, and no foreign `Origin`. Streamlit would look up this computer's outside address for a foreign one; it never
gets to see any.
"""

from __future__ import annotations

import ipaddress
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PORTS = {"http": 80, "https": 443}
"""The ports that an address leaves out."""

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z_.-]+)(?::([0-9]{0,5}))?")
_log = logging.getLogger("copdash.doors")


@dataclass(frozen=True)
class Address:
    """What stands before the path: `http`, `127.0.0.1`, 8501."""

    scheme: str
    host: str
    port: int

    @property
    def netloc(self) -> str:
        """Host and port, as a browser writes them."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}"


class _Refused(Exception):
    """Why somebody stays outside, in a sentence for the person there."""


class Doors:
    """ASGI middleware, the outermost: lets in what is ours and refuses the rest, over HTTP and over WebSockets.

    Ours are this computer's own names with the port that was asked, and `public`, the address of a proxy in front. Who
    forwards a request may say about it what it likes (X-Forwarded-Host): nobody listens.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str], public: str = "", scheme: str = "http") -> None:
        self.app = app
        self.headers = dict(headers)
        self.public = parsed(public)
        self.scheme = scheme
        self.logged: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in or answer it with 403."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        try:
            scope = self._admitted(scope)
        except _Refused as reason:
            if str(reason) not in self.logged and len(self.logged) < 10:
                self.logged.add(str(reason))
                _log.warning("Refused a request: %s", reason)
            await PlainTextResponse(str(reason), 403, self.headers)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _admitted(self, scope: Scope) -> Scope:
        """The request as the app gets it: scheme, host and origin are those of the address that it came to."""
        here = self._here(scope)
        if here is None and scope.get("server"):
            raise _Refused(
                "COPDash answers on this computer only, as it asks nobody to sign in. Start it with the address "
                "127.0.0.1, and put a proxy with HTTPS and a login in front."
            )
        came_to = self._came_to(scope, here)
        asked_by = self._asked_by(scope, came_to)
        address = asked_by or came_to
        kept = [(name, value) for name, value in scope["headers"] if name not in (b"host", b"origin")]
        kept.append((b"host", address.netloc.encode("ascii")))
        if asked_by:
            kept.append((b"origin", str(asked_by).encode("ascii")))
        is_http = scope["type"] == "http"
        scheme = address.scheme if is_http else {"http": "ws", "https": "wss"}[address.scheme]
        return {**scope, "headers": kept, "scheme": scheme}

    def _here(self, scope: Scope) -> Address | None:
        """Where this request arrived, if that is a loopback address; others cannot reach such a one."""
        host, port = scope.get("server") or ("", None)
        try:
            reached = ipaddress.ip_address(host)
        except ValueError:
            return None
        reached = getattr(reached, "ipv4_mapped", None) or reached
        if port is None or not reached.is_loopback:
            return None
        return Address(self.scheme, f"[{reached}]" if reached.version == 6 else str(reached), port)

    def _came_to(self, scope: Scope, here: Address | None) -> Address:
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) == 1:
            if here is not None:
                found = _split(hosts[0], self.scheme)
                if found and found.port == here.port and found.host in ("localhost", "127.0.0.1", "[::1]", here.host):
                    return found
            if self.public is not None and _split(hosts[0], self.public.scheme) == self.public:
                return self.public
        raise _Refused(f"COPDash does not answer under this address. {self._way_in(here)}")

    def _asked_by(self, scope: Scope, came_to: Address) -> Address | None:
        """The page that asks, if the browser says it; always one of ours. A proxy may have changed the host."""
        said = {name: value.decode("latin-1") for name, value in scope["headers"]}
        origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
        asked_by = parsed(origins[0]) if len(origins) == 1 else None
        is_foreign = bool(origins) and (asked_by is None or asked_by not in (came_to, self.public))
        if said.get(b"sec-fetch-site") in ("cross-site", "same-site"):  # another port of this computer is "same-site"
            is_link = said.get(b"sec-fetch-mode") == "navigate" and said.get(b"sec-fetch-dest") == "document"
            is_foreign |= not (is_link and scope.get("method") in ("GET", "HEAD"))
        if is_foreign:
            raise _Refused(
                f"A page that is not COPDash's asked for this, so nothing was done. {self._way_in(self._here(scope))}"
            )
        return asked_by

    def _way_in(self, here: Address | None) -> str:
        if self.public is not None:
            return f"Open {self.public} instead."
        said = f"On this computer open {here} instead. " if here is not None else ""
        return (
            f"{said}Where a proxy stands in front of COPDash, name its address once when COPDash is started: "
            "COPDASH_PUBLIC_ADDRESS=https://copdash.example.org, or serverAddress under [browser] in "
            ".streamlit/config.toml."
        )


def parsed(text: str) -> Address | None:
    """An address such as https://copdash.example.org or http://127.0.0.1:8501; None for anything else."""
    scheme, found, rest = text.partition("://")
    return _split(rest, scheme.lower()) if found and scheme.lower() in PORTS else None


def _split(netloc: str, scheme: str) -> Address | None:
    """Host and port, however they are written."""
    found = _HOST.fullmatch(netloc)
    if found is None:
        return None
    host, port = found[1].lower().removesuffix("."), int(found[2] or PORTS[scheme])
    if host.startswith("["):
        try:
            host = f"[{ipaddress.IPv6Address(host[1:-1])}]"
        except ValueError:
            return None
    return Address(scheme, host, port) if host and 0 < port < 65536 else None

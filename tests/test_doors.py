"""The doors: a real server answers under its own addresses and to its own pages, on every route, and asks nobody."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from copdash import doors
from scripts.servers import free_port
from tests.conftest import RunningApp

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = "https://copdash.example.org"

ROUTES = [
    "/",
    "/meetings",
    "/health",
    "/words",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/bidi-components/copdash.live/shared/live.js",
    "/static/nothing.js",
    "/media/nothing.csv",
    "/no-such-page",
]
SOCKETS = ["/_stcore/stream", "/live"]

FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "localhost.evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost:0{port}",
    "127.0.0.2:{port}",
    "2130706433:{port}",
    "0.0.0.0:{port}",
    "[::2]:{port}",
    "[::1:{port}",
    "user@127.0.0.1:{port}",
    "127.0.0.1:{port}/",
    "127.0.0.1:{port}, evil.example",
    "copdash.example.org.evil.example",
    "copdash.example.org:{port}",
    "copdash.example.org:80",
    "",
    ":{port}",
]
OWN_HOSTS = [
    "127.0.0.1:{port}",
    "localhost:{port}",
    "LocalHost:{port}",
    "localhost.:{port}",
    "[::1]:{port}",
    "[0:0:0:0:0:0:0:1]:{port}",
    "copdash.example.org",
    "CopDash.Example.Org",
    "copdash.example.org.",
    "copdash.example.org:443",
]
FOREIGN_ORIGINS = [
    "http://evil.example",
    "http://127.0.0.1:1",
    "http://127.0.0.1",
    "http://localhost:1",
    "http://localhost:{port}",
    "http://[::1]:{port}",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1:{port}.evil.example",
    "http://user@127.0.0.1:{port}",
    "http://copdash.example.org",
    "https://copdash.example.org:8443",
    "file://",
    "null",
    "",
    "127.0.0.1:{port}",
]


@dataclass
class Trap:
    """A proxy for whatever a server asks of the outside: it answers nothing and keeps what was asked."""

    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    asked: list[bytes] = field(default_factory=list)

    def run(self) -> None:
        """Take connections until it is closed."""
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            with connection:
                self.asked.append(connection.recv(1000))

    @property
    def environment(self) -> dict[str, str]:
        """What sends a program's requests here."""
        address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        return dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), address) | {
            "NO_PROXY": "",
            "no_proxy": "",
        }


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    caught = Trap()
    threading.Thread(target=caught.run, daemon=True).start()
    yield caught
    caught.listening.close()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, trap: Trap) -> Iterator[RunningApp]:
    """A server that knows the address of its proxy, and whose every request to the outside goes into the trap."""
    server = RunningApp(
        tmp_path_factory.mktemp("guarded"),
        {"COPDASH_EXAMPLE": "0", "COPDASH_PUBLIC_ADDRESS": PUBLIC, **trap.environment},
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()


def ask(port: int, path: str, *headers: str, method: str = "GET", target: str = "") -> tuple[int, str]:
    """Status and whole answer, the request written by hand."""
    lines = [f"{method} {target or path} HTTP/1.1", *headers, "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1"))
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return int(answer.split(b" ", 2)[1]), answer.decode("utf-8", "replace")


def shake_hands(port: int, path: str, *headers: str) -> tuple[int, str]:
    """The answer to a WebSocket's first request."""
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    lines = [f"GET {path} HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade", key, "Sec-WebSocket-Version: 13"]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall("\r\n".join([*lines, *headers, "", ""]).encode("latin-1"))
        answer = connection.recv(65536)
    return int(answer.split(b" ", 2)[1]), answer.decode("utf-8", "replace")


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_under_a_foreign_host_name_no_route_answers(guarded: Any, host: str) -> None:
    header = f"Host: {host.format(port=guarded.port)}"
    forwarded = f"X-Forwarded-Host: 127.0.0.1:{guarded.port}"
    for path in ROUTES:
        status, answer = ask(guarded.port, path, header, forwarded)
        assert status == 403, path
        assert f"Open {PUBLIC}" in answer, path
        assert "Set-Cookie" not in answer, path
        assert "frame-ancestors 'none'" in answer, path
    for path in SOCKETS:
        assert shake_hands(guarded.port, path, header, forwarded)[0] == 403, path


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_under_its_own_addresses_the_server_answers(guarded: Any, host: str) -> None:
    header = f"Host: {host.format(port=guarded.port)}"
    assert ask(guarded.port, "/", header)[0] == 200
    assert ask(guarded.port, "/_stcore/health", header)[0] == 200
    for path in SOCKETS:
        assert shake_hands(guarded.port, path, header)[0] == 101, path


def test_without_one_host_header_nothing_answers(guarded: Any) -> None:
    own = f"Host: 127.0.0.1:{guarded.port}"
    assert ask(guarded.port, "/", own, "Host: evil.example")[0] in (400, 403)
    assert ask(guarded.port, "/", own, own)[0] in (400, 403)
    assert ask(guarded.port, "/")[0] in (400, 403)
    with socket.create_connection(("127.0.0.1", guarded.port), timeout=20) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert b" 403 " in connection.recv(4096).split(b"\r\n")[0]


def test_a_whole_address_in_the_first_line_opens_no_door(guarded: Any) -> None:
    target = f"http://127.0.0.1:{guarded.port}/"
    assert ask(guarded.port, "/", "Host: evil.example", target=target)[0] == 403


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_page_of_another_origin_gets_nothing_from_any_route(guarded: Any, origin: str) -> None:
    headers = (f"Host: 127.0.0.1:{guarded.port}", f"Origin: {origin.format(port=guarded.port)}")
    for path in ROUTES:
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
            assert ask(guarded.port, path, *headers, method=method)[0] == 403, f"{method} {path}"
    for path in SOCKETS:
        assert shake_hands(guarded.port, path, *headers)[0] == 403, path


def test_two_origins_are_none_of_ours(guarded: Any) -> None:
    own = f"http://127.0.0.1:{guarded.port}"
    headers = (f"Host: 127.0.0.1:{guarded.port}", f"Origin: {own}", "Origin: http://evil.example")
    assert ask(guarded.port, "/", *headers)[0] == 403
    for path in SOCKETS:
        assert shake_hands(guarded.port, path, *headers)[0] in (400, 403), path


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}"),
        ("localhost:{port}", "http://localhost:{port}"),
        ("LOCALHOST.:{port}", "http://localhost:{port}"),
        ("[::1]:{port}", "http://[::1]:{port}"),
        ("copdash.example.org", PUBLIC),
        ("copdash.example.org:443", PUBLIC),
        ("127.0.0.1:{port}", PUBLIC),  # a proxy that names the server as it knows it
    ],
)
def test_our_own_pages_are_answered_also_through_the_proxy(guarded: Any, host: str, origin: str) -> None:
    headers = (f"Host: {host.format(port=guarded.port)}", f"Origin: {origin.format(port=guarded.port)}")
    assert ask(guarded.port, "/_stcore/health", *headers)[0] == 200
    for path in SOCKETS:
        assert shake_hands(guarded.port, path, *headers)[0] == 101, path


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", 200),
        ("same-origin", "cors", "empty", 200),
        ("cross-site", "navigate", "document", 200),
        ("same-site", "navigate", "document", 200),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "no-cors", "image", 403),
        ("same-site", "no-cors", "script", 403),
        ("same-site", "websocket", "websocket", 403),
    ],
)
def test_a_link_elsewhere_leads_here_and_nothing_else_does(
    guarded: Any, site: str, mode: str, dest: str, status: int
) -> None:
    headers = (f"Sec-Fetch-Site: {site}", f"Sec-Fetch-Mode: {mode}", f"Sec-Fetch-Dest: {dest}")
    assert ask(guarded.port, "/words", f"Host: 127.0.0.1:{guarded.port}", *headers)[0] == status
    posted = ask(guarded.port, "/", f"Host: 127.0.0.1:{guarded.port}", *headers, method="POST")[0]
    assert (posted == 403) == (site in ("cross-site", "same-site"))


def test_a_cookie_is_secure_under_the_https_address_whatever_is_forwarded(guarded: Any) -> None:
    public = ask(guarded.port, "/", "Host: copdash.example.org", "X-Forwarded-Proto: http")[1]
    own = ask(guarded.port, "/", f"Host: 127.0.0.1:{guarded.port}", "X-Forwarded-Proto: https")[1]
    assert "SameSite=Lax; Secure" in public
    assert "SameSite=Lax" in own
    assert "Secure" not in own


def test_nothing_outside_is_asked_whoever_knocks(guarded: Any, trap: Trap) -> None:
    for origin in ("http://evil.example", "http://localhost:1", "null", "http://192.0.2.7:8501"):
        for _ in range(3):
            with pytest.raises(InvalidStatus) as refused:
                connect(f"ws://127.0.0.1:{guarded.port}/_stcore/stream", origin=Origin(origin), open_timeout=20)
            assert refused.value.response.status_code == 403
    with connect(
        f"ws://127.0.0.1:{guarded.port}/_stcore/stream",
        origin=Origin(PUBLIC),
        additional_headers={"X-Forwarded-Host": "evil.example"},
        open_timeout=20,
    ):
        assert trap.asked == []
    asks = "from streamlit.net_util import get_external_ip; get_external_ip()"
    subprocess.run([sys.executable, "-c", asks], env=os.environ | trap.environment, capture_output=True, check=True)
    assert trap.asked, "the trap catches nothing, so the test says nothing"
    trap.asked.clear()


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", "0"])
def test_a_server_that_others_could_reach_does_not_start(address: str, tmp_path: Path, trap: Trap) -> None:
    option, variable = ["--server.address", address], {"STREAMLIT_SERVER_ADDRESS": address}
    streamlit = ["-m", "streamlit", "run", "app.py"]
    commands: list[tuple[list[str], dict[str, str]]] = [(["start.py", *option], {}), ([*streamlit, *option], {})]
    if address:  # an empty variable counts as none
        commands += [(["start.py"], variable), (streamlit, variable)]
    for command, before in commands:
        ended = subprocess.run(
            [sys.executable, *command, "--server.port", str(free_port())],
            cwd=ROOT,
            env=os.environ
            | {"COPDASH_DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite'}"}
            | trap.environment
            | before,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ended.returncode != 0, ended
        assert "COPDash cannot start." in ended.stderr, ended
        assert "asks nobody to sign in" in ended.stderr
        assert "Traceback" not in ended.stderr
        assert list(tmp_path.iterdir()) == []
        assert trap.asked == []


def test_the_proxys_address_may_stand_in_streamlits_settings(tmp_path: Path) -> None:
    server = RunningApp(tmp_path, {"COPDASH_EXAMPLE": "0", "STREAMLIT_BROWSER_SERVER_ADDRESS": "copdash.example.org"})
    server.start()
    try:
        assert ask(server.port, "/", "Host: copdash.example.org")[0] == 200
        assert ask(server.port, "/", "Host: evil.example")[0] == 403
    finally:
        server.stop()


def test_without_a_proxys_address_the_refusal_says_how_to_name_it(shared_app: Any) -> None:
    answer = ask(shared_app.port, "/", "Host: copdash.example.org")[1]
    assert "COPDASH_PUBLIC_ADDRESS=https://" in answer
    assert ".streamlit/config.toml" in answer
    assert f"http://127.0.0.1:{shared_app.port}" in answer


@pytest.mark.parametrize("given", ["ftp://copdash.example.org", "https://copdash.example.org/app", "https://a b"])
def test_a_public_address_that_cannot_be_read_is_said_at_the_start(given: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())],
        cwd=ROOT,
        env=os.environ
        | {"COPDASH_DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite'}", "COPDASH_PUBLIC_ADDRESS": given},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode != 0
    assert f"public address {given} cannot be read" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://copdash.example.org", doors.Address("https", "copdash.example.org", 443)),
        ("HTTPS://CopDash.example.org:8443", doors.Address("https", "copdash.example.org", 8443)),
        ("http://[0:0::1]:8501", doors.Address("http", "[::1]", 8501)),
        ("https://copdash.example.org/", None),
        ("//copdash.example.org", None),
        ("http://:80", None),
        ("http://a:70000", None),
        ("http://a:0", None),
        ("http://[::1", None),
        ("null", None),
    ],
)
def test_addresses_are_read_as_browsers_write_them(text: str, address: doors.Address | None) -> None:
    assert doors.parsed(text) == address

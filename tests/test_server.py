"""The server around the screens: headers, the browser's cookie, health, and news of changes."""

from __future__ import annotations

import http.cookies
import json
import socket
import threading
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from copdash import case_studies, eyes, history, server, stakeholders, store
from copdash.people import COOKIE
from copdash.roles import PROGRAM

ROOT = Path(__file__).resolve().parent.parent


def fetch(url: str, cookie: str = "") -> Any:
    request = urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})
    return urllib.request.urlopen(request, timeout=20)


def test_every_answer_carries_the_security_headers(shared_app: Any) -> None:
    for path in ("/", "/health", "/_stcore/health", "/no-such-page"):
        with fetch(shared_app.url + path) as answer:
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert answer.headers["Referrer-Policy"] == "no-referrer", path


def test_a_browser_gets_its_token_once_in_a_cookie_that_scripts_cannot_read(shared_app: Any) -> None:
    with fetch(shared_app.url + "/") as answer:
        cookies = http.cookies.SimpleCookie(answer.headers["Set-Cookie"])
    assert cookies[COOKIE]["httponly"]
    assert cookies[COOKIE]["samesite"].lower() == "lax"
    assert len(cookies[COOKIE].value) >= 40
    with fetch(shared_app.url + "/", f"{COOKIE}={cookies[COOKIE].value}") as answer:
        assert answer.headers["Set-Cookie"] is None or COOKIE not in answer.headers["Set-Cookie"]


def test_two_browsers_get_two_tokens(shared_app: Any) -> None:
    tokens = set()
    for _ in range(2):
        with fetch(shared_app.url + "/") as answer:
            tokens.add(http.cookies.SimpleCookie(answer.headers["Set-Cookie"])[COOKIE].value)
    assert len(tokens) == 2


def test_health_names_the_database_and_the_schema(shared_app: Any) -> None:
    with fetch(shared_app.url + "/health") as answer:
        health = json.load(answer)
    assert health["database"].startswith("SQLite 3.")
    newest = max((ROOT / "copdash" / "migrations" / "versions").glob("[0-9]*.py"))
    assert health["schema"] == newest.name[:4]


def live(app: Any, case: object = "", **options: Any) -> Any:
    return connect(f"ws://127.0.0.1:{app.port}/live?case={case}", open_timeout=20, **options)


def test_live_tells_the_version_at_once_and_carries_no_data(shared_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{shared_app.database}")
    with store.reading(eyes.PROGRAM) as session:
        case = case_studies.listed(session)[0].id
        version = history.version(session, case)
    store.close()
    with live(shared_app, case) as socket:
        assert json.loads(socket.recv(timeout=20)) == {"version": version}


def test_live_refuses_another_site(shared_app: Any) -> None:
    with pytest.raises(InvalidStatus), live(shared_app, origin="http://evil.example"):
        pass


def test_live_refuses_a_case_study_that_is_no_uuid(shared_app: Any) -> None:
    with pytest.raises(InvalidStatus), live(shared_app, "1 or 1=1"):
        pass


def test_the_example_is_loaded_once_and_never_comes_back_by_itself(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from copdash import examples

    app.stop()
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{app.database}")
    with store.writing(PROGRAM, undoable=False) as session:
        assert examples.remove(session) == 9
        mine = case_studies.begin(session, title="Mine").id
        session.flush()
        stakeholders.add(session, mine, name="Province")
    store.close()
    app.start()
    with store.reading(eyes.PROGRAM) as session:
        assert [row.title for row in case_studies.listed(session)] == ["Mine"]
        assert [row.name for row in stakeholders.of_case(session, mine)] == ["Province"]
    store.close()


def test_the_example_comes_back_with_the_same_ids(sqlite_url: str) -> None:
    from copdash import examples

    with store.writing(PROGRAM, undoable=False) as session:
        examples.load(session)
    with store.reading(eyes.PROGRAM) as session:
        before = {row.id for case in case_studies.listed(session) for row in stakeholders.of_case(session, case.id)}
    with store.writing(PROGRAM, undoable=False) as session:
        examples.remove(session)
    with store.writing(PROGRAM, undoable=False) as session:
        examples.load(session)
    with store.reading(eyes.PROGRAM) as session:
        after = {row.id for case in case_studies.listed(session) for row in stakeholders.of_case(session, case.id)}
    assert before == after
    assert len(before) > 200
    assert uuid.UUID(int=0) not in before


def test_the_words_of_the_field_are_told_by_field(shared_app: Any) -> None:
    with fetch(shared_app.url + "/words") as answer:
        told = json.load(answer)
    assert told["fields"]["helix"]["behorde"] == "Government"
    assert told["fields"]["membership"]["core member"] == "Core"
    assert "und" in told["connectives"]


def test_answers_are_sent_without_waiting_for_receipts() -> None:
    seen: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            connection = receive.__self__.transport.get_extra_info("socket")
            seen.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            await PlainTextResponse("done")(scope, receive, send)

    with socket.create_server(("127.0.0.1", 0)) as listening:  # handed over, as Streamlit does
        running = uvicorn.Server(uvicorn.Config(server.Guard(app), lifespan="off", log_level="error"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        with fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/") as answer:
            assert answer.read() == b"done"
        running.should_exit = True
        thread.join()
    assert seen[0] != 0

"""Files that every browser loads: from memory, never stale, never from outside their folders."""

from __future__ import annotations

import gzip
import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.responses import PlainTextResponse

from copdash.assets import ASK_AGAIN, FOREVER, Assets, Folder
from tests import loops

BOARDS = Path(__file__).resolve().parent.parent / "copdash" / "components" / "boards"
FAR = "192.0.2.7"


def assets(folder: Path, *, named: bool = False) -> Assets:
    return Assets(PlainTextResponse("the app"), [Folder("/files/", folder, ASK_AGAIN, named=named)])


def get(app: Any, path: str, *, client: str = "127.0.0.1", method: str = "GET", **headers: str) -> Any:
    """Status, headers and body of one request."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw, "client": (client, 1)}
    loops.run(app(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(message.get("body", b"") for message in sent[1:])


def test_a_file_comes_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "board.css").write_text("a {}")
    status, headers, body = get(assets(tmp_path), "/files/deep/board.css")
    assert (status, body, headers["cache-control"]) == (200, b"a {}", ASK_AGAIN)
    assert headers["content-type"].startswith("text/css")


def test_a_step_that_names_a_board_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "board.css").write_text("a {}")
    assert get(assets(tmp_path, named=True), "/files/grid/board.css")[2] == b"a {}"
    assert get(assets(tmp_path, named=True), "/files/grid/deep/board.css")[2] == b"the app"


def test_a_browser_that_has_the_file_hears_that_it_is_the_same_until_it_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "board.css"
    file.write_text("a {}")
    app = assets(tmp_path)
    tag = get(app, "/files/board.css")[1]["etag"]
    status, _, body = get(app, "/files/board.css", if_none_match=tag)
    assert (status, body) == (304, b"")
    file.write_text("b {}")
    os.utime(file, ns=(1, 1))
    status, _, body = get(app, "/files/board.css", if_none_match=tag)
    assert (status, body) == (200, b"b {}")


def test_texts_travel_compressed_unless_they_stay_on_this_computer(tmp_path: Path) -> None:
    (tmp_path / "board.css").write_text("a {}" * 500)
    app = assets(tmp_path)
    _, headers, body = get(app, "/files/board.css", client=FAR, accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == b"a {}" * 500
    for client, encoding in ((FAR, "br"), ("127.0.0.1", "gzip"), ("::1", "gzip")):
        _, headers, body = get(app, "/files/board.css", client=client, accept_encoding=encoding)
        assert "content-encoding" not in headers
        assert body == b"a {}" * 500


@pytest.mark.parametrize(
    "path", ["/files/", "/files/gone.css", "/files/../secret", "/files//secret", "/other/board.css"]
)
def test_what_is_no_file_of_the_folder_is_left_to_the_app(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "board.css").write_text("a {}")
    assert get(assets(folder), path)[2] == b"the app"


def test_other_ways_to_ask_are_left_to_the_app(tmp_path: Path) -> None:
    (tmp_path / "board.css").write_text("a {}")
    app = assets(tmp_path)
    assert get(app, "/files/board.css", range="bytes=0-1")[2] == b"the app"
    assert get(app, "/files/board.css", method="POST")[2] == b"the app"
    (tmp_path / "board.css").unlink()
    assert get(app, "/files/board.css")[2] == b"the app"


def test_the_server_gives_front_end_and_boards_this_way(shared_app: Any) -> None:
    front_end = Path(st.__file__).parent / "static" / "static"
    script = next((front_end / "js").glob("index.*.js"))
    board = "/_stcore/bidi-components/copdash.power_interest_board/shared/board.js"
    served = ((f"/static/js/{script.name}", script, FOREVER), (board, BOARDS / "shared/board.js", ASK_AGAIN))
    for path, file, cache in served:
        with urllib.request.urlopen(shared_app.url + path, timeout=20) as answer:
            assert answer.read() == file.read_bytes()
            assert answer.headers["Cache-Control"] == cache
            assert "javascript" in answer.headers["Content-Type"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            tag = answer.headers["ETag"]
        again = urllib.request.Request(shared_app.url + path, headers={"If-None-Match": tag})
        with pytest.raises(urllib.error.HTTPError, match="304"):
            urllib.request.urlopen(again, timeout=20)

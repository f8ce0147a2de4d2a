"""The page with which each screen begins: what it is told ahead is true."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from playwright.sync_api import Page, expect

from copdash import entrance
from copdash.ui.habits import frame

FRONT_END = Path(st.__file__).parent / "static"
BOARDS = Path(__file__).resolve().parent.parent / "copdash" / "components" / "boards"


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        text: str = answer.read().decode()
    return text


@pytest.mark.parametrize("screen", ["", "power-interest", "meetings", "help"])
def test_everything_that_is_announced_is_there(shared_app: Any, screen: str) -> None:
    page = read(f"{shared_app.url}/{screen}")
    announced = re.findall(r'modulepreload" crossorigin href="\./([^"]+)"', page)
    own = re.findall(r'modulepreload" crossorigin href="\./([^"]+)"', (FRONT_END / "index.html").read_text("utf-8"))
    assert len(announced) == len(set(announced)) > len(own)
    for path in announced:
        assert read(f"{shared_app.url}/{path}")


def test_the_rest_of_the_page_is_streamlits() -> None:
    own = (FRONT_END / "index.html").read_text("utf-8")
    page = entrance.page(FRONT_END, BOARDS, "meetings").replace(entrance.SERVER, "")
    assert [line for line in page.splitlines() if line.strip() in {one.strip() for one in own.splitlines()}] == [
        *own.splitlines()
    ]


def test_each_board_belongs_to_a_screen_and_comes_with_all_its_modules() -> None:
    assert set(entrance.BOARDS) <= set(frame.addresses())
    for screen, board in entrance.BOARDS.items():
        page = entrance.page(FRONT_END, BOARDS, screen)
        assert f"./_stcore/bidi-components/copdash.{Path(board).name}/{board}.js" in page
        assert f"./_stcore/bidi-components/copdash.{Path(board).name}/shared/board.js" in page
        assert "./_stcore/bidi-components/copdash.live/shared/live.js" in page
    assert "copdash.roadmap_board/vendor/vis-timeline" in entrance.page(FRONT_END, BOARDS, "meetings")


def test_without_the_expected_files_the_page_is_as_it_comes(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><head></head><body></body></html>")
    assert entrance.page(tmp_path, tmp_path, "meetings") == (tmp_path / "index.html").read_text()


def test_an_address_that_is_no_screen_is_left_to_streamlit(shared_app: Any) -> None:
    assert "__streamlit" in read(f"{shared_app.url}/meetings?case=x")
    assert "__streamlit" not in read(f"{shared_app.url}/no-such-page")


def test_a_screen_finds_its_server_at_the_first_attempt(shared_app: Any, page: Page) -> None:
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{shared_app.url}/meetings")
    expect(page.get_by_role("dialog", name="Who is here?")).to_be_visible(timeout=30_000)
    assert not failed

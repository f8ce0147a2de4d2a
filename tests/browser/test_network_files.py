"""The network as files of other programs, through the page: what they lose is said, then out and in without loss."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import store
from tests.browser.screens.file_screen import settle
from tests.exchange import test_network_files as files

HOSTILE = files.HOSTILE
PEOPLE = files.PEOPLE
PLAIN_PEOPLE = [{"name": name} for name in ("Province", "Growers", HOSTILE, "Alone")]
PLAIN_TIES: list[tuple[int, int, dict[str, Any]]] = [
    (0, 1, {"type": "Money", "strength": 3, "since": "2021-01-01"}),
    (2, 1, {"directed": False, "status": "Wanted"}),
]


@pytest.fixture
def here(shared_app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """`copdash.store` works on the server's file."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", shared_app.environment["COPDASH_DATABASE_URL"])
    yield shared_app
    store.close()


def out(app: Any, page: Page, case: uuid.UUID, title: str, tmp_path: Path) -> tuple[str, Path]:
    """What the page says the file cannot hold, and the file."""
    app.enter(page, f"/files?case={case}")
    page.get_by_role("tab", name="Export").click()
    page.get_by_role("radiogroup", name="Format").get_by_text(title, exact=True).click()
    button = page.get_by_role("button", name=f"Download {title}")
    expect(button).to_be_visible()
    lost = page.get_by_text(re.compile("^Not in it:")).inner_text()
    with page.expect_download() as download:
        button.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return lost, path


def drop(app: Any, page: Page, case: uuid.UUID, path: Path) -> None:
    app.enter(page, f"/files?case={case}")
    expect(page.get_by_role("button", name="Empty workbook to fill in")).to_be_visible()
    settle(page)
    page.locator('input[type="file"]').first.set_input_files(path)


def bring(app: Any, page: Page, case: uuid.UUID, path: Path, ties: int) -> None:
    drop(app, page, case, path)
    page.get_by_role("button", name=re.compile(r"^Import .*\d+ ties?$")).click()
    expect(page.get_by_text(re.compile(rf"Imported .*\b{ties} new ties"))).to_be_visible()


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("GraphML", "meetings"),
        ("GEXF", "meetings"),
        ("Kumu", "2 share their name with another and would be taken for one."),
    ],
)
def test_a_network_goes_out_and_comes_in_again_without_loss(
    here: Any, page: Page, tmp_path: Path, title: str, said: str
) -> None:
    case, fresh = files.begun(PEOPLE, files.TIES), files.begun([], [])
    lost, path = out(here, page, case, title, tmp_path)
    assert said.casefold() in lost.casefold()
    bring(here, page, fresh, path, len(files.TIES))
    assert files.content(fresh) == files.content(case)
    bring_again(here, page, fresh, path)


def bring_again(app: Any, page: Page, case: uuid.UUID, path: Path) -> None:
    """Everybody is matched by name and organisation, so that nothing is new."""
    drop(app, page, case, path)
    expect(page.get_by_text("Nothing to import")).to_be_visible()


def test_an_edge_list_carries_the_ties_and_says_before_what_it_does_not(here: Any, page: Page, tmp_path: Path) -> None:
    case, fresh = files.begun(PLAIN_PEOPLE, PLAIN_TIES), files.begun([], [])
    lost, path = out(here, page, case, "Edge list", tmp_path)
    assert "1 without a tie is not in it." in lost
    bring(here, page, fresh, path, len(PLAIN_TIES))
    assert files.content(fresh, people=False) == files.content(case, people=False)

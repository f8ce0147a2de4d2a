"""What a page offers for download, or takes in, is for its own browser, and only while the page is open."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

OTHERS = "the page that offered it was closed"


def download(page: Page, button: str) -> str:
    """The address of a file that a person has just got by this button."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    assert waiting.value.failure() is None
    assert waiting.value.path().stat().st_size > 0
    return waiting.value.url


def enter(app: Any, page: Page, name: str = "Marta") -> None:
    """A person in front of the downloads of a case study."""
    app.enter(page, "/files", name=name)
    page.get_by_role("tab", name="Export").click()


def status(page: Page, address: str, method: str = "GET") -> int:
    """How the server answers this browser, with its cookies."""
    return page.request.fetch(address, method=method).status


def test_a_download_is_for_the_browser_that_made_it_and_ends_with_its_page(
    app: Any, page: Page, second_page: Page
) -> None:
    enter(app, page)
    enter(app, second_page, "Piet")
    address = download(page, "Download workbook (XLSX)")
    assert "/media/" in address
    for method in ("GET", "HEAD"):
        assert status(page, address, method) == 200
        assert status(second_page, address, method) == 403
    assert OTHERS in second_page.request.get(address).text()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(address, timeout=20)
    other_tab = page.context.new_page()
    app.open(other_tab, "/files")
    assert status(other_tab, address) == 200
    page.close()
    other_tab.wait_for_timeout(500)
    assert status(other_tab, address) == 403
    assert status(second_page, address) == 403


def test_the_same_file_is_there_for_each_browser_that_made_it(app: Any, page: Page, second_page: Page) -> None:
    enter(app, page)
    enter(app, second_page, "Piet")
    first, second = download(page, "Stakeholders, "), download(second_page, "Stakeholders, ")
    assert first == second  # alike to the byte, which a workbook is not: it holds the moment when it was made
    assert status(page, first) == 200
    assert status(second_page, second) == 200


def test_downloads_work_while_the_screen_is_being_drawn_anew(app: Any, page: Page) -> None:
    enter(app, page)
    for sign in ("Semicolons, decimal comma (Excel in most of Europe)", "Commas"):
        page.get_by_text(sign, exact=True).click()
        download(page, "Stakeholders, ")
    page.reload()
    page.get_by_role("tab", name="Case study file").click()
    download(page, "Download case study")


def test_the_icon_of_the_page_is_there_for_this_browser_alone(app: Any, page: Page, second_page: Page) -> None:
    app.enter(page)
    icon = page.locator("link[rel~='icon']").first
    expect(icon).to_have_attribute("href", re.compile("/media/"))
    address = str(icon.evaluate("link => link.href"))
    assert status(page, address) == 200
    assert status(second_page, address) == 403


def test_a_file_dropped_into_a_page_is_changed_by_no_other_browser(app: Any, page: Page, second_page: Page) -> None:
    app.enter(page, "/files")
    with page.expect_request(lambda request: request.method == "PUT") as sent:
        page.locator('input[type="file"]').first.set_input_files(
            FilePayload(name="list.csv", mimeType="text/csv", buffer=b"Name\nWater board\n")
        )
    expect(page.get_by_role("button", name="Import 1 stakeholder")).to_be_visible()
    for method in ("PUT", "DELETE"):
        answer = second_page.request.fetch(sent.value.url, method=method)
        assert answer.status == 403
        assert OTHERS in answer.text()

"""A picture for the report: two gestures to the clipboard, saved as a file, drawn without running anything in it."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

PNG = b"\x89PNG\r\n\x1a\n"
COPIED = """async () => {
  const [item] = await navigator.clipboard.read();
  const blob = await item.getType("image/png");
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(PNG)
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def opened(app: Any, page: Page, path: str) -> Any:
    app.enter(page, path)
    page.get_by_role("button", name="Copy picture", exact=True).click()
    picture = page.locator(".picture")
    expect(picture.locator("img")).to_be_visible()
    return picture


def test_the_grid_is_copied_in_two_gestures_and_lies_in_the_clipboard(shared_app: Any, page: Page) -> None:
    picture = opened(shared_app, page, "/power-interest")
    expect(picture.get_by_role("status")).to_have_text("Copied. Paste it into your report.")
    png = bytes(page.evaluate(COPIED))
    assert size_of(png) == (3200, 1800)
    assert len(png) > 50_000
    page.get_by_test_id("stPopoverBody").get_by_text("A4 landscape").click()
    expect(picture.locator("img")).to_have_js_property("naturalWidth", 1754)
    assert size_of(bytes(page.evaluate(COPIED))) == (3200, 1800), "another size is copied when asked for"
    picture.get_by_role("button", name="Copy again").click()
    expect(picture.get_by_role("status")).to_have_text("Copied. Paste it into your report.")
    assert size_of(bytes(page.evaluate(COPIED))) == (3508, 2480)


@pytest.mark.parametrize("screen", ["power-interest", "network", "composition", "readings?reading=Engagement"])
def test_each_picture_is_saved_as_svg_and_png_for_a_page(
    shared_app: Any, page: Page, tmp_path: Path, screen: str
) -> None:
    picture = opened(shared_app, page, f"/{screen}")
    page.get_by_test_id("stPopoverBody").get_by_text("A4 landscape").click()
    image = picture.locator("img")
    expect(image).to_have_js_property("naturalWidth", 1754)
    for kind in ("SVG", "PNG"):
        with page.expect_download() as download:
            picture.get_by_role("button", name=f"Download {kind}").click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        if kind == "PNG":
            assert size_of(file.read_bytes()) == (3508, 2480)
        else:
            words = "".join(ET.fromstring(file.read_text("utf-8")).itertext())
            assert "CS1 Tarragona" in words
            assert "September 2021" in words
    page.get_by_text("The same as a table").click()
    expect(page.get_by_test_id("stTable").locator("tbody tr").nth(3)).to_be_visible()


def test_with_names_hidden_the_picture_has_pseudonyms(shared_app: Any, page: Page, tmp_path: Path) -> None:
    shared_app.enter(page, "/power-interest")
    page.get_by_role("button", name="Present").click()
    page.get_by_role("button", name="Hide names").click()
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Copy picture", exact=True).click()
    with page.expect_download() as download:
        page.locator(".picture").get_by_role("button", name="Download SVG").click()
    file = tmp_path / "picture.svg"
    download.value.save_as(file)
    words = [node.text for node in ET.fromstring(file.read_text("utf-8")).iter("{http://www.w3.org/2000/svg}text")]
    assert "S01" in words
    assert "River basin authority" not in words

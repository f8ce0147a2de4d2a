"""The portfolio's small multiples in a real browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from copdash.figures import portfolio
from copdash.models import CaseStudy, Group, Stakeholder


def nine_cases() -> list[tuple[CaseStudy, list[Stakeholder]]]:
    groups = Group.values()
    return [
        (
            CaseStudy(title=f"Case {i}"),
            [Stakeholder(name=f"Role {j}", group=groups[j], power=(i + j) % 11, interest=j) for j in range(11)],
        )
        for i in range(9)
    ]


def test_nine_cases_are_drawn_in_a_browser_and_no_link_comes_out_of_a_name(browser: Browser, tmp_path: Path) -> None:
    cases = nine_cases()
    cases[0][0].title = '<a href="https://example.org">link</a>'
    file = tmp_path / "portfolio.html"
    file.write_text(portfolio.small_multiples(cases).to_html(include_plotlyjs=True), "utf-8")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(file.as_uri())
    page.wait_for_selector(".annotation-text")
    assert (page.locator(".annotation-text").first.text_content() or "").startswith("<a href=")
    assert page.locator("svg a").count() == 0
    assert page.locator(".scatterlayer .point").count() >= 99
    page.close()

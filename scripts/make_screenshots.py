"""Makes the pictures in docs/screenshots from the example data: `python scripts/make_screenshots.py`, in `.venv`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs" / "screenshots"
SCREENS = {
    "portfolio": "",
    "case-study": "case-study",
    "stakeholders": "stakeholders",
    "power-interest": "power-interest",
    "rate-together": "rating",
    "salience": "readings?reading=Salience",
    "engagement": "readings?reading=Engagement",
    "attitude-and-power": "readings?reading=Attitude%20and%20power",
    "network": "network",
    "missing-voices": "composition",
    "choose-the-cop": "membership",
    "versions": "versions",
    "actions": "actions",
    "roadmap": "meetings",
    "one-on-one": "one-on-one",
    "review": "review",
    "all-roadmaps": "roadmaps",
    "import-and-export": "files",
    "in-the-room": "power-interest?present=1",
    "names-hidden": "network?present=1&names=hidden",
}
DARK = ("power-interest", "network", "salience", "engagement", "missing-voices", "roadmap", "in-the-room")
CASE = "CS2 Nieuw Prinsenland"


def settle(page: Page) -> None:
    """Until the script has ended and what it drew stands still."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(2500)


def main() -> None:
    """All screens in light, some in dark too, at 1440x900."""
    from scripts.servers import chromium, running

    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="copdash-", ignore_cleanup_errors=True) as folder,
        running(Path(folder)) as server,
        chromium() as browser,
    ):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme, locale="en-GB")
            page = context.new_page()
            page.goto(f"{server.url}/case-study")
            page.get_by_label("Your name").fill("Marta")
            page.get_by_role("button", name="Start").click()
            settle(page)
            page.get_by_role("combobox", name="Case study").first.click()
            page.get_by_role("option", name=CASE).click()
            settle(page)
            query = page.url.partition("?")[2]
            for name, screen in SCREENS.items():
                if scheme == "light" or name in DARK:
                    page.goto(f"{server.url}/{screen}{'&' if '?' in screen else '?'}{query}")
                    settle(page)
                    page.mouse.move(5, 5)
                    page.screenshot(path=PICTURES / f"{name}{'-dark' if scheme == 'dark' else ''}.png")
            context.close()


if __name__ == "__main__":
    main()

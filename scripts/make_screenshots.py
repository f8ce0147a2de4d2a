"""Makes the pictures in docs/screenshots from the example data: `python scripts/make_screenshots.py`, in `.venv`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
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


@contextmanager
def server() -> Iterator[str]:
    """The app on a fresh store with the example data."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "COPDASH_DATABASE_URL": f"sqlite:///{Path(folder).as_posix()}/copdash.sqlite",
            "STREAMLIT_SERVER_PORT": str(port),
        }
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"{address}/health", timeout=2).close()
                    break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.25)
            yield address
        finally:
            running.terminate()
            running.wait(20)


def settle(page: Page) -> None:
    """Until the script has ended and what it drew stands still."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(2500)


def main() -> None:
    """All screens in light, some in dark too, at 1440x900."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with server() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for scheme in ("light", "dark"):
            context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme, locale="en-GB")
            page = context.new_page()
            page.goto(f"{address}/case-study")
            page.get_by_label("Your name").fill("Marta")
            page.get_by_role("button", name="Start").click()
            settle(page)
            page.get_by_role("combobox", name="Case study").first.click()
            page.get_by_role("option", name=CASE).click()
            settle(page)
            query = page.url.partition("?")[2]
            for name, screen in SCREENS.items():
                if scheme == "light" or name in DARK:
                    page.goto(f"{address}/{screen}{'&' if '?' in screen else '?'}{query}")
                    settle(page)
                    page.mouse.move(5, 5)
                    page.screenshot(path=PICTURES / f"{name}{'-dark' if scheme == 'dark' else ''}.png")
            context.close()
        chromium.close()


if __name__ == "__main__":
    main()

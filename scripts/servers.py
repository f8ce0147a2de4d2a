"""The server and its browser, started for a test, a benchmark or a picture.

Everything stands on loopback, on a store of its own, and is ended by whoever started it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
"""Seconds within which a server has to be up."""


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A Streamlit server in a process of its own: COPDash as `streamlit run app.py` starts it, or another script."""

    folder: Path
    """Where its store and its log are."""
    environment: dict[str, str] = field(default_factory=dict)
    """Settings besides those of this process."""
    port: int = field(default_factory=free_port)
    script: Path = ROOT / "app.py"
    settings: Path = ROOT
    """The folder whose .streamlit/config.toml counts, if it has one; without, Streamlit is as it comes."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """The SQLite file it works on, unless its environment names another store."""
        return self.folder / "copdash.sqlite"

    @property
    def log(self) -> Path:
        """What it printed."""
        return self.folder / f"{self.script.stem}.log"

    def start(self) -> None:
        """Start it, again too: same address, same store. Returns when it answers, or raises `RuntimeError`."""
        self.environment.setdefault("COPDASH_DATABASE_URL", f"sqlite:///{self.database.as_posix()}")
        environment = os.environ | {
            "STREAMLIT_SERVER_PORT": str(self.port),
            "STREAMLIT_SERVER_HEADLESS": "true",
            **self.environment,
        }
        self.process = self.launch(environment)
        try:
            wait_until(lambda: is_healthy(self.url), self.process, self.log, "The server")
        except BaseException:
            self.stop()
            raise

    def launch(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """A process of its own."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(self.script)],
                cwd=self.settings,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it; with SIGKILL as a power cut would."""
        if self.process is not None:
            end(self.process, how)
            self.process = None


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Server]:
    """COPDash on a fresh store in this folder, with the example data."""
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def is_healthy(url: str) -> bool:
    """Whether the server says that it is up."""
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def wait_until(is_up: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, what: str) -> None:
    """Wait a while; raises `RuntimeError` with what the process printed."""
    deadline = time.monotonic() + PATIENCE
    while not is_up():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come up:\n{log.read_text('utf-8', 'replace')[-4000:]}")
        time.sleep(0.1)


def end(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """End one process of ours, by force when it does not listen."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(how if os.name == "posix" else signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def chromium_program() -> str | None:
    """Where Chromium is on this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


WITHOUT = ",".join(
    (
        # The popup of the address bar is a page of its own in each new window, and takes a second of a processor.
        *("WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup", "PreloadTopChromeWebUI"),
        # What Playwright leaves out itself; of two such arguments Chromium takes the last.
        *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
        *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
        *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
        *("TcpPortRandomizationWin", "ThirdPartyStoragePartitioning"),
    )
)
"""Features of Chromium that no test needs."""


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_program(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--disable-features={WITHOUT}"],
        )
        try:
            yield browser
        finally:
            browser.close()

"""What a benchmark needs: COPDash on a fresh store, a browser, and peers. All is ended with the run."""

from __future__ import annotations

import contextlib
import os
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page
from sqlmodel import col, func, select

from copdash import case_studies, eyes, people, store
from copdash.models import Gesture, Role
from copdash.roles import PROGRAM
from scripts.servers import ROOT, Server, chromium

PEERS = Path(__file__).resolve().parent / "peers"
WATCH = (Path(__file__).resolve().parent / "watch.js").read_text("utf-8")
SETTINGS = {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none"} | {
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "PYTHONPATH": str(ROOT),
}
"""What every server here is told, COPDash and its peers alike."""
TOKEN = "somebody-with-a-stop-watch"


@dataclass
class House:
    """A browser, COPDash on a fresh store with the example, and peers as they are asked for."""

    folder: Path
    browser: Browser
    app: Server
    peers: dict[str, Server] = field(default_factory=dict)

    def peer(self, name: str, *, settings: Path = ROOT) -> Server:
        """The server of peers/<name>.py, started once, with the settings of COPDash, or with `PEERS` as it comes."""
        key = f"{name} {settings}"
        if key not in self.peers:
            server = Server(self.folder, dict(SETTINGS), script=PEERS / f"{name}.py", settings=settings)
            server.start()
            self.peers[key] = server
        return self.peers[key]

    def end_peers(self) -> None:
        """End the servers of all peers."""
        for server in self.peers.values():
            server.stop()

    @contextlib.contextmanager
    def page(self) -> Iterator[Page]:
        """A browser that was never here before, but for the cookie of a person who has said who they are."""
        context = self.browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": people.COOKIE, "value": TOKEN, "url": self.app.url}])
        context.add_init_script(WATCH)
        try:
            yield context.new_page()
        finally:
            context.close()

    def case_study(self) -> uuid.UUID:
        """The first of the example case studies."""
        with store.reading(eyes.PROGRAM) as session:
            return case_studies.listed(session)[0].id

    def gestures(self, name: str) -> int:
        """How many gestures of a kind are in the change log."""
        with store.reading(eyes.PROGRAM) as session:
            return session.exec(select(func.count()).where(col(Gesture.name) == name)).one()


@contextlib.contextmanager
def opened(browser: Browser | None = None) -> Iterator[House]:
    """Start COPDash, and Chromium if none is lent; hand over; end what was started."""
    with contextlib.ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="copdash-", ignore_cleanup_errors=True)))
        ends.enter_context(store_at(f"sqlite:///{(folder / 'copdash.sqlite').as_posix()}"))
        app = Server(folder, dict(SETTINGS))
        ends.callback(app.stop)
        app.start()
        with store.writing(PROGRAM, undoable=False) as session:
            people.introduce(session, token=TOKEN, name="Marta", role=Role.LEADER.value)
        house = House(folder, browser or ends.enter_context(chromium()), app)
        ends.callback(house.end_peers)
        yield house


@contextlib.contextmanager
def store_at(address: str) -> Iterator[None]:
    """`copdash.store`, here and in what is started, works on that address."""
    before = os.environ.get("COPDASH_DATABASE_URL")
    os.environ["COPDASH_DATABASE_URL"] = address
    try:
        yield
    finally:
        store.close()
        if before is None:
            os.environ.pop("COPDASH_DATABASE_URL")
        else:
            os.environ["COPDASH_DATABASE_URL"] = before

"""What tests stand on: real databases, a real server, a real browser. Nothing is mocked.

`store_url`    a fresh store, once on SQLite and once on PostgreSQL; `sqlite_url` and `postgres_url` give only the one
`app`          the server on a fresh store with the example data, `empty_app` without; `shared_app` is one for a module;
               `second_app` another person's server, without too
`page`         a browser on it; `second_page` another person's browser; `touch_page` a tablet
Each page fails its test when anything is asked of another host, or when the browser's console shows an error.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from second_tries import pytest_sessionfinish, pytest_terminal_summary

from copdash import people, store
from copdash.roles import PROGRAM
from scripts.servers import Server, chromium, chromium_program, end, free_port, wait_until
from tests import nursery

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

__all__ = ["pytest_sessionfinish", "pytest_terminal_summary"]

ROOT = Path(__file__).resolve().parent.parent
BROWSER_TESTS = Path(__file__).resolve().parent / "browser"
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# On a deep link Streamlit looks for its server under the page's address first; these two answer 404 there.
PROBES = re.compile(r"^http://127\.0\.0\.1:\d+/.+/_stcore/(health|host-config)$")


@pytest.hookimpl(tryfirst=True)  # before xdist reads which tests belong to one group
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are those in tests/browser; they come last, as Playwright keeps an event loop running.

    On a machine that others use too, a browser sometimes stands still for seconds: one that failed is tried once more,
    and second_tries.py says which.
    """
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(retries=1, delay=1))
            item.add_marker(pytest.mark.xdist_group("browser"))
    items.sort(key=lambda item: BROWSER_TESTS in item.path.parents)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Let fixtures see at their end whether the test, or one of its module, failed."""
    report = yield
    module = item.getparent(pytest.Module)
    if report.failed and module is not None:
        item.stash[FAILED] = module.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


def missing(what: str, variable: str) -> None:
    """Skip, or fail where this machine has promised to have it."""
    if os.environ.get(variable) == "1":
        pytest.fail(f"{what}, although {variable}=1")
    pytest.skip(what)


# ---- stores ---------------------------------------------------------------------------------------------------------


@dataclass
class PostgresServer:
    """A server of our own, on loopback, gone with the session."""

    port: int

    def url(self, database: str) -> str:
        """The address of one database, as COPDASH_DATABASE_URL takes it."""
        return f"postgresql+psycopg://copdash@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        """The address of a fresh database."""
        name = f"test_{uuid.uuid4().hex}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute(f'DROP DATABASE IF EXISTS "{url.rsplit("/", 1)[1]}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one statement on the server itself."""
        import psycopg

        address = f"postgresql://copdash@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement.encode())


def postgres_program(name: str) -> str | None:
    """Where initdb or postgres is; Debian keeps them off the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or next((str(path) for path in installed), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server; it never runs as root, so root lends it the user nobody."""
    initdb, server = postgres_program("initdb"), postgres_program("postgres")
    if initdb is None or server is None:
        missing("PostgreSQL is not installed here (no initdb)", "COPDASH_REQUIRE_POSTGRES")
    folder = Path(tempfile.mkdtemp(prefix="copdash-postgres-"))
    as_user: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)}}
    if os.name == "posix" and os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        as_user |= {"user": "nobody", "group": folder.stat().st_gid, "extra_groups": []}
    data, port = folder / "data", free_port()
    made = subprocess.run(
        [str(initdb), "-D", str(data), "-U", "copdash", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        capture_output=True,
        text=True,
        **as_user,
    )
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(f"initdb failed:\n{made.stderr}")
    log = (folder / "log").open("wb")
    options = ["-c", "max_connections=200", "-c", "unix_socket_directories=", "-c", "listen_addresses=127.0.0.1"]
    running = subprocess.Popen(
        [str(server), "-D", str(data), "-p", str(port), "-F", *options], stdout=log, stderr=log, **as_user
    )
    try:
        found = PostgresServer(port)
        wait_until(lambda: answers_to_sql(found), running, folder / "log", "PostgreSQL")
        yield found
    finally:
        end(running, signal.SIGINT)  # its fast shutdown
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def answers_to_sql(server: PostgresServer) -> bool:
    """Whether the server takes statements yet."""
    import psycopg

    try:
        server.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def store_at(url: str) -> Iterator[str]:
    """`copdash.store` in this process works on that address, upgraded and ready."""
    from copdash import store

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COPDASH_DATABASE_URL", url)
        store.ready()
        try:
            yield url
        finally:
            store.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded, empty SQLite store to copy: a copy is quicker than the migrations."""
    path = tmp_path_factory.mktemp("template") / "copdash.sqlite"
    with store_at(f"sqlite:///{path.as_posix()}"):
        pass
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """The name of an upgraded, empty database to copy."""
    url = postgres.new_database()
    with store_at(url):
        pass
    return url.rsplit("/", 1)[1]


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> Iterator[str]:
    """A fresh store on SQLite; `copdash.store` uses it."""
    path = tmp_path / "copdash.sqlite"
    shutil.copyfile(sqlite_template, path)
    with store_at(f"sqlite:///{path.as_posix()}") as url:
        yield url


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A fresh store on PostgreSQL; `copdash.store` uses it."""
    url = postgres.new_database(postgres_template)
    with store_at(url):
        yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """A fresh store; the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


# ---- servers --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _nursery() -> Iterator[None]:
    """Servers are forked, and their nursery ends with the tests."""
    yield
    NURSERY.close()


NURSERY = nursery.Nursery()


class RunningApp(Server):
    """COPDash as `streamlit run app.py` starts it, and a person who comes in."""

    def launch(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """From the nursery, where there can be one."""
        if not nursery.CAN_FORK:
            return super().launch(environment)
        child = NURSERY.fork(["run", str(self.script)], self.settings, environment, self.log)
        return cast("subprocess.Popen[bytes]", child)

    def start(self) -> None:
        """Start it, again too; pages may ask it."""
        ORIGINS.add(self.url)
        super().start()

    def open(self, page: Page, path: str = "/") -> None:
        """Show an address in this browser and wait until the screen stands still."""
        page.goto(f"{self.url}{path}")
        page.wait_for_selector(SETTLED)

    def enter(self, page: Page, path: str = "/", name: str = "Marta", role: str = "Case study leader") -> None:
        """Open an address as a person who has said before who they are, so that no dialog asks."""
        from playwright.sync_api import expect

        token = uuid.uuid4().hex
        page.context.add_cookies([{"name": people.COOKIE, "value": token, "url": self.url, "httpOnly": True}])
        with pytest.MonkeyPatch.context() as environment:
            is_here = os.environ.get("COPDASH_DATABASE_URL") == self.environment["COPDASH_DATABASE_URL"]
            environment.setenv("COPDASH_DATABASE_URL", self.environment["COPDASH_DATABASE_URL"])
            with store.writing(PROGRAM, undoable=False) as session:
                people.introduce(session, token=token, name=name, role=role)
            if not is_here:
                store.close()
        self.open(page, path)
        expect(page.get_by_role("button", name=f"{name}, {role}")).to_be_attached()


ORIGINS: set[str] = set()
"""The addresses of our own servers: the only ones a page may ask anything of."""


@contextlib.contextmanager
def running_app(
    folder: Path, request: pytest.FixtureRequest, stores: Stores, **environment: str
) -> Iterator[RunningApp]:
    """A started server; a failed test shows what it printed."""
    server = RunningApp(folder, environment)
    for made in stores[environment.get("COPDASH_EXAMPLE", "1")]:
        shutil.copy(made, folder / made.name)  # with its mode: closed to others
    server.start()
    try:
        yield server
    finally:
        server.stop()
        if request.node.stash.get(FAILED, False):
            print(f"The server printed:\n{server.log.read_text('utf-8', 'replace')[-4000:]}")


Stores = dict[str, list[Path]]
"""With the example (1) and without (0): the files of a store as a server makes it at its first start."""


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """Made once a session: a copy is there sooner than all migrations and the nine case studies."""
    made: Stores = {}
    for example in ("1", "0"):
        server = RunningApp(tmp_path_factory.mktemp("store"), {"COPDASH_EXAMPLE": example})
        server.start()
        server.stop()
        files = [server.database.with_name(server.database.name + end) for end in ("", "-wal", "-shm", ".checked")]
        made[example] = [one for one in files if one.exists()]
    return made


@pytest.fixture
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this test alone. `tmp_path` stumbles at its end where a second try fails, too."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture
def app(server_folder: Path, request: pytest.FixtureRequest, stores: Stores) -> Iterator[RunningApp]:
    """A server on a fresh store with the example data."""
    with running_app(server_folder, request, stores) as server:
        yield server


@pytest.fixture
def empty_app(server_folder: Path, request: pytest.FixtureRequest, stores: Stores) -> Iterator[RunningApp]:
    """A server on a fresh store without any case study."""
    with running_app(server_folder, request, stores, COPDASH_EXAMPLE="0") as server:
        yield server


@pytest.fixture
def second_app(server_folder: Path, request: pytest.FixtureRequest, stores: Stores) -> Iterator[RunningApp]:
    """Another person's server, on another store without any case study."""
    folder = server_folder / "elsewhere"
    folder.mkdir()
    with running_app(folder, request, stores, COPDASH_EXAMPLE="0") as server:
        yield server


@pytest.fixture(scope="module")
def shared_app(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, stores: Stores
) -> Iterator[RunningApp]:
    """One server with the example data for all tests of a module that can live with each other's edits."""
    with running_app(tmp_path_factory.mktemp("shared_app"), request, stores) as server:
        yield server


# ---- browsers -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    if chromium_program() is None:
        missing("Chromium is not installed here", "COPDASH_REQUIRE_BROWSER")
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)  # a busy machine is no fault of ours; a thing that never comes is
    with chromium() as opened:
        yield opened


@pytest.fixture
def tolerated_errors() -> list[str]:
    """Regular expressions of console errors that this test brings about on purpose."""
    return []


@dataclass
class Watch:
    """What a browser asked for and complained about."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of this browser."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self.on_console)
        context.on("weberror", lambda trouble: self.errors.append(f"uncaught: {trouble.error}"))
        context.on("page", lambda page: page.on("websocket", lambda socket: self.requests.append(socket.url)))

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep errors, but for Streamlit's two probes."""
        where = str(message.location.get("url", ""))
        if message.type == "error" and not ("404" in message.text and PROBES.match(where)):
            self.errors.append(f"{message.text} ({where})")

    def strangers(self) -> list[str]:
        """Requests that left our own servers."""
        own = tuple(f"{scheme}{origin.removeprefix('http')}/" for origin in ORIGINS for scheme in ("http", "ws"))
        return [url for url in self.requests if not url.startswith((*own, "data:", "blob:", "about:"))]


@contextlib.contextmanager
def watched_page(
    browser: Browser, request: pytest.FixtureRequest, tolerated: list[str], **options: Any
) -> Iterator[Page]:
    """A page in a browser of its own; at the end nothing may have left the house or gone wrong in the console."""
    options = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **options}
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
    context.set_default_timeout(20_000)
    watch = Watch()
    watch.over(context)
    page = context.new_page()
    try:
        yield page
        if request.node.stash.get(FAILED, False):
            picture = Path(tempfile.gettempdir()) / f"copdash-{request.node.name[:80].replace('/', '-')}.png"
            page.screenshot(path=picture)
            print(f"The page as it was: {picture}\nIts console: {watch.errors}")
    finally:
        context.close()
    assert watch.strangers() == []
    assert [error for error in watch.errors if not any(re.search(pattern, error) for pattern in tolerated)] == []


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest, tolerated_errors: list[str]) -> Iterator[Page]:
    """A person's browser, 1440x900."""
    with watched_page(browser, request, tolerated_errors) as opened:
        yield opened


@pytest.fixture
def second_page(browser: Browser, request: pytest.FixtureRequest, tolerated_errors: list[str]) -> Iterator[Page]:
    """Another person's browser: other cookies, other session."""
    with watched_page(browser, request, tolerated_errors) as opened:
        yield opened


@pytest.fixture
def touch_page(browser: Browser, request: pytest.FixtureRequest, tolerated_errors: list[str]) -> Iterator[Page]:
    """A tablet: fingers instead of a mouse."""
    with watched_page(browser, request, tolerated_errors, has_touch=True) as opened:
        yield opened

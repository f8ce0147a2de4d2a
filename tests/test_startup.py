"""A start that fails says why in words; what starts holds the file for itself, keeps it private, and looks after it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from copdash import eyes, startup, store, store_files
from copdash.errors import CannotStart, Damaged
from scripts.servers import free_port
from tests.conftest import RunningApp

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = {"streamlit": ["-m", "streamlit", "run", "app.py"], "start.py": ["start.py"]}


def started(url: str, command: str = "streamlit", **environment: str) -> subprocess.CompletedProcess[str]:
    """A server that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, *COMMANDS[command], "--server.port", str(free_port())],
        cwd=ROOT,
        env=os.environ | {"COPDASH_DATABASE_URL": url, "COPDASH_EXAMPLE": "0"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
    )


def assert_says(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    """One paragraph, the words in it, no traceback, and an exit code of trouble."""
    assert ended.returncode not in (0, None)
    assert "Traceback" not in ended.stderr + ended.stdout, ended.stderr
    assert ended.stderr.count("COPDash cannot start.") == 1, ended.stderr
    for word in words:
        assert word in ended.stderr, ended.stderr


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    """A store file that nobody uses."""
    path = tmp_path / "copdash.sqlite"
    shutil.copyfile(sqlite_template, path)
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can get to; pytest's own ones are for one user alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def sql(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def cut(path: Path, size: int) -> None:
    os.truncate(path, size)


def replace(path: Path, *statements: str) -> None:
    path.unlink()
    sql(path, *statements)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def link(path: Path, to: Path) -> None:
    path.unlink()
    path.symlink_to(to)


def put_in_a_file(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.write_text("")


HARMED: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a newer store": (
        lambda path: sql(path, "UPDATE alembic_version SET version_num = '9999'"),
        ["newer COPDash", "9999", "Nothing was changed"],
    ),
    "a damaged header": (lambda path: overwrite(path, 0, b"\0" * 40), ["damaged", "backups", "keep"]),
    "a damaged header after its first words": (lambda path: overwrite(path, 16, b"\xff" * 60), ["damaged", "backups"]),
    "a damaged first table": (lambda path: overwrite(path, 100, b"\xff" * 3000), ["damaged", "backups"]),
    "cut in half": (lambda path: cut(path, path.stat().st_size // 2), ["cut off", "backups"]),
    "cut after the header": (lambda path: cut(path, 100), ["cut off", "backups"]),
    "cut within the header": (lambda path: cut(path, 50), ["backups"]),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 9000), ["no SQLite database", "backups"]),
    "a text": (lambda path: path.write_text("hello"), ["no SQLite database"]),
    "another program's": (
        lambda path: replace(path, "CREATE TABLE albums (id INTEGER)"),
        ["another program", "albums"],
    ),
    "an update broken off before its version was noted": (
        lambda path: sql(path, "DROP TABLE alembic_version"),
        ["does not say of which version", "copy"],
    ),
    "an update broken off with a table missing": (
        lambda path: sql(path, "DROP TABLE milestone"),
        ["milestone", "broken off", "backups"],
    ),
    "an update broken off with a column missing": (
        lambda path: sql(path, "ALTER TABLE person RENAME COLUMN name TO nom"),
        ["person.name", "broken off"],
    ),
    "a folder": (make_folder, ["is a folder", "Name a file"]),
    "a link to itself": (lambda path: link(path, path), ["Name another file"]),
    "a device": (lambda path: link(path, Path(os.devnull)), ["Name another"]),
    "in a file": (
        put_in_a_file,
        ["folder", "COPDASH_DATABASE_URL"],
    ),
}


@pytest.mark.parametrize("harm", HARMED)
def test_a_store_that_cannot_be_used_is_told_in_words_and_left_as_it_is(harm: str, file: Path) -> None:
    do_harm, words = HARMED[harm]
    do_harm(file)
    before = file.read_bytes() if file.is_file() else None
    assert_says(started(f"sqlite:///{file}"), *words)
    if before is not None:
        assert file.read_bytes() == before
    assert not (file.parent / "backups").exists()


@pytest.mark.parametrize("harm", ["a newer store", "a damaged header", "a folder"])
def test_start_py_says_the_same(harm: str, file: Path) -> None:
    do_harm, words = HARMED[harm]
    do_harm(file)
    assert_says(started(f"sqlite:///{file}", "start.py"), *words)


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no modes")
@pytest.mark.parametrize("what", ["file", "folder", "way"])
def test_what_may_not_be_written_is_told_in_words(what: str, file: Path, open_folder: Path) -> None:
    """Root may write everything, so it lends the server the user nobody."""
    as_nobody = ""
    file = Path(shutil.copyfile(file, open_folder / "copdash.sqlite"))
    if os.geteuid() == 0:
        as_nobody = "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)"
        os.chown(file, 65534, 65534)
        os.chown(open_folder, 65534 if what == "file" else 0, -1)
    file.chmod(0o400 if what == "file" else 0o600)
    open_folder.chmod({"file": 0o755, "folder": 0o555, "way": 0o600}[what])
    code = f"from copdash import startup\n{as_nobody}\nwith startup.serving(): pass"
    try:
        ended = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"COPDASH_DATABASE_URL": f"sqlite:///{file}", "HOME": str(open_folder)},
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        open_folder.chmod(0o755)
    assert ended.returncode != 0
    sentence = ended.stderr.strip().splitlines()[-1]
    assert sentence.startswith("copdash.errors.CannotStart: "), ended.stderr
    assert ("cannot be changed" if what == "file" else "Nothing can be written into the folder") in sentence
    assert "Allow" in sentence


def test_a_file_that_another_program_holds_is_told_in_words(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as holding:
        holding.execute("PRAGMA locking_mode=EXCLUSIVE")
        holding.execute("BEGIN EXCLUSIVE")
        assert_says(started(f"sqlite:///{file}"), "Another program holds", "Close it")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://user:geheim@host/copdash", ["begins with mysql://", "postgresql://"]),
        ("postgres://user:geheim@host/copdash", ["begins with postgres://", "postgresql://"]),
        ("postgresql+asyncpg://user:geheim@host/copdash", ["postgresql+asyncpg", "postgresql://"]),
        ("nonsense geheim", ["cannot be read", "postgresql://"]),
        ("postgresql://user:geheim@host:port/copdash", ["cannot be read"]),
        ("sqlite://", ["path of a file"]),
        ("sqlite:///:memory:", ["path of a file"]),
        ("sqlite:///file:x?mode=memory&uri=true", ["path of a file"]),
    ],
)
def test_an_address_that_is_none_is_told_in_words(url: str, words: list[str]) -> None:
    ended = started(url)
    assert_says(ended, *words)
    assert "geheim" not in ended.stderr + ended.stdout


# ---- PostgreSQL -----------------------------------------------------------------------------------------------------


@pytest.mark.postgres
def test_no_such_database_is_told_in_words(postgres: Any) -> None:
    ended = started(postgres.url("nowhere"))
    assert_says(ended, 'database "nowhere" does not exist', "createdb")


@pytest.mark.postgres
def test_a_server_that_is_down_or_nowhere_is_told_in_words() -> None:
    assert_says(started(f"postgresql://a:geheim@127.0.0.1:{free_port()}/copdash"), "cannot be reached", "host and port")
    assert_says(started("postgresql://a:geheim@host.invalid/copdash"), "host.invalid", "host and port")


@pytest.mark.postgres
def test_a_wrong_password_is_told_in_words_and_not_repeated(postgres: Any) -> None:
    """The test's own server asks for none; this one speaks PostgreSQL just far enough to refuse."""
    said = b'SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user "ann"\0\0'
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def refuse() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection:
                        asked = connection.recv(1000)
                        if asked[4:8] == b"\x04\xd2\x16\x2f":  # may we encrypt? no
                            connection.sendall(b"N")
                            connection.recv(1000)
                        connection.sendall(b"E" + (len(said) + 4).to_bytes(4, "big") + said)

        threading.Thread(target=refuse, daemon=True).start()
        ended = started(f"postgresql://ann:geheim@127.0.0.1:{listening.getsockname()[1]}/copdash")
    assert_says(ended, "password authentication failed", "user name and password")
    assert "geheim" not in ended.stderr + ended.stdout


@pytest.mark.postgres
def test_a_newer_or_broken_schema_on_postgres_is_told_in_words(postgres: Any, postgres_template: str) -> None:
    for statement, word in (
        ("UPDATE alembic_version SET version_num = '9999'", "newer COPDash"),
        ("DROP TABLE alembic_version", "does not say of which version"),
        ("DROP TABLE milestone CASCADE", "milestone"),
    ):
        url = postgres.new_database(postgres_template)
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sa.text(statement))
        engine.dispose()
        assert_says(started(url), word)
        postgres.drop(url)


@pytest.mark.postgres
def test_three_servers_that_start_together_on_an_empty_database_all_come_up(postgres: Any, tmp_path: Path) -> None:
    url = postgres.new_database()
    servers = []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        servers.append(RunningApp(folder, {"COPDASH_DATABASE_URL": url}))
    failed: list[BaseException] = []

    def start(server: RunningApp) -> None:
        try:
            server.start()
        except BaseException as trouble:
            failed.append(trouble)

    threads = [threading.Thread(target=start, args=(server,)) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert failed == []
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM case_study")).scalar() == 9
            assert connection.execute(sa.text("SELECT count(*) FROM gesture")).scalar() == 1
        engine.dispose()
    finally:
        for server in servers:
            server.stop()
        postgres.drop(url)


# ---- one server a file ----------------------------------------------------------------------------------------------


def test_a_second_server_on_one_file_is_refused_and_a_killed_one_leaves_no_lock(
    empty_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{empty_app.database}"
    assert_says(started(url), "already running", "Open that one")
    link = tmp_path / "link.sqlite"
    link.symlink_to(empty_app.database)
    assert_says(started(f"sqlite:///{link}", "start.py"), "already running")
    monkeypatch.setenv("COPDASH_DATABASE_URL", url)
    assert store.health()["database"].startswith("SQLite")  # no server, so nobody minds
    store.close()
    empty_app.stop(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    empty_app.start()


# ---- the file is private --------------------------------------------------------------------------------------------


def modes(folder: Path) -> dict[str, int]:
    found = [*folder.glob("copdash.sqlite*"), *folder.glob("backups/*")]
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in found}


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no modes")
def test_the_file_and_what_lies_beside_it_are_for_one_user(empty_app: Any) -> None:
    found = modes(empty_app.folder)
    assert {"copdash.sqlite", "copdash.sqlite-wal", "copdash.sqlite-shm"} <= found.keys()
    assert {name: oct(mode) for name, mode in found.items() if "sqlite" in name and mode & 0o077} == {}


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no modes")
def test_files_that_others_could_read_are_closed_to_them(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file.parent / "backups").mkdir()
    older = file.parent / "backups" / "copdash-0001-20260101T000000000000.sqlite"
    shutil.copyfile(file, older)
    file.chmod(0o644)
    older.chmod(0o666)
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{file}")
    old = os.umask(0)
    try:
        with startup.serving():
            assert {name: oct(mode) for name, mode in modes(file.parent).items() if mode & 0o077} == {}
    finally:
        os.umask(old)
        store.close()


# ---- soundness ------------------------------------------------------------------------------------------------------


@pytest.fixture
def damaged(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose beginning is fine, and a table in its middle is not."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'milestone'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    overwrite(file, (page - 1) * size, os.urandom(size))
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{file}")
    return file


@contextlib.contextmanager
def watched(path: Path) -> Iterator[None]:
    """The file is looked after as a server does."""
    ended = threading.Event()
    thread = store_files.watch(path, ended)
    try:
        yield
    finally:
        ended.set()
        thread.join(20)
        assert not thread.is_alive()


def noted(path: Path) -> Any:
    """What the last look through found, once it is there."""
    note = Path(f"{path}.checked")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError):
            return json.loads(note.read_text("utf-8"))
        time.sleep(0.05)
    raise AssertionError("nobody looked through the file")


def until(said: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not said() and time.monotonic() < deadline:
        time.sleep(0.05)
    return said()


def test_damage_in_the_middle_is_found_told_and_forgotten_once_a_copy_is_back(
    damaged: Path, sqlite_template: Path
) -> None:
    with watched(damaged):
        assert until(lambda: bool(store_files.damage()))
        assert str(damaged.parent / "backups") in store_files.damage()
        assert noted(damaged)["said"] != ["ok"]
    shutil.copyfile(sqlite_template, damaged)
    with watched(damaged):
        assert until(lambda: noted(damaged)["said"] == ["ok"])
        assert store_files.damage() == ""


def test_a_sound_file_is_looked_through_once_a_day(file: Path) -> None:
    with watched(file):
        first = noted(file)
    assert first["said"] == ["ok"]
    with watched(file):
        pass
    assert noted(file) == first
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1, minutes=1)
    Path(f"{file}.checked").write_text(json.dumps(first | {"at": yesterday.isoformat()}), "utf-8")
    with watched(file):
        assert until(lambda: noted(file)["at"] > first["at"])


def test_the_look_through_neither_writes_nor_waits_for_a_writer(file: Path) -> None:
    sql(file, "PRAGMA journal_mode=WAL")
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("CREATE TABLE more (id INTEGER)")
        before = file.read_bytes()
        with watched(file):
            assert noted(file)["said"] == ["ok"]
        assert file.read_bytes() == before
        writing.execute("ROLLBACK")


def test_a_damaged_table_is_a_sentence_on_the_screen(damaged: Path) -> None:
    try:
        with pytest.raises(Damaged, match="damaged"), store.reading(eyes.PROGRAM) as session:
            session.execute(sa.text("SELECT * FROM milestone")).all()
    finally:
        store.close()


def test_a_refusal_leaves_no_lock_behind(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql(file, "UPDATE alembic_version SET version_num = '9999'")
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{file}")
    for _ in range(2):
        with pytest.raises(CannotStart, match="newer"), startup.serving():
            pass
        store.close()

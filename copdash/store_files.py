"""The SQLite file beneath the store: whether it can be used, whose it is, who serves it, and whether it is sound.

Knows no tables. On Linux SQLite's own locks are lost as soon as this process closes the file elsewhere, so nothing here
opens it once the store has.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import filelock

from copdash.errors import CannotStart

SIDES = ("", "-wal", "-shm")
"""What SQLite keeps beside the file, by the endings of the names."""
PATIENCE = 5
"""Seconds for another program to let go of the file at the start."""
DAY = dt.timedelta(days=1)

_CORRUPT, _NOT_A_DATABASE = 11, 26
_log = logging.getLogger("copdash.store")
_found: list[str] = []


def make(path: Path) -> None:
    """An empty file for this user alone, where there is none; SQLite takes its mode for what it keeps beside it."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def make_private(path: Path) -> None:
    """The file, what SQLite keeps beside it and its copies are for this user alone."""
    if os.name != "posix":
        return
    copies = (path.parent / "backups").glob(f"{path.stem}-*.sqlite*")
    for file in [*(Path(f"{path}{side}") for side in SIDES), *copies]:
        with contextlib.suppress(OSError):  # not there, or of another user, who decides
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)


def look(path: Path) -> None:
    """Raise `CannotStart` when this file cannot be the store, with a sentence that says why and what to do.

    What is refused stays as it is, and where there is no file yet, none is made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent) as trial:
            trial.write(b"0")
    except OSError as trouble:
        raise CannotStart(
            f"Nothing can be written into the folder {path.parent} ({_reason(trouble)}). Allow it to the user who "
            "starts COPDash, or choose another folder with COPDASH_DATABASE_URL=sqlite:////folder/copdash.sqlite."
        ) from None
    try:
        if path.is_dir():
            raise CannotStart(
                f"{path} is a folder. Name a file in it in COPDASH_DATABASE_URL: {path / 'copdash.sqlite'}."
            )
        if not path.exists():
            return
        if not path.is_file():
            raise CannotStart(f"{path} is no file that data can be kept in. Name another one in COPDASH_DATABASE_URL.")
        with path.open("r+b") as file:
            head = file.read(16)
    except OSError as trouble:
        raise CannotStart(
            f"The file {path} cannot be changed ({_reason(trouble)}). Allow reading and writing it to the user who "
            "starts COPDash."
        ) from None
    if head and head != b"SQLite format 3\0":
        raise CannotStart(_no_store(path, "is no SQLite database, or its beginning is damaged"))
    _try(path)


def _try(path: Path) -> None:
    """Read its tables and take hold of it, as SQLite does."""
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as trouble:
        said = failure(trouble, path)
        raise CannotStart(said or f"The file {path} cannot be used ({trouble}).") from None


def failure(trouble: BaseException | None, path: Path) -> str:
    """What SQLite's error means for the person who starts COPDash; empty for an error that says nothing of the file."""
    code = getattr(trouble, "sqlite_errorcode", 0) & 0xFF
    if is_damage(trouble):
        return _no_store(path, "is damaged or was cut off")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return (
            f"Another program holds the file {path} and does not let go. Close it (a database browser, a backup, a "
            "synchronising folder) and start COPDash again."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return (
            f"The file {path} cannot be opened for writing ({trouble}). Allow reading and writing it and its folder "
            "to the user who starts COPDash."
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return f"The disk with {path} is full or fails ({trouble}). Make room, look at the disk, and start again."
    return ""


def is_damage(trouble: BaseException | None) -> bool:
    """Whether SQLite says that the file itself is broken."""
    return getattr(trouble, "sqlite_errorcode", 0) & 0xFF in (_CORRUPT, _NOT_A_DATABASE)


def _no_store(path: Path, what: str) -> str:
    return f"The file {path} {what}. {put_back(path)}"


def put_back(path: Path) -> str:
    """How to put a copy in the place of this file."""
    return (
        f"Move the file away with {path.name}-wal and {path.name}-shm, but keep them, put the newest good copy in its "
        f"place (the folder {path.parent / 'backups'} has those from before updates), and start again."
    )


def _reason(trouble: OSError) -> str:
    return (trouble.strerror or str(trouble)).lower()


# ---- one server a file ----------------------------------------------------------------------------------------------


def serve_alone(path: Path) -> filelock.BaseFileLock:
    """Hold the file for this server until the lock is released or the process ends. Raises `CannotStart`.

    Other programs may use the store meanwhile; only a second server would not tell the first one's screens the news.
    """
    lock = filelock.FileLock(f"{path}.server", timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise CannotStart(
            f"Another COPDash is already running on {path}. Open that one in the browser, or end it first; for several "
            "servers on one store use PostgreSQL (README, «Where the data is»)."
        ) from None
    return lock


# ---- soundness ------------------------------------------------------------------------------------------------------

QUICK_CHECK = """
import contextlib, json, os, pathlib, sqlite3, sys
with contextlib.suppress(Exception):
    os.nice(19)
try:
    address = pathlib.Path(sys.argv[1]).as_uri() + "?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=60)) as connection:
        said = [line for line, in connection.execute("PRAGMA quick_check(5)")]
except sqlite3.DatabaseError as trouble:
    if trouble.sqlite_errorcode & 0xFF not in (11, 26):
        raise
    said = [str(trouble)]
print(json.dumps(said))
"""
"""Run by an interpreter of its own, of the lowest priority, on a connection that only reads."""


def damage() -> str:
    """What to tell everybody about damage found in the file; empty where none was found."""
    return _found[0] if _found else ""


def watch(path: Path, ended: threading.Event) -> threading.Thread:
    """Look through the file in the background, at most once a day, until `ended`; damage goes to log and screens."""
    thread = threading.Thread(target=_watch, args=(path, ended), name="copdash quick_check", daemon=True)
    thread.start()
    return thread


def _watch(path: Path, ended: threading.Event) -> None:
    _found.clear()
    note = Path(f"{path}.checked")
    while not ended.wait(_seconds_left(note)):
        said = _quick_check(path, ended)
        if said is None:  # it could not be looked at; once more in an hour
            if ended.wait(3600):
                return
            continue
        with contextlib.suppress(OSError):
            make(note)
            note.write_text(json.dumps({"at": dt.datetime.now(dt.UTC).isoformat(), "said": said}), "utf-8")
        if said == ["ok"]:
            _found.clear()
        else:
            _log.error("The store file %s is damaged: %s", path, "; ".join(said))
            _found[:] = [
                f"The file with the data is damaged, so what is shown may be wrong or missing. Stop COPDash now. "
                f"{put_back(path)}"
            ]
            if ended.wait(DAY.total_seconds()):
                return


def _seconds_left(note: Path) -> float:
    """Until the file is due again. After damage it is due at once: somebody may just have put a copy in its place."""
    try:
        last = json.loads(note.read_text("utf-8"))
        if last["said"] != ["ok"]:
            return 0
        left = dt.datetime.fromisoformat(last["at"]) + DAY - dt.datetime.now(dt.UTC)
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return min(max(left.total_seconds(), 0), DAY.total_seconds())


def _quick_check(path: Path, ended: threading.Event) -> list[str] | None:
    command = [sys.executable, "-I", "-c", QUICK_CHECK, str(path)]
    lowest = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, creationflags=lowest) as running:  # noqa: S603
        while running.poll() is None:
            if ended.wait(0.2):
                running.kill()
        answer, trouble = running.communicate()
    if running.returncode:
        if not ended.is_set():
            _log.warning("The store file could not be looked through: %s", trouble.decode("utf-8", "replace")[-300:])
        return None
    return [str(line) for line in json.loads(answer)]

"""What a server does before it answers: looks at the store, makes it ready, loads the example, and keeps an eye on it.

Whatever is in the way becomes `CannotStart`: a sentence for whoever started it, never a traceback.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator

import sqlalchemy as sa
from alembic.util import CommandError
from sqlmodel import select

from copdash import examples, eyes, store, store_files
from copdash.errors import CannotStart, Problem
from copdash.models import Base, Gesture
from copdash.roles import PROGRAM

DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")

SAID_ON_CONNECTING = (
    (("password authentication failed", "no password supplied", "authentication failed"), "user name and password"),
    (("does not exist",), "the names of user and database; `createdb` makes a database"),
    (("permission denied", "pg_hba.conf"), "that this user may use this database from here"),
    (("too many clients", "remaining connection slots"), "how many connections the server allows"),
)
SAID_LATER = (
    (("permission denied", "must be owner"), "that this user may make tables in it"),
    (("read-only",), "that this is the first server and not a copy that is only read"),
)
"""What PostgreSQL or its library says, and what to look at then."""


@contextlib.contextmanager
def serving() -> Iterator[None]:
    """The store is ready and this server's, as long as it runs. Raises `CannotStart`."""
    _check_url()
    try:
        file = store.file()
    except RuntimeError as trouble:  # links that lead back to themselves
        raise CannotStart(f"{trouble}. Name another file in COPDASH_DATABASE_URL.") from None
    ended = threading.Event()
    with contextlib.ExitStack() as until_the_end:
        if file is not None:
            store_files.look(file)
            until_the_end.enter_context(store_files.serve_alone(file))
        with _in_words():
            store.ready(_load_example)
            _check_tables()
        if file is not None:
            watching = store_files.watch(file, ended)
            until_the_end.callback(watching.join, 5)
            until_the_end.callback(ended.set)
        yield


def _load_example() -> None:
    """The example comes once, into a store in which nothing has ever happened; by one of several servers."""
    if os.environ.get("COPDASH_EXAMPLE", "1") != "0":
        with store.reading(eyes.PROGRAM) as session:
            untouched = session.exec(select(Gesture.number)).first() is None
        if untouched:
            with store.writing(PROGRAM, undoable=False) as session:
                examples.load(session)


def _check_url() -> None:
    try:
        address = store.url()
    except (sa.exc.ArgumentError, ValueError):
        raise CannotStart(
            "COPDASH_DATABASE_URL cannot be read. Write it as postgresql://user:password@host:5432/copdash or "
            "sqlite:////folder/copdash.sqlite, and signs such as @ or / in a password as %40 or %2F."
        ) from None
    if address.drivername not in DRIVERS:
        raise CannotStart(
            f"COPDASH_DATABASE_URL begins with {address.drivername}://, and COPDash knows PostgreSQL "
            "(postgresql://user:password@host:5432/copdash) and SQLite (sqlite:////folder/copdash.sqlite)."
        )
    if address.get_backend_name() == "sqlite":
        name = address.database or ""
        if not name or name == ":memory:" or name.startswith("file:") or address.query:
            raise CannotStart(
                "COPDASH_DATABASE_URL has to give the path of a file, as a store in memory would be lost: "
                "sqlite:////folder/copdash.sqlite, with nothing after it."
            )


def _check_tables() -> None:
    """Whether all tables and columns are there; a schema half-way through an update is no store."""
    found = store.columns()
    missing = [
        table.name if table.name not in found else f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name not in found.get(table.name, set())
    ]
    if missing:
        raise CannotStart(
            f"The store lacks a part of its schema ({missing[0]}), as after an update or a restore that was broken "
            f"off. {_put_back()}"
        )


def _put_back() -> str:
    file = store.file()
    return store_files.put_back(file) if file is not None else "Put back the newest good copy of the database."


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except CannotStart:
        raise
    except (Problem, sa.exc.SQLAlchemyError, CommandError, OSError) as trouble:
        cause: BaseException = trouble.__cause__ or trouble if isinstance(trouble, Problem) else trouble
        raise CannotStart(_sentence(cause)) from None


def _sentence(trouble: BaseException) -> str:
    origin = getattr(trouble, "orig", None) or trouble
    said = " ".join(str(origin).split())[:300]
    file = store.file()
    if file is not None:
        return store_files.failure(origin, file) or (
            f"The store {file} could not be made ready ({said}). Look at the file and its folder, or {_put_back()}"
        )
    address = store.url()
    where = f"PostgreSQL at {address.host or 'this computer'}:{address.port or 5432}, database {address.database}"
    connecting = isinstance(trouble, sa.exc.OperationalError) and not isinstance(origin, sa.exc.SQLAlchemyError)
    for signs, look_at in SAID_ON_CONNECTING if connecting else SAID_LATER:
        if any(sign in said for sign in signs):
            return f"{where}, refuses: {said}. Check {look_at}, and COPDASH_DATABASE_URL."
    if connecting:
        return f"{where}, cannot be reached: {said}. Check that it runs, and host and port in COPDASH_DATABASE_URL."
    return f"{where}: the store could not be made ready ({said}). {_put_back()}"

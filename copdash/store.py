"""Where the data is: one store, read with `reading(eye)`, changed with `writing(actor)`, made ready with `ready()`.

SQLite by default, PostgreSQL by COPDASH_DATABASE_URL. On SQLite all writes go through one connection that begins
IMMEDIATE: a deferred transaction that turns into a writer fails at once, whatever the timeout.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import filelock
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session as Session
from sqlmodel import select

from copdash import history, pseudonyms, store_files
from copdash.errors import Busy, CannotStart, ChangedElsewhere, Damaged, NotFound
from copdash.eyes import Eye
from copdash.models import Base, CaseStudy, Gesture, GestureState
from copdash.roles import Actor

DATA = Path(__file__).resolve().parent.parent / "data"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
LOCK_KEY = 0x434F5044
"""The advisory lock under which a PostgreSQL schema is upgraded."""

Listener = Callable[[dict[uuid.UUID, int], int], None]


@dataclass
class _Store:
    url: sa.URL
    read_engine: sa.Engine
    write_engine: sa.Engine
    readers: sessionmaker[Session]
    writers: sessionmaker[Session]
    is_ready: bool = False
    guard: threading.Lock = field(default_factory=threading.Lock)


_stores: dict[str, _Store] = {}
_opening = threading.Lock()
_writing = threading.local()
_listeners: list[Listener] = []


def url() -> sa.URL:
    """The address of the store in use."""
    given = os.environ.get("COPDASH_DATABASE_URL", "").strip()
    if given:
        address = sa.make_url(given)
        return address.set(drivername="postgresql+psycopg") if address.drivername == "postgresql" else address
    return sa.URL.create("sqlite", database=str(DATA / "copdash.sqlite"))


def file() -> Path | None:
    """The SQLite file of the store in use; None where the store is on PostgreSQL."""
    address = url()
    return Path(str(address.database)).resolve() if address.get_backend_name() == "sqlite" else None


@contextlib.contextmanager
def reading(eye: Eye) -> Iterator[Session]:
    """A session that only reads, for whoever looks (`copdash.eyes`); rows stay usable after it.

    Where names are hidden from that eye, rows hold pseudonyms and nobody's words (`copdash.pseudonyms`). Raises
    TypeError for anything that is no eye: who looks is said, never guessed.
    """
    if not isinstance(eye, Eye):
        raise TypeError(f"Say who looks: store.reading(eye) takes an eye of copdash.eyes, not {eye!r}")
    with _sentences(), _store().readers() as session:
        session.info[pseudonyms.EYE] = eye
        yield session


@contextlib.contextmanager
def writing(
    actor: Actor,
    case_study_id: uuid.UUID | None = None,
    *,
    gesture_id: uuid.UUID | None = None,
    digest: str = "",
    undoable: bool = True,
    names_hidden: bool = False,
) -> Iterator[Session]:
    """One gesture in one transaction: verbs inside, then change log, commit, and the news to every open screen.

    The first described verb says what the gesture is called (`copdash.verbs`). `gesture_id` and `digest` are those of
    what a browser sent; `names_hidden`: its author looks at pseudonyms, and does only what may be done then.
    The case study is locked first, so that numbers in its change log grow in the order of the commits. Raises
    `NotFound` for a case study that does not exist; a nested call raises RuntimeError instead of waiting for itself.
    """
    if getattr(_writing, "now", False):
        raise RuntimeError("writing() inside writing(): one gesture is one transaction")
    store = _store()
    _writing.now = True
    try:
        with _sentences(), store.writers() as session:
            gesture = Gesture(
                id=gesture_id or uuid.uuid4(),
                case_study_id=case_study_id,
                actor_id=actor.id,
                actor_name=actor.name,
                actor_role=actor.role.value,
                at=dt.datetime.now(dt.UTC),
                state=(GestureState.DONE if undoable else GestureState.FINAL).value,
                digest=digest,
            )
            session.info.update(
                actor=actor, gesture=gesture, touched=set(), named=gesture_id is not None, names_hidden=names_hidden
            )
            if case_study_id is not None:
                locked = select(CaseStudy.id).where(CaseStudy.id == case_study_id).with_for_update()
                if session.exec(locked).first() is None:
                    raise NotFound("This case study is not in the store any more. Choose another one in the menu.")
            yield session
            history.seal(session)
            touched = {case for case in session.info["touched"] if case is not None}
            versions = {case: history.version(session, case) for case in touched}
            overall = history.version(session) if touched else 0
            session.commit()
    finally:
        _writing.now = False
    if touched:
        for listener in list(_listeners):
            listener(versions, overall)


def on_commit(listener: Listener) -> None:
    """After each gesture that changed something: `listener({case study id: version}, version of the store)`."""
    _listeners.append(listener)


@contextlib.contextmanager
def _sentences() -> Iterator[None]:
    """Trouble with the database itself, in words for the person at the screen."""
    try:
        yield
    except sa.exc.IntegrityError as clash:
        logging.getLogger("copdash.store").warning("Two changes at the same moment: %s", clash.orig)
        raise ChangedElsewhere(
            "Somebody else changed this at the same moment, so nothing was saved. Look at it and do it again."
        ) from clash
    except (sa.exc.OperationalError, sa.exc.TimeoutError) as trouble:
        logging.getLogger("copdash.store").exception("The store could not be used")
        raise Busy(
            "The store is busy or cannot be reached, so nothing was saved. Wait a moment and do it again; "
            "if it stays so, check that the disk is not full and the database is running."
        ) from trouble
    except sa.exc.DatabaseError as trouble:
        if not store_files.is_damage(trouble.orig):
            raise
        logging.getLogger("copdash.store").error("The store is damaged: %s", trouble.orig)
        raise Damaged(
            "The file with the data is damaged, so this could not be done. Tell whoever looks after COPDash; "
            "what to do stands in its log and at the next start."
        ) from trouble


def _store() -> _Store:
    address = url()
    key = address.render_as_string(hide_password=False)
    with _opening:
        if key not in _stores:
            _stores[key] = _open(address)
        store = _stores[key]
    if not store.is_ready:
        with store.guard:
            if not store.is_ready:
                _upgrade(store)
                if address.get_backend_name() == "sqlite":
                    store_files.make_private(Path(str(address.database)).resolve())
                store.is_ready = True
    return store


def ready(then: Callable[[], None] | None = None) -> None:
    """Open the store and bring its schema up to date, once; a copy of an SQLite file is taken before.

    `then` runs while every other process that gets ready, or does something with a `then` of its own, has to wait.
    Raises `CannotStart` for a schema that is newer than this program or not one of its own.
    """
    store = _store()
    if then is not None:
        with _alone(store):
            then()


def close() -> None:
    """Let go of the store in use; the next call opens it anew."""
    key = url().render_as_string(hide_password=False)
    with _opening:
        store = _stores.pop(key, None)
    if store is not None:
        store.read_engine.dispose()
        store.write_engine.dispose()


def health() -> dict[str, str]:
    """What runs beneath, for the health page."""
    store = _store()
    with store.read_engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if store.url.get_backend_name() == "sqlite":
            server = f"SQLite {sqlite3.sqlite_version}"
        else:
            server = f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar()}"
    return {"database": server, "schema": revision or "none"}


def columns() -> dict[str, set[str]]:
    """The tables of the store as they are, each with the names of its columns."""
    with _store().read_engine.connect() as connection:
        found = sa.inspect(connection).get_multi_columns()
    return {table: {str(column["name"]) for column in listed} for (_, table), listed in found.items()}


# ---- engines --------------------------------------------------------------------------------------------------------


def _open(address: sa.URL) -> _Store:
    if address.get_backend_name() == "sqlite":
        if not address.database or address.database == ":memory:":
            raise ValueError("COPDASH_DATABASE_URL: give the path of a file, a store in memory would be lost")
        path = Path(address.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        store_files.make(path.resolve())
        read_engine = sa.create_engine(address, pool_size=8, max_overflow=32, connect_args={"timeout": 30})
        write_engine = sa.create_engine(
            address, pool_size=1, max_overflow=0, pool_timeout=60, connect_args={"timeout": 30}
        )
        _prepare_sqlite(read_engine, "BEGIN", reads_only=True)
        _prepare_sqlite(write_engine, "BEGIN IMMEDIATE", reads_only=False)
    else:
        patience = {} if "connect_timeout" in address.query else {"connect_timeout": 10}
        write_engine = sa.create_engine(
            address, pool_size=10, max_overflow=20, pool_pre_ping=True, connect_args=patience
        )
        read_engine = write_engine.execution_options(postgresql_readonly=True)
    readers: sessionmaker[Session] = sessionmaker(read_engine, class_=Session, expire_on_commit=False)
    writers: sessionmaker[Session] = sessionmaker(write_engine, class_=Session, expire_on_commit=False)
    pseudonyms.install(readers)
    history.install(writers)
    return _Store(address, read_engine, write_engine, readers, writers)


def _prepare_sqlite(engine: sa.Engine, begin: str, *, reads_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        if reads_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)


# ---- schema ---------------------------------------------------------------------------------------------------------


def _upgrade(store: _Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    with _alone(store):
        current, tables = _found(store)
        _refuse_unknown(store.url, current, tables, {script.revision for script in scripts.walk_revisions()})
        if current != scripts.get_current_head():
            if current is not None and store.url.get_backend_name() == "sqlite":
                _copy(Path(str(store.url.database)).resolve(), current)
            _migrate(store.write_engine, config)


def _found(store: _Store) -> tuple[str | None, set[str]]:
    """The schema and the tables there are; read without our settings, which would stay in another program's file."""
    is_file = store.url.get_backend_name() == "sqlite"
    engine = sa.create_engine(store.url, poolclass=sa.NullPool) if is_file else store.write_engine
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        return current, set(sa.inspect(connection).get_table_names())


@contextlib.contextmanager
def _alone(store: _Store) -> Iterator[None]:
    """While every other process that wants this waits."""
    if store.url.get_backend_name() == "sqlite":
        with filelock.FileLock(f"{Path(str(store.url.database)).resolve()}.lock", timeout=120, mode=0o600):
            yield
    else:
        with store.write_engine.connect() as lock:
            lock.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK_KEY})")
            lock.commit()  # the lock is the session's; an open transaction would hold back others' clean-up
            try:
                yield
            finally:
                lock.exec_driver_sql(f"SELECT pg_advisory_unlock({LOCK_KEY})")
                lock.commit()


def _refuse_unknown(address: sa.URL, current: str | None, tables: set[str], known: set[str]) -> None:
    if current is not None and current not in known:
        raise CannotStart(
            f"The store has been used by a newer COPDash (its schema is {current}, this program knows up to "
            f"{max(known)}). Nothing was changed. Start the newer COPDash, or put back a copy from before."
        )
    if current is None and tables & set(Base.metadata.tables):
        raise CannotStart(
            "The store has tables of COPDash but does not say of which version, as after an update or a restore that "
            "was broken off. Put back the newest good copy, or choose an empty database."
        )
    if current is None and tables and address.get_backend_name() == "sqlite":  # PostgreSQL's extensions have tables
        raise CannotStart(
            f"The database belongs to another program (it has a table {min(tables)}). Choose an empty one, or a new "
            "file, with COPDASH_DATABASE_URL."
        )


def _migrate(engine: sa.Engine, config: Config) -> None:
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _copy(path: Path, revision: str) -> Path:
    """A consistent copy of an SQLite file beside it, made before its schema changes."""
    backups = path.parent / "backups"
    backups.mkdir(exist_ok=True)
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = backups / f"{path.stem}-{revision}-{stamp}.sqlite"
    store_files.make(copy)
    with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy

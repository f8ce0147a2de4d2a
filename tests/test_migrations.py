"""Stores of every earlier schema, with rows in every table, come up to date with all that was in them."""

from __future__ import annotations

import ast
import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from copdash import case_studies, eyes, history, store
from copdash.models import SUBJECTS, Role
from copdash.roles import Actor

MIGRATIONS = Path(store.__file__).parent / "migrations"
ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)


def config(connection: sa.Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    if connection is not None:
        made.attributes["connection"] = connection
    return made


REVISIONS = [one.revision for one in reversed(list(ScriptDirectory.from_config(config()).walk_revisions()))]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path / 'old.sqlite').as_posix()}"
        return
    server = request.getfixturevalue("postgres")
    url = server.new_database()
    yield url
    server.drop(url)


def value_of(column: sa.Column[Any], keys: dict[str, Any], number: int) -> Any:
    """Something that fits the column, another for each row; `keys` are those of the tables before."""
    if column.foreign_keys:
        return keys[next(iter(column.foreign_keys)).column.table.name]
    if isinstance(column.type, sa.String) and column.type.length == 32:
        return uuid.uuid4().hex  # an id, as SQLite keeps it
    kinds: list[tuple[type[Any], Any]] = [
        (sa.Uuid, uuid.uuid4()),
        (sa.Boolean, True),
        (sa.Integer, number),
        (sa.Float, 1.5),
        (sa.DateTime, dt.datetime(2024, 5, 1, 9, 30, tzinfo=dt.UTC)),
        (sa.Date, dt.date(2024, 5, 1)),
        (sa.JSON, {"text": "ægte"}),
        (sa.String, f"{column.name} ώ {number}"),
    ]
    return next(value for kind, value in kinds if isinstance(column.type, kind))


def filled(connection: sa.Connection) -> dict[str, list[dict[str, Any]]]:
    """Two rows in every table that is there, by table."""
    there = sa.MetaData()
    there.reflect(connection)
    written: dict[str, list[dict[str, Any]]] = {}
    for number in (1, 2):
        keys: dict[str, Any] = {}
        for table in there.sorted_tables:
            if table.name == "alembic_version":
                continue
            counted = {column.name for column in table.primary_key if isinstance(column.type, sa.Integer)}
            columns = [column for column in table.columns if column.name not in counted]  # the database counts them
            row = {column.name: value_of(column, keys, number) for column in columns}
            connection.execute(table.insert().values(row))
            keys[table.name] = row.get("id")
            written.setdefault(table.name, []).append(row)
    return written


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_a_store_of_an_earlier_schema_keeps_every_row_and_goes_on(
    empty: str, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPDASH_DATABASE_URL", empty)
    engine = sa.create_engine(store.url())
    with engine.begin() as connection:
        command.upgrade(config(connection), revision)
    with engine.begin() as connection:
        written = filled(connection)
    engine.dispose()
    store.ready()
    try:
        with store.reading(eyes.PROGRAM) as session:
            there = sa.MetaData()
            there.reflect(session.connection())
            for name, rows in written.items():
                table = there.tables[name]
                found = [dict(row) for row in session.execute(sa.select(table)).mappings()]
                assert len(found) == len(rows), name
                for row in rows:
                    kept = {key: str(value).replace("-", "") for key, value in row.items() if isinstance(value, str)}
                    assert any(
                        kept.items() <= {k: str(v).replace("-", "") for k, v in one.items()}.items() for one in found
                    )
            for subject, model in SUBJECTS.items():
                assert len(history.stored(session, model)) == len(written.get(subject, [])), subject
        with store.writing(ANN) as session:
            begun = case_studies.begin(session, title="After the upgrade")
        with store.reading(eyes.PROGRAM) as session:
            assert case_studies.get(session, begun.id).title == "After the upgrade"
    finally:
        store.close()


def test_migrations_carry_their_own_shapes() -> None:
    """What the models say today must not change what a migration did then."""
    for path in (MIGRATIONS / "versions").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        imported += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        assert not [name for name in imported if name.startswith("copdash")], path


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1

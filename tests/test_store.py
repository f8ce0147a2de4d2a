"""The store itself: made ready once, upgraded under a lock after a copy, one writer at a time, nothing lost."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlmodel import select

from copdash import case_studies, eyes, history, stakeholders, store
from copdash.errors import Busy, CannotStart, ChangedElsewhere, Invalid, NotFound
from copdash.models import Base, CaseStudy, Role, Stakeholder
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)


@pytest.fixture
def at(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", store_url)
    yield store_url
    store.close()


@pytest.fixture
def at_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{path}")
    yield path
    store.close()


def begun() -> uuid.UUID:
    with store.writing(ANN, undoable=False) as session:
        return case_studies.begin(session, title="Testwater").id


def test_the_migrations_make_exactly_the_tables_of_the_models(at: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    store.ready()
    engine = sa.create_engine(at)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_what_was_written_is_there_after_a_restart(at: str) -> None:
    case = begun()
    with store.writing(ANN, case) as session:
        stakeholders.add(session, case, name="Province", power=0, interest="7,5", themes="permits;  water ; permits")
    store.close()
    with store.reading(eyes.PROGRAM) as session:
        (row,) = stakeholders.of_case(session, case)
    assert (row.name, row.power, row.interest, row.themes) == ("Province", 0, 7.5, "permits; water")


def test_writing_inside_writing_raises_at_once(at: str) -> None:
    case = begun()
    with store.writing(ANN, case), pytest.raises(RuntimeError, match="inside"), store.writing(ANN, case):
        pass


def test_a_change_to_a_case_study_that_is_gone_is_refused(at: str) -> None:
    with pytest.raises(NotFound), store.writing(ANN, uuid.uuid4()):
        pass


def test_rows_that_refer_to_nothing_are_refused_at_commit(at: str) -> None:
    store.ready()
    with pytest.raises(ChangedElsewhere), store.writing(ANN) as session:
        session.add(Stakeholder(case_study_id=uuid.uuid4(), name="Nowhere"))


def test_listeners_hear_of_a_commit_and_not_of_a_refusal(at: str) -> None:
    case = begun()
    heard: list[tuple[dict[uuid.UUID, int], int]] = []
    store.on_commit(lambda cases, version: heard.append((cases, version)))
    with store.writing(ANN, case) as session:
        stakeholders.add(session, case, name="Province")
    with pytest.raises(Invalid), store.writing(ANN, case) as session:
        stakeholders.add_all(session, case, [(uuid.uuid4(), {"name": "Utility"}), (uuid.uuid4(), {"power": 99})])
    with store.reading(eyes.PROGRAM) as session:
        assert heard == [({case: history.version(session, case)}, history.version(session))]


@pytest.mark.parametrize("server", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_eight_processes_that_start_together_make_one_schema(
    server: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a store without any table yet, so that all eight want to make it."""
    if server == "sqlite":
        url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    else:
        url = request.getfixturevalue("postgres").new_database()
    monkeypatch.setenv("COPDASH_DATABASE_URL", url)
    code = "from copdash import store; store.ready(); print(store.health()['schema'])"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * 8, ended
    assert len({out.strip() for out, _ in ended}) == 1


def at_first_schema(path: Path, title: str) -> None:
    """A store as the first COPDash left it, with a case study."""
    config = Config()
    config.set_main_option("script_location", str(store.MIGRATIONS))
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        table = sa.Table("case_study", sa.MetaData(), autoload_with=connection)
        values = dict.fromkeys(("place", "country", "time_zone", "technologies"), "")
        connection.execute(
            table.insert().values(id=uuid.uuid4().hex, title=title, example=False, archived=False, **values)
        )
    engine.dispose()


def test_an_sqlite_file_is_copied_before_its_schema_changes(at_file: Path) -> None:
    at_first_schema(at_file, "Testwater")
    store.ready()
    (copy,) = (at_file.parent / "backups").glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(copy)) as saved:
        assert saved.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert saved.execute("SELECT title FROM case_study").fetchall() == [("Testwater",)]
    assert store.health()["schema"] != "0001"
    with store.reading(eyes.PROGRAM) as session:
        assert session.exec(select(CaseStudy.title)).all() == ["Testwater"]
    store.close()
    store.ready()
    assert list((at_file.parent / "backups").glob("*.sqlite")) == [copy]


def test_no_copy_is_made_of_a_store_that_is_only_refused(at_file: Path) -> None:
    begun()
    store.close()
    with contextlib.closing(sqlite3.connect(at_file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(CannotStart, match="9999"):
        store.ready()
    assert not (at_file.parent / "backups").exists()


def test_a_reading_session_cannot_write(at_file: Path) -> None:
    begun()
    with pytest.raises(Busy), store.reading(eyes.PROGRAM) as session:
        session.execute(sa.text("DELETE FROM case_study"))


def test_readers_go_on_while_somebody_writes(at_file: Path) -> None:
    case = begun()
    writing, read = threading.Event(), threading.Event()

    def write() -> None:
        with store.writing(ANN, case) as session:
            stakeholders.add(session, case, name="Province")
            session.flush()
            writing.set()
            assert read.wait(20)

    thread = threading.Thread(target=write)
    thread.start()
    assert writing.wait(20)
    with store.reading(eyes.PROGRAM) as session:
        assert session.exec(select(Stakeholder)).all() == []
    read.set()
    thread.join()
    with store.reading(eyes.PROGRAM) as session:
        assert len(session.exec(select(Stakeholder)).all()) == 1

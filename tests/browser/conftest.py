"""What browser tests stand on: a case study for each board, on the server that a module shares."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from copdash import case_studies, stakeholders, store
from copdash.roles import PROGRAM
from tests.browser.screens import grid_map, roadmap_timeline


@pytest.fixture(scope="module")
def server(shared_app: Any) -> Iterator[Any]:
    """The module's server; `copdash.store` of this process looks into the same file."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COPDASH_DATABASE_URL", f"sqlite:///{shared_app.database.as_posix()}")
        yield shared_app
        store.close()


@pytest.fixture
def roadmap(server: Any) -> roadmap_timeline.Map:
    """An empty roadmap, seen as of 15 Sep 2021."""
    with store.writing(PROGRAM) as session:
        row = case_studies.begin(
            session, title=f"Case {uuid.uuid4().hex[:6]}", as_of=roadmap_timeline.AS_OF, **roadmap_timeline.DATES
        )
    return roadmap_timeline.Map(server, row.id)


@pytest.fixture
def few(server: Any) -> grid_map.Map:
    return grid_map.a_map(server, grid_map.FEW)


@pytest.fixture
def same_store(shared_app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`copdash.store` in this process works on the store of the server."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{shared_app.database.as_posix()}")
    yield
    store.close()


@pytest.fixture
def begun(same_store: None) -> Callable[..., uuid.UUID]:
    """Make a case study with these stakeholders, given as names or as fields."""

    def begin(*people: str | dict[str, Any]) -> uuid.UUID:
        case_study_id = uuid.uuid4()
        with store.writing(PROGRAM) as session:
            case_studies.begin(session, id=case_study_id, title=f"Test {case_study_id}")
        rows = [{"name": person} if isinstance(person, str) else person for person in people]
        if rows:
            with store.writing(PROGRAM, case_study_id) as session:
                stakeholders.add_all(session, case_study_id, [(uuid.uuid4(), row) for row in rows])
        return case_study_id

    return begin

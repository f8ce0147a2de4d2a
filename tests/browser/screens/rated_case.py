"""A small case study of its own on a server that a module shares, seen from the store's side."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from copdash import case_studies, eyes, history, stakeholders, store
from copdash.models import Stakeholder
from copdash.roles import PROGRAM


class Case:
    """Some stakeholders; the server's store is looked into only while something is asked."""

    def __init__(self, app: Any, rows: Sequence[dict[str, Any]]) -> None:
        self.app = app
        self.ids = {row["name"]: uuid.uuid4() for row in rows}
        with self.here(), store.writing(PROGRAM, undoable=False) as session:
            self.id = case_studies.begin(session, title=f"Case {uuid.uuid4().hex[:6]}").id
        with self.here(), store.writing(PROGRAM, self.id, undoable=False) as session:
            stakeholders.add_all(session, self.id, [(self.ids[row["name"]], row) for row in rows])

    @contextmanager
    def here(self) -> Iterator[None]:
        """`copdash.store` works on the server's file."""
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("COPDASH_DATABASE_URL", self.app.environment["COPDASH_DATABASE_URL"])
            yield
            store.close()

    def stored(self, name: str) -> Stakeholder:
        with self.here(), store.reading(eyes.PROGRAM) as session:
            row = session.get(Stakeholder, self.ids[name])
        assert row is not None
        return row

    def rating(self, name: str) -> tuple[float | None, float | None]:
        row = self.stored(name)
        return row.power, row.interest

    def change(self, name: str, **values: Any) -> None:
        """Somebody else's change, from outside the browser."""
        with self.here(), store.writing(PROGRAM, self.id) as session:
            stakeholders.edit(session, self.ids[name], values=values)

    def gestures(self) -> list[str]:
        """What people did, oldest first."""
        with self.here(), store.reading(eyes.PROGRAM) as session:
            return [gesture.name for gesture in reversed(history.recent(session, self.id, limit=100))]

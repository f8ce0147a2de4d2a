"""Ties: existing and wanted, with evidence and days."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from copdash import case_studies, eyes, relations, stakeholders, store, undoing
from copdash.errors import ChangedElsewhere, Invalid
from copdash.models import Relation, Role
from copdash.roles import Actor

Pair = tuple[uuid.UUID, uuid.UUID, uuid.UUID]
ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)


@pytest.fixture
def pair(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    """A case study and two stakeholders of it."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", sqlite_url)
    with store.writing(ANN, undoable=False) as session:
        case = case_studies.begin(session, title="Case").id
    with store.writing(ANN, case) as session:
        ids = [stakeholders.add(session, case, name=name).id for name in ("Province", "Growers")]
    yield case, ids[0], ids[1]
    store.close()


def _tie(pair: Pair, **values: Any) -> uuid.UUID:
    case, start, end = pair
    with store.writing(ANN, case) as session:
        return relations.tie(session, case, from_id=start, to_id=end, **values).id


def _read(tie: uuid.UUID) -> Relation:
    with store.reading(eyes.PROGRAM) as session:
        row = session.get(Relation, tie)
        assert row is not None
        return row


def test_a_tie_exists_unless_it_is_wanted(pair: Pair) -> None:
    assert _read(_tie(pair)).status == "Existing"
    wanted = _read(_tie(pair, type="Money", status="Wanted", evidence="Asked for in May", since="2021-05-03"))
    assert (wanted.status, wanted.evidence, wanted.since) == ("Wanted", "Asked for in May", dt.date(2021, 5, 3))


def test_between_two_there_are_several_types_and_each_once_existing_or_wanted(pair: Pair) -> None:
    for kind in ("Information", "Money", "Conflict"):
        _tie(pair, type=kind)
    with pytest.raises(Invalid, match="already"):
        _tie(pair, type="Money", status="Wanted")


def test_a_tie_does_not_end_before_it_begins(pair: Pair) -> None:
    with pytest.raises(Invalid, match="ends before it begins"):
        _tie(pair, since="2021-05-03", until="2021-05-02")
    tie = _tie(pair, since="2021-05-03", until="2021-05-03")
    with store.writing(ANN, pair[0]) as session, pytest.raises(Invalid, match="ends before it begins"):
        relations.edit(session, tie, values={"until": "2021-01-01"}, seen={"until": "2021-05-03"})
    with store.writing(ANN, pair[0]) as session, pytest.raises(Invalid, match="out of range"):
        relations.edit(session, tie, values={"until": "1066-01-01"}, seen={"until": "2021-05-03"})


def test_a_wanted_tie_that_comes_about_is_the_same_row_and_undo_makes_it_wanted_again(pair: Pair) -> None:
    tie = _tie(pair, status="Wanted")
    with store.writing(ANN, pair[0]) as session:
        relations.edit(
            session,
            tie,
            values={"status": "Existing", "since": "2021-09-15"},
            seen={"status": "Wanted", "since": None},
        )
    assert _read(tie).since == dt.date(2021, 9, 15)
    with store.writing(ANN, pair[0]) as session:
        undoing.undo(session, None)
    assert (_read(tie).status, _read(tie).since) == ("Wanted", None)
    with store.writing(ANN, pair[0]) as session:
        undoing.redo(session)
    assert (_read(tie).status, _read(tie).since) == ("Existing", dt.date(2021, 9, 15))


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(pair: Pair) -> None:
    tie = _tie(pair, evidence="Heard of it")
    with store.writing(ANN, pair[0]) as session:
        relations.edit(session, tie, values={"evidence": "Contract"}, seen={"evidence": "Heard of it"})
    with store.writing(ANN, pair[0]) as session, pytest.raises(ChangedElsewhere, match="Evidence"):
        relations.edit(session, tie, values={"evidence": "Letter"}, seen={"evidence": "Heard of it"})

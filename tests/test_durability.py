"""Killed in the middle of its work, the program has lost nothing that it said was saved, and is ready again."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import uuid

import pytest
from sqlmodel import select

from copdash import case_studies, eyes, stakeholders, store
from copdash.models import Change, Gesture
from copdash.roles import PROGRAM

KILLS = 6
EDITOR = """
import sys, uuid
from copdash import stakeholders, store
from copdash.roles import PROGRAM
case = uuid.UUID(sys.argv[1])
while True:
    name = uuid.uuid4().hex
    with store.writing(PROGRAM, case) as session:
        row = stakeholders.add(session, case, name=name, power=1)
    print(name, flush=True)
    with store.writing(PROGRAM, case) as session:
        stakeholders.edit(session, row.id, values={"notes": name}, seen={"notes": ""})
    print("noted " + name, flush=True)
"""


def saved_until_killed(case: uuid.UUID, lines: int) -> list[str]:
    """What an editor said was saved before it was killed, without warning, after so many lines."""
    running = subprocess.Popen([sys.executable, "-c", EDITOR, str(case)], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    said = list(itertools.islice(running.stdout, lines))
    os.kill(running.pid, signal.SIGKILL)
    said += running.stdout.readlines()
    assert running.wait() == -signal.SIGKILL, "it ended by itself"
    return [line.strip() for line in said if line.endswith("\n")]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes another way")
def test_what_was_said_to_be_saved_outlives_a_kill(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPDASH_DATABASE_URL", store_url)
    try:
        with store.writing(PROGRAM, undoable=False) as session:
            case = case_studies.begin(session, title="Testwater").id
        said = [line for turn in range(KILLS) for line in saved_until_killed(case, 5 + 4 * turn)]
        with store.reading(eyes.PROGRAM) as session:
            found = {row.name: row for row in stakeholders.of_case(session, case)}
            logged = session.exec(
                select(Change.subject_id).where(Change.subject == "stakeholder", Change.field == "")
            ).all()
            gestures = session.exec(select(Gesture.id)).all()
            changed = set(session.exec(select(Change.gesture_id)).all())
    finally:
        store.close()
    added = [line for line in said if " " not in line]
    noted = [line.removeprefix("noted ") for line in said if " " in line]
    assert len(said) >= sum(5 + 4 * turn for turn in range(KILLS))
    assert not set(added) - set(found)
    assert [name for name in noted if found[name].notes != name] == []
    assert sorted(map(str, logged)) == sorted({str(row.id) for row in found.values()}), "rows and log differ"
    assert changed <= set(gestures)
    if store_url.startswith("sqlite"):
        with sqlite3.connect(store_url.removeprefix("sqlite:///")) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_editor_of_this_test_writes_to_the_store(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A positive control: without a case study it says so and ends, so silence is no success."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", store_url)
    ended = subprocess.run(
        [sys.executable, "-c", EDITOR, str(uuid.uuid4())], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    assert "NotFound" in ended.stderr

"""What many case studies in one store cost: screens over all of them, and screens of one among many.

Server time alone: a Streamlit session without a browser asks for a screen, and the time ends when its script is done.
"""

from __future__ import annotations

import contextlib
import functools
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks import stores
from benchmarks.figures import Goal, Row, in_turn
from benchmarks.house import SETTINGS, TOKEN, House, store_at
from copdash import people, store
from copdash.models import Role
from copdash.roles import PROGRAM
from scripts.servers import Server

OVER_ALL = {"portfolio": "", "All roadmaps": "roadmaps"}
OF_ONE = {
    "Stakeholders": "stakeholders",
    "Power-interest": "power-interest",
    "Network": "network",
    "Meetings": "meetings",
}
FEW, MANY = 10, 100
NOTE = (
    f"Each case study has {stores.PEOPLE} stakeholders, {stores.TIES} ties and {stores.MEETINGS} meetings. Each screen "
    "was asked for before: what it says of a case study that has not changed is not made again."
)


@dataclass
class Stored:
    """A server on a store with so many case studies; `case` is the first of them."""

    server: Server
    case: uuid.UUID


def run(house: House, rounds: int = 12) -> list[Row]:
    """Two rows of screens over all, then a row for each screen of one case study and each size of the store."""
    with contextlib.ExitStack() as ends:
        one, few, many = (ends.enter_context(_stored(house, cases)) for cases in (1, FEW, MANY))
        rows = [
            _row(f"Of {MANY} case studies: {name}, server time", name, path, many, few, Goal("at most", 1.5), rounds)
            for name, path in OVER_ALL.items()
        ]
        for cases, large in ((FEW, few), (MANY, many)):
            rows += [
                _row(f"One among {cases} case studies: {name}", name, path, large, one, Goal("at most", 1.2), rounds)
                for name, path in OF_ONE.items()
            ]
        return rows


def _row(what: str, name: str, path: str, ours: Stored, peer: Stored, goal: Goal, rounds: int) -> Row:
    beside = f"the same with {FEW}" if path in OVER_ALL.values() else "the same alone in its store"
    measured = in_turn(rounds, functools.partial(visit, ours, path), functools.partial(visit, peer, path), warm=2)
    return Row(what, beside, goal, *measured, notes=[NOTE] if name == "portfolio" else [])


@contextlib.contextmanager
def _stored(house: House, cases: int) -> Iterator[Stored]:
    """A store of its own, filled, and a server on it."""
    folder = Path(house.folder) / f"of{cases}"
    folder.mkdir()
    store.close()
    with store_at(f"sqlite:///{(folder / 'copdash.sqlite').as_posix()}"):
        store.ready()
        ids = stores.fill(cases)
        with store.writing(PROGRAM, undoable=False) as session:
            people.introduce(session, token=TOKEN, name="Marta", role=Role.LEADER.value)
        server = Server(folder, dict(SETTINGS))
        server.start()
    try:
        yield Stored(server, ids[0])
    finally:
        server.stop()


def visit(stored: Stored, path: str) -> float:
    """From asking for a screen in a session of its own to the end of its script; ms."""
    address = stored.server.url
    asked = BackMsg()
    asked.rerun_script.query_string = f"case={stored.case}"
    asked.rerun_script.page_name = path
    asked.rerun_script.context_info.url = f"{address}/{path}"
    with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        additional_headers={"Cookie": f"{people.COOKIE}={TOKEN}"},
        max_size=None,
        compression=None,
    ) as stream:
        began = time.perf_counter()
        stream.send(asked.SerializeToString())
        while not _ends(stream.recv()):
            pass
        return (time.perf_counter() - began) * 1000


def _ends(sent: str | bytes) -> bool:
    message = ForwardMsg()
    message.ParseFromString(sent if isinstance(sent, bytes) else sent.encode())
    if message.delta.new_element.HasField("exception"):
        raise RuntimeError("The screen ended with an error")
    return bool(message.HasField("script_finished"))

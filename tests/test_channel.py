"""The channel with the store itself: a viewer is refused, a drop is on disk before its answer."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from copdash import case_studies, channel, people, stakeholders, store
from copdash.eyes import Eye
from copdash.hub import Hub
from copdash.models import Role
from copdash.roles import PROGRAM
from copdash.tickets import Ticket, Tickets
from tests import loops


class Socket:
    """What a tab heard."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    async def send_text(self, data: str) -> None:
        self.heard.append(json.loads(data))


def test_gestures_through_the_store_itself(store_url: str) -> None:
    """Reading and acting as the server does it: a viewer is refused, a leader's drop is on disk before the answer."""
    with store.writing(PROGRAM) as session:
        case = case_studies.begin(session, title="Water", time_zone="UTC").id
        session.flush()
        seen = uuid.uuid4()
        stakeholders.add(session, case, id=seen, name="Bank")

    async def drop(token: str) -> dict[str, Any]:
        handed_out = Tickets()
        here = Hub(channel.read, channel.read_around, channel.carry_out, handed_out)
        socket = Socket()
        connection = here.join(socket, token)
        assert connection is not None
        speaking = asyncio.create_task(connection.speak())
        eye = Eye(None, Role.VIEWER, names_hidden=False)
        ticket = handed_out.issue(Ticket(people.digest(token), "tab", "power_interest", case, eye))
        await here.hear(connection, {"open": "l", "ticket": ticket, "version": 0})
        place = {"id": str(seen), "power": 7.0, "interest": 2.0, "seen": {"power": None, "interest": None}}
        gesture = {"id": str(uuid.uuid4()), "case_study_id": str(case), "name": "moved", "moves": [place]}
        await here.hear(connection, {"do": "l", "gestures": [gesture]})
        await until(lambda: asyncio.sleep(0.02), lambda: any("answers" in one for one in socket.heard))
        here.leave(connection)
        speaking.cancel()
        return {
            "said": next(one for one in socket.heard if "answers" in one)["answers"][gesture["id"]],
            "all": socket.heard,
        }

    assert "viewer" in loops.run(drop("nobody"))["said"].lower()
    with store.writing(PROGRAM) as session:
        people.introduce(session, token="marta", name="Marta", role=Role.LEADER.value)
    heard = loops.run(drop("marta"))
    assert heard["said"] == ""
    assert '"power": 7.0' in json.dumps(heard["all"])


async def until(wait: Callable[[], Awaitable[None]], is_so: Callable[[], bool]) -> None:
    while not is_so():
        await wait()

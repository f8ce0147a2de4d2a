"""Open screens without a browser: what a page says to the server and hears from it, without drawing anything.

`python -m benchmarks.sessions <server> <case study> <cookie> <how many>` opens that many power-interest screens. It
prints `ready`, and then for each screen and each new version a line: the version, and when its rows had arrived (ms).
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from copdash.people import COOKIE

ENDS_WITH = ".live"
NEWS_AFTER = 0.025
"""Seconds that live.js waits before it asks for the new rows."""


class Screen:
    """One tab: a Streamlit session and its ear for news."""

    def __init__(self, server: str, case_study: str, cookie: str) -> None:
        self.address = server.replace("http", "ws", 1)
        self.headers = {"Cookie": f"{COOKIE}={cookie}"}
        self.case_study = case_study
        self.shown = self.asked = 0
        self.live_id = self.fragment_id = self.script_hash = ""

    async def open(self) -> None:
        """Ask for the screen, and return when it has come."""
        self.stream = await connect(
            f"{self.address}/_stcore/stream", additional_headers=self.headers, max_size=None, compression=None
        )
        first = BackMsg()
        first.rerun_script.query_string = f"case={self.case_study}"
        first.rerun_script.page_name = "power-interest"
        first.rerun_script.context_info.url = f"{self.address.replace('ws', 'http', 1)}/power-interest"
        await self.stream.send(first.SerializeToString())
        while not (await self.hear()).HasField("script_finished"):
            pass
        if not self.live_id:
            raise RuntimeError("The screen came without its board")
        self.ear: ClientConnection = await connect(
            f"{self.address}/live?case={self.case_study}", additional_headers=self.headers
        )

    async def hear(self) -> ForwardMsg:
        """One message of the server."""
        message = ForwardMsg()
        message.ParseFromString(await self.stream.recv())
        if message.HasField("new_session"):
            self.script_hash = message.new_session.page_script_hash
        component = message.delta.new_element.bidi_component
        if component.id.endswith(ENDS_WITH):
            self.live_id, self.fragment_id = component.id, message.delta.fragment_id
            self.shown = int(json.loads(component.json or component.mixed.json)["version"])
        return message

    async def follow_news(self) -> None:
        """Ask for the rows of each newer version, as live.js does."""
        async for text in self.ear:
            version = int(json.loads(text)["version"])
            if version > max(self.shown, self.asked):
                self.asked = version
                await asyncio.sleep(NEWS_AFTER)
                await self.stream.send(self.news(version).SerializeToString())

    def news(self, version: int) -> BackMsg:
        """The trigger of the live component."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = f"case={self.case_study}"
        state.page_script_hash = self.script_hash
        state.fragment_id = self.fragment_id
        widget = state.widget_states.widgets.add()
        widget.id = f"$$STREAMLIT_INTERNAL_KEY_{self.live_id}__events"
        widget.json_trigger_value = json.dumps([{"event": "news", "value": version}])
        return message

    async def follow_rows(self) -> None:
        """Say when the rows of a newer version have come."""
        while True:
            before = self.shown
            await self.hear()
            if self.shown > before:
                sys.stdout.write(f"{self.shown} {time.time() * 1000:.1f}\n")
                sys.stdout.flush()


async def main(server: str, case_study: str, cookie: str, how_many: str) -> None:
    """Open them eight at a time, then listen until this process is ended."""
    gate = asyncio.Semaphore(8)
    screens = [Screen(server, case_study, cookie) for _ in range(int(how_many))]

    async def opened(screen: Screen) -> None:
        async with gate:
            await screen.open()

    await asyncio.gather(*(opened(screen) for screen in screens))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.gather(*(work for screen in screens for work in (screen.follow_news(), screen.follow_rows())))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))

"""Open screens without a browser: what a page says to the server and hears from it, without drawing anything.

Each is a Streamlit session that asked for the screen as a page does, and a channel, opened by the ticket of its board.

`python -m benchmarks.sessions <server> <case study> <cookie> <how many>` opens that many power-interest screens, each
in a browser of its own. It prints `ready`, and then for each screen and each new version a line: the version, and when
its rows had arrived (ms).
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

LIVE = ".live"


class Screen:
    """One tab: a Streamlit session and its channel."""

    def __init__(self, server: str, case_study: str, cookie: str) -> None:
        self.address = server.replace("http", "ws", 1)
        self.headers = {"Cookie": f"{COOKIE}={cookie}"}
        self.case_study = case_study
        self.shown = 0
        self.ticket = ""

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
        if not self.ticket:
            raise RuntimeError("The screen came without its board")
        self.channel: ClientConnection = await connect(f"{self.address}/channel", additional_headers=self.headers)
        await self.channel.send(json.dumps({"open": "l", "ticket": self.ticket, "version": self.shown}))
        if "opened" not in json.loads(await self.channel.recv()):
            raise RuntimeError("The channel did not open")

    async def hear(self) -> ForwardMsg:
        """One message of the server."""
        message = ForwardMsg()
        message.ParseFromString(await self.stream.recv())
        component = message.delta.new_element.bidi_component
        if component.id and not component.id.endswith(LIVE):
            told = json.loads(component.json or component.mixed.json or "{}")
            if isinstance(told, dict) and "channel" in told:
                self.shown, self.ticket = int(told["version"]), told["channel"]["ticket"]
        return message

    async def follow_rows(self) -> None:
        """Say when the rows of a newer version have come."""
        async for text in self.channel:
            version = int(json.loads(text).get("to", 0))
            if version > self.shown:
                self.shown = version
                sys.stdout.write(f"{version} {time.time() * 1000:.1f}\n")
                sys.stdout.flush()

    async def follow_stream(self) -> None:
        """Hear what Streamlit says meanwhile, as a page does."""
        while True:
            await self.hear()


async def main(server: str, case_study: str, cookie: str, how_many: str) -> None:
    """Open them eight at a time, then listen until this process is ended."""
    gate = asyncio.Semaphore(8)
    screens = [Screen(server, case_study, f"{cookie}-{number}") for number in range(int(how_many))]

    async def opened(screen: Screen) -> None:
        async with gate:
            await screen.open()

    await asyncio.gather(*(opened(screen) for screen in screens))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.gather(*(work for screen in screens for work in (screen.follow_stream(), screen.follow_rows())))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))

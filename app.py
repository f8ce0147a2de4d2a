"""The server: st.App around the screens. `streamlit run app.py` finds it by reading this file."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

import copdash
from copdash import assets, channel, doors, entrance, live, page_files, server
from copdash.ui.habits import frame

FRONT_END = Path(st.__file__).parent / "static"
BOARDS = Path(copdash.__file__).parent / "components" / "boards"
FILES = [
    assets.Folder("/static/", FRONT_END / "static", assets.FOREVER),
    assets.Folder("/_stcore/bidi-components/copdash.", BOARDS, assets.ASK_AGAIN, named=True),
]

app = st.App(
    "pages/main.py",
    lifespan=server.lifespan,
    routes=[
        Route("/health", server.health),
        Route("/words", server.words),
        WebSocketRoute("/live", live.endpoint),
        WebSocketRoute("/channel", channel.endpoint),
    ],
    middleware=[
        Middleware(doors.Doors, server.HEADERS, server.named_address(), server.own_scheme()),
        Middleware(server.Guard),
        Middleware(page_files.PageFiles, server.HEADERS),
        Middleware(assets.Assets, FILES),
        Middleware(entrance.Entrance, FRONT_END, BOARDS, frame.addresses()),
    ],
    on_script_error=server.on_script_error,
)

"""The server: st.App around the screens. `streamlit run app.py` finds it by reading this file."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from copdash import live, server

app = st.App(
    "pages/main.py",
    lifespan=server.lifespan,
    routes=[Route("/health", server.health), Route("/words", server.words), WebSocketRoute("/live", live.endpoint)],
    middleware=[Middleware(server.Guard)],
    on_script_error=server.on_script_error,
)

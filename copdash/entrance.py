"""The page with which each screen begins: Streamlit's own, which is told ahead what the screen is going to need.

Streamlit's page looks for its server in two places, one after the other, and hears of each kind of element, and of each
board, only when it is to be drawn. Here it knows where the server is, and the browser loads everything at once. What is
told is found in Streamlit's files; were it not there, Streamlit's page would do what it does without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SERVER = """<script>
      window.__streamlit = {
        BACKEND_BASE_URL: new URL(".", document.baseURI).href,
        HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
      };
    </script>
    """
"""Streamlit's settings for those who host it: with both it connects at once, and asks for the rest meanwhile."""

ELEMENTS = ("Html", "Selectbox", "Button", "BidiComponent")
"""Kinds of elements on every screen, by the names of their files in Streamlit's front end."""

BOARDS = {
    "stakeholders": "list/list_board",
    "power-interest": "grid/power_interest_board",
    "rating": "rating/rating_board",
    "readings": "salience/salience_board",
    "network": "network/network_board",
    "meetings": "roadmap/roadmap_board",
}
"""The module of a screen's board within their folder, by the screen's address."""

MORE = {"": ("DataFrame", "PlotlyChart")}
"""Further kinds of elements of a screen."""

_IMPORTED = re.compile(r"""\b(?:from|import)\s*["'`](\.\.?/[^"'`]+\.js)["'`]""")


class Entrance:
    """ASGI middleware: answers the addresses of screens; `front_end` is Streamlit's folder, `boards` that of ours."""

    def __init__(self, app: ASGIApp, front_end: Path, boards: Path, screens: Iterable[str]) -> None:
        self.app = app
        self.pages = {screen: page(front_end, boards, screen) for screen in screens}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_asked = scope["type"] == "http" and scope["method"] == "GET"
        found = self.pages.get(scope["path"].removeprefix("/")) if is_asked else None
        if found is None:
            await self.app(scope, receive, send)
        else:
            await HTMLResponse(found, headers={"Cache-Control": "no-cache"})(scope, receive, send)


def page(front_end: Path, boards: Path, screen: str) -> str:
    """Streamlit's page with what it is told ahead for this screen."""
    given = (front_end / "index.html").read_text("utf-8")
    scripts = front_end / "static" / "js"
    starts = [path for name in (*ELEMENTS, *MORE.get(screen, ())) for path in scripts.glob(f"{name}.*.js")]
    ahead = [f"./static/js/{path.name}" for path in needed(starts)]
    ahead = [address for address in ahead if address not in given]
    if screen in BOARDS:
        for module in (boards / f"{BOARDS[screen]}.js", boards / "shared" / "live.js"):
            files = [path.relative_to(boards).as_posix() for path in needed([module])]
            ahead += [f"./_stcore/bidi-components/copdash.{module.stem}/{file}" for file in files]
    links = "".join(f'  <link rel="modulepreload" crossorigin href="{address}">\n  ' for address in ahead)
    return given.replace("<script", SERVER + "<script", 1).replace("</head>", f"{links}</head>", 1)


def needed(starts: Sequence[Path]) -> list[Path]:
    """These modules and all that they import, each once."""
    found: dict[Path, None] = {}
    waiting = list(starts)
    while waiting:
        path = waiting.pop(0)
        if path not in found and path.is_file():
            found[path] = None
            imported: Mapping[str, None] = dict.fromkeys(_IMPORTED.findall(path.read_text("utf-8")))
            waiting += [(path.parent / name).resolve() for name in imported]
    return list(found)

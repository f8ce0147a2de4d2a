"""Files that every browser loads with its first visit, from memory: Streamlit's front end and our boards.

A first visit asks for more than a hundred. Streamlit opens and reads each of them in worker threads, 64 KB at a time,
and compresses those of the boards anew for every visitor. Here a file is read and compressed once; that it is still
the same is looked up each time.
"""

from __future__ import annotations

import gzip
import ipaddress
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOREVER = "public, immutable, max-age=31536000"
"""For files whose names change with their content."""
ASK_AGAIN = "no-cache"
"""For files that keep their names: the browser keeps them too, and asks each time whether they are still the same."""

_WORTH_COMPRESSING = 500
"""Bytes; smaller texts travel as they are."""


@dataclass(frozen=True)
class Folder:
    """Files of a folder and the address under which they stand. `named`: first comes a step that is no folder."""

    address: str
    path: Path
    cache: str
    named: bool = False

    def name(self, asked: str) -> str | None:
        """The file's name within the folder; None when the address is not of this folder."""
        if not asked.startswith(self.address):
            return None
        rest = asked.removeprefix(self.address)
        return rest.partition("/")[2] if self.named else rest


@dataclass(frozen=True)
class _File:
    changed: tuple[int, int]
    """Nanoseconds of the last change, and bytes."""
    tag: str
    kind: str
    plain: bytes
    compressed: bytes | None


class Assets:
    """ASGI middleware: answers a plain GET for a file of these folders, and leaves all else to the app."""

    def __init__(self, app: ASGIApp, folders: Sequence[Folder]) -> None:
        self.app = app
        self.folders = folders
        # Only what is found here is ever opened: no path is made of an address.
        self.paths = {folder.address: _files(folder.path) for folder in folders}
        self.read: dict[Path, _File] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        await (response or self.app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        for folder in self.folders:
            path = self.paths[folder.address].get(folder.name(scope["path"]) or "")
            if path is not None:
                headers = Headers(scope=scope)
                file = await self._file(path) if "range" not in headers else None
                return _response(file, folder.cache, headers, is_far=_is_far(scope)) if file else None
        return None

    async def _file(self, path: Path) -> _File | None:
        try:
            now = path.stat()
        except OSError:
            return None
        changed = (now.st_mtime_ns, now.st_size)
        file = self.read.get(path)
        if file is None or file.changed != changed:
            file = self.read[path] = await run_in_threadpool(_read, path, changed)
        return file


def _files(folder: Path) -> Mapping[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def _read(path: Path, changed: tuple[int, int]) -> _File:
    plain = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    compressed = gzip.compress(plain, 6, mtime=0) if is_text and len(plain) >= _WORTH_COMPRESSING else None
    return _File(changed, f'"{changed[0]:x}-{changed[1]:x}"', kind, plain, compressed)


def _response(file: _File, cache: str, asked: Headers, *, is_far: bool) -> Response:
    headers = {"Cache-Control": cache, "ETag": file.tag, "Vary": "Accept-Encoding"}
    if file.tag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if is_far and file.compressed is not None and "gzip" in asked.get("accept-encoding", ""):
        return Response(file.compressed, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.kind)
    return Response(file.plain, headers=headers, media_type=file.kind)


def _is_far(scope: Scope) -> bool:
    """Whether the bytes leave this computer; where they do not, a browser is quicker with what it need not unpack."""
    try:
        return not ipaddress.ip_address((scope.get("client") or ("",))[0]).is_loopback
    except ValueError:
        return True

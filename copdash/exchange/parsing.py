"""A foreign file becomes rows, in a child process with limits on memory, CPU and time. The server never parses one."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copdash.errors import Busy, Invalid
from copdash.exchange import reading
from copdash.exchange.reading import DELIMITERS, Cell

MAX_BYTES = 10 * 1024 * 1024
SECONDS = 10
ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1250", "cp1253", "cp1255", "mac_roman", "cp850")
"""Encodings to offer where the guess was wrong."""

_LOG = logging.getLogger(__name__)
_AT_ONCE = threading.BoundedSemaphore(2)  # two children of 512 MiB each are what a small server can spare
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Sheet:
    """The rows of one table as the file has them: row i is line i + 1 of the table; dates are ISO text."""

    rows: list[list[Cell]]
    format: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)


def parse(data: bytes, *, encoding: str | None = None, delimiter: str | None = None, sheet: str | None = None) -> Sheet:
    """The rows of a CSV or XLSX file of at most 10 MB; what is not given is found out.

    Raises `Invalid` with a sentence for a file that is empty, too large, damaged or not a table, and `Busy` when other
    files are being read for more than half a minute. Whatever the file does happens in a child process.
    """
    if len(data) > MAX_BYTES:
        raise Invalid(
            f"This file has {len(data) / 1024**2:.0f} MB; at most {MAX_BYTES // 1024**2} MB can be imported. "
            "Split it, or copy the table alone into a new file."
        )
    if not data.strip():
        raise Invalid("This file is empty. Choose a CSV or XLSX file with a table in it.")
    if delimiter is not None and delimiter not in DELIMITERS:
        raise Invalid("Columns can be separated by a comma, a semicolon, a tab or a vertical bar.")
    wishes = {"encoding": encoding, "delimiter": delimiter, "sheet": sheet}
    answer = _ask_child(json.dumps(wishes).encode() + b"\n" + data)
    if "refused" in answer:
        raise Invalid(str(answer["refused"]))
    return Sheet(**answer)


def _ask_child(message: bytes) -> dict[str, Any]:
    if not _AT_ONCE.acquire(timeout=30):
        raise Busy("Other files are being read at the moment. Try again in a minute.")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-X", "utf8", "-P", "-B", str(Path(reading.__file__))],
            input=message,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},  # no secrets
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise Invalid(
            f"This file could not be read within {SECONDS} seconds. Copy the table alone into a new file."
        ) from None
    finally:
        _AT_ONCE.release()
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    if done.returncode != 0 or not isinstance(answer, dict):
        _LOG.warning("A file was refused: the process that read it ended with %s.", done.returncode)
        raise Invalid(
            "This file could not be read safely: it needs too much memory or time, or it is damaged. "
            "Copy the table alone into a new file."
        )
    return answer

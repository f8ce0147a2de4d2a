"""A child process that reads a foreign file: limited from inside, watched from outside, and answering in plain lines.

The child sets its own limits on memory and CPU time where the system has them. Here its clock is watched, and no more
of its answer is taken than was agreed, so that a child that a file has taken over can neither hang nor fill the server.
An answer is text, one JSON value a line, decoded a line at a time: others are served between two lines.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import copdash
from copdash.errors import Busy, Invalid

_LOG = logging.getLogger(__name__)
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LD_LIBRARY_PATH")
_AT_ONCE = threading.BoundedSemaphore(2)  # what a small server can spare
_CHUNK = 1 << 16


def lines_of(
    program: Sequence[str], message: bytes, *, seconds: float, most_bytes: int, advice: str, patience: float = 30
) -> Iterator[Any]:
    """What a program of ours answers to a message, a JSON value a line; nothing is decoded before the child has ended.

    A first line `{"refused": sentence}` is raised as `Invalid`, as are a child that dies, one that is not ready within
    `seconds`, and an answer of more than `most_bytes` or one that is none; `advice` says what to do then. Raises `Busy`
    when others have had their files read for more than `patience` seconds.
    """
    if not _AT_ONCE.acquire(timeout=patience):
        raise Busy("Other files are being read at the moment. Try again in a minute.")
    try:
        answer = _ask(program, message, seconds, most_bytes, advice)
    finally:
        _AT_ONCE.release()
    found = _decoded(answer, advice)
    first = next(found, None)
    if isinstance(first, dict) and "refused" in first:
        raise Invalid(str(first["refused"])[:1000])
    if first is None:
        raise _unsafe(advice)
    return _chained(first, found)


def _chained(first: Any, others: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from others


def _ask(program: Sequence[str], message: bytes, seconds: float, most_bytes: int, advice: str) -> bytearray:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}  # no secrets
    environment["PYTHONPATH"] = str(Path(copdash.__file__).resolve().parents[1])
    environment["OPENBLAS_NUM_THREADS"] = "1"  # each of its threads would ask for memory
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-X", "utf8", "-P", "-B", *program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    late = threading.Event()
    clock = threading.Timer(seconds, _stop, (child, late.set))
    feeder = threading.Thread(target=_feed, args=(child, message), daemon=True)
    answer = bytearray()
    assert child.stdout is not None  # noqa: S101 - piped above
    with child.stdout as said:
        clock.start()
        feeder.start()
        try:
            while len(answer) <= most_bytes and (chunk := said.read1(_CHUNK)):  # type: ignore[attr-defined]
                answer += chunk
        finally:
            if len(answer) > most_bytes:
                child.kill()
            code = child.wait()
            clock.cancel()
            feeder.join()
    if late.is_set():
        raise Invalid(f"This file could not be read within {seconds:.0f} seconds. {advice}")
    if code != 0 or len(answer) > most_bytes:
        _LOG.warning("A file was refused: the process that read it ended with %s.", code)
        raise _unsafe(advice)
    return answer


def _stop(child: subprocess.Popen[bytes], tell: Callable[[], None]) -> None:
    if child.poll() is None:
        tell()
        child.kill()


def _feed(child: subprocess.Popen[bytes], message: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - piped above
    try:
        with child.stdin as into:
            into.write(message)
    except OSError:
        return  # it ended before it had read all, which its exit says


def _decoded(answer: bytearray, advice: str) -> Iterator[Any]:
    start = 0
    while start < len(answer):
        end = answer.find(b"\n", start)
        end = len(answer) if end < 0 else end
        try:
            yield json.loads(answer[start:end], parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise _unsafe(advice) from None
        start = end + 1


def _no_number(constant: str) -> None:
    raise ValueError(constant)


def _unsafe(advice: str) -> Invalid:
    return Invalid(f"This file could not be read safely: it needs too much memory or time, or it is damaged. {advice}")

"""Servers for browser tests without the wait for their imports: forked from one process that has imported everything.

`streamlit run app.py` takes seven seconds of a processor until it answers, nearly all of it for imports. The nursery is
a process of its own, single-threaded and without any store, that imports them once; for each server it forks a child,
which runs the same command with its own environment and log. Where a system cannot fork, servers start as usual, and
tests of the start itself (test_startup.py, test_durability.py) always do.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CAN_FORK = hasattr(os, "fork") and sys.platform == "linux"


class Child:
    """A server that the nursery forked, as `subprocess.Popen` has it."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.nursery, self.pid, self.returncode = nursery, pid, None

    def poll(self) -> int | None:
        """Its exit code, as `Popen.poll`; None while it runs."""
        if self.returncode is None:
            self.returncode = self.nursery.ask({"poll": self.pid})
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """As `Popen.wait`; raises `subprocess.TimeoutExpired`."""
        until = time.monotonic() + (timeout if timeout is not None else 3600)
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("a forked server", timeout or 0)
            time.sleep(0.02)
        return code

    def send_signal(self, how: int) -> None:
        """As `Popen.send_signal`: nothing where it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, how)

    def kill(self) -> None:
        """As `Popen.kill`."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that forks; started with the first server, ended by `close`."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.process: subprocess.Popen[str] | None = None

    def fork(self, arguments: list[str], folder: Path, environment: dict[str, str], log: Path) -> Child:
        """`python -m streamlit …` with these arguments, in a folder; what it prints goes behind the log."""
        order = {"arguments": arguments, "folder": str(folder), "environment": environment, "log": str(log)}
        return Child(self, self.ask(order))

    def ask(self, order: dict[str, Any]) -> Any:
        """One order, one answer."""
        with self.guard:
            if self.process is None:
                self.process = subprocess.Popen(
                    [sys.executable, str(Path(__file__).resolve())],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=ROOT,
                )
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """End it; its servers have been stopped before."""
        with self.guard:
            if self.process is not None:
                assert self.process.stdin is not None
                self.process.stdin.close()
                self.process.wait(15)
                self.process = None


def serve_orders() -> None:
    """In the nursery itself: import all, then fork a server for each order and tell its process id."""
    sys.path.insert(0, str(ROOT))
    orders, answers = sys.stdin, os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what an import prints is no answer
    warm()
    codes: dict[int, int] = {}
    for line in orders:
        order = json.loads(line)
        if "poll" in order:
            said: int | None = ended(order["poll"], codes)
        else:
            said = os.fork()
            if said == 0:
                become(order)
        answers.write(json.dumps(said) + "\n")
        answers.flush()


def ended(pid: int, codes: dict[int, int]) -> int | None:
    """The exit code of a child; None while it runs."""
    if pid not in codes:
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            codes[pid] = os.waitstatus_to_exitcode(status)
    return codes.get(pid)


def warm() -> None:
    """Import what a server and its screens import; nothing of it opens a store, a thread or a socket."""
    import importlib
    import pkgutil

    import uvicorn  # noqa: F401  Streamlit's own server
    from streamlit.web import bootstrap, cli  # noqa: F401

    import copdash

    for found in pkgutil.walk_packages(copdash.__path__, "copdash."):
        if ".migrations" not in found.name:
            importlib.import_module(found.name)
    gc.collect()
    gc.freeze()  # what the collector does not touch stays shared between the servers


def become(order: dict[str, Any]) -> None:
    """In the child: be the server."""
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        sys.argv = ["streamlit", *order["arguments"]]
        from streamlit import config
        from streamlit.web import cli

        config.get_config_options(force_reparse=True)
        cli.main(order["arguments"], prog_name="streamlit")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1 if end.code else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve_orders()

"""The program of a child that reads many foreign files one after the other, under the limits that each has alone.

A file a line comes in, its kind and its bytes in base 64; what became of it goes out: its lines, or why it is refused.
"""

from __future__ import annotations

import base64
import json
import signal
import sys

from copdash.errors import Invalid
from copdash.exchange import case_reading, reading

SECONDS = 10


class Late(Exception):
    """The file took more of the processor than it may."""


def _late(*_: object) -> None:
    raise Late


def outcome(kind: str, data: bytes) -> dict[str, object]:
    """What became of one file; anything but rows or a sentence is told by its exception."""
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        if kind == "copdash":
            found = case_reading.checked(data)
            return {"rows": [], "title": found.title}
        return reading.rows_of(data, {"zone": "Europe/Athens"})
    except (reading.Refused, Invalid) as refusal:
        return {"refused": str(refusal)}
    except BaseException as problem:  # a native parser's panic is no Exception
        return {"failed": f"{type(problem).__name__}: {problem}"[:300]}
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


if __name__ == "__main__":
    signal.signal(signal.SIGVTALRM, _late)
    outcome("csv", b"Name\nA\n")
    reading.limit_myself(case_reading.MEMORY_BYTES, 3600)
    for line in sys.stdin:
        kind, _, text = line.partition(" ")
        said = json.dumps(outcome(kind, base64.b64decode(text)), ensure_ascii=True)
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()

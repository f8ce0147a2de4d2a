"""Two thousand broken and hostile files over all readers: each is read or refused in a sentence, within its limits.

`COPDASH_HOSTILE_FILES=20000` looks at more of them, `COPDASH_HOSTILE_SEED=7` at others.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from copdash.errors import Invalid
from copdash.exchange import columns, parsing, previews, tie_previews
from copdash.exchange.columns import Layout
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Preview

from . import hostile_files, many_files

pytest.importorskip("resource")  # a child limits itself where the system can

ROOT = Path(__file__).parents[2]
MANY = int(os.environ.get("COPDASH_HOSTILE_FILES", "2000"))
FIRST = int(os.environ.get("COPDASH_HOSTILE_SEED", "0")) * 1_000_000
PORTION = 250
"""So many go through one child, whose memory is limited as for a single file."""


def outcomes(numbers: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What became of each file. A child that dies fails the test with the number of the file."""
    files = [hostile_files.made(number) for number in numbers]
    told = "".join(f"{kind.split()[0]} {base64.b64encode(data).decode()}\n" for kind, _, data in files)
    child = subprocess.run(
        [sys.executable, "-X", "utf8", str(Path(many_files.__file__))],
        input=told.encode(),
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    answers = child.stdout.splitlines()
    assert len(answers) == len(numbers), (
        f"The child ended at file {numbers[min(len(answers), len(numbers) - 1)]}: {child.stderr[-400:]!r}"
    )
    yield from ((number, json.loads(answer)) for number, answer in zip(numbers, answers, strict=True))


def looked_at(answer: dict[str, Any]) -> Preview | None:
    """The preview of what was read, as the server makes it; None for a file that is refused now."""
    head, rows = {name: value for name, value in answer.items() if name != "rows"}, answer["rows"]
    try:
        sheet = parsing._sheet(iter([head, *rows]))
        layout = columns.understood(sheet)
        return _previewed(sheet, layout)
    except Invalid:
        return None


def _previewed(sheet: Sheet, layout: Layout) -> Preview:
    if layout.subject == "relations":
        return tie_previews.of_relations(sheet, layout, [], [])
    if layout.subject == "meetings":
        return previews.of_meetings(sheet, layout, [])
    if layout.subject == "milestones":
        return previews.of_milestones(sheet, layout, [])
    return previews.of_stakeholders(sheet, layout, [])


def test_a_file_is_the_same_whenever_it_is_made_and_most_are_sound_outside() -> None:
    first = [hostile_files.made(number) for number in range(300)]
    assert first == [hostile_files.made(number) for number in range(300)]
    assert sum(sound for _, sound, _ in first) * 2 >= len(first)
    assert {kind for kind, _, _ in first} == set(hostile_files.MAKERS)


@pytest.mark.parametrize("start", range(0, MANY, PORTION))
def test_hostile_files_are_read_or_refused_in_a_sentence(start: int) -> None:
    numbers = range(FIRST + start, FIRST + min(start + PORTION, MANY))
    seen: Counter[str] = Counter()
    for number, answer in outcomes(numbers):
        assert "failed" not in answer, f"file {number}: {answer['failed']}"
        if "refused" in answer:
            assert str(answer["refused"]).endswith((".", "…")), f"file {number}: {answer['refused']}"
            seen["refused"] += 1
        elif "title" not in answer:
            try:
                plan = looked_at(answer)
            except Exception as problem:
                raise AssertionError(f"file {number}: {type(problem).__name__}: {problem}") from problem
            seen["read"] += plan is not None
    assert seen["read"] > 10
    assert seen["refused"] > 10

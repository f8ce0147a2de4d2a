"""What a run says and does about tests that passed only the second time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TESTS = """
import pytest

tried = set()


@pytest.mark.flaky(retries=1)
@pytest.mark.parametrize("number", range({count}))
def test_that_stumbles(number):
    if number not in tried:
        tried.add(number)
        raise AssertionError("at first")


def test_that_is_steady():
    pass
"""


def run(folder: Path, count: int, *options: str, required: str) -> subprocess.CompletedProcess[str]:
    """pytest on a file of its own with so many tests that fail once."""
    (folder / "test_them.py").write_text(TESTS.format(count=count), "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COPDASH_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "second_tries", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(HERE), "COPDASH_REQUIRE_BROWSER": required},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["in one process", "spread over processes"])
@pytest.mark.parametrize(
    ("count", "required", "code"),
    [(0, "1", 0), (2, "1", 0), (3, "1", 1), (3, "", 0)],
    ids=["none", "two", "three", "three on a machine of one's own"],
)
def test_second_tries_are_named_and_too_many_fail_the_run(
    tmp_path: Path, count: int, required: str, code: int, options: tuple[str, ...]
) -> None:
    ran = run(tmp_path, count, *options, required=required)
    assert ran.returncode == code, ran.stdout + ran.stderr
    named = [line for line in ran.stdout.splitlines() if line.startswith("second try: ")]
    assert named == [f"second try: test_them.py::test_that_stumbles[{number}]" for number in range(count)]
    assert ("more than 2, fail this run" in ran.stdout) == bool(code)

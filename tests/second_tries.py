"""Tests that needed a second try are named at the end of a run, and more than a few of them fail it.

A browser on a machine that others use too sometimes stands still, so a browser test that failed is tried once more
(pytest-retry). A test that needs it run after run has a fault of its own, or has found one of ours.
"""

from __future__ import annotations

import os

import pytest

MOST = 2
"""How many second tries a run may need where COPDASH_REQUIRE_BROWSER=1; on a developer's machine they are named."""


def second_tries(config: pytest.Config) -> list[str]:
    """The tests that failed at first and were tried again, by name."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return sorted({report.nodeid for report in reporter.stats.get("retried", [])}) if reporter else []


def are_too_many(names: list[str]) -> bool:
    """Whether a run with these second tries fails."""
    return os.environ.get("COPDASH_REQUIRE_BROWSER") == "1" and len(names) > MOST


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run with too many second tries has not passed, whatever its tests say."""
    is_worker = hasattr(session.config, "workerinput")
    if not is_worker and session.exitstatus == pytest.ExitCode.OK and are_too_many(second_tries(session.config)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name them, a line each."""
    names = second_tries(config)
    for name in names:
        terminalreporter.write_line(f"second try: {name}", yellow=True)
    if are_too_many(names):
        terminalreporter.write_line(f"second tries: {len(names)}, more than {MOST}, fail this run", red=True)

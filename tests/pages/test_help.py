"""The help screen names every screen and every way without a mouse."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest


def test_help_speaks_of_every_board(started: Callable[..., AppTest]) -> None:
    test = started("overview/help.py")
    assert not test.exception
    text = " ".join(found.value for found in test.markdown)
    for word in ("Stakeholders", "Power-interest", "Network", "Meetings", "Import and export", "Undo", "Ctrl+Z"):
        assert word in text

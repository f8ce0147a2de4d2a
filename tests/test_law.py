"""Who may import whom, and the traps of Streamlit's file layout."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent


def test_imports_go_downwards_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_screen_lies_beside_the_entry_script() -> None:
    """Scripts directly in pages/ switch Streamlit to its older multipage mode, and deep links lose the frame."""
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["main.py"]


def test_streamlit_finds_the_server_by_reading_app_py() -> None:
    assigned = [node for node in ast.parse((ROOT / "app.py").read_text("utf-8")).body if isinstance(node, ast.Assign)]
    calls = [ast.unparse(node.value) for node in assigned if ast.unparse(node.targets[0]) == "app"]
    assert len(calls) == 1
    assert calls[0].startswith("st.App(")
    assert "__file__" not in calls[0].split(",")[0]

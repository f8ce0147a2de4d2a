"""What COPDash hangs on to inside Streamlit that no documentation promises; a new version meets this file first.

Each test names the place of ours that hangs on it.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import streamlit
from streamlit import config
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

ROOT = Path(__file__).resolve().parent.parent
FRONT_END = Path(streamlit.__file__).parent / "static"
SCRIPTS = FRONT_END / "static" / "js"


@pytest.fixture(scope="module")
def bundle() -> str:
    """All that Streamlit's browser side consists of."""
    return "\n".join(path.read_text("utf-8", "replace") for path in SCRIPTS.glob("*.js"))


def test_the_version_is_the_one_that_was_looked_into() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'"streamlit=={streamlit.__version__}"' in project


def test_the_page_takes_the_address_of_its_server_from_us(bundle: str) -> None:
    """copdash/entrance.py writes both into the page; without them it would ask in two places, one after the other."""
    assert "__streamlit" in bundle
    assert "BACKEND_BASE_URL" in bundle
    assert "HOST_CONFIG" in bundle
    assert "<script" in (FRONT_END / "index.html").read_text("utf-8")


@pytest.mark.parametrize("element", ["Html", "Selectbox", "Button", "BidiComponent", "DataFrame", "PlotlyChart"])
def test_each_kind_of_element_has_a_file_of_its_own(element: str) -> None:
    """copdash/entrance.py announces them by these names."""
    assert list(SCRIPTS.glob(f"{element}.*.js"))


def test_files_of_a_page_pass_three_methods() -> None:
    """copdash/page_files.py notes there who is offered which file."""
    for name in ("add", "add_deferred", "execute_deferred"):
        assert callable(getattr(MediaFileManager, name)), name
    assert "session_id" in ScriptRunContext.__dataclass_fields__


def test_a_board_is_called_by_its_default_export_and_tells_by_these_two(bundle: str) -> None:
    """copdash/components/boards: `setTriggerValue` for gestures, `setStateValue` for what is chosen."""
    assert "setTriggerValue" in bundle
    assert "setStateValue" in bundle


@pytest.mark.parametrize(
    "name",
    [
        "stApp", "stMain", "stMainBlockContainer", "stHeader", "stSidebar", "stSidebarNavLink", "stPageLink-NavLink",
        "stLogoLink", "stPopoverBody", "stText", "stRadio", "stExpander", "stExpanderDetails", "stCaptionContainer",
        "stFileUploaderDropzone", "stHorizontalBlock", "stElementContainer",
    ],
)  # fmt: skip
def test_the_page_names_its_parts_as_our_styles_and_boards_do(bundle: str, name: str) -> None:
    """leaving.js, board.js and the style sheets of copdash/ui find them by `data-testid`."""
    assert re.search(rf"""["'`]{re.escape(name)}["'`]""", bundle), name


def test_the_page_says_whether_a_script_runs(bundle: str) -> None:
    """leaving.js waits for it, and so do all browser tests."""
    assert "data-test-script-state" in bundle


def test_settings_of_ours_are_known() -> None:
    """.streamlit/config.toml; an unknown one would be passed over with a warning."""
    given = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    section = ""
    for line in given.splitlines():
        if found := re.match(r"\[([\w.]+)\]", line):
            section = found[1]
        elif (found := re.match(r"(\w+) *=", line)) and not section.startswith("theme"):
            assert f"{section}.{found[1]}" in config.get_config_options(), line


def test_an_app_takes_routes_and_middleware_and_hears_of_errors() -> None:
    """app.py."""
    named = set(inspect.signature(streamlit.App.__init__).parameters)
    assert {"lifespan", "routes", "middleware", "on_script_error"} <= named

"""What is made from the descriptions of the gestures says what they say, and no board types a name of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copdash import gestures
from scripts import make_gestures

ROOT = Path(__file__).resolve().parent.parent
BOARDS = ROOT / "copdash" / "components" / "boards"
AGAIN = "run python scripts/make_gestures.py"


@pytest.mark.parametrize("made", ["module", "page"])
def test_what_was_made_is_what_would_be_made_now(made: str) -> None:
    path, text = {
        "module": (make_gestures.MODULE, make_gestures.module()),
        "page": (make_gestures.PAGE, make_gestures.page()),
    }[made]
    assert path.read_text("utf-8") == text, AGAIN


def test_no_board_types_the_name_of_a_gesture() -> None:
    """Boards send what gestures.js makes and compare with its GESTURE; elsewhere it would be a second description."""
    names = "|".join(one.name for one in gestures.sent_by_boards())
    typed = re.compile(rf"""(?:\.send\(\s*|name\s*[=!]==\s*|\bcase\s+)["'`](?:{names})["'`]""")
    for path in BOARDS.rglob("*.js"):
        if "vendor" not in path.parts and path != make_gestures.MODULE:
            assert not typed.search(path.read_text("utf-8")), path

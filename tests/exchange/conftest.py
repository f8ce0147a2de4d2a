"""Files in the shape of real ones, and the real ones too where they lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SHAPED = {"berlin": TESTS / "data" / "shaped", "swiss": TESTS / "data" / "shaped"}
REAL = TESTS.parents[1] / "shared" / "data"
SETS = [pytest.param(SHAPED, id="shaped")]
if REAL.is_dir():
    SETS.append(pytest.param({"berlin": REAL / "berlin-climate", "swiss": REAL / "swiss-wetlands"}, id="real"))


@pytest.fixture(params=SETS)
def lists(request: pytest.FixtureRequest) -> dict[str, Path]:
    """The folders of a list of 58 organisations (`berlin`) and of a network of 80 actors (`swiss`)."""
    found: dict[str, Path] = request.param
    return found

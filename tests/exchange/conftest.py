"""The real files that nobody here made."""

from __future__ import annotations

from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
PLACES = (REPO.parent / "shared" / "data", REPO / "shared" / "data")


@pytest.fixture(scope="session")
def real_data() -> Path:
    for place in PLACES:
        if place.is_dir():
            return place
    pytest.skip("the folder shared/data with the real example files is not here")

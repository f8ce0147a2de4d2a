"""Real files for the exchange tests, and tables typed in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from copdash.exchange.columns import Layout, understood
from copdash.exchange.parsing import Sheet, parse

REPO = Path(__file__).parents[2]
PLACES = (REPO.parent / "shared" / "data", REPO / "shared" / "data")


@pytest.fixture(scope="session")
def real_data() -> Path:
    for place in PLACES:
        if place.is_dir():
            return place
    pytest.skip("the folder shared/data with the real example files is not here")


def typed(*rows: list) -> Sheet:
    """A sheet as if it had been read from a file."""
    return Sheet([list(row) for row in rows], "CSV")


def read(data: bytes) -> tuple[Sheet, Layout]:
    sheet = parse(data)
    return sheet, understood(sheet)

"""Writes the next migration: what the models have and an upgraded store has not."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

ROOT = Path(__file__).resolve().parent.parent


def main(message: str) -> None:
    """Upgrade a scratch store, compare, write."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "copdash" / "migrations"))
    known = len(list((ROOT / "copdash" / "migrations" / "versions").glob("[0-9]*.py")))
    with tempfile.TemporaryDirectory() as folder:
        engine = sa.create_engine(f"sqlite:///{folder}/scratch.sqlite")
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{known + 1:04d}")
        engine.dispose()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or sys.exit('Say what changes: python scripts/make_migration.py "…"'))

"""Fills a store with case studies of 200 stakeholders, 400 ties and 30 meetings each, to try screens and changes on.

`python scripts/large_store.py 100` fills the store that COPDASH_DATABASE_URL names, or scratch.sqlite beside this
project's data; it says how to start COPDash on it. Always the same case studies.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(cases: int) -> None:
    """Make so many case studies."""
    address = os.environ.setdefault(
        "COPDASH_DATABASE_URL", f"sqlite:///{(ROOT / 'data' / 'scratch.sqlite').as_posix()}"
    )
    from benchmarks import stores
    from copdash import store

    store.ready()
    made = stores.fill(cases)
    store.close()
    print(f"{len(made)} case studies are there. Look at them: COPDASH_DATABASE_URL={address} python3 start.py")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit("Say how many case studies: python scripts/large_store.py 100")
    main(int(sys.argv[1]))

"""`python -m benchmarks`: run all, print each line, write docs/benchmarks.md. Names of benchmarks run only those."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Callable

from benchmarks import drops, first_visits, grids, house, networks, pans, portfolios, report, viewers
from benchmarks.figures import Row
from scripts.servers import ROOT

ALL: dict[str, Callable[[house.House], list[Row]]] = {
    "first_visits": first_visits.run,
    "drops": drops.run,
    "grids": grids.run,
    "viewers": viewers.run,
    "networks": networks.run,
    "pans": pans.run,
    "portfolios": portfolios.run,
}
PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> int:
    """0 also when a goal is missed; 1 when a benchmark could not be run."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("names", nargs="*", help=f"only these: {', '.join(ALL)}; docs/benchmarks.md stays as it is")
    names = asked.parse_args().names
    if unknown := set(names) - set(ALL):
        asked.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    began, load = time.monotonic(), _load()
    rows: list[Row] = []
    with house.opened() as opened:
        for name in names or ALL:
            for row in ALL[name](opened):
                rows.append(row)
                print(report.told(row), flush=True)
    if not names:
        page = report.written(rows, dt.datetime.now(dt.UTC), time.monotonic() - began, (load, _load()))
        PAGE.write_text(page, "utf-8")
        print(f"Written: {PAGE.relative_to(ROOT)}")
    return 0


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


if __name__ == "__main__":
    sys.exit(main())

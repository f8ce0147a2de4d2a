"""Brings the browser libraries in when COPDash is installed: pinned npm packages, checked by their integrity hash.

Only the files named under `[[tool.copdash.vendor]]` are kept, in copdash/components/boards/vendor (never in git, unlike
the `.d.ts` beside them, which say for the type checker what we use of each).
After installation nothing is fetched from anywhere.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatch_npm_vendor.plugin import DEFAULT_REGISTRY
from hatch_npm_vendor.vendor import vendor_package
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = "copdash/components/boards/vendor"


class BrowserLibraries(BuildHookInterface):  # type: ignore[misc]  # hatchling has no types
    """Fills the vendor folder unless it already holds exactly what pyproject.toml asks for."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        wanted = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["copdash"]["vendor"]
        vendor = root / VENDOR
        stamp = vendor / "contents.json"
        if not stamp.exists() or json.loads(stamp.read_text("utf-8")) != wanted:
            vendor.mkdir(parents=True, exist_ok=True)
            for path in brought_in(vendor):
                path.unlink()
            for library in wanted:
                bring_in(library, vendor)
            stamp.write_text(json.dumps(wanted), "utf-8")
        for path in brought_in(vendor):
            build_data.setdefault("force_include", {})[str(path)] = f"{VENDOR}/{path.name}"
        # Streamlit finds our components by a pyproject.toml inside the installed package.
        build_data["force_include"][str(root / "pyproject.toml")] = "copdash/pyproject.toml"


def brought_in(vendor: Path) -> list[Path]:
    """What the vendor folder holds besides our own declarations of types."""
    return [path for path in vendor.iterdir() if not path.name.endswith(".d.ts")]


def bring_in(library: dict[str, Any], vendor: Path) -> None:
    """Unpack one npm package aside and keep the files that are named; a wrong hash raises and stops it all."""
    with tempfile.TemporaryDirectory() as aside:
        package = Path(aside) / "package"
        registry = npm_registry()
        vendor_package(package, library["package"], library["version"], library["integrity"], registry=registry)
        for file in library["files"]:
            name = Path(file).name
            is_licence = name.startswith("LICENSE")
            # A .mjs is served as text/plain by some systems' tables of types; .js never is.
            name = name.replace(".mjs", ".esm.js") if not is_licence else f"{library['package']}-LICENSE.txt"
            shutil.copyfile(package / file, vendor / name)


def npm_registry() -> str:
    """The registry that npm on this machine is set to, or the public one."""
    return os.environ.get("npm_config_registry") or os.environ.get("NPM_CONFIG_REGISTRY") or DEFAULT_REGISTRY


if __name__ == "__main__":
    sys.exit("Run by the installer: pip install -e .")

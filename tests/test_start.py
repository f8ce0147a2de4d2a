"""start.py: the environment is made once, made again when it must be, and never taken for whole when it is not."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections import deque
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import start

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with all that start.py reads, without an environment."""
    for name in (*start.INGREDIENTS, *start.PARTS.values()):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


def test_a_fresh_copy_is_not_ready(copy: Path) -> None:
    assert not start.is_ready(copy, "app")


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml", "hatch_build.py"])
def test_the_app_is_installed_again_when_what_it_is_made_of_changes(copy: Path, name: str) -> None:
    before = start.fingerprint(copy, "app")
    (copy / name).write_text((copy / name).read_text("utf-8") + "\n# changed\n", "utf-8")
    assert start.fingerprint(copy, "app") != before


def test_the_app_is_not_installed_again_for_what_only_tests_need(copy: Path) -> None:
    before = {part: start.fingerprint(copy, part) for part in start.PARTS}
    (copy / "requirements-dev.txt").write_text("", "utf-8")
    assert start.fingerprint(copy, "app") == before["app"]
    assert start.fingerprint(copy, "tests") != before["tests"]


def test_other_line_endings_are_no_change(copy: Path) -> None:
    before = start.fingerprint(copy, "app")
    requirements = copy / "requirements.txt"
    requirements.write_bytes(requirements.read_bytes().replace(b"\n", b"\r\n"))
    assert start.fingerprint(copy, "app") == before


def test_a_moved_folder_is_installed_again(copy: Path) -> None:
    before = start.fingerprint(copy, "app")
    moved = copy.rename(copy.with_name("moved"))
    assert start.fingerprint(moved, "app") != before


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_stamp_cut_off_in_the_middle_counts_as_none(copy: Path, text: str) -> None:
    (copy / ".venv").mkdir()
    (copy / start.STAMP).write_text(text, "utf-8")
    assert start.stamps(copy) == {}


def test_a_stamp_without_a_working_environment_is_not_believed(copy: Path) -> None:
    (copy / ".venv").mkdir()
    (copy / start.STAMP).write_text(json.dumps({"app": start.fingerprint(copy, "app")}), "utf-8")
    assert not start.is_ready(copy, "app")


def test_a_failed_installation_says_why_and_is_not_taken_for_whole(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (copy / "requirements.txt").write_text("copdash-needs-something-that-is-nowhere==1\n", "utf-8")
    with pytest.raises(start.Trouble, match="copdash-needs-something-that-is-nowhere"):
        start.set_up(copy, "app")
    assert start.answers(start.interpreter(copy), "import pip")
    assert not start.is_ready(copy, "app")


def test_a_missing_network_is_said_in_one_sentence() -> None:
    said = deque(["WARNING: Retrying after connection broken by 'NewConnectionError(...)'", "ERROR: No matching ..."])
    assert "needs the internet" in start.reason(said)
    assert "ERROR" not in start.reason(said)


def test_the_exit_code_of_what_was_started_is_handed_on() -> None:
    program = "import start, sys; sys.exit(start.hand_over([sys.executable, '-c', 'raise SystemExit(3)']))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 3


def pins(file: str) -> dict[str, Requirement]:
    """What a requirements file asks for, by name."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    asked = [Requirement(line.rstrip(" \\")) for line in lines if line[:1].isalnum()]
    return {canonicalize_name(requirement.name): requirement for requirement in asked}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned(file: str) -> None:
    assert [name for name, asked in pins(file).items() if not re.fullmatch(r"==[\w.]+", str(asked.specifier))] == []


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_known_by_its_hash(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    parts = re.split(r"\n(?=[A-Za-z0-9])", text)[1:]
    assert len(parts) == len(pins(file))
    assert [part.split()[0] for part in parts if "--hash=sha256:" not in part] == []


def test_what_is_imported_directly_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    owners = packages_distributions()
    imported: set[str] = set()
    for path in [ROOT / "app.py", *(ROOT / "copdash").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(str(node.module).split(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"copdash", "pages"}
    assert [name for name in sorted(foreign) if not {canonicalize_name(one) for one in owners[name]} & asked] == []


def test_what_pyproject_asks_for_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {"requirements.txt": project["dependencies"], "requirements-dev.txt": project["dependencies"]}
    wanted["requirements-dev.txt"] = project["dependencies"] + project["optional-dependencies"]["dev"]
    for file, asked in wanted.items():
        pinned = pins(file)
        for requirement in map(Requirement, asked):
            version = str(pinned[canonicalize_name(requirement.name)].specifier).removeprefix("==")
            assert version in requirement.specifier, f"{file}: {requirement}"


def test_the_tests_run_on_the_versions_that_the_app_runs_on() -> None:
    tested = pins("requirements-dev.txt")
    assert {name: str(asked.specifier) for name, asked in pins("requirements.txt").items()}.items() <= {
        name: str(asked.specifier) for name, asked in tested.items()
    }.items()


@pytest.mark.parametrize("heading", ["Run", "Test"])
def test_the_readme_gives_one_command_line(heading: str) -> None:
    section = (ROOT / "README.md").read_text("utf-8").split(f"## {heading}\n", 1)[1]
    block = section.split("```", 2)[1].split("\n", 1)[1].strip()
    assert block.startswith("python3 start.py")
    assert "\n" not in block

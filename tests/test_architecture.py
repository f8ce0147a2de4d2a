"""What docs/architecture.md says of the files is true."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from copdash import gestures
from scripts import subject_table

ROOT = Path(__file__).resolve().parent.parent
MORE = {"columns", "words"}
"""Modules of the models that are no subject."""


def modules(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}


def test_the_table_of_subjects_is_as_the_code_is() -> None:
    assert subject_table.PAGE.read_text("utf-8") == subject_table.told(), "Run: python scripts/subject_table.py"


def test_the_table_is_found_out_when_it_is_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "architecture.md"
    true = subject_table.PAGE.read_text("utf-8")
    old.write_text(true.replace("`mapping/stakeholders`", "`mapping/list`"), "utf-8")
    monkeypatch.setattr(subject_table, "PAGE", old)
    assert subject_table.told() == true != old.read_text("utf-8")


def test_every_subject_has_its_module_of_tables() -> None:
    assert set(subject_table.VERBS) == modules("copdash/models") - MORE


def test_every_verb_and_every_rule_stands_with_one_subject() -> None:
    law = configparser.ConfigParser()
    law.read(ROOT / ".importlinter", "utf-8")
    layers = law["importlinter:contract:rooms"]["layers"].split("\n")
    subjects = next(layer for layer in layers if "stakeholders" in layer).split(":")
    verbs = [name for names in subject_table.VERBS.values() for name in names]
    assert sorted(verbs) == sorted({name.strip() for name in subjects} | {"history"})
    rules = [name for names in subject_table.ANALYSIS.values() for name in names]
    assert sorted(rules) == sorted(modules("copdash/analysis"))


def test_every_gesture_of_boards_is_found_in_a_board() -> None:
    for module in {one.verb.__module__ for one in gestures.sent_by_boards()}:
        assert subject_table.boards({module}), module


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/migrations.md", "CONTRIBUTING.md"])
def test_what_is_named_by_its_path_is_there(page: str) -> None:
    said = re.findall(r"(?<![\w/.])((?:copdash|pages|tests|scripts|docs)/[\w./-]+)", (ROOT / page).read_text("utf-8"))
    assert said
    assert [path for path in said if not (ROOT / path.rstrip(".")).exists()] == []

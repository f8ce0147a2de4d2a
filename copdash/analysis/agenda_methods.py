"""Ways to work in a group that an agenda block can point to: what each is for, and what it needs."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "guidance" / "methods.json"
NOTHING = "None"
"""The material of a method that needs none."""


@dataclass(frozen=True)
class Method:
    """One way to work; `people` and `minutes` are ranges as text, `online` says how it goes on a screen."""

    name: str
    purpose: str
    people: str
    minutes: str
    material: str
    online: str

    @property
    def sentence(self) -> str:
        """All of it in a line or two."""
        needs = "Needs nothing" if self.material == NOTHING else f"Needs: {self.material}"
        return f"{self.purpose} {self.people} people, {self.minutes} minutes. {needs}. Online: {self.online}"

    @property
    def least_minutes(self) -> int:
        """The shortest time it takes, in minutes."""
        return int(self.minutes.partition("-")[0])


@functools.cache
def library() -> tuple[Method, ...]:
    """All methods, in the order of the file."""
    return tuple(Method(**one) for one in json.loads(FILE.read_text("utf-8")))


def names() -> list[str]:
    """What they are called."""
    return [method.name for method in library()]


def of(name: str) -> Method | None:
    """The method of this name, or None for one that people named themselves."""
    return next((method for method in library() if method.name == name), None)

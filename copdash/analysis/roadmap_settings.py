"""What a case study says about its roadmap checks: which are switched off, and the numbers they go by.

Kept as JSON text in the case study; the empty text means all checks with the usual numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from copdash.errors import Invalid


@dataclass(frozen=True)
class Number:
    """A number that checks go by: what it counts, what it is by itself, and the least and most it may be."""

    label: str
    usual: int
    least: int
    most: int


NUMBERS: Final[Mapping[str, Number]] = {
    "gap_months": Number("Months without meeting, one-on-ones aside", 6, 1, 36),
    "invite_days": Number("Days before a meeting by which people should be invited", 30, 0, 365),
    "report_days": Number("Days after a meeting by which its follow-up is written", 30, 1, 365),
    "meetings": Number("CoP meetings a roadmap should have", 4, 1, 60),
    "people": Number("Invited stakeholders a CoP meeting should have", 5, 1, 500),
}


@dataclass(frozen=True)
class Settings:
    """Which checks are off, by name, and the numbers that differ from the usual ones."""

    off: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """A number by its name, as chosen here or as usual."""
        return self.numbers.get(name, NUMBERS[name].usual)


def read(text: str) -> Settings:
    """The settings in a case study's text; raises `Invalid` where it is none."""
    if not text:
        return Settings()
    try:
        said = json.loads(text)
        off, numbers = said.get("off", []), said.get("numbers", {})
        return chosen(off, numbers)
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise Invalid("The settings of the roadmap checks are not as they should be.") from None


def chosen(off: Iterable[str], numbers: Mapping[str, int]) -> Settings:
    """Settings of these choices; raises `Invalid` for a number out of its range."""
    kept: dict[str, int] = {}
    names = sorted(set(off))
    if not all(isinstance(name, str) and re.fullmatch(r"[a-z_]{1,40}", name) for name in names) or len(names) > 200:
        raise Invalid("The settings of the roadmap checks name a check that cannot be.")
    for name, value in numbers.items():
        rule = NUMBERS.get(name)
        if rule is None:
            continue  # of a newer program
        if isinstance(value, bool) or not isinstance(value, int) or not rule.least <= value <= rule.most:
            raise Invalid(f"{rule.label}: give a number from {rule.least} to {rule.most}.")
        if value != rule.usual:
            kept[name] = value
    return Settings(frozenset(names), kept)


def written(settings: Settings) -> str:
    """The text for a case study: empty where everything is as usual."""
    if not settings.off and not settings.numbers:
        return ""
    return json.dumps({"off": sorted(settings.off), "numbers": dict(sorted(settings.numbers.items()))})


def checked_text(value: object) -> str:
    """The text of another store, in our own words; raises `Invalid`."""
    if value is not None and not isinstance(value, str):
        raise Invalid("The settings of the roadmap checks are not as they should be.")
    return written(read(value or ""))

"""What an import says of what it does not take as it stands: a sentence a cell, and the account of a table by reason.

Each sentence says what becomes of the field, so it is made when that is known: “Power left empty” of a new stakeholder,
“Power stays 7” of one that is here already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from copdash.fields import shown

MOST_LINES = 12
"""So many lines are named in one sentence; the others are counted."""

Kind = Literal["left out", "not understood", "changed", "hidden", "noted"]

_ONE_LINE_ONLY: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile("“[^”]*”"), "“…”"),
    (re.compile(r"\b([Ll])ine \d+"), r"\1ine …"),
    (re.compile(r"(?:,| on) \d{4}-\d\d-\d\d(?=[,.;])"), ""),
    (re.compile(r"[\d,]+ characters"), "… characters"),
)
_WORD = re.compile("“([^”]*)”")


@dataclass(frozen=True, slots=True)
class Remark:
    """A fact about a line, without a full stop. With a `field` the sentence goes on with what becomes of it."""

    fact: str
    field: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One reason for which something is not taken as it stands, and the lines that it is true of.

    `sentence` is true of each of them; what it says as “…” is the word of each line in `words`. Without lines it is
    true of the whole table, `count` times.
    """

    kind: Kind
    sentence: str
    lines: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    count: int = 0

    @property
    def text(self) -> str:
        """The sentence with its lines behind it."""
        if not self.lines:
            return self.sentence
        words = [f" “{word}”" if word else "" for word in self.words] or [""] * len(self.lines)
        named = ", ".join(f"{line:,}{word}" for line, word in [*zip(self.lines, words, strict=True)][:MOST_LINES])
        one = len(self.lines) == 1
        more = f" and {len(self.lines) - MOST_LINES:,} more" if len(self.lines) > MOST_LINES else ""
        return f"{self.sentence} {'Line' if one else f'{len(self.lines):,} lines:'} {named}{more}."


def sentences(
    remarks: Iterable[Remark],
    values: Mapping[str, Any],
    known: Mapping[str, Any] | None,
    defaults: Mapping[str, Any],
) -> tuple[str, ...]:
    """Remarks about a line that becomes a row with `values`; `known` is the stored row where there is one already."""
    return tuple(
        f"{one.fact}; {_becomes(one, values, known, defaults)}." if one.field else _ended(one) for one in remarks
    )


def facts(remarks: Iterable[Remark], behind: str = "") -> tuple[str, ...]:
    """Remarks about a line of which nothing becomes a row, or `behind` what they say where they are about a field."""
    return tuple(f"{one.fact}; {behind}." if behind and one.field else _ended(one) for one in remarks)


def _ended(one: Remark) -> str:
    return one.fact if one.fact.endswith(".") else f"{one.fact}."


def _becomes(
    one: Remark, values: Mapping[str, Any], known: Mapping[str, Any] | None, defaults: Mapping[str, Any]
) -> str:
    if one.field in values:
        return f"{one.label} comes from another cell"
    if known is not None:
        stored = known.get(one.field)
        if stored is None or stored in ("", ()):
            return f"{one.label} stays empty"
        return f"{one.label} stays {shown(stored)}" if not isinstance(stored, tuple) else f"{one.label} stays as it is"
    usual = defaults.get(one.field)
    return f"{one.label} left empty" if usual is None or usual == "" else f"{one.label} becomes {shown(usual)}"


def by_reason(kind: Kind, said: Iterable[tuple[int, str]]) -> list[Told]:
    """Sentences of single lines put together where they say the same; what one line alone says is left out of it."""
    lines: dict[str, list[int]] = {}
    exact: dict[str, dict[str, None]] = {}
    words: dict[str, list[str]] = {}
    for line, sentence in said:
        reason = sentence
        for pattern, instead in _ONE_LINE_ONLY:
            reason = pattern.sub(instead, reason)
        lines.setdefault(reason, []).append(line)
        exact.setdefault(reason, {})[sentence] = None
        words.setdefault(reason, []).append(word[1] if (word := _WORD.search(sentence)) else "")
    return [
        Told(kind, next(iter(exact[reason])), tuple(where))
        if len(exact[reason]) == 1
        else Told(kind, reason, tuple(where), tuple(words[reason]))
        for reason, where in lines.items()
    ]


def counted(told: Iterable[Told]) -> str:
    """How much is told, by kind: “3 left out · 4 not understood · 2 changed”; empty where nothing is."""
    sums: dict[Kind, int] = {"left out": 0, "not understood": 0, "changed": 0, "hidden": 0, "noted": 0}
    for one in told:
        sums[one.kind] += len(one.lines) or one.count
    return " · ".join(f"{number:,} {kind}" for kind, number in sums.items() if number)

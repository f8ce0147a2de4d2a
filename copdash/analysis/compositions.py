"""Who is in a list and who is missing: counts by group, helix and scale, and how diverse they are.

Every expected value is counted, those with nobody too. «Not set» is no value: it has a count of its own and takes no
part in shares and diversity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from copdash import words
from copdash.models import Group, Helix, Membership, Scale

WATER, TECHNOLOGY, RESEARCH = "Water industry", "Technology providers", "Research"
END_USERS, OTHER, POLICY = "End users", "Other sectors", "Policy"

NEXTGEN: dict[str, float] = {
    WATER: 0.15,
    TECHNOLOGY: 0.09,
    RESEARCH: 0.21,
    END_USERS: 0.22,
    OTHER: 0.11,
    POLICY: 0.22,
}
"""Shares of the about 300 people in the 37 CoP meetings of NextGen, by the six sectors it counted (domain.md)."""

SECTORS: dict[str, str] = {
    Group.END_USERS: END_USERS,
    Group.TECHNOLOGY_PROVIDERS: TECHNOLOGY,
    Group.UTILITIES: WATER,
    Group.INDUSTRY_AGRICULTURE: OTHER,
    Group.INDUSTRY_ENERGY: OTHER,
    Group.INDUSTRY_WATER: WATER,
    Group.INDUSTRY_OTHER: OTHER,
    Group.REGULATORS: POLICY,
    Group.AUTHORITIES: POLICY,
    Group.RESEARCHERS: RESEARCH,
    Group.CIVIL_SOCIETY: OTHER,
}
"""Our groups as NextGen counted: who makes rules is policy, who supplies or treats water the water industry. Civil
society had no share of its own there and is with the other sectors."""

EXPECTED: dict[str, list[str]] = {
    "group": Group.values(),
    "helix": Helix.values(),
    "scale": Scale.values(),
    "sector": list(NEXTGEN),
}
"""Every value that somebody should stand for, by dimension."""

WORDS: dict[str, tuple[str, str]] = {
    "group": ("group", "groups"),
    "helix": ("part of the helix", "parts of the helix"),
    "scale": ("scale", "scales"),
    "sector": ("sector", "sectors"),
}

CORE = (Membership.CORE.value, Membership.ACTIVE.value)
"""Who is a CoP member in any case; peripheral and invited ones are counted by choice."""


class Placed(Protocol):
    """Whatever has a group, a helix, a scale and a membership: a row of `models.Stakeholder`, for one."""

    @property
    def group(self) -> str:
        """Stakeholder group; empty for not set."""

    @property
    def helix(self) -> str:
        """Part of the quadruple helix; empty for not set."""

    @property
    def scale(self) -> str:
        """How far the remit reaches; empty for not set."""

    @property
    def membership(self) -> str:
        """Place in the CoP; empty for not set."""


Row = TypeVar("Row", bound=Placed)


@dataclass(frozen=True)
class Composition:
    """How many there are of each expected value (all are keys, in their order), and of whom it is not known."""

    dimension: str
    counts: dict[str, int]
    not_set: int = 0

    @property
    def known(self) -> int:
        """Those whose value is known."""
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        """All of them."""
        return self.known + self.not_set

    @property
    def shares(self) -> dict[str, float] | None:
        """Share of each value among those that are known, 0-1; None where nothing is known."""
        known = self.known
        return {name: count / known for name, count in self.counts.items()} if known else None

    @property
    def missing(self) -> list[str]:
        """The values that nobody stands for."""
        return [name for name, count in self.counts.items() if not count]

    @property
    def diversity(self) -> float | None:
        """Blau's index of those that are known; see `blau`."""
        return blau(self.counts.values())

    def with_one(self, value: str, *, more: int = 1) -> Composition:
        """The same with one more (or, -1, one less) of a value; an empty or strange value is «not set»."""
        if value in self.counts:
            return replace(self, counts={**self.counts, value: max(self.counts[value] + more, 0)})
        return replace(self, not_set=max(self.not_set + more, 0))


@dataclass(frozen=True)
class Spread:
    """How large a share is elsewhere, 0-1: its mean, and the smallest and largest."""

    mean: float
    least: float
    most: float


def blau(counts: Iterable[float]) -> float | None:
    """Blau's index of diversity, 1 - sum(p^2): 0 where all are alike, (k-1)/k for k values of the same size.

    The chance that two picked at random, the first put back, are of different kinds. None where there is nobody.
    Source: Blau, Inequality and Heterogeneity, 1977.
    """
    sizes = list(counts)
    whole = sum(sizes)
    return 1 - sum((size / whole) ** 2 for size in sizes) if whole else None


def value_of(row: Placed, dimension: str) -> str:
    """Where a row stands in a dimension; empty for not set."""
    return SECTORS.get(row.group, "") if dimension == "sector" else str(getattr(row, dimension))


def composed(rows: Iterable[Placed], dimension: str) -> Composition:
    """Counts of these rows in one of the dimensions of `EXPECTED`; a word that is not expected counts as not set."""
    tally = Counter(value_of(row, dimension) for row in rows)
    counts = {value: tally.pop(value, 0) for value in EXPECTED[dimension]}
    return Composition(dimension, counts, tally.total())


def members(rows: Iterable[Row], *, also: Collection[str] = ()) -> list[Row]:
    """The core and active members of the CoP, and those of the memberships named by `also`."""
    return [row for row in rows if row.membership in CORE or row.membership in also]


def spreads(others: Iterable[Composition]) -> dict[str, Spread]:
    """Each value's share in other case studies; those of which nothing is known are left out. Empty for none."""
    found = [composition.shares for composition in others if composition.shares is not None]
    if not found:
        return {}
    return {
        value: Spread(sum(held) / len(held), min(held), max(held))
        for value in found[0]
        for held in [[shares[value] for shares in found]]
    }


# ---- in words -------------------------------------------------------------------------------------------------------


def sentence(found: Composition, where: str) -> str:
    """What the diversity means, to be said aloud; `where` is such as «the CoP»."""
    one, many = WORDS[found.dimension]
    diversity = found.diversity
    if not found.total:
        return f"There is nobody in {where} yet."
    if diversity is None:
        return f"Of nobody in {where} the {one} is known yet, so nothing can be said of its diversity."
    if diversity == 0:
        only = next(name for name, count in found.counts.items() if count)
        return f"Everybody in {where} whose {one} is known is of the same one: {only}."
    return (
        f"Pick two from {where} by chance: {round(100 * diversity)} times in 100 they are from different {many} "
        f"(Blau {diversity:.2f})."
    )


def who_is_missing(found: Composition, where: str) -> str:
    """Who is missing, by name."""
    one, _ = WORDS[found.dimension]
    if not found.total:
        return f"There is nobody in {where} yet."
    if not found.missing:
        return f"Every {one} has somebody in {where}."
    if len(found.missing) == len(found.counts):
        return f"Nobody in {where} has a {one} yet."
    return f"Nobody in {where} stands for {words.listed(found.missing)}."


def step(before: Composition, after: Composition) -> str:
    """What a choice changes: «Diversity 0.74 → 0.78: regulators join»; empty where it changes nothing that is known."""
    names = [name for name in after.counts if after.counts[name] != before.counts[name]]
    if not names:
        return ""
    parts = []
    for name in names:
        was, now = before.counts[name], after.counts[name]
        if not was:
            parts.append(f"{_low(name)} {words.verb(_many(name), 'joins')}")
        elif not now:
            parts.append(f"{_low(name)} {words.verb(_many(name), 'is')} gone")
        else:
            parts.append(f"{_low(name)}, {was} → {now}")
    if before.diversity is None:
        return f"{'; '.join(parts)}: the first of the CoP"
    return f"Diversity {number(before.diversity)} → {number(after.diversity)}: {'; '.join(parts)}"


def number(diversity: float | None) -> str:
    """A diversity as it is shown, with two places; a dash for none."""
    return "–" if diversity is None else f"{diversity:.2f}"


def table(
    here: Mapping[str, Composition], elsewhere: Mapping[str, Spread], dimension: str
) -> list[dict[str, str | int | None]]:
    """The picture as lines of text and numbers, a line a value: counts and shares of each of `here`, then the rest."""
    lines: list[dict[str, str | int | None]] = []
    for value in [*EXPECTED[dimension], "Not set"]:
        line: dict[str, str | int | None] = {WORDS[dimension][0].capitalize(): value}
        for name, found in here.items():
            line[name] = found.counts.get(value, found.not_set)
            line[f"{name}, share"] = percent((found.shares or {}).get(value))
        if dimension == "sector":
            line["NextGen"] = percent(NEXTGEN.get(value))
        if elsewhere:
            spread = elsewhere.get(value)
            line["Other case studies, mean"] = percent(spread.mean if spread else None)
            line["Other case studies, from-to"] = (
                f"{percent(spread.least)} to {percent(spread.most)}" if spread else "–"
            )
        lines.append(line)
    return lines


def percent(share: float | None) -> str:
    """A share in whole percent; a dash for none."""
    return "–" if share is None else f"{round(100 * share)} %"


def _many(name: str) -> int:
    return 2 if name.endswith("s") else 1


def _low(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]

"""Which stakeholders may be the same one: names and organisations compared, accents and legal forms folded away.

A score is 0-100. It is a reason to ask a person, never to merge by itself.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from rapidfuzz import fuzz, process

from copdash import words
from copdash.models import Kind, Scale

LIKELY = 80.0
"""From this score on a pair is worth a question.

Two of three words alike and nothing to the contrary («Water board», «Water board Delfland») score 80, as does the same
person with the first name shortened. A word on either side that the other lacks («North water board», «South water
board») scores 60, two persons of one name at different organisations 85.
"""

_WORTH_A_LOOK = 50
"""Letter by letter at least this alike, or no closer look is taken."""
_AT_ONCE = 100
_ELSEWHERE = 60
"""Organisations less alike than this are two."""
_SAME_WORD = 85
"""Two words are the same with a slip in it: «utility» and «utlity» (92), but not «water» and «waste» (80)."""

_LEGAL = frozenset(
    (
        "ag eg ehf ev gbr ggmbh gmbh kg kgaa mbh og ohg se stg ug verein "  # Germany, Austria, Switzerland
        "bv bvba coop cv cva cvba cvoa ivzw nv stichting ua vof vzw "  # the Netherlands, Belgium
        "aisbl asbl eurl gie sa sarl sas sasu sc sca scic scop scrl snc sprl "  # France, Belgium, Luxembourg
        "aie sal sau sccl sl sll slne slp slu lda sgps unipessoal "  # Spain, Portugal
        "ets sagl sapa scarl soc spa srl srls coopsociale "  # Italy, Romania
        "cic cio clg company co corporation dac inc incorporated limited llc llp lp lte ltd plc pty "  # Ireland, Malta
        "ab amba aps as asa asoy ekfor fmba hb kb ks oy oyj ps ry "  # Denmark, Sweden, Finland, Norway
        "ae aebe sae epe ike αε αεβε αμκε δημοσιααε εε επε ικε οε "  # Greece, Cyprus
        "bt doo dd eood jdoo kda kft kk kkt nyrt ops ou mtu pc rt sia sp spk spj spzoo sro uab vsi zrt zs "
        "ад дззд еад еоод оод сд"  # from Estonia to Bulgaria
    ).split()
)
"""Legal forms of the countries around the case studies; they tell nothing apart in a name."""
_BEFORE = frozenset(("cooperatie", "cooperatieve"))
"""Forms that tell nothing apart where a name begins with them, and are a word of the name elsewhere."""
_SPACED = (
    (re.compile(r"\bsp\.? ?z ?o\. ?o\b\.?|\bsp\.? ?z ?oo\b"), " spzoo "),
    (re.compile(r"\bs\. ?a\.? ?r\. ?l\b\.?"), " sarl "),
    (re.compile(r"\bges\.? ?m\.? ?b\.? ?h\b\.?"), " gmbh "),
    (re.compile(r"\b(?:s|soc)\.? coop\b\.?"), " coop "),
    (re.compile(r"\bek\.? for\b\.?"), " ekfor "),
    (re.compile(r"\bsp\. ?([kj])\b\.?"), r" sp\1 "),
)
"""Forms that are written as several words: Sp. z o.o., S.à r.l., Ges.m.b.H., S. Coop., ek. för., sp. k."""
_EMPTY = frozenset(
    "the of and for in at on to a an de del della dei degli delle di da d l la le les las los el il lo en et e y i und "
    "der die das des den dem von vom zu zur zum van het een voor och af og for med dr prof mr mrs ms ir ing dhr mevr "
    "herr frau".split()
)
_DOTTED = re.compile(r"\b(?:\w[./]\s?)+\w\b\.?")
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")


class Named(Protocol):
    """Whatever has a name and what is said of who bears it: a row of `models.Stakeholder`, for one."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def organisation(self) -> str:
        """Where a person belongs; empty for not set."""

    @property
    def kind(self) -> str:
        """Organisation, person or group; empty for not set."""

    @property
    def country(self) -> str:
        """Country; empty for not set."""

    @property
    def scale(self) -> str:
        """How far the remit reaches; empty for not set."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two rows, by their places in the lists that were given, and how alike they are, 0-100."""

    first: int
    second: int
    score: float


@dataclass(frozen=True, slots=True)
class _Folded:
    words: tuple[str, ...]
    alias: tuple[str, ...]
    """What stands in brackets in the name, which is often its abbreviation."""
    initials: str
    organisation: tuple[str, ...]
    kind: str
    country: str
    scale: str


def within(rows: Sequence[Named], *, least: float = LIKELY) -> list[Likeness]:
    """The pairs of one list that may be the same, most alike first; 500 rows take about a tenth of a second."""
    folded = [_fold(row) for row in rows]
    return _scored(folded, folded, ((a, b) for a, b in _candidates(folded, folded, least) if a < b), least)


def across(mine: Sequence[Named], others: Sequence[Named], *, least: float = LIKELY) -> list[Likeness]:
    """The pairs of a row of mine and one of the others that may be the same, most alike first.

    Where both name a country and these differ, a local, regional or national name is another stakeholder.
    """
    here, there = [_fold(row) for row in mine], [_fold(row) for row in others]
    return _scored(here, there, _candidates(here, there, least), least)


def score(one: Named, other: Named) -> float:
    """How alike two are, 0-100."""
    return _score(_fold(one), _fold(other))


@functools.lru_cache(maxsize=20_000)
def folded(text: str) -> tuple[str, ...]:
    """The words of a name that count: small letters without accents, no articles, titles and legal forms."""
    plain = words.folded(text)
    for form, short in _SPACED:
        plain = form.sub(short, plain)
    plain = _DOTTED.sub(lambda found: re.sub(r"[./\s]", "", found[0]), plain)
    every = [word for word in _WORD.findall(plain) if word not in _EMPTY]
    kept = [word for at, word in enumerate(every) if word not in _LEGAL and (at or word not in _BEFORE)]
    return tuple(kept or every[:1])


# ---- comparing ------------------------------------------------------------------------------------------------------


def _fold(row: Named) -> _Folded:
    inside = _BRACKETS.search(row.name)
    counting = folded(_BRACKETS.sub(" ", row.name)) or folded(row.name)
    return _Folded(
        counting,
        folded(inside[1]) if inside else (),
        "".join(word[0] for word in counting) if len(counting) > 2 else "",
        folded(row.organisation),
        row.kind,
        " ".join(folded(row.country)),
        row.scale,
    )


def _candidates(here: Sequence[_Folded], there: Sequence[_Folded], least: float) -> Iterator[tuple[int, int]]:
    """Pairs that deserve a closer look: alike in letters, one name inside the other, or one the other's initials."""
    if not here or not there:
        return
    found: set[tuple[int, int]] = set()
    mine, others = ([" ".join(sorted(row.words)) for row in rows] for rows in (here, there))
    for first in range(0, len(mine), _AT_ONCE):  # the whole matrix of 20,000 names would take 13 GB
        part = slice(first, first + _AT_ONCE)
        alike = process.cdist(mine[part], others, scorer=fuzz.ratio, score_cutoff=_WORTH_A_LOOK, dtype=np.uint8)
        alike[_numbered_apart(here[part], there, least)] = 0
        rows, columns = np.nonzero(alike)
        found.update(zip((rows + first).tolist(), columns.tolist(), strict=True))
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(there):
        for key in _keys(row):
            by_key[key].append(at)
    for at, row in enumerate(here):
        for key in _keys(row):
            found.update((at, other) for other in by_key[key])
    yield from found


def _numbered_apart(here: Sequence[_Folded], there: Sequence[_Folded], least: float) -> Any:
    """Pairs such as «Farm 12» and «Farm 13», as a matrix of yes and no: numbers bear no slip of the pen.

    Two words at least are without counterpart, so such a pair scores at most 90 (n - 2) / n for n words in all, and 5
    for the organisation; without this a list of 2,000 numbered names took a minute.
    """
    numbers: dict[frozenset[str], int] = {}
    columns: list[tuple[Any, Any, Any]] = []
    for rows in (here, there):
        digits = [frozenset(word for word in row.words if any(map(str.isdigit, word))) for row in rows]
        numbered = [numbers.setdefault(found, len(numbers)) for found in digits]
        counts = [0 if row.alias else len(found) for row, found in zip(rows, digits, strict=True)]
        columns.append((np.array(numbered), np.array(counts), np.array([len(row.words) for row in rows])))
    (which, many, length), (other_which, other_many, other_length) = columns
    both = length[:, None] + other_length[None, :]
    most = 90 * (both - 2) / np.maximum(both, 1) + 5
    alike_many = (many[:, None] == other_many[None, :]) & (many[:, None] > 0)
    return alike_many & (which[:, None] != other_which[None, :]) & (most < least)


def _keys(row: _Folded) -> Iterator[str]:
    """Names by which a row is found whatever its letters: its one word, its initials, what is in brackets."""
    yield from {"".join(row.words), "".join(row.alias), row.initials} - {""}


def _scored(
    here: Sequence[_Folded], there: Sequence[_Folded], pairs: Iterable[tuple[int, int]], least: float
) -> list[Likeness]:
    found = [Likeness(a, b, _score(here[a], there[b])) for a, b in pairs]
    return sorted((one for one in found if one.score >= least), key=lambda one: (-one.score, one.first, one.second))


def _score(one: _Folded, other: _Folded) -> float:
    alike = _names(one, other)
    if not alike:
        return 0.0
    if one.organisation and other.organisation:
        where = _words(one.organisation, other.organisation)
        alike += 5 if where >= LIKELY and alike < 100 else -15 if where < _ELSEWHERE else 0
    kinds = {one.kind, other.kind} - {""}
    if len(kinds) == 2:
        alike -= 25 if Kind.PERSON in kinds else 10
    elsewhere = one.country and other.country and one.country != other.country
    if elsewhere and Scale.EU not in (one.scale, other.scale):
        alike -= 25
    return float(min(max(round(alike), 0), 100))


def _names(one: _Folded, other: _Folded) -> float:
    best = _words(one.words, other.words)
    for first, second in ((one, other), (other, one)):
        if first.alias:
            best = max(best, _words(first.alias, second.alias or second.words) - 5)
        short = first.words[0] if len(first.words) == 1 else ""
        if len(short) > 2 and short == second.initials:
            best = max(best, 90.0)
    return best


def _words(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Share of the words that two names have in common, with slips of the pen, in any order."""
    if one == other or "".join(one) == "".join(other):
        return 100.0 if one else 0.0
    lacking = [word for word in one if word not in other]
    left = [word for word in other if word not in one]
    common = (len(one) + len(other) - len(lacking) - len(left)) / 2
    for word in lacking[:]:
        alike, best = max(((_word(word, known), known) for known in left), default=(0.0, ""))
        if alike:
            common += alike
            left.remove(best)
            lacking.remove(word)
    if not common:
        return 0.0
    shared = 200 * common / (len(one) + len(other))
    return shared * 0.9 if lacking and left else shared


@functools.lru_cache(maxsize=50_000)
def _word(one: str, other: str) -> float:
    """Whether two words are the same: 1 for yes, less for a slip of the pen or an initial, 0 for no."""
    if one == other:
        return 1.0
    if any(map(str.isdigit, one + other)):
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return 0.7 if one[0] == other[0] else 0.0
    if min(len(one), len(other)) < 3:
        return 0.0
    alike = float(fuzz.ratio(one, other))
    return alike / 100 if alike >= _SAME_WORD else 0.0

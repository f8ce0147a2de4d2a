"""How days, moments, counts and lists are said in English, and how names are folded for search and comparison.

The same for the boards: `scripts/make_words.py` writes the tables of this module into their JavaScript, and one list of
examples holds for both. Nothing here asks the machine's locale. A file writes days as ISO text, not as here.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
IRREGULAR = {"person": "people", "is": "are", "was": "were", "has": "have", "does": "do", "its": "their", "it": "them"}
"""What is not formed by the endings: several of a thing, and what several do."""

# ---- days -----------------------------------------------------------------------------------------------------------


def day(on: dt.date | None) -> str:
    """A day in few letters: «18 Mar 2027»; nothing for none."""
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}" if on else ""


def day_in_full(on: dt.date) -> str:
    """A day as it is said in a sentence: «18 March 2027»."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def span(first: dt.date, last: dt.date | None) -> str:
    """Two days: «18 Mar to 20 Mar 2027»; one day and one year are said once."""
    if last is None or first == last:
        return day(first)
    since = day(first).removesuffix(f" {last.year}")
    return f"{since} to {day(last)}"


def moment(at: dt.datetime, zone: dt.tzinfo) -> str:
    """A moment at a place: «18 Mar 2027 09:30»."""
    there = at.astimezone(zone)
    return f"{day(there)} {there.hour:02}:{there.minute:02}"


# ---- counts and lists -----------------------------------------------------------------------------------------------


def plural(count: int, noun: str) -> str:
    """The noun alone, for one or for several; of several words the last is bent: «case studies»."""
    if count == 1:
        return noun
    before, blank, word = noun.rpartition(" ")
    if word in IRREGULAR:
        several = IRREGULAR[word]
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        several = f"{word[:-1]}ies"
    elif word.endswith(("s", "x", "ch", "sh")):
        several = f"{word}es"
    else:
        several = f"{word}s"
    return f"{before}{blank}{several}"


def counted(count: int, noun: str) -> str:
    """How many there are: «1 tie», «1,200 stakeholders»."""
    return f"{count:,} {plural(count, noun)}"


def verb(count: int, word: str) -> str:
    """What one or several do: «crosses» and «cross», «is» and «are»."""
    if count == 1:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word.removesuffix("s")


def listed(names: Iterable[str], most: int | None = None, *, rest: str = "more") -> str:
    """Names in a sentence: «a, b and c»; beyond `most` the rest is counted, «a, b and 3 more», unless it is but one."""
    every = list(names)
    if most is not None and len(every) > most + 1:
        every = [*every[:most], f"{len(every) - most:,} {rest}"]
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else "".join(every)


def shortened(text: str, longest: int) -> str:
    """The text on one line, in at most this many letters; what is left out becomes an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


# ---- names as they are compared -------------------------------------------------------------------------------------

TWINS = {
    **dict.fromkeys("’‘‚‛ʼʻʹ´`′‵ˈ＇‹›", "'"),
    **dict.fromkeys("“”„‟«»″‶〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―−⁃﹘﹣－", "-"),
    # soft hyphen, zero widths, marks of direction and of byte order
    **dict.fromkeys("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e", ""),
    **dict.fromkeys("\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff", ""),
}
"""Signs that a word processor, a web page or a PDF writes for the plain ones, and signs that nobody sees."""
LETTERS = {
    **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"},
    **{"ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ς": "σ", "⁄": "/"},
}
"""Small letters that Unicode does not take apart, as they are typed where the keyboard has none."""
SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
"""How letters are written out where the keyboard has none; a search tries both, a comparison of names does not."""
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""Accents, as a class of a regular expression: of European letters, Hebrew and Arabic, where words are read without."""

_TWINS = str.maketrans(TWINS)
_PLAIN = str.maketrans({**TWINS, **LETTERS})
_SPELLED = str.maketrans(SPELLED)
_ACCENT = re.compile(f"[{MARKS}]")


@functools.lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """A name as one name: whatever its upper case, blanks, quotation marks, dashes and widths. Accents count."""
    plain = unicodedata.normalize("NFKC", name.translate(_TWINS)).casefold().translate(_TWINS)
    return " ".join(unicodedata.normalize("NFC", plain).split())


@functools.lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Text in small letters without accents: «København» is «kobenhavn», «Große Mühle» is «grosse muhle»."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN)).lower()
    return " ".join(_ACCENT.sub("", apart).translate(_PLAIN).split())


def spellings(text: str) -> tuple[str, ...]:
    """The text folded, and folded as it is written out where the keyboard lacks its letters: «muhle», «muehle»."""
    plain = folded(text)
    if text.isascii():
        return (plain,)
    out = folded(unicodedata.normalize("NFC", text).lower().translate(_SPELLED))
    return (plain,) if out == plain else (plain, out)


def finds(search: str, *texts: str) -> bool:
    """Whether every word of a search stands somewhere in these texts, in one of its spellings."""
    where = "\n".join(spelling for text in texts for spelling in spellings(text))
    return all(any(word in where for word in spellings(part)) for part in search.split())

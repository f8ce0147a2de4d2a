"""Which word of ours a word in English, German, Dutch, French, Spanish or Italian means: see vocabulary.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from copdash.models import Choice
from copdash.words import folded

CONNECTIVES = frozenset({"and", "und", "en", "et", "y", "e", "oder", "or", "of", "the", "du", "des", "del", "della"})


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """A word as it is compared: no case, accents, punctuation or connectives; `Städte & Räume` is `stadte raume`."""
    words = re.findall(r"\w+", folded(text).replace("_", " "))
    return " ".join(word for word in words if word not in CONNECTIVES) or " ".join(words)


def meaning(choices: type[Choice], text: str) -> str | None:
    """The word of our vocabulary that `text` means in one of the six languages, or None where it is not known.

    A remark in brackets is ignored when the whole is not known: `Government (city)` means Government.
    """
    known = known_words(choices)
    return known.get(normal(text)) or known.get(normal(re.sub(r"\(.*?\)|\[.*?\]", " ", text)))


def rating(text: str) -> str:
    """The rating from 0 to 10 that a word such as High, hoog or "M" usually stands for, or ""."""
    return _entry("Rating", text)


def strength(text: str) -> str:
    """The strength that a word such as strong or schwach usually stands for, or ""."""
    return _entry("Strength", text)


def _entry(section: str, text: str) -> str:
    word = normal(re.sub(r"\(.*?\)|\[.*?\]", " ", text))
    return next((value for value, listed in words_of("vocabulary.toml")[section].items() if word in listed), "")


@cache
def known_words(choices: type[Choice]) -> dict[str, str]:
    """Every known word, as `normal` writes it, and the word of ours that it means."""
    known: dict[str, str] = {}
    for value, listed in words_of("vocabulary.toml").get(choices.__name__, {}).items():
        for word in listed:
            known.setdefault(word, value)
    return {**known, **{normal(value): value for value in choices.values()}}


@cache
def words_of(file_name: str) -> dict[str, dict[str, list[str]]]:
    """The normalised words of a list beside this module: section, entry, words."""
    lists = tomllib.loads(resources.files(__package__).joinpath(file_name).read_text(encoding="utf-8"))
    return {
        section: {entry: [normal(word) for word in text.split("|")] for entry, text in entries.items()}
        for section, entries in lists.items()
    }

"""People's words on the screen: shown as they were typed, whatever Streamlit's Markdown would make of them."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")

_HARMLESS = ",;'\"%?"
"""Never markup. A label is read aloud with its escapes, so there should be no more of them than it takes."""
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in string.punctuation if sign not in _HARMLESS})
_HYPHEN = re.compile(r"(?<=\w)\\-(?=\w)")
_LINKS = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)|(?=@)|(?<=@)", re.IGNORECASE)
_JOINER = "\u2060"
"""Takes no room. Streamlit makes links of bare addresses after the escapes are gone; with this in them it does not."""


def as_typed(text: str) -> str:
    """Text for a place that takes Markdown (labels, toasts, tooltips), where nothing of it is markup; one line."""
    return _HYPHEN.sub("-", _LINKS.sub(_JOINER, " ".join(text.split())).translate(_ESCAPES))


def apart(labels: Mapping[Key, str]) -> dict[Key, str]:
    """Labels for a list to choose from, the second of two alike with a number: Streamlit chooses by label."""
    seen: Counter[str] = Counter()
    told: dict[Key, str] = {}
    for key, label in labels.items():
        seen[label] += 1
        told[key] = label if seen[label] == 1 else f"{label} ({seen[label]})"
    return told

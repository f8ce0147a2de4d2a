"""People's words on the screen: shown as they were typed, whatever Streamlit's Markdown would make of them."""

from __future__ import annotations

import re
import string

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

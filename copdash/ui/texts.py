"""People's words on the screen: shown as they were typed, whatever Streamlit's Markdown would make of them."""

from __future__ import annotations

import re
import string

_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in string.punctuation})
_LINKS = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)|(?=@)|(?<=@)", re.IGNORECASE)
_JOINER = "\u2060"
"""Takes no room. Streamlit makes links of bare addresses after the escapes are gone; with this in them it does not."""


def as_typed(text: str) -> str:
    """Text for a place that takes Markdown (labels, toasts, tooltips), where nothing of it is markup; one line."""
    return _LINKS.sub(_JOINER, " ".join(text.split())).translate(_ESCAPES)

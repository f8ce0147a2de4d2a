"""People's words on the screen: shown as they were typed, whatever Streamlit's Markdown would make of them."""

from __future__ import annotations

import string

_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in string.punctuation})


def as_typed(text: str) -> str:
    """Text for a place that takes Markdown (labels, toasts, tooltips), where nothing of it is markup; one line."""
    return " ".join(text.split()).translate(_ESCAPES)

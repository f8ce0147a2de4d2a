"""Which of our fields a heading of a foreign table names: one word or several, in one language or two, with its scale.

Words that only say that something is measured ("level", "score") and a scale in or behind the heading do not matter.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal

from copdash import fields
from copdash.exchange import meeting_cells, vocabulary

Subject = Literal["stakeholders", "relations", "meetings", "milestones"]

LABELS: Final[Mapping[Subject, Mapping[str, str]]] = {
    "stakeholders": {name: column.label for name, column in fields.STAKEHOLDER.items()},
    "relations": {
        "from": "From",
        "from_organisation": "From organisation",
        "to": "To",
        "to_organisation": "To organisation",
        **{name: column.label for name, column in fields.RELATION.items()},
    },
    "meetings": {**{name: column.label for name, column in fields.MEETING.items()}, **meeting_cells.LABELS},
    # «Milestone» instead of «Title» tells such a file from a roadmap.
    "milestones": {name: column.label for name, column in fields.MILESTONE.items()} | {"title": "Milestone"},
}
"""The fields of a file and the headings an export gives them, in the order of its columns."""

ALSO: Final[Mapping[Subject, Mapping[str, str]]] = {
    "stakeholders": {"first_name": "First name", "infix": "Between first and last name", "last_name": "Last name"},
    "relations": {},
    "meetings": {"uid": "Calendar UID"},
    "milestones": {"uid": "Calendar UID"},
}
"""Fields that only an import knows: the parts of a name make a name, and a foreign id says which row it is."""

SCALE: Final = re.compile(
    r"[(\[,:]?\s*(?:scale|scala|Skala|schaal|échelle|escala)?\s*"
    r"(?P<low>-?\d{1,3})\s*(?:-|–|—|\.\.|…|to|bis|tot|à|a|/|=[^)\]]*?[,;]?)\s*(?P<high>\d{1,3})\b[^)\]]*[)\]]?\s*$",
    re.IGNORECASE,
)
"""A scale in or behind a heading: "Power (1-5)", "Macht 0 bis 100", "Interest [1 = low, 5 = high]"."""

_REMARK = re.compile(r"\(.*?\)|\[.*?\]|^\s*\d+[.)]|%")
_APART = re.compile(r"\s*[/|\n(\[)\]]\s*|\s+[-–—]\s+")
_MEASURES = frozenset(
    vocabulary.normal(word)
    for word in (
        "level score rating value degree grade points estimate stakeholder actor Grad Stufe Niveau Wert Bewertung "
        "Punkte Höhe Einschätzung Akteur mate graad waarde inschatting niveau degré valeur acteur nivel grado valor "
        "puntuación livello valore punteggio punti attore"
    ).split()
)


def offered(subject: Subject) -> dict[str, str]:
    """The fields a person may give to a column by hand, with their labels."""
    return {**LABELS[subject], **ALSO[subject]}


def exact_field(subject: Subject, heading: str) -> str | None:
    """The field that a heading names in one of six languages, or in two of them, or None."""
    known = _known(subject)
    for text in (heading, _REMARK.sub(" ", heading), SCALE.sub(" ", heading)):
        if (word := vocabulary.normal(text)) in known:
            return known[word]
        measured = " ".join(part for part in word.split() if part not in _MEASURES)
        if measured in known:
            return known[measured]
    parts = [vocabulary.normal(SCALE.sub(" ", part)) for part in _APART.split(heading) if part]
    found = {known[part] for part in parts if part in known}
    return found.pop() if len(found) == 1 and len(parts) > 1 else None


def likely_field(subject: Subject, heading: str) -> str | None:
    """Like `exact_field`, and also for a heading with a typing mistake."""
    word = vocabulary.normal(heading)
    if len(word) < 6 or len(word) > 60:
        return exact_field(subject, heading)
    close = difflib.get_close_matches(word, _known(subject), n=1, cutoff=0.87)
    return exact_field(subject, heading) or (_known(subject)[close[0]] if close else None)


@cache
def _known(subject: Subject) -> dict[str, str]:
    known: dict[str, str] = {vocabulary.normal(label): name for name, label in offered(subject).items()}
    for name, listed in vocabulary.words_of("headers.toml")[subject].items():
        for word in listed:
            known.setdefault(word, name)
    return known

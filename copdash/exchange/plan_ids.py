"""By which row of ours a meeting of a foreign plan is known: a second file changes it and adds no other.

A foreign id makes the id of the row, for each case study another one, so nothing has to be kept beside it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from copdash.errors import Invalid
from copdash.models import Certainty

_PLANS = uuid.UUID("0d1c7f5e-5c0f-4a43-9a3c-64d2a9d0f0b7")
_OWN = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@copdash")

_KNOWN_BETTER: Mapping[str, frozenset[str]] = {
    Certainty.CONFIRMED.value: frozenset({Certainty.HELD.value}),
    Certainty.TENTATIVE.value: frozenset({Certainty.PLANNED.value, Certainty.HELD.value}),
}
"""What a calendar says has fewer words than ours: which of ours stay when it says this one."""

Stored = Mapping[str, Any]


def of_uid(case_study_id: uuid.UUID, uid: str) -> uuid.UUID:
    """The id that a row of this case study gets for a foreign one."""
    return uuid.uuid5(_PLANS, f"{case_study_id}/{uid}")


class Known:
    """The stored rows by the ids that files may have for them. Each is given out once."""

    def __init__(self, case_study_id: uuid.UUID, stored: Iterable[Stored]) -> None:
        self._case_study_id = case_study_id
        self._rows = {row["id"]: row for row in stored}
        self._gone = {
            uuid.UUID(line.partition(" ")[0]): row
            for row in self._rows.values()
            for line in str(row.get("merged_from") or "").splitlines()
        }
        self._taken: set[uuid.UUID] = set()

    def find(self, uid: str) -> tuple[uuid.UUID, Stored | None]:
        """The id that this foreign one has here, and the row if there is one.

        Raises `Invalid` where the file has it twice, and where another meeting has taken it in.
        """
        own, made = _OWN.fullmatch(uid), of_uid(self._case_study_id, uid)
        ids = [*([uuid.UUID(own[1])] if own else []), made]
        for row_id in ids:
            if row_id in self._gone:
                raise Invalid(f"It has been merged into “{self._gone[row_id]['title']}” here.")
        found = next((row_id for row_id in ids if row_id in self._rows), made)
        if found in self._taken:
            raise Invalid("This is in the file twice; the first one counts.")
        self._taken.add(found)
        return found, self._rows.get(found)


def settle(values: dict[str, Any], known: Stored) -> None:
    """Leave out a certainty that says less than the one that is known."""
    if known.get("certainty") in _KNOWN_BETTER.get(values.get("certainty", ""), ()):
        values.pop("certainty")

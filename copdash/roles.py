"""Who acts, and the roles."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from copdash.models import Role


@dataclass(frozen=True)
class Actor:
    """The person behind a change; `id` is the identity of the browser."""

    id: uuid.UUID
    name: str
    role: Role


PROGRAM = Actor(uuid.UUID(int=0), "COPDash", Role.KWR)
"""Acts where nobody in the room does: example data, first network positions."""

EDITORS = frozenset({Role.LEADER, Role.KWR})

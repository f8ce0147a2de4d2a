"""Who acts, the roles, and what each may do."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from copdash.models import Role

_PROGRAM = uuid.UUID(int=0)


@dataclass(frozen=True)
class Actor:
    """Whoever is behind a change; `id` is the identity of the browser.

    The program's role is the program's alone: raises ValueError for anybody else in it.
    """

    id: uuid.UUID
    name: str
    role: Role

    def __post_init__(self) -> None:
        if self.role is Role.PROGRAM and self.id != _PROGRAM:
            raise ValueError("Nobody but the program itself has its role")


PROGRAM = Actor(_PROGRAM, "COPDash", Role.PROGRAM)
"""Acts where nobody in the room does: example data, first network positions. Older logs call its role KWR, so whoever
asks a log what people did asks by `id`, too."""

GUEST = Actor(uuid.UUID(int=1), "Guest", Role.VIEWER)
"""Whoever has not said yet who they are."""

SIDES = frozenset({Role.LEADER, Role.KWR})
"""The two between whom a roadmap goes to and fro until both agree; the program is on neither side."""

EDITORS = SIDES | {Role.PROGRAM}
"""Those who may change things."""

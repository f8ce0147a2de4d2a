"""Who looks: what a session that reads may show is fixed by the eye that it is opened with.

An eye is stated each time; there is none by default, so nobody sees names because nobody thought of it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from copdash import roles
from copdash.models import Role
from copdash.roles import Actor


@dataclass(frozen=True)
class Eye:
    """Somebody who looks: who (None before they said so), as what, and whether names are hidden from them."""

    person_id: uuid.UUID | None
    role: Role
    names_hidden: bool


PROGRAM = Eye(roles.PROGRAM.id, roles.PROGRAM.role, names_hidden=False)
"""The program's own eye sees the truth: at the start, in checks, for numbers and ids. What it read is for no screen."""


def of(actor: Actor, *, names_hidden: bool) -> Eye:
    """The eye of a person; `names_hidden` where their screen shows pseudonyms."""
    known = actor.id != roles.GUEST.id
    return Eye(actor.id if known else None, actor.role, names_hidden)

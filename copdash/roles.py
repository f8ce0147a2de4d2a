"""Who acts, and what each role may do. Checked in the verb, because a fragment rerun skips the top of the page."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from copdash.errors import NotAllowed
from copdash.models import Role

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Actor:
    """The person behind a change; `id` is the identity of the browser."""

    id: uuid.UUID
    name: str
    role: Role


PROGRAM = Actor(uuid.UUID(int=0), "COPDash", Role.KWR)
"""Acts where nobody in the room does: example data, first network positions."""

EDITORS = frozenset({Role.LEADER, Role.KWR})

RULES: dict[str, frozenset[Role]] = {}
"""Every verb and the roles that may use it."""


def verb(
    may: frozenset[Role],
) -> Callable[[Callable[Concatenate[Session, P], R]], Callable[Concatenate[Session, P], R]]:
    """A function that changes the store: refuses (`NotAllowed`) an actor whose role may not use it."""

    def rule(change: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
        RULES[f"{change.__module__}.{change.__qualname__}"] = may

        @functools.wraps(change)
        def checked(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
            actor = acting(session)
            if actor.role not in may:
                raise NotAllowed(
                    "You are looking on as a viewer. To change things, open «You» at the bottom of the menu "
                    "and choose another role."
                )
            return change(session, *args, **kwargs)

        return checked

    return rule


def acting(session: Session) -> Actor:
    """The actor of a writing session; raises `NotAllowed` for a session that only reads."""
    actor = session.info.get("actor")
    if not isinstance(actor, Actor):
        raise NotAllowed("Changes need a writing session.")
    return actor

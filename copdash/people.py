"""People: who is at which browser. A browser is known by a token in its cookie; the store keeps only the digest."""

from __future__ import annotations

import hashlib

from sqlmodel import Session, select

from copdash.errors import Invalid
from copdash.fields import Column
from copdash.models import Person, Role
from copdash.roles import Actor
from copdash.verbs import verb

COOKIE = "copdash_browser"
"""The HttpOnly cookie that holds a browser's token."""

_NAME = Column("name", "Your name", required=True)
_ROLE = Column("role", "Role", "choice", Role, required=True)


def digest(token: str) -> str:
    """What the store keeps of a browser's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@verb(frozenset(Role), "introduced", with_names_hidden=True, undoable=False)
def introduce(session: Session, *, token: str, name: str, role: str) -> Person:
    """Keep who is at this browser, as they say. Raises `Invalid`."""
    clean_name = _NAME.clean(name)
    if len(clean_name) > 80:
        raise Invalid("Your name: shorten it to 80 characters.")
    person = session.exec(select(Person).where(Person.token_digest == digest(token))).first()
    if person is None:
        person = Person(token_digest=digest(token))
    person.name, person.role = clean_name, _ROLE.clean(role)
    session.add(person)
    return person


def at(session: Session, token: str) -> Actor | None:
    """Who is at this browser; None until they have said so."""
    statement = select(Person.id, Person.name, Person.role).where(Person.token_digest == digest(token))
    found = session.exec(statement).first()  # asked several times in each run: columns, as a whole row takes longer
    return Actor(found[0], found[1], Role(found[2])) if found else None

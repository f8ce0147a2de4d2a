"""Who is at a browser."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlmodel import Field

from copdash.models.columns import Base, key, some_text
from copdash.models.words import Role


class Person(Base, table=True):
    """Who is at a browser. The browser holds a token in an HttpOnly cookie; here is its digest."""

    __tablename__ = "person"

    id: uuid.UUID = key()
    token_digest: str = Field(sa_column=sa.Column(sa.Text, unique=True, nullable=False))
    name: str = some_text()
    role: str = Field(default=Role.VIEWER.value, sa_type=sa.Text)

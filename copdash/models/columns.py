"""What every table is made of: one base, moments, and the kinds of columns."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from copdash.models.words import Choice


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """A moment: goes in with a time zone, is stored and comes back as UTC. A naive one raises `ValueError`."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """Refuse what has no zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment needs a time zone")
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """SQLite forgets the zone; it was UTC."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or dt.UTC).astimezone(dt.UTC)


_METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(SQLModel, registry=registry(metadata=_METADATA)):
    """Own registry: with SQLModel's shared one a hot reload says «Table already defined»."""


def key() -> Any:
    """The UUID that is a row's key; it stays the same wherever the row travels."""
    return Field(default_factory=uuid.uuid4, primary_key=True)


def refers_to(table: str, *, nullable: bool = False) -> Any:
    """A foreign key that is checked at commit, because nothing orders our flushes; it never cascades."""
    to = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    column = sa.Column(sa.Uuid, to, nullable=nullable, index=True)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


def some_text() -> Any:
    """Empty text is «not set»; also where a migration adds the column to rows that are there."""
    return Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""})


def chosen(default: Choice) -> Any:
    """A word from a list that is never empty; rows that are there get this one."""
    return Field(default=default.value, sa_type=sa.Text, sa_column_kwargs={"server_default": default.value})

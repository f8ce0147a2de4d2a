"""The change log: what a person did, and what that changed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from copdash.models.columns import Base, Moment, some_text
from copdash.models.words import GestureState


class Gesture(Base, table=True):
    """The head of the change log: one thing a person did, in one transaction.

    `state` is one of `GestureState`. `digest` is that of what a browser sent, empty for all others: the same id with
    another content is another gesture. `turn` orders the undo and redo stacks: the number of the gesture that last did
    or undid this one.
    """

    __tablename__ = "gesture"

    number: int | None = Field(default=None, primary_key=True)
    id: uuid.UUID = Field(sa_column=sa.Column(sa.Uuid, unique=True, nullable=False))
    case_study_id: uuid.UUID | None = Field(default=None, index=True)
    actor_id: uuid.UUID = Field(index=True)
    actor_name: str = some_text()
    actor_role: str = some_text()
    at: dt.datetime = Field(sa_type=Moment)
    name: str = some_text()
    summary: str = some_text()
    reverts_id: uuid.UUID | None = None
    state: str = Field(default=GestureState.DONE.value, sa_type=sa.Text)
    turn: int = 0
    digest: str = some_text()


class Change(Base, table=True):
    """One entry of the change log. `field` is empty where a whole row came (`before` None) or went (`after` None)."""

    __tablename__ = "change"
    __table_args__ = (
        sa.Index("ix_change_case_study_id_number", "case_study_id", "number"),
        sa.Index("ix_change_subject_id_number", "subject_id", "number"),
    )

    number: int | None = Field(default=None, primary_key=True)
    gesture_id: uuid.UUID = Field(index=True)
    case_study_id: uuid.UUID | None = None
    subject: str = some_text()
    subject_id: uuid.UUID
    field: str = some_text()
    before: Any = Field(default=None, nullable=True, sa_type=sa.JSON(none_as_null=True))
    after: Any = Field(default=None, nullable=True, sa_type=sa.JSON(none_as_null=True))

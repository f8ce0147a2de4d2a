"""Ties between stakeholders."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import Field

from copdash.models.columns import Base, key, refers_to, some_text
from copdash.models.words import RelationType, TieStatus


class Relation(Base, table=True):
    """A tie between two stakeholders of one case study; strength 1-3. `since` and `until` are days, both included."""

    __tablename__ = "relation"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    from_id: uuid.UUID = refers_to("stakeholder")
    to_id: uuid.UUID = refers_to("stakeholder")
    type: str = Field(default=RelationType.INFORMATION.value, sa_type=sa.Text)
    directed: bool = True
    strength: int = 1
    status: str = Field(
        default=TieStatus.EXISTING.value, sa_type=sa.Text, sa_column_kwargs={"server_default": TieStatus.EXISTING.value}
    )
    evidence: str = some_text()
    since: dt.date | None = None
    until: dt.date | None = None

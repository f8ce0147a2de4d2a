"""Milestones of the project, and the meetings that prepare them."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import Field

from copdash.models.columns import Base, key, refers_to, some_text
from copdash.models.words import MilestoneKind


class Milestone(Base, table=True):
    """A date of the project in the background of a roadmap."""

    __tablename__ = "milestone"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    title: str = some_text()
    kind: str = Field(default=MilestoneKind.TECHNICAL.value, sa_type=sa.Text)
    due_on: dt.date | None = None


class Contribution(Base, table=True):
    """A meeting prepares a milestone."""

    __tablename__ = "contribution"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "milestone_id"),)

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    meeting_id: uuid.UUID = refers_to("meeting")
    milestone_id: uuid.UUID = refers_to("milestone")

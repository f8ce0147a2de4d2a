"""Meetings of a roadmap, and who is invited to them."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import Field

from copdash.models.columns import Base, key, refers_to, some_text
from copdash.models.words import Certainty, MeetingKind, Part


class Meeting(Base, table=True):
    """One meeting of a roadmap. Days are whole days at the case study's place; without a start it is unscheduled.

    Meetings with the same `series_id` are one series; it is no foreign key. `merged_from` names the meetings that this
    one took in, a line «id title» each, so that their histories can be read.
    """

    __tablename__ = "meeting"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    title: str = some_text()
    kind: str = Field(default=MeetingKind.COP_MEETING.value, sa_type=sa.Text)
    theme: str = some_text()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    certainty: str = Field(default=Certainty.TENTATIVE.value, sa_type=sa.Text)
    format: str = some_text()
    place: str = some_text()
    link: str = some_text()
    language: str = some_text()
    moderator: str = some_text()
    organiser: str = some_text()
    note_taker: str = some_text()
    goals: str = some_text()
    questions: str = some_text()
    expected_outcomes: str = some_text()
    day_starts_at: str = some_text()
    evaluation: str = some_text()
    follow_up: str = some_text()
    moved_because: str = some_text()
    series_id: uuid.UUID | None = Field(default=None, index=True)
    merged_from: str = some_text()


class Invitation(Base, table=True):
    """A stakeholder who is invited to a meeting; `attended` once somebody noted that they came."""

    __tablename__ = "invitation"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "stakeholder_id"),)

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    meeting_id: uuid.UUID = refers_to("meeting")
    stakeholder_id: uuid.UUID = refers_to("stakeholder")
    role: str = Field(
        default=Part.PARTICIPANT.value, sa_type=sa.Text, sa_column_kwargs={"server_default": Part.PARTICIPANT.value}
    )
    attended: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})

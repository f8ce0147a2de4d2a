"""Maps as they were on one day."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlmodel import Field

from copdash.models.columns import Base, Moment, key, refers_to, some_text


class Version(Base, table=True):
    """A map of stakeholders and ties as it was on one day, frozen under a name.

    `content` is JSON as text (`copdash.versions` says what is in it); it never changes. `frozen_at` is the moment that
    it shows. The meeting is what it was frozen after, if any.
    """

    __tablename__ = "version"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    title: str = some_text()
    occasion: str = some_text()
    meeting_id: uuid.UUID | None = refers_to("meeting", nullable=True)
    frozen_at: dt.datetime = Field(sa_type=Moment)
    content: str = some_text()

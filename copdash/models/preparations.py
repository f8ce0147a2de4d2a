"""Tasks around a meeting."""

from __future__ import annotations

import datetime as dt
import uuid

from copdash.models.columns import Base, key, refers_to, some_text


class Preparation(Base, table=True):
    """A task that has to be done before a meeting, or after it."""

    __tablename__ = "preparation"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    meeting_id: uuid.UUID = refers_to("meeting")
    title: str = some_text()
    owner: str = some_text()
    due_on: dt.date | None = None
    done_on: dt.date | None = None

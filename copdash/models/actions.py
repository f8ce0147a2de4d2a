"""What somebody means to do."""

from __future__ import annotations

import datetime as dt
import uuid

from copdash.models.columns import Base, key, refers_to, some_text


class Action(Base, table=True):
    """What somebody means to do; done when it has a day on which it was done.

    It is about a stakeholder, came out of a call, or both.
    """

    __tablename__ = "action"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    stakeholder_id: uuid.UUID | None = refers_to("stakeholder", nullable=True)
    meeting_id: uuid.UUID | None = refers_to("meeting", nullable=True)
    call_id: uuid.UUID | None = refers_to("call", nullable=True)
    title: str = some_text()
    owner: str = some_text()
    due_on: dt.date | None = None
    done_on: dt.date | None = None

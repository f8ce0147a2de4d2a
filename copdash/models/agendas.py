"""Agendas of meetings, block by block."""

from __future__ import annotations

import uuid

from copdash.models.columns import Base, key, refers_to, some_text


class AgendaBlock(Base, table=True):
    """One block of a meeting's agenda; `minutes` is how long it takes, `position` its place in the day."""

    __tablename__ = "agenda_block"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    meeting_id: uuid.UUID = refers_to("meeting")
    position: int = 0
    minutes: int = 0
    activity: str = some_text()
    method: str = some_text()
    lead: str = some_text()
    material: str = some_text()

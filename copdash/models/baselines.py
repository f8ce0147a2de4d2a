"""Roadmaps as they were agreed."""

from __future__ import annotations

import uuid

from copdash.models.columns import Base, key, refers_to, some_text


class Baseline(Base, table=True):
    """A roadmap as it was agreed. `agreed_at` is a moment as ISO text in UTC; `content` is JSON, a list of meetings."""

    __tablename__ = "baseline"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    title: str = some_text()
    agreed_at: str = some_text()
    content: str = some_text()

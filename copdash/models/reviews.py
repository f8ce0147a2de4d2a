"""Comments on a roadmap and on what is in it."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlmodel import Field

from copdash.models.columns import Base, key, refers_to, some_text
from copdash.models.words import About


class Comment(Base, table=True):
    """One comment of a thread. The first one's id is the thread's, and it alone carries the thread's state.

    `about_key` names what the thread is about: the id of a meeting or stakeholder, or a check's key. It is no foreign
    key: a thread outlives what it is about. `written_at` is a moment as ISO text in UTC.
    """

    __tablename__ = "comment"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    thread_id: uuid.UUID = Field(index=True)
    about: str = Field(default=About.ROADMAP.value, sa_type=sa.Text)
    about_key: str = some_text()
    text: str = some_text()
    state: str = some_text()
    author_name: str = some_text()
    author_role: str = some_text()
    written_at: str = some_text()

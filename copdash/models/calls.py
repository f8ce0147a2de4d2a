"""One-on-one calls, and what was said in them."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlmodel import Field

from copdash.models.columns import Base, Moment, key, refers_to, some_text


class Call(Base, table=True):
    """A one-on-one call about a case study, between its leader and KWR; over when it has an end.

    `people` are those who spoke, as text.
    """

    __tablename__ = "call"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    people: str = some_text()
    begun_at: dt.datetime = Field(sa_type=Moment)
    ended_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class Note(Base, table=True):
    """What was said in a call, one row a sentence or two. A note that becomes an action is an action, and gone here."""

    __tablename__ = "note"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    call_id: uuid.UUID = refers_to("call")
    text: str = some_text()
    author_name: str = some_text()
    written_at: dt.datetime = Field(sa_type=Moment)

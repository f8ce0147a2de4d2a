"""What was decided of stakeholders that look alike."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlmodel import Field

from copdash.models.columns import Base, key, refers_to, some_text
from copdash.models.words import Verdict


class Comparison(Base, table=True):
    """What was decided of two stakeholders that look alike.

    Within a case study the smaller id comes first; a pair across case studies belongs to that of `stakeholder_id`.
    `other_id` is no foreign key: it may be in another case study, or the row that a merge took in.
    """

    __tablename__ = "comparison"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    stakeholder_id: uuid.UUID = refers_to("stakeholder")
    other_id: uuid.UUID = Field(index=True)
    other_name: str = some_text()
    verdict: str = Field(default=Verdict.DIFFERENT.value, sa_type=sa.Text)

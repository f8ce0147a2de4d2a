"""Case studies: each owns a list, a map and a roadmap."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlmodel import Field

from copdash.models.columns import Base, chosen, key, some_text
from copdash.models.words import Axes, QuadrantNames

HIDDEN_FIELDS = (
    "language; expertise; stake; expectations; needs; legitimacy; urgency; owner; confidence; source"  # names, «a; b»
)
"""Fields of stakeholders that a new case study does not show until somebody asks for them."""


class CaseStudy(Base, table=True):
    """One case study of a project: the owner of a list, a map and a roadmap.

    `hidden_fields` are fields of its stakeholders that are not shown, «a; b»; `labels` renames fields, a line
    «field=label» each (`copdash.register`).
    """

    __tablename__ = "case_study"

    id: uuid.UUID = key()
    title: str = some_text()
    place: str = some_text()
    country: str = some_text()
    time_zone: str = Field(default="UTC", sa_type=sa.Text)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    launch_from: dt.date | None = None
    launch_until: dt.date | None = None
    technologies: str = some_text()
    as_of: dt.date | None = None
    quadrant_names: str = chosen(QuadrantNames.STANDARD)
    axes: str = chosen(Axes.POWER_UP)
    hidden_fields: str = Field(
        default=HIDDEN_FIELDS, sa_type=sa.Text, sa_column_kwargs={"server_default": HIDDEN_FIELDS}
    )
    labels: str = some_text()
    roadmap_state: str = some_text()
    roadmap_agreed_by: str = some_text()
    roadmap_rules: str = some_text()
    example: bool = False
    archived: bool = False

"""Stakeholders of a case study."""

from __future__ import annotations

import uuid

from copdash.models.columns import Base, key, refers_to, some_text


class Stakeholder(Base, table=True):
    """One stakeholder of one case study. Empty text and None mean «not set»; all ratings are 0-10.

    `organisation` of a person is the name of an organisation, which may stand in the list itself; there is no key.
    """

    __tablename__ = "stakeholder"

    id: uuid.UUID = key()
    case_study_id: uuid.UUID = refers_to("case_study")
    position: int = 0
    name: str = some_text()
    kind: str = some_text()
    organisation: str = some_text()
    role: str = some_text()
    group: str = some_text()
    helix: str = some_text()
    scale: str = some_text()
    country: str = some_text()
    language: str = some_text()
    themes: str = some_text()
    expertise: str = some_text()
    stake: str = some_text()
    expectations: str = some_text()
    needs: str = some_text()
    power: float | None = None
    interest: float | None = None
    legitimacy: float | None = None
    urgency: float | None = None
    confidence: str = some_text()
    attitude: str = some_text()
    attitude_wanted: str = some_text()
    membership: str = some_text()
    owner: str = some_text()
    rationale: str = some_text()
    source: str = some_text()
    notes: str = some_text()
    network_x: float | None = None
    network_y: float | None = None

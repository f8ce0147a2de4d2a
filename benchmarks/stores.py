"""Stores of many case studies: as many as asked for, each with 200 stakeholders, 400 ties and 30 meetings."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from typing import Any

from copdash import case_studies, meetings, relations, stakeholders, store
from copdash.models import Attitude, Certainty, Format, Group, Kind, MeetingKind, RelationType, Theme
from copdash.roles import PROGRAM

PEOPLE, TIES, MEETINGS = 200, 400, 30
COUNTRIES = ("Spain", "Netherlands", "Italy", "Greece", "Israel", "United Kingdom", "France", "Denmark")
STARTS = dt.date(2020, 6, 1)


def fill(cases: int) -> list[uuid.UUID]:
    """Make so many case studies through the verbs, with their history; always the same ones. Returns their ids."""
    return [_case(number, random.Random(number)) for number in range(cases)]


def _case(number: int, chance: random.Random) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(
            session,
            title=f"Case study {number + 1:03}",
            place=f"Place {number + 1}",
            country=COUNTRIES[number % len(COUNTRIES)],
            starts_on=STARTS.isoformat(),
            ends_on="2024-10-31",
            launch_from="2021-06-01",
            launch_until="2021-11-30",
            as_of="2021-09-15",
        ).id
        session.flush()
        people = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(PEOPLE)]
        stakeholders.add_all(session, case, [(one, _person(at, chance)) for at, one in enumerate(people)])
        session.flush()
        relations.tie_all(session, case, _ties(people, chance))
        planned = [meetings.plan(session, case, **_meeting(at, number, chance)) for at in range(MEETINGS)]
        session.flush()
        for row in planned:
            meetings.invite(session, row.id, stakeholder_ids=chance.sample(people, 8))
    return case


def _person(at: int, chance: random.Random) -> dict[str, object]:
    rated = chance.random() < 0.9
    return {
        "name": f"Stakeholder {at + 1:03}",
        "kind": chance.choice(Kind.values()),
        "group": chance.choice(Group.values()),
        "attitude": chance.choice(Attitude.values()),
        "power": round(chance.uniform(0, 10), 1) if rated else None,
        "interest": round(chance.uniform(0, 10), 1) if rated else None,
    }


def _ties(people: list[uuid.UUID], chance: random.Random) -> list[dict[str, object]]:
    found: dict[tuple[uuid.UUID, uuid.UUID], dict[str, object]] = {}
    while len(found) < TIES:
        one, other = chance.sample(people, 2)
        values = {"type": chance.choice(RelationType.values()), "strength": chance.randint(1, 3), "directed": True}
        found.setdefault(
            (one, other), {"id": uuid.UUID(int=chance.getrandbits(128)), "from_id": one, "to_id": other} | values
        )
    return list(found.values())


def _meeting(at: int, number: int, chance: random.Random) -> dict[str, Any]:
    day = STARTS + dt.timedelta(days=chance.randint(0, 1_500))
    return {
        "title": f"CoP {at + 1}: {chance.choice(Theme.values()).lower()}",
        "kind": chance.choice(MeetingKind.values()),
        "theme": chance.choice(Theme.values()),
        "certainty": chance.choice(Certainty.values()),
        "format": chance.choice(Format.values()),
        "moderator": f"Moderator {(number * 3 + at) % 40}",
        "starts_on": day.isoformat(),
        "ends_on": day.isoformat(),
    }

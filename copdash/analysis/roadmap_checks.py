"""Roadmap checks: what the guidance would say about a roadmap. Hints, never more.

Each rule is a pure function of a `Roadmap`. It has a name, and its findings a sentence for the leader, a reason and a
way out. Which rules are on, and the numbers they go by, are the case study's own (`roadmap_settings`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from copdash.analysis import public_holidays
from copdash.analysis.roadmap_settings import Settings
from copdash.models import (
    AgendaBlock,
    CaseStudy,
    Certainty,
    Meeting,
    MeetingKind,
    Milestone,
    Preparation,
    Stakeholder,
)


@dataclass(frozen=True)
class Elsewhere:
    """Another case study's meetings, for clashes."""

    title: str
    meetings: Sequence[Meeting]


@dataclass(frozen=True)
class Roadmap:
    """All that the rules look at. Lists by meeting hold ids; `today` is the day to look from."""

    case_study: CaseStudy
    meetings: Sequence[Meeting]
    today: dt.date
    stakeholders: Sequence[Stakeholder] = ()
    invited: Mapping[uuid.UUID, Sequence[uuid.UUID]] = field(default_factory=dict)
    attended: Mapping[uuid.UUID, Sequence[uuid.UUID]] = field(default_factory=dict)
    milestones: Sequence[Milestone] = ()
    prepared: Mapping[uuid.UUID, Sequence[uuid.UUID]] = field(default_factory=dict)
    blocks: Mapping[uuid.UUID, Sequence[AgendaBlock]] = field(default_factory=dict)
    tasks: Sequence[Preparation] = ()
    others: Sequence[Elsewhere] = ()
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def dated(self) -> list[Meeting]:
        """Meetings with a day that are not cancelled, by day."""
        found = [row for row in self.meetings if row.starts_on and row.certainty != Certainty.CANCELLED]
        return sorted(found, key=lambda row: (first(row), str(row.id)))

    @cached_property
    def cop(self) -> list[Meeting]:
        """The CoP meetings among them."""
        return [row for row in self.dated if row.kind == MeetingKind.COP_MEETING]

    @cached_property
    def ahead(self) -> list[Meeting]:
        """Those still to come, by what they say of themselves."""
        return [row for row in self.dated if row.certainty != Certainty.HELD and last(row) >= self.today]

    @cached_property
    def ahead_once(self) -> list[Meeting]:
        """Those still to come, of a series the next one only: what it lacks, the others lack too."""
        seen: set[uuid.UUID] = set()
        found = []
        for row in self.ahead:
            if row.series_id is None or row.series_id not in seen:
                found.append(row)
            if row.series_id is not None:
                seen.add(row.series_id)
        return found

    @cached_property
    def guests(self) -> set[uuid.UUID]:
        """Everybody who is invited to something that is not cancelled."""
        return {
            one for row in self.meetings if row.certainty != Certainty.CANCELLED for one in self.invited.get(row.id, ())
        }


@dataclass(frozen=True)
class Finding:
    """One hint: what a rule found, why that matters, and a way out. `key` names it in a thread of comments."""

    rule: str
    meeting_id: uuid.UUID | None
    sentence: str
    reason: str
    way_out: str

    @property
    def key(self) -> str:
        """The rule, and the meeting it is about."""
        return f"{self.rule}:{self.meeting_id}" if self.meeting_id else self.rule


Found = Iterator[tuple[Meeting | None, str]]
Find = Callable[[Roadmap], Found]
"""What a rule finds: the meeting it is about, or None, and a sentence."""


@dataclass(frozen=True)
class Rule:
    """One rule: its name in the settings, what it is called, why it is there, a way out, and what finds."""

    name: str
    title: str
    reason: str
    way_out: str
    find: Find

    def findings(self, roadmap: Roadmap) -> list[Finding]:
        """What it finds, in the order of the roadmap."""
        return [
            Finding(self.name, meeting.id if meeting else None, sentence, self.reason, self.way_out)
            for meeting, sentence in self.find(roadmap)
        ]


def unchecked(roadmap: Roadmap) -> list[str]:
    """What could not be looked at, in sentences."""
    country = roadmap.case_study.country
    if "holiday" in roadmap.settings.off or public_holidays.code_of(country):
        return []
    if not country:
        return ["Public holidays are not checked: the case study says no country."]
    return [f"Public holidays are not checked: the calendar knows no country called “{country}”."]


def by_meeting(findings: Iterable[Finding]) -> dict[uuid.UUID, list[Finding]]:
    """The findings that are about a meeting, by meeting."""
    lists: dict[uuid.UUID, list[Finding]] = {}
    for finding in findings:
        if finding.meeting_id:
            lists.setdefault(finding.meeting_id, []).append(finding)
    return lists


def rule(title: str, *, reason: str, way_out: str) -> Callable[[Find], Rule]:
    """Make a rule of a function that finds meetings and sentences; the rule's name is the function's."""
    return lambda find: Rule(find.__name__, title, reason, way_out, find)


def first(row: Meeting) -> dt.date:
    """The first day of a meeting that has one."""
    assert row.starts_on is not None  # noqa: S101 - only dated meetings come here
    return row.starts_on


def last(row: Meeting) -> dt.date:
    """The last day of a meeting that has one."""
    return row.ends_on or first(row)


def days_of(row: Meeting) -> Iterator[dt.date]:
    """Every day of a meeting, at most a hundred."""
    for step in range(min((last(row) - first(row)).days + 1, 100)):
        yield first(row) + dt.timedelta(days=step)


def months_between(one: dt.date, other: dt.date) -> float:
    """Months of 30.44 days between two days."""
    return (other - one).days / 30.44


def number(roadmap: Roadmap, name: str) -> int:
    """A number of the settings."""
    return roadmap.settings.number(name)

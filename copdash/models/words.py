"""The words of the field: what people choose from, and what columns of the tables may hold."""

from __future__ import annotations

import enum


class Choice(enum.StrEnum):
    """Words a person chooses from; the stored value is the word as the person reads it."""

    @classmethod
    def values(cls) -> list[str]:
        """All words, in the order they are offered."""
        return [member.value for member in cls]


class Role(Choice):
    """What somebody is here as."""

    LEADER = "Case study leader"
    KWR = "KWR"
    VIEWER = "Viewer"
    PROGRAM = "Program"  # COPDash itself: in the log, and never offered

    @classmethod
    def values(cls) -> list[str]:
        """The roles of people; nobody can choose to be the program."""
        return [member.value for member in cls if member is not cls.PROGRAM]


class GestureState(Choice):
    """Where a gesture stands on the undo stack of its author."""

    DONE = "done"
    UNDONE = "undone"
    OPEN = "open"  # an undo that its author's redo could take back
    FINAL = "final"  # never undoable, or not any more
    ELSEWHERE = "elsewhere"  # of another store: a file brought it along, to be read, not to be replayed or undone


class Kind(Choice):
    """What kind of stakeholder a row is."""

    ORGANISATION = "Organisation"
    PERSON = "Person"
    GROUP = "Group"


class Group(Choice):
    """Stakeholder groups of a CoP in the water sector (domain.md)."""

    END_USERS = "End users"
    TECHNOLOGY_PROVIDERS = "Technology providers"
    UTILITIES = "Utilities"
    INDUSTRY_AGRICULTURE = "Industry: agriculture"
    INDUSTRY_ENERGY = "Industry: energy"
    INDUSTRY_WATER = "Industry: water"
    INDUSTRY_OTHER = "Industry: other"
    REGULATORS = "Regulators"
    AUTHORITIES = "Local and regional authorities"
    RESEARCHERS = "Researchers"
    CIVIL_SOCIETY = "Civil society"


class Helix(Choice):
    """The quadruple helix."""

    GOVERNMENT = "Government"
    INDUSTRY = "Industry"
    ACADEMIA = "Academia"
    CIVIL_SOCIETY = "Civil society"


class Scale(Choice):
    """How far a stakeholder's remit reaches."""

    LOCAL = "Local"
    REGIONAL = "Regional"
    NATIONAL = "National"
    EU = "EU/global"


class Attitude(Choice):
    """Attitude towards the CoP's aim, from the engagement assessment matrix; ordinal, never averaged."""

    UNAWARE = "Unaware"
    RESISTANT = "Resistant"
    NEUTRAL = "Neutral"
    SUPPORTIVE = "Supportive"
    LEADING = "Leading"


class Membership(Choice):
    """A stakeholder's place in the CoP."""

    CORE = "Core"
    ACTIVE = "Active"
    PERIPHERAL = "Peripheral"
    INVITED = "Invited"
    NOT_INVITED = "Not invited"
    DECLINED = "Declined"


class Confidence(Choice):
    """How sure those who rated a stakeholder are of the rating."""

    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"


class RelationType(Choice):
    """What flows along a tie."""

    INFORMATION = "Information"
    MONEY = "Money"
    AUTHORITY = "Authority"
    SUPPORT = "Support"
    CONFLICT = "Conflict"
    ADVICE = "Advice"
    RESOURCE_FLOW = "Resource flow"


class TieStatus(Choice):
    """Whether a tie is there, or only wished for."""

    EXISTING = "Existing"
    WANTED = "Wanted"


class MeetingKind(Choice):
    """Kinds of meeting on a roadmap."""

    COP_MEETING = "CoP meeting"
    SITE_VISIT = "Site visit"
    TRAINING = "Training"
    ONE_ON_ONE = "One-on-one"
    CROSS_FERTILISATION = "Cross-fertilisation"


class Theme(Choice):
    """Themes of CoP meetings, after the NextGen CoPs."""

    COMMON_VISION = "Common vision"
    CLOSING_CYCLES = "Closing water, energy and material cycles"
    BENEFITS = "Economic and environmental benefits"
    GOVERNANCE = "Governance barriers"
    UPSCALING = "Upscaling"


class Certainty(Choice):
    """How sure it is that a meeting takes place as planned."""

    TENTATIVE = "Tentative"
    PLANNED = "Planned"
    CONFIRMED = "Confirmed"
    HELD = "Held"
    CANCELLED = "Cancelled"


class Format(Choice):
    """How people take part in a meeting."""

    IN_PERSON = "In person"
    ONLINE = "Online"
    HYBRID = "Hybrid"


class QuadrantNames(Choice):
    """Whose words a case study uses for the four quadrants of its power-interest grid."""

    STANDARD = "Standard"
    REED = "Reed"
    DUTCH = "Dutch"


class Axes(Choice):
    """Which way round a case study draws its power-interest grid."""

    POWER_UP = "Interest across, power up"
    INTEREST_UP = "Power across, interest up"


class Part(Choice):
    """What an invited stakeholder comes to a meeting as."""

    PARTICIPANT = "Participant"
    SPEAKER = "Speaker"
    MODERATOR = "Moderator"
    EXPERT = "Expert"


class RoadmapState(Choice):
    """How far a case study's roadmap has come between its leader and KWR."""

    DRAFT = "Draft"
    SUBMITTED = "Submitted"
    WITH_FEEDBACK = "With feedback"
    AGREED = "Agreed"


class ThreadState(Choice):
    """How far a thread of comments has come."""

    OPEN = "Open"
    ANSWERED = "Answered"
    SETTLED = "Settled"


class About(Choice):
    """What a thread of comments is about."""

    ROADMAP = "Roadmap"
    MEETING = "Meeting"
    STAKEHOLDER = "Stakeholder"
    CHECK = "Check"


class MilestoneKind(Choice):
    """Kinds of project milestone in a roadmap's background."""

    TECHNICAL = "Technical milestone"
    DELIVERABLE = "Deliverable"


class Verdict(Choice):
    """What was decided of two stakeholders that look alike."""

    DIFFERENT = "Different"
    SAME = "Same"
    MERGED = "Merged"

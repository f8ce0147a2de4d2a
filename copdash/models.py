"""The tables, and the words of the field that their columns may hold.

A row's UUID is its key: it stays the same in every store the row travels to. Table rows do not validate themselves;
the rules are in the verbs (`copdash.fields` and the subjects).
"""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Choice(enum.StrEnum):
    """Words a person chooses from; the stored value is the word as the person reads it."""

    @classmethod
    def values(cls) -> list[str]:
        """All words, in the order they are offered."""
        return [member.value for member in cls]


class Role(Choice):
    """What a person is here as."""

    LEADER = "Case study leader"
    KWR = "KWR"
    VIEWER = "Viewer"


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


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """A moment: goes in with a time zone, is stored and comes back as UTC. A naive one raises `ValueError`."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """Refuse what has no zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment needs a time zone")
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """SQLite forgets the zone; it was UTC."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or dt.UTC).astimezone(dt.UTC)


_METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(SQLModel, registry=registry(metadata=_METADATA)):
    """Own registry: with SQLModel's shared one a hot reload says «Table already defined»."""


def _key() -> Any:
    return Field(default_factory=uuid.uuid4, primary_key=True)


def _refers_to(table: str, *, nullable: bool = False) -> Any:
    """A foreign key that is checked at commit, because nothing orders our flushes; it never cascades."""
    key = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    column = sa.Column(sa.Uuid, key, nullable=nullable, index=True)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


def _text() -> Any:
    """Empty text is «not set»; also where a migration adds the column to rows that are there."""
    return Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""})


HIDDEN_FIELDS = (
    "language; expertise; stake; expectations; needs; legitimacy; urgency; owner; confidence; source"  # names, «a; b»
)
"""Fields of stakeholders that a new case study does not show until somebody asks for them."""


def _chosen(default: Choice) -> Any:
    """A word from a list that is never empty; rows that are there get this one."""
    return Field(default=default.value, sa_type=sa.Text, sa_column_kwargs={"server_default": default.value})


class CaseStudy(Base, table=True):
    """One case study of a project: the owner of a list, a map and a roadmap.

    `hidden_fields` are fields of its stakeholders that are not shown, «a; b»; `labels` renames fields, a line
    «field=label» each (`copdash.register`).
    """

    __tablename__ = "case_study"

    id: uuid.UUID = _key()
    title: str = _text()
    place: str = _text()
    country: str = _text()
    time_zone: str = Field(default="UTC", sa_type=sa.Text)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    launch_from: dt.date | None = None
    launch_until: dt.date | None = None
    technologies: str = _text()
    as_of: dt.date | None = None
    quadrant_names: str = _chosen(QuadrantNames.STANDARD)
    axes: str = _chosen(Axes.POWER_UP)
    hidden_fields: str = Field(
        default=HIDDEN_FIELDS, sa_type=sa.Text, sa_column_kwargs={"server_default": HIDDEN_FIELDS}
    )
    labels: str = _text()
    roadmap_state: str = _text()
    roadmap_agreed_by: str = _text()
    roadmap_rules: str = _text()
    example: bool = False
    archived: bool = False


class Stakeholder(Base, table=True):
    """One stakeholder of one case study. Empty text and None mean «not set»; all ratings are 0-10.

    `organisation` of a person is the name of an organisation, which may stand in the list itself; there is no key.
    """

    __tablename__ = "stakeholder"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    position: int = 0
    name: str = _text()
    kind: str = _text()
    organisation: str = _text()
    role: str = _text()
    group: str = _text()
    helix: str = _text()
    scale: str = _text()
    country: str = _text()
    language: str = _text()
    themes: str = _text()
    expertise: str = _text()
    stake: str = _text()
    expectations: str = _text()
    needs: str = _text()
    power: float | None = None
    interest: float | None = None
    legitimacy: float | None = None
    urgency: float | None = None
    confidence: str = _text()
    attitude: str = _text()
    attitude_wanted: str = _text()
    membership: str = _text()
    owner: str = _text()
    rationale: str = _text()
    source: str = _text()
    notes: str = _text()
    network_x: float | None = None
    network_y: float | None = None


class Relation(Base, table=True):
    """A tie between two stakeholders of one case study; strength 1-3. `since` and `until` are days, both included."""

    __tablename__ = "relation"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    from_id: uuid.UUID = _refers_to("stakeholder")
    to_id: uuid.UUID = _refers_to("stakeholder")
    type: str = Field(default=RelationType.INFORMATION.value, sa_type=sa.Text)
    directed: bool = True
    strength: int = 1
    status: str = Field(
        default=TieStatus.EXISTING.value, sa_type=sa.Text, sa_column_kwargs={"server_default": TieStatus.EXISTING.value}
    )
    evidence: str = _text()
    since: dt.date | None = None
    until: dt.date | None = None


class Meeting(Base, table=True):
    """One meeting of a roadmap. Days are whole days at the case study's place; without a start it is unscheduled.

    Meetings with the same `series_id` are one series; it is no foreign key. `merged_from` names the meetings that this
    one took in, a line «id title» each, so that their histories can be read.
    """

    __tablename__ = "meeting"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    title: str = _text()
    kind: str = Field(default=MeetingKind.COP_MEETING.value, sa_type=sa.Text)
    theme: str = _text()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    certainty: str = Field(default=Certainty.TENTATIVE.value, sa_type=sa.Text)
    format: str = _text()
    place: str = _text()
    link: str = _text()
    language: str = _text()
    moderator: str = _text()
    organiser: str = _text()
    note_taker: str = _text()
    goals: str = _text()
    questions: str = _text()
    expected_outcomes: str = _text()
    day_starts_at: str = _text()
    evaluation: str = _text()
    follow_up: str = _text()
    moved_because: str = _text()
    series_id: uuid.UUID | None = Field(default=None, index=True)
    merged_from: str = _text()


class Invitation(Base, table=True):
    """A stakeholder who is invited to a meeting; `attended` once somebody noted that they came."""

    __tablename__ = "invitation"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "stakeholder_id"),)

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    meeting_id: uuid.UUID = _refers_to("meeting")
    stakeholder_id: uuid.UUID = _refers_to("stakeholder")
    role: str = Field(
        default=Part.PARTICIPANT.value, sa_type=sa.Text, sa_column_kwargs={"server_default": Part.PARTICIPANT.value}
    )
    attended: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


class Milestone(Base, table=True):
    """A date of the project in the background of a roadmap."""

    __tablename__ = "milestone"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    title: str = _text()
    kind: str = Field(default=MilestoneKind.TECHNICAL.value, sa_type=sa.Text)
    due_on: dt.date | None = None


class AgendaBlock(Base, table=True):
    """One block of a meeting's agenda; `minutes` is how long it takes, `position` its place in the day."""

    __tablename__ = "agenda_block"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    meeting_id: uuid.UUID = _refers_to("meeting")
    position: int = 0
    minutes: int = 0
    activity: str = _text()
    method: str = _text()
    lead: str = _text()
    material: str = _text()


class Preparation(Base, table=True):
    """A task that has to be done before a meeting, or after it."""

    __tablename__ = "preparation"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    meeting_id: uuid.UUID = _refers_to("meeting")
    title: str = _text()
    owner: str = _text()
    due_on: dt.date | None = None
    done_on: dt.date | None = None


class Contribution(Base, table=True):
    """A meeting prepares a milestone."""

    __tablename__ = "contribution"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "milestone_id"),)

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    meeting_id: uuid.UUID = _refers_to("meeting")
    milestone_id: uuid.UUID = _refers_to("milestone")


class Baseline(Base, table=True):
    """A roadmap as it was agreed. `agreed_at` is a moment as ISO text in UTC; `content` is JSON, a list of meetings."""

    __tablename__ = "baseline"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    title: str = _text()
    agreed_at: str = _text()
    content: str = _text()


class Comment(Base, table=True):
    """One comment of a thread. The first one's id is the thread's, and it alone carries the thread's state.

    `about_key` names what the thread is about: the id of a meeting or stakeholder, or a check's key. It is no foreign
    key: a thread outlives what it is about. `written_at` is a moment as ISO text in UTC.
    """

    __tablename__ = "comment"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    thread_id: uuid.UUID = Field(index=True)
    about: str = Field(default=About.ROADMAP.value, sa_type=sa.Text)
    about_key: str = _text()
    text: str = _text()
    state: str = _text()
    author_name: str = _text()
    author_role: str = _text()
    written_at: str = _text()


class Version(Base, table=True):
    """A map of stakeholders and ties as it was on one day, frozen under a name.

    `content` is JSON as text (`copdash.versions` says what is in it); it never changes. `frozen_at` is the moment that
    it shows. The meeting is what it was frozen after, if any.
    """

    __tablename__ = "version"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    title: str = _text()
    occasion: str = _text()
    meeting_id: uuid.UUID | None = _refers_to("meeting", nullable=True)
    frozen_at: dt.datetime = Field(sa_type=Moment)
    content: str = _text()


class Call(Base, table=True):
    """A one-on-one call about a case study, between its leader and KWR; over when it has an end.

    `people` are those who spoke, as text.
    """

    __tablename__ = "call"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    people: str = _text()
    begun_at: dt.datetime = Field(sa_type=Moment)
    ended_at: dt.datetime | None = Field(default=None, sa_type=Moment)


class Note(Base, table=True):
    """What was said in a call, one row a sentence or two. A note that becomes an action is an action, and gone here."""

    __tablename__ = "note"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    call_id: uuid.UUID = _refers_to("call")
    text: str = _text()
    author_name: str = _text()
    written_at: dt.datetime = Field(sa_type=Moment)


class Action(Base, table=True):
    """What somebody means to do; done when it has a day on which it was done.

    It is about a stakeholder, came out of a call, or both.
    """

    __tablename__ = "action"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    stakeholder_id: uuid.UUID | None = _refers_to("stakeholder", nullable=True)
    meeting_id: uuid.UUID | None = _refers_to("meeting", nullable=True)
    call_id: uuid.UUID | None = _refers_to("call", nullable=True)
    title: str = _text()
    owner: str = _text()
    due_on: dt.date | None = None
    done_on: dt.date | None = None


class Comparison(Base, table=True):
    """What was decided of two stakeholders that look alike.

    Within a case study the smaller id comes first; a pair across case studies belongs to that of `stakeholder_id`.
    `other_id` is no foreign key: it may be in another case study, or the row that a merge took in.
    """

    __tablename__ = "comparison"

    id: uuid.UUID = _key()
    case_study_id: uuid.UUID = _refers_to("case_study")
    stakeholder_id: uuid.UUID = _refers_to("stakeholder")
    other_id: uuid.UUID = Field(index=True)
    other_name: str = _text()
    verdict: str = Field(default=Verdict.DIFFERENT.value, sa_type=sa.Text)


class Person(Base, table=True):
    """Who is at a browser. The browser holds a token in an HttpOnly cookie; here is its digest."""

    __tablename__ = "person"

    id: uuid.UUID = _key()
    token_digest: str = Field(sa_column=sa.Column(sa.Text, unique=True, nullable=False))
    name: str = _text()
    role: str = Field(default=Role.VIEWER.value, sa_type=sa.Text)


class Gesture(Base, table=True):
    """The head of the change log: one thing a person did, in one transaction.

    `state` is one of `GestureState`. `digest` is that of what a browser sent, empty for all others: the same id with
    another content is another gesture. `turn` orders the undo and redo stacks: the number of the gesture that last did
    or undid this one.
    """

    __tablename__ = "gesture"

    number: int | None = Field(default=None, primary_key=True)
    id: uuid.UUID = Field(sa_column=sa.Column(sa.Uuid, unique=True, nullable=False))
    case_study_id: uuid.UUID | None = Field(default=None, index=True)
    actor_id: uuid.UUID = Field(index=True)
    actor_name: str = _text()
    actor_role: str = _text()
    at: dt.datetime = Field(sa_type=Moment)
    name: str = _text()
    summary: str = _text()
    reverts_id: uuid.UUID | None = None
    state: str = Field(default=GestureState.DONE.value, sa_type=sa.Text)
    turn: int = 0
    digest: str = _text()


class Change(Base, table=True):
    """One entry of the change log. `field` is empty where a whole row came (`before` None) or went (`after` None)."""

    __tablename__ = "change"
    __table_args__ = (
        sa.Index("ix_change_case_study_id_number", "case_study_id", "number"),
        sa.Index("ix_change_subject_id_number", "subject_id", "number"),
    )

    number: int | None = Field(default=None, primary_key=True)
    gesture_id: uuid.UUID = Field(index=True)
    case_study_id: uuid.UUID | None = None
    subject: str = _text()
    subject_id: uuid.UUID
    field: str = _text()
    before: Any = Field(default=None, nullable=True, sa_type=sa.JSON(none_as_null=True))
    after: Any = Field(default=None, nullable=True, sa_type=sa.JSON(none_as_null=True))


SUBJECTS: dict[str, type[Base]] = {
    table.__tablename__: table  # type: ignore[misc]
    for table in (
        CaseStudy,
        Stakeholder,
        Relation,
        Meeting,
        Invitation,
        Milestone,
        AgendaBlock,
        Preparation,
        Contribution,
        Baseline,
        Comment,
        Version,
        Call,
        Note,
        Action,
        Comparison,
    )
}
"""The tables whose changes are logged, by the name the log calls them. In the order in which rows refer to others."""

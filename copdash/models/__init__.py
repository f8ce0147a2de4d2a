"""The tables by subject, a module each, and the words of the field that their columns may hold.

A row's UUID is its key: it stays the same in every store the row travels to. Table rows do not validate themselves;
the rules are in the verbs (`copdash.fields` and the subjects).
"""

from __future__ import annotations

from copdash.models.actions import Action
from copdash.models.agendas import AgendaBlock
from copdash.models.baselines import Baseline
from copdash.models.calls import Call, Note
from copdash.models.case_studies import HIDDEN_FIELDS, CaseStudy
from copdash.models.columns import Base, Moment
from copdash.models.duplicates import Comparison
from copdash.models.history import Change, Gesture
from copdash.models.meetings import Invitation, Meeting
from copdash.models.milestones import Contribution, Milestone
from copdash.models.people import Person
from copdash.models.preparations import Preparation
from copdash.models.relations import Relation
from copdash.models.reviews import Comment
from copdash.models.stakeholders import Stakeholder
from copdash.models.versions import Version
from copdash.models.words import (
    About,
    Attitude,
    Axes,
    Certainty,
    Choice,
    Confidence,
    Format,
    GestureState,
    Group,
    Helix,
    Kind,
    MeetingKind,
    Membership,
    MilestoneKind,
    Part,
    QuadrantNames,
    RelationType,
    RoadmapState,
    Role,
    Scale,
    Theme,
    ThreadState,
    TieStatus,
    Verdict,
)

__all__ = [
    "HIDDEN_FIELDS",
    "SUBJECTS",
    "About",
    "Action",
    "AgendaBlock",
    "Attitude",
    "Axes",
    "Base",
    "Baseline",
    "Call",
    "CaseStudy",
    "Certainty",
    "Change",
    "Choice",
    "Comment",
    "Comparison",
    "Confidence",
    "Contribution",
    "Format",
    "Gesture",
    "GestureState",
    "Group",
    "Helix",
    "Invitation",
    "Kind",
    "Meeting",
    "MeetingKind",
    "Membership",
    "Milestone",
    "MilestoneKind",
    "Moment",
    "Note",
    "Part",
    "Person",
    "Preparation",
    "QuadrantNames",
    "Relation",
    "RelationType",
    "RoadmapState",
    "Role",
    "Scale",
    "Stakeholder",
    "Theme",
    "ThreadState",
    "TieStatus",
    "Verdict",
    "Version",
]

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

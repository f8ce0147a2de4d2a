"""Review rounds: threads of comments, and how far leader and KWR have come with a roadmap.

The leader submits, KWR gives feedback, and when both agree the next baseline is frozen. What a role may do stands here.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlmodel import Session, col, select

from copdash import baselines, calls, history, meetings, rows, transfers, undoing, words
from copdash.errors import Invalid, NotAllowed
from copdash.fields import COMMENT, clean
from copdash.models import About, CaseStudy, Change, Comment, Gesture, GestureState, RoadmapState, Role, ThreadState
from copdash.roles import EDITORS, SIDES
from copdash.verbs import acting, verb

SUBMITTED, GAVE_FEEDBACK, AGREED = "roadmap_submitted", "roadmap_feedback", "roadmap_agreed"
"""What the log calls the steps of the round."""

STEPS = (SUBMITTED, GAVE_FEEDBACK, AGREED, calls.FINISHED)
"""The gestures by which leader and KWR speak about the whole roadmap."""


@dataclass(frozen=True)
class Thread:
    """A thread of comments: its first comment says what it is about and how far it is, then the others by moment.

    `by_file` are the ids of those that a case study file brought: nobody here saw them being written.
    """

    first: Comment
    replies: tuple[Comment, ...] = ()
    by_file: frozenset[uuid.UUID] = frozenset()

    @property
    def state(self) -> str:
        """Open, answered or settled."""
        return self.first.state or ThreadState.OPEN.value

    @property
    def last(self) -> Comment:
        """The latest comment."""
        return self.replies[-1] if self.replies else self.first


# ---- threads --------------------------------------------------------------------------------------------------------


@verb(EDITORS, "commented")
def comment(
    session: Session,
    case_study_id: uuid.UUID,
    *,
    text: str,
    about: str = About.ROADMAP.value,
    about_key: str = "",
    id: uuid.UUID | None = None,
) -> Comment:
    """Begin a thread about a meeting or stakeholder (`about_key` is its id), a check (its key), or the whole.

    Raises `Invalid` for an empty comment.
    """
    row = _written(session, case_study_id, id or uuid.uuid4(), None, text, about, about_key)
    row.state = ThreadState.OPEN.value
    history.tell(session, f"Commented: {_short(row.text)}")
    return row


@verb(EDITORS, "answered")
def reply(session: Session, thread_id: uuid.UUID, *, text: str, id: uuid.UUID | None = None) -> Comment:
    """Answer in a thread. Somebody else's answer makes an open thread answered, the asker's own opens it again."""
    first = rows.find(session, Comment, thread_id)
    row = _written(session, first.case_study_id, id or uuid.uuid4(), first.id, text, first.about, first.about_key)
    who = acting(session)
    asker = (first.author_name, first.author_role) == (who.name, who.role.value)
    first.state = ThreadState.OPEN.value if asker else ThreadState.ANSWERED.value
    history.tell(session, f"Answered: {_short(row.text)}")
    return row


@verb(EDITORS, "thread_settled")
def settle(session: Session, thread_id: uuid.UUID, *, settled: bool = True) -> None:
    """Close a thread, or open it again. Raises `NotFound`."""
    first = rows.find(session, Comment, thread_id)
    first.state = ThreadState.SETTLED.value if settled else ThreadState.OPEN.value
    history.tell(session, f"{'Settled' if settled else 'Reopened'}: {_short(first.text)}")


def _written(
    session: Session,
    case_study_id: uuid.UUID,
    comment_id: uuid.UUID,
    thread_id: uuid.UUID | None,
    text: str,
    about: str,
    about_key: str,
) -> Comment:
    who = acting(session)
    values = {
        "text": text,
        "about": about,
        "about_key": about_key,
        "author_name": who.name,
        "author_role": who.role.value,
        "written_at": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
    }
    row = Comment(
        id=comment_id, case_study_id=case_study_id, thread_id=thread_id or comment_id, **clean(COMMENT, values)
    )
    return rows.added(session, row)


def threads(session: Session, case_study_id: uuid.UUID) -> list[Thread]:
    """All threads of a case study, open ones first, within that the latest comment first."""
    statement = select(Comment).where(Comment.case_study_id == case_study_id)
    by_thread: dict[uuid.UUID, list[Comment]] = {}
    for row in session.exec(statement.order_by(col(Comment.written_at), col(Comment.id))).all():
        by_thread.setdefault(row.thread_id, []).append(row)
    brought = _brought(session, case_study_id) if by_thread else frozenset()
    found = []
    for thread_id, comments in by_thread.items():
        first = next((row for row in comments if row.id == thread_id), comments[0])
        replies = tuple(row for row in comments if row is not first)
        found.append(Thread(first, replies, frozenset(row.id for row in comments) & brought))
    order = ThreadState.values()
    found.sort(key=lambda thread: thread.last.written_at, reverse=True)
    found.sort(key=lambda thread: order.index(thread.state))
    return found


def _brought(session: Session, case_study_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """The comments that a merge put here."""
    statement = (
        select(Change.subject_id)
        .join(Gesture, col(Gesture.id) == Change.gesture_id)
        .where(Change.case_study_id == case_study_id, Change.subject == "comment", Change.field == "")
        .where(Gesture.name == transfers.MERGED)
    )
    return frozenset(session.exec(statement).all())


def about(found: Sequence[Thread], what: About, key: str) -> list[Thread]:
    """Those threads that are about one thing."""
    return [thread for thread in found if thread.first.about == what and thread.first.about_key == key]


# ---- the round ------------------------------------------------------------------------------------------------------


@verb(SIDES, SUBMITTED)
def submit(session: Session, case_study_id: uuid.UUID) -> None:
    """The leader asks KWR to look at the roadmap.

    Raises `NotAllowed` for another role, `Invalid` for one without anything that has a day.
    """
    row = _step(session, case_study_id, Role.LEADER, "Only the case study leader submits the roadmap")
    if state(row) == RoadmapState.SUBMITTED:
        raise Invalid("The roadmap is submitted already; KWR has not answered yet.")
    if not any(one.starts_on for one in meetings.of_case(session, case_study_id)):
        raise Invalid("There is nothing to look at yet: give a meeting a day first, under «Meetings».")
    row.roadmap_state, row.roadmap_agreed_by = RoadmapState.SUBMITTED.value, ""
    history.tell(session, "Submitted the roadmap to KWR")


@verb(SIDES, GAVE_FEEDBACK)
def give_feedback(session: Session, case_study_id: uuid.UUID) -> None:
    """KWR has looked at the roadmap and said what it thinks. Raises `NotAllowed`, or `Invalid` if not submitted."""
    row = _step(session, case_study_id, Role.KWR, "Only KWR gives feedback on a roadmap")
    if state(row) != RoadmapState.SUBMITTED:
        raise Invalid("There is no submitted roadmap to give feedback on; its leader submits it first.")
    row.roadmap_state, row.roadmap_agreed_by = RoadmapState.WITH_FEEDBACK.value, ""
    history.tell(session, "Gave feedback on the roadmap")


@verb(SIDES, AGREED)
def agree(session: Session, case_study_id: uuid.UUID) -> None:
    """Leader or KWR agrees; when both have, the roadmap is agreed and its next baseline frozen.

    Raises `Invalid` for a roadmap that was never submitted, or if this role agreed already.
    """
    row = rows.find(session, CaseStudy, case_study_id)
    role = acting(session).role.value
    if state(row) not in (RoadmapState.SUBMITTED, RoadmapState.WITH_FEEDBACK):
        raise Invalid("There is nothing to agree on: the leader submits the roadmap first.")
    if row.roadmap_agreed_by == role:
        raise Invalid("You have agreed already; it is agreed when the other side has too.")
    if row.roadmap_agreed_by:
        row.roadmap_state, row.roadmap_agreed_by = RoadmapState.AGREED.value, ""
        title = baselines.freeze(session, case_study_id).title
        history.retell(session, f"Agreed on the roadmap, both sides; it is frozen as {title}")
    else:
        row.roadmap_agreed_by = role
        history.tell(session, f"{role} agrees with the roadmap")


def _step(session: Session, case_study_id: uuid.UUID, role: Role, rule: str) -> CaseStudy:
    if acting(session).role != role:
        raise NotAllowed(f"{rule}. You are here as {acting(session).role.value}; «You» in the menu says so.")
    return rows.find(session, CaseStudy, case_study_id)


def state(row: CaseStudy) -> str:
    """How far the roadmap of a case study has come; a new one is a draft."""
    return row.roadmap_state or RoadmapState.DRAFT.value


# ---- since we last spoke --------------------------------------------------------------------------------------------


def last_spoke(session: Session, case_study_id: uuid.UUID) -> Gesture | None:
    """The latest step of the review, or finished call, in a case study that was not undone, also by a file."""
    statement = (
        select(Gesture)
        .where(
            Gesture.case_study_id == case_study_id,
            col(Gesture.name).in_(STEPS),
            col(Gesture.state) != GestureState.UNDONE.value,
        )
        .order_by(col(Gesture.at).desc(), col(Gesture.number).desc())
    )
    return session.exec(statement).first()


def changed_since(
    session: Session, case_study_id: uuid.UUID, moment: dt.datetime, *, limit: int = 200
) -> list[Gesture]:
    """What was done to meetings, milestones and comments after a moment and still stands, newest first."""
    kinds = ("meeting", "milestone", "invitation", "agenda_block", "preparation", "contribution", "comment")
    touched = select(Change.gesture_id).where(Change.case_study_id == case_study_id, col(Change.subject).in_(kinds))
    statement = (
        select(Gesture)
        .where(
            col(Gesture.id).in_(touched),
            col(Gesture.at) > moment,
            Gesture.summary != "",
            col(Gesture.name).not_in((undoing.UNDO, undoing.REDO, transfers.MERGED)),
            Gesture.state != GestureState.UNDONE.value,
        )
        .order_by(col(Gesture.at).desc(), col(Gesture.number).desc())
        .limit(limit)
    )
    return list(session.exec(statement).all())


def folded(session: Session, listed: Sequence[Gesture]) -> list[tuple[Gesture, str]]:
    """Gestures with what each of them says; choices of invited that follow each other are one line with their number.

    Of such a run the first in the list stands for all.
    """
    chosen = [gesture.id for gesture in listed if gesture.name == meetings.INVITED]
    entries: list[Change] = []
    for part in history.parts(chosen):
        statement = select(Change).where(col(Change.gesture_id).in_(part), Change.subject == "invitation")
        entries += session.exec(statement.where(Change.field == "")).all()
    found: list[tuple[Gesture, str]] = []
    for (_, name, summary), run in groupby(listed, key=lambda one: (one.actor_name, one.name, one.summary)):
        together = list(run)
        if name != meetings.INVITED:
            found += [(one, one.summary) for one in together]
            continue
        ids = {one.id for one in together}
        came = sum(one.gesture_id in ids and one.before is None for one in entries)
        went = sum(one.gesture_id in ids and one.after is None for one in entries)
        told = [
            f"{words.counted(count, 'person')} {word}"
            for count, word in ((came, "invited"), (went, "taken off the list"))
            if count
        ]
        found.append((together[0], ": ".join(filter(None, (summary, ", ".join(told))))))
    return found


def _short(text: str) -> str:
    return words.shortened(text, 80)

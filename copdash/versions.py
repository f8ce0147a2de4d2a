"""Versions: the map of a case study as it was on one day, kept under a name to look back at. What is frozen stays.

`content` holds «stakeholders» and «relations», each a list of rows by column name, and «measures», the measures of the
network of that day, which nobody computes again.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import uuid
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from copdash import history, relations, rows, stakeholders, words
from copdash.analysis import networks, roadmaps
from copdash.errors import Invalid, NotFound
from copdash.fields import VERSION, clean, plain
from copdash.models import CaseStudy, Certainty, Change, Gesture, Meeting, Relation, TieStatus, Version
from copdash.roles import EDITORS
from copdash.verbs import verb

Map = dict[str, Any]
"""A map as it is kept: stakeholders, relations and measures, as JSON knows them."""

LARGEST = 4_000_000
"""Characters of one frozen map; ten thousand stakeholders fit."""
LARGEST_TOGETHER = 12_000_000
"""Characters of all versions of a case study: each stands in the table and in the history of its file."""

STAKEHOLDER_FIELDS = (
    "id",
    "name",
    "kind",
    "organisation",
    "group",
    "helix",
    "scale",
    "power",
    "interest",
    "legitimacy",
    "urgency",
    "confidence",
    "attitude",
    "attitude_wanted",
    "membership",
    "rationale",
    "network_x",
    "network_y",
)
"""What a version keeps of a stakeholder: where it stands, not who can be reached how, and no notes."""
RELATION_FIELDS = tuple(name for name in Relation.model_fields if name != "case_study_id")
SCALARS = (
    "nodes",
    "ties",
    "pairs",
    "density",
    "density_directed",
    "reciprocity",
    "components",
    "largest_component",
    "e_i",
    "external",
    "internal",
    "ungrouped",
    "e_i_helix",
    "mean_reach",
    "circles",
)
"""Measures of the whole network that are kept; versions that are older than one of them do not have it."""


@dataclass(frozen=True)
class Frozen:
    """A version without its content, for lists; `by` froze it."""

    id: uuid.UUID
    title: str
    occasion: str
    meeting_id: uuid.UUID | None
    frozen_at: dt.datetime
    by: str


# ---- verbs ----------------------------------------------------------------------------------------------------------


@verb(EDITORS, "frozen")
def freeze(
    session: Session,
    case_study_id: uuid.UUID,
    *,
    id: uuid.UUID | None = None,
    title: str = "",
    occasion: str = "",
    meeting_id: uuid.UUID | None = None,
    frozen_at: dt.datetime | None = None,
) -> Version:
    """Keep the map as it is now. Named by itself: after the meeting of the day, or by the day. Raises `Invalid`.

    The day is the one the case study is looked at from; `frozen_at` gives another moment.
    """
    case_study = rows.find(session, CaseStudy, case_study_id)
    session.flush()
    moment = frozen_at or _moment(case_study)
    meeting = rows.find(session, Meeting, meeting_id) if meeting_id else None
    if meeting is None and not occasion and frozen_at is None:
        meeting = _meeting_of(session, case_study_id, roadmaps.today(case_study))
    values = clean(
        VERSION,
        {
            "title": title or _name(session, case_study, meeting, moment),
            "occasion": occasion or (meeting.title if meeting else ""),
        },
    )
    content = written(now(session, case_study_id))
    if len(content) > LARGEST:
        raise Invalid("This map is too large to freeze. Export the case study as a file instead.")
    kept = select(sa.func.coalesce(sa.func.sum(sa.func.length(Version.content)), 0))
    if session.exec(kept.where(Version.case_study_id == case_study_id)).one() + len(content) > LARGEST_TOGETHER:
        raise Invalid("The versions of this case study fill their room. Delete one that is not needed any more.")
    row = Version(
        id=id or uuid.uuid4(),
        case_study_id=case_study_id,
        meeting_id=meeting.id if meeting else None,
        frozen_at=moment,
        content=content,
        **values,
    )
    rows.added(session, row)
    history.tell(session, f"Froze the map as {row.title}")
    return row


@verb(EDITORS, "version_renamed")
def rename(
    session: Session, version_id: uuid.UUID, *, values: Mapping[str, object], seen: Mapping[str, object] | None = None
) -> None:
    """Change name or occasion; what is frozen stays. Raises `Invalid`, `NotFound`, `ChangedElsewhere`."""
    row = rows.find(session, Version, version_id)
    was = row.title
    changed = rows.revise(session, row, VERSION, values, seen)
    if "title" in changed:
        history.tell(session, f"Renamed {was} to {row.title}")
    elif changed:
        history.tell(session, f"Changed the occasion of {row.title}")


@verb(EDITORS, "version_removed")
def remove(session: Session, version_ids: Sequence[uuid.UUID]) -> None:
    """Delete versions; undo brings them back. Raises `NotFound`."""
    found = rows.find_all(session, Version, version_ids)
    for row in found:
        session.delete(row)
    history.tell(
        session, f"Deleted {found[0].title}" if len(found) == 1 else f"Deleted {words.counted(len(found), 'version')}"
    )


# ---- questions ------------------------------------------------------------------------------------------------------


def of_case(session: Session, case_study_id: uuid.UUID) -> list[Frozen]:
    """All versions of a case study without their content, the oldest first."""
    statement = (
        select(Version)
        .options(defer(Version.content))  # type: ignore[arg-type]
        .where(Version.case_study_id == case_study_id)
        .order_by(col(Version.frozen_at), col(Version.title), col(Version.id))
    )
    found = session.exec(statement).all()
    made = sa.func.min(col(Change.number))
    makers = _latest(session, [row.id for row in found], made, col(Change.field) == "")
    return [
        Frozen(
            row.id,
            row.title,
            row.occasion,
            row.meeting_id,
            row.frozen_at,
            makers[row.id].actor_name if row.id in makers else "",
        )
        for row in found
    ]


def at(session: Session, version_id: uuid.UUID) -> Map:
    """The frozen map of a version; an empty one where names are hidden. Raises `NotFound`."""
    row = session.get(Version, version_id)
    if row is None:
        raise NotFound("This version has been deleted meanwhile. «Undo» under «Recent changes» brings it back.")
    found: Map = json.loads(row.content or '{"stakeholders": [], "relations": [], "measures": {}}')
    return found


def now(session: Session, case_study_id: uuid.UUID) -> Map:
    """The map as it stands, in the shape of a frozen one but without measures."""
    return {
        "stakeholders": [
            {name: plain(getattr(row, name)) for name in STAKEHOLDER_FIELDS}
            for row in stakeholders.of_case(session, case_study_id)
        ],
        "relations": [
            {name: plain(getattr(tie, name)) for name in RELATION_FIELDS}
            for tie in relations.of_case(session, case_study_id)
        ],
    }


def last_moved(session: Session, stakeholder_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[str, dt.datetime]]:
    """Who moved each of these stakeholders on the grid last, and when."""
    rated = col(Change.field).in_(["power", "interest"])
    found = _latest(session, stakeholder_ids, sa.func.max(col(Change.number)), rated)
    return {row_id: (gesture.actor_name, gesture.at) for row_id, gesture in found.items()}


def _latest(session: Session, row_ids: Sequence[uuid.UUID], which: Any, where: Any) -> dict[uuid.UUID, Gesture]:
    """The gesture of one entry of the log a row; whole rows are asked for, so that names can be hidden in them."""
    found: dict[uuid.UUID, Gesture] = {}
    for part in history.parts(row_ids):
        numbers = select(which).where(col(Change.subject_id).in_(part), where).group_by(col(Change.subject_id))
        statement = (
            select(Change, Gesture)
            .options(defer(Change.before), defer(Change.after))  # type: ignore[arg-type]
            .join(Gesture, col(Gesture.id) == Change.gesture_id)
            .where(col(Change.number).in_(numbers))
        )
        found.update((change.subject_id, gesture) for change, gesture in session.exec(statement))
    return found


# ---- inside ---------------------------------------------------------------------------------------------------------


def written(found: Map) -> str:
    """A map with the measures of its network, as it is kept."""
    people = found["stakeholders"]
    there = [t for t in found["relations"] if t.get("status") != TieStatus.WANTED]  # a wish counts in no measure
    ties = [networks.Tie(t["from_id"], t["to_id"], t["directed"], t["strength"]) for t in there]
    measures = networks.measure([p["id"] for p in people], ties, {p["id"]: p["group"] for p in people})
    whole = asdict(measures) | {
        "e_i_helix": measures.helices.e_i,
        "mean_reach": measures.mean_reach,
        "circles": len(measures.communities),
    }
    kept = {name: whole[name] for name in SCALARS if name in whole}
    kept |= {name: list(whole[name]) for name in ("isolates", "cut_points", "brokers") if name in whole}
    return json.dumps({**found, "measures": kept}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _moment(case_study: CaseStudy) -> dt.datetime:
    """Now; for a case study with an as-of date this time on that day."""
    moment = dt.datetime.now(zoneinfo.ZoneInfo(case_study.time_zone)).replace(microsecond=0)
    if case_study.as_of is not None:
        moment = dt.datetime.combine(case_study.as_of, moment.time(), moment.tzinfo)
    return moment.astimezone(dt.UTC)


def _meeting_of(session: Session, case_study_id: uuid.UUID, day: dt.date) -> Meeting | None:
    """The meeting that takes place on this day."""
    statement = select(Meeting).where(
        Meeting.case_study_id == case_study_id,
        col(Meeting.starts_on) <= day,
        col(Meeting.ends_on) >= day,
        Meeting.certainty != Certainty.CANCELLED.value,
    )
    return session.exec(statement.order_by(col(Meeting.starts_on).desc(), col(Meeting.id))).first()


def _name(session: Session, case_study: CaseStudy, meeting: Meeting | None, moment: dt.datetime) -> str:
    taken = set(session.exec(select(Version.title).where(Version.case_study_id == case_study.id)))
    day = moment.astimezone(zoneinfo.ZoneInfo(case_study.time_zone)).date()
    what = meeting.title[:120] if meeting else words.day_in_full(day)
    number = len(taken) + 1
    while any(title.startswith(f"Version {number},") for title in taken):
        number += 1
    return f"Version {number}, {what}"


def checked(content: object) -> str:
    """The content of a version that came in a file, as it may be kept. Raises `Invalid`."""
    if not isinstance(content, str) or len(content) > LARGEST:
        raise Invalid("the frozen map is none.")
    try:
        found = json.loads(content, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()  # no half signs, nothing endless
    except (ValueError, RecursionError):
        raise Invalid("the frozen map is none.") from None
    if not isinstance(found, dict) or not set(found) <= {"stakeholders", "relations", "measures"}:
        raise Invalid("the frozen map is none.")
    people, ties = found.get("stakeholders"), found.get("relations")
    for listed in (people, ties):
        if not isinstance(listed, list) or not all(isinstance(row, dict) and _is_plain(row) for row in listed):
            raise Invalid("the frozen map is none.")
    ids = [row.get("id") for row in people or ()]
    known = set(ids) if all(_is_id(one) for one in ids) else set()
    if len(known) < len(ids):
        raise Invalid("the frozen map holds somebody twice.")
    for row in people or ():
        if not isinstance(row.get("name"), str) or not all(_is_rating(row.get(name)) for name in ("power", "interest")):
            raise Invalid("the frozen map holds somebody who cannot be.")
        if not all(isinstance(row.get(name, ""), str) for name in ("group", "attitude", "membership", "rationale")):
            raise Invalid("the frozen map holds somebody who cannot be.")
    for row in ties or ():
        if not {row.get("from_id"), row.get("to_id")} <= known or not isinstance(row.get("id"), str):
            raise Invalid("the frozen map holds a tie that points to nothing.")
    measures = found.get("measures", {})
    if not isinstance(measures, dict) or not all(isinstance(measures.get(n), int | float | None) for n in SCALARS):
        raise Invalid("the frozen map has no measures.")
    return content


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False


def _is_plain(row: Mapping[str, Any]) -> bool:
    return all(value is None or isinstance(value, str | int | float | bool) for value in row.values())


def _is_rating(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= 10

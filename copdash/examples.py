"""The nine ULTIMATE case studies as an example: real places, invented stakeholders. Loaded, removed, brought back."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from copdash import actions, history, meetings, milestones, relations, rows, stakeholders, versions
from copdash.fields import CASE_STUDY, clean
from copdash.models import SUBJECTS, CaseStudy, Gesture, GestureState, Invitation, Version
from copdash.roles import EDITORS, PROGRAM
from copdash.verbs import verb

FOLDER = Path(__file__).resolve().parent.parent / "data" / "example"
_SPACE = uuid.UUID("6f1d4b5e-0f5a-4a52-9c5f-1d0d7a4f2c11")


def files() -> list[Path]:
    """The example files, one a case study."""
    return sorted(FOLDER.glob("*.json"))


def _id(*names: str) -> uuid.UUID:
    """The same id for the same thing each time the example is loaded."""
    return uuid.uuid5(_SPACE, "/".join(names))


@verb(EDITORS, "example_loaded", undoable=False)
def load(session: Session) -> int:
    """Bring in the example case studies that are not in the store; returns how many came."""
    came = 0
    for path in files():
        case_study_id = _id(path.stem)
        if session.get(CaseStudy, case_study_id) is None:
            _bring_in(session, path.stem, case_study_id, json.loads(path.read_text("utf-8")))
            came += 1
    history.retell(session, "Loaded the example case studies")
    return came


def _bring_in(session: Session, stem: str, case_study_id: uuid.UUID, content: dict[str, Any]) -> None:
    values = clean(CASE_STUDY, content["case_study"])
    session.add(CaseStudy(id=case_study_id, example=True, **values))
    ids = {row["key"]: _id(stem, "stakeholder", row["key"]) for row in content["stakeholders"]}
    stakeholders.add_all(
        session,
        case_study_id,
        [(ids[row["key"]], {k: v for k, v in row.items() if k != "key"}) for row in content["stakeholders"]],
    )
    session.flush()
    ties = [
        {
            **tie,
            "id": _id(stem, "relation", tie["from"], tie["to"], tie["type"]),
            "from_id": ids[tie["from"]],
            "to_id": ids[tie["to"]],
        }
        for tie in content["relations"]
    ]
    relations.tie_all(session, case_study_id, ties)
    for number, row in enumerate(content["meetings"]):
        fields = {key: value for key, value in row.items() if key not in ("invited", "attended")}
        meeting = meetings.plan(session, case_study_id, id=_id(stem, "meeting", str(number)), **fields)
        for key in row.get("invited", []):
            session.add(
                Invitation(
                    id=_id(stem, "invitation", str(number), key),
                    case_study_id=case_study_id,
                    meeting_id=meeting.id,
                    stakeholder_id=ids[key],
                    attended=key in row.get("attended", []),
                )
            )
    for number, row in enumerate(content["milestones"]):
        milestones.set_up(session, case_study_id, id=_id(stem, "milestone", str(number)), **row)
    for number, row in enumerate(content["actions"]):
        fields = {key: value for key, value in row.items() if key not in ("stakeholder", "meeting")}
        actions.add(
            session,
            case_study_id,
            id=_id(stem, "action", str(number)),
            stakeholder_id=ids[row["stakeholder"]],
            meeting_id=_id(stem, "meeting", str(row["meeting"])) if "meeting" in row else None,
            **fields,
        )
    session.flush()
    _look_back(session, stem, case_study_id, content["earlier"])


def _look_back(session: Session, stem: str, case_study_id: uuid.UUID, earlier: dict[str, Any]) -> None:
    """A version of the map as it was before: some stood elsewhere, some were not on the list."""
    then = versions.now(session, case_study_id)
    before = {str(_id(stem, "stakeholder", key)): values for key, values in earlier["stakeholders"].items()}
    absent = {str(_id(stem, "stakeholder", key)) for key in earlier["absent"]}
    then["stakeholders"] = [
        {**row, **before.get(row["id"], {})} for row in then["stakeholders"] if row["id"] not in absent
    ]
    then["relations"] = [tie for tie in then["relations"] if not {tie["from_id"], tie["to_id"]} & absent]
    session.add(
        Version(
            id=_id(stem, "version", "0"),
            case_study_id=case_study_id,
            title=earlier["title"],
            occasion=earlier["occasion"],
            frozen_at=dt.datetime.combine(dt.date.fromisoformat(earlier["day"]), dt.time(9), dt.UTC),
            content=versions.written(then),
        )
    )


@verb(EDITORS, "example_removed", undoable=False)
def remove(session: Session) -> int:
    """Take the example case studies out, with all that was added to them; returns how many went."""
    examples = select(CaseStudy).where(col(CaseStudy.example).is_(True)).order_by(col(CaseStudy.id))
    gone = list(session.exec(examples.with_for_update()).all())
    for case_study in gone:
        for gesture in session.exec(select(Gesture).where(Gesture.case_study_id == case_study.id)):
            if gesture.state in (GestureState.DONE, GestureState.UNDONE, GestureState.OPEN):
                # Brought back, the example begins anew: nothing of before can be undone.
                gesture.state = GestureState.FINAL.value
        for table in [table for table in reversed(SUBJECTS.values()) if table is not CaseStudy]:
            for row in rows.of_case(session, table, case_study.id):
                session.delete(row)
        session.delete(case_study)
    history.tell(session, "Removed the example case studies")
    return len(gone)


def changed(session: Session) -> int:
    """How many things people did in the example case studies that still stand, and would go with them."""
    statement = (
        select(sa.func.count(col(Gesture.id)))
        .join(CaseStudy, col(CaseStudy.id) == Gesture.case_study_id)
        .where(
            col(CaseStudy.example).is_(True), Gesture.state == GestureState.DONE.value, Gesture.actor_id != PROGRAM.id
        )
    )
    return session.exec(statement).one()


def present(session: Session) -> bool:
    """Whether the example is in the store."""
    return session.exec(select(CaseStudy.id).where(col(CaseStudy.example).is_(True))).first() is not None

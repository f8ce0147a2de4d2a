"""A case study as one file, out and in: its rows, its history, and a merge with what is here, shown before it is done.

A `.copdash` file is a zip of two JSON texts. `manifest.json` says what it is (format, versions, case study, moment, the
SHA-256 of the content), so that a file can be told from others, and refused, before its content is touched;
`content.json` is the rows and the history. Zip and JSON, because every machine and every language opens them after us:
a case study must outlive this program. One text rather than lines, because a file is checked as a whole or not at all.
A file is 10 to 20 times smaller than its content, and that is why sizes are looked at before anything is unpacked.

How two versions become one: `copdash.exchange.merges`. Why the history comes in as it does: docs/decisions/0004.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import uuid
import zipfile
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any

from copdash import eyes, fields, history, store, transfers
from copdash.errors import ChangedElsewhere, Invalid, NotFound
from copdash.exchange import case_answers, case_contents, case_reading, children, claims, merges
from copdash.exchange.authors import Side
from copdash.exchange.case_answers import CaseFile
from copdash.exchange.case_reading import LARGEST_CONTENT, LARGEST_FILE, MINOR, VERSION, Manifest
from copdash.exchange.claims import Claim
from copdash.exchange.merges import Difference, Plan, Verdict
from copdash.models import Role
from copdash.roles import EDITORS, Actor
from copdash.store import Session
from copdash.transfers import Content, Deed
from copdash.verbs import acting, verb
from copdash.words import counted

EXTENSION = ".copdash"
SECONDS = 90
"""How long the child may take; 10,000 stakeholders and 30,000 ties with their history take it 6 s of the processor."""

Choices = Mapping[str, str]
"""«ours» or «theirs» by the key of a conflict; ours where nothing is said."""


@dataclass(frozen=True)
class Line:
    """One difference in words: which row, which field, what it is here and there."""

    key: str
    verdict: Verdict
    subject: str
    name: str
    label: str
    ours: str
    theirs: str


@dataclass
class Merge:
    """What a file would do here.

    `lines` are all differences but those in where things stand on a screen and those that `claims` decide: what the
    person who looks is said to have done. `same` counts the rows that are alike, and `news` what was done elsewhere and
    is not known here. `notes` are sentences to show as they are. `version` is that of the case study here: give it back
    to `apply` so that nothing is done that was not seen.
    """

    case_study_id: uuid.UUID
    title: str
    is_new: bool
    version: int
    same: int
    news: int
    lines: list[Line]
    notes: list[str]
    changes_nothing: bool
    claims: list[Claim] = field(default_factory=list)
    _differences: list[Difference] = field(repr=False, default_factory=list)
    _unknown: list[Deed] = field(repr=False, default_factory=list)
    _sides: tuple[Side, Side] | None = field(repr=False, default=None)

    @property
    def conflicts(self) -> list[Line]:
        """What somebody has to decide: changed here and there, or deleted on one side and changed on the other."""
        return [line for line in self.lines if line.verdict == "conflict"]

    def count(self, verdict: Verdict) -> int:
        """How many differences are of this kind."""
        return sum(line.verdict == verdict for line in self.lines)


# ---- out ------------------------------------------------------------------------------------------------------------


def export(session: Session, case_study_id: uuid.UUID) -> bytes:
    """A case study as a file, with all of its history. Raises `NotFound`."""
    content = transfers.content(session, case_study_id)
    if not content.rows["case_study"]:
        raise NotFound("This case study is not in the store. Choose another one in the menu.")
    text = case_contents.written(content)
    manifest = Manifest(
        format="copdash case study",
        version=VERSION,
        minor=MINOR,
        program=f"COPDash {metadata.version('copdash')}",
        case_study_id=case_study_id,
        title=content.rows["case_study"][content.case_study_id]["title"],
        exported_at=dt.datetime.now(dt.UTC),
        sha256=hashlib.sha256(text).hexdigest(),
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", manifest.model_dump_json(indent=2))
        packed.writestr("content.json", text)
    return file.getvalue()


# ---- in -------------------------------------------------------------------------------------------------------------


def read(data: bytes) -> CaseFile:
    """The file, checked in a child process. Raises `Invalid` for a foreign, damaged, oversized or newer one, `Busy`."""
    if len(data) > LARGEST_FILE:
        raise Invalid(f"This file is too large; a case study has at most {LARGEST_FILE // 1024**2} MB.")
    return case_answers.taken(
        children.lines_of(
            ["-m", case_reading.__name__],
            data,
            seconds=SECONDS,
            most_bytes=2 * LARGEST_CONTENT,
            advice="Ask for it again.",
            patience=60,
        )
    )


# ---- merging --------------------------------------------------------------------------------------------------------


def preview(session: Session, case_file: CaseFile, role: Role | None = None) -> Merge:
    """What the file would do to the case study here, or that it is a new one. Changes nothing. Raises `Invalid`.

    `role` is that of whoever looks: what the file says that they did becomes a question.
    """
    here = transfers.content(session, case_file.case_study_id)
    is_new = not here.rows["case_study"]
    theirs, known = case_file.side, Side(here)
    unknown = theirs.unknown_to(known)
    ours = Side(Content(here.case_study_id)) if is_new else known
    _refuse_mix_ups(ours, theirs)
    found = merges.differences(ours, theirs)
    plan = merges.settle(ours, theirs, found, {})
    apart = {one.row_id for one in found}
    names = _Names(ours, theirs)
    asked = claims.found(ours, theirs, found, unknown, role) if role else []
    return Merge(
        case_study_id=case_file.case_study_id,
        title=case_file.title,
        is_new=is_new,
        version=history.version(session, case_file.case_study_id),
        same=sum(row_id in theirs.rows and row_id not in apart for row_id in ours.rows),
        news=len(unknown),
        lines=[names.line(one) for one in found if not one.arranged and not claims.is_claimed(one, asked)],
        notes=names.notes(plan),
        changes_nothing=not plan and not unknown,
        claims=asked,
        _differences=found,
        _unknown=unknown,
        _sides=(ours, theirs),
    )


@verb(EDITORS)
def apply(
    session: Session,
    case_file: CaseFile,
    choices: Choices | None = None,
    *,
    mine: Collection[str] = (),
    seen_version: int | None = None,
) -> Merge:
    """Bring the file in, as the one gesture of this session; undo takes all of it back. Returns what was done.

    `mine` are the keys of the claims that are true: only those come in, see `claims`.

    Inside `store.writing(actor, case study)` for one that is here, `store.writing(actor)` for a new one; `bring_in`
    does that. `seen_version` is the version of the preview: raises `ChangedElsewhere` if the case study has changed
    since, and `Invalid` where ids belong to another case study here.
    """
    merge = preview(session, case_file, acting(session).role)
    gesture = session.info["gesture"]
    if gesture.case_study_id != (None if merge.is_new else merge.case_study_id) or (
        seen_version is not None and seen_version != merge.version
    ):
        raise ChangedElsewhere("The case study has changed since you looked at the file. Look at it once more.")
    assert merge._sides is not None  # noqa: S101
    ours, theirs = merge._sides
    plan = merges.settle(ours, theirs, claims.answered(merge._differences, merge.claims, mine), choices or {})
    if merge.is_new:
        claims.as_before(plan, theirs, merge.claims, mine)
    denied = claims.denied_deeds(merge.claims, mine)
    deeds = [deed for deed in merge._unknown if deed.id not in denied]
    if plan or deeds:
        count = sum(line.verdict in ("new_there", "changed_there", "deleted_there") for line in merge.lines)
        transfers.take_in(
            session,
            case_file.case_study_id,
            deeds=deeds,
            adds=plan.adds,
            updates=plan.updates,
            deletes=plan.deletes,
            settled=plan.settled,
            summary=f"Brought in {merge.title} from a file"
            if merge.is_new
            else f"Merged a file: {counted(count, 'change')} from elsewhere",
        )
    return merge


def bring_in(
    actor: Actor,
    case_file: CaseFile,
    choices: Choices | None = None,
    *,
    mine: Collection[str] = (),
    seen_version: int | None = None,
) -> Merge:
    """`apply` in a transaction of its own, as the right kind of gesture. Raises what `apply` and `store.writing` do."""
    with store.reading(eyes.PROGRAM) as session:
        is_new = not transfers.present(session, case_file.case_study_id)
    with store.writing(actor, None if is_new else case_file.case_study_id) as session:
        return apply(session, case_file, choices, mine=mine, seen_version=seen_version)


def _refuse_mix_ups(ours: Side, theirs: Side) -> None:
    if any(row_id in theirs.rows and theirs.rows[row_id][0] != subject for row_id, (subject, _) in ours.rows.items()):
        raise Invalid("This file does not fit: an id in it stands for something else here.")


# ---- in words -------------------------------------------------------------------------------------------------------

_COLUMNS = {
    "case_study": fields.CASE_STUDY,
    "stakeholder": fields.STAKEHOLDER,
    "relation": fields.RELATION,
    "meeting": fields.MEETING,
    "milestone": fields.MILESTONE,
    "invitation": fields.INVITATION,
    "agenda_block": fields.AGENDA,
    "preparation": fields.PREPARATION,
    "baseline": fields.BASELINE,
    "comment": fields.COMMENT,
    "comparison": fields.COMPARISON,
    "version": fields.VERSION,
    "call": fields.CALL,
    "note": fields.NOTE,
    "action": fields.ACTION,
}
_TOGETHER = {
    "power": "Power and interest",
    "starts_on": "Start and end",
    "launch_from": "Launch window",
    "since": "Since and until",
    "from_id": "Direction",
}


class _Names:
    """Says what a row, a field and a value are called."""

    def __init__(self, ours: Side, theirs: Side) -> None:
        self._ours, self._theirs = ours, theirs

    def row(self, row_id: str) -> str:
        """The name of a row: ours where there is one."""
        subject, values = self._ours.rows.get(row_id) or self._theirs.rows[row_id]
        if subject == "relation":
            return f"{self._called(values['from_id'])} → {self._called(values['to_id'])} ({values['type']})"
        if subject == "invitation":
            return f"{self._called(values['stakeholder_id'])} to {self._called(values['meeting_id'])}"
        if subject == "contribution":
            return f"{self._called(values['meeting_id'])} prepares {self._called(values['milestone_id'])}"
        if subject == "agenda_block":
            return f"{values['activity']}, in {self._called(values['meeting_id'])}"
        if subject == "comparison":
            return f"{self._called(values['stakeholder_id'])} and {values['other_name']}: {values['verdict']}"
        if subject == "comment":
            return f"Comment by {values['author_name']}: {values['text'][:60]}"
        if subject == "call":
            return f"Call of {values['begun_at'][:10]}"
        if subject == "note":
            return f"Note by {values['author_name']}: {values['text'][:60]}"
        return str(values.get("name") or values.get("title"))

    def _called(self, row_id: str) -> str:
        found = self._ours.rows.get(row_id) or self._theirs.rows.get(row_id)
        return str(found[1].get("name") or found[1].get("title")) if found else "somebody"

    def line(self, one: Difference) -> Line:
        """A difference in words."""
        columns = _COLUMNS.get(one.subject, {})
        column = columns.get(one.field)
        label = _TOGETHER.get(one.field) or (column.label if column else one.field.replace("_", " ").capitalize())
        return Line(
            one.key,
            one.verdict,
            one.subject,
            self.row(one.row_id),
            label if one.field else "",
            self._side(one, one.ours, one.row_id in self._ours.rows),
            self._side(one, one.theirs, one.row_id in self._theirs.rows),
        )

    def _side(self, one: Difference, values: tuple[Any, ...], there: bool) -> str:
        if one.field == "from_id":
            return " → ".join(self._called(value) for value in values)
        if one.field:
            return " / ".join(fields.shown(value) for value in values)
        return "there" if there else "deleted" if one.verdict in ("deleted_there", "deleted_here", "conflict") else ""

    def notes(self, plan: Plan) -> list[str]:
        """What a person should know that is not a difference of one row."""
        counted = Counter(subject for subject, _, _ in plan.doubles)
        notes = []
        for subject, stays, goes in plan.doubles:
            if subject == "relation":
                stay, go = (self._strength(row_id) for row_id in (stays, goes))
                apart = f" The one that stays is {stay}, the other was {go}." if stay != go else ""
                notes.append(f"Both drew the tie {self.row(stays)}; one stays.{apart}")
        if counted["invitation"]:
            notes.append(f"Both made the same {counted['invitation']} invitations; one of each stays.")
        return notes

    def _strength(self, row_id: str) -> str:
        values = (self._ours.rows.get(row_id) or self._theirs.rows[row_id])[1]
        return f"{'directed' if values['directed'] else 'undirected'} with strength {values['strength']}"

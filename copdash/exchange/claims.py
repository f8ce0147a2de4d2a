"""What a case study file says that somebody here did: steps of the review and comments in their role. Pure.

Files are unsigned, so whoever merges one is asked («Did you agree on 3 May 2027?»), and what they do not answer with
yes stays outside: the step or comment, its entry in the history, and what it did to the rows. Rows and history decide
together: a comment counts by the role that stands in it, a state of the roadmap by whose it can only be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from copdash import calls, reviews, verbs, words
from copdash.exchange.authors import Side
from copdash.exchange.merges import Difference, Plan
from copdash.models import RoadmapState, Role
from copdash.transfers import Deed

_STEPS = {
    reviews.SUBMITTED: "Did you submit the roadmap on {day}?",
    reviews.GAVE_FEEDBACK: "Did you give feedback on the roadmap on {day}?",
    reviews.AGREED: "Did you agree with the roadmap on {day}?",
    calls.FINISHED: "Did you finish a call on {day}?",
}
_COMMENTS = {verbs.of(change).name for change in (reviews.comment, reviews.reply, reviews.settle)}
_STATE, _AGREED_BY = "roadmap_state", "roadmap_agreed_by"
_OF_ROLE = {Role.LEADER: RoadmapState.SUBMITTED.value, Role.KWR: RoadmapState.WITH_FEEDBACK.value}


@dataclass(frozen=True)
class Claim:
    """One thing that somebody here is said to have done. `key` names it in the answers.

    `deeds` are left out of the history, and `rows` and `values` (row and field) of the rows, unless it is true.
    """

    key: str
    question: str
    deeds: frozenset[str] = field(default_factory=frozenset)
    rows: frozenset[str] = field(default_factory=frozenset)
    values: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def covers(self, one: Difference) -> bool:
        """Whether a difference is an effect of it."""
        if not one.field:
            return one.row_id in self.rows
        return any((one.row_id, name) in self.values for name in one.fields or (one.field,))


def found(
    ours: Side, theirs: Side, differences: Sequence[Difference], unknown: Iterable[Deed], role: Role
) -> list[Claim]:
    """What the file says that this role did and this store does not know, oldest first."""
    claims = [_deed(theirs, deed) for deed in unknown if _is_asked(deed, role)]
    covered = {row_id for claim in claims for row_id in claim.rows}
    for row_id in dict.fromkeys(one.row_id for one in differences if _is_comment(ours, theirs, one, role)):
        if row_id not in covered:
            claims.append(_comment(theirs, row_id))
    states, agreed = _states(ours, theirs, role)
    states -= {value for claim in claims for value in claim.values}
    frozen = {one.row_id for one in differences if agreed and one.subject == "baseline" and one.verdict == "new_there"}
    if not states:
        return claims
    at = next((at for at, claim in enumerate(claims) if agreed and claim.key in _agreements(theirs, role)), None)
    if at is not None:  # both sides agreed there, and this is the half that is ours
        claims[at] = replace(claims[at], values=claims[at].values | states, rows=claims[at].rows | frozen)
    else:
        question = f"The file says that the roadmap is further than {role.value} has brought it here. Did you do that?"
        claims.append(Claim("state", question, rows=frozenset(frozen), values=frozenset(states)))
    return claims


def _is_asked(deed: Deed, role: Role) -> bool:
    return deed.actor_role == role.value and (deed.name in _STEPS or deed.name in _COMMENTS)


def _deed(theirs: Side, deed: Deed) -> Claim:
    """A step with all that still stands of it."""
    rows, values = set(), set()
    for written in deed.changes:
        if written.field and theirs.author(written.row_id, written.field) == deed.id:
            values.add((written.row_id, written.field))
        elif not written.field and written.after is not None and written.row_id in theirs.rows:
            rows.add(written.row_id)
            if theirs.rows[written.row_id][0] == "case_study":
                rows.discard(written.row_id)  # whoever began it may have done so
    texts = [theirs.rows[row_id][1].get("text", "") for row_id in rows if theirs.rows[row_id][0] == "comment"]
    day = words.day(deed.at.date())
    if deed.name in _STEPS:
        question = _STEPS[deed.name].format(day=day)
    elif texts:
        question = _wrote(texts[0], day)
    else:
        question = f"Was this you, on {day}? {words.shortened(deed.summary, 90)}"
    return Claim(deed.id, question, frozenset({deed.id}), frozenset(rows), frozenset(values))


def _wrote(text: str, day: str) -> str:
    return f"Did you write on {day}: “{words.shortened(text, 90)}”?"


def _is_comment(ours: Side, theirs: Side, one: Difference, role: Role) -> bool:
    """Whether a difference makes or rewrites a comment of this role. How far its thread is counts for its author."""
    if one.subject != "comment" or one.verdict not in ("new_there", "changed_there", "conflict"):
        return False
    if one.row_id not in theirs.rows or one.field == "state":
        return False
    said = [side.rows[one.row_id][1] for side in (ours, theirs) if one.row_id in side.rows]
    return any(values.get("author_role") == role.value for values in said)


def _comment(theirs: Side, row_id: str) -> Claim:
    values = theirs.rows[row_id][1]
    try:
        day = words.day(dt.datetime.fromisoformat(str(values["written_at"])).date())
    except ValueError:
        day = "some day"
    names = frozenset((row_id, name) for name in values if name != "state")
    return Claim(f"comment {row_id}", _wrote(str(values["text"]), day), rows=frozenset({row_id}), values=names)


def _agreements(theirs: Side, role: Role) -> set[str]:
    return {deed.id for deed in theirs.content.deeds if deed.name == reviews.AGREED and deed.actor_role == role.value}


def _states(ours: Side, theirs: Side, role: Role) -> tuple[set[tuple[str, str]], bool]:
    """The fields of the review that say what only this role can have done, and say it anew; whether both agreed."""
    both = False
    found: set[tuple[str, str]] = set()
    for row_id, now in theirs.content.rows["case_study"].items():
        before = ours.rows[row_id][1] if row_id in ours.rows else {}
        state, agreed_by = now.get(_STATE), now.get(_AGREED_BY)
        if agreed_by == role.value and before.get(_AGREED_BY) != agreed_by:
            found.add((row_id, _AGREED_BY))
        agreed = state == RoadmapState.AGREED.value and before.get(_AGREED_BY) != role.value
        if (agreed or state == _OF_ROLE.get(role)) and before.get(_STATE) != state:
            found.add((row_id, _STATE))
            both = both or agreed
    return found, both


# ---- answers --------------------------------------------------------------------------------------------------------


def answered(differences: Iterable[Difference], claims: Sequence[Claim], mine: Collection[str]) -> Iterator[Difference]:
    """The differences with the answers in them: what is not true here is decided for what is here."""
    denied = [claim for claim in claims if claim.key not in mine]
    true = [claim for claim in claims if claim.key in mine]
    for one in differences:
        if any(claim.covers(one) for claim in denied):
            yield replace(one, verdict="conflict")
        elif one.verdict == "conflict" and any(claim.covers(one) for claim in true):
            yield replace(one, verdict="changed_there" if one.field else "new_there")
        else:
            yield one


def denied_deeds(claims: Sequence[Claim], mine: Collection[str]) -> set[str]:
    """The deeds that stay out of the history."""
    return {deed_id for claim in claims if claim.key not in mine for deed_id in claim.deeds}


def as_before(plan: Plan, theirs: Side, claims: Sequence[Claim], mine: Collection[str]) -> None:
    """In a case study that is new here there is nothing of ours to keep: what is denied is as it was before there."""
    denied = {value for claim in claims if claim.key not in mine for value in claim.values}
    deeds = denied_deeds(claims, mine)
    for row in plan.adds.get("case_study", ()):
        for row_id, name in denied:
            if row_id == row["id"] and name in (_STATE, _AGREED_BY):
                row[name] = theirs.before(row_id, name, deeds)


def is_claimed(one: Difference, claims: Iterable[Claim]) -> bool:
    """Whether a question decides this difference."""
    return any(claim.covers(one) for claim in claims)

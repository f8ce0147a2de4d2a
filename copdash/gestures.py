"""The edge: turns what a board sends into verbs, one gesture one transaction. Knows no Streamlit.

What may be sent is what the verbs' descriptions say (`copdash.verbs`). A browser sends a gesture again until it hears
that it was carried out or refused; one that is in the log already is acknowledged and not done twice.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import operator
import uuid
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from copdash import eyes, history, meetings, milestones, relations, stakeholders, store, undoing, verbs
from copdash.errors import Busy, Problem
from copdash.roles import Actor

SENDERS = (stakeholders, relations, meetings, milestones, undoing)
"""The subjects whose verbs boards send; importing them describes their gestures."""


UNSAID = "That was not done. Show the names to read why."


def sent_by_boards() -> list[verbs.Description]:
    """The gestures that a board may send, by name."""
    return sorted((one for one in verbs.GESTURES.values() if one.sent_to), key=lambda one: one.name)


@functools.cache
def _known() -> TypeAdapter[Any]:
    kinds: Any = functools.reduce(operator.or_, (one.model for one in sent_by_boards()))
    return TypeAdapter(Annotated[kinds, Field(discriminator="name")])


def carry_out(
    actor: Actor, sent: object, handled: dict[str, str] | None = None, *, names_hidden: bool = False
) -> dict[str, str]:
    """Carry out a board's outbox in its order.

    Returns the sentence for each gesture id: empty where it is done (now or before), else why it was refused. Where the
    store cannot be reached there is no answer, and the browser sends it again.
    `handled` holds the answers already given to this browser, which are given again. `names_hidden`: its screen shows
    pseudonyms, so what edits words is refused.
    """
    answers: dict[str, str] = {}
    for raw in sent if isinstance(sent, list) else []:
        gesture_id = str(raw.get("id")) if isinstance(raw, dict) else ""
        if handled and gesture_id in handled:
            answers[gesture_id] = handled[gesture_id]
            continue
        try:
            gesture = _known().validate_python(raw)
        except ValidationError as wrong:
            logging.getLogger("copdash.gestures").warning("A gesture was malformed: %d faults", wrong.error_count())
            answers[gesture_id] = "The page sent something that was not understood. Reload it and do that again."
            continue
        try:
            answers[gesture_id] = perform(actor, gesture, digest=digest(raw), names_hidden=names_hidden)
        except Busy:
            break  # no answer: the browser keeps this one and those after it, and sends them again
        except Exception:  # one that cannot be done must not block those behind it
            number = uuid.uuid4().hex[:8]
            logging.getLogger("copdash.gestures").exception("Incident %s: %s", number, gesture.name)
            answers[gesture_id] = f"That could not be done (incident {number}). Reload the page and do it again."
    return answers


def spoken(sentence: str, *, names_hidden: bool) -> str:
    """Why a gesture was refused; where names are hidden, in words that name nobody. An empty one stays empty."""
    return sentence if not sentence or sentence == verbs.NAMES_HIDDEN or not names_hidden else UNSAID


def digest(raw: object) -> str:
    """A fingerprint of what a browser sent under an id."""
    return hashlib.sha256(json.dumps(raw, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def perform(actor: Actor, gesture: verbs.Envelope, *, digest: str = "", names_hidden: bool = False) -> str:
    """One gesture, one transaction; the empty text, or the sentence that says why it was refused."""
    described = verbs.GESTURES[gesture.name]  # type: ignore[attr-defined]
    try:
        with store.writing(
            actor, gesture.case_study_id, gesture_id=gesture.id, digest=digest, names_hidden=names_hidden
        ) as session:
            if history.known(session, gesture.id, digest):
                history.forget(session)
            else:
                described.carry_out(session, gesture)
    except Busy:
        raise
    except Problem as problem:
        with store.reading(eyes.PROGRAM) as session:
            return "" if _is_done(session, gesture.id, digest) else str(problem)
    return ""


def _is_done(session: store.Session, gesture_id: uuid.UUID, digest: str) -> bool:
    """Whether it was carried out after all, by another server at the same moment."""
    try:
        return history.known(session, gesture_id, digest)
    except Problem:
        return False

"""Rows without names, for a screen that others see.

A session that reads with names hidden gives each stakeholder a pseudonym (S01, S02, …) and no text that a person wrote,
but for titles, places and countries of case studies and titles of meetings and milestones. It happens while a row is
loaded, so nothing above the store ever holds a name, whatever question was asked and whoever adds a table or a column:
text that is not allowed here by name is empty. Questions for single columns of text are refused.

The number of a pseudonym is the place of the stakeholder in the change log of its case study: the order in which the
rows came, whatever was edited, sorted, deleted or brought back since. No number is ever given twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.orm import ORMExecuteState, QueryContext, object_session, sessionmaker
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from copdash import fields
from copdash.eyes import Eye
from copdash.fields import Column
from copdash.models import Base, Change, Stakeholder, Theme

EYE = "eye"
"""The key in a session's `info` under which it holds the eye that it reads for."""

_KEPT: dict[str, frozenset[str]] = {
    "case_study": frozenset({"title", "place", "country", "time_zone"}),
    "meeting": frozenset({"title"}),
    "milestone": frozenset({"title"}),
    "gesture": frozenset({"name", "state", "actor_role"}),
    "change": frozenset({"subject", "field"}),
}
"""Texts that are shown as they are, by table. Everything that is not a text is shown too."""

_WORDS: dict[str, Mapping[str, Column]] = {
    "case_study": fields.CASE_STUDY,
    "stakeholder": fields.STAKEHOLDER,
    "relation": fields.RELATION,
    "meeting": fields.MEETING,
    "milestone": fields.MILESTONE,
}
"""Columns that hold one of a few known words, by table; such a word is shown, anything else in them is not."""

_NEVER = frozenset({"attitude", "attitude_wanted"})
"""Known words that are hidden all the same: what somebody thinks of the matter."""

_NUMBERS = "pseudonym numbers"


def install(sessions: sessionmaker[Session]) -> None:
    """Make the sessions of this sessionmaker hide names from the eye in their `info`; without one none answers."""
    event.listen(sessions, "do_orm_execute", _refuse_columns)
    for name, listener in (("load", _on_load), ("refresh", _on_refresh)):
        if not event.contains(Base, name, listener):
            event.listen(Base, name, listener, propagate=True)


def hides(session: orm.Session) -> bool:
    """Whether this session hides names from the eye that it reads for; one that writes has no eye, and does not."""
    eye: Eye | None = session.info.get(EYE)
    return eye is not None and eye.names_hidden


def of(number: int) -> str:
    """The pseudonym with this number, from 1: S01, S02, … S100."""
    return f"S{number:02d}"


def _refuse_columns(state: ORMExecuteState) -> None:
    """Whole rows pass, they are stripped while they are loaded; of single columns only what cannot hold a word."""
    if EYE not in state.session.info:
        raise RuntimeError("Nobody said who looks: a session that reads is opened by store.reading(eye)")
    if not hides(state.session):
        return
    for asked in getattr(state.statement, "column_descriptions", None) or [{"type": None, "expr": None}]:
        kind = asked["type"]
        if isinstance(kind, type) and issubclass(kind, Base):
            continue
        if not isinstance(kind, sa.types.TypeEngine) or holds_words(kind):
            raise RuntimeError("Names are hidden: ask for whole rows, not for single columns of text")


def holds_words(kind: sa.types.TypeEngine[Any]) -> bool:
    """Whether a column of this type may hold what a person wrote."""
    plain = (sa.Uuid, sa.Integer, sa.Float, sa.Numeric, sa.Boolean, sa.Date, sa.DateTime)
    return not isinstance(kind.impl if isinstance(kind, sa.types.TypeDecorator) else kind, plain)


def _on_load(row: Base, context: QueryContext) -> None:
    _strip(row)


def _on_refresh(row: Base, context: QueryContext, attributes: object) -> None:
    _strip(row)


def _strip(row: Base) -> None:
    session = object_session(row)
    if session is None or not hides(session):
        return
    table = str(row.__tablename__)
    for attribute in sa.inspect(type(row)).column_attrs:
        if attribute.key not in row.__dict__ or not holds_words(attribute.columns[0].type):
            continue
        value = row.__dict__[attribute.key]
        set_committed_value(row, attribute.key, _without_words(table, attribute.key, value))
    if isinstance(row, Stakeholder):
        set_committed_value(row, "name", of(_number(session, row.case_study_id, row.id)))


def _without_words(table: str, column: str, value: Any) -> Any:
    if column in _KEPT.get(table, ()) or value is None or value == "":
        return value
    if isinstance(value, str):
        return value if value in _known_words(table, column) and column not in _NEVER else ""
    return _plain(value) if table == Change.__tablename__ else None


def _known_words(table: str, column: str) -> list[str]:
    if (table, column) == ("meeting", "theme"):
        return Theme.values()  # a theme may also be typed; such a one is not shown
    rule = _WORDS.get(table, {}).get(column)
    return rule.choices.values() if rule is not None and rule.choices is not None else []


def _plain(value: Any) -> Any:
    """What the change log holds of a value: numbers and ids pass, words do not."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, str):
        return value if _is_id(value) else ""
    return value if value is None or isinstance(value, bool | int | float) else None


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _number(session: Any, case_study_id: uuid.UUID, stakeholder_id: uuid.UUID) -> int:
    cases: dict[uuid.UUID, dict[uuid.UUID, int]] = session.info.setdefault(_NUMBERS, {})
    if case_study_id not in cases:
        cases[case_study_id] = _numbers(session.connection(), case_study_id)
    numbers = cases[case_study_id]
    return numbers.setdefault(stakeholder_id, len(numbers) + 1)


def _numbers(connection: sa.Connection, case_study_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Numbers of the stakeholders that ever were in a case study, from the log alone: no name is read for it."""
    log, rows = Change.__table__, Stakeholder.__table__  # type: ignore[attr-defined]
    came = (
        sa.select(log.c.subject_id)
        .where(log.c.case_study_id == case_study_id, log.c.subject == "stakeholder", log.c.field == "")
        .group_by(log.c.subject_id)
        .order_by(sa.func.min(log.c.number))
    )
    ids = list(connection.execute(came).scalars())
    known = set(ids)
    listed = sa.select(rows.c.id).where(rows.c.case_study_id == case_study_id).order_by(rows.c.position, rows.c.id)
    ids += [row_id for row_id in connection.execute(listed).scalars() if row_id not in known]
    return {row_id: number for number, row_id in enumerate(ids, start=1)}

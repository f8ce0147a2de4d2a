"""Names hidden where rows are read: pseudonyms that last, nobody's words, and no way around it."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from copdash import case_studies, eyes, fields, meetings, pseudonyms, relations, stakeholders, store, undoing
from copdash.models import SUBJECTS, Base, Change, Gesture, Moment, Role, Stakeholder
from copdash.roles import PROGRAM, Actor

CANARY = "Zwiebelfisch"
HIDDEN = eyes.of(Actor(uuid.uuid4(), "Ann", Role.LEADER), names_hidden=True)


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    """A case study in which every text that a person can write holds the canary."""
    count = itertools.count()

    def words(columns: Any) -> dict[str, Any]:
        return {name: f"{CANARY} {next(count)}" for name, column in columns.items() if column.shape in ("text", "note")}

    with store.writing(PROGRAM, undoable=False) as session:
        study = case_studies.begin(session, title="Water", place="Delft", time_zone="UTC", technologies=CANARY).id
        session.flush()
        ids = [uuid.uuid4() for _ in range(4)]
        known = {"group": "Regulators", "attitude": "Resistant", "power": 8.0, "interest": 2.5, "membership": "Core"}
        stakeholders.add_all(session, study, [(row_id, {**words(fields.STAKEHOLDER), **known}) for row_id in ids])
        relations.tie(session, study, from_id=ids[0], to_id=ids[1], type="Money")
        planned = meetings.plan(session, study, **{**words(fields.MEETING), "title": "CoP 1", "theme": "Upscaling"})
        session.flush()
        meetings.invite(session, planned.id, stakeholder_ids=ids)
    return study


def hidden(case: uuid.UUID) -> list[Stakeholder]:
    with store.reading(HIDDEN) as session:
        return stakeholders.of_case(session, case)


def test_a_row_holds_a_pseudonym_ratings_and_known_words_and_nothing_that_a_person_wrote(case: uuid.UUID) -> None:
    rows = hidden(case)
    assert [row.name for row in rows] == ["S01", "S02", "S03", "S04"]
    assert {(row.power, row.interest, row.group, row.membership, row.attitude) for row in rows} == {
        (8.0, 2.5, "Regulators", "Core", "")
    }
    assert not [row for row in rows if CANARY in str(row.model_dump())]


def test_no_table_of_the_store_gives_a_written_word_away(case: uuid.UUID) -> None:
    with store.reading(HIDDEN) as session:
        tables: list[Any] = [*SUBJECTS.values(), Gesture, Change]
        found = [row for table in tables for row in session.exec(select(table)).all()]
        assert {type(row) for row in found} >= {Stakeholder, Change, Gesture}
        assert not [row for row in found if CANARY in str(row.model_dump())]
    with store.reading(eyes.PROGRAM) as session:
        rows: list[Base] = [row for table in (Stakeholder, Change) for row in session.exec(select(table)).all()]
        assert all(CANARY in str(row.model_dump()) for row in rows if isinstance(row, Stakeholder))
        assert any(CANARY in str(row.model_dump()) for row in rows if isinstance(row, Change))


def test_a_text_of_any_table_is_hidden_until_somebody_allows_it(case: uuid.UUID) -> None:
    ids: dict[str, uuid.UUID] = {}
    with store.writing(PROGRAM, case) as session:
        for name, table in SUBJECTS.items():
            values: dict[str, Any] = {}
            for column in table.__table__.columns:  # type: ignore[attr-defined]
                if column.foreign_keys:
                    values[column.name] = ids[next(iter(column.foreign_keys)).column.table.name]
                elif isinstance(column.type, sa.Uuid) and not column.primary_key:
                    values[column.name] = uuid.uuid4()
                elif isinstance(column.type, Moment):
                    values[column.name] = dt.datetime.now(dt.UTC)
                elif isinstance(column.type, sa.String | sa.JSON):
                    values[column.name] = CANARY
            row: Any = table(**values)
            ids[name] = row.id
            session.add(row)
            session.flush()
    with store.reading(HIDDEN) as session:
        shown = {
            (name, field)
            for name, table in SUBJECTS.items()
            for field, value in session.get_one(table, ids[name]).model_dump().items()
            if CANARY in str(value)
        }
    assert shown == {
        ("case_study", "title"),
        ("case_study", "place"),
        ("case_study", "country"),
        ("case_study", "time_zone"),
        ("meeting", "title"),
        ("milestone", "title"),
    }


def test_titles_of_case_studies_and_meetings_stay_and_who_moderates_does_not(case: uuid.UUID) -> None:
    with store.reading(HIDDEN) as session:
        study, meeting = case_studies.get(session, case), meetings.of_case(session, case)[0]
    assert (study.title, study.place, study.technologies) == ("Water", "Delft", "")
    assert (meeting.title, meeting.theme, meeting.moderator, meeting.goals) == ("CoP 1", "Upscaling", "", "")


def test_pseudonyms_stay_whatever_is_edited_sorted_deleted_and_brought_back(case: uuid.UUID) -> None:
    before = {row.id: row.name for row in hidden(case)}
    first, second, *_ = before
    with store.writing(PROGRAM, case) as session:
        stakeholders.edit(session, second, values={"name": "Somebody else"})
        row = session.get(Stakeholder, second)
        assert row is not None
        row.position = 99
    with store.writing(PROGRAM, case) as session:
        stakeholders.remove(session, [first])
    with store.writing(PROGRAM, case) as session:
        newcomer = stakeholders.add(session, case, name="Newcomer").id
    assert {row.id: row.name for row in hidden(case)} == {
        **{row_id: name for row_id, name in before.items() if row_id != first},
        newcomer: "S05",
    }
    with store.reading(eyes.PROGRAM) as session:
        removal = session.exec(select(Gesture.id).where(Gesture.name == "removed")).one()
    with store.writing(PROGRAM, case) as session:
        undoing.undo(session, removal)
    assert {row.id: row.name for row in hidden(case)} == {**before, newcomer: "S05"}


@pytest.mark.parametrize(
    "question",
    [
        select(Stakeholder.name),
        select(Gesture.summary, Gesture.number),
        select(Change.after),
        select(sa.func.max(col(Stakeholder.name))),
        sa.text("select name from stakeholder"),
        Stakeholder.__table__.select(),  # type: ignore[attr-defined]
    ],
    ids=["name", "summary", "log", "largest name", "plain SQL", "table"],
)
def test_a_question_for_words_alone_is_refused(case: uuid.UUID, question: Any) -> None:
    with store.reading(HIDDEN) as session, pytest.raises(RuntimeError, match="Names are hidden"):
        session.execute(question)


def test_a_trail_keeps_its_places(case: uuid.UUID) -> None:
    row_id = hidden(case)[0].id
    with store.writing(PROGRAM, case) as session:
        stakeholders.move(session, row_id, power=3.0, interest=2.5)
    with store.reading(HIDDEN) as session:
        assert stakeholders.trail(session, row_id) == [(8.0, 2.5)]


def test_a_session_hides_names_only_where_it_was_asked_to(case: uuid.UUID) -> None:
    assert hidden(case)[0].name == "S01"
    with store.reading(eyes.PROGRAM) as session:
        assert stakeholders.of_case(session, case)[0].name.startswith(CANARY)
    with store.writing(PROGRAM, case) as session:
        assert stakeholders.of_case(session, case)[0].name.startswith(CANARY)


def test_the_hundredth_has_three_figures() -> None:
    assert [pseudonyms.of(number) for number in (1, 99, 100)] == ["S01", "S99", "S100"]

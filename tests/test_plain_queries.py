"""Rows are filtered while they load; what is read past the rows is listed here by hand, each with its rule.

Whoever adds a question for single columns, or one straight to the connection, finds this test failing and writes down
why no name gets out by it.
"""

from __future__ import annotations

import ast
import datetime as dt
import functools
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from copdash import calls, case_studies, duplicates, eyes, history, models, people, pseudonyms, store, transfers
from copdash.models import Base, Role
from copdash.roles import PROGRAM, Actor

ROOT = Path(__file__).resolve().parent.parent

ROWS = "The variable is the class of a table: whole rows, which are stripped while they load."
PLAIN = "Ids, numbers, moments, yes or no; no text is among them."
REFUSED = "Texts: the session refuses them where names are hidden, so only a screen with names can ask."
WRITES = "Asked by a verb only, in a session that writes; what it answers is told through `changes.spoken`."
PROGRAM_ASKS = "Asked with the program's eye, for what is told to no screen but the person's own."
NUMBERS = "Beneath the filter, which needs it: ids alone, in their order."
SCHEMA = "Asks for the schema, a lock or a setting of the database; no row is read."

QUERIES = {
    ("batches.change_many", "session.connection()"): WRITES,
    ("calls._entries", "select(*common, col(Change.before), col(Change.after))"): REFUSED,
    ("calls._entries", "select(*common, came)"): REFUSED,
    ("case_studies.ids_beside", "select(col(CaseStudy.example))"): PLAIN,
    ("case_studies.ids_beside", "select(col(CaseStudy.id))"): PLAIN,
    ("duplicates._by_ids", "select(table)"): ROWS,
    ("duplicates._double", "select(table)"): ROWS,
    (
        "duplicates._of_others",
        "select(col(Stakeholder.id), *(col(getattr(Stakeholder, field)) for field in Name._fields))",
    ): REFUSED,
    ("duplicates._settled", "select(Comparison.stakeholder_id, Comparison.other_id)"): PLAIN,
    ("duplicates._take_over_the_rest", "select(table)"): ROWS,
    ("examples.changed", "select(sa.func.count(col(Gesture.id)))"): PLAIN,
    ("examples.present", "select(CaseStudy.id)"): PLAIN,
    ("history.known", "select(Gesture.digest)"): PROGRAM_ASKS,
    ("history.last_author", "select(Gesture.actor_name)"): WRITES,
    ("history.mark", "select(Change.number, Change.gesture_id)"): PLAIN,
    (
        "history.revisions",
        "select(Change.subject_id, sa.func.count(col(Change.number)), sa.func.max(col(Gesture.at)))",
    ): (PLAIN),
    ("history.stored", "select(kept)"): ROWS,
    ("history.undoable", "select(Gesture.number)"): PLAIN,
    ("history.version", "select(sa.func.count(col(Gesture.number)))"): PLAIN,
    ("history.version", "select(sa.func.max(Change.number))"): PLAIN,
    ("looks.__init__._version", "session.connection(execution_options={'isolation_level': 'REPEATABLE READ'})"): SCHEMA,
    ("history.versions", "select(models.CaseStudy.id, latest)"): PLAIN,
    ("history.versions", "select(sa.func.max(Change.number))"): PLAIN,
    ("meeting_merges._of", "select(table)"): ROWS,
    ("meeting_merges._take_over_parts", "select(table)"): ROWS,
    ("meetings.attended", "select(Invitation.meeting_id, Invitation.stakeholder_id)"): PLAIN,
    ("meetings.invited", "select(Invitation.meeting_id, Invitation.stakeholder_id)"): PLAIN,
    ("meetings.prepared", "select(Contribution.meeting_id, Contribution.milestone_id)"): PLAIN,
    ("meetings.remove", "select(table)"): ROWS,
    ("people.at", "select(Person.id, Person.name, Person.role)"): PROGRAM_ASKS,
    ("pseudonyms._number", "session.connection()"): NUMBERS,
    ("pseudonyms._numbers", "select(log.c.subject_id)"): NUMBERS,
    ("pseudonyms._numbers", "select(rows.c.id)"): NUMBERS,
    ("relations._refuse_double", "select(Relation.id)"): PLAIN,
    ("reviews.changed_since", "select(Change.gesture_id)"): PLAIN,
    ("rows.find_all", "select(table)"): ROWS,
    ("rows.following", "select(sa.func.max(table.position))"): PLAIN,
    ("rows.of_case", "select(table)"): ROWS,
    ("rows.refuse_taken", "select(key)"): WRITES,
    ("stakeholders.add_all", "select(sa.func.count(col(Stakeholder.id)))"): PLAIN,
    ("startup._load_example", "select(Gesture.number)"): PLAIN,
    ("store._alone", "lock.exec_driver_sql(f'SELECT pg_advisory_lock({LOCK_KEY})')"): SCHEMA,
    ("store._alone", "lock.exec_driver_sql(f'SELECT pg_advisory_unlock({LOCK_KEY})')"): SCHEMA,
    ("store._alone", "store.write_engine.connect()"): SCHEMA,
    ("store._found", "engine.connect()"): SCHEMA,
    ("store._prepare_sqlite._on_begin", "connection.exec_driver_sql(begin)"): SCHEMA,
    ("store.columns", "_store().read_engine.connect()"): SCHEMA,
    ("store.health", "connection.exec_driver_sql('SHOW server_version')"): SCHEMA,
    ("store.health", "store.read_engine.connect()"): SCHEMA,
    ("store.writing", "select(CaseStudy.id)"): PLAIN,
    ("transfers._deeds", "select(Change.gesture_id)"): PLAIN,
    (
        "transfers._deeds",
        "select(col(Change.gesture_id), col(Change.subject), col(Change.subject_id), col(Change.field), "
        "col(Change.before), col(Change.after))",
    ): REFUSED,
    ("transfers._refuse_strangers", "select(col(Change.subject_id), col(Change.subject), col(Change.case_study_id))"): (
        WRITES
    ),
    ("stakeholders.any_of_case", "select(Stakeholder.id)"): PLAIN,
    ("transfers._remember", "select(Gesture.number)"): PLAIN,
    ("transfers._rows", "select(table)"): ROWS,
    ("transfers.content", "select(sa.inspect(table).local_table)"): REFUSED,
    ("transfers.present", "select(CaseStudy.id)"): PLAIN,
    ("undoing._refuse_doubled_invitation", "select(models.Contribution.id)"): PLAIN,
    ("undoing._refuse_doubled_invitation", "select(models.Invitation.id)"): PLAIN,
    ("undoing._refuse_orphans", "select(table.id)"): PLAIN,
    ("undoing._refuse_orphans", "select(target.id)"): PLAIN,
    ("undoing._rows_of", "select(table)"): ROWS,
    ("versions._latest", "select(which)"): PLAIN,
    ("reviews._brought", "select(Change.subject_id)"): PLAIN,
    ("versions._name", "select(Version.title)"): WRITES,
    ("versions.freeze", "select(sa.func.coalesce(sa.func.sum(sa.func.length(Version.content)), 0))"): WRITES,
}
"""Where in `copdash`, what is asked, and why no name gets out by it."""

TABLES = {name: kind for name, kind in vars(models).items() if isinstance(kind, type) and issubclass(kind, Base)}
PAST_THE_ROWS = frozenset(
    {
        *("connect", "connection", "exec_driver_sql", "raw_connection"),
        *("add_columns", "from_statement", "literal_column", "with_entities", "with_only_columns"),
        *("column_property", "query", "text"),
    }
)
"""Names of calls that lead past whole rows, beside `select` of anything but a table's class."""
OTHERS = frozenset({"sqlite3.connect", "st.text"})
"""Calls of the same names that ask for no rows: one opens a file to look whether it is sound, one writes a line."""


def found(source: str, module: str) -> Iterator[tuple[str, str, ast.Call]]:
    """Every call that asks past whole rows: the function it stands in, what it is, and itself."""

    def within(node: ast.AST, where: str) -> Iterator[tuple[str, str, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            yield from within(child, f"{where}.{child.name}" if named else where)  # type: ignore[attr-defined]
            if isinstance(child, ast.Call):
                name = child.func.attr if isinstance(child.func, ast.Attribute) else getattr(child.func, "id", "")
                if name == "select" and not (child.args and all(is_table(one) for one in child.args)):
                    yield where, f"select({', '.join(map(ast.unparse, child.args))})", child
                elif name in PAST_THE_ROWS and ast.unparse(child.func) not in OTHERS:
                    yield where, ast.unparse(child), child

    yield from within(ast.parse(source), module)


def is_table(node: ast.AST) -> bool:
    """Whether this is the class of a table, such as `Stakeholder` or `models.Stakeholder`."""
    return (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")) in TABLES


@functools.cache
def everywhere() -> dict[tuple[str, str], ast.Call]:
    """Every such call in `copdash` and the screens; migrations change the schema and show nothing."""
    calls_found = {}
    for folder in ("copdash", "pages"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                module = ".".join(parts).removeprefix("copdash.")
                calls_found.update({(where, said): call for where, said, call in found(path.read_text(), module)})
    return calls_found


def test_each_question_past_the_rows_has_its_rule() -> None:
    assert sorted(everywhere()) == sorted(QUERIES)


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("select(Stakeholder)", []),
        ("sa.select(models.Stakeholder, Gesture)", []),
        ("select(Stakeholder.name)", ["select(Stakeholder.name)"]),
        (
            "sa.select(Stakeholder, col(Stakeholder.name))",
            ["select(Stakeholder, col(Stakeholder.name))"],
        ),
        ("select()", ["select()"]),
        ("def f(session): session.execute(sa.text('x'))", ["sa.text('x')"]),
        ("def f(session): session.connection().execute(x)", ["session.connection()"]),
        ("def f(session): session.query(Stakeholder.name)", ["session.query(Stakeholder.name)"]),
    ],
)
def test_a_question_past_the_rows_is_recognised(source: str, asked: list[str]) -> None:
    assert [said for _, said, _ in found(source, "here")] == asked


def test_what_is_said_to_be_without_texts_has_none() -> None:
    """The columns it names are of types that hold no words, whatever table a variable stands for."""
    kinds: dict[str, set[bool]] = {}
    for table in TABLES.values():
        for column in getattr(table, "__table__", sa.table("none")).columns:
            kinds.setdefault(column.name, set()).add(pseudonyms.holds_words(column.type))
    for key, call in everywhere().items():
        if QUERIES[key] in (PLAIN, NUMBERS):
            named = {node.attr for one in call.args for node in ast.walk(one) if isinstance(node, ast.Attribute)}
            texts = {name for name in named if True in kinds.get(name, set())}
            assert not texts, key


HIDDEN = eyes.of(Actor(uuid.UUID(int=7), "Ann", Role.LEADER), names_hidden=True)
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "question",
    [
        lambda session, case: people.at(session, "a token"),
        lambda session, case: history.known(session, case),
        lambda session, case: history.last_author(session, case, "name"),
        lambda session, case: calls.news_since(session, case, LONG_AGO),
        lambda session, case: transfers.content(session, case),
        lambda session, case: duplicates.waiting(session, case),
    ],
    ids=["people.at", "known", "last_author", "news_since", "content", "waiting"],
)
def test_questions_for_texts_are_refused_where_names_are_hidden(
    store_url: str, question: Callable[[store.Session, uuid.UUID], Any]
) -> None:
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Testwater").id
    with store.reading(HIDDEN) as session, pytest.raises(RuntimeError, match="Names are hidden"):
        question(session, case)
    with store.reading(eyes.of(PROGRAM, names_hidden=False)) as session:
        question(session, case)

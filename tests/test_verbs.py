"""One description of each gesture, where its verb stands: what it is called, who may do it, what boards send."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import uuid
from collections import Counter
from pathlib import Path

import pytest

import copdash
from copdash import case_studies, eyes, history, meetings, relations, stakeholders, store, undoing, verbs
from copdash.errors import NotAllowed
from copdash.models import Gesture, GestureState, Role
from copdash.roles import EDITORS, Actor

ROOT = Path(__file__).resolve().parent.parent
ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
EVE = Actor(uuid.UUID(int=13), "Eve", Role.VIEWER)

for module in pkgutil.walk_packages(copdash.__path__, "copdash."):
    if not module.name.startswith(("copdash.migrations", "copdash.ui")):
        importlib.import_module(module.name)  # importing it describes its verbs


@pytest.fixture
def case(sqlite_url: str) -> uuid.UUID:
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater")
    return made.id


def last(case: uuid.UUID) -> Gesture:
    with store.reading(eyes.PROGRAM) as session:
        return history.gesture_of(session, history.mark(session, case).gesture_id)


def test_the_verb_that_is_called_first_names_the_gesture(case: uuid.UUID) -> None:
    with store.writing(ANN, case) as session:
        row = stakeholders.add(session, case, name="Province")  # a part only
        stakeholders.edit(session, row.id, values={"notes": "a"})
        stakeholders.move(session, row.id, power=1, interest=2)
    assert last(case).name == "edited"


def test_another_form_of_a_gesture_bears_its_name(case: uuid.UUID) -> None:
    with store.writing(ANN, case) as session:
        row = stakeholders.add(session, case, name="Province")
        meeting = meetings.plan(session, case, title="CoP 1")
    with store.writing(ANN, case) as session:
        meetings.welcome(session, meeting.id, row.id)
    assert last(case).name == verbs.of(meetings.note_attended).name == "attendance_noted"
    with store.writing(ANN, case) as session:
        undoing.undo(session)
    with store.reading(eyes.PROGRAM) as session:
        assert meetings.invited(session, case) == {}


def test_what_cannot_be_undone_says_so_where_it_is_described(case: uuid.UUID) -> None:
    with store.writing(ANN) as session:
        begun = case_studies.begin(session, title="Another")
    assert last(begun.id).state == GestureState.FINAL


def test_a_gesture_is_described_once() -> None:
    with pytest.raises(RuntimeError, match="twice"):

        @verbs.verb(EDITORS, "moved")
        def elsewhere(session: store.Session) -> None:
            """Would take the name of another one."""


def test_a_verb_refuses_whoever_may_not_before_anything_else(case: uuid.UUID) -> None:
    with pytest.raises(NotAllowed, match="viewer"), store.writing(EVE, case) as session:
        relations.cut(session, [uuid.uuid4()])


def test_names_hidden_refuses_words_and_lets_the_rest_pass(case: uuid.UUID) -> None:
    with store.writing(ANN, case) as session:
        row = stakeholders.add(session, case, name="Province")
    with pytest.raises(NotAllowed, match="hidden"), store.writing(ANN, case, names_hidden=True) as session:
        stakeholders.edit(session, row.id, values={"notes": "x"}, seen={"notes": ""})
    with store.writing(ANN, case, names_hidden=True) as session:
        stakeholders.move(session, row.id, power=1, interest=2)
    assert last(case).name == "moved"


def test_each_gesture_of_a_screen_is_described() -> None:
    """What screens call within a change is a described verb, so each gesture of the log has a name."""
    nameless = {where.removeprefix("copdash.") for where in verbs.RULES}
    nameless -= {
        f"{one.__module__}.{one.__qualname__}".removeprefix("copdash.")
        for one in map(inspect.unwrap, verbs.described())
    }
    for path in [*(ROOT / "copdash" / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
        assert not {ast.unparse(node.func) for node in calls} & nameless, path


def test_no_name_of_a_gesture_is_typed_outside_its_description() -> None:
    """Words that are nothing but a gesture's name stand once; the others are never compared with a name."""
    known = [Path(path) for folder in ("copdash", "pages") for path in (ROOT / folder).rglob("*.py")]
    trees = {path: ast.parse(path.read_text("utf-8")) for path in known if "migrations" not in path.parts}
    typed = Counter(
        node.value
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in verbs.GESTURES and "_" in str(node.value)
    )
    assert typed == {name: 1 for name in verbs.GESTURES if "_" in name}
    for path, tree in trees.items():
        for node in (node for node in ast.walk(tree) if isinstance(node, ast.Compare)):
            sides = [node.left, *node.comparators]
            asked = any(ast.unparse(side).endswith((".name", "['name']", "get('name')")) for side in sides)
            words = {part.value for side in sides for part in ast.walk(side) if isinstance(part, ast.Constant)}
            assert not asked or not words & set(verbs.GESTURES), f"{path}:{node.lineno}"

"""A network that is too large to draw: its part, what is not shown, and the way to the others."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from copdash import case_studies, eyes, relations, stakeholders, store
from copdash.analysis.surroundings import MOST_NODES, MOST_TIES, WHOLE_NODES
from copdash.roles import PROGRAM
from copdash.ui.habits import sessions
from copdash.ui.mapping import networks

Start = Callable[..., AppTest]
PAGE = "mapping/network.py"
PEOPLE, TIES = 10_000, 30_000
LIMIT = 20_000_000
"""Bytes of one message; Streamlit refuses a larger one with an error of its own (`server.maxMessageSize`)."""


class Vast(NamedTuple):
    """A case study, and the ids of its stakeholders."""

    id: uuid.UUID
    people: list[uuid.UUID]


def built(people: int, wanted: int) -> Vast:
    """The last stakeholder has no tie, the earlier ones have more than the later ones."""
    chance = random.Random(7)
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Vast water").id
        session.flush()
        rows = [
            (uuid.uuid4(), {"name": f"Stakeholder {n}", "power": n % 101 / 10, "interest": n * 37 % 101 / 10})
            for n in range(people)
        ]
        ids = [row_id for row_id, _ in rows]
        stakeholders.add_all(session, case, rows)
        session.flush()
        ends: set[tuple[int, int]] = set()
        while len(ends) < wanted:
            a, b = sorted((int((people - 1) * chance.random() ** 2), chance.randrange(people - 1)))
            if a != b:
                ends.add((a, b))
        ties = [{"id": uuid.uuid4(), "from_id": ids[a], "to_id": ids[b]} for a, b in sorted(ends)]
        relations.tie_all(session, case, ties)
    return Vast(case, ids)


@pytest.fixture
def vast(sqlite_url: str) -> Vast:
    """10,000 stakeholders and 30,000 ties."""
    return built(PEOPLE, TIES)


@pytest.fixture
def large(sqlite_url: str) -> Vast:
    """Just too large to be drawn whole."""
    return built(WHOLE_NODES + 1, 3_000)


def sent(test: AppTest) -> dict[str, Any]:
    (board,) = [one for one in test.get("bidi_component") if "network_board" in str(one.proto)[:2_000]]
    found: dict[str, Any] = json.loads(board.proto.json or board.proto.mixed.json)
    return found


def said(test: AppTest) -> str:
    return " ".join(one.value for one in test.markdown).replace("\\", "")


def test_of_ten_thousand_stakeholders_a_part_is_drawn_and_anybody_is_found(started: Start, vast: Vast) -> None:
    test = started(PAGE, vast.id)
    assert not test.exception
    first = sent(test)
    assert len(first["nodes"]) == MOST_NODES
    assert 0 < len(first["edges"]) <= MOST_TIES
    assert f"{PEOPLE - MOST_NODES:,} stakeholders and {TIES - len(first['edges']):,} ties are not shown" in said(test)
    drawn = {node["id"] for node in first["nodes"]}
    with store.reading(eyes.PROGRAM) as session:
        partners: dict[uuid.UUID, set[uuid.UUID]] = {row_id: set() for row_id in vast.people}
        for tie in relations.of_case(session, vast.id):
            partners[tie.from_id].add(tie.to_id)
            partners[tie.to_id].add(tie.from_id)
    fewest = min(len(partners[uuid.UUID(node)]) for node in drawn)
    assert all(len(partners[row_id]) <= fewest for row_id in vast.people if str(row_id) not in drawn)

    hidden = next(row_id for row_id in vast.people if str(row_id) not in drawn and partners[row_id])
    test.selectbox(key=networks.AROUND).set_value(str(hidden)).run()
    assert not test.exception
    there = {node["id"] for node in sent(test)["nodes"]}
    assert {str(hidden), *map(str, partners[hidden])} <= there
    assert len(there) == MOST_NODES

    test.selectbox(key=networks.AROUND).set_value(str(vast.people[-1])).run()
    assert [node["id"] for node in sent(test)["nodes"]] == [str(vast.people[-1])]
    assert f"{PEOPLE - 1:,} stakeholders" in said(test)


def test_whoever_was_chosen_on_another_screen_is_drawn(started: Start, large: Vast) -> None:
    test = started("overview/help.py", large.id)
    test.session_state[sessions.SELECTED] = str(large.people[-2])
    test.switch_page(PAGE).run()
    assert str(large.people[-2]) in {node["id"] for node in sent(test)["nodes"]}


def test_the_file_of_a_large_network_holds_the_part_and_says_so(large: Vast) -> None:
    with store.reading(eyes.PROGRAM) as session:
        case_study = case_studies.get(session, large.id)
    page = networks.file(eyes.PROGRAM, case_study, "degree", large.people[3])
    assert len(page) < LIMIT
    assert b"too large to draw at once" in page
    assert str(large.people[3]).encode() in page

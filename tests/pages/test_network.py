"""The network page without a browser: it comes up for every kind of case study, and gives newcomers a place once."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from copdash import history, relations, stakeholders, store
from copdash.roles import PROGRAM
from copdash.ui import networks

Start = Callable[..., AppTest]
PAGE = "mapping/network.py"


def said(test: AppTest) -> str:
    return " ".join(element.value for kind in ("markdown", "info") for element in test.get(kind))


def test_an_example_case_study_shows_the_board_and_its_controls(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    assert not test.exception
    assert [box.label for box in test.selectbox if box.key == "network.size"] == ["Size of a stakeholder"]
    assert any(button.label == "Arrange anew" for button in test.button)
    with store.reading() as session:
        assert all(row.network_x is not None for row in stakeholders.of_case(session, example))


def test_a_case_study_that_is_not_in_the_store_says_what_to_do(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, uuid.uuid4())
    assert not test.exception
    assert "not in the store" in said(test)


def test_an_empty_case_study_teaches(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    assert not test.exception
    assert "Who is connected to whom?" in said(test)
    assert not any(button.label == "Arrange anew" for button in test.button)


def test_five_hundred_stakeholders_are_placed_once_and_by_the_program(started: Start, large_case: uuid.UUID) -> None:
    test = started(PAGE, large_case)
    assert not test.exception
    with store.reading() as session:
        version = history.version(session, large_case)
        places = {(row.network_x, row.network_y) for row in stakeholders.of_case(session, large_case)}
        assert history.recent(session, large_case) == []  # its own work is not among «recent changes»
    assert len(places) == 500
    assert not started(PAGE, large_case).exception
    with store.reading() as session:
        assert history.version(session, large_case) == version


def test_arranging_anew_is_one_gesture_of_the_person(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    with store.writing(PROGRAM, example, undoable=False) as session:
        first = stakeholders.of_case(session, example)[0]
        stakeholders.arrange(session, {first.id: (5000.0, 5000.0)})
    next(button for button in test.button if button.label == "Arrange anew").click().run()
    assert not test.exception
    with store.reading() as session:
        latest = history.recent(session, example)[0]
        assert (latest.actor_name, latest.name, latest.state) == ("Marta", "arranged", "done")
        assert stakeholders.of_case(session, example)[0].network_x != 5000.0


def test_each_pair_of_colours_has_one_twin_and_each_type_three_pens() -> None:
    assert networks.twins()["#0072b2"] == "#56b4e9"
    for pens in networks.pens().values():
        assert [pen["width"] for pen in pens] == [1.5, 3.0, 4.5]
    assert len({str(pens[0]["dashes"]) for pens in networks.pens().values()}) == len(networks.pens())


def test_the_board_is_told_the_three_main_brokers_with_a_sentence_each(sqlite_url: str, example: uuid.UUID) -> None:
    told = networks.board_rows(networks.settled(example), "degree")
    assert len(told["brokers"]) == 3
    assert all("shortest ways" in broker["sentence"] for broker in told["brokers"])
    assert [reading["key"] for reading in told["readings"]] == list(networks.SHOWN)


def test_the_file_holds_every_stakeholder_and_the_sentences(example: uuid.UUID) -> None:
    from copdash import case_studies

    with store.reading() as session:
        case_study = case_studies.get(session, example)
        names = [row.name for row in stakeholders.of_case(session, example)]
        count = len(relations.of_case(session, example))
    page = networks.file(case_study, "betweenness").decode("utf-8")
    assert all(name.replace("'", "&#x27;") in page for name in names)
    assert f"Ties: {count}" in page

"""The network page without a browser: it comes up for every kind of case study, and gives newcomers a place once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from copdash import eyes, history, relations, stakeholders, store
from copdash.ui.mapping import network_rows, networks

Start = Callable[..., AppTest]
PAGE = "mapping/network.py"


def said(test: AppTest) -> str:
    found: list[Any] = [element for kind in ("markdown", "info") for element in test.get(kind)]
    return " ".join(element.value for element in found)


def test_an_example_case_study_shows_the_board_and_its_controls(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, example)
    assert not test.exception
    assert [box.label for box in test.radio if box.key == "network.size"] == ["Size of a stakeholder"]
    assert test.get("menu_button") or "network.arrange" in str(test.session_state)
    with store.reading(eyes.PROGRAM) as session:
        assert all(row.network_x is not None for row in stakeholders.of_case(session, example))


def test_a_case_study_that_is_not_in_the_store_says_what_to_do(started: Start, example: uuid.UUID) -> None:
    test = started(PAGE, uuid.uuid4())
    assert not test.exception
    assert "not in the store" in said(test)


def test_an_empty_case_study_teaches(started: Start, empty_case: uuid.UUID) -> None:
    test = started(PAGE, empty_case)
    assert not test.exception
    assert "Who is connected to whom?" in said(test)
    assert not any(box.key == "network.size" for box in test.radio)


def test_five_hundred_stakeholders_are_placed_once_and_by_the_program(started: Start, large_case: uuid.UUID) -> None:
    test = started(PAGE, large_case)
    assert not test.exception
    with store.reading(eyes.PROGRAM) as session:
        version = history.version(session, large_case)
        places = {(row.network_x, row.network_y) for row in stakeholders.of_case(session, large_case)}
        assert history.recent(session, large_case) == []  # its own work is not among «recent changes»
    assert len(places) == 500
    assert not started(PAGE, large_case).exception
    with store.reading(eyes.PROGRAM) as session:
        assert history.version(session, large_case) == version


def test_each_arrangement_gives_everybody_a_place_and_the_same_one_again(example: uuid.UUID) -> None:
    found = networks.settled(eyes.PROGRAM, example)
    pictures = [networks.spots(found, how) for how in networks.ARRANGEMENTS]
    for how, picture in zip(networks.ARRANGEMENTS, pictures, strict=True):
        assert set(picture) == {row.id for row in found.stakeholders}
        assert len(set(picture.values())) == len(picture)
        assert networks.spots(found, how) == picture
    assert len({str(picture) for picture in pictures}) == 3


def test_each_pair_of_colours_has_one_twin_and_each_type_three_pens() -> None:
    assert network_rows.twins()["#0072b2"] == "#56b4e9"
    for pens in network_rows.pens().values():
        assert [pen["width"] for pen in pens] == [1.5, 3.0, 4.5]
    assert len({str(pens[0]["dashes"]) for pens in network_rows.pens().values()}) == len(network_rows.pens())


def test_the_board_is_told_the_three_main_brokers_with_a_sentence_each(sqlite_url: str, example: uuid.UUID) -> None:
    told = networks.board_rows(eyes.PROGRAM, example, networks.settled(eyes.PROGRAM, example), "degree")
    assert len(told["brokers"]) == 3
    assert all("shortest way" in broker["sentence"] for broker in told["brokers"])
    assert [reading["key"] for reading in told["measures"]] == list(network_rows.SHOWN)


def test_the_file_holds_every_stakeholder_and_the_sentences(example: uuid.UUID) -> None:
    from copdash import case_studies

    with store.reading(eyes.PROGRAM) as session:
        case_study = case_studies.get(session, example)
        names = [row.name for row in stakeholders.of_case(session, example)]
        count = sum(tie.status == "Existing" for tie in relations.of_case(session, example))
    page = networks.file(eyes.PROGRAM, case_study, "betweenness").decode("utf-8")
    assert all(name.replace("'", "&#x27;") in page for name in names)
    assert f"Ties: {count}" in page

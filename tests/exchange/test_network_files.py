"""The network in the files of other programs: out and in again without loss, hostile words and files included."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pytest

from copdash import case_studies, relations, stakeholders, store
from copdash.errors import Invalid
from copdash.exchange import columns, imports, network_files
from copdash.exchange.columns import understood
from copdash.exchange.parsing import parse
from copdash.fields import RELATION, STAKEHOLDER
from copdash.models import Role
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
HOSTILE = "<script>alert(1)</script> & \"quotes\" ]]> 'x' =1+1"

PEOPLE: list[dict[str, Any]] = [
    {
        "name": "Province",
        "group": "Local and regional authorities",
        "helix": "Government",
        "power": 8.5,
        "interest": 0.0,
    },
    {"name": "Growers", "organisation": "North", "themes": "heat; water", "notes": "Two\nlines & more", "power": 3.25},
    {"name": "Growers", "organisation": "South", "kind": "Group", "attitude": "Resistant", "membership": "Core"},
    {"name": HOSTILE, "organisation": "=cmd|' /C calc'!A0", "rationale": HOSTILE},
    {"name": "Alone", "expectations": "Wants in"},
]
TIES: list[tuple[int, int, dict[str, Any]]] = [
    (
        0,
        1,
        {
            "type": "Money",
            "strength": 3,
            "evidence": f"Budget\n{HOSTILE}",
            "since": "2021-01-01",
            "until": "2022-01-01",
        },
    ),
    (0, 1, {"type": "Conflict", "strength": 2}),
    (1, 0, {"type": "Money", "status": "Wanted"}),
    (1, 2, {"type": "Advice", "directed": False}),
    (3, 2, {"type": "Resource flow", "status": "Wanted", "directed": False, "evidence": "-1"}),
]


@pytest.fixture
def case(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", sqlite_url)
    yield begun(PEOPLE, TIES)
    store.close()


def begun(people: list[dict[str, Any]], ties: list[tuple[int, int, dict[str, Any]]]) -> uuid.UUID:
    with store.writing(ANN, undoable=False) as session:
        case = case_studies.begin(session, title="Testwater").id
    with store.writing(ANN, case) as session:
        ids = [uuid.uuid4() for _ in people]
        if people:
            stakeholders.add_all(session, case, list(zip(ids, people, strict=True)))
        session.flush()
        for start, end, values in ties:
            relations.tie(session, case, from_id=ids[start], to_id=ids[end], **values)
    return case


def content(case: uuid.UUID, *, people: bool = True) -> tuple[list[Any], list[Any]]:
    """All stakeholders and ties of a case study without their ids."""
    with store.reading() as session:
        rows = stakeholders.of_case(session, case)
        ties = relations.of_case(session, case)
    at = {row.id: (row.name, row.organisation) for row in rows}
    found = sorted([getattr(row, name) for name in STAKEHOLDER] for row in rows) if people else []
    lines = sorted([at[tie.from_id], at[tie.to_id], *(str(getattr(tie, name)) for name in RELATION)] for tie in ties)
    return sorted(map(str, found)), lines


def out(case: uuid.UUID, kind: str) -> bytes:
    with store.reading() as session:
        return network_files.written(session, case, kind)


def bring(case: uuid.UUID, data: bytes) -> list[Any]:
    """Import every sheet of a file, as the page does."""
    first = parse(data)
    sheets = [first, *(parse(data, sheet=name) for name in first.sheets if name != first.sheet)]
    parts = [imports.Part(sheet, understood(sheet)) for sheet in sheets if sheet.rows]
    assert all(columns.suffices(part.layout) for part in parts)
    with store.reading() as session:
        seen = imports.preview_all(session, case, parts)
    assert [plan.count("refused") for plan in seen] == [0] * len(seen), [
        one.reason for plan in seen for one in plan.planned if one.verdict == "refused"
    ]
    if any(plan.count("added") + plan.count("updated") for plan in seen):
        with store.writing(ANN, case) as session:
            imports.carry_out_all(session, case, parts, seen)
    return seen


@pytest.mark.parametrize("kind", ["graphml", "gexf", "kumu"])
def test_a_network_goes_out_and_comes_in_again_without_loss(case: uuid.UUID, kind: str) -> None:
    fresh = begun([], [])
    bring(fresh, out(case, kind))
    assert content(fresh) == content(case)


@pytest.mark.parametrize("kind", ["graphml", "gexf", "kumu"])
def test_what_is_there_already_is_matched_by_name_and_organisation(case: uuid.UUID, kind: str) -> None:
    before = content(case)
    seen = bring(case, out(case, kind))
    assert [(plan.count("added"), plan.count("updated")) for plan in seen] == [(0, 0), (0, 0)]
    assert content(case) == before


def test_an_edge_list_holds_the_ties_and_says_what_it_loses(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPDASH_DATABASE_URL", sqlite_url)
    people = [{"name": name} for name in ("Province", "=Growers", HOSTILE, "Alone")]
    ties = [
        (0, 1, {"type": "Money", "strength": 3, "since": "2021-01-01"}),
        (2, 1, {"directed": False, "status": "Wanted"}),
    ]
    case, fresh = begun(people, ties), begun([], [])
    bring(fresh, out(case, "edges"))
    assert content(fresh, people=False) == content(case, people=False)
    with store.reading() as session:
        assert network_files.warnings(session, case, "edges") == ["1 without a tie is not in it."]
    store.close()


def test_what_a_format_loses_of_this_network_is_counted(case: uuid.UUID) -> None:
    with store.reading() as session:
        assert network_files.warnings(session, case, "graphml") == []
        assert network_files.warnings(session, case, "kumu") == [
            "2 share their name with another and would be taken for one."
        ]
        assert "The evidence of 2 ties is not in it." in network_files.warnings(session, case, "edges")


def test_other_programs_read_what_goes_out(case: uuid.UUID) -> None:
    with_networkx = nx.parse_graphml(out(case, "graphml").decode().replace('directed="false"', ""))
    assert with_networkx.number_of_nodes() == 5
    assert with_networkx.number_of_edges() == 5
    assert {data["Name"] for _, data in with_networkx.nodes(data=True)} == {row["name"] for row in PEOPLE}
    tree = ElementTree.fromstring(out(case, "gexf"))
    assert len(tree.findall(".//{http://gexf.net/1.3}edge")) == 5
    import io

    book = openpyxl.load_workbook(io.BytesIO(out(case, "kumu")))
    assert book.sheetnames == ["Elements", "Connections"]
    assert [cell.value for cell in book["Elements"][1]][:3] == ["Label", "Group", "Tags"]
    assert [cell.value for cell in book["Connections"][1]][:4] == ["From", "To", "Direction", "Type"]
    assert all(cell.data_type != "f" for row in book["Elements"].iter_rows() for cell in row)


def test_les_miserables_of_networkx_come_in_with_their_weights_in_thirds(case: uuid.UUID) -> None:
    fresh = begun([], [])
    bring(fresh, "\n".join(nx.generate_graphml(nx.les_miserables_graph())).encode())
    with store.reading() as session:
        ties = relations.of_case(session, fresh)
        assert len(stakeholders.of_case(session, fresh)) == 77
    assert len(ties) == 254
    assert {tie.strength for tie in ties} == {1, 2, 3}
    assert not any(tie.directed for tie in ties)
    assert all(tie.evidence.startswith("Weight ") for tie in ties)


def test_gexf_of_networkx_comes_in(case: uuid.UUID) -> None:
    fresh = begun([], [])
    club = nx.karate_club_graph()
    bring(fresh, "\n".join(nx.generate_gexf(club)).encode())
    with store.reading() as session:
        assert len(stakeholders.of_case(session, fresh)) == 34
        assert len(relations.of_case(session, fresh)) == 78


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><graphml><graph><node id="&a;"/></graph></graphml>',
            "entities",
        ),
        ('<!DOCTYPE graphml SYSTEM "file:///etc/passwd"><graphml><graph/></graphml>', "entities"),
        ("<graphml><graph>", "damaged"),
        ("<graphml><graph/></graphml>", "no stakeholder"),
        ('<graphml><graph><node id="a"/><edge source="a" target="b"/></graph></graphml>', "not in it"),
        ("<graphml>" + "<graph>" * 100 + "</graph>" * 100 + "</graphml>", "nested too deeply"),
        ("<svg><!-- <graphml --></svg>", "no network"),
    ],
)
def test_xml_that_is_no_network_or_would_grow_is_refused(file: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        parse(file.encode())

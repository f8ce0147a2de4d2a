"""The network in the files of other programs: out and in again without loss, hostile words and files included."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pytest

from copdash import case_studies, examples, eyes, relations, stakeholders, store
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
    with store.reading(eyes.PROGRAM) as session:
        rows = stakeholders.of_case(session, case)
        ties = relations.of_case(session, case)
    at = {row.id: (row.name, row.organisation) for row in rows}
    found = sorted([getattr(row, name) for name in STAKEHOLDER] for row in rows) if people else []
    lines = sorted([at[tie.from_id], at[tie.to_id], *(str(getattr(tie, name)) for name in RELATION)] for tie in ties)
    return sorted(map(str, found)), lines


def out(case: uuid.UUID, kind: str) -> bytes:
    with store.reading(eyes.PROGRAM) as session:
        found = network_files.read(session, case)
    return found.written(kind)


def as_networkx(data: bytes, kind: str) -> Any:
    return (nx.read_graphml if kind == "graphml" else nx.read_gexf)(io.BytesIO(data))


def bring(case: uuid.UUID, data: bytes) -> list[Any]:
    """Import every sheet of a file, as the page does."""
    first = parse(data)
    sheets = [first, *(parse(data, sheet=name) for name in first.sheets if name != first.sheet)]
    parts = [imports.Part(sheet, understood(sheet)) for sheet in sheets if sheet.rows]
    assert all(columns.suffices(part.layout) for part in parts)
    with store.reading(eyes.PROGRAM) as session:
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
    with store.reading(eyes.PROGRAM) as session:
        assert network_files.read(session, case).warnings("edges") == ["1 without a tie is not in it."]
    store.close()


def test_what_a_format_loses_of_this_network_is_counted(case: uuid.UUID) -> None:
    with store.reading(eyes.PROGRAM) as session:
        assert network_files.read(session, case).warnings("graphml") == ["2 undirected ties run both ways in it."]
        assert network_files.read(session, case).warnings("kumu") == [
            "2 share their name with another and would be taken for one."
        ]
        assert "The evidence of 2 ties is not in it." in network_files.read(session, case).warnings("edges")


def test_other_programs_read_what_goes_out(case: uuid.UUID) -> None:
    for kind in ("graphml", "gexf"):
        theirs = as_networkx(out(case, kind), kind)
        assert sorted(data["label"] for _, data in theirs.nodes(data=True)) == sorted(row["name"] for row in PEOPLE)
        assert theirs.number_of_edges() == 7, "two of the five ties run both ways"
    tree = ElementTree.fromstring(out(case, "gexf"))
    assert len(tree.findall(".//{http://gexf.net/1.3}edge")) == 5
    book = openpyxl.load_workbook(io.BytesIO(out(case, "kumu")))
    assert book.sheetnames == ["Elements", "Connections"]
    assert [cell.value for cell in book["Elements"][1]][:3] == ["Label", "Group", "Tags"]
    assert [cell.value for cell in book["Connections"][1]][:4] == ["From", "To", "Direction", "Type"]
    assert all(cell.data_type != "f" for row in book["Elements"].iter_rows() for cell in row)


def test_les_miserables_of_networkx_come_in_with_their_weights_in_thirds(case: uuid.UUID) -> None:
    fresh = begun([], [])
    bring(fresh, "\n".join(nx.generate_graphml(nx.les_miserables_graph())).encode())
    with store.reading(eyes.PROGRAM) as session:
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
    with store.reading(eyes.PROGRAM) as session:
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
        ("<graphml>" + "<graph>" * 100 + "</graph>" * 100 + "</graphml>", "nested too deeply"),
        ("<svg><!-- <graphml --></svg>", "no network"),
    ],
)
def test_xml_that_is_no_network_or_would_grow_is_refused(file: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        parse(file.encode())


# ---- what other programs make of it, and what they bring ------------------------------------------------------------

CASES = Path(__file__).parents[1] / "data" / "cases"


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_networkx_reads_all_examples_with_names_ties_and_directions(case: uuid.UUID, kind: str) -> None:
    with store.writing(ANN, undoable=False) as session:
        examples.load(session)
    with store.reading(eyes.PROGRAM) as session:
        found = [
            (network_files.read(session, one.id), one.title) for one in case_studies.listed(session) if one.example
        ]
    assert len(found) == 9
    for ours, title in found:
        theirs = as_networkx(ours.written(kind), kind)
        names = {str(row["id"]): row["name"] for row in ours.people}
        assert {node: data["label"] for node, data in theirs.nodes(data=True)} == names, title
        wanted = {(str(tie["from_id"]), str(tie["to_id"])) for tie in ours.ties}
        wanted |= {(str(tie["to_id"]), str(tie["from_id"])) for tie in ours.ties if not tie["directed"]}
        if theirs.is_directed():
            assert set(theirs.edges()) == wanted, title
        else:
            assert not any(tie["directed"] for tie in ours.ties)
            assert {frozenset(edge) for edge in theirs.edges()} == {frozenset(edge) for edge in wanted}, title


def test_a_network_of_undirected_ties_alone_is_undirected_elsewhere(case: uuid.UUID) -> None:
    plain = begun([{"name": "A"}, {"name": "B"}], [(0, 1, {"directed": False, "strength": 2})])
    for kind in ("graphml", "gexf"):
        theirs = as_networkx(out(plain, kind), kind)
        assert not theirs.is_directed()
        assert theirs.number_of_edges() == 1
        fresh = begun([], [])
        bring(fresh, out(plain, kind))
        assert content(fresh) == content(plain)


def test_yed_finds_a_drawn_label_and_an_arrow_for_each(case: uuid.UUID) -> None:
    tree = ElementTree.fromstring(out(case, "graphml"))
    drawn = "{http://www.yworks.com/xml/graphml}"
    assert sorted(one.text or "" for one in tree.iter(f"{drawn}NodeLabel")) == sorted(row["name"] for row in PEOPLE)
    assert {one.text for one in tree.iter(f"{drawn}EdgeLabel")} == {"Money", "Conflict", "Advice", "Resource flow"}
    assert {one.get("target") for one in tree.iter(f"{drawn}Arrows")} == {"standard", "none"}


def lines(case: uuid.UUID) -> tuple[list[str], list[str]]:
    """Who is on the list, and the ties as sentences: “A > B Type 2 (evidence)”, “A - B …” for undirected ones."""
    with store.reading(eyes.PROGRAM) as session:
        people = {row.id: row.name for row in stakeholders.of_case(session, case)}
        ties = relations.of_case(session, case)
    said = [
        f"{people[tie.from_id]} {'>' if tie.directed else '-'} {people[tie.to_id]} {tie.type} {tie.strength}"
        + (f" ({tie.evidence})" if tie.evidence else "")
        for tie in ties
    ]
    return sorted(people.values()), sorted(said)


def weighed(weight: str) -> str:
    return f"(Weight {weight} in the file)"


FILES: list[tuple[str, list[str], list[str]]] = [
    (
        "20-gexf-same-label.gexf",
        ["Farmers", "Ministry", "Ministry (b)"],
        [
            "Ministry (b) - Farmers Information 1",
            "Ministry - Farmers Information 1",
            "Ministry - Ministry (b) Information 1",
        ],
    ),
    ("22-gephi-edges-undirected.csv", ["A", "B", "C"], ["A - B Information 1", "B - C Information 1"]),
    (
        "23-edges-weight.csv",
        ["A", "B", "C"],
        [
            f"A > B Information 2 {weighed('5')}",
            f"B > C Information 1 {weighed('1')}",
            f"C > A Information 3 {weighed('12')}",
        ],
    ),
    (
        "25-pajek.net",
        ["City", "Farmers", "Water board"],
        ["Farmers > City Information 2", "Water board > Farmers Information 1"],
    ),
    ("27-gml.gml", ["Farmers", "Water board"], ["Water board - Farmers Information 1"]),
    (
        "31-matrix.csv",
        ["City", "Farmers", "Water board"],
        ["Farmers - City Information 2", "Water board - Farmers Information 1"],
    ),
    ("32-yed.graphml", ["Farmers", "Water board"], ["Water board > Farmers Advice 1"]),
]


@pytest.mark.parametrize(("name", "people", "ties"), FILES, ids=[name for name, _, _ in FILES])
def test_networks_of_other_programs_come_in(case: uuid.UUID, name: str, people: list[str], ties: list[str]) -> None:
    fresh = begun([], [])
    bring(fresh, (CASES / name).read_bytes())
    assert lines(fresh) == (people, ties)


YED = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d10" yfiles.type="edgegraphics"/>
<key for="node" id="k" attr.name="Country" attr.type="string"><default>NL</default></key>
<graph edgedefault="directed"><node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Growers &amp;
sons<y:LabelModel>x</y:LabelModel></y:NodeLabel></y:ShapeNode></data></node>
<node id="n1"><data key="k">DE</data><data key="d6"><y:SVGNode><y:NodeLabel/><y:NodeLabel>Mill</y:NodeLabel></y:SVGNode>
</data></node>
<edge id="e0" source="n0" target="n1"><data key="d10"><y:ArcEdge><y:Arrows source="standard" target="none"/></y:ArcEdge>
</data></edge><edge id="e1" source="n0" target="n2"><data key="d10"><y:ArcEdge><y:Arrows source="none" target="none"/>
<y:EdgeLabel>money</y:EdgeLabel></y:ArcEdge></data></edge></graph></graphml>"""

OWN: list[tuple[str, str, list[str], list[str]]] = [
    (
        "yEd",
        YED,
        ["Growers & sons", "Mill", "n2"],
        ["Growers & sons - n2 Money 1", "Mill > Growers & sons Information 1"],
    ),
    (
        "GEXF without a default direction",
        '<gexf><graph><attributes class="edge"><attribute id="0" title="Type"><default>conflict</default></attribute>'
        '</attributes><nodes><node id="1" label="A"/><node id="2" label="B"/></nodes><edges>'
        '<edge source="1" target="2"/>'
        '<edge source="2" target="1" type="directed"><attvalues><attvalue for="0" value="money"/></attvalues></edge>'
        "</edges></graph></gexf>",
        ["A", "B"],
        ["A - B Conflict 1", "B > A Money 1"],
    ),
    (
        "Pajek with remarks, edges, lists and labels",
        '% made by hand\n*Network test\n*Vertices 4\n1 "De \\"Molen\\"" 0.1 0.2 ic Blue\n2 Farmers\n3 "Farmers"\n'
        '*Edges\n1 2 40 l "money"\n*Arcslist\n3 1 4\n',
        ["4", 'De "Molen"', "Farmers", "Farmers (3)"],
        [
            f'De "Molen" - Farmers Money 1 {weighed("40")}',
            "Farmers (3) > 4 Information 1",
            'Farmers (3) > De "Molen" Information 1',
        ],
    ),
    (
        "GML with ids that are no row numbers",
        'Creator "x"\ngraph [ directed 1 node [ id 7 label "A&amp;B" ] node [ id 9 label "C" ] '
        'edge [ source 9 target 7 value 8.5 label "advice" ] ]',
        ["A&B", "C"],
        [f"C > A&B Advice 1 {weighed('8.5')}"],
    ),
    (
        "node-link of networkx",
        json.dumps(nx.node_link_data(nx.relabel_nodes(nx.path_graph(3), {0: "Aa", 1: "Bb", 2: "Cc"}))),
        ["Aa", "Bb", "Cc"],
        ["Aa - Bb Information 1", "Bb - Cc Information 1"],
    ),
    (
        "links of D3 by number",
        '{"nodes": [{"name": "A", "group": "Industry"}, {"name": "B"}],'
        ' "links": [{"source": 1, "target": 0, "value": 3}]}',
        ["A", "B"],
        ["B > A Information 3"],
    ),
    (
        "Cytoscape",
        '{"elements": {"nodes": [{"data": {"id": "1", "name": "A"}}, {"data": {"id": "2", "name": "B"}}],'
        '"edges": [{"data": {"source": "1", "target": "2"}}]}}',
        ["A", "B"],
        ["A > B Information 1"],
    ),
    (
        "a matrix that is not symmetric, and somebody alone",
        ";A;B;C;D\nA;0;2;;\nB;1;0;3;\nC;;3;0;\nD;;;;0\n",
        ["A", "B", "C", "D"],
        ["A > B Information 2", "B - C Information 3", "B > A Information 1"],
    ),
    (
        "an edge list with halves and a word for a weight",
        'Source,Target,Weight\nA,B,"0,5"\nB,C,7.25\nC,D,40\n',
        ["A", "B", "C", "D"],
        [
            f"A > B Information 1 {weighed('0.5')}",
            f"B > C Information 2 {weighed('7.25')}",
            f"C > D Information 3 {weighed('40')}",
        ],
    ),
]


@pytest.mark.parametrize(("file", "people", "ties"), [one[1:] for one in OWN], ids=[one[0] for one in OWN])
def test_networks_of_these_kinds_come_in(case: uuid.UUID, file: str, people: list[str], ties: list[str]) -> None:
    fresh = begun([], [])
    bring(fresh, file.encode())
    found = lines(fresh)
    assert found[0] == people
    assert found[1] == ties


@pytest.mark.parametrize("kind", ["weights", "nothing more"])
def test_an_edge_list_comes_in_twice_and_changes_nothing_the_second_time(case: uuid.UUID, kind: str) -> None:
    file = (CASES / "23-edges-weight.csv").read_bytes() if kind == "weights" else b"From,To\nA,B\n"
    fresh = begun([], [])
    bring(fresh, file)
    (again,) = bring(fresh, file)
    assert (again.count("added"), again.count("updated")) == (0, 0)


@pytest.mark.parametrize(
    "file",
    [
        "graph [ node [ id 1",
        "graph [ " + "x [ " * 5_000,
        '{"nodes": 1}',
        '{"nodes": [], "links": []}',
        '{"nodes": [' + "[" * 50_000,
        "*Vertices 3\n*Arcs\n" + "1 2\n" * 60_000,
        "*Vertices 0\n",
    ],
)
def test_a_broken_network_gets_a_sentence(file: str) -> None:
    with pytest.raises(Invalid):
        parse(file.encode())

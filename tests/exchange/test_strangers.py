"""Files of other formats, whatever they are called: refused by the name of their format, never taken for a list."""

from __future__ import annotations

import pytest

from copdash.errors import Invalid
from copdash.exchange.columns import understood
from copdash.exchange.parsing import parse
from copdash.exchange.strangers import are_names, kind

KINDS = {
    "vCard": "\n\nBEGIN:VCARD\nVERSION:3.0\nN:Molen;An\nFN:An Molen\nEND:VCARD\n",
    "UCINET": "dl n = 3, format = edgelist1\nlabels:\nA,B,C\ndata:\n1 2\n2 3\n",
    "Graphviz": '// ties\nstrict digraph "ties of 2026" {\n  Ann -> Ben;\n}\n',
    "JSON": '[\n  {"name": "Water board", "power": 8}\n]\n',
    "Mermaid": "graph TD\nAnn --> Ben\nBen --> Carla\n",
    "PlantUML": "@startuml\nAnn -> Ben\n@enduml\n",
    "TGF": "1 Water board\n2 Farmers\n#\n1 2 advice\n",
    "RTF": "{\\rtf1\\ansi Water board\\par Farmers}",
    "LaTeX": "\\documentclass{article}\n\\begin{document}\nx\n\\end{document}\n",
    "BibTeX": "@article{reed,\n title = {Who is in?}\n}\n",
    "RIS": "TY  - JOUR\nAU  - Reed, M\nER  - \n",
    "LDIF": "dn: cn=Ann,dc=x\ncn: Ann\n",
    "e-mail": "From: ann@example.org\nTo: ben@example.org\nSubject: list\n\nHere it is.\n",
    "SQL": "-- list\nCREATE TABLE people (name text);\nINSERT INTO people VALUES ('Ann');\n",
    "YAML": "---\n- Water board\n- Farmers\n",
    "settings": "[case]\ntitle = Water\n",
    "XML": "<people><person>Ann</person></people>",
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_another_format_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(KINDS[name].encode())
    said = str(refusal.value)
    assert said.startswith("This is ")
    assert name in said
    assert said.count(".") >= 2  # what it is, and what to do


@pytest.mark.parametrize(
    "text",
    [
        "Water board\nFarmers\nGraph theory group\n",
        "Ministry of Water (MoW)\nO'Brien & Sons\nÚtility «Ω»\n3M\n",
        "Network\nWater board\n",
        "Name\nDL consult\nJSON Ltd\n",
        "Δήμος Ναυπλίου\nעיריית חיפה\n" * 5,
        "Ministry of Agriculture, Nature and Food\n" + "Water board\n" * 9,
        "Waterschap De Dommel\n" * 9 + "x" * 200 + "\n",
    ],
)
def test_a_list_of_names_is_one(text: str) -> None:
    assert kind(text) is None
    sheet = parse(text.encode(), delimiter=";")
    assert "name" in understood(sheet).columns


@pytest.mark.parametrize(
    "line",
    [
        "power=8 interest=3",
        "https://example.org/list",
        "2026-05-04 10:00",
        "a -> b; c -> d;",
        "She said that the water board would rather wait for the province before it builds anything at all there.",
        "<li>Ann</li>",
        "SUMMARY:Kick-off",
        '"Ann" [shape=box]',
        "10 20 30",
        "- a point",
    ],
)
def test_lines_that_are_no_names_make_no_list(line: str) -> None:
    assert not are_names([line] * 8 + ["Water board"] * 2)
    text = "\n".join([f"{line}"] * 8 + ["Water board"] * 2)
    with pytest.raises(Invalid, match=r"^This is"):
        understood(parse(text.encode(), delimiter="|"))


def test_a_heading_says_that_lines_are_names_whatever_they_look_like() -> None:
    sheet = parse(b"Stakeholder\nA=B Ltd\nC=D Ltd\n")
    assert understood(sheet).columns == ("name",)


@pytest.mark.parametrize("text", ["/**/" * 2000 + "x", "a\n" * 4000, "A: \n " * 2000, "#\n" * 4000, " " * 8000])
def test_looking_at_a_hostile_beginning_ends(text: str) -> None:
    assert kind(text) is None  # if it were tried a second way at each sign, this would not end

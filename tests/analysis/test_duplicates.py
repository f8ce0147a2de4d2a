"""Which stakeholders may be the same one, against worked examples."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from copdash.analysis import duplicates
from copdash.models import Stakeholder


def row(name: str, **values: Any) -> Stakeholder:
    return Stakeholder(case_study_id=uuid.UUID(int=1), name=name, **values)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aigües de Tarragona S.A.", "AIGUES DE TARRAGONA"),
        ("Waterschap Delfland B.V.", "waterschap delfland"),
        ("Water board Delfland", "Waterboard Delfland"),
        ("Tarragona utility", "Utility of Tarragona"),
        ("Regional water authority", "Regional water autority"),
        ("Novozymes A/S", "Novozymes"),
        ("Grundfos Biobooster ApS", "Grundfos BioBooster"),
        ("Kompetenzzentrum Wasser Berlin gGmbH", "KWB"),
        ("Kompetenzzentrum Wasser Berlin (KWB)", "KWB"),
        ("Neighbours e.V.", "Neighbours e. V."),
        ("Région Auvergne-Rhône-Alpes", "Region Auvergne Rhone Alpes"),
        ("Dr. Ann Møller", "Ann Moller"),
        ("J. Smith", "John Smith"),
        ("Water board", "Water board Delfland"),
        ("Københavns Energi", "Kobenhavns Energi"),
        ("Große Mühle", "Grosse Mühle"),
        ("Syndicat de l’eau", "Syndicat de l'eau"),
        ("Rhine–Meuse alliance", "RHINE-MEUSE ALLIANCE"),
        ("Water\u00a0Board Rijnland", "Water board Rijnland"),
        ("Δήμος Ναυπλιέων", "ΔΗΜΟΣ ΝΑΥΠΛΙΕΩΝ"),
    ],
)
def test_one_stakeholder_written_in_two_ways_is_likely_the_same(one: str, other: str) -> None:
    assert duplicates.score(row(one), row(other)) >= duplicates.LIKELY
    assert duplicates.score(row(other), row(one)) == duplicates.score(row(one), row(other))
    assert len(duplicates.within([row(one), row("Sport fishing club"), row(other)])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Regional water authority", "Regional health authority"),
        ("North water board", "South water board"),
        ("East water users", "West water users"),
        ("Water company", "Waste company of the town"),
        ("Plant operator 1", "Plant operator 2"),
        ("Farm 12", "Farm 21"),
        ("Utility", "Water utility"),
        ("Ministry of Agriculture", "Ministry of Health"),
        ("Municipal wastewater utility", "Raw water supplier"),
        ("Smith, John", "Smith, Anna"),
    ],
)
def test_two_stakeholders_that_only_sound_alike_are_not_asked_about(one: str, other: str) -> None:
    assert duplicates.score(row(one), row(other)) < duplicates.LIKELY
    assert duplicates.within([row(one), row(other)]) == []


def test_the_organisation_and_the_kind_are_considered() -> None:
    def score(one: dict[str, str], other: dict[str, str]) -> float:
        return duplicates.score(row("Jan de Vries", **one), row("Jan de Vries", **other))

    assert score({}, {}) == 100
    assert score({"organisation": "KWR"}, {"organisation": "KWR B.V."}) == 100
    assert score({"organisation": "KWR"}, {"organisation": "City council"}) == 85
    assert score({"kind": "Person"}, {"kind": "Organisation"}) == 75
    assert score({"kind": "Group"}, {"kind": "Organisation"}) == 90
    assert score({"kind": "Group"}, {}) == 100


def test_names_in_two_countries_are_two_unless_they_reach_that_far() -> None:
    spain, italy = (row("City council", country=country, scale="Local") for country in ("Spain", "Italy"))
    assert duplicates.across([spain], [italy]) == []
    assert len(duplicates.across([spain], [row("City council", country="spain")])) == 1
    institute = [row("Water institute", country=country, scale="EU/global") for country in ("Spain", "Italy")]
    assert len(duplicates.across(institute[:1], institute[1:])) == 1


@pytest.mark.parametrize("name", ["", "—", "S.A.", "The", "😀", "株式会社", "((", "A"])
def test_names_without_a_word_match_nothing_else(name: str) -> None:
    assert duplicates.score(row(name), row("Regional water authority")) < duplicates.LIKELY
    assert duplicates.within([row(name), row("Regional water authority")]) == []


def test_pairs_come_most_alike_first_and_each_once() -> None:
    rows = [row("City council"), row("Cty council"), row("City council"), row("Port authority")]
    found = duplicates.within(rows)
    assert [(one.first, one.second) for one in found] == [(0, 2), (0, 1), (1, 2)]
    assert found[0].score == 100 > found[1].score


@pytest.mark.parametrize(
    "name",
    [
        *("Aqua Nova U.A.", "Coöperatie Aqua Nova U.A.", "Coöperatieve Aqua Nova", "Aqua Nova B.V.", "Aqua Nova N.V."),
        *("Aqua Nova V.O.F.", "Aqua Nova GmbH & Co. KG", "Aqua Nova Ges.m.b.H.", "Aqua Nova e.V.", "Aqua Nova AG"),
        *(
            "Aqua Nova e. G.",
            "Aqua Nova KGaA",
            "Aqua Nova ASBL",
            "Aqua Nova CVBA",
            "Aqua Nova S.à r.l.",
            "Aqua Nova SAS",
        ),
        *("Aqua Nova, S.L.", "Aqua Nova S.A.U.", "Aqua Nova S. Coop.", "Aqua Nova, Lda.", "Aqua Nova S.p.A."),
        *(
            "Aqua Nova S.r.l.",
            "Aqua Nova Soc. Coop.",
            "Aqua Nova Sp. z o.o.",
            "Aqua Nova Sp. z o. o.",
            "Aqua Nova sp. k.",
        ),
        *(
            "Aqua Nova s.r.o.",
            "Aqua Nova, a.s.",
            "Aqua Nova d.o.o.",
            "Aqua Nova d.d.",
            "Aqua Nova Kft.",
            "Aqua Nova Zrt.",
        ),
        *("Aqua Nova A/S", "Aqua Nova ApS", "Aqua Nova a.m.b.a.", "Aqua Nova AB", "Aqua Nova ek. för.", "Aqua Nova Oy"),
        *("Aqua Nova Oyj", "OÜ Aqua Nova", "SIA Aqua Nova", "UAB Aqua Nova", "VšĮ Aqua Nova", "S.C. Aqua Nova S.R.L."),
        *("Aqua Nova Α.Ε.", "Aqua Nova Ι.Κ.Ε.", "Aqua Nova ЕООД", "Aqua Nova Ltd.", "Aqua Nova plc", "Aqua Nova DAC"),
    ],
)
def test_legal_forms_tell_nothing_apart(name: str) -> None:
    assert duplicates.folded(name) == ("aqua", "nova")


@pytest.mark.parametrize(
    ("name", "counting"),
    [
        ("Melk Coöperatie", ("melk", "cooperatie")),
        ("BT plc", ("bt",)),
        ("J. Vos", ("j", "vos")),
        ("Ute Schmidt", ("ute", "schmidt")),
        ("S. Cooper", ("s", "cooper")),
    ],
)
def test_what_only_looks_like_a_legal_form_stays(name: str, counting: tuple[str, ...]) -> None:
    assert duplicates.folded(name) == counting


def test_names_of_legal_forms_alone_keep_their_words() -> None:
    assert duplicates.folded("AS") == ("as",)
    assert duplicates.folded("Société Générale S.A.") == ("societe", "generale")
    assert duplicates.folded("") == ()


def test_five_hundred_names_that_all_look_alike_give_only_those_that_are() -> None:
    kinds = [f"{a}{b}lia" for a in ("Ca", "Do", "Fe", "Gi", "Hu") for b in ("ba", "de", "ni", "ro", "su")]
    rows = [row(f"Regional {one} {other} authority") for one in ("north", "port", "hill", "quay") for other in kinds]
    rows += [row(f"Stakeholder {n}") for n in range(400)]
    rows[7] = row(f"{rows[3].name} Ltd")
    assert [(one.first, one.second) for one in duplicates.within(rows) if one.score == 100] == [(3, 7)]


def test_names_that_only_a_number_tells_apart_are_no_duplicates_and_the_same_number_is() -> None:
    rows = [row(f"Farm {number}") for number in range(600)]
    assert duplicates.within(rows) == []
    twice = duplicates.within([*rows, row("Farm  7")])
    assert [(one.first, one.second, one.score) for one in twice] == [(7, 600, 100)]

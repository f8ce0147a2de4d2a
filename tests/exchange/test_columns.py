"""What a foreign table is about and which column is what, without asking."""

from __future__ import annotations

from typing import Any

import pytest

from copdash.errors import Invalid
from copdash.exchange.columns import assigned, headings, understood
from copdash.exchange.headings import LABELS, Subject, exact_field
from copdash.exchange.parsing import Sheet


def typed(*rows: list[Any]) -> Sheet:
    return Sheet([list(row) for row in rows], "CSV")


@pytest.mark.parametrize("subject", list(LABELS))
def test_our_own_headings_are_recognised(subject: Subject) -> None:
    layout = understood(typed(list(LABELS[subject].values()), ["x"]))
    assert (layout.subject, layout.header_row, layout.columns) == (subject, 0, tuple(LABELS[subject]))


@pytest.mark.parametrize(
    "row",
    [
        ["Name", "Organisation", "Role", "Power", "Interest", "Notes"],
        ["Akteur", "Institution", "Funktion", "Macht (0-10)", "Interesse", "Bemerkungen"],
        ["Naam", "Organisatie", "Functie", "Invloed", "Belang", "Opmerkingen"],
        ["Nom", "Organisme", "Rôle", "Pouvoir", "Intérêt", "Remarques"],
        ["Nombre", "Organización", "Función", "Poder", "Interés", "Observaciones"],
        ["Nome", "Organizzazione", "Ruolo", "Potere", "Interesse", "Osservazioni"],
    ],
)
def test_stakeholder_headings_are_recognised_in_six_languages(row: list[str]) -> None:
    layout = understood(typed(row, ["a", "b", "c", 1, 2, "d"]))
    assert layout.subject == "stakeholders"
    assert layout.columns == ("name", "organisation", "role", "power", "interest", "notes")


@pytest.mark.parametrize(
    "row",
    [
        ["Name", "Language", "Expertise", "Stake", "Expectations", "What we need from them"],
        ["Akteur", "Sprache", "Kompetenzen", "Anliegen", "Erwartungen", "Was wir von ihnen brauchen"],
        ["Naam", "Taal", "Deskundigheid", "Inzet", "Verwachtingen", "Wat we nodig hebben"],
        ["Nom", "Langue", "Compétences", "Enjeux", "Attentes", "Ce dont nous avons besoin"],
        ["Nombre", "Idioma", "Conocimientos", "En juego", "Expectativas", "Lo que necesitamos"],
        ["Nome", "Lingua", "Competenze", "Posta in gioco", "Aspettative", "Di cosa abbiamo bisogno"],
    ],
)
def test_what_moves_a_stakeholder_is_recognised_in_six_languages(row: list[str]) -> None:
    layout = understood(typed(row, ["a", "b", "c", "d", "e", "f"]))
    assert layout.columns == ("name", "language", "expertise", "stake", "expectations", "needs")


@pytest.mark.parametrize(
    "row",
    [
        ["Name", "Legitimacy", "Urgency", "Confidence", "Owner", "Source"],
        ["Akteur", "Legitimität", "Dringlichkeit", "Sicherheit", "Verantwortlich", "Quelle"],
        ["Naam", "Legitimiteit", "Urgentie", "Zekerheid", "Verantwoordelijke", "Bron"],
        ["Nom", "Légitimité", "Urgence", "Confiance", "Responsable", "Provenance"],
        ["Nombre", "Legitimidad", "Urgencia", "Confianza", "Responsable", "Fuente"],
        ["Nome", "Legittimità", "Urgenza", "Affidabilità", "Responsabile", "Fonte"],
    ],
)
def test_salience_and_where_it_comes_from_are_recognised_in_six_languages(row: list[str]) -> None:
    layout = understood(typed(row, ["a", 7, 3, "High", "b", "c"]))
    assert layout.columns == ("name", "legitimacy", "urgency", "confidence", "owner", "source")


def test_stake_with_numbers_below_it_is_interest() -> None:
    assert understood(typed(["Name", "Power", "Stake"], ["a", 1, 2], ["b", 3, "n/a"])).columns[2] == "interest"
    assert understood(typed(["Name", "Stake"], ["a", "Clean water"], ["b", 3])).columns[1] == "stake"
    assert understood(typed(["Name", "Stake", "Interest"], ["a", 1, 2])).columns[1] == "stake"


@pytest.mark.parametrize(
    "row",
    [
        ["From", "To", "Strength"],
        ["Von", "An", "Stärke"],
        ["Van", "Naar", "Sterkte"],
        ["De", "À", "Force"],
        ["Origen", "Destino", "Fuerza"],
        ["Da", "A", "Forza"],
        ["sender", "receiver", "weight"],
    ],
)
def test_ties_are_recognised_in_six_languages(row: list[str]) -> None:
    layout = understood(typed(row, ["a", "b", 1]))
    assert (layout.subject, layout.columns) == ("relations", ("from", "to", "strength"))


@pytest.mark.parametrize(
    "row",
    [
        ["Title", "From", "To", "Status", "Place"],
        ["Titel", "Von", "Bis", "Status", "Ort"],
        ["Bijeenkomst", "Van", "Tot", "Status", "Locatie"],
        ["Réunion", "Du", "Au", "Statut", "Lieu"],
        ["Reunión", "Desde", "Hasta", "Estado", "Lugar"],
        ["Riunione", "Dal", "Al", "Stato", "Luogo"],
    ],
)
def test_a_roadmap_is_recognised_in_six_languages(row: list[str]) -> None:
    layout = understood(typed(row, ["a", "1.6.2021", "2.6.2021", "planned", "c"]))
    assert (layout.subject, layout.columns) == ("meetings", ("title", "starts_on", "ends_on", "certainty", "place"))


def test_the_header_is_found_below_a_title_and_blank_lines() -> None:
    sheet = typed(["Stakeholder list CS1"], [], ["Project", "ULTIMATE", 2021], ["Name", "Power"], ["Organisation", 3])
    layout = understood(sheet)
    assert (layout.header_row, layout.columns) == (3, ("name", "power", None))
    assert headings(sheet, layout) == ["Name", "Power", "Column 3"]


def test_of_two_columns_with_the_same_heading_the_first_is_taken_and_the_person_is_told() -> None:
    layout = understood(typed(["Name", "Power", "Power"], ["a", 1, 2]))
    assert layout.columns == ("name", "power", None)
    assert layout.notes == ("“Power” could be Power too; the first such column was taken.",)


def test_description_and_remarks_both_go_to_the_notes() -> None:
    assert understood(typed(["Name", "Description", "Remarks"], ["a"])).columns == ("name", "notes", "notes")


def test_a_typing_mistake_in_a_heading_is_forgiven() -> None:
    assert understood(typed(["Stakehoder", "Intrest"], ["a", 1])).columns == ("name", "interest")


def test_the_words_in_a_column_decide_what_an_ambiguous_heading_means() -> None:
    assert (
        understood(typed(["Name", "Sector"], ["a", "Academia"], ["b", "Industry"], ["c", "State"])).columns[1]
        == "helix"
    )
    assert understood(typed(["Name", "Type"], ["a", "Zivilgesellschaft"], ["b", "Wirtschaft"])).columns[1] == "helix"
    assert understood(typed(["Name", "Type"], ["a", "Person"], ["b", "Organisation"])).columns[1] == "kind"


def test_an_organisation_column_alone_is_the_name() -> None:
    layout = understood(typed(["Organisation", "Power"], ["a", 1]))
    assert layout.columns == ("name", "power")
    assert layout.defaults == (("kind", "Organisation"),)
    assert "each row is an organisation" in layout.notes[0]


def test_a_bare_list_of_names_needs_no_header_and_an_unknown_table_waits_for_a_person() -> None:
    assert understood(typed(["Water board"], ["City"])).columns == ("name",)
    unknown = understood(typed(["x1", "x2"], ["a", "b"]))
    assert (unknown.columns, bool(unknown.notes)) == ((None, None), True)
    assert understood(typed(["a", "b"]), subject="relations", header_row=None).columns == ("from", "to")


def test_columns_header_and_subject_can_be_changed_by_hand() -> None:
    sheet = typed(["Name", "Alias", "What"], ["a", "b", "c"])
    layout = assigned(sheet, understood(sheet), {1: "name", 2: "notes"})
    assert layout.columns == (None, "name", "notes")
    assert assigned(sheet, layout, {2: None}).columns == (None, "name", None)
    assert understood(sheet, header_row=None).header_row is None
    assert understood(sheet, subject="relations").subject == "relations"
    for changes in ({9: "name"}, {0: "salary"}):
        with pytest.raises(Invalid):
            assigned(sheet, layout, changes)
    with pytest.raises(Invalid, match="no line 10"):
        understood(sheet, header_row=9)


def test_remarks_in_brackets_and_numbers_before_a_heading_do_not_matter() -> None:
    assert exact_field("stakeholders", "3. Macht (0 = keine, 10 = viel)") == "power"
    assert exact_field("stakeholders", "Nonsense") is None


def test_a_heading_that_the_case_study_gave_to_a_field_is_that_field() -> None:
    renamed = {"stake": "Concern", "group": "Interest"}
    sheet = typed(["Name", "concern", "Power"], ["a", "Clean water", 1])
    assert understood(sheet, renamed=renamed).columns == ("name", "stake", "power")
    assert understood(sheet).columns == ("name", "interest", "power")
    assert understood(typed(["Name", "Stake"], ["a", "b"]), renamed=renamed).columns == ("name", "stake")

"""Cells of foreign files: vocabulary in six languages, numbers, days, themes and clean text."""

from __future__ import annotations

import datetime as dt

import pytest

from copdash import models
from copdash.exchange import words
from copdash.exchange.vocabulary import meaning, words_of


@pytest.mark.parametrize(
    ("choices", "value", "said"),
    [
        (models.Helix, "Government", "Verwaltung overheid administration gobierno governo GOVERNMENT public"),
        (models.Helix, "Industry", "Wirtschaft bedrijfsleven entreprises empresas imprese business"),
        (models.Helix, "Academia", "Wissenschaft onderzoek recherche investigación ricerca research"),
        (models.Helix, "Civil society", "Zivilgesellschaft burgers associations ciudadanía cittadini NGO"),
        (models.Scale, "National", "DE Deutschland landelijk nationale nacional nazionale federal"),
        (models.Scale, "EU/global", "EU Global weltweit wereldwijd européen mundial globale"),
        (models.Attitude, "Supportive", "unterstützend voorstander favorable partidario favorevole supporter"),
        (models.Membership, "Core", "Kerngruppe kerngroep noyau núcleo nucleo core"),
        (models.Certainty, "Confirmed", "bestätigt bevestigd confirmé confirmado confermato fixed"),
        (models.Format, "In person", "Präsenz fysiek présentiel presencial live in_person"),
        (models.RelationType, "Money", "Geld financiering argent dinero denaro funding"),
        (models.TieStatus, "Wanted", "gewünscht gewenst souhaité deseada desiderato wished"),
        (models.Kind, "Person", "Einzelperson persoon personne persona individual"),
    ],
)
def test_words_of_six_languages_mean_ours(choices: type[models.Choice], value: str, said: str) -> None:
    assert {meaning(choices, word.replace("_", " ")) for word in said.split()} == {value}


def test_every_word_of_ours_means_itself_and_every_listed_word_belongs_to_one_of_ours() -> None:
    for choices in models.Choice.__subclasses__():
        assert all(meaning(choices, f" {value.upper()} ") == value for value in choices.values())
        assert set(words_of("vocabulary.toml").get(choices.__name__, {})) <= set(choices.values())


def test_accents_connectives_and_remarks_do_not_matter() -> None:
    assert meaning(models.Helix, "Wissenschaft & Forschung") == "Academia"
    assert meaning(models.Helix, "Overheid (provincie)") == "Government"
    assert meaning(models.Scale, "Berlin") is None


def test_numbers_have_a_point_or_a_comma() -> None:
    assert [words.number(cell) for cell in ("7", " 7,5 ", "7.5", "7/10", "8 von 10", 3, "-1", None, "-", "n/a")] == [
        7, 7.5, 7.5, 7, 8, 3, -1, None, None, None
    ]  # fmt: skip
    assert all(words.number(cell) is words.NOT_UNDERSTOOD for cell in ("high", "1e400", "7;5", True, "1.2.3"))


@pytest.mark.parametrize(
    "cell",
    ["2021-06-01", "2021-06-01T09:30", "1.6.2021", "01.06.21", "01/06/2021", "1-6-2021", "1 June 2021", "1. Juni 2021",
     "1 juni 2021", "1er juin 2021", "1 de junio de 2021", "1 giugno 2021", "Tuesday, 1 June 2021", 44348, 44348.4],
)  # fmt: skip
def test_days_are_read_as_people_write_them(cell: str | float) -> None:
    assert words.day(cell) == dt.date(2021, 6, 1)


def test_what_is_not_a_day_is_said_to_be_none() -> None:
    assert all(words.day(cell) is words.NOT_UNDERSTOOD for cell in ("soon", "31.2.2021", "June 2021", 7, "1.1.0001"))
    assert words.day("tbd") is None


def test_text_is_cleaned_of_what_nobody_sees() -> None:
    assert words.line(" a\u00a0 b\n\u200bc\ufeff\t") == "a b c"
    assert words.passage("a\r\nb\rc\x07\u202e ") == "a\nb\nc"
    assert words.line("Zu\u0308rich") == "Zürich"
    assert words.key("STRASSE\u200b 1") == words.key("Straße  1")
    assert [words.line(cell) for cell in (3, 3.5, True, None)] == ["3", "3.5", "yes", ""]


def test_themes_are_cut_at_semicolons_lines_bars_or_commas() -> None:
    for cell in ("a, b", "a;b", "a\nb", "a | b", "a, b, a,"):
        assert words.themes(cell) == "a; b"
    ours = "Closing water, energy and material cycles"
    assert words.themes(f"{ours}, Upscaling") == f"{ours}; Upscaling"


def test_a_theme_with_a_comma_survives_being_written_and_read() -> None:
    for stored in ("water, energy", "a; b, c", "a", "", "a; b"):
        assert words.themes(words.themes_cell(stored)) == stored


def test_yes_and_no_are_understood_in_six_languages() -> None:
    assert all(words.flag(word) is True for word in ("yes", "ja", "oui", "sí", "sì", "x", "directed", "→", True, 1))
    assert all(words.flag(word) is False for word in ("No", "nein", "nee", "non", "falso", "undirected", "0", 0))
    assert words.flag("perhaps") is words.NOT_UNDERSTOOD

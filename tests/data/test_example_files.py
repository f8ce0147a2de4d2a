"""The nine hand-made example case studies keep the promises made about them (`data/example/`)."""

from __future__ import annotations

import datetime as dt
import json
import re
import zoneinfo
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from copdash import models

FOLDER = Path(__file__).parents[2] / "data" / "example"
AS_OF = dt.date(2021, 9, 15)
START, END = dt.date(2020, 6, 1), dt.date(2024, 10, 31)
WINDOW = (dt.date(2021, 6, 1), dt.date(2021, 11, 30))

PLACES = {
    "cs1-tarragona": ("Spain", "Europe/Madrid"),
    "cs2-nieuw-prinsenland": ("Netherlands", "Europe/Amsterdam"),
    "cs3-rosignano": ("Italy", "Europe/Rome"),
    "cs4-nafplio": ("Greece", "Europe/Athens"),
    "cs5-lleida": ("Spain", "Europe/Madrid"),
    "cs6-karmiel": ("Israel", "Asia/Jerusalem"),
    "cs7-tain": ("United Kingdom", "Europe/London"),
    "cs8-roussillon": ("France", "Europe/Paris"),
    "cs9-kalundborg": ("Denmark", "Europe/Copenhagen"),
}

CASE_FIELDS = {
    *("title", "place", "country", "time_zone", "starts_on", "ends_on"),
    *("launch_from", "launch_until", "technologies", "as_of"),
}
STAKEHOLDER_TEXTS = {
    *("key", "name", "kind", "organisation", "role", "group", "helix", "scale", "country", "themes"),
    *("attitude", "attitude_wanted", "membership", "rationale", "notes"),
}
OPTIONAL_TEXTS = {"language", "confidence", "owner"}
OPTIONAL_RATINGS = {"legitimacy", "urgency"}
MEETING_TEXTS = {
    *("title", "kind", "theme", "certainty", "format", "place", "moderator", "goals", "expected_outcomes"),
}
OPTIONAL_MEETING_TEXTS = {"language", "evaluation", "follow_up", "day_starts_at", "note_taker"}

# Partners, operators and authorities of the real sites: an invented rating must never land on one of them.
REAL_NAMES = re.compile(
    r"\b(KWR|Solvay|Novo|Novozymes|Novonesis|Glenmorangie|Mahou|Mekorot|Repsol|Dow|BASF|Ercros|Covestro|AITASA|Eurecat"
    r"|Aqualia|Aretusa|ASA|Kalundborg|Equinor|Ørsted|Elkem|Tredi|Osiris|Suez|Veolia|Evides|Coöperatief|TOM|Alberta"
    r"|SEPA|Cranfield|Aquabio|NTUA|GtG|Greener|Galilee|AgRobics|HSTI|Brabantse|Delfland|Evoqua|Ineos|Messer)\b",
    re.IGNORECASE,
)


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def day(text: str) -> dt.date:
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
    return dt.date.fromisoformat(text)


def cop_meetings(example: dict[str, Any]) -> list[dict[str, Any]]:
    return [meeting for meeting in example["meetings"] if meeting["kind"] == models.MeetingKind.COP_MEETING]


def first_cop_meeting(example: dict[str, Any]) -> dt.date | None:
    days = [day(meeting["starts_on"]) for meeting in cop_meetings(example) if meeting.get("starts_on")]
    return min(days, default=None)


def is_rated(stakeholder: dict[str, Any]) -> bool:
    return stakeholder["power"] is not None and stakeholder["interest"] is not None


def rated(example: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in example["stakeholders"] if is_rated(row)]


def test_most_who_are_rated_have_legitimacy_and_urgency_too() -> None:
    rows = [row for name in PLACES for row in rated(read(name))]
    given = [row for row in rows if "legitimacy" in row and "urgency" in row]
    assert len(given) >= 0.75 * len(rows)
    assert all(0 <= row[field] <= 10 for row in given for field in OPTIONAL_RATINGS)


@pytest.fixture(params=PLACES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def example(name: str) -> dict[str, Any]:
    return read(name)


def test_the_folder_holds_exactly_the_nine_case_studies() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(PLACES)


def test_a_file_has_no_other_parts_or_fields_than_agreed(example: dict[str, Any]) -> None:
    assert set(example) == {
        "case_study",
        "stakeholders",
        "relations",
        "meetings",
        "milestones",
        "earlier",
        "actions",
    }
    assert set(example["case_study"]) == CASE_FIELDS
    for row in example["stakeholders"]:
        assert set(row) - OPTIONAL_TEXTS - OPTIONAL_RATINGS == STAKEHOLDER_TEXTS | {"power", "interest"}
        assert all(isinstance(row[field], str) for field in STAKEHOLDER_TEXTS | (OPTIONAL_TEXTS & set(row)))
    for row in example["relations"]:
        assert set(row) - {"status", "evidence"} == {"from", "to", "type", "directed", "strength"}
    for row in example["meetings"]:
        assert set(row) - {"starts_on", "ends_on", "attended"} - OPTIONAL_MEETING_TEXTS == MEETING_TEXTS | {"invited"}
        assert all(isinstance(row[field], str) for field in MEETING_TEXTS)
        assert set(row.get("attended", [])) <= set(row["invited"])
    for row in example["milestones"]:
        assert set(row) == {"title", "kind", "due_on"}


def test_every_field_has_a_column_of_the_same_name(example: dict[str, Any]) -> None:
    assert set(models.CaseStudy.model_fields) >= CASE_FIELDS
    assert set(models.Stakeholder.model_fields) >= STAKEHOLDER_TEXTS - {"key"} | {"power", "interest"}
    assert set(models.Stakeholder.model_fields) >= OPTIONAL_TEXTS | OPTIONAL_RATINGS
    assert set(models.Relation.model_fields) >= {"type", "directed", "strength"}
    assert set(models.Meeting.model_fields) >= MEETING_TEXTS | {"starts_on", "ends_on"}
    assert set(models.Milestone.model_fields) >= {"title", "kind", "due_on"}


def test_the_case_study_is_where_and_when_it_should_be(name: str, example: dict[str, Any]) -> None:
    case = example["case_study"]
    assert (case["country"], case["time_zone"]) == PLACES[name]
    assert zoneinfo.ZoneInfo(case["time_zone"])
    assert case["title"].startswith(name[:3].upper() + " ")
    assert case["place"]
    assert (day(case["starts_on"]), day(case["ends_on"])) == (START, END)
    assert (day(case["launch_from"]), day(case["launch_until"])) == WINDOW
    assert day(case["as_of"]) == AS_OF


def test_technologies_and_themes_are_separated_by_semicolons(example: dict[str, Any]) -> None:
    assert len(example["case_study"]["technologies"].split("; ")) >= 2
    for text in [example["case_study"]["technologies"], *(row["themes"] for row in example["stakeholders"])]:
        assert "," not in text
        assert text == "; ".join(part.strip() for part in text.split(";"))


def test_no_text_is_padded_or_holds_a_line_break(example: dict[str, Any]) -> None:
    rows = [example["case_study"], *example["stakeholders"], *example["meetings"], *example["milestones"]]
    for text in (value for row in rows for value in row.values() if isinstance(value, str)):
        assert text == " ".join(text.split())


def test_the_files_are_readable_line_by_line(name: str, example: dict[str, Any]) -> None:
    raw = (FOLDER / f"{name}.json").read_bytes()
    text = raw.decode("utf-8")
    assert b"\r" not in raw
    assert text.endswith("}\n")
    assert "\\u" not in text
    lines = [line.strip().rstrip(",") for line in text.splitlines()]
    for part in ("stakeholders", "relations", "meetings", "milestones"):
        for row in example[part]:
            assert json.dumps(row, ensure_ascii=False) in lines


def test_a_case_has_15_to_30_stakeholders_with_different_keys_and_names(example: dict[str, Any]) -> None:
    rows = example["stakeholders"]
    assert 15 <= len(rows) <= 30
    assert len({row["key"] for row in rows}) == len(rows)
    assert len({row["name"].casefold() for row in rows}) == len(rows)
    assert all(row["name"] for row in rows)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", row["key"]) for row in rows)


def test_all_groups_and_helices_are_there(example: dict[str, Any]) -> None:
    assert {row["group"] for row in example["stakeholders"]} == set(models.Group.values())
    assert {row["helix"] for row in example["stakeholders"]} == set(models.Helix.values())


def test_words_are_the_words_of_the_models(example: dict[str, Any]) -> None:
    may_be_empty = {
        "scale": models.Scale,
        "attitude": models.Attitude,
        "attitude_wanted": models.Attitude,
        "membership": models.Membership,
        "confidence": models.Confidence,
    }
    for row in example["stakeholders"]:
        assert row["kind"] in models.Kind.values()
        for field, words in may_be_empty.items():
            assert row.get(field, "") in {"", *words.values()}
    for row in example["relations"]:
        assert row["type"] in models.RelationType.values()
    for row in example["meetings"]:
        assert row["kind"] in models.MeetingKind.values()
        assert row["theme"] in {"", *models.Theme.values()}
        assert row["certainty"] in models.Certainty.values()
        assert row["format"] in {"", *models.Format.values()}
    for row in example["milestones"]:
        assert row["kind"] in models.MilestoneKind.values()


def test_nobody_in_the_list_is_a_real_organisation_or_person(example: dict[str, Any]) -> None:
    for row in example["stakeholders"]:
        for field in ("name", "organisation", "role", "rationale", "notes"):
            assert not REAL_NAMES.search(row[field]), row[field]
        # A role reads as a phrase: a second capitalised word would be a proper name.
        assert not re.search(r"\s[A-ZÀ-Þ]", row["name"]), row["name"]


def test_persons_belong_to_an_organisation_of_the_list(example: dict[str, Any]) -> None:
    organisations = {row["name"] for row in example["stakeholders"] if row["kind"] == models.Kind.ORGANISATION}
    persons = [row for row in example["stakeholders"] if row["kind"] == models.Kind.PERSON]
    assert 1 <= len(persons) <= 4
    assert all(row["organisation"] in organisations for row in persons)
    assert all(not row["organisation"] for row in example["stakeholders"] if row not in persons)


def test_three_to_six_stakeholders_are_unrated(example: dict[str, Any]) -> None:
    rows = example["stakeholders"]
    assert 3 <= len(rows) - len(rated(example)) <= 6
    assert sum((row["power"] is None) != (row["interest"] is None) for row in rows) <= 1


def test_ratings_are_0_to_10_with_one_decimal(example: dict[str, Any]) -> None:
    for row in example["stakeholders"]:
        for value in (row["power"], row["interest"]):
            if value is not None:
                assert isinstance(value, float)
                assert 0 <= value <= 10
                assert value == round(value, 1)


def test_ratings_lie_in_all_four_quadrants(example: dict[str, Any]) -> None:
    quadrants = [(row["power"] >= 5, row["interest"] >= 5) for row in rated(example)]
    for quadrant in ((True, True), (True, False), (False, True), (False, False)):
        assert quadrants.count(quadrant) >= 2
        assert quadrants.count(quadrant) <= len(quadrants) / 2


def test_hardly_any_two_stakeholders_lie_on_top_of_each_other(example: dict[str, Any]) -> None:
    close = [
        (one["key"], other["key"])
        for one, other in combinations(rated(example), 2)
        if all(round(abs(one[axis] - other[axis]), 1) <= 0.3 for axis in ("power", "interest"))
    ]
    assert len(close) <= 1, close


def test_lists_have_gaps_as_real_lists_have(example: dict[str, Any]) -> None:
    rows = example["stakeholders"]
    for field in ("role", "rationale", "attitude_wanted", "membership"):
        assert 1 <= sum(not row[field] for row in rows) <= len(rows) * 0.7, field


def test_reasons_goals_and_outcomes_are_sentences_and_notes_are_jottings(example: dict[str, Any]) -> None:
    sentences = [row["rationale"] for row in example["stakeholders"]]
    sentences += [row[field] for row in example["meetings"] for field in ("goals", "expected_outcomes")]
    for sentence in filter(None, sentences):
        assert re.fullmatch(r"[A-Z].*[.?]", sentence), sentence
    assert not any(row["notes"].endswith(".") for row in example["stakeholders"])


def test_ties_are_25_to_60_of_several_types_and_mostly_directed(example: dict[str, Any]) -> None:
    rows = example["relations"]
    assert 25 <= len(rows) <= 60
    assert len({row["type"] for row in rows}) >= 5
    assert all(row["directed"] in (True, False) for row in rows)
    assert 0.6 * len(rows) <= sum(row["directed"] for row in rows) < len(rows)
    assert {row["strength"] for row in rows} == {1, 2, 3}
    assert 2 <= sum(row.get("status") == models.TieStatus.WANTED for row in rows) <= 5


def test_ties_join_two_different_stakeholders_of_the_list(example: dict[str, Any]) -> None:
    keys = {row["key"] for row in example["stakeholders"]}
    for row in example["relations"]:
        assert {row["from"], row["to"]} <= keys
        assert row["from"] != row["to"]


def test_no_tie_is_said_twice(example: dict[str, Any]) -> None:
    said = [(row["from"], row["to"], row["type"]) for row in example["relations"]]
    said += [(row["to"], row["from"], row["type"]) for row in example["relations"] if not row["directed"]]
    assert len(set(said)) == len(said)


def test_one_to_three_stakeholders_have_no_tie(example: dict[str, Any]) -> None:
    tied = {row[end] for row in example["relations"] if "status" not in row for end in ("from", "to")}
    assert 1 <= len({row["key"] for row in example["stakeholders"]} - tied) <= 3


def test_a_roadmap_has_8_to_14_meetings_of_the_usual_kinds(example: dict[str, Any]) -> None:
    meetings = example["meetings"]
    kinds = [row["kind"] for row in meetings]
    assert 8 <= len(meetings) <= 14
    assert set(kinds) == set(models.MeetingKind.values())
    assert 3 <= kinds.count(models.MeetingKind.COP_MEETING) <= 5
    assert 1 <= kinds.count(models.MeetingKind.CROSS_FERTILISATION) <= 2
    assert len({row["title"] for row in meetings}) == len(meetings)
    assert all(row["theme"] for row in cop_meetings(example))


def test_meetings_are_on_weekdays_within_the_project_and_last_one_or_two_days(example: dict[str, Any]) -> None:
    lengths = []
    for row in example["meetings"]:
        assert ("starts_on" in row) == ("ends_on" in row)
        if "starts_on" not in row:
            continue
        start, end = day(row["starts_on"]), day(row["ends_on"])
        assert START <= start <= end <= END
        assert max(start.weekday(), end.weekday()) <= 4
        lengths.append((end - start).days + 1)
    assert set(lengths) <= {1, 2}
    assert lengths.count(1) > len(lengths) / 2


def test_one_to_three_meetings_are_not_scheduled_yet(example: dict[str, Any]) -> None:
    waiting = [row for row in example["meetings"] if "starts_on" not in row]
    assert 1 <= len(waiting) <= 3
    assert all(row["certainty"] == models.Certainty.TENTATIVE for row in waiting)


def test_past_meetings_are_held_or_cancelled_and_later_ones_are_not(example: dict[str, Any]) -> None:
    over = {models.Certainty.HELD, models.Certainty.CANCELLED}
    for row in example["meetings"]:
        if "starts_on" in row:
            assert day(row["starts_on"]) != AS_OF
            assert (row["certainty"] in over) == (day(row["starts_on"]) < AS_OF), row["title"]


def test_one_on_ones_with_kwr_begin_in_april_2021(example: dict[str, Any]) -> None:
    one_on_ones = [row for row in example["meetings"] if row["kind"] == models.MeetingKind.ONE_ON_ONE]
    assert all("KWR" in row["title"] for row in one_on_ones)
    starts = [day(row["starts_on"]) for row in one_on_ones if "starts_on" in row]
    assert (min(starts).year, min(starts).month) == (2021, 4)
    assert min(day(row["starts_on"]) for row in example["meetings"] if "starts_on" in row) == min(starts)


def test_the_invited_are_in_the_list_and_invited_once(example: dict[str, Any]) -> None:
    keys = {row["key"] for row in example["stakeholders"]}
    for row in example["meetings"]:
        assert set(row["invited"]) <= keys
        assert len(set(row["invited"])) == len(row["invited"])
        if row["certainty"] in {models.Certainty.HELD, models.Certainty.CONFIRMED}:
            assert row["invited"], row["title"]


def test_nobody_who_declined_or_is_not_invited_is_on_a_meetings_list(example: dict[str, Any]) -> None:
    outside = {models.Membership.NOT_INVITED, models.Membership.DECLINED}
    away = {row["key"] for row in example["stakeholders"] if row["membership"] in outside}
    assert away
    for row in example["meetings"]:
        assert not away & set(row["invited"]), row["title"]


def test_milestones_are_4_to_7_on_weekdays_from_2020_to_2024(example: dict[str, Any]) -> None:
    days = [day(row["due_on"]) for row in example["milestones"]]
    assert 4 <= len(days) <= 7
    assert days == sorted(days)
    assert START <= days[0]
    assert days[-1] <= END
    assert all(due.weekday() <= 4 for due in days)
    assert {row["kind"] for row in example["milestones"]} == set(models.MilestoneKind.values())


def test_all_first_cop_meetings_fall_in_the_launch_window_but_one_late_and_one_without_a_day() -> None:
    firsts = {name: first_cop_meeting(read(name)) for name in PLACES}
    assert [name for name, first in firsts.items() if first is None] == ["cs6-karmiel"]
    days = [first for first in firsts.values() if first is not None]
    assert sum(WINDOW[0] <= first <= WINDOW[1] for first in days) == 7
    assert sum(first > WINDOW[1] for first in days) == 1


def test_the_first_cop_meeting_is_the_common_vision(example: dict[str, Any]) -> None:
    first = cop_meetings(example)[0]
    assert first["title"].startswith("CoP 1: ")
    assert first["theme"] == models.Theme.COMMON_VISION
    if first_cop_meeting(example) is not None:
        assert day(first["starts_on"]) == first_cop_meeting(example)


def test_together_the_cases_use_every_word_and_reach_from_the_first_month_to_the_last() -> None:
    examples = [read(name) for name in PLACES]
    stakeholders = [row for example in examples for row in example["stakeholders"]]
    meetings = [row for example in examples for row in example["meetings"]]
    milestones = [row for example in examples for row in example["milestones"]]
    assert {row["kind"] for row in stakeholders} == set(models.Kind.values())
    assert {row["scale"] for row in stakeholders} == {"", *models.Scale.values()}
    assert {row["attitude"] for row in stakeholders} == {"", *models.Attitude.values()}
    assert {row["membership"] for row in stakeholders} == {"", *models.Membership.values()}
    assert {row["type"] for example in examples for row in example["relations"]} == set(models.RelationType.values())
    assert {row["certainty"] for row in meetings} == set(models.Certainty.values())
    assert {row["theme"] for row in meetings} == {"", *models.Theme.values()}
    assert {row["format"] for row in meetings} >= set(models.Format.values())
    assert any((row["power"] is None) != (row["interest"] is None) for row in stakeholders)
    assert any(row.get("starts_on") != row.get("ends_on") for row in meetings)
    assert min(row["due_on"] for row in milestones)[:7] == "2020-06"
    assert max(row["due_on"] for row in milestones)[:7] == "2024-10"


def test_operators_of_tarragona_and_rosignano_go_to_kalundborg_on_the_same_days() -> None:
    visits = {
        name: {
            (row["starts_on"], row["ends_on"])
            for row in read(name)["meetings"]
            if row["kind"] == models.MeetingKind.CROSS_FERTILISATION and "starts_on" in row
        }
        for name in ("cs1-tarragona", "cs3-rosignano", "cs9-kalundborg")
    }
    assert len(set.intersection(*visits.values())) == 1


def test_no_case_is_a_copy_of_another() -> None:
    examples = {name: read(name) for name in PLACES}
    for one, other in combinations(PLACES, 2):
        names = [{row["name"] for row in examples[name]["stakeholders"]} for name in (one, other)]
        points = [{(row["power"], row["interest"]) for row in rated(examples[name])} for name in (one, other)]
        ties = [{(r["from"], r["to"], r["type"]) for r in examples[name]["relations"]} for name in (one, other)]
        reasons = [{row["rationale"] for row in examples[name]["stakeholders"]} - {""} for name in (one, other)]
        assert len(names[0] & names[1]) <= 4
        assert len(points[0] & points[1]) <= 3
        assert len(ties[0] & ties[1]) <= 3
        assert reasons[0] & reasons[1] <= {"Leads the case study."}


# ---- looking back, and what is to be done ---------------------------------------------------------------------------


def test_an_earlier_version_shows_who_moved_who_came_and_whose_attitude_turned(example: dict[str, Any]) -> None:
    earlier = example["earlier"]
    assert set(earlier) == {"title", "occasion", "day", "absent", "stakeholders"}
    assert earlier["day"] < example["case_study"]["as_of"]
    rows = {row["key"]: row for row in example["stakeholders"]}
    assert set(earlier["absent"]) < set(rows)
    assert not set(earlier["absent"]) & set(earlier["stakeholders"])
    for key, values in earlier["stakeholders"].items():
        assert set(values) <= {"power", "interest", "attitude", "rationale"}
        assert any(rows[key][field] != value for field, value in values.items() if field != "rationale")
        assert values.get("attitude", "Neutral") in models.Attitude.values()
        assert all(values.get(field) is None or 0 <= values[field] <= 10 for field in ("power", "interest"))


def test_actions_are_open_overdue_and_done_and_name_what_is_there(example: dict[str, Any]) -> None:
    as_of, keys = example["case_study"]["as_of"], {row["key"] for row in example["stakeholders"]}
    assert {row["stakeholder"] for row in example["actions"]} <= keys
    assert all(row.get("meeting", 0) < len(example["meetings"]) for row in example["actions"])
    waiting = [row for row in example["actions"] if "done_on" not in row]
    assert [row["due_on"] < as_of for row in waiting].count(True) == 1
    assert len(waiting) == 3

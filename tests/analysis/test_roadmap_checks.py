"""Every roadmap check, with a roadmap that triggers it and one that does not."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from copdash.analysis import public_holidays, roadmap_rules, roadmap_settings
from copdash.analysis.roadmap_checks import Elsewhere, Roadmap, by_meeting, unchecked
from copdash.errors import Invalid
from copdash.models import AgendaBlock, CaseStudy, Meeting, Milestone, Preparation, Stakeholder

TODAY = dt.date(2021, 6, 1)
CASE = uuid.uuid4()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def meeting(starts: str | None = "2021-09-15", ends: str | None = None, **values: Any) -> Meeting:
    first = day(starts) if starts else None
    return Meeting(
        case_study_id=CASE,
        starts_on=first,
        ends_on=day(ends) if ends else first,
        **{"title": "CoP 1", "certainty": "Planned", **values},
    )


def stakeholder(**values: Any) -> Stakeholder:
    return Stakeholder(case_study_id=CASE, **{"name": "Province", **values})


def roadmap(*meetings: Meeting, case: dict[str, Any] | None = None, **values: Any) -> Roadmap:
    return Roadmap(
        CaseStudy(**{"title": "Here", "country": "Netherlands", **(case or {})}),
        meetings,
        **{"today": TODAY, **values},
    )


def with_blocks(*minutes: int) -> Roadmap:
    row = meeting()
    blocks = [AgendaBlock(case_study_id=CASE, meeting_id=row.id, activity="Talk", minutes=m) for m in minutes]
    return roadmap(row, blocks={row.id: blocks})


def with_guest(guest: Stakeholder, *others: Stakeholder, **values: Any) -> Roadmap:
    row = meeting(**values)
    return roadmap(row, stakeholders=[guest, *others], invited={row.id: [guest.id]})


def without_guest(absent: Stakeholder, **values: Any) -> Roadmap:
    return with_guest(stakeholder(name="Somebody", group="Regulators"), absent, **values)


def with_milestone(due: str) -> Roadmap:
    row, mark = meeting(), Milestone(case_study_id=CASE, title="Pilot runs", due_on=day(due))
    return roadmap(row, milestones=[mark], prepared={row.id: [mark.id]})


def with_task(due: str, done: str | None = None) -> Roadmap:
    row = meeting()
    task = Preparation(
        case_study_id=CASE, meeting_id=row.id, title="Invite", due_on=day(due), done_on=day(done) if done else None
    )
    return roadmap(row, tasks=[task])


def beside(moderator: str, starts: str) -> Roadmap:
    return roadmap(
        meeting(moderator="Kim  Larsen"), others=[Elsewhere("Kalundborg", [meeting(starts, moderator=moderator)])]
    )


def held_with(came: bool) -> Roadmap:
    guest, row = stakeholder(), meeting("2021-05-12", certainty="Held", follow_up="Agreed")
    return roadmap(
        row, stakeholders=[guest], invited={row.id: [guest.id]}, attended={row.id: [guest.id]} if came else {}
    )


def twice_invited(*, came_to: int) -> Roadmap:
    key, other = stakeholder(**KEY), stakeholder(name="Farmers")
    rows = [meeting(on, certainty="Held") for on in ("2021-04-14", "2021-05-12")]
    guests = {row.id: [key.id, other.id] for row in rows}
    attended = {row.id: [other.id, *([key.id] if number < came_to else [])] for number, row in enumerate(rows)}
    return roadmap(*rows, stakeholders=[key, other], invited=guests, attended=attended)


KEY = {"power": 8.0, "interest": 9.0}
WINDOW = {"launch_from": day("2021-06-01"), "launch_until": day("2021-11-30")}
FOUR = ("2021-07-01", "2021-10-01", "2022-01-14", "2022-05-06")

CASES: dict[str, tuple[Callable[[], Roadmap], Callable[[], Roadmap]]] = {
    "too_few_meetings": (lambda: roadmap(meeting()), lambda: roadmap(*(meeting(on) for on in FOUR))),
    "launch_window": (
        lambda: roadmap(meeting("2021-12-03"), case=WINDOW),
        lambda: roadmap(meeting("2021-11-30"), case=WINDOW),
    ),
    "long_gap": (
        lambda: roadmap(meeting("2021-09-01"), meeting("2022-06-01")),
        lambda: roadmap(meeting("2021-09-01"), meeting("2022-02-01")),
    ),
    "outside_project": (
        lambda: roadmap(meeting("2020-05-29"), case={"starts_on": day("2020-06-01")}),
        lambda: roadmap(meeting(), case={"starts_on": day("2020-06-01"), "ends_on": day("2024-05-30")}),
    ),
    "key_player_never_invited": (
        lambda: without_guest(stakeholder(**KEY)),
        lambda: with_guest(stakeholder(**KEY)),
    ),
    "group_never_invited": (
        lambda: without_guest(stakeholder(group="End users")),
        lambda: with_guest(stakeholder(group="End users"), stakeholder(group="End users")),
    ),
    "declined_invited": (
        lambda: with_guest(stakeholder(membership="Declined")),
        lambda: with_guest(stakeholder(membership="Core")),
    ),
    "few_invited": (lambda: roadmap(meeting("2021-06-15")), lambda: roadmap(meeting("2021-09-15"))),
    "no_outcome": (lambda: roadmap(meeting()), lambda: roadmap(meeting(expected_outcomes="A shared list"))),
    "no_moderator": (lambda: roadmap(meeting()), lambda: roadmap(meeting(moderator="Kim"))),
    "no_evaluation": (lambda: roadmap(meeting()), lambda: roadmap(meeting(evaluation="A round"))),
    "format_missing": (
        lambda: roadmap(meeting(format="Online")),
        lambda: roadmap(meeting(format="Online", language="Dutch")),
    ),
    "nowhere": (
        lambda: roadmap(meeting(certainty="Confirmed", format="Online", place="Town hall")),
        lambda: roadmap(meeting(certainty="Confirmed", format="Online", link="https://meet.example.org/1")),
    ),
    "agenda_too_long": (lambda: with_blocks(300, 200), lambda: with_blocks(300, 180)),
    "weekend": (lambda: roadmap(meeting("2021-09-17", "2021-09-18")), lambda: roadmap(meeting("2021-09-17"))),
    "holiday": (
        lambda: roadmap(meeting("2022-04-27")),
        lambda: roadmap(meeting("2022-04-27"), case={"country": "Denmark"}),
    ),
    "two_at_once": (
        lambda: roadmap(meeting("2021-09-15", "2021-09-16"), meeting("2021-09-16", kind="Site visit")),
        lambda: roadmap(meeting("2021-09-15"), meeting("2021-09-16", kind="Site visit")),
    ),
    "clash": (lambda: beside("kim larsen", "2021-09-15"), lambda: beside("Kim Larsen", "2021-09-16")),
    "milestone_before_meeting": (lambda: with_milestone("2021-09-01"), lambda: with_milestone("2021-09-15")),
    "not_closed": (
        lambda: roadmap(meeting("2021-05-03")),
        lambda: roadmap(meeting("2021-05-03", certainty="Held")),
    ),
    "no_follow_up": (
        lambda: roadmap(meeting("2021-04-01", certainty="Held")),
        lambda: roadmap(meeting("2021-04-01", certainty="Held", follow_up="Three actions")),
    ),
    "attendance_not_noted": (lambda: held_with(came=False), lambda: held_with(came=True)),
    "key_player_stays_away": (lambda: twice_invited(came_to=0), lambda: twice_invited(came_to=1)),
    "task_late": (lambda: with_task("2021-05-20"), lambda: with_task("2021-05-20", done="2021-05-25")),
}


def found(name: str, given: Roadmap) -> list[str]:
    return [finding.sentence for finding in roadmap_rules.checked(given) if finding.rule == name]


def test_every_rule_is_tried_and_there_are_more_than_fifteen() -> None:
    assert [rule.name for rule in roadmap_rules.RULES] == list(CASES)
    assert len(CASES) > 15
    assert all(rule.title and rule.reason and rule.way_out for rule in roadmap_rules.RULES)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_it_is_for_and_only_that(name: str) -> None:
    triggers, does_not = CASES[name]
    assert len(found(name, triggers())) == 1
    assert found(name, triggers())[0].endswith(".")
    assert found(name, does_not()) == []


@pytest.mark.parametrize("name", CASES)
def test_a_rule_that_is_off_finds_nothing(name: str) -> None:
    given = CASES[name][0]()
    off = Roadmap(**{**given.__dict__, "settings": roadmap_settings.chosen([name], {})})
    assert found(name, off) == []


@pytest.mark.parametrize("name", ["no_outcome", "no_moderator", "weekend", "launch_window", "nowhere"])
def test_a_cancelled_meeting_is_no_longer_checked(name: str) -> None:
    given = CASES[name][0]()
    for row in given.meetings:
        row.certainty = "Cancelled"
    assert found(name, given) == []


def test_an_empty_roadmap_has_no_findings() -> None:
    assert roadmap_rules.checked(roadmap()) == []


def test_what_brings_people_together_fills_a_long_time_and_one_on_ones_do_not() -> None:
    ends = [meeting("2021-09-01"), meeting("2022-06-01", title="CoP 2")]
    for kind, certainty, fills in (
        ("Site visit", "Planned", True),
        ("Training", "Tentative", True),
        ("Cross-fertilisation", "Planned", True),
        ("Site visit", "Cancelled", False),
        ("One-on-one", "Planned", False),
    ):
        between = meeting("2022-01-14", kind=kind, certainty=certainty, format="Online")
        assert (found("long_gap", roadmap(*ends, between)) == []) is fills, (kind, certainty)
    (said,) = found("long_gap", roadmap(*ends, meeting("2021-10-01", kind="Site visit", title="Visit")))
    assert said == "8 months pass between Visit and CoP 2."
    # after the last CoP meeting nothing is asked for
    assert found("long_gap", roadmap(meeting("2021-09-01"), meeting("2022-06-01", kind="Training"))) == []


def test_the_numbers_of_a_case_study_are_its_own() -> None:
    given = roadmap(
        meeting("2021-09-01"), meeting("2022-06-01"), settings=roadmap_settings.chosen([], {"gap_months": 12})
    )
    assert found("long_gap", given) == []


def test_settings_come_back_as_they_were_written_and_nonsense_is_refused() -> None:
    settings = roadmap_settings.chosen(["weekend"], {"gap_months": 9, "meetings": 4})
    assert roadmap_settings.read(roadmap_settings.written(settings)) == settings
    assert roadmap_settings.written(roadmap_settings.chosen([], {"meetings": 4})) == ""
    for nonsense in ("[1]", "{", '{"off": [5]}', '{"numbers": {"gap_months": 0}}', '{"numbers": {"gap_months": "9"}}'):
        with pytest.raises(Invalid):
            roadmap_settings.read(nonsense)


def test_a_country_that_is_not_known_has_no_holidays_and_that_is_said() -> None:
    given = roadmap(meeting("2021-12-25"), case={"country": "Atlantis"})
    assert found("holiday", given) == []
    assert "Atlantis" in unchecked(given)[0]
    assert unchecked(roadmap(meeting())) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [("Netherlands", "NL"), ("the Netherlands", "NL"), ("UK", "GB"), ("España", "ES"), ("GB", "GB"), ("", None)],
)
def test_a_country_is_known_by_its_names(name: str, code: str | None) -> None:
    assert public_holidays.code_of(name) == code


def test_the_weekend_of_israel_is_friday_and_saturday() -> None:
    assert public_holidays.is_weekend("Israel", day("2021-09-17"))
    assert not public_holidays.is_weekend("Israel", day("2021-09-19"))


def test_findings_are_told_by_their_meeting_and_have_a_key() -> None:
    row = meeting()
    findings = roadmap_rules.checked(roadmap(row))
    lists = by_meeting(findings)
    assert {finding.rule for finding in lists[row.id]} >= {"no_outcome", "no_moderator"}
    assert f"no_outcome:{row.id}" in {finding.key for finding in findings}
    assert "too_few_meetings" in {finding.key for finding in findings}


def test_what_a_whole_series_lacks_is_said_once() -> None:
    series = uuid.uuid4()
    rows = [meeting(on, kind="Site visit", series_id=series) for on in ("2021-07-01", "2021-08-02", "2021-09-01")]
    assert len(found("no_moderator", roadmap(*rows))) == 1
    assert len(found("no_moderator", roadmap(*rows, meeting("2021-10-01")))) == 2


def test_the_holidays_of_a_span_have_names_and_an_unknown_country_has_none() -> None:
    found_ = public_holidays.between("Netherlands", day("2021-12-01"), day("2022-01-31"))
    assert [(str(on), name) for on, name in found_][:1] == [("2021-12-25", "Christmas Day")]
    assert public_holidays.between("Atlantis", day("2021-12-01"), day("2022-01-31")) == []
    assert public_holidays.weekend("Israel") == [4, 5]
    assert public_holidays.weekend("") == [5, 6]


def test_the_same_thing_about_the_same_meeting_is_said_once() -> None:
    theirs = [meeting(moderator="Kim", title="Visit"), meeting(moderator="Kim", title="Visit")]
    given = roadmap(meeting(moderator="Kim"), others=[Elsewhere("Kalundborg", theirs)])
    assert len(found("clash", given)) == 1
    alike = [stakeholder(**KEY), stakeholder(**KEY)]
    given = roadmap(meeting(), stakeholders=[*alike, stakeholder(name="Farmers")])
    assert len(found("key_player_never_invited", given)) == 1

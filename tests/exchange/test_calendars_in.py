"""Calendar files in: meetings with day, time and place, known again by their ids."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from copdash import case_studies, eyes, meeting_merges, meetings, milestones, store, undoing
from copdash.errors import Invalid
from copdash.exchange import calendars, imports, parsing
from copdash.exchange.columns import understood
from copdash.exchange.parsing import Sheet, parse
from copdash.exchange.previews import Preview
from copdash.models import Meeting, Role
from copdash.roles import Actor

ANN = Actor(uuid.UUID(int=11), "Ann", Role.LEADER)
CASE = Path(__file__).parents[1] / "data" / "cases" / "50-calendar.ics"


@pytest.fixture
def case(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[uuid.UUID]:
    monkeypatch.setenv("COPDASH_DATABASE_URL", sqlite_url)
    with store.writing(ANN, undoable=False) as session:
        made = case_studies.begin(session, title="Testwater", time_zone="Europe/Athens")
    yield made.id
    store.close()


def calendar(*events: str, head: str = "") -> bytes:
    """A file of events, whose lines may be written without carriage returns."""
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n" + head + "".join(events) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(*lines: str, what: str = "VEVENT") -> str:
    return f"BEGIN:{what}\n" + "".join(f"{line}\n" for line in lines) + f"END:{what}\n"


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Each line with the headings that have a value."""
    head = [str(cell) for cell in sheet.rows[0]]
    return [{name: cell for name, cell in zip(head, row, strict=False) if cell is not None} for row in sheet.rows[1:]]


def read(data: bytes, zone: str = "Europe/Athens") -> list[dict[str, Any]]:
    return rows(parse(data, zone=zone))


def bring(case: uuid.UUID, data: bytes) -> list[Preview]:
    first = parse(data, zone="Europe/Athens")
    sheets = [first, *(parse(data, sheet=name, zone="Europe/Athens") for name in first.sheets[1:])]
    parts = [imports.Part(sheet, understood(sheet)) for sheet in sheets]
    with store.reading(eyes.PROGRAM) as session:
        seen = imports.preview_all(session, case, parts)
    with store.writing(ANN, case) as session:
        return imports.carry_out_all(session, case, parts, seen, file_name="plan.ics")


def verdicts(plans: Sequence[Preview]) -> list[str]:
    return [one.verdict for plan in plans for one in plan.planned]


def planned(case: uuid.UUID) -> list[Meeting]:
    with store.reading(eyes.PROGRAM) as session:
        return meetings.of_case(session, case)


# ---- what a file says -----------------------------------------------------------------------------------------------


def test_the_calendar_of_the_cases_is_a_meeting_with_its_day() -> None:
    assert read(CASE.read_bytes()) == [
        {"Title": "CoP meeting, first", "Start": "2026-09-01", "End": "2026-09-01", "Calendar UID": "1@x"}
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270304"), ("2027-03-01", "2027-03-03", None)),
        (("DTSTART;VALUE=DATE:20270301",), ("2027-03-01", "2027-03-01", None)),
        (("DTSTART:20270301", "DURATION:P2D"), ("2027-03-01", "2027-03-02", None)),
        (("DTSTART:20270301T093000", "DTEND:20270301T110000"), ("2027-03-01", "2027-03-01", "09:30")),
        (("DTSTART:20270301T073000Z", "DURATION:PT2H"), ("2027-03-01", "2027-03-01", "09:30")),
        (("DTSTART:20270701T223000Z", "DTEND:20270701T233000Z"), ("2027-07-02", "2027-07-02", "01:30")),
        (("DTSTART;TZID=Europe/Amsterdam:20270301T093000",), ("2027-03-01", "2027-03-01", "10:30")),
        (("DTSTART;TZID=W. Europe Standard Time:20270301T093000",), ("2027-03-01", "2027-03-01", "10:30")),
        (("DTSTART:20270301T090000", "DTEND:20270303T170000"), ("2027-03-01", "2027-03-03", "09:00")),
        (("DTSTART:20270301T180000", "DTEND:20270302T000000"), ("2027-03-01", "2027-03-01", "18:00")),
        (("DTSTART:20270305", "DTEND:20270301"), ("2027-03-05", "2027-03-05", None)),
    ],
)
def test_days_and_hours_are_those_at_the_place_of_the_case_study(
    lines: tuple[str, ...], expected: tuple[str, str, str | None]
) -> None:
    found = read(calendar(event("UID:1", "SUMMARY:A", *lines)))[0]
    assert (found["Start"], found["End"], found.get("Begins at")) == expected


def test_a_time_zone_that_the_file_describes_is_followed() -> None:
    zone = event("TZID:Here", what="VTIMEZONE").replace(
        "END:VTIMEZONE",
        "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE",
    )
    data = calendar(event("UID:1", "SUMMARY:A", "DTSTART;TZID=Here:20270301T100000"), head=zone)
    assert read(data, zone="UTC")[0]["Begins at"] == "05:00"


def test_title_place_link_organiser_and_description_come_along() -> None:
    data = calendar(
        event(
            "UID:1",
            "DTSTART:20270301",
            "SUMMARY:Water\\; and",
            "  more",
            "LOCATION:Town hall\\, room 2",
            "URL:https://example.org/a",
            'ORGANIZER;CN="Ann Molen":mailto:ann@example.org',
            "DESCRIPTION:<p>What we want &amp; need</p><p>Coffee<br>Tea</p>",
            "ATTENDEE:mailto:ben@example.org",
            "BEGIN:VALARM",
            "SUMMARY:Not this",
            "DESCRIPTION:Nor this",
            "END:VALARM",
        )
    )
    assert read(data) == [
        {
            "Title": "Water; and more",
            "Start": "2027-03-01",
            "End": "2027-03-01",
            "Place": "Town hall, room 2",
            "Online link": "https://example.org/a",
            "Organiser": "Ann Molen",
            "Goals": "What we want & need\nCoffee\nTea",
            "Calendar UID": "1",
        }
    ]


def test_a_meeting_that_comes_again_is_a_series_without_the_days_left_out_and_with_the_changed_one() -> None:
    data = calendar(
        event(
            "UID:w",
            "DTSTART:20270105T100000",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE:20270112T100000",
            "SUMMARY:Check-in",
        ),
        event("UID:w", "RECURRENCE-ID:20270119T100000", "DTSTART:20270120T090000", "SUMMARY:Check-in, a day later"),
    )
    found = read(data)
    assert [(one["Title"], one["Start"], one["Begins at"]) for one in found] == [
        ("Check-in", "2027-01-05", "10:00"),
        ("Check-in", "2027-01-26", "10:00"),
        ("Check-in, a day later", "2027-01-20", "09:00"),
    ]
    assert {one["Series"] for one in found} == {"w"}
    assert len({one["Calendar UID"] for one in found}) == 3


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=NEVER",
        "COUNT=3",
        "FREQ=YEARLY;BYDAY=99XX",
    ],
)
def test_a_rule_without_an_end_or_sense_gives_a_bounded_number_of_meetings(rule: str) -> None:
    sheet = parse(calendar(event("UID:1", "DTSTART:20200105", f"RRULE:{rule}", "SUMMARY:Again")))
    assert 1 <= len(rows(sheet)) <= 60


def test_what_does_not_come_in_is_said_by_reason() -> None:
    data = calendar(
        event("UID:1", "DTSTART:20270301", "SUMMARY:Comes in"),
        event("UID:2", "SUMMARY:Some day"),
        event("UID:3", "DTSTART:20270302"),
        event("UID:4", "DTSTART:20270302", "SUMMARY:Dentist", "CLASS:PRIVATE"),
        event("UID:5", "DTSTART:soon", "SUMMARY:Broken"),
        event("UID:1", "SEQUENCE:2", "DTSTART:20270304", "SUMMARY:Comes in later"),
        event("UID:6", "SUMMARY:A thought", what="VJOURNAL"),
        event("UID:7", "SUMMARY:Tidy up", what="VTODO"),
        "BEGIN:VEVENT\nSUMMARY:Cut off\n",
    )
    sheet = parse(data)
    assert [one["Title"] for one in rows(sheet)] == ["Comes in later"]
    said = " ".join(sheet.notes)
    for reason in ("no day", "no title", "private", "newer version", "a note", "a task without a day", "be read"):
        assert reason in said
    assert "Dentist" not in said  # what is private is not even named


def test_tasks_with_a_day_are_milestones() -> None:
    data = calendar(event("UID:1", "DUE;VALUE=DATE:20270501", "SUMMARY:Report", what="VTODO"))
    sheet = parse(data)
    assert sheet.sheets == ["Milestones"]
    assert understood(sheet).subject == "milestones"
    assert rows(sheet) == [{"Milestone": "Report", "Due": "2027-05-01", "Calendar UID": "1"}]


def test_a_calendar_is_told_in_other_encodings_and_by_content_alone() -> None:
    text = calendar(event("UID:1", "DTSTART:20270301", "SUMMARY:Überblick")).decode()
    for data in (text.encode("utf-16"), text.encode("utf-8-sig"), text.encode("cp1252"), b"\n\n" + text.encode()):
        assert read(data)[0]["Title"] == "Überblick"


@pytest.mark.parametrize("data", [calendar(), calendar(event("UID:1", "SUMMARY:Some day")), b"BEGIN:VCALENDAR\n"])
def test_a_calendar_without_a_meeting_says_so(data: bytes) -> None:
    with pytest.raises(Invalid, match="no meeting"):
        parse(data)


def test_a_calendar_of_many_years_is_refused_with_what_to_do() -> None:
    many = [event(f"UID:{number}", "DTSTART:20270301", f"SUMMARY:M{number}") for number in range(5_001)]
    with pytest.raises(Invalid, match="Export a shorter time"):
        parse(calendar(*many))


# ---- into the store -------------------------------------------------------------------------------------------------


def test_a_second_import_updates_by_id_title_day_and_hour(case: uuid.UUID) -> None:
    weekly = event("UID:w", "DTSTART:20270105T100000", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:Check-in")
    first = calendar(event("UID:1", "DTSTART:20270301T090000", "SUMMARY:Kick-off", "LOCATION:Hall"), weekly)
    assert verdicts(bring(case, first)) == ["added"] * 3
    assert {row.certainty for row in planned(case)} == {"Tentative"}
    second = calendar(
        event("UID:1", "DTSTART:20270308T103000", "SUMMARY:The start", "STATUS:CANCELLED"),
        weekly,
        event("UID:2", "DTSTART:20270401", "SUMMARY:Check-in"),
    )
    assert verdicts(bring(case, second)) == ["updated", "unchanged", "unchanged", "added"]
    found = next(row for row in planned(case) if row.title == "The start")
    assert (str(found.starts_on), found.day_starts_at, found.place, found.certainty) == (
        "2027-03-08",
        "10:30",
        "Hall",
        "Cancelled",
    )
    assert len(planned(case)) == 4


def test_two_meetings_of_one_title_and_day_stay_two_on_every_import(case: uuid.UUID) -> None:
    data = calendar(
        event("UID:a", "DTSTART:20270301T090000", "SUMMARY:Table talk"),
        event("UID:b", "DTSTART:20270301T140000", "SUMMARY:Table talk"),
    )
    bring(case, data)
    with pytest.raises(Invalid, match="nothing to import"):
        bring(case, data)
    assert len(planned(case)) == 2


def test_a_meeting_typed_in_before_is_the_same_on_its_day_and_another_on_another_day(case: uuid.UUID) -> None:
    with store.writing(ANN, case) as session:
        meetings.plan(session, case, title="Kick-off", starts_on="2027-03-01")
        meetings.plan(session, case, title="Talk", starts_on="2027-03-02")
    plans = bring(
        case,
        calendar(
            event("UID:1", "DTSTART:20270301T090000", "SUMMARY:Kick-off"),
            event("UID:2", "DTSTART:20270401", "SUMMARY:Talk"),
        ),
    )
    assert verdicts(plans) == ["updated", "added"]
    assert len(planned(case)) == 3


def test_our_own_calendar_comes_back_to_its_meetings_and_changes_nothing(case: uuid.UUID) -> None:
    with store.writing(ANN, case) as session:
        one = meetings.plan(
            session, case, title="Kick-off", starts_on="2027-03-01", day_starts_at="09:30", place="Hall", goals="Meet"
        )
        meetings.edit(session, one.id, values={"certainty": "Held"})
        meetings.plan(session, case, title="Visit", starts_on="2027-05-01", ends_on="2027-05-03", certainty="Planned")
    with store.reading(eyes.PROGRAM) as session:
        file = calendars.of_case(session, case)
    with pytest.raises(Invalid, match="nothing to import"):
        bring(case, file)
    moved = file.replace(b"20270501", b"20270502").replace(b"SUMMARY:Visit", b"SUMMARY:Long visit")
    assert sorted(verdicts(bring(case, moved))) == ["unchanged", "updated"]
    assert sorted((row.title, str(row.starts_on), row.goals) for row in planned(case)) == [
        ("Kick-off", "2027-03-01", "Meet"),
        ("Long visit", "2027-05-02", ""),
    ]


def test_our_own_calendar_in_another_case_study_makes_meetings_of_its_own(case: uuid.UUID) -> None:
    with store.writing(ANN, case) as session:
        meetings.plan(session, case, title="Kick-off", starts_on="2027-03-01")
    with store.writing(ANN, undoable=False) as session:
        other = case_studies.begin(session, title="Other").id
    with store.reading(eyes.PROGRAM) as session:
        file = calendars.of_case(session, case)
    assert verdicts(bring(other, file)) == ["added"]
    with pytest.raises(Invalid, match="nothing to import"):
        bring(other, file)
    assert [len(planned(one)) for one in (case, other)] == [1, 1]


def test_a_meeting_that_was_merged_here_does_not_come_back(case: uuid.UUID) -> None:
    data = calendar(
        event("UID:1", "DTSTART:20270301", "SUMMARY:Morning"), event("UID:2", "DTSTART:20270301", "SUMMARY:Afternoon")
    )
    bring(case, data)
    kept, gone = sorted(planned(case), key=lambda row: row.title, reverse=True)
    with store.writing(ANN, case) as session:
        meeting_merges.merge(session, kept.id, gone.id, values={})
    with pytest.raises(Invalid, match="nothing to import"):
        bring(case, data)
    assert [row.title for row in planned(case)] == ["Morning"]


def test_a_deleted_meeting_comes_back_with_the_file_and_each_step_can_be_undone(case: uuid.UUID) -> None:
    data = calendar(event("UID:1", "DTSTART:20270301", "SUMMARY:Kick-off"))
    bring(case, data)
    with store.writing(ANN, case) as session:
        meetings.remove(session, [planned(case)[0].id])
    assert verdicts(bring(case, data)) == ["added"]
    for expected in (0, 1, 0):
        with store.writing(ANN, case) as session:
            undoing.undo(session, None)
        assert len(planned(case)) == expected


def test_tasks_are_known_again_as_milestones(case: uuid.UUID) -> None:
    bring(case, calendar(event("UID:1", "DUE:20270501", "SUMMARY:Report", what="VTODO")))
    bring(case, calendar(event("UID:1", "DUE:20270601", "SUMMARY:Final report", what="VTODO")))
    with store.reading(eyes.PROGRAM) as session:
        assert [(row.title, str(row.due_on)) for row in milestones.of_case(session, case)] == [
            ("Final report", "2027-06-01")
        ]


def test_an_answer_with_too_many_remarks_is_not_believed() -> None:
    with pytest.raises(Invalid, match="safely"):
        parsing._sheet(iter([{"format": "x", "remarks": ["x"] * 31}]))

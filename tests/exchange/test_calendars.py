"""Calendar files, read back by the library that made none of our choices."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from copdash import agendas, case_studies, eyes, meeting_merges, meeting_series, meetings, store, undoing
from copdash.errors import Invalid
from copdash.exchange import calendars
from copdash.models import AgendaBlock, CaseStudy, Meeting
from copdash.roles import PROGRAM

HOSTILE = "CoP 1; barriers, and\r\nATTACH:http://evil.example/x\nEND:VEVENT"


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        return case_studies.begin(session, title="Kalundborg; the calendar", time_zone="Europe/Copenhagen").id


def planned(case: uuid.UUID, **values: Any) -> uuid.UUID:
    with store.writing(PROGRAM, case) as session:
        return meetings.plan(session, case, **{"title": "CoP 1", "starts_on": "2021-09-15", **values}).id


def read_back(case: uuid.UUID) -> Calendar:
    with store.reading(eyes.PROGRAM) as session:
        return Calendar.from_ical(calendars.of_case(session, case))


def event(case: uuid.UUID) -> Any:
    (found,) = read_back(case).walk("VEVENT")
    return found


def test_a_meeting_without_a_time_is_a_whole_day_and_its_end_is_the_day_after(case: uuid.UUID) -> None:
    row = planned(case, ends_on="2021-09-16", place="Town hall", certainty="Confirmed")
    found = event(case)
    assert str(found["uid"]) == f"{row}@copdash"
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (dt.date(2021, 9, 15), dt.date(2021, 9, 17))
    assert (str(found["location"]), str(found["status"])) == ("Town hall", "CONFIRMED")


def test_a_meeting_with_a_time_stands_in_the_zone_of_its_case_study(case: uuid.UUID) -> None:
    row = planned(case, day_starts_at="09:30")
    with store.writing(PROGRAM, case) as session:
        agendas.add(session, row, activity="Welcome", minutes=45)
        session.flush()
        agendas.add(session, row, activity="World café", minutes=90)
    found = event(case)
    starts, ends = found.decoded("dtstart"), found.decoded("dtend")
    assert starts.astimezone(dt.UTC) == dt.datetime(2021, 9, 15, 7, 30, tzinfo=dt.UTC)
    assert ends - starts == dt.timedelta(minutes=135)
    assert "10:15 World café" in str(found["description"])
    assert [str(zone["tzid"]) for zone in read_back(case).walk("VTIMEZONE")] == ["Europe/Copenhagen"]


def test_a_later_download_has_the_same_uid_and_a_higher_sequence(case: uuid.UUID) -> None:
    row = planned(case)
    before = event(case)
    with store.writing(PROGRAM, case) as session:
        meetings.reschedule(session, row, starts_on="2021-10-01")
    after = event(case)
    assert str(before["uid"]) == str(after["uid"])
    assert int(after["sequence"]) > int(before["sequence"])
    assert after.decoded("dtstart") == dt.date(2021, 10, 1)


def test_a_cancelled_meeting_takes_itself_off_the_calendar(case: uuid.UUID) -> None:
    planned(case, certainty="Cancelled")
    assert str(event(case)["status"]) == "CANCELLED"


def test_hostile_words_are_words() -> None:
    row = Meeting(
        id=uuid.uuid4(),
        case_study_id=uuid.uuid4(),
        title=HOSTILE,
        place=HOSTILE,
        goals="One\r\nATTACH:x\r\ntwo; three, \\n four " + "ä" * 200,
        link="javascript:alert(1)",
        starts_on=dt.date(2021, 9, 15),
    )
    data = calendars.calendar(CaseStudy(title=HOSTILE, time_zone="UTC"), [(row, [], 1, None)])
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(found["summary"]) == "CoP 1; barriers, and ATTACH:http://evil.example/x END:VEVENT"
    assert "ATTACH:x\ntwo; three, \\n four" in str(found["description"])
    assert "attach" not in found
    assert "url" not in found
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_meetings_without_a_day_are_left_out_and_none_at_all_is_refused(case: uuid.UUID) -> None:
    row = planned(case, starts_on=None)
    with store.reading(eyes.PROGRAM) as session, pytest.raises(Invalid):
        calendars.of_case(session, case)
    with store.reading(eyes.PROGRAM) as session, pytest.raises(Invalid):
        calendars.of_meeting(session, case, row)
    dated = planned(case, title="CoP 2")
    assert len(read_back(case).walk("VEVENT")) == 1
    with store.reading(eyes.PROGRAM) as session:
        assert f"{dated}@copdash".encode() in calendars.of_meeting(session, case, dated)


def test_another_agenda_or_time_zone_raises_the_sequence_and_so_does_an_undo(case: uuid.UUID) -> None:
    row = planned(case, day_starts_at="09:30")
    seen = [int(event(case)["sequence"])]
    with store.writing(PROGRAM, case) as session:
        block = agendas.add(session, row, activity="Welcome", minutes=45).id
    seen.append(int(event(case)["sequence"]))
    with store.writing(PROGRAM, case) as session:
        agendas.remove(session, [block])
    seen.append(int(event(case)["sequence"]))
    with store.writing(PROGRAM, case) as session:
        undoing.undo(session)
    seen.append(int(event(case)["sequence"]))
    with store.writing(PROGRAM, case) as session:
        case_studies.edit(session, case, values={"time_zone": "Europe/Lisbon"})
    seen.append(int(event(case)["sequence"]))
    assert seen == sorted(set(seen))


def test_each_meeting_of_a_series_has_an_entry_of_its_own_that_stays(case: uuid.UUID) -> None:
    days = [dt.date(2021, 10, 5), dt.date(2021, 11, 2)]
    with store.writing(PROGRAM, case) as session:
        rows = {
            row.id: day
            for row, day in zip(meeting_series.plan(session, case, days=days, title="Check-in"), days, strict=True)
        }
    before = {str(one["uid"]) for one in read_back(case).walk("VEVENT")}
    with store.writing(PROGRAM, case) as session:
        meeting_series.shift(session, rows, days=7)
    after = read_back(case).walk("VEVENT")
    assert {str(one["uid"]) for one in after} == before == {f"{row}@copdash" for row in rows}
    assert [one.decoded("dtstart") for one in after] == [day + dt.timedelta(days=7) for day in days]


def test_a_meeting_that_was_merged_away_leaves_the_calendars_that_have_it(case: uuid.UUID) -> None:
    kept, gone = planned(case, title="CoP 2"), planned(case, title="CoP 3", starts_on="2021-12-01")
    with store.writing(PROGRAM, case) as session:
        meeting_merges.merge(session, kept, gone, values={})
    found = {str(one["uid"]): str(one["status"]) for one in read_back(case).walk("VEVENT")}
    assert found == {f"{kept}@copdash": "TENTATIVE", f"{gone}@copdash": "CANCELLED"}


# ---- meetings that are no more --------------------------------------------------------------------------------------

SOON = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=40)


def statuses(case: uuid.UUID) -> dict[str, str]:
    return {str(one["uid"]): str(one["status"]) for one in read_back(case).walk("VEVENT")}


@pytest.mark.parametrize("way", ["deleted", "unscheduled", "unscheduled, then deleted"])
def test_a_meeting_that_is_no_more_is_cancelled_until_its_day_has_passed(case: uuid.UUID, way: str) -> None:
    stays = planned(case)
    gone = planned(case, title="Harvest day", starts_on=SOON, ends_on=SOON + dt.timedelta(days=1), place="Barn")
    with store.writing(PROGRAM, case) as session:
        if way.startswith("unscheduled"):
            meetings.reschedule(session, gone, starts_on=None)
    with store.writing(PROGRAM, case) as session:
        if way.endswith("deleted"):
            meetings.remove(session, [gone])
    assert statuses(case) == {f"{stays}@copdash": "TENTATIVE", f"{gone}@copdash": "CANCELLED"}
    (found,) = [one for one in read_back(case).walk("VEVENT") if str(one["status"]) == "CANCELLED"]
    assert (str(found["summary"]), str(found["location"])) == ("Harvest day", "Barn")
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (SOON, SOON + dt.timedelta(days=2))
    with store.reading(eyes.PROGRAM) as session:
        days = [SOON + dt.timedelta(days=number) for number in (1, 2)]
        assert [len(meetings.withdrawn(session, case, today=day)) for day in days] == [1, 0]


def test_a_calendar_of_cancelled_meetings_alone_is_a_calendar(case: uuid.UUID) -> None:
    only = planned(case, starts_on=SOON)
    with store.writing(PROGRAM, case) as session:
        meetings.remove(session, [only])
    assert statuses(case) == {f"{only}@copdash": "CANCELLED"}


def test_a_meeting_that_was_brought_back_has_a_higher_sequence(case: uuid.UUID) -> None:
    row = planned(case, starts_on=SOON)
    seen = [int(event(case)["sequence"])]
    with store.writing(PROGRAM, case) as session:
        meetings.remove(session, [row])
    seen.append(int(event(case)["sequence"]))
    with store.writing(PROGRAM, case) as session:
        undoing.undo(session)
    seen.append(int(event(case)["sequence"]))
    assert str(event(case)["status"]) == "TENTATIVE"
    with store.writing(PROGRAM, case) as session:
        meetings.reschedule(session, row, starts_on=None)
    seen.append(int(event(case)["sequence"]))
    with store.writing(PROGRAM, case) as session:
        meetings.reschedule(session, row, starts_on=SOON)
    seen.append(int(event(case)["sequence"]))
    assert seen == sorted(set(seen))
    assert str(event(case)["status"]) == "TENTATIVE"


def test_a_merged_meeting_whose_keeper_was_deleted_is_cancelled_once(case: uuid.UUID) -> None:
    kept, gone = planned(case, title="CoP 2", starts_on=SOON), planned(case, title="CoP 3", starts_on=SOON)
    with store.writing(PROGRAM, case) as session:
        meeting_merges.merge(session, kept, gone, values={})
    with store.writing(PROGRAM, case) as session:
        meetings.remove(session, [kept])
    found = [(str(one["uid"]), str(one["status"])) for one in read_back(case).walk("VEVENT")]
    assert sorted(found) == sorted([(f"{kept}@copdash", "CANCELLED"), (f"{gone}@copdash", "CANCELLED")])


# ---- hours ----------------------------------------------------------------------------------------------------------


def one_event(zone: str, minutes: list[int], **values: Any) -> list[Any]:
    """The event of a meeting as icalendar and as vobject read it."""
    row = Meeting(id=uuid.uuid4(), case_study_id=uuid.uuid4(), title="CoP 1", **values)
    blocks = [AgendaBlock(minutes=one, activity="Talk") for one in minutes]
    data = calendars.calendar(CaseStudy(title="Case", time_zone=zone), [(row, blocks, 1, None)])
    (theirs,) = vobject.readOne(data.decode()).vevent_list
    (ours,) = Calendar.from_ical(data).walk("VEVENT")
    both = [(ours.decoded("dtstart"), ours.decoded("dtend")), (theirs.dtstart.value, theirs.dtend.value)]
    return [tuple(moment.astimezone(dt.UTC).isoformat(timespec="minutes") for moment in one) for one in both]


@pytest.mark.parametrize(
    ("zone", "day", "last", "begins", "minutes", "right"),
    [
        # two days keep their hours, with and without an agenda, also over the night in which the clock changes
        ("Europe/Athens", "2027-05-04", "2027-05-05", "09:30", [], ("2027-05-04T06:30", "2027-05-05T08:30")),
        ("Europe/Athens", "2027-05-04", "2027-05-06", "09:00", [600, 480], ("2027-05-04T06:00", "2027-05-06T12:00")),
        ("Europe/Madrid", "2027-10-30", "2027-10-31", "09:00", [480], ("2027-10-30T07:00", "2027-10-31T12:00")),
        # the hour that comes twice, as the end and as the beginning
        ("Europe/Amsterdam", "2026-10-25", None, "00:30", [150], ("2026-10-24T22:30", "2026-10-25T01:00")),
        ("Europe/Amsterdam", "2026-10-25", None, "02:30", [60], ("2026-10-25T00:30", "2026-10-25T01:30")),
        ("Asia/Jerusalem", "2026-10-25", None, "01:15", [45], ("2026-10-24T22:15", "2026-10-24T23:00")),
        # the hour that is left out
        ("Europe/Amsterdam", "2027-03-28", None, "02:30", [60], ("2027-03-28T01:30", "2027-03-28T02:30")),
    ],
)
def test_hours_are_right_for_several_days_and_when_the_clock_changes(
    zone: str, day: str, last: str | None, begins: str, minutes: list[int], right: tuple[str, str]
) -> None:
    days = {"starts_on": dt.date.fromisoformat(day), "ends_on": dt.date.fromisoformat(last) if last else None}
    wanted = tuple(f"{moment}+00:00" for moment in right)
    assert one_event(zone, minutes, **days, day_starts_at=begins) == [wanted, wanted]


@pytest.mark.parametrize(
    ("certainty", "busy"),
    [("Tentative", False), ("Planned", False), ("Confirmed", True), ("Held", True), ("Cancelled", False)],
)
def test_only_what_is_certain_makes_its_days_busy(case: uuid.UUID, certainty: str, busy: bool) -> None:
    planned(case, certainty=certainty)
    assert str(event(case)["transp"]) == ("OPAQUE" if busy else "TRANSPARENT")


def test_the_name_of_the_calendar_is_escaped(case: uuid.UUID) -> None:
    planned(case)
    with store.writing(PROGRAM, case) as session:
        case_studies.edit(session, case, values={"title": "Lleida, brewery; \\n phase 2"})
        data = calendars.of_case(session, case)
    assert b"X-WR-CALNAME:Lleida\\, brewery\\; \\\\n phase 2\r\n" in data
    assert vobject.readOne(data.decode()).contents["x-wr-calname"][0].value

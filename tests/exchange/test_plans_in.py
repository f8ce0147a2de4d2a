"""Plans of other programs in: meetings and milestones, and what was passed over by reason."""

from __future__ import annotations

import io
import uuid
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from copdash.errors import Invalid
from copdash.exchange import previews
from copdash.exchange.columns import understood
from copdash.exchange.parsing import Sheet, parse

CASES = Path(__file__).parents[1] / "data" / "cases"
FIELDS = ("starts_on", "ends_on", "day_starts_at", "due_on")


def sheets(data: bytes) -> list[Sheet]:
    first = parse(data)
    names = list(first.sheets)
    found = [first]
    for name in names[1:] if names and names[0] == first.sheet else []:
        found.append(parse(data, sheet=name))
    return found


def brought(data: bytes) -> list[tuple[str, ...]]:
    """What would be stored: the subject, the title and the days and hours, a line each."""
    said = []
    for sheet in sheets(data):
        layout = understood(sheet)
        plan = previews.of_meetings if layout.subject == "meetings" else previews.of_milestones
        for one in plan(sheet, layout, []).planned:
            assert one.verdict == "added", one.reason
            assert not one.warnings
            said.append(
                (layout.subject, one.values["title"], *(str(one.values[name]) for name in FIELDS if name in one.values))
            )
    return said


def text(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def workbook(**tables: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


LATER = "Later;1 dg;13-5-2027;13-5-2027"


# ---- tables ---------------------------------------------------------------------------------------------------------


def test_the_plans_of_the_cases_come_in_with_their_days() -> None:
    assert brought((CASES / "42-openproject.csv").read_bytes()) == [
        ("meetings", "Second CoP", "2026-10-05", "2026-10-06"),
        ("milestones", "First CoP meeting", "2026-09-01"),
    ]
    assert brought((CASES / "40-msproject.csv").read_bytes()) == [
        ("meetings", "Kick-off meeting", "2026-09-01", "2026-09-01", "08:00"),
        ("meetings", "CoP meeting 1", "2026-10-05", "2026-10-06"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("ID,Task Name,Duration,Start,Finish", "1,Visit,2 days,2027-05-03,2027-05-04", "2,Ready,0 days,2027-05-05,"),
        ("Vorgangsname;Dauer;Anfang;Fertig stellen", "Visit;2 Tage;03.05.2027;04.05.2027", "Ready;0 Tage;05.05.2027;"),
        ("Taaknaam;Duur;Begindatum;Einddatum", "Visit;2 dg;3-5-2027;4-5-2027", "Ready;0 dg;;5-5-2027", LATER),
        ("Nom de la tâche;Durée;Début;Fin", "Visit;2 jours;2027-05-03;2027-05-04", "Ready;0j;2027-05-05;2027-05-05"),
        ("Subject;Type;Start date;Finish date", "Visit;Task;2027-05-03;2027-05-04", "Ready;Jalon;;2027-05-05"),
        ("Asunto;Tipo;Fecha de inicio;Fecha de fin", "Visit;Tarea;2027-05-03;2027-05-04", "Ready;Hito;2027-05-05;"),
        ("Task;Start;End;Milestone", "Visit;5/3/2027;5/4/2027;no", "Ready;5/5/2027;;yes", "Later;5/13/2027;;no"),
        (
            "Name,Start,Finish,Summary,Milestone",
            "All,2027-05-03,2027-05-05,Yes,No",
            "Visit,2027-05-03,2027-05-04,No,No",
            "Ready,2027-05-05,2027-05-05,No,Yes",
        ),
        (
            "WBS,Task title,Start date,Due date,Duration",
            "1,All,,,",
            "1.1,Visit,5/3/27,5/4/27,2",
            "1.2,Ready,2027-05-05,,0",
        ),
    ],
)
def test_a_task_without_duration_is_a_milestone_whatever_program_and_language(lines: tuple[str, ...]) -> None:
    found = [one for one in brought(text(*lines)) if one[1] != "Later"]
    assert [one[:2] for one in found] == [("meetings", "Visit"), ("milestones", "Ready")]
    assert found[1][2] == "2027-05-05"
    if "5/3/27" not in "".join(lines):
        assert found[0][2] == "2027-05-03"


def test_the_order_of_day_and_month_proved_by_the_whole_plan_holds_in_both_parts() -> None:
    data = text("Task,Start,Duration", "Visit,5/3/2027,1", "Long,5/30/2027,1", "Ready,6/4/2027,0")
    assert brought(data) == [
        ("meetings", "Visit", "2027-05-03"),
        ("meetings", "Long", "2027-05-30"),
        ("milestones", "Ready", "2027-06-04"),
    ]


def test_what_a_plan_sums_up_switches_off_or_has_no_title_for_is_passed_over_by_reason() -> None:
    data = text(
        "Task Name,Active,Outline Level,Duration,Start,Finish,Colour",
        "Phase one,Yes,1,10 days,2027-05-03,2027-05-14,red",
        "Visit,Yes,2,1 day,2027-05-03,2027-05-03,red",
        "Dropped,No,2,1 day,2027-05-04,2027-05-04,red",
        ",Yes,2,1 day,2027-05-05,2027-05-05,red",
        "Ready,Yes,2,0 days,,,red",
        "Report,Yes,2,0 days,2027-05-14,2027-05-14,red",
    )
    assert [one[1] for one in brought(data)] == ["Visit", "Report"]
    said = " ".join(parse(data).notes)
    for reason in ("sums up", "Phase one", "switched off", "Dropped", "no title", "milestone without a day", "Colour"):
        assert reason in said


@pytest.mark.parametrize(
    ("flag", "header"),
    [
        ("False True", "Subject,Start Date,Start Time,End Date,End Time,All day event,Location,Private"),
        ("Aus Ein", "Betreff,Beginnt am,Beginnt um,Endet am,Endet um,Ganztägiges Ereignis,Ort,Privat"),
        ("Uit Aan", 'Onderwerp,Begindatum,Begintijd,Einddatum,Eindtijd,"Gebeurtenis, duurt hele dag",Locatie,Privé'),
        ("Faux Vrai", "Objet,Début,Début,Fin,Fin,Journée entière,Emplacement,Privé"),
        (
            "Falso Verdadero",
            "Asunto,Fecha de comienzo,Comienzo,Fecha de finalización,Finalización,Todo el día,Ubicación,Privado",
        ),
        ("Falso Vero", "Oggetto,Data inizio,Ora inizio,Data fine,Ora fine,Tutto il giorno,Luogo,Privato"),
    ],
)
def test_an_outlook_calendar_as_csv(flag: str, header: str) -> None:
    no, yes = flag.split()
    data = text(
        header,
        f"Talk,9/15/2026,9:30:00 AM,9/15/2026,11:00:00 AM,{no},Hall,{no}",
        f"Visit,10/5/2026,12:00:00 AM,10/7/2026,12:00:00 AM,{yes},,{no}",
        f"Dentist,10/5/2026,8:00:00 AM,10/5/2026,9:00:00 AM,{no},,{yes}",
    )
    assert brought(data) == [
        ("meetings", "Talk", "2026-09-15", "2026-09-15", "09:30"),
        ("meetings", "Visit", "2026-10-05", "2026-10-06"),
    ]
    assert "1 passed over: marked as private." in parse(data).notes


def test_a_workbook_of_openproject_has_its_milestones_in_a_sheet_beside() -> None:
    data = workbook(
        **{
            "Work packages": [
                ["Subject", "Type", "Start date", "Finish date", "Assignee"],
                ["Visit", "Task", "2027-05-03", "2027-05-04", "Ann"],
                ["Ready", "Milestone", "2027-05-05", "2027-05-05", "Ann"],
            ],
            "Contacts": [["Name", "Organisation"], ["Ann", "Water board"]],
        }
    )
    assert parse(data).sheets == ["Work packages", "Work packages: milestones", "Contacts"]
    assert parse(data, sheet="Work packages: milestones").rows[1][:2] == ["Ready", "2027-05-05"]
    assert parse(data, sheet="Contacts").rows[1] == ["Ann", "Water board"]


@pytest.mark.parametrize(
    "data",
    [
        text("Title,Start,Kind", "CoP 1,2027-05-03,CoP meeting", "Milestone talk,2027-05-04,Site visit"),
        text("Milestone,Due", "Report,2027-05-03"),
        text("Name,Organisation,Power", "Ann,Water board,0"),
        text("From,To,Duration", "Ann,Ben,0"),
        text("Task Name,Start,Finish,Owner", "CoP 1,9/15/2026,9/16/2026,Marta"),
    ],
)
def test_other_tables_stay_as_they_are(data: bytes) -> None:
    sheet = parse(data)
    assert sheet.sheets == []
    assert sheet.rows[0] == [cell for cell in data.decode().splitlines()[0].split(",")]


# ---- XML ------------------------------------------------------------------------------------------------------------


def project(*tasks: str, head: str = "<Name>Plan</Name><CreationDate>2026-01-01T00:00:00</CreationDate>") -> bytes:
    inside = "".join(f"<Task>{task}</Task>" for task in tasks)
    return f'<Project xmlns="http://schemas.microsoft.com/project">{head}<Tasks>{inside}</Tasks></Project>'.encode()


def task(uid: int, name: str, start: str, finish: str, more: str = "") -> str:
    return f"<UID>{uid}</UID><Name>{name}</Name><Start>{start}</Start><Finish>{finish}</Finish>{more}"


def test_a_plan_of_ms_project_as_xml() -> None:
    data = project(
        "<UID>0</UID><Name>Plan</Name>",
        task(1, "Phase", "2027-05-03T08:00:00", "2027-05-07T17:00:00", "<Summary>1</Summary>"),
        task(2, "Visit &amp; talk", "2027-05-03T08:00:00", "2027-05-04T17:00:00", "<Notes>See it</Notes>"),
        task(3, "Evening", "2027-05-05T19:00:00", "2027-05-05T21:00:00"),
        task(4, "Ready", "2027-05-07T17:00:00", "2027-05-07T17:00:00", "<Milestone>1</Milestone>"),
        task(5, "No time", "2027-05-07T17:00:00", "2027-05-07T17:00:00", "<Duration>PT0H0M0S</Duration>"),
        task(6, "Off", "2027-05-07T17:00:00", "2027-05-07T17:00:00", "<Active>0</Active>"),
        "<UID>7</UID><Name>Some day</Name>",
        "<UID>8</UID><IsNull>1</IsNull>",
    )
    assert brought(data) == [
        ("meetings", "Visit & talk", "2027-05-03", "2027-05-04"),
        ("meetings", "Evening", "2027-05-05", "2027-05-05", "19:00"),
        ("meetings", "Some day"),
        ("milestones", "Ready", "2027-05-07"),
        ("milestones", "No time", "2027-05-07"),
    ]
    said = " ".join(parse(data).notes)
    for reason in ("sums up", "switched off", "tentative"):
        assert reason in said


def test_a_plan_of_ganttproject_counts_working_days() -> None:
    data = b"""<?xml version="1.0" encoding="UTF-8"?>
    <project name="x" view-date="2027-01-01" version="3">
      <calendars><day-types><default-week id="1" name="default" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0"
      sat="1"/></day-types><date year="" month="5" date="10" type="HOLIDAY"/></calendars>
      <tasks><task id="0" name="Phase" start="2027-05-03" duration="9">
        <task id="1" uid="a" name="Visit" meeting="false" start="2027-05-07" duration="3"><notes>See it</notes></task>
        <task id="2" uid="b" name="Ready" meeting="true" start="2027-05-13" duration="0"/>
      </task></tasks>
    </project>"""
    assert brought(data) == [
        ("meetings", "Visit", "2027-05-07", "2027-05-12"),
        ("milestones", "Ready", "2027-05-13"),
    ]


def test_a_task_is_known_again_by_its_own_id_or_its_number_in_its_own_plan() -> None:
    one = parse(project(task(1, "Visit", "2027-05-03T08:00:00", "2027-05-04T17:00:00")))
    again = parse(project(task(1, "Long visit", "2027-06-03T08:00:00", "2027-06-05T17:00:00")))
    other = parse(project(task(1, "Visit", "2027-05-03T08:00:00", "2027-05-04T17:00:00"), head="<Name>Other</Name>"))
    case = uuid.UUID(int=7)
    (first,) = previews.of_meetings(one, understood(one), [], case_study_id=case).planned
    stored = [{**first.values, "id": first.id}]
    (second,) = previews.of_meetings(again, understood(again), stored, case_study_id=case).planned
    assert (second.verdict, second.id, second.values["title"]) == ("updated", first.id, "Long visit")
    (third,) = previews.of_meetings(other, understood(other), [], case_study_id=case).planned
    assert third.id != first.id


MSPDI = '<Project xmlns="http://schemas.microsoft.com/project">'


@pytest.mark.parametrize(
    "data",
    [
        f'<!DOCTYPE a [<!ENTITY b "bb">]>{MSPDI}<Name>&b;</Name></Project>',
        f'<!DOCTYPE a SYSTEM "file:///etc/passwd">{MSPDI}</Project>',
        f"{MSPDI}<Tasks><Task>" + "<Name>" * 200,
        f"{MSPDI}<Tasks><Task><Name>{'x' * 200_000}</Name></Task></Tasks></Project>",
        f"{MSPDI}<Tasks>{'<Task><Name>a</Name></Task>' * 21_000}</Tasks></Project>",
        f"{MSPDI}<Tasks></Tasks></Project>",
        f"{MSPDI}<Tasks><Task><Name>a</Name>",
        '<project view-date="x"><tasks><task name="a" start="9999-99-99" duration="0"/></tasks></project>',
        '<project view-date="x"><tasks>' + '<task name="a">' * 500 + "</project>",
        "<people><person>Ann</person></people>",
    ],
)
def test_a_plan_that_is_none_or_means_harm_is_refused_in_a_sentence(data: str) -> None:
    with pytest.raises(Invalid, match=r"\.$"):
        parse(data.encode())


def test_ganttproject_with_senseless_numbers_is_still_read() -> None:
    data = (
        '<project view-date="x"><calendars><day-types><default-week sun="1" mon="1" tue="1" wed="1" thu="1" fri="1" '
        'sat="1"/></day-types><date year="1" month="99" date="" type="HOLIDAY"/></calendars><tasks>'
        '<task name="A" start="2027-05-03" duration="9999"/>'
        '<task name="B" start="soon" duration="-4"/></tasks></project>'
    )
    assert [one[1] for one in brought(data.encode())] == ["A", "B"]

"""Broken and hostile files by the thousand, made from a seed: more than half well-formed outside and wrong inside.

`made(number)` is always the same file for the same number, so that one that fails can be looked at alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import re
import uuid
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl

from copdash.fields import plain
from copdash.models import CaseStudy, Meeting, Stakeholder

NASTY: tuple[str, ...] = (
    "",
    " ",
    "0",
    "-1",
    "NaN",
    "-Infinity",
    "1e999",
    "1" * 400,
    "9" * 30 + ".5",
    "99999999999999999999-01-01",
    "0000-00-00",
    "9999-99-99",
    "2027-02-30",
    "31/31/2027",
    "13/13/13",
    "20270301T256199Z",
    "-P1W",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "'=x",
    "@SUM(A1)",
    "#REF!",
    "#N/A",
    "<script>alert(1)</script>",
    "]]>",
    "&amp;amp;",
    "%s%n{0}",
    '"',
    '""',
    "'",
    "\\",
    "\\N",
    "a;b,c\td|e",
    "line\nbreak",
    "\r",
    "\u2028",
    "\u202egnirts",
    "\u200b",
    "\ufeff",
    "\ufffd",
    "e\u0301" * 50,
    "İıſß",
    "٣٤٥",
    "½",
    "²",
    "①",
    "Ⅷ",
    "💧" * 30,
    "नमस्ते",
    "x" * 3_000,
    "a b " * 800,
    "true",
    "null",
    "None",
    "[]",
    "{}",
    "../../etc/passwd",
    "../x",
    "http://[::1]:99999/",
    "Water board",
    "Farmers",
)
LARGE = ("x" * 120_000, "9" * 50_000, "(" * 20_000, "a," * 20_000)

HEADS = (
    ("Name", "Organisation", "Power (1-5)", "Interest", "Group", "Themes", "Notes"),
    ("Vorname", "Nachname", "Macht", "Interesse", "Gruppe"),
    ("From", "To", "Strength", "Type", "Directed", "Since"),
    ("Source", "Target", "Weight"),
    (
        "Title",
        "Start",
        "End",
        "Begins at",
        "Certainty",
        "Invited",
        "Agenda (minutes; activity; method; lead; material)",
    ),
    ("Milestone", "Due", "Notes"),
    ("Subject", "Type", "Start date", "Finish date", "Assignee"),
    ("Task Name", "Duration", "Start", "Finish", "Outline Level", "Milestone", "WBS"),
    ("Subject", "Start Date", "Start Time", "End Date", "End Time", "All day event", "Private"),
    ("Title", "Start", "Series", "Calendar UID", "Tasks (task; owner; due; done on)", "Come as (part: name)"),
)
GOOD = (
    "Water board",
    "Farmers",
    "5",
    "7.5",
    "2027-05-03",
    "3/9/2027",
    "09:30",
    "yes",
    "Utilities",
    "0 days",
    "Milestone",
)


def nasty(rng: random.Random) -> str:
    """A value that something may stumble over, one in three times a good one."""
    if rng.random() < 0.34:
        return rng.choice(GOOD)
    return rng.choice(LARGE) if rng.random() < 0.003 else rng.choice(NASTY)


# ---- one of each kind -----------------------------------------------------------------------------------------------


def table(rng: random.Random) -> list[list[str]]:
    head = list(rng.choice(HEADS))
    if rng.random() < 0.2:
        head += [rng.choice(head), nasty(rng)]
    if rng.random() < 0.2:
        rng.shuffle(head)
    lines = [
        [nasty(rng) for _ in range(max(0, len(head) + rng.choice((0, 0, 0, -1, 2))))] for _ in range(rng.randrange(9))
    ]
    above = [[nasty(rng)] for _ in range(rng.randrange(3))] if rng.random() < 0.2 else []
    return [*above, head, *lines]


def csv_file(rng: random.Random) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(
        text,
        delimiter=rng.choice(",;\t|"),
        quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        lineterminator=rng.choice(("\n", "\r\n", "\r")),
    ).writerows(table(rng))
    return text.getvalue().encode(
        rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le")), "replace"
    )


def xlsx_file(rng: random.Random) -> bytes:
    book = openpyxl.Workbook()
    for number in range(rng.randrange(1, 4)):
        sheet = book.create_sheet(f"Sheet {number}{rng.choice(('', ' <x>', ': milestones'))}".replace(":", "")[:31])
        for at, row in enumerate(table(rng), start=1):
            for column, value in enumerate(row, start=1):
                text = "".join(sign for sign in value[:32_000] if sign >= " " or sign in "\n\t")
                cell = sheet.cell(at, column)
                kind = rng.randrange(8)
                cell.value = rng.choice((-1, 0.5, 1e300, 99_999_999, True)) if kind == 0 else text
                if kind == 1:
                    cell.number_format = rng.choice(("0%", "yyyy-mm-dd", "[h]:mm", "@", "General;[Red]-0"))
        if rng.random() < 0.2:
            sheet.merge_cells(start_row=1, start_column=1, end_row=rng.randrange(1, 9), end_column=rng.randrange(1, 5))
        if rng.random() < 0.2:
            sheet.sheet_state = rng.choice(("hidden", "veryHidden"))
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as saved:
        return packed(
            {
                name: re.sub(rb"20\d\d-\d\d-\d\dT[\d:]+Z", b"2027-01-01T00:00:00Z", saved.read(name))
                for name in saved.namelist()
            }
        )


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip that does not say when it was made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _attributes(rng: random.Random, *names: str) -> str:
    return "".join(f" {name}={quoteattr(_for_xml(nasty(rng)))}" for name in names if rng.random() < 0.9)


def _for_xml(text: str) -> str:
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))


def graphml(rng: random.Random) -> bytes:
    parts = [
        f"<key{_attributes(rng, 'id', 'for', 'attr.name', 'attr.type')}><default>{rng.randrange(9)}</default></key>"
    ]
    for _ in range(rng.randrange(7)):
        data = f"<data{_attributes(rng, 'key')}>{escape(_for_xml(nasty(rng)))}</data>"
        parts.append(
            rng.choice(
                (
                    f"<node{_attributes(rng, 'id')}>{data}</node>",
                    f"<edge{_attributes(rng, 'source', 'target', 'directed')}>{data}</edge>",
                    "<graph><node id='n'/></graph>",
                    data,
                )
            )
        )
    return f'<graphml><graph edgedefault="directed">{"".join(parts)}</graph></graphml>'.encode()


def gexf(rng: random.Random) -> bytes:
    parts = []
    for _ in range(rng.randrange(7)):
        parts.append(
            rng.choice(
                (
                    f"<node{_attributes(rng, 'id', 'label', 'start')}/>",
                    f"<edge{_attributes(rng, 'id', 'source', 'target', 'weight', 'type')}/>",
                    f"<attributes{_attributes(rng, 'class')}><attribute{_attributes(rng, 'id')}/></attributes>",
                    f"<attvalue{_attributes(rng, 'for', 'value')}/>",
                )
            )
        )
    return f'<gexf version="1.3"><graph defaultedgetype="undirected">{"".join(parts)}</graph></gexf>'.encode()


def pajek(rng: random.Random) -> bytes:
    lines = [f"*Vertices {rng.choice((2, 0, -3, 10**9, 'x'))}"]
    for _ in range(rng.randrange(8)):
        lines.append(
            rng.choice(
                (
                    f'{rng.randrange(4)} "{nasty(rng)}"',
                    "*Arcs",
                    "*Edges",
                    "*Matrix",
                    "*Arcslist",
                    f"1 2 {nasty(rng)} l {nasty(rng)}",
                    nasty(rng),
                )
            )
        )
    return "\n".join(lines).encode()


def gml(rng: random.Random) -> bytes:
    parts = []
    for _ in range(rng.randrange(7)):
        parts.append(
            rng.choice(
                (
                    f'node [ id {nasty(rng)[:40]} label "{nasty(rng)}" ]',
                    f"edge [ source {rng.randrange(3)} target {nasty(rng)[:30]} weight {nasty(rng)[:30]} ]",
                    "graphics [ x [ y [ z 1 ] ] ]",
                    "directed 1",
                    "node 5",
                )
            )
        )
    return f"graph [ {' '.join(parts)} ]".encode()


def tree(rng: random.Random, depth: int = 0) -> Any:
    kind = rng.randrange(8 if depth < 4 else 5)
    if kind < 3:
        return nasty(rng)
    if kind < 5:
        return rng.choice((None, True, -1, 0.5, 10**40, []))
    if kind < 6:
        return [tree(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {nasty(rng)[:50]: tree(rng, depth + 1) for _ in range(rng.randrange(4))}


def node_link(rng: random.Random) -> bytes:
    nodes = [rng.choice(({"id": nasty(rng), "name": tree(rng)}, tree(rng))) for _ in range(rng.randrange(5))]
    links = [
        rng.choice(({"source": tree(rng), "target": nasty(rng), "weight": tree(rng)}, tree(rng))) for _ in range(4)
    ]
    return json.dumps({"directed": tree(rng), "nodes": nodes, rng.choice(("links", "edges")): links}).encode()


def calendar(rng: random.Random) -> bytes:
    values = ("20270301", "20270301T100000", "20270301T100000Z", "19000101", "99991231T235959Z", "00010101")
    rules = (
        "FREQ=DAILY",
        "FREQ=WEEKLY;COUNT=5",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=5FR;INTERVAL=0",
        "COUNT=-1;FREQ=DAILY",
        "FREQ=WEEKLY;UNTIL=99991231",
    )
    names = (
        "UID",
        "SUMMARY",
        "LOCATION",
        "DESCRIPTION",
        "STATUS",
        "CLASS",
        "SEQUENCE",
        "URL",
        "CATEGORIES",
        'ORGANIZER;CN="x"',
        "X-ODD",
        "ATTENDEE",
    )
    zones = ("Europe/Berlin", "Mars/Base", "../x", "W. Europe Standard Time")
    lines = ["BEGIN:VCALENDAR"]
    for _ in range(rng.randrange(1, 5)):
        what = rng.choice(("VEVENT", "VEVENT", "VEVENT", "VTODO", "VJOURNAL", "VTIMEZONE"))
        lines.append(f"BEGIN:{what}")
        for _ in range(rng.randrange(9)):
            said = nasty(rng).replace("\n", "\\n").replace("\r", "")
            lines.append(
                rng.choice(
                    (
                        f"{rng.choice(names)}:{said}",
                        f"DTSTART:{rng.choice((*values, said))}",
                        f"DTSTART;TZID={rng.choice(zones)}:{rng.choice(values)}",
                        f"DTEND;VALUE=DATE:{rng.choice(values)}",
                        f"DURATION:{rng.choice(('PT1H', 'P9999999D', '-PT5M', 'P', said))}",
                        f"RRULE:{rng.choice((*rules, said))}",
                        f"EXDATE:{rng.choice((*values, said))}",
                        f"RDATE;VALUE=PERIOD:{rng.choice(values)}/PT1H",
                        f"RECURRENCE-ID:{rng.choice((*values, said))}",
                        "BEGIN:VALARM\r\nTRIGGER:x\r\nEND:VALARM",
                        "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+9900\r\nTZOFFSETTO:+0100\r\nEND:STANDARD",
                    )
                )
            )
        if rng.random() < 0.95:
            lines.append(f"END:{what}")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def mspdi(rng: random.Random) -> bytes:
    names = ("UID", "GUID", "Name", "Start", "Finish", "Duration", "Milestone", "Summary", "Active", "IsNull", "Notes")

    def some() -> str:
        return "".join(f"<{name}>{escape(_for_xml(nasty(rng)))}</{name}>" for name in names if rng.random() < 0.7)

    tasks = "".join(
        f"<Task>{some()}{rng.choice(('', '<Task>' + some() + '</Task>'))}</Task>" for _ in range(rng.randrange(6))
    )
    name = f"<Name>{escape(_for_xml(nasty(rng)))}</Name>"
    return f'<Project xmlns="http://schemas.microsoft.com/project">{name}<Tasks>{tasks}</Tasks></Project>'.encode()


def gantt(rng: random.Random) -> bytes:
    def task(depth: int) -> str:
        inner = "".join(task(depth + 1) for _ in range(rng.randrange(3))) if depth < 3 else ""
        given = _attributes(rng, "id", "uid", "name", "meeting", "start", "duration")
        return f"<task{given}>{inner}<notes>{escape(_for_xml(nasty(rng)))}</notes></task>"

    dates = "".join(f"<date{_attributes(rng, 'year', 'month', 'date')}/>" for _ in range(rng.randrange(4)))
    week = f"<default-week{_attributes(rng, 'sat', 'sun')}/>"
    inside = f"<calendars>{week}{dates}</calendars><tasks>{task(0)}{task(2)}</tasks>"
    return f'<project view-date="2027-01-01">{inside}</project>'.encode()


def case_study(rng: random.Random) -> bytes:
    case = {name: plain(value) for name, value in CaseStudy(id=uuid.UUID(int=5), title="T").model_dump().items()}

    def row(made: Any) -> Any:
        values = {name: plain(value) for name, value in made.model_dump().items()}
        for name in rng.sample(sorted(values), rng.randrange(4)):
            values[name] = tree(rng)
        return rng.choice((values, values, values, tree(rng)))

    rooms: dict[str, Any] = dict.fromkeys(
        ("stakeholders", "relations", "meetings", "invitations", "milestones", "history")
    )
    for name in rooms:
        rooms[name] = [tree(rng) for _ in range(rng.randrange(3))] if rng.random() < 0.3 else []
    rooms["stakeholders"] += [
        row(Stakeholder(id=uuid.UUID(int=at + 9), case_study_id=uuid.UUID(int=5), name="S"))
        for at in range(rng.randrange(3))
    ]
    rooms["meetings"] += [
        row(Meeting(id=uuid.UUID(int=at + 90), case_study_id=uuid.UUID(int=5), title="M"))
        for at in range(rng.randrange(3))
    ]
    if rng.random() < 0.2:
        case[rng.choice(sorted(case))] = tree(rng)
    content = json.dumps({"case_study": case, **rooms}).encode()
    said: dict[str, Any] = {
        "format": "copdash case study",
        "version": 1,
        "minor": 0,
        "program": "x",
        "case_study_id": str(uuid.UUID(int=5)),
        "title": "T",
        "exported_at": "2026-01-01T00:00:00Z",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if rng.random() < 0.15:
        said[rng.choice(sorted(said))] = tree(rng)
    return packed({"manifest.json": json.dumps(said).encode(), "content.json": content})


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    "csv": csv_file,
    "csv again": csv_file,
    "xlsx": xlsx_file,
    "graphml": graphml,
    "gexf": gexf,
    "pajek": pajek,
    "gml": gml,
    "json": node_link,
    "ics": calendar,
    "mspdi": mspdi,
    "gan": gantt,
    "copdash": case_study,
}


def broken(rng: random.Random, data: bytes) -> bytes:
    """The file as a bad line, a bad disk or a bad person leaves it."""
    at, to = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    kind = rng.randrange(6)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[to:]
    if kind == 2:
        return data[:at] + rng.randbytes(rng.randrange(1, 40)) + data[at:]
    if kind == 3:
        return data[:to] + data[at:]  # a part twice
    flipped = bytearray(data)
    for _ in range(rng.randrange(1, 12) if data else 0):
        flipped[rng.randrange(len(flipped))] = rng.randrange(256)
    return bytes(flipped) if kind == 4 else bytes(flipped).replace(b"<", b"<!DOCTYPE a [<!ENTITY b 'c'>]><", 1)


def made(number: int) -> tuple[str, bool, bytes]:
    """The file of a number: its kind, whether it is well-formed outside, and its bytes."""
    rng = random.Random(number)
    kind = rng.choice(sorted(MAKERS))
    data = MAKERS[kind](rng)
    sound = rng.random() < 0.6
    return kind, sound, data if sound else broken(rng, data)

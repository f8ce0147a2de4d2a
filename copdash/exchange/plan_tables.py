"""Tables of planning programs (MS Project, OpenProject, Outlook, roadmap templates), told apart into two plain tables.

Belongs to the child process of `reading` and imports nothing of COPDash. Only what such a program says of its lines is
used here: which are milestones, which sum up others, which are private. Cells stay as the file has them, but for days
whose order the whole column proves.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

Cell = str | int | float | bool | None

LOOKED_AT = 12

_WORDS = {
    "title": "name, task name, task title, subject, task, title, activity, vorgangsname, vorgang, betreff, thema, "
    "aufgabe, titel, taaknaam, onderwerp, taak, nom de la tache, nom, objet, sujet, titre, tache, nombre de tarea, "
    "nombre, asunto, tarea, titulo, nome attivita, nome, oggetto, attivita, titolo",
    "start": "start, start date, begin, beginning, startdatum, anfang, anfangsdatum, beginn, beginnt am, begindatum, "
    "debut, date de debut, comienzo, fecha de inicio, fecha de comienzo, inicio, inizio, data inizio, data di inizio",
    "end": "finish, finish date, end, end date, due date, ende, enddatum, endtermin, abschluss, fertig stellen, "
    "fertigstellung, endet am, einde, einddatum, voltooien, fin, date de fin, fecha de fin, fecha de finalizacion, "
    "fine, data fine, data di fine, scadenza",
    "begins": "start time, beginnt um, startzeit, begintijd, heure de debut, comienzo hora, hora de inicio, "
    "hora de comienzo, ora inizio, ora di inizio",
    "until": "end time, endet um, endzeit, eindtijd, heure de fin, finalizacion, hora de fin, hora de finalizacion, "
    "ora fine, ora di fine",
    "allday": "all day event, ganztagiges ereignis, gebeurtenis duurt hele dag, duurt hele dag, journee entiere, "
    "todo el dia, evento de todo el dia, tutto il giorno, giornata intera",
    "private": "private, privat, prive, persoonlijk, privado, privato, personale",
    "duration": "duration, dauer, duur, duree, duracion, durata",
    "milestone": "milestone, is milestone, meilenstein, mijlpaal, jalon, hito, pietra miliare, cardine",
    "summary": "summary, is summary, sammelvorgang, samenvatting, recapitulative, resumen, riepilogo",
    "active": "active, aktiv, actief, actif, activo, activa, attivo, attiva",
    "type": "type, typ, art, soort, tipo",
    "wbs": "wbs, wbs number, psp, psp code, psp-code, outline number, gliederungsnummer, edt, wbs code",
    "level": "outline level, gliederungsebene, overzichtsniveau, niveau hierarchique, nivel de esquema, "
    "livello struttura, level",
    "done": "% complete, percent complete, pct complete, pct of task complete, progress, progress (%), "
    "% abgeschlossen, % voltooid, % acheve, % completado, % completata",
    "place": "location, place, ort, locatie, plaats, emplacement, lieu, ubicacion, lugar, luogo, sede",
    "owner": "owner, task owner, assignee, assigned to, responsible, accountable, lead, resource names, "
    "meeting organizer, zugewiesen an, verantwortlich, toegewezen aan, assigne a, asignado a, assegnato a, organizer",
    "notes": "notes, description, beschreibung, notizen, notities, beschrijving, omschrijving, remarques, notas, "
    "descripcion, note, descrizione",
}
_NAMES = {word.strip(): name for name, words in _WORDS.items() for word in words.split(",")}
_TYPES = {
    **dict.fromkeys(
        ("milestone", "meilenstein", "mijlpaal", "jalon", "hito", "pietra miliare", "traguardo"), "milestone"
    ),
    **dict.fromkeys(("summary task", "sammelaufgabe", "summary", "phase", "fase"), "summary"),
    **dict.fromkeys(
        "task, aufgabe, taak, tache, tarea, attivita, feature, bug, epic, user story, initiative, ticket".split(", "),
        "task",
    ),
}
_YES = frozenset("yes ja oui si true wahr waar vrai verdadero vero on ein aan 1 x ✓ ✔".split())
_NO = frozenset("no nein nee non false falsch onwaar faux falso off aus uit 0".split())
_NOTHING = re.compile(r"0(?:[.,]0+)?\s*[^\W\d]*\.?\??")
_NUMERIC = re.compile(r"(?:[^\W\d]+\.?,? )?(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})(?:[ T,].*)?")
_MIDNIGHT = re.compile(r"(?:0?0|12)[:.]00(?:[:.]00)?(?: ?am)?|0(?:\.0)?|24:00", re.IGNORECASE)
_TITLED = {
    "title": "Title",
    "type": "Kind",
    "start": "Start",
    "end": "End",
    "begins": "Begins at",
    "place": "Place",
    "owner": "Organiser",
    "notes": "Goals",
}
_ORDER = ("title", "type", "start", "end", "begins", "place", "owner", "notes")


def split(rows: Sequence[Sequence[Cell]], plan: Any) -> dict[str, list[list[Cell]]] | None:
    """The rows as "meetings" and "milestones", each with a header, or None for a table that needs no telling apart.

    `plan` is a `plan_sheets.Plan` and is told what was passed over.
    """
    header = _header(rows)
    if header is None:
        return None
    at, columns, texts = header
    table = _Table([list(row) for row in rows[at + 1 :]], columns)
    if not table.is_of_a_program():
        return None
    table.settle_days()
    kinds = [table.kind(row, index) for index, row in enumerate(table.rows)]
    if "allday" not in columns and not set(kinds) - {"meeting", "", "heading"} and not table.has_program_types():
        return None
    parts: dict[str, list[list[Cell]]] = {"meetings": [], "milestones": []}
    for row, kind in zip(table.rows, kinds, strict=True):
        _take(table, row, kind, parts, plan)
    used = {columns[name] for name in _ORDER if name in columns}
    known = {index for name, index in columns.items() if name not in _ORDER}
    left = [text for index, text in enumerate(texts) if text and index not in used | known]
    if left:
        plan.said(f"Columns left out: {', '.join(text[:40] for text in left[:8])}{' …' if left[8:] else ''}.")
    shown = [name for name in _ORDER if name in columns or (name == "end" and "start" in columns)]
    heads: dict[str, list[Cell]] = {
        "meetings": [_TITLED[name] for name in shown],
        "milestones": ["Milestone", "Due", "Notes"],
    }
    return {name: [heads[name], *found] for name, found in parts.items() if found}


def _take(table: _Table, row: list[Cell], kind: str, parts: dict[str, list[list[Cell]]], plan: Any) -> None:
    title = str(table.cell(row, "title") or "")
    reasons = {
        "summary": "only sums up the lines below",
        "off": "switched off in the plan",
        "private": "marked as private",
        "heading": "a heading without a day",
        "nameless": "no title",
    }
    if kind in reasons:
        plan.passed(reasons[kind], "" if kind == "private" else title)
    elif kind == "milestone":
        due = table.cell(row, "end") or table.cell(row, "start")
        if due is None:
            plan.passed("a milestone without a day", title)
        else:
            parts["milestones"].append([table.cell(row, "title"), due, table.cell(row, "notes")])
    elif kind:
        shown = [name for name in _ORDER if name in table.columns or (name == "end" and "start" in table.columns)]
        parts["meetings"].append([table.value(row, name) for name in shown])


class _Table:
    def __init__(self, rows: list[list[Cell]], columns: dict[str, int]) -> None:
        self.rows = rows
        self.columns = columns
        self.numbers = {_plain(self.cell(row, "wbs")).rstrip(".") for row in rows} - {""} if "wbs" in columns else set()
        self.parents = {number.rpartition(".")[0] for number in self.numbers} - {""}
        for name in ("milestone", "summary", "active", "private", "allday"):  # a column of titles is no flag
            said = {_plain(self.cell(row, name)) for row in rows} - {""}
            if name in columns and not said <= _YES | _NO:
                del columns[name]

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        index = self.columns.get(name, -1)
        return row[index] if 0 <= index < len(row) else None

    def is_of_a_program(self) -> bool:
        columns = set(self.columns)
        dated = "title" in columns and bool(columns & {"start", "end"})
        signs = columns & {"duration", "milestone", "summary", "wbs", "level", "allday", "done", "active"}
        return dated and (bool(signs) or self.has_program_types())

    def has_program_types(self) -> bool:
        """Whether the types are those of a program for projects, not our kinds of meeting."""
        said = [word for row in self.rows if (word := _plain(self.cell(row, "type")))]
        return any(_TYPES.get(word) == "milestone" for word in said) or (
            bool(said) and all(word in _TYPES for word in said)
        )

    def kind(self, row: Sequence[Cell], index: int) -> str:
        """What a line is: meeting, milestone, or why it is passed over; "" for an empty one."""
        if not any(cell is not None for cell in row):
            return ""
        if _plain(self.cell(row, "private")) in _YES:
            return "private"
        if not _plain(self.cell(row, "title")):
            return "nameless"
        if _plain(self.cell(row, "active")) in _NO:
            return "off"
        typed = _TYPES.get(_plain(self.cell(row, "type")), "")
        if self._sums_up(row, index, typed):
            return "summary"
        length = _plain(self.cell(row, "duration"))
        if _plain(self.cell(row, "milestone")) in _YES or typed == "milestone" or _NOTHING.fullmatch(length):
            return "milestone"
        dated = self.cell(row, "start") is not None or self.cell(row, "end") is not None
        if not dated and sum(cell is not None for cell in row) <= 2 and set(self.columns) & {"wbs", "duration", "done"}:
            return "heading"
        return "meeting"

    def _sums_up(self, row: Sequence[Cell], index: int, typed: str) -> bool:
        if _plain(self.cell(row, "summary")) in _YES or typed == "summary":
            return True
        if self.parents and _plain(self.cell(row, "wbs")).rstrip(".") in self.parents:
            return True
        if "level" in self.columns and index + 1 < len(self.rows):
            here, below = _plain(self.cell(row, "level")), _plain(self.cell(self.rows[index + 1], "level"))
            return here.isdecimal() and below.isdecimal() and int(below[:6]) > int(here[:6])
        return False

    # ---- days -------------------------------------------------------------------------------------------------------

    def settle_days(self) -> None:
        """Days whose order one of the columns proves become ISO: apart, a few of them might not prove it."""
        places = [self.columns[name] for name in ("start", "end") if name in self.columns]
        found = [m for row in self.rows for i in places if i < len(row) and (m := _numeric(row[i]))]
        first = any(int(match[1]) > 12 for match in found) or any(match[2] == "." for match in found)
        second = any(int(match[3]) > 12 for match in found)
        if first == second:
            return
        for row in self.rows:
            for index in places:
                match = _numeric(row[index]) if index < len(row) else None
                if match is not None:
                    row[index] = _iso(match, first) or row[index]

    def value(self, row: Sequence[Cell], name: str) -> Cell:
        """A cell as it comes in: types of a program are no kinds of ours, and midnight ends whole days before."""
        cell = self.cell(row, name)
        if name == "type":
            return None if _plain(cell) in _TYPES else cell
        if name == "end" and self._is_whole(row):
            return self._day_before(row, cell)
        if name == "begins" and self._is_whole(row):
            return None
        return cell

    def _is_whole(self, row: Sequence[Cell]) -> bool:
        return _plain(self.cell(row, "allday")) in _YES

    def _day_before(self, row: Sequence[Cell], cell: Cell) -> Cell:
        until = self.cell(row, "until")
        start = self.cell(row, "start")
        if until is None or cell == start or not _MIDNIGHT.fullmatch(str(until).strip()):
            return cell
        try:
            return (dt.date.fromisoformat(str(cell)[:10]) - dt.timedelta(days=1)).isoformat()
        except (ValueError, OverflowError):
            pass
        first, last = _numeric(start), _numeric(cell)
        for order in (True, False) if first and last else ():
            days = _iso(first, order), _iso(last, order)  # type: ignore[arg-type]
            if days[0] and days[1]:
                between = dt.date.fromisoformat(days[1]) - dt.date.fromisoformat(days[0])
                if between.days == 1:
                    return None  # one day, whichever way the date is written
        return cell


def _numeric(cell: Cell) -> re.Match[str] | None:
    return _NUMERIC.fullmatch(" ".join(cell.split())) if isinstance(cell, str) and len(cell) < 60 else None


def _iso(match: re.Match[str], day_first: bool) -> str:
    day, month = (int(match[1]), int(match[3])) if day_first else (int(match[3]), int(match[1]))
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int], list[str]] | None:
    """The line among the first ones that names most columns of a plan."""
    best: tuple[int, dict[str, int], list[str]] | None = None
    for at, row in enumerate(rows[:LOOKED_AT]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row):
            name = _NAMES.get(_plain(cell)) if isinstance(cell, str) and len(cell) < 60 else None
            again = {"start": "begins", "end": "until"}.get(name or "", "")
            if name and name not in columns:
                columns[name] = index
            elif again and again not in columns:  # in French both columns are called Début
                columns[again] = index
        if best is None or len(columns) > len(best[1]):
            best = at, columns, [str(cell).strip() if cell is not None else "" for cell in row]
    if best is not None and "allday" not in best[1]:
        for name in ("begins", "until"):
            if name in best[1] and _NAMES.get(_plain(best[2][best[1][name]])) != name:
                del best[1][name]  # a second Start that is no hour of Outlook's
    return best


def _plain(cell: Cell) -> str:
    """A heading or word in small letters without accents, underscores as spaces."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = "" if cell is None else str(cell)
    if len(text) > 200:
        return text[:200]
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[_,:]", " ", text).casefold().split())

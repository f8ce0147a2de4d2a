"""Bringing a spreadsheet in: drop it, look at what will happen, confirm. Nothing is saved before that.

The file and what was read of it stay in the session while it is looked at, under `sessions.IMPORT`: one file, parsed
once. It is dropped as soon as it is imported or put away.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from copdash import case_studies, history, register, store, undoing, words
from copdash.errors import ChangedElsewhere, Invalid, NotFound, Problem
from copdash.exchange import accounts, columns, imports, left_out, near_names, parsing
from copdash.exchange.columns import Layout
from copdash.exchange.headings import LABELS, Subject
from copdash.exchange.parsing import Sheet
from copdash.exchange.previews import Preview
from copdash.exchange.remarks import Told, counted
from copdash.models import CaseStudy
from copdash.ui.habits import changes, sessions, texts
from copdash.ui.sharing import import_table

DROP = "files.drop"
STYLE = Path(__file__).resolve().parent / "files.css"
MOST_SHEETS = 12
"""So many sheets of a workbook are looked at; each costs a process."""

LISTS: dict[Subject, tuple[str, str, str]] = {
    "stakeholders": ("mapping/stakeholders.py", "Open the list", ":material/table_rows:"),
    "relations": ("mapping/network.py", "Open the network", ":material/hub:"),
    "meetings": ("roadmap/meetings.py", "Open the roadmap", ":material/calendar_month:"),
    "milestones": ("roadmap/meetings.py", "Open the roadmap", ":material/calendar_month:"),
}


@dataclass
class Piece:
    """One table of the file, and how it is read. `extras` and `told` are found out once a preview, not once a run."""

    sheet: Sheet
    layout: Layout
    meanings: dict[tuple[str, str], str] = field(default_factory=dict)
    asked: dict[tuple[str, str], int] = field(default_factory=dict)
    add_missing: bool = True
    near: dict[near_names.Key, near_names.Near] = field(default_factory=dict)
    same: dict[near_names.Key, uuid.UUID | None] = field(default_factory=dict)
    extras: dict[left_out.Extra, list[int]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)


@dataclass
class Brought:
    """The file that is being looked at. `pieces` and `chosen` go by the names of the sheets, "" for a CSV file.

    `passed` are those of its sheets that were not looked at, being too many.
    """

    case_study_id: uuid.UUID
    file_name: str
    data: bytes
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    pieces: dict[str, Piece] = field(default_factory=dict)
    chosen: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    refused: str = ""
    missing: str = ""
    notice: str = ""
    plans: dict[str, Preview] = field(default_factory=dict)
    planned_for: object = None
    seen: list[Preview] = field(default_factory=list)
    done: Imported | None = None


@dataclass(frozen=True)
class Imported:
    """What the last import did, so that it can be said and taken back; `told` is what it did not take as it stood."""

    case_study_id: uuid.UUID
    gesture_id: uuid.UUID
    sentence: str
    subjects: tuple[Subject, ...]
    told: tuple[Told, ...] = ()


# ---- the file -------------------------------------------------------------------------------------------------------


def drop_zone(case_study: CaseStudy) -> None:
    """A place to drop a spreadsheet; leads to the preview on «Import and export». For an empty list, too."""
    st.html(STYLE)
    with st.container(key=DROP):
        dropped = st.file_uploader(
            "Drop a spreadsheet here, CSV or XLSX: stakeholders, ties, meetings or milestones; "
            "a calendar (.ics), a plan of MS Project, GanttProject or OpenProject; "
            "or a network from Gephi, yEd or Kumu",
            key=fresh(f"{DROP}.{case_study.id}"),
            max_upload_size=parsing.MAX_BYTES // 1024**2,
        )
    if dropped is not None:
        st.session_state[sessions.IMPORT] = Brought(case_study.id, dropped.name, dropped.getvalue())
        st.session_state.pop(sessions.IMPORTED, None)
        st.switch_page("sharing/files.py", query_params={"case": str(case_study.id)})


def brought(case_study: CaseStudy) -> Brought | None:
    """The file that is being looked at for this case study."""
    found = st.session_state.get(sessions.IMPORT)
    return found if isinstance(found, Brought) and found.case_study_id == case_study.id else None


def put_away() -> None:
    """Callback: forget the file, and what the last import did."""
    let_go()
    st.session_state.pop(sessions.IMPORTED, None)
    st.session_state.pop(sessions.IMPORT, None)


def let_go() -> None:
    """The next drop zone is a new one: an old one could still hold its file, and bring it again."""
    st.session_state[sessions.LET_GO] = uuid.uuid4().hex


def fresh(key: str) -> str:
    """The key of a drop zone, another one each time a file was let go."""
    return f"{key}.{st.session_state.get(sessions.LET_GO, '')}"


def read(file: Brought, *, encoding: str | None = None, delimiter: str | None = None) -> None:
    """Parse the file, all its sheets; what cannot be read becomes a sentence in `refused`."""
    file.pieces, file.chosen, file.refused, file.plans, file.planned_for, file.passed = {}, [], "", {}, None, []
    if file.file_name.casefold().endswith(".copdash"):
        file.refused = "This is a whole case study as a file. Bring it in under “Case study file” above."
        return
    try:
        zone = _zone(file.case_study_id)
        sheets = [parsing.parse(file.data, encoding=encoding, delimiter=delimiter, zone=zone)]
        order, looked_at = list(sheets[0].sheets), {sheets[0].sheet}
        for _ in range(MOST_SHEETS):
            name = next((one for one in order if one not in looked_at), None)
            if name is None:
                break
            looked_at.add(name)
            found = parsing.parse(file.data, sheet=name, zone=zone, encoding=encoding, delimiter=delimiter)
            sheets.append(found)
            order += [one for one in found.sheets if one not in order]  # the milestones of this sheet's plan
        file.passed = [name for name in order if name not in looked_at]
        sheets.sort(key=lambda one: order.index(one.sheet) if one.sheet in order else 0)
        renamed = _renamed(file.case_study_id)
        file.pieces = {
            one.sheet: Piece(one, columns.understood(one, renamed=renamed), renamed=renamed)
            for one in sheets
            if one.rows
        }
    except Problem as problem:
        file.refused = str(problem)
        return
    file.chosen = _understood_best(file)


def _understood_best(file: Brought) -> list[str]:
    """The sheets to begin with: all with a known heading that the workbook shows, or else the first that it shows."""
    shown = {name: one for name, one in file.pieces.items() if name not in one.sheet.hidden}
    known = [name for name, one in shown.items() if columns.suffices(one.layout) and one.layout.header_row is not None]
    listed = [name for name, one in shown.items() if columns.suffices(one.layout)]
    return known or listed[:1] or [*shown, *file.pieces][:1]


def _renamed(case_study_id: uuid.UUID) -> dict[str, str]:
    """What the case study calls its fields; nothing where it is gone meanwhile, which the preview says."""
    with store.reading(sessions.eye()) as session:
        try:
            return register.labels(case_studies.get(session, case_study_id))
        except NotFound:
            return {}


def _zone(case_study_id: uuid.UUID) -> str:
    """The time zone of the case study; nothing where it is gone meanwhile."""
    with store.reading(sessions.eye()) as session:
        try:
            return case_studies.get(session, case_study_id).time_zone
        except NotFound:
            return ""


# ---- the preview ----------------------------------------------------------------------------------------------------


def parts(file: Brought) -> list[imports.Part]:
    """The tables that will be imported, as they are read now."""
    found = [file.pieces[name] for name in file.chosen]
    return [imports.Part(one.sheet, one.layout, dict(one.meanings), one.add_missing, dict(one.same)) for one in found]


def plan(file: Brought) -> None:
    """Bring the previews up to date; costs nothing where neither the store nor the reading has changed."""
    with store.reading(sessions.eye()) as session:
        now = (
            history.version(session, file.case_study_id),
            [(name, one.layout, dict(one.meanings), one.add_missing, dict(one.same)) for name, one in _pieces(file)],
        )
        if now == file.planned_for:
            return
        file.planned_for, file.plans, file.missing = now, {}, ""
        try:
            plans = imports.preview_all(session, file.case_study_id, parts(file))
        except Invalid as problem:
            unclear = [name for name, one in _pieces(file) if name and not columns.suffices(one.layout)]
            file.missing = (f"Sheet {unclear[0]}: " if unclear else "") + str(problem)
            return
    file.plans = dict(zip(file.chosen, plans, strict=True))
    for name, found in file.plans.items():
        file.pieces[name].asked.update(found.unknown)
        piece = file.pieces[name]
        piece.near.update(found.near)
        piece.extras = left_out.lines(piece.sheet, piece.layout.header_row, piece.layout.columns)
        piece.told = accounts.of_table(piece.sheet, piece.layout, found)


def _pieces(file: Brought) -> list[tuple[str, Piece]]:
    return [(name, file.pieces[name]) for name in file.chosen]


def asks(file: Brought) -> str:
    """What the button says: «Import 58 stakeholders and 40 ties»; empty where there is nothing to import."""
    counts: dict[Subject, int] = dict.fromkeys(LABELS, 0)
    for found in file.plans.values():
        counts[found.subject] += found.count("added") + found.count("updated")
        counts["stakeholders"] += len(found.stakeholders)
    said = [imports.counted(count, subject) for subject, count in counts.items() if count]
    return f"Import {words.listed(said)}" if said else ""


# ---- doing it -------------------------------------------------------------------------------------------------------


def confirm(file: Brought) -> None:
    """Callback of the button: what counts is the preview that was on the screen, not one made since."""
    file.seen, file.notice = list(file.plans.values()), ""


def apply(file: Brought) -> None:
    """Import what was confirmed as one gesture; the outcome is in `done`, or a sentence in `notice`.

    A rerun may cut a script at any use of Streamlit, its session state included: after the commit only the file's own
    attributes are written, and until then the confirmation stays, so that the next run does it.
    """
    actor = sessions.actor()
    gesture_id = uuid.uuid4()
    try:
        with store.writing(actor, file.case_study_id, gesture_id=gesture_id) as session:
            plans = imports.carry_out_all(session, file.case_study_id, parts(file), file.seen, file_name=file.file_name)
    except ChangedElsewhere:
        file.planned_for = None
        file.notice = (
            "Somebody changed this case study while you were looking, so nothing was imported. "
            "This is the new preview; look at it again."
        )
    except Problem as problem:
        file.notice = str(problem)
    else:
        subjects = dict.fromkeys(one.subject for one in plans if one.count("added") + one.count("updated"))
        sentence = f"Imported {imports.outcome(plans)} from {file.file_name}."
        told = [
            one
            for name, found in zip(file.chosen, plans, strict=True)
            for one in accounts.of_table(file.pieces[name].sheet, file.pieces[name].layout, found)
        ]
        left = [name for name in (*file.pieces, *file.passed) if name not in file.chosen]
        told += [Told("left out", f"The sheet “{name}” is left out.", count=1) for name in left]
        file.done = Imported(file.case_study_id, gesture_id, sentence, tuple(subjects), tuple(told))
    finally:
        file.seen = []


def finish(file: Brought) -> None:
    """Keep what was done, let go of the file."""
    let_go()
    st.session_state[sessions.IMPORTED] = file.done
    st.session_state.pop(sessions.IMPORT, None)


def imported(case_study: CaseStudy) -> None:
    """What the last import did, the way to it, and its undo."""
    done = st.session_state.get(sessions.IMPORTED)
    if not isinstance(done, Imported) or done.case_study_id != case_study.id:
        return
    with store.reading(sessions.eye()) as session:
        mine = history.undoable(session, case_study.id, sessions.actor().id)
    if not any(one.id == done.gesture_id for one in mine):  # undone by now, here or elsewhere
        st.session_state.pop(sessions.IMPORTED, None)
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="files.done"):
        st.markdown(f":material/check_circle: {texts.as_typed(done.sentence)}", width="stretch")
        for script, label, icon in dict.fromkeys(LISTS[subject] for subject in done.subjects):
            st.page_link(script, label=label, icon=icon)
        st.button(
            "Undo this import", key="files.undo", icon=":material/undo:", on_click=_undo, args=(case_study.id, done)
        )
    if done.told:
        with st.expander(f"Not as it stands in the file: {counted(done.told)}"):
            import_table.reasons(done.told)


def _undo(case_study_id: uuid.UUID, done: Imported) -> None:
    if changes.attempt(case_study_id, lambda session: undoing.undo(session, done.gesture_id)):
        st.session_state.pop(sessions.IMPORTED, None)
        changes.tell("Undone: what the file brought is gone again.")

"""How a dropped file was read, and the ways to say it better: what it is, sheet, header, signs, columns, words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal

import streamlit as st

from copdash import words
from copdash.exchange import cells, columns, decisions, headings, imports, left_out, near_names, remarks
from copdash.exchange.cells import COLUMNS
from copdash.exchange.decisions import Decision
from copdash.exchange.headings import LABELS, Subject
from copdash.exchange.imports import counted
from copdash.exchange.parsing import ENCODINGS
from copdash.exchange.reading import DELIMITERS
from copdash.ui.habits import texts
from copdash.ui.sharing import import_table
from copdash.ui.sharing.imports import Brought, Piece, read

SIGNS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical bar"}
SCRIPTS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows, Western Europe",
    "cp1250": "Windows, Central Europe",
    "cp1253": "Windows, Greek",
    "cp1255": "Windows, Hebrew",
    "mac_roman": "Mac",
    "cp850": "DOS",
}
MOST_TICKS = 6
"""So many sheets have their ticks above the preview; more of them stand behind a button."""
MOST_WORDS = 30
MOST_COLUMNS = 80


def one_table(file: Brought) -> str | None:
    """The table to look at; for a workbook also a tick for each of its sheets that can come along."""
    if len(file.pieces) <= 1:
        return next(iter(file.pieces), None)
    if len(file.pieces) <= MOST_TICKS:
        with st.container(horizontal=True, vertical_alignment="center"):
            _ticks(file)
    else:
        with st.popover("Sheets", icon=":material/tab:"):
            _ticks(file)
    key = f"files.sheet.{file.id}"
    unclear = [name for name in file.chosen if not columns.suffices(file.pieces[name].layout)]
    if st.session_state.get(key) not in file.chosen or (unclear and file.missing):
        st.session_state[key] = next(iter(unclear or file.chosen), None)
    if len(file.chosen) == 1:
        return file.chosen[0]
    return st.segmented_control(
        "Sheet",
        file.chosen,
        format_func=lambda name: f"{texts.as_typed(_short(name))} {_lines(file, name)}",
        key=key,
        required=True,
        label_visibility="collapsed",
    )


def _ticks(file: Brought) -> None:
    for index, name in enumerate(file.pieces):
        key = f"files.sheets.{file.id}.{index}"
        st.session_state[key] = name in file.chosen
        st.checkbox(
            texts.as_typed(_held(file, name)),
            key=key,
            on_change=_tick,
            args=(key, file, name),
            disabled=file.chosen == [name],
            width="content",
        )


def _held(file: Brought, name: str) -> str:
    """A sheet with what it holds: “Elements: 40 lines, stakeholders”."""
    piece = file.pieces[name]
    first = 0 if piece.layout.header_row is None else piece.layout.header_row + 1
    lines = sum(any(cell is not None for cell in row) for row in piece.sheet.rows[first:])
    what = imports.NOUNS[piece.layout.subject][1] if _is_known(piece) else "not understood"
    hidden = ", hidden" if name in piece.sheet.hidden else ""
    return f"{_short(name)}: {words.counted(lines, 'line')}, {what}{hidden}"


def _is_known(piece: Piece) -> bool:
    return columns.suffices(piece.layout) and piece.layout.header_row is not None


def not_chosen(file: Brought) -> str:
    """The sheets that do not come along and are not seen beside their ticks; empty where there is none."""
    left = [_held(file, name) for name in file.pieces if name not in file.chosen and len(file.pieces) > MOST_TICKS]
    said = [f"Not chosen: {' · '.join(left[:6])}{' · and more' if len(left) > 6 else ''}"] if left else []
    if file.passed:
        said.append(f"Not looked at, being further behind: {', '.join(map(_short, file.passed[:6]))}")
    return " · ".join(said)


def _lines(file: Brought, name: str) -> str:
    return f"{len(file.plans[name].planned):,}" if name in file.plans else ""


TABLES = ("CSV", "XLSX")
"""Formats in which people write headings of their own; the columns of all others are ours."""


def summary(piece: Piece) -> str:
    """One line: what the table was taken for and how it was read."""
    sheet, layout = piece.sheet, piece.layout
    said = [f"Read as **{imports.NOUNS[layout.subject][1]}**"]
    if sheet.format == "CSV":
        said.append(f"{sheet.encoding}, {SIGNS.get(sheet.delimiter, 'one column').lower()}")
    if sheet.format in TABLES:
        said.append("no header" if layout.header_row is None else f"header in line {layout.header_row + 1}")
    else:
        said.append(sheet.format)
    return " · ".join(said)


def mapping(piece: Piece) -> str:
    """One line: which column became which field, and which are left out; those of the same name are only counted."""
    labels = headings.offered(piece.layout.subject)
    names = columns.headings(piece.sheet, piece.layout)
    both = list(zip(names, piece.layout.columns, strict=True))
    said = [f"{_short(name)} → {labels[to]}" for name, to in both if to and labels[to] != name]
    alike = sum(bool(to) and labels[to] == name for name, to in both if to)
    if alike and piece.sheet.format in TABLES:
        others = "other " if said else ""
        said.append(f"{words.counted(alike, f'{others}column')} {words.verb(alike, 'is')} named as here")
    left = [_short(name) for name, to in both if not to]
    if left:
        said.append(f"left out: {', '.join(left[:12])}{' and more' if len(left) > 12 else ''}")
    return " · ".join(said)


def ways(file: Brought, name: str) -> None:
    """The two ways to say it better, each behind a button: the words, where some are unknown, and the reading."""
    piece = file.pieces[name]
    new = len(file.plans[name].stakeholders)
    if piece.layout.subject == "relations" and (new or not piece.add_missing):
        key = f"files.missing.{file.id}.{name}"
        st.session_state[key] = piece.add_missing
        st.checkbox(
            f"Add {counted(new, 'stakeholders')} that only the ties name" if new else "Add who only the ties name",
            key=key,
            on_change=_add_missing,
            args=(key, piece),
            width="content",
        )
    if piece.asked:
        open_ = sum(_answer(piece, field, word) is None for field, word in piece.asked)
        label = words.counted(open_, "unknown word") if open_ else "What words mean"
        with st.popover(label, icon=":material/translate:"):
            st.caption("What is not known here is left empty. Say what it means, if you like.")
            unknown(file, name)
    if piece.near:
        open_ = sum(key not in piece.same for key in piece.near)
        label = words.counted(open_, "near name") if open_ else "Near names"
        with st.popover(label, icon=":material/person_search:"):
            st.caption("These names are new, and nearly those of listed stakeholders.")
            near(file, name)
    with st.popover("Read it differently", icon=":material/tune:"):
        settings(file, name)


def questions(file: Brought, name: str) -> None:
    """What was decided about scales and days, and a choice for each decision of which nothing in the file is proof."""
    piece = file.pieces[name]
    labels = headings.offered(piece.layout.subject)
    said = [decisions.sentence(one, labels[one.field]) for one in piece.layout.decisions]
    usual = _usual(piece)
    for note in (*piece.sheet.notes, *piece.layout.notes):
        st.caption(f":material/warning: {texts.as_typed(note)}")
    if said or usual:
        st.caption(texts.as_typed(" · ".join([*said, *usual])))
    open_ = [one for one in piece.layout.decisions if not one.certain]
    if open_:
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"files.questions.{file.id}"):
            for one in open_:
                _decision(one, piece, f"files.question.{file.id}.{name}")


def extras(file: Brought, name: str) -> None:
    """Totals and hidden lines, where the table has some: one click each, to leave them out or to take them along."""
    piece = file.pieces[name]
    row = st.container(horizontal=True) if any(piece.extras.values()) else st
    for extra, lines in piece.extras.items():
        if not lines:
            continue
        key = f"files.extra.{file.id}.{name}.{extra}"
        st.session_state[key] = extra in piece.layout.left_out
        what = "total" if extra == "totals" else "hidden line"
        named = ", ".join(f"{line:,}" for line in lines[:6])
        row.checkbox(
            f"Leave out {words.counted(len(lines), what)} "
            f"({words.plural(len(lines), 'line')} {named}{' …' if lines[6:] else ''})",
            key=key,
            on_change=_leave_out,
            args=(key, piece, extra),
            width="content",
        )


def account(file: Brought, name: str) -> None:
    """All that is not taken as it stands, by reason; the counts are seen without opening it."""
    told = file.pieces[name].told
    if told:
        with st.expander(f"Not as it stands in the file: {remarks.counted(told)}"):
            import_table.reasons(told)


def _decision(one: Decision, piece: Piece, key: str) -> None:
    label = headings.offered(piece.layout.subject)[one.field]
    asked = f"Which scale has {label}?" if one.choice not in decisions.ORDERS else f"Which comes first in {label}?"
    options = list(dict.fromkeys([one.choice, *one.options]))
    _select(asked, options, one.choice, _choice_called, f"{key}.{one.field}", _decide, piece, one.field)


def _choice_called(choice: str) -> str:
    if choice in decisions.ORDERS:
        return "Day, then month" if choice == decisions.DAY_FIRST else "Month, then day"
    return f"{choice}, as it is" if choice in (decisions.KEPT, "1-10") else choice


def _usual(piece: Piece) -> list[str]:
    """What words in columns of numbers were taken for: “Power: High is 8, Low is 2”."""
    said: dict[str, list[str]] = {}
    border = False
    for field, word in piece.asked:
        column = COLUMNS[piece.layout.subject][field]
        answer = _answer(piece, field, word)
        if answer and column.shape in ("rating", "strength"):
            said.setdefault(column.label, []).append(f"{_short(word)} is {answer}")
            border = border or (column.shape == "rating" and answer == "5")
    lines = [f"{label}: {', '.join(pairs[:8])}" for label, pairs in said.items()]
    return [*lines, "5 lies on the border and counts as high"] if border else lines


def _answer(piece: Piece, field: str, word: str) -> str | None:
    """What a word is taken for: what a person said, or what it usually means; None where it is not known."""
    column = COLUMNS[piece.layout.subject][field]
    return piece.meanings.get((field, word), cells.usual(column, word) or None)


def settings(file: Brought, name: str) -> None:
    """All that can be changed by hand about the reading of one table."""
    piece = file.pieces[name]
    key = f"files.reading.{file.id}.{name}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _select("What is in it", list(LABELS), piece.layout.subject, _noun, f"{key}.subject", _take_as, piece)
        lines: list[int | None] = [None, *range(min(len(piece.sheet.rows), columns.LOOKED_AT))]
        _select("Header", lines, piece.layout.header_row, _line, f"{key}.header", _take_header, piece)
        if piece.sheet.format == "CSV":
            found = _codec(piece.sheet.encoding) or piece.sheet.encoding
            offered = [*([] if found in ENCODINGS else [found]), *ENCODINGS]
            _select("Encoding", offered, found, _called, f"{key}.encoding", _read_again, file, "encoding")
            _select(
                "Columns separated by",
                list(DELIMITERS),
                piece.sheet.delimiter,
                lambda sign: SIGNS[sign],
                f"{key}.delimiter",
                _read_again,
                file,
                "delimiter",
            )
    if piece.layout.decisions:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for one in piece.layout.decisions:
                _decision(one, piece, f"{key}.decision")
    _columns(piece, key)


def _select(label: str, options: list, now: object, called: Callable, key: str, then: Callable, *args: object) -> None:  # type: ignore[type-arg]
    st.session_state[key] = now  # the reading is the truth: one choice may change another
    st.selectbox(label, options, format_func=called, key=key, on_change=then, args=(key, *args), width=200)


def _columns(piece: Piece, key: str) -> None:
    labels = headings.offered(piece.layout.subject)
    names = columns.headings(piece.sheet, piece.layout)
    first = 0 if piece.layout.header_row is None else piece.layout.header_row + 1
    st.markdown("**Columns of the file**")
    grid = st.columns(4)
    for index, heading in enumerate(names[:MOST_COLUMNS]):
        sample = next(
            (str(row[index]) for row in piece.sheet.rows[first:] if index < len(row) and row[index] is not None), ""
        )
        choice = f"{key}.column.{index}"
        st.session_state[choice] = piece.layout.columns[index]
        grid[index % 4].selectbox(
            texts.as_typed(_short(heading)),
            [None, *labels],
            format_func=lambda field: labels[field] if field else "Leave out",
            key=choice,
            help=f"The first is: {texts.as_typed(_short(sample))}" if sample else "This column is empty",
            on_change=_give,
            args=(choice, piece, index),
        )
    if len(names) > MOST_COLUMNS:
        st.caption(f"and {len(names) - MOST_COLUMNS} more columns, read as the line above says.")


def unknown(file: Brought, name: str) -> None:
    """The words nobody knew; to give them a meaning is a choice, not a duty."""
    piece = file.pieces[name]
    asked = sorted(piece.asked.items(), key=lambda entry: -entry[1])
    grid = st.columns(3) if len(asked) > 2 else [st.container()] * 3
    for index, ((field, word), count) in enumerate(asked[:MOST_WORDS]):
        column = COLUMNS[piece.layout.subject][field]
        nothing = "Leave as it is" if column.required else "Leave empty"
        key = f"files.word.{file.id}.{name}.{field}.{word}"
        st.session_state[key] = _answer(piece, field, word) or ""
        grid[index % 3].selectbox(
            f"“{texts.as_typed(_short(word))}” as {column.label.lower()}, {words.counted(count, 'line')}",
            ["", *cells.offered(column)],
            format_func=partial(_or, nothing),
            key=key,
            on_change=_mean,
            args=(key, piece, field, word),
        )
    if len(asked) > MOST_WORDS:
        st.caption(f"and {len(asked) - MOST_WORDS:,} rarer words, left empty.")


def near(file: Brought, name: str) -> None:
    """Did you mean …: a choice for each new name that is nearly a listed one."""
    piece = file.pieces[name]
    grid = st.columns(2) if len(piece.near) > 2 else [st.container()] * 2
    for index, (place, one) in enumerate([*piece.near.items()][:MOST_WORDS]):
        key = f"files.near.{file.id}.{name}.{'.'.join(place)}"
        labels = texts.apart(dict(one.like))
        st.session_state[key] = piece.same.get(place) or ""
        grid[index % 2].selectbox(
            f"“{texts.as_typed(_short(one.name))}”: did you mean",
            ["", *labels],
            format_func=partial(_same_as, labels),
            key=key,
            on_change=_same,
            args=(key, piece, place),
        )
    if len(piece.near) > MOST_WORDS:
        st.caption(f"and {len(piece.near) - MOST_WORDS:,} more, taken as new.")


# ---- callbacks ------------------------------------------------------------------------------------------------------


def _tick(key: str, file: Brought, name: str) -> None:
    wanted = {*file.chosen, name} if st.session_state[key] else {*file.chosen} - {name}
    file.chosen = [one for one in file.pieces if one in wanted] or file.chosen[:1]
    if name in file.chosen:
        st.session_state[f"files.sheet.{file.id}"] = name


def _add_missing(key: str, piece: Piece) -> None:
    piece.add_missing = st.session_state[key]


def _leave_out(key: str, piece: Piece, extra: left_out.Extra) -> None:
    piece.layout = columns.with_extra(piece.sheet, piece.layout, extra, comes=not st.session_state[key])
    piece.asked, piece.near = {}, {}


def _take_as(key: str, piece: Piece) -> None:
    piece.layout = columns.understood(piece.sheet, subject=st.session_state[key], renamed=piece.renamed)
    piece.meanings, piece.asked, piece.near, piece.same = {}, {}, {}, {}


def _take_header(key: str, piece: Piece) -> None:
    piece.layout = columns.understood(
        piece.sheet, subject=piece.layout.subject, header_row=st.session_state[key], renamed=piece.renamed
    )
    piece.asked, piece.near = {}, {}


def _read_again(key: str, file: Brought, what: str) -> None:
    sheet = next(iter(file.pieces.values())).sheet
    wishes = {"encoding": _codec(sheet.encoding), "delimiter": sheet.delimiter}
    wishes[what] = _codec(st.session_state[key]) if what == "encoding" else st.session_state[key]
    before = dict(file.pieces)
    read(file, **wishes)
    if file.refused:
        file.notice, file.refused = file.refused, ""
        file.pieces, file.chosen = before, list(before)


def _codec(label: str) -> str | None:
    """The encoding to ask for; one that was found out has to be found out again."""
    return label if label in ENCODINGS else {"UTF-8": "utf-8", "Windows-1252": "cp1252"}.get(label)


def _called(encoding: str) -> str:
    return SCRIPTS.get(encoding, encoding)


def _give(key: str, piece: Piece, index: int) -> None:
    piece.layout = columns.assigned(piece.sheet, piece.layout, {index: st.session_state[key]})
    piece.asked, piece.near = {}, {}


def _decide(key: str, piece: Piece, field: str) -> None:
    piece.layout = columns.decided(piece.layout, field, st.session_state[key])


def _mean(key: str, piece: Piece, field: str, word: str) -> None:
    meaning = st.session_state[key]
    if meaning or cells.usual(COLUMNS[piece.layout.subject][field], word):
        piece.meanings[field, word] = meaning
    else:
        piece.meanings.pop((field, word), None)


def _same(key: str, piece: Piece, place: near_names.Key) -> None:
    piece.same[place] = st.session_state[key] or None


def _same_as(labels: Mapping[uuid.UUID, str], meant: uuid.UUID | Literal[""]) -> str:
    return labels[meant] if meant else "None of these, it is new"


def _or(nothing: str, value: str) -> str:
    return value or nothing


def _noun(subject: Subject) -> str:
    return imports.NOUNS[subject][1].capitalize()


def _line(row: int | None) -> str:
    return "No header" if row is None else f"In line {row + 1}"


def _short(text: str) -> str:
    return words.shortened(text, 40)

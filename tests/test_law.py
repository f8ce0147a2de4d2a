"""Who may import whom, and the traps of Streamlit's file layout."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent


def test_imports_go_downwards_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_screen_lies_beside_the_entry_script() -> None:
    """Scripts directly in pages/ switch Streamlit to its older multipage mode, and deep links lose the frame."""
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["main.py"]


def test_streamlit_finds_the_server_by_reading_app_py() -> None:
    assigned = [node for node in ast.parse((ROOT / "app.py").read_text("utf-8")).body if isinstance(node, ast.Assign)]
    calls = [ast.unparse(node.value) for node in assigned if ast.unparse(node.targets[0]) == "app"]
    assert len(calls) == 1
    assert calls[0].startswith("st.App(")
    assert "__file__" not in calls[0].split(",")[0]


JAVASCRIPT = [
    path
    for pattern in ("copdash/**/*.js", "copdash/**/*.html")
    for path in ROOT.glob(pattern)
    if "vendor" not in path.parts
]
# `x.onclick = …`, `x["onclick"] = …`; fields of our own that merely begin so are no handlers
HANDLER = re.compile(r"""(?:\.|\[\s*["'`])on(?!ly\b|ce\b|e\b)[a-z]+(?:["'`]\s*\])?\s*=(?!=)|setAttribute\(\s*["'`]on""")


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("node.onclick = () => {};", True),
        ("link.onload = link.onerror = done;", True),
        ("input['onkeydown']=f", True),
        ('node.setAttribute("onclick", "go()")', True),
        ("if (node.onclick === null) return;", False),
        ("this.only = element('input');", False),
        ("this.on = on;", False),
        ('node.addEventListener("click", act);', False),
    ],
)
def test_a_handler_set_as_a_property_is_recognised(line: str, refused: bool) -> None:
    assert bool(HANDLER.search(line)) == refused


def test_no_handler_takes_a_key_from_the_person_by_what_it_returns() -> None:
    """A handler set as a property that returns false prevents what the key or click does; a listener's does not."""
    assert len(JAVASCRIPT) > 60
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in JAVASCRIPT
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if HANDLER.search(line)
    ]
    assert found == []


OURS = [*ROOT.glob("copdash/**/*.py"), *ROOT.glob("pages/**/*.py"), *JAVASCRIPT]
SECOND_FORMATTERS = {
    "a day or a moment": re.compile(
        r"""\{[^{}]*:[^{}"']*%(?:[aAbB]|d[ ./])|\bstrftime\b|toLocale(?:Date|Time)?String|DateTimeFormat"""
        r"""|["']Jan(?:uary)?["'],? *["']Feb"""
    ),
    "one or several": re.compile(
        r"""["'](?:1 )?\w+["'] if [^{}]*[!=]= 1 else f?["'][\w{]|[!=]== 1 \? ["'`]\w+["'`] : ["'`]\w"""
        r"""|\{\w+\} \{?\w+\}?["'] if [^{}]* == 1 else f"""
    ),
    "a list": re.compile(r"""["'] and ["']\.join|\[:-1\]\)\} and |rsplit\(", ["']|join\(["'] and ["']\)"""),
    "a shortened text": re.compile(
        r"""\[ ?: ?[\w .-]+\](?:\.rstrip\(\))?(?:\}|\s\+\s["'])…|slice\(0, [^)]*\)(?:\.trimEnd\(\))?\}…"""
    ),
}
"""What says in a place of its own what copdash/words.py and boards/shared/words.js say, in the machine's words too."""
MAY = {
    "copdash/words.py",
    "copdash/components/boards/shared/words.js",
    "copdash/components/boards/shared/words_tables.js",
    "copdash/store.py",
}
"""The modules of words; the name of a store's copy is for the machine."""


@pytest.mark.parametrize(
    ("what", "line", "refused"),
    [
        ("a day or a moment", 'f"{when:%d %b %Y}"', True),
        ("a day or a moment", 'f"{on.day} {on:%b %Y}"', True),
        ("a day or a moment", 'f"{when:%B}"', True),
        ("a day or a moment", 'f"{when:%d.%m.%Y}"', True),
        ("a day or a moment", 'f"{day:%Y%m%d} {at:%H:%M}"', False),
        ("a day or a moment", "stamp.strftime(form)", True),
        ("a day or a moment", 'const MONTHS = ["Jan", "Feb"];', True),
        ("a day or a moment", "new Date(at).toLocaleDateString()", True),
        ("a day or a moment", 'format="%d%%"', False),
        ("a day or a moment", 'f"{share:.0%} of {len(names)}"', False),
        ("a day or a moment", "words.day(row.starts_on)", False),
        ("one or several", "f\"{count} {'tie' if count == 1 else 'ties'}\"", True),
        ("one or several", 'have = "has" if len(top) == 1 else "have"', True),
        ("one or several", 'return f"{n} {noun}" if n == 1 else f"{n} {noun}s"', True),
        ("one or several", '"1 day" if days == 1 else f"{days} days"', True),
        ("one or several", '`${n} ${n === 1 ? "day" : "days"} later`', True),
        ("one or several", "words.counted(count, 'tie')", False),
        ("one or several", "row = found[0] if len(found) == 1 else None", False),
        ("a list", "f\"{', '.join(names[:-1])} and {names[-1]}\"", True),
        ("a list", '" and ".join(parts)', True),
        ("a list", 'names.join(" and ")', True),
        ("a list", "words.listed(names, 3)", False),
        ("a shortened text", 'f"{text[:38]}…"', True),
        ("a shortened text", 'summary[:157] + "…"', True),
        ("a shortened text", "`${line.slice(0, longest - 1)}…`", True),
        ("a shortened text", 'f"{len(text[:38])} … more"', False),
    ],
)
def test_a_second_formatter_is_recognised(what: str, line: str, refused: bool) -> None:
    assert bool(SECOND_FORMATTERS[what].search(line)) == refused


@pytest.mark.parametrize("what", SECOND_FORMATTERS)
def test_only_one_place_says(what: str) -> None:
    assert len(OURS) > 200
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in OURS
        if str(path.relative_to(ROOT)) not in MAY and "migrations" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if SECOND_FORMATTERS[what].search(line)
    ]
    assert found == [], "say it with copdash/words.py or boards/shared/words.js"


def test_what_a_person_types_in_a_browser_test_are_keys() -> None:
    """`fill()` puts the text in without a key: a field that swallows keys passes such a test."""
    calls = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "tests" / "browser").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "fill"
    ]
    assert calls == []


ASKED = re.compile(r"\bsession\.(get|exec|execute|scalars?|add(_all)?|delete|flush|merge|commit|connection)\(")


def test_screens_ask_the_subjects_and_never_the_session() -> None:
    """What is asked and changed has a name in its subject, with its rules; a screen only hands the session on."""
    assert ASKED.search("now = session.get(Meeting, row.id)")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("copdash/ui", "pages")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if ASKED.search(line)
    ]
    assert found == []

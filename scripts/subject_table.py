"""Writes the table «subject → files» into docs/architecture.md: `python scripts/subject_table.py`.

Verbs and rules are given to subjects here, each module to one. The rest is read from the code: tables stand in the
module of their subject; exchange, ui and pages belong to the subjects whose tables or verbs they import, pages also
through parts of screens; boards to those whose gestures they send.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- subjects, by scripts/subject_table.py -->", "<!-- end of subjects -->"
VERBS = {
    "case_studies": ("case_studies", "register", "overviews", "examples", "transfers"),
    "stakeholders": ("stakeholders",),
    "duplicates": ("duplicates",),
    "relations": ("relations",),
    "meetings": ("meetings", "meeting_series", "meeting_merges", "roadmap_templates"),
    "milestones": ("milestones",),
    "agendas": ("agendas",),
    "preparations": ("preparations",),
    "baselines": ("baselines",),
    "reviews": ("reviews",),
    "versions": ("versions",),
    "calls": ("calls",),
    "actions": ("actions",),
    "people": ("people",),
    "history": ("history", "undoing"),
}
"""The modules of `copdash` that hold the verbs and questions of a subject, by the name of its module of tables."""
ANALYSIS = {
    "stakeholders": ("quadrants", "saliences", "engagements", "compositions", "organisations"),
    "duplicates": ("duplicates",),
    "relations": (
        *("networks", "network_sentences", "layouts", "filters", "surroundings"),
        *("standings", "standing_sentences", "introductions"),
    ),
    "meetings": (
        *("roadmaps", "roadmap_checks", "roadmap_rules", "roadmap_settings"),
        *("series", "recurrences", "clashes", "public_holidays"),
    ),
    "agendas": ("agenda_methods",),
    "baselines": ("slips",),
    "reviews": ("roadmap_news",),
    "versions": ("movements",),
    "actions": ("action_lines", "engagement_strategies"),
}
"""The modules of `copdash.analysis` with the rules of a subject."""
SENT = re.compile(r"""import \{([^}]*)\} from "[./]*(?:shared/)?gestures\.js\"""")
"""What a board imports of the gestures that it may send."""
COLUMNS = ("Subject", "Tables", "Verbs", "Analysis", "Boards", "Exchange", "ui", "Pages")


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports: `copdash.models.Meeting` for `from copdash.models import Meeting`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{one.name}" for one in node.names}
    return found


def uses(names: set[str], wanted: set[str]) -> bool:
    """Whether one of `wanted` is among these names, or something out of it is."""
    return any(name == one or name.startswith(f"{one}.") for name in names for one in wanted)


def tables(subject: str) -> dict[str, str]:
    """The tables of a subject: class -> name in the database."""
    module = importlib.import_module(f"copdash.models.{subject}")
    own = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]
    return {one.__name__: str(one.__tablename__) for one in own if hasattr(one, "__tablename__")}


def boards(modules: set[str]) -> list[str]:
    """The folders of boards that send a gesture of these modules."""
    from copdash import gestures

    sent = {one.name for one in gestures.sent_by_boards() if one.verb.__module__ in modules}
    folder = ROOT / "copdash" / "components" / "boards"
    families = {path.parent.name: set[str]() for path in folder.glob("*/*.js") if path.parent.name != "vendor"}
    for path in folder.glob("*/*.js"):
        for names in SENT.findall(path.read_text("utf-8")):
            families[path.parent.name] |= {name.strip() for name in names.split(",")}
    return sorted(family for family, names in families.items() if names & sent)


def python(folder: str) -> dict[Path, set[str]]:
    """The modules of a folder with what they import."""
    return {path: imported(path) for path in sorted((ROOT / folder).rglob("*.py")) if path.name != "__init__.py"}


def rows() -> list[tuple[str, ...]]:
    """The cells of the table, a row a subject."""
    exchange, ui, pages = python("copdash/exchange"), python("copdash/ui"), python("pages")
    found: list[tuple[str, ...]] = []
    for subject, modules in VERBS.items():
        verbs = {f"copdash.{name}" for name in modules}
        rooms = tables(subject)
        data = {f"copdash.models.{name}" for name in rooms}
        here = {path for path, names in ui.items() if uses(names, verbs)}
        parts = {_dotted(path) for path in here if path.parent.name != "habits"}
        found.append(
            (
                subject.replace("_", " "),
                _cell(rooms.values()),
                _cell(modules),
                _cell(ANALYSIS.get(subject, ())),
                _cell(boards(verbs)),
                _cell(path.stem for path, names in exchange.items() if uses(names, verbs | data)),
                _cell(sorted(f"{path.parent.name}/{path.stem}" for path in here)),
                _cell(
                    f"{path.parent.name}/{path.stem}" if path.stem != "main" else "main"
                    for path, names in pages.items()
                    if uses(names, verbs | parts)
                ),
            )
        )
    return found


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _cell(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def table() -> str:
    """The table as Markdown."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *rows()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told() -> str:
    """docs/architecture.md as it has to be."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(told(), "utf-8")

"""Plans of MS Project (XML, MSPDI) and GanttProject (.gan) as meetings and milestones of `plan_sheets.Plan`.

Belongs to the child process of `reading`. Document types and entities are refused (`safe_xml`), so nothing in a file
can grow or reach outside it; depth, size and number of what is kept are bounded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from copdash.exchange import safe_xml

DEEPEST = 60
LONGEST = 100_000
MOST_TASKS = 20_000

_PROJECT = frozenset(("GUID", "Name", "Title", "CreationDate", "DefaultStartTime"))
_TASK = frozenset(
    ("UID", "GUID", "Name", "Start", "Finish", "Duration", "Milestone", "Summary", "Active", "IsNull", "Notes")
)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NO_TIME = re.compile(r"P(?:0D)?T?0H0M0S|PT?0[HMSD]")
_USUAL_START = "08:00"


def kind(top: bytes) -> str:
    """“MS Project” or “GanttProject” if XML that begins so may be such a plan, else nothing."""
    text = top.replace(b"\0", b"")
    if b"schemas.microsoft.com/project" in text and b"<Project" in text:
        return "MS Project"
    if re.search(rb"<project\s", text) and re.search(rb"\s(?:view-date|gantt-divider-location)=|<tasks\b", text):
        return "GanttProject"
    return ""


def fill(plan: Any, name: str, data: bytes) -> None:
    """Read the file into the plan. Raises what `plan.refused` is, with a sentence."""
    reader = _Project(plan) if name == "MS Project" else _Gantt(plan)
    safe_xml.read(data, reader, plan.refused, "plan")
    reader.finish()


class _Reader:
    """Path and text, each within its bounds."""

    def __init__(self, plan: Any) -> None:
        self.plan = plan
        self.path: list[str] = []
        self.text: list[str] | None = None
        self._size = 0
        self._tasks = 0

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        self.path.append(tag.rpartition(":")[2])
        if len(self.path) > DEEPEST:
            raise self.plan.refused("This file is nested too deeply to be a plan.")
        self.opened(self.path[-1], given)

    def end(self, _tag: str) -> None:
        name = self.path.pop()
        text, self.text = ("".join(self.text) if self.text is not None else ""), None
        self.closed(name, text)

    def words(self, text: str) -> None:
        if self.text is not None:
            self._size += len(text)
            if self._size > LONGEST:
                raise self.plan.refused("A text in this file is too long.")
            self.text.append(text)

    def listen(self) -> None:
        self.text, self._size = [], 0

    def counted(self) -> None:
        self._tasks += 1
        if self._tasks > MOST_TASKS:
            raise self.plan.refused(f"This plan has more than {MOST_TASKS:,} tasks. Save the part that is needed here.")

    def opened(self, name: str, given: Mapping[str, str]) -> None:
        raise NotImplementedError

    def closed(self, name: str, text: str) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        raise NotImplementedError


# ---- MS Project -----------------------------------------------------------------------------------------------------


class _Project(_Reader):
    def __init__(self, plan: Any) -> None:
        super().__init__(plan)
        self.project: dict[str, str] = {}
        self.task: dict[str, str] = {}
        self.tasks: list[dict[str, str]] = []

    def opened(self, name: str, given: Mapping[str, str]) -> None:
        if self.path[1:] == ["Tasks", "Task"]:
            self.counted()
            self.task = {}
        elif (self.path[1:3] == ["Tasks", "Task"] and len(self.path) == 4 and name in _TASK) or (
            len(self.path) == 2 and name in _PROJECT
        ):
            self.listen()

    def closed(self, name: str, text: str) -> None:
        if self.path[1:] == ["Tasks", "Task"] and name in _TASK:
            self.task.setdefault(name, text.strip())
        elif len(self.path) == 1 and name in _PROJECT:
            self.project.setdefault(name, text.strip())
        elif name == "Task" and self.path[1:] == ["Tasks"]:
            self.tasks.append(self.task)

    def finish(self) -> None:
        """A task is known again by its own id in the world, or by its number in this one project."""
        usual = self.project.get("DefaultStartTime", "")[:5] or _USUAL_START
        created = self.project.get("CreationDate", "")
        ours = self.project.get("GUID") or (
            created and f"{created}/{self.project.get('Name') or self.project.get('Title', '')}"
        )
        for task in self.tasks:
            title = task.get("Name", "")
            if task.get("IsNull") == "1" or (task.get("UID") == "0" and task.get("Summary") != "0"):
                continue  # an empty line, and the project itself
            if task.get("Summary") == "1":
                self.plan.passed("only sums up the lines below", title)
                continue
            if task.get("Active") == "0":
                self.plan.passed("switched off in the plan", title)
                continue
            start, finish = _moment(task.get("Start", "")), _moment(task.get("Finish", ""))
            begins = f"{start:%H:%M}" if start and f"{start:%H:%M}" not in (usual, "00:00") else ""
            number = task.get("UID", "")
            uid = task.get("GUID") or (f"{ours}/{number}" if ours and number else "")
            self.plan.task(
                title,
                (start.date() if start else None, finish.date() if finish else None),
                begins=begins,
                milestone=task.get("Milestone") == "1" or bool(_NO_TIME.fullmatch(task.get("Duration", ""))),
                notes=task.get("Notes", ""),
                uid=f"msproject/{uid}"[:400] if uid else "",
            )


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


# ---- GanttProject ---------------------------------------------------------------------------------------------------


class _Gantt(_Reader):
    def __init__(self, plan: Any) -> None:
        super().__init__(plan)
        self.open: list[dict[str, str]] = []
        self.tasks: list[dict[str, str]] = []
        self.free = {5, 6}
        self.holidays: set[tuple[int, int, int]] = set()

    def opened(self, name: str, given: Mapping[str, str]) -> None:
        if name == "task" and "name" in given:
            self.counted()
            if self.open:
                self.open[-1]["parent"] = "yes"
            self.open.append({**given, "parent": ""})
            self.tasks.append(self.open[-1])
        elif name == "notes" and self.open:
            self.listen()
        elif name == "default-week":
            self.free = {number for number, day in enumerate(_WEEK) if given.get(day) == "1"}
            if len(self.free) == len(_WEEK):
                self.free = set()
        elif name == "date" and given.get("type", "HOLIDAY") == "HOLIDAY":
            when = [given.get(part, "") for part in ("year", "month", "date")]
            if all(part.isdecimal() and len(part) < 5 for part in when[1:]) and len(self.holidays) < 5_000:
                year = int(when[0][:5]) if when[0].isdecimal() else 0  # 0: every year
                self.holidays.add((year, int(when[1]), int(when[2])))

    def closed(self, name: str, text: str) -> None:
        if name == "task" and self.open and "task" in (*self.path, name):
            self.open.pop()
        elif name == "notes" and self.open and text.strip():
            self.open[-1].setdefault("notes", text.strip())

    def finish(self) -> None:
        for task in self.tasks:
            title = task.get("name", "")
            if task["parent"]:
                self.plan.passed("only sums up the lines below", title)
                continue
            start = _moment(task.get("start", ""))
            digits = task.get("duration", "")
            length = int(digits) if digits.isdecimal() and len(digits) < 5 else 1
            milestone = task.get("meeting") == "true" or length == 0  # what GanttProject calls a milestone in its files
            first = start.date() if start else None
            last = self._last(first, length) if first and not milestone else first
            uid = task.get("uid", "")
            self.plan.task(
                title,
                (first, last),
                milestone=milestone,
                notes=task.get("notes", ""),
                uid=f"gantt/{uid}"[:400] if uid else "",
            )

    def _last(self, first: dt.date, length: int) -> dt.date:
        """The day on which so many working days are over."""
        day, left = first, length
        for _ in range(20_000):
            left -= self._works(day)
            if left <= 0:
                break
            day += dt.timedelta(days=1)
        return day

    def _works(self, day: dt.date) -> bool:
        dated = {(day.year, day.month, day.day), (0, day.month, day.day)}
        return day.weekday() not in self.free and not dated & self.holidays

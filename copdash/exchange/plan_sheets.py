"""What a plan of another program says, as the rows of two sheets: meetings and milestones, with remarks.

Belongs to the child process of `reading` and, like it, imports nothing of COPDash. The headings are ours, so that each
column is understood. What does not come in is counted by reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

MEETINGS, MILESTONES = "Meetings", "Milestones"
MOST = 5_000
LONGEST = 20_000
UID = "Calendar UID"
"""The heading of the id by which a second file says that a meeting is the same one."""

_MEETING = (
    "Title",
    "Kind",
    "Start",
    "End",
    "Begins at",
    "Certainty",
    "Place",
    "Online link",
    "Organiser",
    "Moderator",
    "Goals",
    "Series",
    UID,
)
_MILESTONE = ("Milestone", "Due", "Notes", UID)
_TITLES = 3
"""So many of what was passed over are named."""

Cell = str | int | float | bool | None


class Plan:
    """What a file says so far."""

    def __init__(self, refused: type[Exception], form: str) -> None:
        self.refused = refused
        self.form = form
        self.meetings: list[dict[str, str]] = []
        self.milestones: list[dict[str, str]] = []
        self._passed: dict[str, list[str]] = {}
        self._remarks: dict[str, None] = {}

    def meeting(self, values: Mapping[str, str]) -> None:
        """A meeting: values by heading; empty ones do not matter."""
        self._room()
        self.meetings.append(_kept(values))

    def milestone(self, values: Mapping[str, str]) -> None:
        """A milestone: values by heading."""
        self._room()
        self.milestones.append(_kept(values))

    def task(
        self,
        title: str,
        days: tuple[dt.date | None, dt.date | None],
        *,
        begins: str = "",
        milestone: bool = False,
        notes: str = "",
        uid: str = "",
    ) -> None:
        """A line of a project plan: a milestone where it takes no time, else a meeting of some days."""
        title, (first, last) = " ".join(title.split()), days
        if not title:
            self.passed("no title")
        elif milestone and not (first or last):
            self.passed("a milestone without a day", title)
        elif milestone:
            due = last or first
            self.milestone({"Milestone": title, "Due": due.isoformat() if due else "", "Notes": notes, UID: uid})
        else:
            self.said("Tasks come in as tentative meetings; leave out or delete those that are none.")
            self.meeting(
                {
                    "Title": title,
                    "Start": first.isoformat() if first else "",
                    "End": last.isoformat() if first and last and last >= first else "",
                    "Begins at": begins,
                    "Goals": notes,
                    UID: uid,
                }
            )

    def _room(self) -> None:
        if len(self.meetings) + len(self.milestones) >= MOST:
            raise self.refused(
                f"This plan has more than {MOST:,} meetings and milestones. Export a shorter time, or one calendar."
            )

    def passed(self, reason: str, title: str = "") -> None:
        """Something that does not come in. The reason says what each is: "no day"."""
        self._passed.setdefault(reason, []).append(" ".join(title.split())[:60])

    def said(self, remark: str) -> None:
        """A sentence about the whole file."""
        self._remarks[remark] = None

    def remarks(self) -> list[str]:
        """What was passed over by reason, with the first titles, and what there is to say besides."""
        found = []
        for reason, titles in list(self._passed.items())[:12]:
            named = [f"“{title}”" for title in dict.fromkeys(titles) if title][:_TITLES]
            more = " …" if named and len(titles) > len(named) else ""
            behind = f" ({', '.join(named)}{more})" if named else ""
            found.append(f"{len(titles):,} passed over: {reason}{behind}.")
        return [*found, *list(self._remarks)[:8]]

    def answer(self, wanted: str | None) -> dict[str, Any]:
        """The rows of the wanted sheet as `reading.rows_of` answers; the meetings' by default."""
        sheets: dict[str, list[list[Cell]]] = {}
        for name, heads, rows in ((MEETINGS, _MEETING, self.meetings), (MILESTONES, _MILESTONE, self.milestones)):
            used = [head for head in heads if any(head in row for row in rows)]
            if rows:
                found: list[list[Cell]] = [[row.get(head) for head in used] for row in rows]
                sheets[name] = [list(used), *found]
        if not sheets:
            why = " ".join(self.remarks()[:6])
            raise self.refused(f"There is no meeting and no milestone in this file ({self.form}). {why}".strip())
        name = wanted if wanted in sheets else next(iter(sheets))
        return {
            "format": self.form,
            "rows": sheets[name],
            "sheet": name,
            "sheets": list(sheets),
            "remarks": self.remarks(),
        }


def _kept(values: Mapping[str, str]) -> dict[str, str]:
    return {head: text[:LONGEST] for head, text in values.items() if text.strip()}

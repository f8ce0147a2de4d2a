"""Calendar files (.ics) of Outlook, Google, Apple and others as meetings and milestones of `plan_sheets.Plan`.

Belongs to the child process of `reading` and imports nothing of COPDash. Each event is read by icalendar for itself, so
that a broken one takes no other along; people invited, alarms and attachments are not looked at.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import warnings
import zoneinfo
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

MOST_TIMES = 60
"""So often a meeting that comes again comes in; those nearest to a year from now, or from its beginning."""

_CALENDAR = re.compile(r"^\s*BEGIN\s*:\s*(?:VCALENDAR|VEVENT|VTODO)\s*$", re.IGNORECASE | re.MULTILINE)
_TOP = 8_000
_READ = frozenset(
    "UID SEQUENCE DTSTART DTEND DURATION DUE SUMMARY DESCRIPTION LOCATION STATUS URL ORGANIZER CLASS RRULE RDATE "
    "EXDATE RECURRENCE-ID X-GOOGLE-CONFERENCE X-MICROSOFT-SKYPETEAMSMEETINGURL CATEGORIES".split()
)
_KINDS = ("CoP meeting", "Site visit", "Training", "One-on-one", "Cross-fertilisation")
_OTHERS = {"VJOURNAL": "a note", "VFREEBUSY": "a time that is taken"}
_STEPS = 20_000
_RULE_ENDS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST")
_RULES = {
    "DAILY": "BYDAY",
    "WEEKLY": "BYDAY BYMONTH",
    "MONTHLY": "BYDAY BYMONTH BYMONTHDAY BYSETPOS",
    "YEARLY": "BYDAY BYMONTH BYMONTHDAY BYSETPOS",
}
"""What a rule may say: another part could look for a day that never comes, up to the year 9999."""
_LINK = re.compile(r"https?://[^\s<>\"]{4,400}")

Span = tuple[dt.date, dt.date, str]
"""First day, last day, and when it begins as HH:MM or "" for whole days."""


def is_calendar(text: str) -> bool:
    """Whether a text begins as a calendar file does."""
    return _CALENDAR.search(text[:_TOP].replace("\r\n", "\n").replace("\r", "\n")) is not None


def fill(plan: Any, text: str, zone: str) -> None:
    """Read the text into the plan; times are brought into the time zone `zone`, where one is given."""
    _Calendar(plan, zone).read(text)


class _Calendar:
    def __init__(self, plan: Any, zone: str) -> None:
        self.plan = plan
        self.zone: zoneinfo.ZoneInfo | None = None
        try:
            self.zone = zoneinfo.ZoneInfo(zone) if zone else None
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            self.zone = None
        self.called_off = False
        self.masters: dict[str, Any] = {}
        self.single: dict[tuple[str, dt.date], Any] = {}
        self.nameless: list[Any] = []
        self.today = dt.datetime.now(dt.UTC).date()

    def read(self, text: str) -> None:
        from icalendar import Event, Timezone, Todo

        for name, lines in _components(self, text):
            maker = {"VEVENT": Event, "VTODO": Todo, "VTIMEZONE": Timezone}[name]
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    made = maker.from_ical("\r\n".join(lines) + "\r\n")
            except MemoryError:
                raise
            except Exception:  # whatever a library stumbles over in a foreign file, it is one event
                if name != "VTIMEZONE":
                    self.plan.passed("could not be read", _raw_title(lines))
                continue
            if name != "VTIMEZONE":
                self._guarded(self._sort if name == "VEVENT" else self._task, made, _raw_title(lines))
        for uid, master in self.masters.items():
            self._guarded(lambda one, uid=uid: self._event(uid, one), master, _text(master, "SUMMARY"))
        for (uid, day), one in self.single.items():
            self._guarded(
                lambda event, uid=uid, day=day: self._once(event, f"{uid}/{day:%Y%m%d}", series=uid),
                one,
                _text(one, "SUMMARY"),
            )
        for one in self.nameless:
            self._guarded(lambda event: self._event("", event), one, _text(one, "SUMMARY"))

    def _guarded(self, take: Any, event: Any, title: str) -> None:
        try:
            take(event)
        except self.plan.refused:
            raise
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError, LookupError):
            self.plan.passed("could not be read", title)

    def _sort(self, event: Any) -> None:
        """The newest version of each; changes to one of many times apart."""
        uid, again = _text(event, "UID")[:400], event.get("RECURRENCE-ID")
        if not uid:
            self.nameless.append(event)
            return
        if again is not None:
            place: dict[Any, Any] = self.single
            key: Any = (uid, self._local(_first(again).dt)[0])
        else:
            place, key = self.masters, uid
        if key in place:
            self.plan.passed("a newer version is in the file", _text(event, "SUMMARY"))
            if _sequence(event) < _sequence(place[key]):
                return
        place[key] = event

    # ---- one event --------------------------------------------------------------------------------------------------

    def _event(self, uid: str, event: Any) -> None:
        rule = event.get("RRULE")
        if rule is None and event.get("RDATE") is None:
            self._once(event, uid)
            return
        span = self._span(event)
        if span is None:
            self._once(event, uid)
            return
        first, last, begins = span
        days = self._days(event, first)
        if not days:
            self._once(event, uid)
            return
        for day in days:
            if (uid, day) not in self.single:
                self._once(
                    event, f"{uid}/{day:%Y%m%d}" if uid else "", series=uid, span=(day, day + (last - first), begins)
                )

    def _once(self, event: Any, uid: str, *, series: str = "", span: Span | None = None) -> None:
        title = " ".join(_text(event, "SUMMARY").split())
        if _text(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
            self.plan.passed("marked as private")
            return
        span = span or self._span(event)
        if span is None:
            self.plan.passed("no day that can be read", title)
            return
        first, last, begins = span
        if not title:
            self.plan.passed("no title", str(first))
            return
        status = "CANCELLED" if self.called_off else _text(event, "STATUS").upper()
        own = uid.endswith("@copdash")
        place, link = " ".join(_text(event, "LOCATION").split()), self._link(event)
        if place and place == link:
            place = ""
        kind = _text(event, "CATEGORIES")
        self.plan.meeting(
            {
                "Title": title,
                "Kind": kind if kind in _KINDS else "",
                "Start": first.isoformat(),
                "End": last.isoformat(),
                "Begins at": begins,
                "Certainty": {"CANCELLED": "Cancelled", "CONFIRMED": "Confirmed", "TENTATIVE": "Tentative"}.get(
                    status, ""
                ),
                "Place": place,
                "Online link": link,
                "Organiser": _organiser(event),
                "Goals": "" if own else _passage(_text(event, "DESCRIPTION")),
                "Series": series,
                "Calendar UID": uid,
            }
        )
        if not own and _text(event, "DESCRIPTION"):
            self.plan.said("Descriptions are taken as goals.")
        if begins and last == first:
            self.plan.said("How long a meeting lasts on its day is not taken over; its agenda says so here.")

    def _link(self, event: Any) -> str:
        for name in ("LOCATION", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "URL"):
            if found := _LINK.search(_text(event, name)):
                return found[0]
        return ""

    def _task(self, todo: Any) -> None:
        title = " ".join(_text(todo, "SUMMARY").split())
        due = todo.get("DUE") or todo.get("DTSTART")
        if due is None or not title:
            self.plan.passed("a task without a day or a title", title)
            return
        day, _ = self._local(_first(due).dt)
        self.plan.milestone(
            {
                "Milestone": title,
                "Due": day.isoformat(),
                "Notes": _passage(_text(todo, "DESCRIPTION")),
                "Calendar UID": _text(todo, "UID")[:400],
            }
        )
        self.plan.said("Tasks with a day are taken as milestones.")

    # ---- when -------------------------------------------------------------------------------------------------------

    def _local(self, value: Any) -> tuple[dt.date, str]:
        """Day and hour where the case study is; whole days have no hour."""
        if not isinstance(value, dt.datetime):
            if not isinstance(value, dt.date):
                raise ValueError("no day")
            return value, ""
        if value.tzinfo is not None and self.zone is not None:
            there = value.astimezone(self.zone)
            if there.replace(tzinfo=None) != value.replace(tzinfo=None):
                self.plan.said(f"Times are brought into the time zone of this case study, {self.zone.key}.")
            value = there
        return value.date(), f"{value:%H:%M}"

    def _span(self, event: Any) -> Span | None:
        """From which day to which, and when it begins. The end of whole days is the day after the last."""
        if event.get("DTSTART") is None:
            return None
        start = _first(event["DTSTART"]).dt
        first, begins = self._local(start)
        end = event.get("DTEND")
        if end is not None:
            last, until = self._local(_first(end).dt)
        elif event.get("DURATION") is not None:
            last, until = self._local(start + _first(event["DURATION"]).dt)
        else:
            return first, first, begins
        if (not begins or until in ("00:00", "")) and last > first:
            last -= dt.timedelta(days=1)
        return first, max(first, last), begins

    def _days(self, event: Any, first: dt.date) -> list[dt.date]:
        """The days on which a meeting comes again, at most `MOST_TIMES` of them."""
        title = _text(event, "SUMMARY")
        horizon = max(self.today, first) + dt.timedelta(days=366)
        days: deque[dt.date] = deque([first], maxlen=MOST_TIMES)
        count = 1
        rule = event.get("RRULE")
        if rule is not None:
            try:
                found = list(self._ruled(_first(rule), first, horizon))
            except (ValueError, TypeError, OverflowError, KeyError, AttributeError):
                self.plan.said(f"How “{title[:60]}” comes again could not be read; it comes in once.")
                found = [first]
            days, count = deque(found, maxlen=MOST_TIMES), len(found)
        for name, take in (("RDATE", True), ("EXDATE", False)):
            for day in self._listed(event, name):
                if take and day not in days:
                    days.append(day)
                elif not take and day in days:
                    days.remove(day)
        if count > MOST_TIMES:
            self.plan.said(
                f"“{title[:60]}” comes again and again: the {MOST_TIMES} meetings up to "
                f"{days[-1] if days else horizon} come in."
            )
        return sorted(days)

    def _ruled(self, rule: Any, first: dt.date, horizon: dt.date) -> Iterator[dt.date]:
        from dateutil.rrule import rrulestr

        said = {str(name).upper(): value for name, value in rule.items()}
        parts = _RULES.get(str((said.get("FREQ") or [""])[0]).upper(), "").split()
        if not set(said) <= {*parts, *_RULE_ENDS} or any(number < 1 for number in said.get("INTERVAL", ())):
            raise ValueError("not a rule that surely comes true soon")
        until = said.pop("UNTIL", None)
        if until:
            horizon = min(self._local(until[0])[0], horizon)
        text = ";".join(f"{name}={','.join(str(one) for one in value)}" for name, value in said.items())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a count together with an end is old, and can be read
            ruled: Any = rrulestr(text, dtstart=dt.datetime.combine(first, dt.time()))
            ruled = ruled.replace(until=dt.datetime.combine(horizon, dt.time()))
        return (moment.date() for moment in islice(ruled, _STEPS))

    def _listed(self, event: Any, name: str) -> Iterator[dt.date]:
        given = event.get(name)
        for one in given if isinstance(given, list) else [] if given is None else [given]:
            for value in islice(getattr(one, "dts", []), _STEPS):
                if isinstance(value.dt, dt.date):
                    yield self._local(value.dt)[0]


# ---- the text -------------------------------------------------------------------------------------------------------


def _components(calendar: _Calendar, text: str) -> Iterator[tuple[str, list[str]]]:
    """Each event, task and time zone with the lines that are read of it. What stands inside of one is left out."""
    unfolded = re.sub(r"(?:\r\n|\r|\n)[ \t]", "", text)
    name, lines, inner = "", [], 0
    for line in re.split(r"\r\n|\r|\n", unfolded):
        key = line.partition(":")[0].partition(";")[0].strip().upper()
        value = line.partition(":")[2].strip().upper()
        if not name:
            if key == "BEGIN" and value in ("VEVENT", "VTODO", "VTIMEZONE"):
                name, lines, inner = value, [f"BEGIN:{value}"], 0
            elif key == "BEGIN" and value in _OTHERS:
                calendar.plan.passed(_OTHERS[value])
            elif key == "METHOD" and value == "CANCEL":
                calendar.called_off = True
            continue
        if key == "BEGIN" and value == name and not inner and name != "VTIMEZONE":
            calendar.plan.passed("could not be read", _raw_title(lines))  # its end is missing
            lines = [f"BEGIN:{value}"]
        elif key == "BEGIN":
            inner += 1
            if name == "VTIMEZONE":
                lines.append(line)
        elif key == "END" and inner and value != name:
            inner -= 1
            if name == "VTIMEZONE":
                lines.append(line)
        elif key == "END":
            yield name, [*lines, f"END:{name}"]
            name, lines = "", []
        elif name == "VTIMEZONE" or (not inner and key in _READ):
            lines.append(line)
    if name and name != "VTIMEZONE":
        calendar.plan.passed("could not be read", _raw_title(lines))


def _raw_title(lines: list[str]) -> str:
    said = (line.partition(":")[2] for line in lines if line.upper().startswith(("SUMMARY:", "SUMMARY;")))
    return re.sub(r"\\([,;\\])", r"\1", next(said, ""))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _text(event: Any, name: str) -> str:
    value = _first(event.get(name)) if event.get(name) not in (None, []) else ""
    if name == "CATEGORIES" and hasattr(value, "cats"):
        value = next(iter(value.cats), "")
    return str(value)


def _sequence(event: Any) -> int:
    try:
        return int(_text(event, "SEQUENCE") or 0)
    except ValueError:
        return 0


def _organiser(event: Any) -> str:
    value = _first(event.get("ORGANIZER")) if event.get("ORGANIZER") is not None else None
    named = str(getattr(value, "params", {}).get("CN", "")) if value is not None else ""
    return " ".join(named.strip("'\"").split())


def _passage(text: str) -> str:
    """A description without the signs of a web page, which some calendars write into it."""
    if re.search(r"</?(?:p|br|b|a|div|span|html|ul|li)\b[^<>]*>", text, re.IGNORECASE):
        text = re.sub(r"<(?:br|/p|/div|/li|/tr)\b[^<>]*>", "\n", text, flags=re.IGNORECASE)
        text = html.unescape(re.sub(r"<[^<>]*>", "", text))
    return re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n")).strip()

"""Series of meetings to begin a roadmap from, laid out between a case study's own dates on days when people work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from copdash.analysis import public_holidays
from copdash.models import CaseStudy, Certainty, MeetingKind, Theme


@dataclass(frozen=True)
class Step:
    """One meeting of a series, in own words."""

    title: str
    goals: str
    expected_outcomes: str
    theme: str = ""


@dataclass(frozen=True)
class Series:
    """A named series of meetings."""

    name: str
    about: str
    steps: tuple[Step, ...]


SERIES: Mapping[str, Series] = {
    "four": Series(
        "Four CoP meetings",
        "One a topic of the NextGen communities: vision, cycles, benefits, governance.",
        (
            Step(
                "CoP 1: a common vision",
                "Get to know each other and say what each wants for the region.",
                "A vision in one page, and the questions the community will work on.",
                Theme.COMMON_VISION.value,
            ),
            Step(
                "CoP 2: closing the cycles",
                "See which water, energy and materials could be used again, and where.",
                "A shared picture of the cycles, with who would have to do what.",
                Theme.CLOSING_CYCLES.value,
            ),
            Step(
                "CoP 3: what it brings and costs",
                "Weigh benefits and costs, and who gains and who pays.",
                "Agreed and disputed benefits, and what has to be known first.",
                Theme.BENEFITS.value,
            ),
            Step(
                "CoP 4: rules and responsibilities",
                "Name what stands in the way in rules and responsibilities, and how to go on.",
                "Barriers with a way around each, and who carries on after the project.",
                Theme.GOVERNANCE.value,
            ),
        ),
    ),
    "six": Series(
        "Six interactions",
        "A story in six steps, as in BINGO: from what worries people to what goes on without the project.",
        (
            Step("1 Meeting each other", "Hear what each lives from, and what worries them.", "A list of concerns."),
            Step(
                "2 Looking ahead", "Imagine the coming decades together.", "Two or three futures that all can picture."
            ),
            Step("3 What is at stake", "See who would be hit by what, and how badly.", "The risks that matter here."),
            Step("4 What could be done", "Gather measures, also those of others.", "A long list, sorted."),
            Step("5 What we would choose", "Compare measures and say why.", "A short list with its reasons."),
            Step("6 Carrying on", "Agree who goes on, with what and with whom.", "Promises with names and dates."),
        ),
    ),
}


def laid_out(series: Series, case_study: CaseStudy, today: dt.date) -> list[dict[str, Any]]:
    """The values of the meetings: the first inside the launch window, the last well before the end, even between.

    Where dates are not set, the first is three months from today and a step takes four months.
    """
    since, until = between(case_study, len(series.steps), today)
    gaps = max(1, len(series.steps) - 1)
    return [
        {
            "title": step.title,
            "kind": MeetingKind.COP_MEETING.value,
            "theme": step.theme,
            "goals": step.goals,
            "expected_outcomes": step.expected_outcomes,
            "certainty": Certainty.TENTATIVE.value,
            "starts_on": working_day(case_study.country, since + (until - since) * number // gaps).isoformat(),
        }
        for number, step in enumerate(series.steps)
    ]


def between(case_study: CaseStudy, count: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days of the first and the last of so many meetings."""
    window_from, window_until = case_study.launch_from, case_study.launch_until
    if window_from and window_until:
        since = window_from + (window_until - window_from) / 2
    elif window_from:
        since = window_from
    elif window_until:
        since = window_until - dt.timedelta(days=30)
    elif case_study.starts_on:
        since = case_study.starts_on + dt.timedelta(days=120)
    else:
        since = today + dt.timedelta(days=90)
    until = since + dt.timedelta(days=122 * (count - 1))
    if case_study.ends_on:
        until = case_study.ends_on - dt.timedelta(days=90)
    return since, max(until, since + dt.timedelta(days=14 * (count - 1)))


def spacing(case_study: CaseStudy) -> str:
    """A sentence about what `between` makes of the dates that are set."""
    begins = bool(case_study.launch_from or case_study.launch_until or case_study.starts_on)
    if begins and case_study.ends_on:
        return "They are laid out between the dates of the case study."
    if begins:
        return "They are laid out four months apart, as the case study has no end date yet."
    if case_study.ends_on:
        return "They are laid out from three months ahead until the case study ends."
    return "They are laid out four months apart from three months ahead, as the case study has no dates yet."


def working_day(country: str, day: dt.date) -> dt.date:
    """The first day from this one on that is a Tuesday, Wednesday or Thursday, and no public holiday there."""
    while day.weekday() not in (1, 2, 3) or public_holidays.holiday(country, day):
        day += dt.timedelta(days=1)
    return day

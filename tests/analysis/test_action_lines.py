"""What a line of notes says as an action."""

from __future__ import annotations

import datetime as dt

import pytest

from copdash.analysis.action_lines import proposed

TODAY = dt.date(2021, 9, 15)  # a Wednesday


@pytest.mark.parametrize(
    ("line", "title", "owner", "due"),
    [
        ("Marta: invite the irrigators by 15 Oct", "Invite the irrigators", "Marta", "2021-10-15"),
        ("Marta Ruiz: invite the irrigators by 3 March", "Invite the irrigators", "Marta Ruiz", "2022-03-03"),
        ("send the list @Kees before 2021-12-01", "Send the list", "Kees", "2021-12-01"),
        ("Kees: read the storyboard in two weeks", "Read the storyboard", "Kees", "2021-09-29"),
        ("Kees: call back by Friday", "Call back", "Kees", "2021-09-17"),
        ("Kees: call back on Wednesday", "Call back", "Kees", "2021-09-22"),
        ("Kees: call back by October 1st, 2021.", "Call back", "Kees", "2021-10-01"),
        ("book the hall until 15.11.2021", "Book the hall", "Anna", "2021-11-15"),
        ("by tomorrow: write to the mayor", "Write to the mayor", "Anna", "2021-09-16"),
        ("Action: Kees: check the hall", "Check the hall", "Kees", "2021-09-29"),
        ("the growers feel left out", "The growers feel left out", "Anna", "2021-09-29"),
        ("see them by 31 February", "See them by 31 February", "Anna", "2021-09-29"),
        ("https://example.org: look", "Https://example.org: look", "Anna", "2021-09-29"),
        ("by 15 Oct", "By 15 Oct", "Anna", "2021-10-15"),
    ],
)
def test_a_line_says_who_what_and_by_when(line: str, title: str, owner: str, due: str) -> None:
    found = proposed(line, today=TODAY, owner="Anna")
    assert (found.title, found.owner, found.due_on.isoformat()) == (title, owner, due)


def test_a_line_of_nothing_but_signs_is_kept_as_it_is() -> None:
    assert proposed("…", today=TODAY).title == "…"
    assert proposed("<b>@</b> :", today=TODAY).owner == ""

"""Tickets: once, soon, and by the browser they were made for."""

from __future__ import annotations

import uuid

from copdash import tickets
from copdash.eyes import Eye
from copdash.models import Role
from copdash.tickets import Ticket, Tickets


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def ticket(tab: str = "tab", browser: str = "browser") -> Ticket:
    return Ticket(browser, tab, "power_interest", uuid.UUID(int=7), Eye(None, Role.VIEWER, names_hidden=True))


def test_a_ticket_is_good_once_and_for_its_browser_alone() -> None:
    handed_out = Tickets()
    name = handed_out.issue(ticket())
    assert handed_out.use(name, "browser") == ticket()
    assert handed_out.use(name, "browser") is None
    assert handed_out.use(handed_out.issue(ticket()), "another") is None
    for nonsense in ("", "no such ticket", None, 3, [name], {"a": 1}):
        assert handed_out.use(nonsense, "browser") is None


def test_a_ticket_is_good_for_a_short_time() -> None:
    clock = Clock()
    handed_out = Tickets(clock)
    early, late = handed_out.issue(ticket()), handed_out.issue(ticket())
    clock.now += tickets.SECONDS - 1
    assert handed_out.use(early, "browser") == ticket()
    clock.now += 1
    assert handed_out.use(late, "browser") is None


def test_what_nobody_uses_is_let_go() -> None:
    clock = Clock()
    handed_out = Tickets(clock)
    for _ in range(50):
        handed_out.issue(ticket())
    clock.now += tickets.SECONDS + 1
    handed_out.issue(ticket())
    assert len(handed_out.open) == 1


def test_the_tickets_of_a_tab_end_together() -> None:
    handed_out = Tickets()
    ended, others = handed_out.issue(ticket("one")), handed_out.issue(ticket("other"))
    handed_out.end("one")
    assert handed_out.use(ended, "browser") is None
    assert handed_out.use(others, "browser") == ticket("other")

"""Tickets: what lets a board that a page drew look at its case study on the channel.

A cookie tells browsers apart, not two tabs of one; so whoever draws a page hands each board a ticket that says what it
may look at, and through which eye. It is used once, by the same browser, within a minute or two.
"""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from copdash.eyes import Eye

SECONDS = 120.0
"""How long a ticket that a page handed out is good."""
AGAIN_SECONDS = 900.0
"""How long one is good that stands for a look whose connection was lost."""
MOST = 20_000
"""So many are kept; the oldest go first."""


@dataclass(frozen=True)
class Ticket:
    """What may be looked at: by which browser (digest of its token), in which tab, which look, through which eye."""

    browser: str
    tab: str
    look: str
    case_study_id: uuid.UUID
    eye: Eye


class Tickets:
    """Those that were handed out and not yet used."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.guard = threading.Lock()
        self.open: OrderedDict[str, tuple[float, Ticket]] = OrderedDict()

    def issue(self, ticket: Ticket) -> str:
        """A new one for the page that is being drawn."""
        return self.keep(secrets.token_urlsafe(18), ticket, SECONDS)

    def keep(self, name: str, ticket: Ticket, seconds: float) -> str:
        """Let it be used under this name from now on, for so long."""
        now = self.clock()
        with self.guard:
            self.open[name] = (now + seconds, ticket)
            while self.open and (len(self.open) > MOST or next(iter(self.open.values()))[0] <= now):
                self.open.popitem(last=False)
        return name

    def use(self, name: object, browser: str) -> Ticket | None:
        """The ticket of this name, which is then gone; None for one that is not known, too old, or another's."""
        with self.guard:
            until, ticket = self.open.pop(name, (0.0, None)) if isinstance(name, str) else (0.0, None)
        return ticket if ticket is not None and until > self.clock() and ticket.browser == browser else None

    def end(self, tab: str) -> None:
        """None of this tab is good any more."""
        with self.guard:
            for name in [name for name, (_, ticket) in self.open.items() if ticket.tab == tab]:
                del self.open[name]


handed_out = Tickets()
"""Those of this server."""

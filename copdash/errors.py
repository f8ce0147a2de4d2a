"""What can go wrong, in words for the person at the screen."""

from __future__ import annotations


class Problem(Exception):
    """Base of all that a person can be told; `str(problem)` is a sentence that says what to do next."""


class NotFound(Problem):
    """What was asked for is not (or no longer) in the store."""


class Invalid(Problem):
    """A value breaks a rule; the sentence says which and what is allowed."""


class NotAllowed(Problem):
    """The person's role may not do this."""


class ChangedElsewhere(Problem):
    """Somebody else changed the same field meanwhile; both values are in the sentence and nothing was overwritten."""


class Busy(Problem):
    """The store cannot be reached or is locked; what was typed is still on the screen."""


class CannotStart(Problem):
    """The server cannot start as it was asked to; the sentence is for whoever started it."""


class Damaged(Problem):
    """The file beneath the store is broken; whoever looks after COPDash puts a copy in its place."""

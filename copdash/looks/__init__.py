"""What boards look at: a look is a pure question to a session, answered as rows by table, and as values beside them.

A screen's first paint and the channel ask the same function, so what comes later fits what came first. Who looks is
fixed in the session (`copdash.eyes`): the same look of somebody from whom names are hidden holds pseudonyms.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from copdash import history
from copdash.looks import mapping, roadmap
from copdash.looks.seen import Reading, Seen, applied, difference, whole

__all__ = ["LOOKS", "Look", "Reading", "Seen", "applied", "difference", "read", "read_around", "whole"]


@dataclass(frozen=True)
class Look:
    """A look as two questions to a session: what its board shows, and what its page shows around the board.

    `around` answers something that is compared with its last answer and never leaves the server: when it is another
    one, the page is drawn again. It is asked at leisure, so that what it costs holds no row up.
    """

    seen: Callable[[Session, uuid.UUID], Seen]
    around: Callable[[Session, uuid.UUID], object]


LOOKS: Mapping[str, Look] = {
    "power_interest": Look(mapping.of_rows(mapping.grid_of), mapping.around_grid),
    "stakeholders": Look(mapping.of_rows(mapping.list_of), mapping.around_list),
    "rating": Look(mapping.of_rows(mapping.rating_of), mapping.frame),
    "salience": Look(mapping.of_rows(mapping.salience_of), mapping.frame),
    "engagement": Look(mapping.of_rows(mapping.engagement_of), mapping.frame),
    "roadmap": Look(roadmap.seen, roadmap.around),
}
"""All looks, by the name of their board. One that is not here is asked of the page alone."""


def read(session: Session, look: str, case_study_id: uuid.UUID) -> Reading:
    """A look at the case study as it is now, with the version that it is then. Raises `NotFound`.

    Version and rows come from one snapshot, or the difference of two readings would leave out what fell between them:
    SQLite reads so by itself, PostgreSQL is told to.
    """
    version = _version(session, case_study_id)
    return Reading(version, LOOKS[look].seen(session, case_study_id))


def read_around(session: Session, look: str, case_study_id: uuid.UUID) -> tuple[int, object]:
    """What a page shows around its board, and the version of the case study then: of one snapshot, too."""
    version = _version(session, case_study_id)
    return version, LOOKS[look].around(session, case_study_id)


def _version(session: Session, case_study_id: uuid.UUID) -> int:
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return history.version(session, case_study_id)

"""What screens over all case studies say of each, made anew only for those that changed since.

Rows are never kept: what is kept is small and derived (a line of numbers, a lane as text), each with the version of its
case study that it was made from. The version is read before the rows, so that it is never newer than what was made.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import Session

from copdash import history, pseudonyms, store
from copdash.models import CaseStudy

T = TypeVar("T")

MOST = 4_000
"""Results that are kept at most; then all are made anew."""

_kept: dict[tuple[Hashable, ...], tuple[Hashable, Any]] = {}
_lock = threading.Lock()


def of_each(
    session: Session,
    what: str,
    found: Sequence[CaseStudy],
    make: Callable[[list[CaseStudy]], Mapping[uuid.UUID, T]],
    *,
    seen_on: Callable[[CaseStudy], Hashable] = lambda row: None,
) -> dict[uuid.UUID, T]:
    """`make` of each case study, by id; called with those whose version, or `seen_on` (its today), is another by now.

    Where names are hidden the results are others. They must hold no rows, and nobody may change them.
    """
    address = (store.url().render_as_string(), pseudonyms.hides(session), what)
    versions = history.versions(session, [row.id for row in found])
    marks = {row.id: (versions.get(row.id, 0), seen_on(row)) for row in found}
    with _lock:
        kept = {row.id: _kept.get((*address, row.id)) for row in found}
    results: dict[uuid.UUID, T] = {
        row_id: known[1] for row_id, known in kept.items() if known is not None and known[0] == marks[row_id]
    }
    stale = [row for row in found if row.id not in results]
    if stale:
        made = make(stale)
        results.update(made)
        with _lock:
            if len(_kept) > MOST:
                _kept.clear()
            _kept.update({(*address, row_id): (marks[row_id], result) for row_id, result in made.items()})
    return {row.id: results[row.id] for row in found}

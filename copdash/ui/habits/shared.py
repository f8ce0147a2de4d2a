"""What many look at is read once: rows of a case study, shared by all screens that show the same version of it.

Each commit moves the version on (docs/decisions/0006-rows-are-shared-between-viewers.md), so nothing here is ever out
of date, and nobody has to be told to forget it. What is shared is looked at and never changed.
"""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from copdash import pseudonyms
from copdash.history import Mark
from copdash.store import Session

MOST = 64
"""How many results are kept a store, those asked for longest ago go first."""

Found = TypeVar("Found")
_Key = tuple[str, uuid.UUID, Mark, bool]
_kept: WeakKeyDictionary[Any, OrderedDict[_Key, Any]] = WeakKeyDictionary()
_guard = threading.Lock()


def at(session: Session, what: str, case_study_id: uuid.UUID, mark: Mark, read: Callable[[], Found]) -> Found:
    """What `read` answers for this case study; asked only if nobody has asked since its last change.

    `mark` is `history.mark` of the same session, read before: what is kept is then as new as it, or newer.
    `what` names the question, as all askers share the answer. Pseudonyms and names are kept apart.
    """
    key = (what, case_study_id, mark, pseudonyms.hides(session))
    with _guard:
        kept = _kept.setdefault(session.get_bind(), OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            found: Found = kept[key]
            return found
    found = read()  # two may read at once: they read the same
    with _guard:
        for old in [one for one in kept if one[:2] == key[:2] and one[2].number < mark.number]:
            del kept[old]
        kept[key] = found
        while len(kept) > MOST:
            kept.popitem(last=False)
    return found

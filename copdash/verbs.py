"""Verbs change the store; each is described once, where it stands, and becomes a gesture by being called.

The description says what the change log calls the gesture, who may do it, whether it may be done while names are
hidden, and whether a board may send it; its fields are the verb's own parameters. The edge (`copdash.gestures`), the
lists of what is allowed, the browser's module of gestures and `docs/gestures.md` all come from here.
"""

from __future__ import annotations

import functools
import inspect
import typing
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Concatenate, Literal, ParamSpec, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model
from sqlmodel import Session

from copdash.errors import NotAllowed
from copdash.models import GestureState, Role
from copdash.roles import Actor

P = ParamSpec("P")
R = TypeVar("R")

MOST = 2_000
"""Rows one gesture of a board may touch, but for deleting and inviting."""

MOST_STAKEHOLDERS = 20_000
"""Stakeholders one gesture may name."""

VIEWER = (
    "You are looking on as a viewer. To change things, open «You» at the bottom of the menu and choose another role."
)
NAMES_HIDDEN = "Names are hidden, so this cannot be changed here. Show the names first."

Value = str | float | int | bool | None
"""What a board may send for one field."""

Row = dict[str, Value]
"""Values of a row by field."""


class Sent(BaseModel):
    """Something that a browser sends: these fields and no others, finite numbers."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Addition(Sent):
    """A new row: the id that its author gave it, and its fields."""

    id: uuid.UUID
    values: Row


class Revision(Sent):
    """New values of a row beside those that its author saw."""

    id: uuid.UUID
    values: Row
    seen: Row


class FromBrowser:
    """In the annotation of a verb's parameter: what a board may send for it, where Python's callers may give more."""

    def __init__(self, kind: Any, *, required: bool = True) -> None:
        self.kind, self.required = kind, required


Values = Annotated[Mapping[str, object], FromBrowser(Row)]
"""New values by field."""
Seen = Annotated[Mapping[str, object] | None, FromBrowser(Row)]
"""What the author had on screen, by field; None for the program, which sees the truth."""
Day = Annotated[object, FromBrowser(str | None)]
"""A day, as a date or as YYYY-MM-DD; None for none."""
Id = Annotated[uuid.UUID | None, FromBrowser(uuid.UUID)]
"""The id that the author gave a new row; None to have one made."""
Ids = Annotated[Sequence[uuid.UUID], FromBrowser(Annotated[list[uuid.UUID], Field(min_length=1, max_length=MOST)])]
"""Rows, at least one."""
SomeStakeholders = Annotated[
    Sequence[uuid.UUID],
    FromBrowser(Annotated[list[uuid.UUID], Field(min_length=1, max_length=MOST_STAKEHOLDERS)]),
]
"""Stakeholders, at least one."""
Stakeholders = Annotated[
    Sequence[uuid.UUID], FromBrowser(Annotated[list[uuid.UUID], Field(max_length=MOST_STAKEHOLDERS)])
]
"""Any number of stakeholders."""
SeenStakeholders = Annotated[
    Sequence[uuid.UUID] | None, FromBrowser(Annotated[list[uuid.UUID], Field(max_length=MOST_STAKEHOLDERS)])
]
"""The stakeholders that the author saw; None for the program."""


class Envelope(Sent):
    """What every gesture of a board bears: an id that its author gave it, and its case study."""

    id: uuid.UUID
    case_study_id: uuid.UUID


@dataclass(eq=False)
class Description:
    """One gesture: its stored name, the verb that does it, who may do it when, and what boards send for it."""

    name: str
    verb: Callable[..., object]
    may: frozenset[Role]
    with_names_hidden: bool
    words: tuple[str, ...]
    undoable: bool
    sent_to: Callable[..., object] | None = None
    """The verb whose parameters are what a board sends; None where no board sends it."""

    @property
    def about(self) -> str:
        """The first line of the docstring of its verb."""
        return (inspect.getdoc(self.sent_to or self.verb) or "").split("\n")[0]

    @functools.cached_property
    def model(self) -> type[Envelope]:
        """What a board sends for it, as pydantic checks it; made from the verb's parameters."""
        fields: dict[str, Any] = {"name": (Literal[self.name], ...)}
        hints = typing.get_type_hints(inspect.unwrap(self._sent_to), include_extras=True)
        for parameter in self.parameters:
            kind, default = hints[parameter.name], parameter.default
            for part in getattr(kind, "__metadata__", ()):
                if isinstance(part, FromBrowser):
                    kind, default = part.kind, inspect.Parameter.empty if part.required else default
            fields[parameter.name] = (kind, ... if default is inspect.Parameter.empty else default)
        made: type[Envelope] = create_model(
            "".join(part.title() for part in self.name.split("_")), __base__=Envelope, __doc__=self.about, **fields
        )
        return made

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """The parameters that a board sends: all but the session and the case study."""
        listed = list(inspect.signature(self._sent_to).parameters.values())[1:]
        return [parameter for parameter in listed if parameter.name != "case_study_id"]

    def carry_out(self, session: Session, sent: Envelope) -> None:
        """Do what a board sent, in a writing session."""
        given = {parameter.name: getattr(sent, parameter.name) for parameter in self.parameters}
        if "case_study_id" in inspect.signature(self._sent_to).parameters:
            given["case_study_id"] = sent.case_study_id
        self._sent_to(session, **given)

    @property
    def _sent_to(self) -> Callable[..., object]:
        if self.sent_to is None:
            raise LookupError(f"No board sends {self.name}")
        return self.sent_to


GESTURES: dict[str, Description] = {}
"""Every gesture by its stored name."""

RULES: dict[str, frozenset[Role]] = {}
"""Every verb and the roles that may use it."""


def verb(
    may: frozenset[Role],
    name: str | Callable[..., object] = "",
    *,
    by_board: bool = False,
    with_names_hidden: bool = False,
    words: Sequence[str] = (),
    undoable: bool = True,
) -> Callable[[Callable[Concatenate[Session, P], R]], Callable[Concatenate[Session, P], R]]:
    """A function that changes the store: refuses (`NotAllowed`) an actor whose role may not use it.

    `name` is what the change log calls a gesture that begins with this verb, and never changes; given another verb
    instead, this one is the same gesture in another form, and without any it is only a part of gestures. `by_board`:
    boards send it, with the verb's parameters as fields. `with_names_hidden`: it may be done on a screen that shows
    pseudonyms, but for `values` of the fields in `words`. `undoable`: it stands on the undo stack of its author.
    """

    def rule(change: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
        where = f"{change.__module__}.{change.__qualname__}"
        RULES[where] = may
        if callable(name):
            described: Description | None = of(name)
        elif name:
            described = Description(name, change, may, with_names_hidden, tuple(words), undoable)
            _refuse_doubled(described, where)
            GESTURES[name] = described
        else:
            described = None

        @functools.wraps(change)
        def checked(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if acting(session).role not in may:
                raise NotAllowed(VIEWER)
            if described is not None:
                _begin(session, described, kwargs.get("values"))
            return change(session, *args, **kwargs)

        if described is not None:
            _DESCRIBED[checked] = described
            if by_board:
                described.sent_to = checked
        return checked

    return rule


_DESCRIBED: dict[Callable[..., object], Description] = {}


def of(change: Callable[..., object]) -> Description:
    """The description of a verb; raises KeyError for one that is only a part of gestures."""
    return _DESCRIBED[change]


def described() -> list[Callable[..., object]]:
    """Every verb that is a gesture, in whatever form."""
    return list(_DESCRIBED)


def _refuse_doubled(described: Description, where: str) -> None:
    there = GESTURES.get(described.name)
    if there is not None and f"{there.verb.__module__}.{there.verb.__qualname__}" != where:  # a reload comes again
        raise RuntimeError(f"The gesture {described.name} is described twice, also by {where}")


def _begin(session: Session, described: Description, values: object) -> None:
    """The first described verb of a transaction says what the gesture is."""
    gesture = session.info["gesture"]
    if gesture.name:
        return
    if session.info.get("names_hidden"):
        says_words = isinstance(values, Mapping) and any(field in values for field in described.words)
        if says_words or not described.with_names_hidden:
            raise NotAllowed(NAMES_HIDDEN)
    gesture.name = described.name
    if not described.undoable:
        gesture.state = GestureState.FINAL.value


def acting(session: Session) -> Actor:
    """The actor of a writing session; raises `NotAllowed` for a session that only reads."""
    actor = session.info.get("actor")
    if not isinstance(actor, Actor):
        raise NotAllowed("Changes need a writing session.")
    return actor

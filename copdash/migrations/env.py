"""Alembic's entry: runs on the connection that the store hands over."""

from typing import Any, Literal

from alembic import context

from copdash.models import Base, Moment


def in_plain_types(kind: str, what: Any, autogenerating: Any) -> str | Literal[False]:
    """A migration carries its own shapes: the types of the models are written as what they are in the database."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(what, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=in_plain_types,
)
with context.begin_transaction():
    context.run_migrations()

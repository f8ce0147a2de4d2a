"""The list of stakeholders as a spreadsheet. Reports what was typed, pasted and deleted; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from copdash.components import Face, _board


class ListColumn(TypedDict):
    """A column as the board needs it: name and label, the shape of its values, the words to choose from (or None).

    `standard` is the label it has where nobody renamed it; a pasted header may say either. `suggests` offers the
    names of the organisations of the list, and takes any other text as well.
    """

    name: str
    label: str
    standard: str
    shape: str
    choices: list[str] | None
    required: bool
    suggests: bool
    shown: bool


def list_board(
    face: Face,
    *,
    seen: Mapping[str, Any],
    columns: Sequence[ListColumn],
    legend: Mapping[str, Mapping[str, Any]],
    key: str,
    on_gestures: Callable[[], None],
) -> Any:
    """Mount the board.

    `seen` is what it looks at: `stakeholders`, with the fields of `columns`. `legend`: group -> its mark, as
    `colours.table` gives it, under «light» and «dark».
    """
    rows = {**seen, "columns": list(columns), "legend": dict(legend)}
    return _board("list/list_board", face, rows, key=key, on_gestures=on_gestures)

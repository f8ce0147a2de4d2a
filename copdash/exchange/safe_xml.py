"""XML of strangers, element by element to whoever reads it: no document types, no entities, nothing fetched.

Size, memory and time are bounded by the child in which it runs (`exchange.children`).
"""

from __future__ import annotations

import xml.parsers.expat
from collections.abc import Mapping
from typing import Any, Protocol


class Reader(Protocol):
    """What is told of each element, in the order of the file."""

    def begin(self, tag: str, given: Mapping[str, str], /) -> None:
        """An element begins."""

    def end(self, tag: str, /) -> None:
        """It ends."""

    def words(self, text: str, /) -> None:
        """A part of its text."""


def read(data: bytes, reader: Reader, refused: type[Exception], what: str) -> None:
    """Hand all elements to the reader. `what` is the file in a sentence, such as network; raises `refused`."""
    parser = xml.parsers.expat.ParserCreate()

    def stop(*_: object) -> Any:
        raise refused(f"This XML declares a document type or entities, which a {what} needs not. Save it without them.")

    parser.StartDoctypeDeclHandler = stop
    parser.EntityDeclHandler = stop
    parser.UnparsedEntityDeclHandler = stop
    parser.ExternalEntityRefHandler = stop
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError as error:
        raise refused(f"This XML is damaged in line {error.lineno}. Save the {what} again.") from None

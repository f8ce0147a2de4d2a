"""XML of strangers: told in order; what could grow or reach outside is refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from copdash.errors import Invalid
from copdash.exchange import safe_xml


class Reader:
    def __init__(self) -> None:
        self.told: list[str] = []

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        self.told.append(f"<{tag} {dict(given)}")

    def end(self, tag: str) -> None:
        self.told.append(f"{tag}>")

    def words(self, text: str) -> None:
        self.told.append(text)


def read(data: bytes) -> list[str]:
    reader = Reader()
    safe_xml.read(data, reader, Invalid, "plan")
    return reader.told


def test_elements_and_texts_come_in_the_order_of_the_file() -> None:
    assert read(b"<a b='1'>x<c/>&amp;</a>") == ["<a {'b': '1'}", "x", "<c {}", "c>", "&", "a>"]


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1/">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY % b "c"> %b;]><a/>',
    ],
)
def test_document_types_and_entities_are_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"which a plan needs not\. Save it without them\.$"):
        read(data)


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"<a>&b;</a>", b"<a/><b/>", b"\xff\xfe<", b"words"])
def test_damaged_xml_says_where(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"damaged in line \d+\. Save the plan again\.$"):
        read(data)

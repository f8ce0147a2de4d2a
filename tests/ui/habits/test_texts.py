"""People's words in places that take Markdown."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from copdash.ui.habits.texts import apart, as_typed

HOSTILE = [
    "![x](http://example.org/x.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "**bold** _it_ `code` ~~gone~~",
    "# heading",
    "1. list",
    "- list",
    "> quote",
    "https://example.org",
    "www.evil.example https://evil.example a@evil.example",
    "WWW.EVIL.EXAMPLE _www.evil.example (HTTP://EVIL.EXAMPLE)",
    "a | b",
    "$x^2$ :material/home: :red[x]",
    "&lt;b&gt; &amp;",
    "back\\slash",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_in_a_name_is_text(text: str) -> None:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    (_, inline, _) = markdown.parse(as_typed(text))
    shown = "".join(token.content for token in inline.children or [])
    assert {token.type for token in inline.children or []} <= {"text", "text_special"}
    assert shown.replace("\u2060", "") == text


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_left_that_github_s_markdown_would_link(text: str) -> None:
    """The browser makes links of the text when the escapes are gone already; tests/browser has the real thing."""
    (_, inline, _) = MarkdownIt("commonmark").parse(as_typed(text))
    shown = "".join(token.content for token in inline.children or [])
    assert not re.search(r"https?://|www(?=\.)|[-.\w+]+@[-\w]+", shown, re.IGNORECASE)


def test_the_control_markdown_that_is_not_escaped_is_markup() -> None:
    kinds = {token.type for token in MarkdownIt("commonmark").parse(HOSTILE[0])[1].children or []}
    assert "image" in kinds


def test_labels_that_are_alike_are_told_apart_by_a_number() -> None:
    assert apart({1: "Bank", 2: "Farm", 3: "Bank"}) == {1: "Bank", 2: "Farm", 3: "Bank (2)"}


def test_what_is_read_aloud_has_no_more_escapes_than_it_takes() -> None:
    assert as_typed("Agree in a one-on-one, what's next?") == "Agree in a one-on-one, what's next?"

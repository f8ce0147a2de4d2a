"""Hostile words in every field of every row: text on every screen, never markup, never a request."""

from __future__ import annotations

import itertools
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import actions, calls, case_studies, meetings, milestones, relations, reviews, stakeholders, store
from copdash.fields import CASE_STUDY, MEETING, MILESTONE, STAKEHOLDER
from copdash.models import MeetingKind, RelationType
from copdash.roles import PROGRAM

from .keyboard import type_into

ADDRESSES = "www.evil.example https://evil.example a@evil.example"
LINKS = "a[href*='evil.example' i]"
FIRE = "window.hacked=(window.hacked||0)+1"
HOSTILE = [
    f"<img src=x onerror={FIRE}>",
    f"</script><script>{FIRE}</script>",
    f'"><svg onload={FIRE}>',
    f"[link](javascript:{FIRE})",
    "![picture](http://example.org/x.png)",
    ADDRESSES,
    "=1+1",
    "{{7*7}} ${7*7} :material/home: $x^2$",
    "مجلس المياه الإقليمي",
    "💧 Water 水 👩‍🔬",
    "W" * 5_000,
    "long words " * 400,
]
SCREENS = [
    "",
    "case-study",
    "stakeholders",
    "power-interest",
    "rating",
    "readings",
    "readings?reading=Engagement",
    "readings?reading=Attitude%20and%20power",
    "network",
    "composition",
    "membership",
    "duplicates",
    "versions",
    "meetings",
    "one-on-one",
    "review",
    "roadmaps",
    "actions",
    "files",
]


def words() -> Iterator[str]:
    return itertools.cycle(HOSTILE)


@pytest.fixture
def hostile(empty_app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An app whose one case study holds a hostile word in every text field there is."""
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{empty_app.database}")
    word = words()

    def filled(columns: Any, **given: Any) -> dict[str, Any]:
        free = {name: next(word) for name, column in columns.items() if column.shape in ("text", "note")}
        return {**free, **given}

    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, **filled(CASE_STUDY, title=HOSTILE[0], time_zone="Europe/Amsterdam")).id
        session.flush()
        people = [uuid.uuid4() for _ in HOSTILE * 2]
        rows = []
        for number, (row_id, name) in enumerate(zip(people, HOSTILE * 2, strict=True)):
            rated = {"power": number % 10, "interest": number * 3 % 10} if number % 4 else {}
            rows.append((row_id, filled(STAKEHOLDER, name=name, **rated)))
        stakeholders.add_all(session, case, rows)
        session.flush()
        for number, kind in enumerate(RelationType.values()):
            relations.tie(
                session, case, from_id=people[number], to_id=people[number + 1], type=kind, evidence=next(word)
            )
        for number, title in enumerate(HOSTILE):
            day = f"2021-{number + 1:02d}-10" if number < 9 else None
            kind = MeetingKind.values()[number % 5]
            meeting = meetings.plan(session, case, **filled(MEETING, title=title, kind=kind, starts_on=day))
            session.flush()
            meetings.invite(session, meeting.id, stakeholder_ids=people[:4])
        for number, title in enumerate(HOSTILE):
            milestones.set_up(session, case, **filled(MILESTONE, title=title, due_on=f"2022-{number + 1:02d}-10"))
        call = calls.begin(session, case, people=next(word)).id
        session.flush()
        calls.finish(session, call)
    with store.writing(PROGRAM, case, undoable=False) as session:  # after the call, so that it is news
        now = calls.begin(session, case, people=HOSTILE[3]).id
        planned = meetings.of_case(session, case)
        session.flush()
        for number, text in enumerate(HOSTILE):
            calls.note(session, now, text=text)
            actions.add(session, case, call_id=(call, now)[number % 2], title=text, owner=text)
            reviews.comment(session, case, text=text, about="Meeting", about_key=str(planned[number].id))
            meetings.edit(session, planned[number].id, values={"place": text, "goals": text})
    store.close()
    empty_app.case = case
    yield empty_app
    store.close()


def fired(page: Page) -> object:
    return page.evaluate("window.hacked || 0")


def test_the_control_a_page_that_takes_them_for_markup_is_caught(browser: Any) -> None:
    page = browser.new_page()
    page.set_content("<main></main>")
    for text in HOSTILE[:3]:
        page.evaluate("text => document.querySelector('main').insertAdjacentHTML('beforeend', text)", text)
    page.wait_for_function("window.hacked >= 1")
    page.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_hostile_words_are_text_on_every_screen(hostile: Any, page: Page, screen: str) -> None:
    """The `page` fixture fails the test on any request to elsewhere and on any error in the console."""
    hostile.open(page, f"/{screen}{'&' if '?' in screen else '?'}case={hostile.case}")
    type_into(page.get_by_label("Your name"), HOSTILE[0][:80])
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_timeout(1500)
    assert fired(page) == 0
    assert page.locator("img[src='x'], svg[onload], a[href^='javascript:'], img[src*='example.org']").count() == 0
    assert page.locator(LINKS).count() == 0
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_an_address_in_a_name_is_no_link_in_button_history_and_toast(
    empty_app: Any, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{empty_app.database}")
    with store.writing(PROGRAM, undoable=False) as session:
        case = case_studies.begin(session, title="Ours").id
        session.flush()
        stakeholders.add(session, case, name=ADDRESSES)
    store.close()
    empty_app.open(page, f"/power-interest?case={case}")
    type_into(page.get_by_label("Your name"), ADDRESSES)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    as_shown = re.compile(r"www.?\.evil\.example https:.?..evil\.example a.?@.?evil\.example")
    expect(page.get_by_role("button", name=as_shown).first).to_be_visible()
    page.get_by_role("button", name=f"Open the card of {ADDRESSES}").click()
    card = page.locator(".st-key-card")
    type_into(card.get_by_label("Rationale"), "Grants the permit")
    card.get_by_label("Rationale").press("Control+Enter")
    card.get_by_text("History").click()
    expect(card.get_by_test_id("stCaptionContainer").filter(has_text=as_shown).first).to_be_visible()
    assert page.locator(LINKS).count() == 0
    card.get_by_role("button", name="Delete this stakeholder").click()
    expect(card).to_have_count(0)
    page.get_by_role("button", name="Recent changes").click()
    expect(page.get_by_test_id("stPopoverBody").get_by_text("Deleted www")).to_be_visible()
    assert page.locator(LINKS).count() == 0

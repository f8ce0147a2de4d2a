"""The network's stand-alone file in a real browser, from the disk."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from copdash.figures import networks
from copdash.models import Group, Relation, Stakeholder

DAY = dt.date(2021, 6, 15)
EVIL = "<img src=x onerror=\"document.title='owned'\">"
ENDING = "</script><script>document.title='owned'</script>"
CASE = uuid.uuid4()


def stakeholder(n: int, name: str = "", **values: Any) -> Stakeholder:
    return Stakeholder(id=uuid.UUID(int=n), case_study_id=CASE, name=name or f"Role {n}", **values)


def tie(a: int, b: int, **values: Any) -> Relation:
    return Relation(case_study_id=CASE, from_id=uuid.UUID(int=a), to_id=uuid.UUID(int=b), **values)


def test_the_file_opens_offline_asks_for_nothing_and_runs_nothing_of_the_users(
    browser: Browser, tmp_path: Path
) -> None:
    people = [
        stakeholder(1, EVIL, group=ENDING, organisation=EVIL, network_x=0.0, network_y=0.0),
        stakeholder(2, ENDING, group=Group.UTILITIES, network_x=300.0, network_y=0.0),
    ]
    file = tmp_path / "network.html"
    file.write_text(
        networks.standalone_html(
            people, [tie(1, 2, type=ENDING)], title=f"Title {EVIL} {ENDING}", date=DAY, notes=[EVIL, ENDING]
        ),
        "utf-8",
    )
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    requests: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-drawn=yes]")

    at = page.evaluate("(() => { const p = network.canvasToDOM(network.getPositions()[data.nodes[0].id]);"
                       " const r = document.querySelector('#network').getBoundingClientRect();"
                       " return [r.x + p.x, r.y + p.y]; })()")  # fmt: skip
    page.mouse.move(at[0] - 60, at[1] - 60)
    page.mouse.move(at[0], at[1], steps=5)
    page.locator(".vis-tooltip").wait_for(state="visible")
    assert EVIL in page.locator(".vis-tooltip").inner_text()
    page.wait_for_timeout(300)

    inked = page.evaluate(
        "(() => { const c = document.querySelector('#network canvas');"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; })()"
    )
    assert inked > 500
    assert page.title().startswith("Title <img")
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 3
    assert requests == [file.as_uri()]
    assert problems == []
    page.close()


def test_labels_keep_a_readable_size_and_most_find_room(browser: Browser, tmp_path: Path) -> None:
    chance = random.Random(2)
    people = [stakeholder(n, f"Water users' association {n}") for n in range(1, 41)]
    ties = [tie(chance.randint(1, 40), chance.randint(1, 40)) for _ in range(70)]
    file = tmp_path / "network.html"
    file.write_text(networks.standalone_html(people, ties, title="Labels", date=DAY), "utf-8")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-drawn=yes]")
    sizes = page.evaluate("nodes.get().map(n => n.font.size * network.getScale())")
    assert all(size == 0 or size >= 14.9 for size in sizes)
    assert sum(size > 0 for size in sizes) >= 30
    page.click("#in")
    assert page.evaluate("network.getScale()") > 0
    page.close()

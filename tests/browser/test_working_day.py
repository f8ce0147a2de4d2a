"""A working day from a bare store: import, edit, place, tie, plan; a colleague watches; a restart; nothing is lost."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copdash import eyes, history, meetings, relations, stakeholders, store
from tests.browser.screens import file_screen as files
from tests.browser.screens import grid_map as grid
from tests.browser.screens import roadmap_timeline as roadmap
from tests.browser.screens import stakeholder_list as table


def test_a_day_with_a_real_list_is_there_after_a_reload_and_a_restart(
    empty_app: Any,
    page: Page,
    second_page: Page,
    tolerated_errors: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COPDASH_DATABASE_URL", f"sqlite:///{Path(empty_app.database).as_posix()}")
    empty_app.open(page, "/case-study")
    files.introduce(page)
    files.begin(page, "Berlin climate")
    empty_app.open(page, "/files")
    files.drop(page, files.SHAPED / "organisations.csv")
    page.get_by_role("button", name="Import 58 stakeholders").click()
    expect(page.get_by_text("Imported 58 new stakeholders from organisations.csv.")).to_be_visible()
    case = uuid.UUID(page.url.split("case=")[1])

    # The colleague looks at the list while it is edited.
    empty_app.open(second_page, f"/stakeholders?case={case}")
    files.introduce(second_page, "KWR")
    empty_app.open(page, f"/stakeholders?case={case}")
    expect(page.locator('.list[data-ready="true"]')).to_be_visible()
    first = table.names(page)[0]
    table.cell(page, first, "power").dblclick()
    page.keyboard.type("7,5")
    page.keyboard.press("Enter")
    table.saved(page)
    expect(table.cell(second_page, first, "power")).to_contain_text("7.5")

    # On the grid: out of the tray, and on.
    empty_app.open(second_page, f"/power-interest?case={case}")
    empty_app.open(page, f"/power-interest?case={case}")
    expect(grid.chip(page, first)).to_be_visible()
    grid.drag(page, grid.center(grid.chip(page, first)), grid.place(page, 8, 3))
    expect(grid.dot(second_page, first)).to_be_visible()
    grid.drag(page, grid.center(grid.dot(page, first)), grid.place(page, 2, 9))
    grid.answered(page)
    page.keyboard.press("Control+z")
    grid.answered(page)
    with store.reading(eyes.PROGRAM) as session:
        row = next(found for found in stakeholders.of_case(session, case) if found.name == first)
        assert grid.near((row.power, row.interest), 8, 3)

    # One tie, by the form; one meeting, from the palette, moved once.
    with store.reading(eyes.PROGRAM) as session:
        ids = [str(found.id) for found in stakeholders.of_case(session, case)][:2]
    empty_app.open(second_page, f"/network?case={case}")
    empty_app.open(page, f"/network?case={case}")
    expect(page.locator(".net-canvas canvas")).to_be_visible()
    page.wait_for_function(
        """ids => {
            const boards = [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.board'));
            const handle = boards.find(Boolean)?.copdashNetwork;
            return handle && handle.labels().length && ids.every(id => handle.positions()[id]);
        }""",
        arg=ids,
    )
    page.get_by_role("group", name="Draw ties").get_by_role("button", name="Support").click()
    for row_id in ids:
        spot = page.locator(".board").evaluate("(board, id) => board.copdashNetwork.domPosition(id)", row_id)
        page.mouse.click(spot["x"], spot["y"])
    expect(page.locator('.net-panel [data-measure="ties"] b')).to_have_text("1")
    expect(second_page.locator('.net-panel [data-measure="ties"] b')).to_have_text("1")

    empty_app.open(second_page, f"/meetings?case={case}")
    empty_app.open(page, f"/meetings?case={case}")
    expect(page.locator(".board")).to_have_attribute("data-from", re.compile("-"))
    target = page.locator(".vis-panel.vis-center").bounding_box()
    assert target is not None
    middle = (target["x"] + target["width"] / 2, target["y"] + target["height"] / 2)
    roadmap.drag(page, roadmap.middle(roadmap.chip(page, "Governance barriers")), middle)
    expect(roadmap.bar(page, "Governance barriers")).to_be_visible()
    page.keyboard.press("Escape")
    expect(roadmap.bar(second_page, "Governance barriers")).to_be_visible()
    expect(page.locator(".board")).to_have_attribute("data-waiting", "0")

    # Reload, restart: everything is there, and the log tells all of it.
    tolerated_errors += ["ERR_CONNECTION_REFUSED", "WebSocket", "ERR_CONNECTION_RESET", "Failed to fetch"]
    second_page.goto("about:blank")
    page.goto("about:blank")
    empty_app.stop()
    store.close()
    empty_app.start()
    empty_app.open(page, f"/meetings?case={case}")
    expect(roadmap.bar(page, "Governance barriers")).to_be_visible()
    expect(page.get_by_role("button", name="Marta, Case study leader")).to_be_visible()
    with store.reading(eyes.PROGRAM) as session:
        (tie,) = relations.of_case(session, case)
        (meeting,) = meetings.of_case(session, case)
        names = [gesture.name for gesture in reversed(history.recent(session, case))]
        for subject in ("stakeholder", "relation", "meeting"):
            assert history.replayed(session, subject)
    assert [str(tie.from_id), str(tie.to_id), tie.type] == [*ids, "Support"]
    assert (meeting.title, meeting.theme) == ("Governance barriers", "Governance barriers")
    assert meeting.starts_on is not None
    assert names[:5] == ["imported", "edited", "moved", "moved", "undo"]
    assert {"tied", "planned"} <= set(names)
    store.close()

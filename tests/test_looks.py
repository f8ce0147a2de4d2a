"""Looks: what a board is told of a change leads from any reading to any other, and each is one of one version."""

from __future__ import annotations

import json
import uuid
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copdash import case_studies, eyes, looks, meetings, preparations, stakeholders, store
from copdash.eyes import Eye
from copdash.looks import Reading, Seen
from copdash.models import Role
from copdash.roles import PROGRAM

ROWS = st.lists(
    st.builds(lambda n, value: {"id": f"r{n}", "value": value}, st.integers(0, 8), st.integers(0, 2)),
    unique_by=lambda row: row["id"],
    max_size=9,
)
SEEN = st.builds(
    lambda one, other, values: Seen({"one": keyed(one), "other": keyed(other)}, values),
    ROWS,
    ROWS,
    st.fixed_dictionaries({"title": st.sampled_from(["", "A", "B"]), "turned": st.booleans()}),
)


def keyed(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def shown(seen: Seen) -> Any:
    """All of it, orders too."""
    return [[table, list(rows.values())] for table, rows in seen.rows.items()], dict(seen.values)


@given(SEEN, SEEN)
def test_a_step_leads_from_any_reading_to_any_other(before: Seen, after: Seen) -> None:
    told = looks.difference(Reading(3, before), Reading(7, after))
    assert (told["from"], told["to"]) == (3, 7)
    assert shown(looks.applied(before, json.loads(json.dumps(told)))) == shown(after)


@given(SEEN)
def test_nothing_is_told_of_what_did_not_change(seen: Seen) -> None:
    assert looks.difference(Reading(1, seen), Reading(2, seen)) == {"from": 1, "to": 2}


@given(SEEN, SEEN)
def test_all_leads_there_from_anywhere(before: Seen, after: Seen) -> None:
    told = looks.whole(Reading(7, after))
    assert shown(looks.applied(before, json.loads(json.dumps(told)))) == shown(after)


def test_one_dot_among_five_hundred_is_told_in_less_than_a_thousand_bytes(store_url: str) -> None:
    with store.writing(PROGRAM) as session:
        case_study = case_studies.begin(session, title="Water", time_zone="UTC").id
        session.flush()
        ids = [uuid.uuid4() for _ in range(500)]
        named = [(row_id, {"name": f"Somebody with a name {n}"}) for n, row_id in enumerate(ids)]
        stakeholders.add_all(session, case_study, named)
    before = read(case_study)
    with store.writing(PROGRAM, case_study) as session:
        stakeholders.move(session, ids[250], power=3.5, interest=9.0)
    after = read(case_study)
    told = looks.difference(before, after)
    assert len(json.dumps(told)) < 1000
    assert [row["id"] for row in told["rows"]["stakeholders"]] == [str(ids[250])]
    assert after.version > before.version
    assert shown(looks.applied(before.seen, told)) == shown(after.seen)


def test_a_look_with_names_hidden_holds_none(store_url: str) -> None:
    with store.writing(PROGRAM) as session:
        case_study = case_studies.begin(session, title="Water", time_zone="UTC").id
        session.flush()
        stakeholders.add(session, case_study, name="Marta")
        planned = meetings.plan(session, case_study, title="Site visit", starts_on="2027-03-04").id
        session.flush()
        preparations.add(session, planned, title="Send the agenda", owner="Marta", due_on="2027-03-01")
    for look in looks.LOOKS:
        with store.reading(Eye(None, Role.VIEWER, names_hidden=True)) as session:
            assert "Marta" not in json.dumps(looks.read(session, look, case_study).seen.wire())
        assert "Marta" in json.dumps(read(case_study, look).seen.wire())


def read(case_study: uuid.UUID, look: str = "power_interest") -> Reading:
    with store.reading(eyes.PROGRAM) as session:
        return looks.read(session, look, case_study)


def test_what_stands_around_a_look_is_another_only_when_its_page_would_be(store_url: str) -> None:
    """A dot that moves changes nothing around its board; a title, a new group, a check that finds something do."""
    with store.writing(PROGRAM) as session:
        case_study = case_studies.begin(session, title="Water", time_zone="UTC").id
        session.flush()
        row = stakeholders.add(session, case_study, name="Water board", group="Regulators").id
    before = {look: around(case_study, look) for look in looks.LOOKS}
    with store.writing(PROGRAM, case_study) as session:
        stakeholders.move(session, row, power=3.5, interest=9.0)
    assert {look: around(case_study, look) for look in looks.LOOKS} == before
    with store.writing(PROGRAM, case_study) as session:
        stakeholders.edit(session, row, values={"group": "Civil society"})
    assert other(before, case_study) == {"stakeholders"}
    with store.writing(PROGRAM, case_study) as session:
        meetings.plan(session, case_study, title="Kick-off", starts_on="2027-03-04")
    assert other(before, case_study) == {"stakeholders", "roadmap"}
    with store.writing(PROGRAM, case_study) as session:
        case_studies.edit(session, case_study, values={"title": "Waste"}, seen={"title": "Water"})
    assert other(before, case_study) == set(looks.LOOKS)


def around(case_study: uuid.UUID, look: str) -> object:
    with store.reading(eyes.PROGRAM) as session:
        return looks.read_around(session, look, case_study)[1]


def other(before: dict[str, object], case_study: uuid.UUID) -> set[str]:
    return {look for look in looks.LOOKS if around(case_study, look) != before[look]}

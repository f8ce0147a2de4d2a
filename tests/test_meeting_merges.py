"""Two meetings made one: what moves over, whose history stays, and the way back; on both databases."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from copdash import (
    actions,
    agendas,
    baselines,
    case_studies,
    eyes,
    history,
    meeting_merges,
    meetings,
    milestones,
    preparations,
    reviews,
    stakeholders,
    store,
    transfers,
    undoing,
)
from copdash.errors import ChangedElsewhere, Invalid, NotAllowed
from copdash.models import About, Meeting, Role
from copdash.roles import PROGRAM, Actor

MARTA = Actor(uuid.uuid4(), "Marta", Role.LEADER)
VIEWER = Actor(uuid.uuid4(), "Vera", Role.VIEWER)


@pytest.fixture
def case(store_url: str) -> uuid.UUID:
    with store.writing(PROGRAM, undoable=False) as session:
        return case_studies.begin(session, title="Water").id


def do(case: uuid.UUID, verb: Any, *args: Any, actor: Actor = MARTA, **values: Any) -> Any:
    with store.writing(actor, case) as session:
        found = verb(session, *args, **values)
        return getattr(found, "id", found)


def rows_of(case: uuid.UUID) -> dict[str, dict[str, Any]]:
    with store.reading(eyes.PROGRAM) as session:
        return transfers.content(session, case).rows


def two(case: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID, list[uuid.UUID]]:
    """Two meetings with everything that a meeting can have, one of the three people invited to both."""
    kept = do(case, meetings.plan, case, title="CoP 2", starts_on="2021-11-03", goals="See the pilot")
    gone = do(
        case, meetings.plan, case, title="CoP 3", starts_on="2022-02-10", ends_on="2022-02-11", goals="Talk costs"
    )
    who = [do(case, stakeholders.add, case, name=name) for name in ("Province", "Farmers", "Brewery")]
    do(case, meetings.invite, kept, stakeholder_ids=who[:2])
    do(case, meetings.invite, gone, stakeholder_ids=who[1:])
    do(case, meetings.cast, gone, who[1], values={"role": "Speaker"})
    do(case, meetings.note_attended, gone, stakeholder_ids=[who[1]], seen=[])
    marks = [do(case, milestones.set_up, case, title=title, due_on="2022-06-01") for title in ("Pilot", "Report")]
    do(case, meetings.prepare, kept, milestone_ids=marks[:1])
    do(case, meetings.prepare, gone, milestone_ids=marks)
    for meeting_id, activity in ((kept, "Welcome"), (gone, "Costs")):
        do(case, agendas.add, meeting_id, activity=activity, minutes=30)
        do(case, preparations.add, meeting_id, title=f"Prepare {activity}")
    do(case, actions.add, case, stakeholder_id=who[0], meeting_id=gone, title="Call")
    do(case, reviews.comment, case, about=About.MEETING.value, about_key=str(gone), text="Why so late?")
    return kept, gone, who


def test_everything_of_both_stands_at_the_kept_one(case: uuid.UUID) -> None:
    kept, gone, who = two(case)
    do(case, meeting_merges.merge, kept, gone, values={"goals": "See the pilot\nTalk costs"})
    rows = rows_of(case)
    assert list(rows["meeting"]) == [str(kept)]
    assert rows["meeting"][str(kept)]["goals"] == "See the pilot\nTalk costs"
    invited = {row["stakeholder_id"]: row for row in rows["invitation"].values()}
    assert set(invited) == {str(one) for one in who}
    assert (invited[str(who[1])]["role"], invited[str(who[1])]["attended"]) == ("Speaker", True)
    assert [row["activity"] for row in sorted(rows["agenda_block"].values(), key=lambda row: row["position"])] == [
        "Welcome",
        "Costs",
    ]
    for subject, number in (("preparation", 2), ("contribution", 2), ("action", 1)):
        assert [row["meeting_id"] for row in rows[subject].values()] == [str(kept)] * number
    assert [row["about_key"] for row in rows["comment"].values()] == [str(kept)]


def test_both_histories_stay_readable_and_one_undo_brings_both_back(case: uuid.UUID) -> None:
    kept, gone, _ = two(case)
    before = rows_of(case)
    do(case, meeting_merges.merge, kept, gone, values={})
    with store.reading(eyes.PROGRAM) as session:
        row = session.get(Meeting, kept)
        assert row is not None
        assert meeting_merges.merged_into(row) == [(gone, "CoP 3")]
        assert "Merged CoP 3 into CoP 2" in [entry.label for entry in history.of_subject(session, kept)]
        assert any(entry.summary == "Planned CoP 3" for entry in history.of_subject(session, gone))
    do(case, undoing.undo)
    assert rows_of(case) == before
    do(case, undoing.redo)
    assert str(gone) not in rows_of(case)["meeting"]


def test_what_was_taken_in_before_is_not_forgotten(case: uuid.UUID) -> None:
    one, other, third = (
        do(case, meetings.plan, case, title=title, starts_on="2022-01-10") for title in ("A", "B", "C")
    )
    do(case, meeting_merges.merge, other, third, values={})
    do(case, meeting_merges.merge, one, other, values={})
    with store.reading(eyes.PROGRAM) as session:
        row = session.get(Meeting, one)
        assert row is not None
        assert meeting_merges.merged_into(row) == [(other, "B"), (third, "C")]


def test_a_check_s_thread_follows_the_meeting(case: uuid.UUID) -> None:
    kept, gone, _ = two(case)
    do(case, reviews.comment, case, about=About.CHECK.value, about_key=f"no_moderator:{gone}", text="Ask Kim")
    do(case, meeting_merges.merge, kept, gone, values={})
    assert f"no_moderator:{kept}" in {row["about_key"] for row in rows_of(case)["comment"].values()}


def test_a_merge_of_what_somebody_changed_meanwhile_is_refused(case: uuid.UUID) -> None:
    kept, gone, _ = two(case)
    do(case, meetings.edit, gone, values={"place": "Town hall"})
    with pytest.raises(ChangedElsewhere, match="Nothing was merged"):
        do(case, meeting_merges.merge, kept, gone, values={}, seen={gone: {"place": ""}})
    with pytest.raises(Invalid):
        do(case, meeting_merges.merge, kept, kept, values={})
    with pytest.raises(Invalid):
        do(case, meeting_merges.merge, kept, gone, values={"starts_on": "2022-03-01"})
    with pytest.raises(NotAllowed):
        do(case, meeting_merges.merge, kept, gone, values={}, actor=VIEWER)


def test_a_baseline_outlives_the_merge(case: uuid.UUID) -> None:
    kept, gone, _ = two(case)
    do(case, baselines.freeze, case)
    do(case, meeting_merges.merge, kept, gone, values={})
    with store.reading(eyes.PROGRAM) as session:
        assert "CoP 3" in baselines.of_case(session, case)[0].content


@pytest.mark.parametrize("text", ["CoP 3", "no-id CoP 3", "1ce07b05-b1f1-439c-8a62-86e7b87d38fd"])
def test_nonsense_from_a_file_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        meeting_merges.checked_text(text)

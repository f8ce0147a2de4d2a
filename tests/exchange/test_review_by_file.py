"""A review round by file: a leader's case study goes out, comes back commented, and nothing is lost on the way."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlmodel import select

from copdash import actions, agendas, baselines, calls, case_studies, meetings, milestones, preparations, reviews
from copdash.models import AgendaBlock, Comment, Contribution, Preparation

from . import test_case_files as files
from .test_case_files import Laptop

laptops, ann, ben = files.laptops, files.ann, files.ben
__all__ = ["ann", "ben", "laptops"]


def everything(table: Any, session: Any) -> list[Any]:
    return list(session.exec(select(table)).all())


def test_comments_and_state_come_back_and_what_was_done_meanwhile_stays(ann: Laptop, ben: Laptop) -> None:
    case = ann.begin()
    row = ann.do(case, lambda s: meetings.plan(s, case, title="CoP 1", starts_on="2024-05-01")).id
    ann.do(case, lambda s: agendas.add(s, row, activity="Welcome", minutes=30))
    ann.do(case, lambda s: reviews.submit(s, case), "roadmap_submitted")
    ben.open(ann.file(case))
    ben.do(case, lambda s: reviews.comment(s, case, text="Who moderates?", about="Meeting", about_key=str(row)))
    ben.do(case, lambda s: reviews.give_feedback(s, case), "roadmap_feedback")
    ann.do(case, lambda s: agendas.add(s, row, activity="World café", minutes=90))
    ann.do(case, lambda s: preparations.add(s, row, title="Invite", due_on="2024-04-01"))
    merge = ann.look(ben.file(case))
    assert not [line for line in merge.lines if line.verdict == "conflict"]
    ann.open(ben.file(case))
    (thread,) = ann.ask(lambda s: reviews.threads(s, case))
    assert (thread.first.text, thread.first.author_name, thread.state) == ("Who moderates?", "Ben", "Open")
    assert ann.ask(lambda s: reviews.state(case_studies.get(s, case))) == "With feedback"
    assert [block.activity for block in ann.ask(lambda s: agendas.by_meeting(s, [row])[row])] == [
        "Welcome",
        "World café",
    ]
    spoke = ann.ask(lambda s: reviews.last_spoke(s, case))
    assert spoke.summary == "Gave feedback on the roadmap"
    ann.do(case, lambda s: reviews.reply(s, thread.first.id, text="Kim does."))
    ben.open(ann.file(case))
    (answered,) = ben.ask(lambda s: reviews.threads(s, case))
    assert (answered.state, answered.last.text) == ("Answered", "Kim does.")
    assert ann.rows() == ben.rows()


def test_a_meeting_deleted_there_takes_its_agenda_and_tasks_along(ann: Laptop, ben: Laptop) -> None:
    case = ann.begin()
    row = ann.do(case, lambda s: meetings.plan(s, case, title="CoP 1", starts_on="2024-05-01")).id
    mark = ann.do(case, lambda s: milestones.set_up(s, case, title="Pilot", due_on="2024-06-30")).id
    ann.do(case, lambda s: agendas.add(s, row, activity="Welcome", minutes=30))
    ann.do(case, lambda s: preparations.add(s, row, title="Invite"))
    ann.do(case, lambda s: meetings.prepare(s, row, milestone_ids=[mark]))
    ann.do(case, lambda s: reviews.comment(s, case, text="Good", about="Meeting", about_key=str(row)))
    ben.open(ann.file(case))
    ben.do(case, lambda s: meetings.remove(s, [row]))
    ann.open(ben.file(case))
    for table in (AgendaBlock, Preparation, Contribution):
        assert ann.ask(partial(everything, table)) == []
    assert len(ann.ask(lambda s: s.exec(select(Comment)).all())) == 1
    ann.undo(case)
    assert len(ann.ask(lambda s: s.exec(select(Contribution)).all())) == 1


def test_a_milestone_linked_on_both_sides_is_linked_once(ann: Laptop, ben: Laptop) -> None:
    case = ann.begin()
    row = ann.do(case, lambda s: meetings.plan(s, case, title="CoP 1", starts_on="2024-05-01")).id
    mark = ann.do(case, lambda s: milestones.set_up(s, case, title="Pilot", due_on="2024-06-30")).id
    ben.open(ann.file(case))
    for one in (ann, ben):
        one.do(case, lambda s: meetings.prepare(s, row, milestone_ids=[mark]))
    ann.open(ben.file(case))
    assert ann.ask(lambda s: meetings.prepared(s, case)) == {row: [mark]}


def test_a_call_its_notes_and_its_actions_travel_and_notes_of_both_sides_stay(ann: Laptop, ben: Laptop) -> None:
    case = ann.begin()
    call = ann.do(case, lambda s: calls.begin(s, case, people="Ann, Ben")).id
    note = ann.do(case, lambda s: calls.note(s, call, text="Kim: book the hall by 2024-05-01")).id
    ben.open(ann.file(case))
    ben_call = ben.ask(lambda s: calls.under_way(s, case))
    assert (ben_call.id, ben_call.people) == (call, "Ann, Ben")
    ben.do(case, lambda s: calls.agree(s, note, title="Book the hall", owner="Kim", due_on="2024-05-01"))
    ben.do(case, lambda s: calls.note(s, call, text="Ben's note"))
    ann.do(case, lambda s: calls.note(s, call, text="Ann's note"))
    ben.do(case, lambda s: calls.finish(s, call), calls.FINISHED)
    assert not [line for line in ann.look(ben.file(case)).lines if line.verdict == "conflict"]
    ann.open(ben.file(case))
    ben.open(ann.file(case))
    assert ann.rows() == ben.rows()
    assert {row.text for row in ann.ask(lambda s: calls.notes_of_case(s, case))[call]} == {"Ann's note", "Ben's note"}
    (made,) = ann.ask(lambda s: actions.of_case(s, case))
    assert (made.title, made.owner, made.call_id, made.stakeholder_id) == ("Book the hall", "Kim", call, None)
    assert ann.ask(lambda s: calls.under_way(s, case)) is None
    ben.undo(case)


def test_a_call_deleted_there_leaves_the_action_made_here_without_it(ann: Laptop, ben: Laptop) -> None:
    case = ann.begin()
    call = ann.do(case, lambda s: calls.begin(s, case, people="Ann")).id
    ben.open(ann.file(case))
    ben.do(case, lambda s: actions.add(s, case, title="Write", call_id=call))
    ann.do(case, lambda s: calls.remove(s, call))
    ben.open(ann.file(case))
    (made,) = ben.ask(lambda s: actions.of_case(s, case))
    assert (made.title, made.call_id) == ("Write", None)
    ann.open(ben.file(case))
    assert ann.rows() == ben.rows()


def test_threads_states_and_the_agreed_baseline_come_back_from_a_whole_round(ann: Laptop, ben: Laptop) -> None:
    """Leader and KWR each at a store of their own, from submit to agreed; only files go to and fro."""
    case = ann.begin()
    who = ann.add(case, "Province")
    row = ann.do(case, lambda s: meetings.plan(s, case, title="CoP 1", starts_on="2024-05-01")).id
    ann.do(case, lambda s: reviews.submit(s, case), "roadmap_submitted")
    ben.open(ann.file(case))
    for about, key in (
        ("Meeting", str(row)),
        ("Stakeholder", str(who)),
        ("Check", f"no moderator:{row}"),
        ("Roadmap", ""),
    ):
        ben.do(
            case,
            partial(reviews.comment, case_study_id=case, text=f"On {about}", about=about, about_key=key),
        )
    ben.do(case, lambda s: reviews.give_feedback(s, case), "roadmap_feedback")
    ann.open(ben.file(case))
    threads = {one.first.about: one for one in ann.ask(lambda s: reviews.threads(s, case))}
    assert {one.first.text for one in threads.values()} == {"On Meeting", "On Stakeholder", "On Check", "On Roadmap"}
    ann.do(case, lambda s: reviews.reply(s, threads["Meeting"].first.id, text="Kim moderates."))
    ann.do(case, lambda s: reviews.settle(s, threads["Check"].first.id))
    ann.do(case, lambda s: meetings.edit(s, row, values={"moderator": "Kim"}))
    ann.do(case, lambda s: reviews.agree(s, case), "roadmap_agreed")
    ben.do(case, lambda s: reviews.reply(s, threads["Roadmap"].first.id, text="One more thing."))
    merge = ben.look(ann.file(case))
    assert not [line for line in merge.lines if line.verdict == "conflict"]
    ben.open(ann.file(case))
    assert {one.first.about: one.state for one in ben.ask(lambda s: reviews.threads(s, case))} == {
        "Meeting": "Answered",
        "Stakeholder": "Open",
        "Check": "Settled",
        "Roadmap": "Open",
    }
    ben.do(case, lambda s: reviews.agree(s, case), "roadmap_agreed")
    ann.open(ben.file(case))
    assert ann.ask(lambda s: reviews.state(case_studies.get(s, case))) == "Agreed"
    assert [one.title for one in ann.ask(lambda s: baselines.of_case(s, case))] == ["Baseline 1"]
    assert ann.rows() == ben.rows()

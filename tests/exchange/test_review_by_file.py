"""A review round by file: a leader's case study goes out, comes back commented, and nothing is lost on the way."""

from __future__ import annotations

from sqlmodel import select

from copdash import agendas, case_studies, meetings, milestones, preparations, reviews
from copdash.models import AgendaBlock, Comment, Contribution, Preparation

from . import test_case_files as files
from .test_case_files import Laptop

laptops, ann, ben = files.laptops, files.ann, files.ben
__all__ = ["ann", "ben", "laptops"]


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
        assert ann.ask(lambda s, table=table: s.exec(select(table)).all()) == []
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

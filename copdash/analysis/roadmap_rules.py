"""The rules of the roadmap checks, in the order of the list that people see."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from copdash import words
from copdash.analysis import public_holidays, roadmaps
from copdash.analysis.quadrants import quadrant
from copdash.analysis.roadmap_checks import (
    Finding,
    Found,
    Roadmap,
    Rule,
    days_of,
    first,
    last,
    months_between,
    number,
    rule,
)
from copdash.models import Certainty, Format, Meeting, MeetingKind, Membership

# ---- the plan as a whole --------------------------------------------------------------------------------------------


@rule(
    "Fewer CoP meetings than planned for",
    reason="A community grows by meeting again; NextGen's case studies met four times.",
    way_out="Drag another theme onto the timeline, or begin from a template.",
)
def too_few_meetings(roadmap: Roadmap) -> Found:
    """Fewer CoP meetings with a day than the settings ask for; an empty roadmap is no finding."""
    wanted = number(roadmap, "meetings")
    if roadmap.meetings and len(roadmap.cop) < wanted:
        yield None, f"{len(roadmap.cop)} of {wanted} CoP meetings have a day."


@rule(
    "First meeting outside the launch window",
    reason="All case studies start together, so that they can learn from each other.",
    way_out="Move the first CoP meeting, or correct the launch window in the case study.",
)
def launch_window(roadmap: Roadmap) -> Found:
    """The first CoP meeting lies before or after the launch window."""
    since, until = roadmap.case_study.launch_from, roadmap.case_study.launch_until
    for row in roadmap.cop[:1]:
        if since and first(row) < since:
            yield row, f"{row.title} is {words.counted((since - first(row)).days, 'day')} before the launch window."
        elif until and first(row) > until:
            yield row, f"{row.title} is {words.counted((first(row) - until).days, 'day')} after the launch window."


@rule(
    "A long time without meeting",
    reason="People lose the thread, and trust has to be built again; one-on-ones do not bring the community together.",
    way_out="Put a CoP meeting, a site visit or a training between, or move one of the two.",
)
def long_gap(roadmap: Roadmap) -> Found:
    """More than a chosen number of months between two meetings, other than one-on-ones, that follow each other.

    Looked at from the first CoP meeting to the last.
    """
    most = number(roadmap, "gap_months")
    together = [row for row in roadmap.dated if row.kind != MeetingKind.ONE_ON_ONE]
    cop = [at for at, row in enumerate(together) if row.kind == MeetingKind.COP_MEETING]
    for before, after in pairwise(together[cop[0] : cop[-1] + 1] if cop else ()):
        months = months_between(last(before), first(after))
        if months > most:
            yield after, f"{months:.0f} months pass between {before.title} and {after.title}."


@rule(
    "Outside the project",
    reason="There is neither money nor a mandate before the project begins or after it ends.",
    way_out="Move the meeting, or correct start and end in the case study.",
)
def outside_project(roadmap: Roadmap) -> Found:
    """A meeting begins before the project or ends after it."""
    since, until = roadmap.case_study.starts_on, roadmap.case_study.ends_on
    for row in roadmap.dated:
        if since and first(row) < since:
            yield row, f"{row.title} is before the project starts on {words.day_in_full(since)}."
        elif until and last(row) > until:
            yield row, f"{row.title} is after the project ends on {words.day_in_full(until)}."


# ---- who is there ---------------------------------------------------------------------------------------------------


@rule(
    "To be managed closely, never invited",
    reason="Those with much power and much interest decide whether results are used.",
    way_out="Invite them to a meeting, or note on their card how they are involved instead.",
)
def key_player_never_invited(roadmap: Roadmap) -> Found:
    """A stakeholder in the quadrant «Manage closely» is on no meeting's list; those who declined are left out."""
    if not roadmap.dated:
        return
    for one in roadmap.stakeholders:
        if (
            quadrant(one.power, one.interest) == "Manage closely"
            and one.id not in roadmap.guests
            and one.membership != Membership.DECLINED
        ):
            yield None, f"{one.name} has much power and interest, and is invited to no meeting."


@rule(
    "A group that is never invited",
    reason="A community without one of its groups misses what only that group knows.",
    way_out="Invite somebody of the group, or say in the case study why it is left out.",
)
def group_never_invited(roadmap: Roadmap) -> Found:
    """A group has members on the list and none of them is invited to any meeting."""
    if not roadmap.guests:
        return
    groups: dict[str, list[bool]] = {}
    for one in roadmap.stakeholders:
        if one.group:
            groups.setdefault(one.group, []).append(one.id in roadmap.guests)
    for group, invited in groups.items():
        if not any(invited):
            yield None, f"{group}: none of {len(invited)} on the list is invited to a meeting."


@rule(
    "Invited although they declined",
    reason="Asking again those who said no costs good will.",
    way_out="Take them off the list, or change their membership if they came back.",
)
def declined_invited(roadmap: Roadmap) -> Found:
    """Somebody whose membership is «Declined» is invited to a meeting still to come."""
    declined = {one.id: one.name for one in roadmap.stakeholders if one.membership == Membership.DECLINED}
    for row in roadmap.ahead:
        names = [declined[one] for one in roadmap.invited.get(row.id, ()) if one in declined]
        if names:
            yield row, f"Invited to {row.title} although they declined: {words.listed(names, 3)}."


@rule(
    "Hardly anybody is invited yet",
    reason="People of other organisations need weeks to keep a day free.",
    way_out="Choose the invited on the meeting's card.",
)
def few_invited(roadmap: Roadmap) -> Found:
    """A CoP meeting comes soon and has fewer invited stakeholders than it should."""
    soon = roadmap.today + dt.timedelta(days=number(roadmap, "invite_days"))
    least = number(roadmap, "people")
    for row in roadmap.ahead:
        guests = len(roadmap.invited.get(row.id, ()))
        if row.kind == MeetingKind.COP_MEETING and first(row) <= soon and guests < least:
            yield row, f"{row.title} is on {words.day_in_full(first(row))}, with {guests or 'nobody'} invited so far."


# ---- what a meeting is for ------------------------------------------------------------------------------------------


@rule(
    "No expected outcome",
    reason="Without one nobody can say afterwards whether the meeting was worth the time.",
    way_out="Write on the card what will be known or decided when people leave.",
)
def no_outcome(roadmap: Roadmap) -> Found:
    """A CoP meeting still to come says no expected outcome."""
    for row in roadmap.ahead_once:
        if row.kind == MeetingKind.COP_MEETING and not row.expected_outcomes:
            yield row, f"{row.title} has no expected outcome."


@rule(
    "No moderator",
    reason="Who leads the talk has to prepare it, and cannot speak for a side.",
    way_out="Name a moderator on the card.",
)
def no_moderator(roadmap: Roadmap) -> Found:
    """A meeting still to come, other than a one-on-one, has no moderator."""
    for row in roadmap.ahead_once:
        if row.kind != MeetingKind.ONE_ON_ONE and not row.moderator:
            yield row, f"{row.title} has no moderator."


@rule(
    "No evaluation planned",
    reason="What people thought can only be asked while they are there.",
    way_out="Choose on the card how the meeting is evaluated: a form, a round, a poll.",
)
def no_evaluation(roadmap: Roadmap) -> Found:
    """A CoP meeting still to come says no evaluation method."""
    for row in roadmap.ahead_once:
        if row.kind == MeetingKind.COP_MEETING and not row.evaluation:
            yield row, f"{row.title} has no evaluation."


@rule(
    "Format or language missing",
    reason="People decide by it whether they can come and take part.",
    way_out="Choose the format and write the language on the card.",
)
def format_missing(roadmap: Roadmap) -> Found:
    """A planned or confirmed meeting says no format or no language."""
    for row in roadmap.ahead_once:
        lacks = [what for what, value in (("format", row.format), ("language", row.language)) if not value]
        if lacks and row.certainty in (Certainty.PLANNED, Certainty.CONFIRMED):
            yield row, f"{row.title} says no {' and no '.join(lacks)}."


@rule(
    "No place or link",
    reason="People who are to come have to know where to.",
    way_out="Write the place, or the online link, on the card.",
)
def nowhere(roadmap: Roadmap) -> Found:
    """A confirmed meeting has neither the place nor the link that its format needs."""
    for row in roadmap.ahead_once:
        if row.certainty != Certainty.CONFIRMED:
            continue
        if row.format in (Format.IN_PERSON, Format.HYBRID) and not row.place:
            yield row, f"{row.title} is confirmed and has no place."
        elif row.format == Format.ONLINE and not row.link:
            yield row, f"{row.title} is confirmed, online, and has no link."


@rule(
    "Agenda longer than the meeting",
    reason="What does not fit is cut at the end, and the end is where things are agreed.",
    way_out="Shorten or drop a block, or give the meeting another day.",
)
def agenda_too_long(roadmap: Roadmap) -> Found:
    """The minutes of the agenda are more than the days of the meeting have room for (eight hours each)."""
    for row in roadmap.dated:
        minutes = sum(block.minutes for block in roadmap.blocks.get(row.id, ()))
        room = roadmaps.minutes_of(row)
        if minutes > room:
            yield row, f"The agenda of {row.title} takes {minutes // 60}:{minutes % 60:02} of {room // 60} hours."


# ---- when -----------------------------------------------------------------------------------------------------------


@rule(
    "On a weekend",
    reason="Most people come as part of their work.",
    way_out="Move it to a working day, or leave it if the invited prefer the weekend.",
)
def weekend(roadmap: Roadmap) -> Found:
    """A meeting still to come has a day on the country's weekend."""
    for row in roadmap.ahead:
        day = next((day for day in days_of(row) if public_holidays.is_weekend(roadmap.case_study.country, day)), None)
        if day:
            yield row, f"{row.title}: {words.day_in_full(day)} is a {words.WEEKDAYS[day.weekday()]}."


@rule(
    "On a public holiday",
    reason="Offices are closed and people are away.",
    way_out="Move it by a few days.",
)
def holiday(roadmap: Roadmap) -> Found:
    """A meeting still to come has a day on a national holiday; nothing for a country that is not known."""
    for row in roadmap.ahead:
        for day in days_of(row):
            name = public_holidays.holiday(roadmap.case_study.country, day)
            if name:
                yield row, f"{row.title}: {words.day_in_full(day)} is {name}."
                break


@rule(
    "Two meetings on the same day",
    reason="The same people cannot be in two rooms.",
    way_out="Move one of them, or make one meeting of both.",
)
def two_at_once(roadmap: Roadmap) -> Found:
    """Two meetings of the case study share a day."""
    for before, after in pairwise(roadmap.dated):
        if last(before) >= first(after) and last(after) >= roadmap.today:
            yield after, f"{after.title} is at the same time as {before.title}."


@rule(
    "The same person wanted twice that day",
    reason="A moderator, or somebody of KWR, cannot be in two case studies at once.",
    way_out="Agree with the other case study on who moves.",
)
def clash(roadmap: Roadmap) -> Found:
    """Another case study has the same moderator, organiser or note-taker on one of a meeting's days."""
    for row in roadmap.ahead:
        people = _people(row)
        for other in roadmap.others:
            for theirs in other.meetings:
                if theirs.starts_on is None or theirs.certainty == Certainty.CANCELLED:
                    continue
                both = people.keys() & _people(theirs).keys()
                if both and first(theirs) <= last(row) and last(theirs) >= first(row):
                    who = people[min(both)]
                    yield row, f"{who} is also needed for {theirs.title} of {other.title} that day."


@rule(
    "Milestone before the meeting that prepares it",
    reason="What the community is asked about is then decided already.",
    way_out="Move the meeting to before the milestone, or unlink them.",
)
def milestone_before_meeting(roadmap: Roadmap) -> Found:
    """A meeting prepares a milestone and takes place after it."""
    marks = {mark.id: mark for mark in roadmap.milestones}
    for row in roadmap.dated:
        for mark_id in roadmap.prepared.get(row.id, ()):
            mark = marks.get(mark_id)
            if mark and mark.due_on and mark.due_on < first(row):
                days = words.counted((first(row) - mark.due_on).days, "day")
                yield row, f"{row.title} prepares {mark.title}, which is due {days} before."


# ---- afterwards -----------------------------------------------------------------------------------------------------


@rule(
    "In the past, and not held",
    reason="Nobody can tell whether it took place.",
    way_out="Set its certainty to held or cancelled, or move it.",
)
def not_closed(roadmap: Roadmap) -> Found:
    """A meeting's last day is over and it is neither held nor cancelled."""
    for row in roadmap.dated:
        if last(row) < roadmap.today and row.certainty != Certainty.HELD:
            yield row, f"{row.title} was on {words.day_in_full(first(row))} and is still {row.certainty.lower()}."


@rule(
    "No follow-up written",
    reason="People who gave a day want to know what became of it, and other case studies learn from it.",
    way_out="Write the follow-up on the card: what was agreed, who does what, by when.",
)
def no_follow_up(roadmap: Roadmap) -> Found:
    """A CoP meeting was held a chosen number of days ago and has no follow-up."""
    days = number(roadmap, "report_days")
    for row in roadmap.dated:
        since = (roadmap.today - last(row)).days
        is_cop = row.kind == MeetingKind.COP_MEETING
        if is_cop and row.certainty == Certainty.HELD and since > days and not row.follow_up:
            yield row, f"{row.title} was held {words.counted(since, 'day')} ago and has no follow-up."


@rule(
    "Nobody noted who came",
    reason="Without it nobody sees who comes again, who stays away, and whom to ask in between.",
    way_out="Open the meeting and click those who came, or «All came».",
)
def attendance_not_noted(roadmap: Roadmap) -> Found:
    """A CoP meeting was held, had people invited, and nobody is noted as having come."""
    for row in roadmap.cop:
        guests = len(roadmap.invited.get(row.id, ()))
        if row.certainty == Certainty.HELD and guests and not roadmap.attended.get(row.id):
            yield row, f"{row.title} was held, and of {guests} invited nobody is noted as there."


@rule(
    "To be managed closely, and stays away",
    reason="Being invited is not being involved; those who decide may not even know what is discussed.",
    way_out="Call on them between the meetings, and ask what would make it worth their time.",
)
def key_player_stays_away(roadmap: Roadmap) -> Found:
    """A stakeholder in «Manage closely» was invited to two or more meetings where attendance was noted, came to none.

    Those who declined are left out.
    """
    noted = [row for row in roadmap.dated if roadmap.attended.get(row.id)]
    for one in roadmap.stakeholders:
        if quadrant(one.power, one.interest) != "Manage closely" or one.membership == Membership.DECLINED:
            continue
        asked = [row for row in noted if one.id in roadmap.invited.get(row.id, ())]
        if len(asked) > 1 and not any(one.id in roadmap.attended[row.id] for row in asked):
            yield asked[-1], f"{one.name} was invited to {len(asked)} meetings and came to none."


@rule(
    "Preparation is late",
    reason="What is not ready in time is done in the meeting, at the cost of the talk.",
    way_out="Do it, or give the task another day or owner.",
)
def task_late(roadmap: Roadmap) -> Found:
    """A task of a meeting still to come is past its day and not done."""
    ahead = {row.id: row for row in roadmap.ahead}
    for task in roadmap.tasks:
        if task.meeting_id in ahead and task.due_on and task.due_on < roadmap.today and task.done_on is None:
            yield ahead[task.meeting_id], f"{task.title}: due {words.day_in_full(task.due_on)}, not done."


def _people(row: Meeting) -> dict[str, str]:
    """Who is needed for a meeting, by the name as names are compared."""
    names = (row.moderator, row.organiser, row.note_taker)
    return {words.key(name): name for name in names if name.strip()}


RULES: tuple[Rule, ...] = tuple(one for one in list(globals().values()) if isinstance(one, Rule))


def checked(roadmap: Roadmap) -> list[Finding]:
    """What the rules that are on find, the same sentence about the same meeting once."""
    found = [finding for one in RULES if one.name not in roadmap.settings.off for finding in one.findings(roadmap)]
    return list(dict.fromkeys(found))

"""Actions: what is to be done with whom, by when; done is one click."""

import uuid

import streamlit as st

from copdash import actions, meetings, stakeholders
from copdash.analysis import roadmaps
from copdash.models import Action
from copdash.ui.habits import screens, sessions, texts
from copdash.ui.mapping import action_forms

OWNER = "actions.owner"
MEETING = "actions.meeting"
ALL = "actions.all"
EVERYBODY, NOBODY = "Everybody", "Nobody yet"
ANY, NONE = "Any meeting", "No meeting"
MOST = 60


@screens.of_case_study("mapping/actions.py")
def screen(here: screens.Here) -> None:
    """Header, filters, the open ones and the done ones; runs again for each piece of news."""
    with here.reading() as session:
        found = actions.of_case(session, here.id)
        people = stakeholders.of_case(session, here.id)
        planned = meetings.of_case(session, here.id)
    names: dict[uuid.UUID | None, str] = {row.id: row.name for row in people}

    def buttons() -> None:
        if people and sessions.may_edit():
            with st.popover("Add action", icon=":material/add_task:", key="actions.new"):
                action_forms.form(here.case_study, planned, among=people)

    here.header("Actions", buttons)
    if found:
        shown = filtered(found, {row.id: row.title for row in planned})
        waiting = [one for one in shown if one.done_on is None]
        done = sorted((one for one in shown if one.done_on), key=lambda one: str(one.done_on), reverse=True)
        late = sum(one.due_on is not None and one.due_on < roadmaps.today(here.case_study) for one in waiting)
        st.caption(f"{len(waiting)} open{f', {late} overdue' if late else ''}, {len(done)} done")
        for one in portion(waiting, "open"):
            with st.container(border=True):
                action_forms.line(here.case_study, one, planned, names.get(one.stakeholder_id, ""))
        if not waiting:
            st.info("Nothing is open here.", icon=":material/task_alt:")
        folded = st.expander(f"Done, {len(done)}", key="actions.done", on_change="rerun") if done else None
        if folded is not None and folded.open:
            with folded:
                for one in portion(done, "done"):
                    action_forms.line(here.case_study, one, planned, names.get(one.stakeholder_id, ""))
    else:
        nothing_yet(bool(people))


def filtered(found: list[Action], titles: dict[object, str]) -> list[Action]:
    """Those of one owner or of one meeting, as it is chosen."""
    owners = sorted({one.owner for one in found if one.owner}, key=str.casefold)
    used = texts.apart({str(one.meeting_id): titles.get(one.meeting_id, "") for one in found if one.meeting_id})
    with st.container(horizontal=True):
        owner = st.selectbox("Owner", [EVERYBODY, *owners, NOBODY], key=OWNER, width=260)
        meeting = st.selectbox(
            "Meeting", [ANY, *used, NONE], format_func=lambda row_id: used.get(row_id, row_id), key=MEETING, width=300
        )
    if owner != EVERYBODY:
        found = [one for one in found if one.owner == ("" if owner == NOBODY else owner)]
    if meeting != ANY:
        found = [one for one in found if str(one.meeting_id) == ("None" if meeting == NONE else meeting)]
    return found


def portion(found: list[Action], which: str) -> list[Action]:
    """The first of many, all when asked."""
    if len(found) <= MOST or st.toggle(f"Show all {len(found)}", key=f"{ALL}.{which}"):
        return found
    return found[:MOST]


def nothing_yet(somebody: bool) -> None:
    """What actions are for, and where to set the first one."""
    with st.container(border=True):
        st.markdown("#### Who sees to it that the right people come along?")
        st.write(
            "Each quadrant of the grid proposes how to engage a stakeholder. Open a card on the grid and add an "
            "action: what, who sees to it, by when, and at which meeting. Here they all stand by their due date."
        )
        if somebody:
            st.page_link("mapping/power_interest.py", label="Open the grid", icon=":material/scatter_plot:")
        else:
            st.page_link("mapping/stakeholders.py", label="List the stakeholders first", icon=":material/table_rows:")


screen()

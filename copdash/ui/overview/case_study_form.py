"""The form of a case study: begin one, change its fields, archive it."""

from __future__ import annotations

import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any

import streamlit as st

from copdash import case_studies
from copdash.fields import CASE_STUDY
from copdash.models import CaseStudy
from copdash.ui.habits import changes, frame, row_form, sessions

NEW = "case_study.new"
_HELP = {
    "launch_from": "First day on which the first CoP meeting should take place",
    "launch_until": "Last day on which the first CoP meeting should take place",
    "as_of": "The day that «next» and the today line use; leave it empty to use today",
    "technologies": "One a line, or separated by semicolons",
    "quadrant_names": "Whose words the power-interest grid uses for its four quadrants",
    "axes": "Which way round the power-interest grid is drawn",
}


def new() -> None:
    """A small form that begins a case study and goes there."""
    with st.form(NEW, border=True, clear_on_submit=False):
        st.markdown("**New case study**")
        title = st.text_input("Title", key=f"{NEW}.title", placeholder="CS2 Nieuw Prinsenland")
        place = st.text_input("Place", key=f"{NEW}.place")
        zone = st.selectbox("Time zone", _zones(), index=_zones().index("Europe/Amsterdam"), key=f"{NEW}.zone")
        if st.form_submit_button("Begin", type="primary", icon=":material/add:"):
            made: list[uuid.UUID] = []

            def begin(session: Any) -> None:
                made.append(case_studies.begin(session, title=title, place=place, time_zone=zone).id)

            if changes.attempt(None, begin):
                frame.go_to(made[0], "mapping/stakeholders.py")
            changes.told()


def details(row: CaseStudy) -> None:
    """Every field; each is saved as soon as it is changed."""

    def save(values: row_form.Values, seen: row_form.Values) -> Callable[[Any], object]:
        return lambda session: case_studies.edit(session, row.id, values=values, seen=seen)

    zones = {"time_zone": _zones()}
    fields = row_form.Fields(
        row, row, CASE_STUDY, save, sessions.may_edit(), prefix="case_study", closed=zones, helps=_HELP
    )
    left, right = st.columns(2)
    for number, name in enumerate(CASE_STUDY):
        with left if number % 2 == 0 else right:
            fields.show(name)


def archive(row: CaseStudy) -> None:
    """Take it off the lists, or bring it back."""
    st.button(
        "Bring back" if row.archived else "Archive this case study",
        key=f"case_study.{row.id}.archive",
        icon=":material/unarchive:" if row.archived else ":material/archive:",
        help="It leaves the menu and the portfolio; nothing is deleted, and its address still opens it.",
        on_click=_archive,
        args=(row.id, not row.archived),
    )


def _archive(case_study_id: uuid.UUID, archived: bool) -> None:
    if changes.attempt(
        case_study_id,
        lambda session: case_studies.archive(session, case_study_id, archived=archived),
    ):
        changes.tell("Archived. Undo brings it back." if archived else "It is back in the menu.")


@st.cache_data(show_spinner=False)
def _zones() -> list[str]:
    places = (name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc"))
    return [*sorted(places), "UTC"]

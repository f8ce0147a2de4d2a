"""Versions: the map as it was, two of them side by side, and what changed between them."""

import uuid

import streamlit as st

from copdash import stakeholders, store, versions, words
from copdash.models import CaseStudy
from copdash.ui.habits import changes, screens, sessions, texts
from copdash.ui.mapping import grid_versions, version_pairs
from copdash.versions import Frozen


@screens.of_case_study("mapping/versions.py")
def screen(here: screens.Here) -> None:
    """Header, the list and the two maps; runs again for each piece of news."""
    with here.reading() as session:
        known = versions.of_case(session, here.id)
        somebody = bool(stakeholders.of_case(session, here.id))

    def buttons() -> None:
        if known and sessions.may_edit():
            grid_versions.freeze(here.id)

    here.header("Versions", buttons)
    if known:
        listed, compared = st.columns([1, 2.6], gap="medium")
        with compared:
            ids = version_pairs.choose(known)
            with store.reading(sessions.eye()) as session:
                pair = version_pairs.read(session, here.id, known, ids)
            version_pairs.picture(here.case_study, pair)
            version_pairs.words(here.case_study, pair)
            version_pairs.table(here.case_study, pair)
        with listed:
            st.markdown(f"**{words.counted(len(known), 'version')}**")
            with st.container(height=640 if len(known) > 6 else "content", border=False):
                for one in reversed(known):
                    entry(here.case_study, one)
    else:
        nothing_yet(here.id, somebody)


def entry(case_study: CaseStudy, one: Frozen) -> None:
    """One version: what it is called, when and by whom it was frozen; rename, delete."""
    with st.container(border=True, gap="xsmall"):
        st.text(one.title)
        st.caption(version_pairs.about(case_study, one))
        if sessions.may_edit():
            with st.container(horizontal=True):
                naming = st.popover("Rename", key=f"version.{one.id}.rename", on_change="rerun")
                if naming.open:
                    with naming:
                        grid_versions.name(case_study, one)
                st.button(
                    "Delete",
                    key=f"version.{one.id}.delete",
                    type="tertiary",
                    icon=":material/delete:",
                    help=texts.as_typed(f"Delete {one.title}. Undo brings it back."),
                    on_click=remove,
                    args=(case_study.id, one.id, one.title),
                )


def remove(case_study_id: uuid.UUID, version_id: uuid.UUID, title: str) -> None:
    """Callback: delete one version."""
    changes.attempt(
        case_study_id,
        lambda session: versions.remove(session, [version_id]),
        says=f"{title} is deleted. Undo brings it back.",
    )


def nothing_yet(case_study_id: uuid.UUID, somebody: bool) -> None:
    """What versions are for, and the way to the first one."""
    with st.container(border=True):
        st.markdown("#### Who has moved since the last meeting?")
        st.write(
            "Freeze the map before a workshop or after a meeting: every place, attitude, membership and tie of that "
            "day is kept. Later this page shows two versions side by side, and the grid shows where everybody stood, "
            "with an arrow to where they stand now."
        )
        if somebody and sessions.may_edit():
            grid_versions.freeze(case_study_id, "Freeze the map as it is")
        elif not somebody:
            st.page_link("mapping/stakeholders.py", label="List the stakeholders first", icon=":material/table_rows:")


screen()

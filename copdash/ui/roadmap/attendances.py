"""Who came to a meeting: one click each on the list of the invited, all at once, or somebody who came uninvited."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

import streamlit as st

from copdash import meetings
from copdash.analysis import roadmaps
from copdash.models import CaseStudy, Certainty, Meeting, Stakeholder
from copdash.ui.habits import changes, sessions, texts


def asked(case_study: CaseStudy, row: Meeting, came: Sequence[uuid.UUID]) -> bool:
    """Whether it is time to ask: the meeting has begun or was held, or somebody noted it already."""
    begun = row.starts_on is not None and row.starts_on <= roadmaps.today(case_study)
    return bool(came) or row.certainty == Certainty.HELD or (begun and row.certainty != Certainty.CANCELLED)


def said(came: Sequence[uuid.UUID], invited: Sequence[uuid.UUID]) -> str:
    """«12 of 15 came»; empty where nobody noted it."""
    return f"{len(came)} of {len(invited)} came" if came else ""


def show(
    case_study: CaseStudy,
    row: Meeting,
    everybody: Sequence[Stakeholder],
    invited: Sequence[uuid.UUID],
    came: Sequence[uuid.UUID],
    can_edit: bool,
) -> None:
    """The invited as buttons that stay down for those who came; «All came»; and who came without being invited."""
    names = texts.apart({str(one.id): one.name for one in everybody})
    listed = [str(one) for one in invited if str(one) in names]
    was = [str(one) for one in came if str(one) in names]
    if not listed:
        st.caption("Nobody is on the list of the invited yet. Those who came can be added here all the same.")
    else:
        key = sessions.widget(f"meeting.{row.id}.attended", was)
        st.pills(
            "Who came: click each",
            listed,
            selection_mode="multi",
            default=was,
            format_func=lambda one: texts.as_typed(names.get(one, "Deleted")),
            key=key,
            disabled=not can_edit,
            on_change=_note,
            args=(case_study.id, row.id, key, was),
        )
    if not can_edit:
        return
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "All came",
            key=f"meeting.{row.id}.attended.all",
            icon=":material/done_all:",
            type="tertiary",
            disabled=len(was) == len(listed),
            on_click=_note_these,
            args=(case_study.id, row.id, listed, was),
        )
        st.button(
            "Clear",
            key=f"meeting.{row.id}.attended.none",
            icon=":material/remove_done:",
            type="tertiary",
            disabled=not was,
            on_click=_note_these,
            args=(case_study.id, row.id, [], was),
        )
    others = {one: name for one, name in names.items() if one not in listed}
    if others:
        key = sessions.widget(f"meeting.{row.id}.attended.other", None)
        st.selectbox(
            "Came without being invited",
            list(others),
            index=None,
            format_func=lambda one: others.get(one, "Deleted"),
            key=key,
            placeholder="Choose from the list",
            on_change=_welcome,
            args=(case_study.id, row.id, key, others),
        )


def _note(case_study_id: uuid.UUID, meeting_id: uuid.UUID, key: str, seen: Sequence[str]) -> None:
    _note_these(case_study_id, meeting_id, list(st.session_state[key] or []), seen)


def _note_these(case_study_id: uuid.UUID, meeting_id: uuid.UUID, wanted: Sequence[str], seen: Sequence[str]) -> None:
    """Callback: who came as one gesture; what others noted meanwhile stays."""
    ids, was = ([uuid.UUID(one) for one in listed] for listed in (wanted, seen))
    changes.attempt(
        case_study_id,
        lambda session: meetings.note_attended(session, meeting_id, stakeholder_ids=ids, seen=was),
    )


def _welcome(case_study_id: uuid.UUID, meeting_id: uuid.UUID, key: str, names: Mapping[str, str]) -> None:
    """Callback: somebody who was not invited came: on the list, and there, as one gesture."""
    chosen = st.session_state[key]
    if not chosen:
        return
    who = uuid.UUID(chosen)
    changes.attempt(case_study_id, lambda session: meetings.welcome(session, meeting_id, who))

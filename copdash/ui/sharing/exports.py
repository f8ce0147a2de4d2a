"""Taking a case study out: one workbook, or one CSV file a table. They import again without loss."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import streamlit as st

from copdash import meetings, milestones, relations, stakeholders, store
from copdash.exchange import exports, imports, network_files, tables
from copdash.exchange.headings import LABELS, Subject
from copdash.models import CaseStudy
from copdash.ui.habits import sessions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK = "files.export.workbook"
TEMPLATE = "files.template"
SEPARATOR = "files.export.separator"
FORMAT = "files.export.format"
NETWORK = "files.export.network"
ICONS: dict[Subject, str] = {
    "stakeholders": ":material/table_rows:",
    "relations": ":material/hub:",
    "meetings": ":material/calendar_month:",
    "milestones": ":material/flag:",
}

# Files hold names. They are made on the click only, and copdash.page_files gives them to this browser alone, while the
# page is open.


def show(case_study: CaseStudy) -> None:
    """The workbook first, the single tables beside it."""
    with store.reading(sessions.eye()) as session:
        counts: dict[Subject, int] = {
            "stakeholders": len(stakeholders.of_case(session, case_study.id)),
            "relations": len(relations.of_case(session, case_study.id)),
            "meetings": len(meetings.of_case(session, case_study.id)),
            "milestones": len(milestones.of_case(session, case_study.id)),
        }
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        st.markdown("#### Everything in one workbook")
        st.write("List, ties, roadmap and milestones, a sheet each. Change it in Excel and import it again.")
        st.caption(
            "Meetings come with invited, attendance, agenda, tasks and milestones. Not in a table: history, comments, "
            "baselines, versions and actions. The case study file carries all."
        )
        st.caption(" · ".join(imports.counted(count, subject) for subject, count in counts.items()))
        st.download_button(
            "Download workbook (XLSX)",
            _workbook(case_study.id),
            file_name=exports.file_name(case_study.title, ".xlsx"),
            mime=XLSX,
            key=WORKBOOK,
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
    with right, st.container(border=True, height="stretch"):
        st.markdown("#### One table as CSV")
        semicolons = st.segmented_control(
            "Columns separated by",
            [",", ";"],
            default=",",
            format_func=lambda sign: "Commas" if sign == "," else "Semicolons, decimal comma (Excel in most of Europe)",
            key=SEPARATOR,
            required=True,
        )
        with st.container(horizontal=True):
            for subject, count in counts.items():
                noun = imports.NOUNS[subject][1]
                st.download_button(
                    f"{noun.capitalize()}, {count:,}",
                    _table(case_study.id, subject, semicolons or ","),
                    file_name=exports.file_name(f"{case_study.title} {noun}", ".csv"),
                    mime="text/csv",
                    key=f"files.export.{subject}",
                    icon=ICONS[subject],
                    on_click="ignore",
                )


def network(case_study: CaseStudy) -> None:
    """The network for other programs; what a format cannot carry stands above its button."""
    with st.container(border=True):
        st.markdown("#### The network for other programs")
        kind = st.segmented_control(
            "Format",
            list(network_files.FORMATS),
            default="graphml",
            format_func=lambda name: network_files.FORMATS[name].title,
            key=FORMAT,
            required=True,
        )
        chosen = network_files.FORMATS[kind or "graphml"]
        with store.reading(sessions.eye()) as session:
            lost = network_files.read(session, case_study.id).warnings(kind or "graphml")
        st.write(f"For {chosen.for_whom}. Stakeholders and ties; the same file can be imported again.")
        st.caption(" ".join([f"Not in it: {chosen.loses[:1].lower()}{chosen.loses[1:]}", *lost]))
        st.download_button(
            f"Download {chosen.title}",
            _network(case_study.id, kind or "graphml"),
            file_name=exports.file_name(f"{case_study.title} network", chosen.ending),
            mime=chosen.mime,
            key=NETWORK,
            icon=":material/download:",
            on_click="ignore",
        )


def _network(case_study_id: uuid.UUID, kind: str) -> Callable[[], bytes]:
    eye = sessions.eye()

    def made() -> bytes:
        with store.reading(eye) as session:
            found = network_files.read(session, case_study_id)
        return found.written(kind)  # nobody waits for the store while a large file is made

    return made


def template() -> None:
    """An empty workbook with our columns, for those who begin with nothing."""
    st.download_button(
        "Empty workbook to fill in",
        lambda: tables.xlsx_file({subject: [] for subject in LABELS}),
        file_name="COPDash.xlsx",
        mime=XLSX,
        key=TEMPLATE,
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _workbook(case_study_id: uuid.UUID) -> Callable[[], bytes]:
    eye = sessions.eye()

    def made() -> bytes:
        with store.reading(eye) as session:
            return exports.workbook(session, case_study_id)

    return made


def _table(case_study_id: uuid.UUID, subject: Subject, delimiter: str) -> Callable[[], bytes]:
    eye = sessions.eye()

    def made() -> bytes:
        with store.reading(eye) as session:
            return exports.csv_table(session, case_study_id, subject, delimiter=delimiter)

    return made

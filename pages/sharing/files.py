"""Import and export: spreadsheets in and out, and a whole case study as one file."""

import streamlit as st

from copdash.models import CaseStudy
from copdash.ui.habits import frame, screens, texts
from copdash.ui.sharing import case_files, exports, import_reading, import_table, imports

TABS = "files.tabs"
APPLY = "files.apply"
STYLE = imports.STYLE
TITLES = ["Import", "Export", "Case study file"]

if frame.chosen() is None:  # nine files may come to a store that is still empty
    screens.Place("sharing/files.py").header("Bring in case studies")
    case_files.bring_in()


@screens.of_case_study("sharing/files.py")
def screen(here: screens.Here) -> None:
    """Header and the three ways; runs again for each choice and each piece of news."""
    st.html(STYLE)
    here.header("Import and export")
    case_files.came(here.case_study)
    ways = st.tabs(TITLES, key=TABS, on_change="rerun")
    with ways[0]:
        if ways[0].open:
            bring_in(here.case_study)
    with ways[1]:
        if ways[1].open:
            exports.show(here.case_study)
            exports.network(here.case_study)
    with ways[2]:
        if ways[2].open:
            case_files.show(here.case_study)


def bring_in(case_study: CaseStudy) -> None:
    """Drop, look, confirm."""
    file = imports.brought(case_study)
    if file is None:
        imports.imported(case_study)
        imports.drop_zone(case_study)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                "The first line names the columns, in English, German, Dutch, French, Spanish or Italian. "
                "You see what will happen before anything is saved.",
                width="stretch",
            )
            exports.template()
        return
    if not file.pieces and not file.refused:
        with st.spinner(f"Reading {texts.as_typed(file.file_name)} …"):
            imports.read(file)
    if file.refused:
        st.error(f"**{texts.as_typed(file.file_name)}** {texts.as_typed(file.refused)}", icon=":material/block:")
        st.button("Choose another file", key="files.away", icon=":material/upload_file:", on_click=imports.put_away)
        return
    if file.seen:
        with st.spinner("Importing …"):
            imports.apply(file)
    if file.done:
        imports.finish(file)
        st.rerun()  # for the header, too
    imports.plan(file)
    confirm(file)
    name = import_reading.one_table(file)
    if name is None:
        return
    piece = file.pieces[name]
    if left := import_reading.not_chosen(file):
        st.caption(texts.as_typed(left))
    st.caption(f"{import_reading.summary(piece)}  \n{texts.as_typed(import_reading.mapping(piece))}")
    import_reading.questions(file, name)
    import_reading.extras(file, name)
    if name not in file.plans:
        with st.container(border=True):
            import_reading.settings(file, name)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = import_table.filtered(file.plans[name], f"files.filter.{file.id}.{name}")
        import_reading.ways(file, name)
    import_reading.account(file, name)
    import_table.show(file.plans[name], chosen)


def confirm(file: imports.Brought) -> None:
    """The file, what it will bring, and the one button."""
    asked = imports.asks(file)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"##### :material/description: {texts.as_typed(file.file_name)}", width="stretch")
        st.button("Another file", key="files.away", icon=":material/close:", on_click=imports.put_away)
        if asked:
            st.button(asked, key=APPLY, type="primary", icon=":material/check:", on_click=imports.confirm, args=(file,))
    if file.notice:
        st.warning(texts.as_typed(file.notice), icon=":material/sync_problem:")
    elif file.missing:
        st.info(texts.as_typed(file.missing), icon=":material/help:")
    elif not asked:
        st.info("Nothing to import: no line of this file adds or changes anything.", icon=":material/check:")


screen()

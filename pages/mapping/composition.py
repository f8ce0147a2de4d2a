"""Who is missing: the list and the CoP by group, helix and scale, beside NextGen's mix and the other case studies."""

import streamlit as st

from copdash import stakeholders
from copdash.ui.habits import empty, kinds, pictures, screens, sessions
from copdash.ui.mapping import compositions

BY = "composition.by"
ALSO = "composition.also"
PICTURE = "composition.picture"


@screens.of_case_study("mapping/composition.py")
def screen(here: screens.Here) -> None:
    """Header, missing ones by name, picture and numbers; runs again for each piece of news."""
    with here.reading() as session:
        rows = stakeholders.of_case(session, here.id)

    def buttons() -> None:
        if rows:
            st.page_link(compositions.CHOOSE, label="Choose the CoP", icon=":material/how_to_reg:")

    here.header("Missing voices", buttons)
    with st.container():
        if rows:
            with st.container(horizontal=True, vertical_alignment="center"):
                by = st.segmented_control(
                    "By",
                    list(compositions.DIMENSIONS),
                    default="group",
                    required=True,
                    format_func=lambda name: compositions.DIMENSIONS[name],
                    key=BY,
                    label_visibility="collapsed",
                )
                st.markdown("Count as CoP members also", width="content")
                also = st.pills(
                    "Count as CoP members also",
                    compositions.ALSO,
                    selection_mode="multi",
                    key=ALSO,
                    label_visibility="collapsed",
                )
                kinds.ask("composition", here.id)
                elsewhere = compositions.others(sessions.eye(), here.id, mixed=kinds.mixed("composition"))
                found = compositions.counted(rows, elsewhere, by or "group", also)
                pictures.composition(here.case_study, {"List": found.listed, "CoP": found.members})
            compositions.named(found)
            beside = st.columns([0.68, 0.32], gap="medium")
            with beside[0]:
                compositions.picture(found, key=PICTURE)
            with beside[1]:
                compositions.diversity(found, compositions.counted(rows, [], "sector", also))
            with st.expander("The picture as a table", icon=":material/table:"):
                compositions.table(found)
        else:
            nobody()


def nobody() -> None:
    """Nobody to count yet: what this screen is for, and where to begin."""
    empty.stakeholders(
        "Whose voice is missing?",
        "Here everybody on the list is counted by group, helix and scale, those with nobody too. Beside it stand "
        "the CoP members, the mix of the NextGen CoPs and your other case studies.",
    )


screen()

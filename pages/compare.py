"""Compare: scenarios side by side under names of the reader's, two in full, and policies."""

from __future__ import annotations

import streamlit as st

from ui.panels import frame, pointer
from ui.panels.beside import desk
from ui.session import state
from ui.theme import look_of


def compare() -> None:
    """The table of scenarios with two of them in full, then the policies of the paper."""
    st.html('<h1 class="ee-headline">Which of these scenarios asks what of whom?</h1>')
    desk.lineup_part()
    desk.desk_panel(state.scenario(), state.view(), look_of(st.context.theme.type))
    pointer.hands(state.view().region)
    desk.policies_part(state.scenario())


if __name__ == "__main__":
    frame.whole_app()

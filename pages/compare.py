"""Compare: the paper's policies in one table, and any two scenarios side by side."""

from __future__ import annotations

import streamlit as st

from ui import messages
from ui.panels import frame, pointer, policies, reproduce
from ui.session import state
from ui.theme import look_of


def compare() -> None:
    """The table of policies, then two links."""
    scenario = state.scenario()
    st.html('<h1 class="ee-headline">Which policy asks what of whom?</h1>')
    st.caption(
        "Your scenario and the policies of the paper, on the same data, period and regional "
        "factors. Regions worse off are counted, in every row, against one plan, the baseline of "
        f"your scenario: {policies.baseline_words(scenario)}. PAR, Gini and Jain say how unequally "
        "the regions carry it: the worst region over the mean (1 when equal), the Gini coefficient "
        "(0 when equal), Jain's index (1 when equal). Click a heading to sort."
    )
    with messages.edge():
        policies.policies(scenario)
        reproduce.table_panel([question for *_, question in policies.asked(scenario)])
    st.header("Two scenarios side by side", anchor=False)
    with messages.edge():
        other = policies.links()
        if other is not None:
            policies.difference(scenario, other, look_of(st.context.theme.type))
            pointer.hands(state.view().region)


if __name__ == "__main__":
    frame.whole_app()

"""Compare: the paper's policies in one table, and any two scenarios side by side."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from ui import compared, hands, messages, reproduce, state
from ui.look import look_of


def compare() -> None:
    """The table of policies, then two links."""
    scenario = state.scenario()
    st.html('<h1 class="ee-headline">Which policy asks what of whom?</h1>')
    st.caption(
        "Your scenario and the policies of the paper, on the same data, period and regional "
        "factors. Regions worse off are counted, in every row, against one plan, the baseline of "
        f"your scenario: {compared.baseline_words(scenario)}. PAR, Gini and Jain say how unequally "
        "the regions carry it: the worst region over the mean (1 when equal), the Gini coefficient "
        "(0 when equal), Jain's index (1 when equal). Click a heading to sort."
    )
    with messages.edge():
        compared.policies(scenario)
        reproduce.table_panel([question for *_, question in compared.asked(scenario)])
    st.subheader("Two scenarios side by side", anchor=False)
    with messages.edge():
        other = compared.links()
        if other is not None:
            compared.difference(scenario, other, look_of(st.context.theme.type))
            hands.hands(state.view().region)


if __name__ == "__main__":
    # Streamlit opens the file by itself for the first deep link after a start.
    import_module("app").main()

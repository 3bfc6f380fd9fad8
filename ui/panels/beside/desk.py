"""The desk of the Compare page: which scenarios, their table, two in full, and the policies."""

from __future__ import annotations

import streamlit as st

from equity_core import Scenario
from ui import messages
from ui.jobs import cache
from ui.maps.view import View
from ui.panels import again, reproduce
from ui.panels.beside import columns, lineup, pair, policies, table
from ui.session import keys, state
from ui.theme import Look

EXPLANATION = (
    "This plan and the policies of the paper, on the same data, period and regional factors, "
    "all against one plan. PAR, Gini and Jain say how unequally the regions carry it: the worst "
    "region over the mean (1 when equal), the Gini coefficient (0 when equal), Jain's index (1 "
    "when equal). Click a heading to sort."
)
LONGEST_WAIT = 2.0
"""Seconds that the table waits for a plan before it answers what was clicked in it."""


def lineup_part() -> None:
    """Adding, naming, moving and removing: outside the part that runs by itself, so that the ways
    to other pages know of every change."""
    with messages.edge():
        lineup.adding()
        lineup.naming(columns.asked().columns)


@st.fragment
def desk_panel(scenario: Scenario, view: View, look: Look) -> None:
    """The table and the pair. A fragment: what is computed beside the page comes column by column.

    While a plan is missing the browser asks for the fragment at once, which then waits for it.
    """
    if (state.scenario(), state.view()) != (scenario, view):
        st.rerun()
    with messages.edge():
        asked = columns.asked()
        if asked.pending and (patience := keys.COLUMNS_PATIENCE.take()):
            columns.wait(asked.pending, patience)
            asked = columns.asked()
        with cache.turnstile().turn():
            table.table_panel(asked.columns, complete=not asked.pending)
            pair.pair_panel(asked.columns, look)
        if asked.pending:
            again.ask_again("ask_for_columns", _await)


def _await() -> None:
    """The browser asks for what is missing: everything else has been sent."""
    keys.COLUMNS_PATIENCE.keep(LONGEST_WAIT)


def policies_part(scenario: Scenario) -> None:
    """The paper's policies: open where a dozen plans take no time, else for whoever asks."""
    panel = st.expander(
        "The paper's policies on the same data",
        key="policies_panel",
        on_change="rerun",
        expanded=cache.is_light(scenario),
    )
    if panel.open:
        with panel, messages.edge():
            st.caption(EXPLANATION)
            policies.policies(scenario)
        reproduce.table_panel([question for *_, question in policies.asked(scenario)])

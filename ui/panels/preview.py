"""What a preview mixes, for the browser, once it is there (ui/assets/preview)."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from equity_core import Scenario
from equity_core.errors import EquityError
from equity_core.outcome.outcome import Comparison
from equity_core.preview.nodes import can_preview, grid_scenario
from equity_core.scenario.parameters import BY_NAME
from ui.charts import preview
from ui.jobs import datasets, preview_orders
from ui.panels import again
from ui.sidebar.widgets import ladder
from ui.theme import look_of

WEIGHTS = ("water_weight", "carbon_weight")
LOOK = 0.7
"""Seconds between two looks at whether they are there."""


@st.fragment
def nodes_panel(comparison: Comparison, may_order: bool) -> None:
    """The nodes of the scenario, out of sight; until they are there the page has no previews.

    A fragment, looking now and then: what nobody waits for must not have anything else drawn again.
    They are ordered once nothing else is to come (`may_order`).
    """
    asked = _asked(comparison)
    wish = preview_orders.nodes_wish()
    wish.give_up_but(asked)
    if asked is None or not (may_order or wish.is_answered_for(asked)):
        return
    order = wish.order(asked)
    if not order.done():
        again.ask_again("ask_for_nodes", after=LOOK)
        return
    with suppress(EquityError):  # where it takes too long the page does without
        _show(preview_orders.packed_nodes(asked, order.result()), comparison)


def _show(nodes: str, comparison: Comparison) -> None:
    look = look_of(st.context.theme.type)
    steps = [ladder(BY_NAME[name]) for name in WEIGHTS]
    with st.container(key="preview_nodes"):
        st.html(preview.nodes_html(nodes, preview.key_of(comparison.after), steps, look))


def _asked(comparison: Comparison) -> Scenario | None:
    """What stands for all scenarios with the same nodes; None where there is no preview."""
    scenario = comparison.after.scenario
    data = datasets.dataset(scenario.dataset)
    return grid_scenario(scenario) if can_preview(scenario, data) else None

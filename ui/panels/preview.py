"""What a preview mixes, for the browser, once it is there (ui/assets/preview)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import streamlit as st

from equity_core import Scenario
from equity_core.errors import EquityError
from equity_core.outcome.outcome import Comparison
from equity_core.preview.nodes import can_preview, grid_scenario
from equity_core.scenario.parameters import BY_NAME
from ui.charts import preview
from ui.jobs import datasets, preview_orders
from ui.sidebar.widgets import ladder
from ui.theme import look_of

WEIGHTS = ("water_weight", "carbon_weight")


def nodes_part(comparison: Comparison, came: Callable[[Future[Any]], bool] | None) -> bool:
    """The nodes of the scenario, out of sight: whether no more is to come.

    `came` as in `result.lens_badges`. Without them there is no preview, and the page is as before.
    """
    asked = _asked(comparison)
    wish = preview_orders.nodes_wish()
    wish.give_up_but(asked)
    if asked is None:
        return True
    order = wish.order(asked) if came or wish.is_answered_for(asked) else None
    if order is None or not (order.done() or (came and came(order))):
        return False
    try:
        nodes = preview_orders.packed_nodes(asked, order.result())
    except EquityError:
        return True  # where it takes too long the page does without: nothing else rests on it
    look = look_of(st.context.theme.type)
    steps = [ladder(BY_NAME[name]) for name in WEIGHTS]
    with st.container(key="preview_nodes"):
        st.html(preview.nodes_html(nodes, preview.key_of(comparison.after), steps, look))
    return True


def _asked(comparison: Comparison) -> Scenario | None:
    """What stands for all scenarios with the same nodes; None where there is no preview."""
    scenario = comparison.after.scenario
    data = datasets.dataset(scenario.dataset)
    return grid_scenario(scenario) if can_preview(scenario, data) else None

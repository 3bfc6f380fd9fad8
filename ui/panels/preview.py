"""What a preview mixes, for the browser, once it is there (ui/assets/preview)."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress

import streamlit as st

from equity_core import Scenario
from equity_core.errors import EquityError
from equity_core.outcome.outcome import Comparison
from equity_core.preview.factors import can_preview_factors
from equity_core.preview.nodes import can_preview, grid_scenario
from equity_core.scenario.parameters import BY_NAME
from ui.charts import preview
from ui.jobs import datasets, preview_orders
from ui.jobs.preview_orders import LatestWish
from ui.jobs.requests import Answer, Question
from ui.panels import again
from ui.session import state
from ui.sidebar.widgets import ladder
from ui.theme import Look, look_of

WEIGHTS = ("water_weight", "carbon_weight")
AGAIN = 0.7
"""Seconds between two looks at whether they are there."""


@st.fragment
def nodes_panel(comparison: Comparison, may_order: bool) -> None:
    """What previews are made of, out of sight; until it is there the page has none.

    A fragment, looking now and then: what nobody waits for must not have anything else drawn again.
    It is ordered once nothing else is to come (`may_order`), for the weights before the factors of
    the region that is chosen.
    """
    after, asked, along = comparison.after, _asked(comparison), _along(comparison)
    nodes = _ordered(preview_orders.nodes_wish(), asked, may_order)
    may_go_on = may_order and _is_there(nodes)
    courses = _ordered(preview_orders.courses_wish(), along, may_go_on)
    complete = _is_there(nodes) and _is_there(courses) and (may_go_on or not may_order)
    with st.container(key="preview_nodes"):
        if asked and nodes and (solved := _result(nodes)):
            steps = [ladder(BY_NAME[name]) for name in WEIGHTS]
            packed = preview_orders.packed_nodes(asked, solved)
            st.html(preview.nodes_html(packed, preview.key_of(after), steps, _look()))
        if along and courses and (found := _result(courses)):
            told = preview_orders.packed_along(*along, found)
            st.html(preview.courses_html(told, after, along[1], _look()))
    if not complete:
        again.ask_again("ask_for_nodes", after=AGAIN)


def _ordered(
    wish: LatestWish[Question, Answer], asked: Question | None, may_order: bool
) -> Future[Answer] | None:
    """The order for what is `asked`, where there is one; another question's is given up."""
    wish.give_up_but(asked)
    if asked is None or not (may_order or wish.is_answered_for(asked)):
        return None
    return wish.order(asked)


def _is_there(order: Future[Answer] | None) -> bool:
    """Whether nothing is to come of it."""
    return order is None or order.done()


def _result(order: Future[Answer]) -> Answer | None:
    """What came; where it takes too long, or there is no plan, the page does without."""
    with suppress(EquityError):
        return order.result() if order.done() else None
    return None


def _asked(comparison: Comparison) -> Scenario | None:
    """What stands for all scenarios with the same nodes; None where there is no preview."""
    scenario = comparison.after.scenario
    data = datasets.dataset(scenario.dataset)
    return grid_scenario(scenario) if can_preview(scenario, data) else None


def _along(comparison: Comparison) -> preview_orders.OfRegion | None:
    """The scenario and the region whose factors have previews; None where none has."""
    scenario, site = comparison.after.scenario, state.view().region
    data = datasets.dataset(scenario.dataset)
    if not can_preview_factors(scenario, data, site):
        return None
    return scenario.replace(baseline=Scenario().baseline), site


def _look() -> Look:
    return look_of(st.context.theme.type)

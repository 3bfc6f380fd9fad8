"""Explore: read the scenario, ask, show."""

from __future__ import annotations

import streamlit as st

from ui.jobs import datasets, orders
from ui.panels import (
    downloads,
    embed,
    frame,
    frontier,
    infeasible,
    pointer,
    reproduce,
    result,
)
from ui.panels.hourly import when
from ui.panels.regions import bars, maps
from ui.session import state
from ui.theme import look_of


def explore() -> None:
    """The frontier is begun first, beside the page, and drawn when all in sight has been sent.

    The tables come after it: dozens of rows keep a browser busy for longer than the map does.
    """
    scenario, look = state.scenario(), look_of(st.context.theme.type)
    frontier.order(scenario)
    comparison = infeasible.comparison(scenario)
    if comparison is None:
        return
    dataset = datasets.dataset(comparison.after.dataset_id)
    fleet = datasets.fleet(comparison.after.scenario)
    if embed.is_embedded():
        embed.embedded(comparison, fleet, look)
        return
    share = downloads.share_place()
    result.opening(comparison, dataset)
    maps.view_controls(fleet)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        maps.map_panel(comparison, fleet, look, pointer.narrow_screen())
        downloads.map_menu(comparison, dataset, state.view())
    with right:
        bars.bars_panel(comparison, fleet, look)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with right:
        badges = result.gains_panel(comparison, fleet)
        result.limits_panel(comparison)
    downloads.share_bar(comparison, dataset, share)
    below = st.container()
    pointer.hands(state.view().region)
    with left:
        frontier.frontier_part(scenario, comparison, badges)
    with below:
        when.when_panel(comparison)
        result.table_panel(comparison)
        result.people_panel(comparison, dataset)
        downloads.table_menu(comparison, dataset)
        reproduce.reproduce_panel(comparison.after.scenario)
        result.footer(comparison, dataset, downloads.page_link(comparison))
    orders.prepare_files()


if __name__ == "__main__":
    frame.whole_app()

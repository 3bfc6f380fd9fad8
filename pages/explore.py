"""Explore: read the scenario, ask, show."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from ui import cached, embed, frontier, hands, panels, reproduce, share, state, ways
from ui.look import look_of


def explore() -> None:
    """The frontier is begun first, beside the page, and drawn when all in sight has been sent.

    The tables come after it: dozens of rows keep a browser busy for longer than the map does.
    """
    scenario, look = state.scenario(), look_of(st.context.theme.type)
    frontier.order(scenario)
    comparison = ways.comparison(scenario)
    if comparison is None:
        return
    dataset = cached.dataset(comparison.after.dataset_id)
    fleet = cached.fleet(comparison.after.scenario)
    if embed.is_embedded():
        embed.embedded(comparison, fleet, look)
        return
    panels.opening(comparison, dataset)
    panels.view_controls(fleet)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        panels.map_panel(comparison, fleet, look, hands.narrow_screen())
        share.map_menu(comparison, dataset, state.view())
    with right:
        panels.bars_panel(comparison)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with right:
        badges = panels.gains_panel(comparison, fleet)
        panels.limits_panel(comparison)
    share.share_bar(comparison, dataset)
    below = st.container()
    hands.hands(state.view().region, frontier.adopt_shown)
    with left:
        frontier.frontier_part(scenario, comparison, badges)
        share.frontier_menu(comparison, dataset)
    with below:
        panels.table_panel(comparison)
        panels.people_panel(comparison, dataset)
        share.table_menu(comparison, dataset)
        reproduce.reproduce_panel(comparison.after.scenario)
        panels.footer(comparison, dataset)


if __name__ == "__main__":
    # Streamlit opens the file by itself for the first deep link after a start.
    import_module("app").main()

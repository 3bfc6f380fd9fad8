"""Goals: say what must hold, and see at once whether it can, with how much room, at what cost."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from equity_core.text.slack import goals_headline
from ui import cached, goalpanels, panels, reproduce, state, ways


def goals() -> None:
    """The answer first, then the goals beside what is possible."""
    scenario = state.scenario()
    top = st.container(gap="small")
    comparison = ways.comparison(scenario)
    reached = comparison is not None and comparison.after.scenario == scenario
    with top:
        goalpanels.title(
            goals_headline(comparison.after)
            if comparison is not None and reached
            else "No plan does all that is asked."
        )
    left, right = st.columns([0.4, 0.6], gap="large")
    with left:
        goalpanels.form(scenario)
    if comparison is None:
        return
    with right:
        goalpanels.figures(comparison)
        if reached:
            goalpanels.results(comparison.after)
        picture = st.container()
    reproduce.reproduce_panel(comparison.after.scenario)
    panels.footer(comparison, cached.fleet(comparison.after.scenario))
    with picture:
        goalpanels.what_is_possible(scenario, comparison, reached)


if __name__ == "__main__":
    # Streamlit opens the file by itself for the first deep link after a start.
    import_module("app").main()

"""Goals: say what must hold, and see at once whether it can, with how much room, at what cost."""

from __future__ import annotations

import streamlit as st

from equity_core.text.slack import goals_headline
from ui.jobs import datasets
from ui.panels import downloads, frame, goal_form, infeasible, pointer, reproduce, result
from ui.session import state


def goals() -> None:
    """The answer first, then the goals beside what is possible."""
    scenario = state.scenario()
    top = st.container(gap="small")
    comparison = infeasible.comparison(scenario)
    reached = comparison is not None and comparison.after.scenario == scenario
    with top:
        goal_form.title(
            goals_headline(comparison.after)
            if comparison is not None and reached
            else "No plan does all that is asked."
        )
    left, right = st.columns([0.4, 0.6], gap="large")
    with left:
        goal_form.form(scenario)
    if comparison is None:
        return
    with right:
        goal_form.figures(comparison)
        if reached:
            goal_form.results(comparison.after)
        picture = st.container()
    reproduce.reproduce_panel(comparison.after.scenario)
    link = downloads.page_link(comparison, "goals")
    result.footer(comparison, datasets.fleet(comparison.after.scenario), link)
    with picture:
        goal_form.what_is_possible(scenario, comparison, reached)
    pointer.hands(state.view().region)


if __name__ == "__main__":
    frame.whole_app()

"""Goals: the limits of a scenario in words, and that some are set."""

from __future__ import annotations

import streamlit as st

from equity_core import Scenario
from equity_core.scenario.limits import limits_set, without_limits
from equity_core.text.limits import Wording
from ui import messages
from ui.jobs import datasets
from ui.session import state


def wording(scenario: Scenario) -> Wording:
    """How the limits of a scenario are put into words."""
    fleet = datasets.fleet(scenario)
    return Wording.of(scenario, fleet.footprints, fleet.site_names)


def sentences(scenario: Scenario) -> list[str]:
    """The goals of a scenario in words."""
    told = wording(scenario)
    return [told.goal(field, value) for field, value in limits_set(scenario).items()]


def reminder() -> None:
    """The goals that are set, on every page: they must not act unseen."""
    scenario = state.scenario()
    if told := sentences(scenario):
        st.caption(messages.literal(f"Goals: {'; '.join(told)}."))
        st.button(
            "Leave all goals out",
            key="clear_goals",
            on_click=state.adopt,
            args=(without_limits(scenario),),
            type="tertiary",
        )

"""What the page keeps and where it has things worked out."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, load_dataset, solve
from ui.jobs import orders


@pytest.mark.slow
def test_the_plan_of_a_large_data_set_is_the_solvers():
    def page():
        import streamlit as st

        from equity_core import Scenario
        from ui.jobs import cache

        st.session_state["scenario"] = Scenario(dataset="world-2023", policy="cost")
        st.session_state["plan"] = cache.outcome(st.session_state["scenario"])

    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    plan = app.session_state["plan"]
    wanted = solve(Scenario(policy="cost"), load_dataset("world-2023"))
    assert plan.objective == pytest.approx(wanted.objective, rel=1e-9)
    assert orders.plan_desk().order(plan.scenario, "another").result(timeout=0) is plan

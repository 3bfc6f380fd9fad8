"""When load that can wait runs: the bars, and the panel where some waits."""

from pathlib import Path

import numpy as np
import pytest
from pytest import approx
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, load_dataset, solve
from equity_core.outcome.waits import waits_of
from ui.charts import waiting
from ui.theme import LIGHT

APP = Path(__file__).parents[2] / "app.py"
SCENARIO = Scenario(deferrable_share=0.3)


@pytest.fixture(scope="module")
def plan():
    return solve(SCENARIO, load_dataset("paper-2022"))


def test_bars_hold_the_means_of_what_arises_and_what_runs(plan):
    waits, hour = waits_of(plan, load_dataset("paper-2022")), plan.hours.hour.to_numpy()
    arises, runs = waiting.figure(waits, hour, LIGHT)["data"]
    days = np.bincount(hour, minlength=24)
    for bars, load in ((arises, waits.asked), (runs, waits.run)):
        assert days @ np.array(bars["y"]) == approx(load.sum(), rel=1e-5)
        assert bars["y"][5] == approx(load[hour == 5].mean(), abs=1e-5)
    assert "comes to 21:00" in waiting.words(waits, hour)


def test_the_panel_says_what_waiting_buys_where_load_waits(opened):
    app = opened(AppTest.from_file(APP, default_timeout=60), v="2", deferrable_share="0.3")
    app.session_state["when"] = True
    app.run()
    assert not app.exception
    # Beside the frontier, which may be there by now or not.
    drawn = {chart.key for chart in app.get("plotly_chart")} - {"frontier_plot"}
    assert drawn == {"when_heat", "when_waiting", "when_lines"}
    said = " ".join(html.proto.body for html in app.get("html"))
    assert "Against the same plan where no load waits, simulated for " in said
    assert "Planned apart" in said

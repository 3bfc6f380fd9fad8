"""The frontier's picture holds the frame's numbers, at their places."""

from __future__ import annotations

from concurrent.futures import CancelledError

import pytest
from streamlit.testing.v1 import AppTest

from equity_core.text.headings import records
from equity_core.text.numbers import amount
from ui.charts import frontier as curve
from ui.jobs.tasks import Stopped
from ui.panels import frontier
from ui.theme import DARK


@pytest.fixture(scope="module")
def curves(frame, comparison):
    return curve.series_of(records(frame), comparison)


def test_points_are_changes_against_the_baseline(curves, frame, comparison):
    water, carbon = curves
    cost, worst = comparison.before.cost_usd, comparison.before.worst("carbon_t")
    assert [x for x, _ in water.points] == pytest.approx(list(100 * (frame["cost_usd"] / cost - 1)))
    assert [y for _, y in carbon.points] == pytest.approx(
        list(100 * (frame["worst_carbon_t"] / worst - 1))
    )
    assert water.here == pytest.approx(
        (comparison.cost_change_pct, comparison.worst_change_pct("water_m3"))
    )
    assert water.knee == int(frame["knee"].to_numpy().argmax())


def test_every_point_is_drawn_at_its_place_with_its_row_and_its_words(curves, frame):
    water, carbon, *_ = curve.curve_figure(curves, "the cheapest plan")["data"]
    for line, series in ((water, curves[0]), (carbon, curves[1])):
        assert list(zip(line["x"], line["y"], strict=True)) == series.points
        assert line["customdata"] == list(range(len(frame)))
    worst = amount(float(frame["worst_water_m3"].iloc[0]), "m3", 4)
    assert f"Worst water {worst}<br>Cost $" in water["hovertext"][0]
    assert water["line"]["dash"] != carbon["line"]["dash"]


def test_knee_and_present_plan_are_marked_on_every_curve(curves):
    *_, knee, here = curve.curve_figure(curves, "the cheapest plan", DARK)["data"]
    assert list(zip(knee["x"], knee["y"], strict=True)) == [c.points[c.knee] for c in curves]
    assert list(zip(here["x"], here["y"], strict=True)) == [c.here for c in curves]
    assert here["marker"]["color"] == DARK.accent
    assert "customdata" not in here  # a click on the present plan adopts nothing
    assert here["hovertext"][0].endswith("this plan")


def test_axes_name_the_baseline_and_the_unit(curves):
    layout = curve.curve_figure(curves, "Nearest <b>")["layout"]
    named = "Electricity cost against Nearest &lt;b&gt;, %"
    assert layout["xaxis"]["title"]["text"] == named
    assert layout["legend"]["title"]["text"] == "Worst region against Nearest &lt;b&gt;, %"
    assert layout["yaxis"]["ticksuffix"] == "%"


def test_a_stale_frontier_is_paler_but_not_the_present_plan(curves):
    fresh, stale = (curve.curve_figure(curves, "", stale=stale)["data"] for stale in (False, True))
    assert [trace.get("opacity", 1.0) for trace in fresh] == [1.0] * 4
    assert [trace.get("opacity") for trace in stale] == [curve.STALE] * 3 + [None]


def test_a_point_is_named_by_its_weights(frame, comparison):
    label = frontier.plan_label(records(frame)[-1], comparison)
    assert "weights 3,000 USD/m³ and 75,000 USD/t" in label
    assert label.startswith("Cost +")


def _a_new_curve_while_words_of_the_one_before_are_worked_on():
    import streamlit as st

    from equity_core import Scenario
    from ui.jobs import orders
    from ui.panels import frontier
    from ui.session import keys

    keys.PATIENCE.keep(0.1)
    before = Scenario(dataset="world-2023")
    st.session_state["words"] = orders.milestones_wish().order(orders.curve_scenario(before))
    frontier.order(before.replace(water_weight=77.0))


def test_a_new_curve_does_not_wait_for_words_of_the_one_before():
    page = AppTest.from_function(_a_new_curve_while_words_of_the_one_before_are_worked_on).run()
    assert not page.exception
    with pytest.raises((Stopped, CancelledError)):
        page.session_state["words"].result(60)


def _a_frontier_of_other_data():
    import streamlit as st

    from ui.session import keys

    keys.LAST_FRONTIER.keep_of("world-2023", ({"knee": True},))
    st.session_state["stale"] = keys.LAST_FRONTIER.of("world-2023")
    st.session_state["other"] = keys.LAST_FRONTIER.of("us-2023")


def test_a_frontier_of_other_data_is_never_drawn_not_even_as_stale():
    page = AppTest.from_function(_a_frontier_of_other_data).run()
    assert not page.exception
    assert page.session_state["stale"] == ({"knee": True},)
    assert page.session_state["other"] is None

"""Slider steps, the factor table, the view's part of the address, frontiers that are one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from equity_core import Scenario
from equity_core.scenario.parameters import BY_NAME
from ui.jobs import orders
from ui.maps.view import View, read_view, view_query
from ui.sidebar import site_factors, widgets


@pytest.mark.parametrize("name", ["water_weight", "carbon_weight"])
def test_ladder_has_zero_the_default_and_the_range(name):
    row = BY_NAME[name]
    steps = widgets.ladder(row)
    assert steps[0] == 0
    assert row.default in steps
    assert (steps[1], steps[-1]) == row.slider
    ratios = [after / before for before, after in pairwise(steps[1:])]
    assert all(1.1 < ratio < 1.5 for ratio in ratios)


def test_nearest_step_is_by_ratio_and_keeps_zero_for_zero():
    steps = (0.0, 1.0, 10.0, 100.0)
    assert widgets.nearest_step(steps, 0.0) == 0
    assert widgets.nearest_step(steps, 1e-4) == 1
    assert widgets.nearest_step(steps, 40.0) == 100
    assert widgets.nearest_step(steps, 1e9) == 100


def test_changed_factors_are_named_in_the_order_of_the_data(dataset):
    several = {"nevada": {"price": 2, "water": 0.5}, "texas": {"water": 1.5}, "japan": {"price": 1}}
    said = site_factors.changed_factors(Scenario(factors=several), dataset.site_names)
    parts = {"Texas (water × 1.5)", "Nevada (price × 2, water × 0.5)"}
    order = list(dataset.site_names)
    assert said == ", ".join(sorted(parts, key=lambda part: order.index(part.split()[0].lower())))


def test_view_goes_round_through_the_address(dataset):
    view = View("carbon_t", "burden", "europe", "yes", "texas")
    address = view_query(view)
    assert all(key.startswith("show_") for key in address)
    assert read_view(address, dataset) == (view, [])
    assert view_query(View()) == {}


def test_a_wrong_view_says_what_and_what_is_used_instead(dataset):
    view, problems = read_view({"show_place": "mars", "show_x": "1", "policy": "y"}, dataset)
    assert view == View()
    assert len(problems) == 2
    assert "show_place" in problems[0]
    assert "(all) is used instead" in problems[0]


def test_weights_of_one_ratio_share_a_frontier():
    one = orders.curve_scenario(Scenario(water_weight=6.0, carbon_weight=150.0))
    other = orders.curve_scenario(Scenario(policy="cost", baseline="nearest"))
    assert one == other
    assert one != orders.curve_scenario(Scenario(water_weight=61.0))
    assert one != orders.curve_scenario(Scenario(reach="partial"))


def test_without_weights_the_frontier_is_the_default_one():
    none = Scenario(water_weight=0, carbon_weight=0)
    assert orders.curve_scenario(none) == orders.curve_scenario(Scenario())


def test_the_baseline_counts_where_no_region_may_be_worse_off():
    strict = Scenario(no_region_worse=True, baseline="nearest")
    assert orders.curve_scenario(strict) != orders.curve_scenario(strict.replace(baseline="cost"))

"""The textbook model itself, on one hour of 10 MW that two sites share: worked by hand.

Site a costs 1 USD/MWh and b 2; both use 1 m3/MWh of water and a emits nothing. With y MW at a the
cost is 20 - y, and the water is y at a and 10 - y at b.
"""

import cvxpy as cp
import numpy as np
import pytest
from pytest import approx

from equity_core import Scenario
from equity_core.errors import InfeasibleError, ScenarioError
from equity_core.solvers.textbook.model import solve_textbook
from tests.small import enriched, small_dataset

HOUR = enriched(
    small_dataset([[1], [2]], [[1], [1]], [[0], [0.5]], [10, 10], [[10]], partial=[[1], [1]]),
    health=[[3], [1]],
    latency=[[50], [100]],
    water_stress_pct=[30, 10],
    gdp_per_capita_usd=[10_000, 30_000],
    population=[1e6, 3e6],
)
# What is minimised beside the water at 60 USD/m3 would only blur the figures.
WATER = {"carbon_weight": 0.0}


def at_a(**fields):
    """MW at site a."""
    answer = solve_textbook(Scenario(dataset="small", **fields), HOUR)
    return answer.burdens.loc["a", "energy_mwh"]


@pytest.mark.parametrize(
    ("fields", "expected", "objective"),
    [
        ({}, 5, 15 + 60 * 5),
        ({"measure": "worst_share", "measure_parameter": 1}, 10, 10 + 60 * 5),
        ({"measure": "worst_share", "measure_parameter": 0.75}, 5, 15 + 60 * 5),
        ({"measure": "worst_share", "measure_parameter": 0.01}, 5, 15 + 60 * 5),
        ({"measure": "lq", "measure_parameter": 1}, 10, 10 + 60 * 10),
        ({"lens": "own", "factors": {"a": {"lens": 3}}}, 2.5, 17.5 + 60 * 3.75),
        ({"lens": "water_stress"}, 2.5, 17.5 + 60 * 3.75),
        ({"lens": "income"}, 2.5, 17.5 + 60 * 3.75),
        ({"lens": "population"}, 2.5, 17.5 + 60 * 3.75),
        ({"measure": "worst_share", "measure_parameter": 1, "lens": "income"}, 0, 20 + 30 * 5),
        ({"further": {"health": {"weight": 1000}}}, 2.5, 17.5 + 60 * 7.5 + 1000 * 7.5),
        ({"further": {"health": {"price": 2}}}, 5, 15 + 60 * 5 + 2 * (15 + 5)),
    ],
)
def test_measures_and_lenses(fields, expected, objective):
    answer = solve_textbook(Scenario(dataset="small", **WATER, **fields), HOUR)
    assert answer.burdens.loc["a", "energy_mwh"] == approx(expected, abs=1e-6)
    assert answer.objective == approx(objective)


def test_the_norm_settles_where_its_slope_equals_the_saving():
    # 1 USD a MWh is saved where the norm's slope is 1/60: y / norm - (10 - y) / norm = 1 / 60.
    answer = solve_textbook(
        Scenario(dataset="small", measure="lq", measure_parameter=2, **WATER), HOUR
    )
    y = answer.burdens.loc["a", "energy_mwh"]
    assert (2 * y - 10) / np.hypot(y, 10 - y) == approx(1 / 60, rel=1e-3)
    assert answer.objective == approx(20 - y + 60 * np.hypot(y, 10 - y), rel=1e-8)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"water_limit_m3": 6}, 6),
        ({"carbon_limit_t": 5, "policy": "water"}, 10),
        ({"factors": {"a": {"water_limit_m3": 4}}}, 4),
        ({"factors": {"a": {"water_limit_m3": 4}}, "water_limit_m3": 7}, 4),
        ({"factors": {"b": {"carbon_limit_t": 1}}, "policy": "nearest"}, 10),
        ({"carbon_total_limit_t": 1, "policy": "fairest", **WATER}, 8),
        ({"cost_increase_limit": 0.2, "policy": "fairest", **WATER}, 8),
        ({"cost_increase_limit": 0.2, "policy": "fairest", "carbon_price": 0, **WATER}, 8),
        ({"no_region_worse": True, "policy": "fairest", **WATER}, 10),
        ({"no_region_worse": True, "baseline": "fairest", **WATER}, 5),
        ({"no_region_worse": True, "worse_tolerance": 0.1, "baseline": "fairest", **WATER}, 5.5),
        ({"further": {"health": {"limit": 21}}}, 7),
        ({"further": {"health": {"total_limit": 16}}}, 3),
        ({"reach": "latency", "max_latency_ms": 99, "policy": "fairest"}, 10),
        ({"capacity_growth": -0.4}, 6),
        ({"demand_growth": 0.5}, 10),
        ({"factors": {"a": {"capacity": 0.3}}}, 3),
    ],
)
def test_limits_and_levers(fields, expected):
    assert at_a(**({"policy": "cost"} | fields)) == approx(expected, abs=1e-6)


def test_a_new_site_shares_the_load():
    answer = solve_textbook(
        Scenario(
            dataset="small", new_site_like="a", new_site_mw=4, water_limit_m3=5, policy="cost"
        ),
        HOUR,
    )
    assert list(answer.burdens["energy_mwh"]) == approx([5, 1, 4])


@pytest.mark.parametrize(
    "fields",
    [
        {"water_limit_m3": 4.9},
        {"water_total_limit_m3": 9.9},
        {"further": {"health": {"total_limit": 9}}},
        {"cost_increase_limit": 0, "water_limit_m3": 9},
        {"no_region_worse": True, "factors": {"a": {"water_limit_m3": 9}}},
        {"reach": "latency", "max_latency_ms": 49},
        {"demand_growth": 1.1},
    ],
)
def test_what_cannot_be_met_is_refused(fields):
    for policy in ("cost", "equity", "fairest"):
        with pytest.raises(InfeasibleError, match="limits exclude one another"):
            at_a(**({"policy": policy} | fields))


def test_a_given_reference_takes_the_place_of_the_own_one():
    given = solve_textbook(Scenario(dataset="small", water_weight=1e6), HOUR).burdens
    scenario = Scenario(dataset="small", policy="cost", no_region_worse=True)
    answer = solve_textbook(scenario, HOUR, reference=given)
    assert answer.burdens.loc["a", "energy_mwh"] == approx(5)


def test_a_footprint_that_the_data_lack_is_refused():
    with pytest.raises(ScenarioError, match="does not have"):
        solve_textbook(Scenario(further={"land": {"weight": 1}}), HOUR)


def test_the_answer_does_not_hang_on_the_solver():
    scenario = Scenario(dataset="small", measure="worst_share", lens="income", water_limit_m3=6)
    answers = [solve_textbook(scenario, HOUR, name).objective for name in (cp.HIGHS, cp.CLARABEL)]
    assert answers[0] == approx(answers[1], rel=1e-6)

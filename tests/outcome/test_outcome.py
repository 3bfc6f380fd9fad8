"""An outcome's figures and what changes between two, on a case that can be worked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from pytest import approx

from equity_core import Scenario, solve
from tests.small import small_dataset


@pytest.fixture(scope="module")
def by_hand():
    """Site a 30 USD/MWh, b 20, c 90, 4 MW each; gateways a and b ask for 3 and 1 MW in two hours.

    Nearest: a 6 MWh, b 2, c 0. Cost: b serves all 8 MWh. Water per MWh 1, 4, 2; carbon 1/2, 1/4, 1.
    """
    twice = np.ones((1, 2))
    return small_dataset(
        price=np.array([[30], [20], [90]]) * twice,
        water=np.array([[1], [4], [2]]) * twice,
        carbon=np.array([[0.5], [0.25], [1]]) * twice,
        capacity=[4, 4, 4],
        demand=np.array([[3], [1]]) * twice,
    )


@pytest.fixture(scope="module")
def nearest(by_hand):
    return solve(Scenario(dataset="small", policy="nearest"), by_hand)


@pytest.fixture(scope="module")
def cost(by_hand):
    return solve(Scenario(dataset="small", policy="cost"), by_hand)


def test_figures_of_one_plan(nearest):
    assert nearest.burdens.columns.to_list() == ["energy_mwh", "cost_usd", "water_m3", "carbon_t"]
    assert nearest.burdens.loc["a"].to_list() == [6, 180, 6, 3]
    assert nearest.burdens.loc["b"].to_list() == [2, 40, 8, 0.5]
    assert nearest.burdens.loc["c"].to_list() == [0, 0, 0, 0]
    assert nearest.cost_usd == 220
    assert (nearest.total("water_m3"), nearest.worst("water_m3")) == (14, 8)
    assert nearest.worst_site("water_m3") == "b"
    assert nearest.par("water_m3") == approx(8 / (14 / 3))
    assert nearest.dispatch.tolist() == [[3, 3], [1, 1], [0, 0]]
    assert nearest.terms == {"cost": 220}
    assert (nearest.duals == 0).all(axis=None)


def test_change_of_every_region(nearest, cost):
    table = cost.compare(nearest).table
    assert table.index.to_list() == ["a", "b", "c"]
    assert table["water_m3_before"].to_list() == [6, 8, 0]
    assert table["water_m3_after"].to_list() == [0, 32, 0]
    assert table["water_m3_change"].to_list() == [-6, 24, 0]
    assert table["cost_usd_change_pct"][["a", "b"]].to_list() == [-100, 300]
    # Nothing before: no percentage, and no division by zero.
    assert table.loc["c"].filter(like="_pct").isna().all()
    assert table["worse"].to_list() == [False, True, False]


def test_change_of_the_whole(nearest, cost):
    change = cost.compare(nearest)
    assert (change.before, change.after) == (nearest, cost)
    assert change.cost_change_pct == approx(100 * (160 - 220) / 220)
    assert change.worst_change_pct("water_m3") == approx(300)
    assert change.worst_change_pct("carbon_t") == approx(100 * (2 - 3) / 3)
    assert change.total_change_pct("carbon_t") == approx(100 * (2 - 3.5) / 3.5)
    assert (change.regions_worse, change.worse_sites) == (1, ["b"])


def with_burden(outcome, column, values):
    return replace(outcome, burdens=outcome.burdens.assign(**{column: values}))


def test_a_percentage_of_a_negative_cost_has_the_sign_of_the_change(nearest):
    paid_for = with_burden(nearest, "cost_usd", [-100.0, 0.0, 0.0])
    assert nearest.compare(paid_for).cost_change_pct == approx(320)
    assert paid_for.compare(nearest).cost_change_pct == approx(-100 * 320 / 220)
    assert nearest.compare(paid_for).table.loc["a", "cost_usd_change_pct"] == approx(280)


def test_without_a_cost_before_there_is_no_percentage(nearest):
    free = with_burden(nearest, "cost_usd", 0.0)
    assert np.isnan(nearest.compare(free).cost_change_pct)


@pytest.mark.parametrize(
    ("column", "values", "worse"),
    [
        ("water_m3", [6.0, 8.0, 0.0], []),
        ("water_m3", [6.1, 7.0, 0.0], ["a"]),
        ("water_m3", [6 + 1e-10, 8.0, 1e-10], []),  # rounding
        ("water_m3", [0.0, 0.0, 1e-3], ["c"]),  # from nothing to something
        ("carbon_t", [3.0, 0.51, 0.01], ["b", "c"]),
        ("carbon_t", [0.0, 0.0, 0.0], []),
        ("cost_usd", [999.0, 999.0, 999.0], []),  # money is no footprint
    ],
)
def test_worse_is_more_of_any_footprint(column, values, worse, nearest):
    assert with_burden(nearest, column, values).compare(nearest).worse_sites == worse


def test_a_plan_compared_with_itself_changes_nothing(cost):
    change = cost.compare(cost)
    assert change.regions_worse == 0
    assert change.cost_change_pct == change.worst_change_pct("carbon_t") == 0
    assert (change.table.filter(regex="_change$") == 0).all(axis=None)

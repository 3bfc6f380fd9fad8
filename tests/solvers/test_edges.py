"""Nothing, nearly nothing and very much: a right answer, or a sentence that says why not."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from pytest import approx

from equity_core import Scenario, solve
from equity_core.errors import EquityError, InfeasibleError
from equity_core.solvers.textbook.model import solve_textbook
from tests.edges import DATASETS, SETTINGS, edge, edge_questions, scenario_of
from tests.small import small_dataset

FREE = small_dataset(
    [[40] * 3, [0] * 3], [[1] * 3, [2] * 3], [[0.1] * 3, [0.2] * 3], [20, 20], [[5] * 3] * 2
)
FAIREST = {"dataset": "small", "policy": "fairest"}


@pytest.mark.parametrize("name", DATASETS)
def test_one_thing_at_its_edge_has_a_certified_plan(name):
    dataset = DATASETS[name]
    for setting in SETTINGS:
        outcome = solve(scenario_of(setting), dataset)
        assert 0 <= outcome.gap <= 1e-9, setting
        assert np.isfinite(outcome.burdens.to_numpy()).all(), setting
        asked = dataset.demand[:, : len(outcome.hours)] * (1 + outcome.scenario.demand_growth)
        assert outcome.total("energy_mwh") == approx(asked.sum(), rel=1e-9, abs=0), setting


# The textbook's solver takes limits with no room at all for limits that clash.
SETTLED = [setting for setting in SETTINGS if setting != "no region worse"]


@pytest.mark.parametrize(
    ("name", "setting"),
    list(product(["all that there is", "alike and full", "free", "paid to use"], SETTLED)),
)
def test_an_edge_in_the_textbook(name, setting):
    scenario, dataset = scenario_of(setting), DATASETS[name]
    baseline = solve(scenario.baseline_scenario(), dataset).burdens
    ours = solve(scenario, dataset)
    theirs = solve_textbook(scenario, dataset, reference=baseline)
    size = sum(map(abs, ours.terms.values())) + 1e-2 * ours.burdens["energy_mwh"].sum()
    assert theirs.objective == approx(ours.objective, rel=0, abs=1e-5 * size)


@pytest.mark.parametrize("setting", ["equity", "fairest, 5% dearer", "no region worse", "norm"])
@pytest.mark.parametrize("times", [1e-9, 1e5])
def test_a_fleet_of_another_size_has_the_same_plan(setting, times):
    scenario, whole = scenario_of(setting), edge()
    sized = edge(capacity=whole.sites["capacity_mw"] * times, demand=whole.demand * times)
    one, other = solve(scenario, whole), solve(scenario, sized)
    assert other.objective == approx(times * one.objective, rel=1e-8)
    for column in ("cost_usd", "water_m3", "carbon_t"):
        assert other.total(column) == approx(times * one.total(column), rel=1e-6), column


def test_no_increase_of_a_cost_of_nothing_is_the_cheapest_plan():
    # All 10 MW run where electricity is free, for three hours.
    outcome = solve(Scenario(**FAIREST, cost_increase_limit=0.05), FREE)
    assert outcome.cost_usd == 0
    assert outcome.worst("water_m3") == approx(60)
    assert outcome.worst("carbon_t") == approx(6)


def test_an_increase_of_a_negative_cost_is_a_share_of_its_size():
    # Dispatch to b earns 40 USD a MWh, to a 20; 30 MWh to b earn 1,200, and 5% less is 1,140.
    dataset = small_dataset(
        [[-20] * 3, [-40] * 3], [[1] * 3] * 2, [[0] * 3] * 2, [20, 20], [[5] * 3] * 2
    )
    outcome = solve(Scenario(**FAIREST, cost_increase_limit=0.05), dataset)
    assert outcome.cost_usd == approx(-1140)
    assert outcome.burdens["energy_mwh"].to_list() == approx([3, 27])
    (use,) = outcome.limits
    assert use.needed == approx(0.05)


def test_a_limit_that_no_value_mends_is_named():
    with pytest.raises(InfeasibleError) as told:
        solve(Scenario(**FAIREST, cost_increase_limit=0.05, water_limit_m3=50), FREE)
    assert "cost_increase_limit 0.05, water_limit_m3 50" in str(told.value)
    assert "water_limit_m3 to 60" in str(told.value)
    scenario = Scenario(dataset="small", policy="nearest", no_region_worse=True)
    with pytest.raises(InfeasibleError, match="no other value of it would do"):
        solve(scenario, FREE)


@pytest.mark.slow
@settings(max_examples=150)
@given(edge_questions())
def test_many_edges_at_once_end_in_figures_or_a_sentence(question):
    try:
        outcome = solve(question.scenario, question.dataset)
    except EquityError as error:
        assert str(error).endswith("."), error
        assert "nan" not in str(error).split(), error
        return  # not certified only where figures of sizes that differ by twelve digits meet
    assert outcome.gap <= 1e-9
    assert np.isfinite(outcome.burdens.to_numpy()).all()
    assert (outcome.burdens.drop(columns="cost_usd") >= 0).all(axis=None)

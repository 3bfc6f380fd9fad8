"""The frontier's laws (docs/METHOD.md, section 8), and what parts of the improvement cost."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from pytest import approx

from equity_core import Scenario, frontier, solve
from equity_core.errors import InfeasibleError, ScenarioError
from equity_core.solvers.milestones import milestones
from tests.small import questions


def weighed(frame, scenario):
    """The fairness charge of each point at the scenario's own weights, USD."""
    water = scenario.water_weight * frame["worst_water_m3"].to_numpy()
    return water + scenario.carbon_weight * frame["worst_carbon_t"].to_numpy()


def hold_the_laws(frame, scenario):
    """More weight: never cheaper, never less fair, and each step of fairness dearer."""
    cost, charge = frame["cost_usd"].to_numpy(), weighed(frame, scenario)
    rounding = 1e-7 * (np.abs(cost).max() + charge.max() + 1e-9)
    assert (np.diff(cost) >= -rounding).all()
    assert (np.diff(charge) <= rounding).all()
    # No plan on the frontier is better than another one under the other one's own weights.
    for scale, own, cost_of_own in zip(frame["scale"], charge, cost, strict=True):
        assert (cost_of_own + scale * own <= cost + scale * charge + rounding * (1 + scale)).all()


def test_the_laws_hold_on_the_papers_case(paper):
    scenario = Scenario()
    frame = frontier(scenario, paper, points=9, tolerance=1e-9)
    hold_the_laws(frame, scenario)
    below = frame["knee"].to_numpy().argmax()
    cost, charge = (
        (values - values.min()) / np.ptp(values)
        for values in (frame["cost_usd"].to_numpy(), weighed(frame, scenario))
    )
    assert (cost + charge)[below] == (cost + charge).min()


@pytest.mark.slow
@settings(max_examples=30)
@given(questions(policies=("equity",)))
def test_the_laws_hold_on_small_cases(question):
    scenario = question.scenario.replace(water_price=0, carbon_price=0)
    assume(scenario.water_weight + scenario.carbon_weight > 0)
    try:
        frame = frontier(scenario, question.dataset, points=5, tolerance=1e-9)
    except InfeasibleError:
        return
    hold_the_laws(frame, scenario)


@pytest.fixture(scope="module")
def passed(paper):
    return milestones(Scenario(), paper)


def test_the_improvement_bought_by_a_milestones_cost_is_what_it_says(passed, answer):
    """The other way round: the fairest plan for no more than that cost."""
    cheapest, fairest = answer(Scenario(policy="cost")), answer(Scenario(policy="fairest"))

    def charge(plan):
        return 60 * plan.worst("water_m3") + 1500 * plan.worst("carbon_t")

    for cost, share in ((passed.half_usd, 0.5), (passed.nine_tenths_usd, 0.9)):
        limit = cost / cheapest.cost_usd - 1
        plan = answer(Scenario(policy="fairest", cost_increase_limit=limit))
        bought = charge(cheapest) - charge(plan)
        assert bought == approx(share * (charge(cheapest) - charge(fairest)), rel=1e-4)
    assert passed.cheapest_usd == approx(cheapest.cost_usd, rel=1e-9)
    assert passed.all_usd <= fairest.cost_usd * (1 + 1e-9)


def test_milestones_follow_the_ratio_of_the_weights_only(passed, paper):
    tenfold = milestones(Scenario(water_weight=600, carbon_weight=15_000), paper)
    for name, value in vars(passed).items():
        assert getattr(tenfold, name) == approx(value, rel=1e-6)


def test_where_nothing_is_weighed_there_are_no_milestones(paper):
    with pytest.raises(ScenarioError, match="weights are 0"):
        milestones(Scenario(water_weight=0, carbon_weight=0), paper)


def test_where_nothing_can_be_improved_all_milestones_cost_the_same(paper):
    passed = milestones(Scenario(reach="nearest"), paper)
    assert list(vars(passed).values()) == approx([passed.cheapest_usd] * 4)
    assert passed.all_usd == solve(Scenario(reach="nearest"), paper).cost_usd

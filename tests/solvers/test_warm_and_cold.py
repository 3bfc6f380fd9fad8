"""The answer depends on the question alone: not on what was asked before, nor on who asks it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Scenario, frontier, load_dataset, solve
from equity_core.errors import InfeasibleError
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.offline import TOLERANCE
from tests.policies import LIMITS, MEASURES, policy_questions, with_limits

STEPS = {
    "policy": ["equity", "cost", "fairest", "nearest"],
    "water_weight": [0.0, 60.0, 61.0, 1e6],
    "carbon_weight": [0.0, 1500.0, 1510.0],
    "water_price": [0.0, 5.0],
    "lens": ["equal", "income", "water_stress"],
    "measure": MEASURES,
    "reach": ["full", "partial", "latency"],
    "capacity_growth": [0.0, 0.25],
    "demand_growth": [0.0, -0.25],
    "start": [None, "2022-01-01T01:00Z"],
    "factors": [{}, {"a": {"price": 0.5}}, {"b": {"water": 2.0}}, {"a": {"capacity": 1.5}}],
    "limits": [{}, {"water_limit_m3": 0.93}, {"cost_increase_limit": 0.37}],
}
STEP = st.sampled_from(list(STEPS)).flatmap(
    lambda field: st.tuples(st.just(field), st.sampled_from(STEPS[field]))
)


def answered(scenario, dataset, pool=None):
    try:
        return solve(scenario, dataset, pool)
    except InfeasibleError as error:
        return str(error)


def agree(warm, cold):
    if isinstance(cold, str) or isinstance(warm, str):
        assert warm == cold
        return
    size = sum(map(abs, cold.terms.values()))
    assert warm.objective == approx(cold.objective, rel=0, abs=2e-9 * size)
    assert warm.gap <= TOLERANCE
    assert warm.dispatch.sum() == approx(cold.dispatch.sum(), rel=1e-9, abs=1e-9)


def stepped(scenario, field, value, burdens):
    """The scenario one step further; what does not go together with it gives way."""
    if field == "limits":
        return with_limits(scenario, burdens, value)
    if field == "measure":
        return scenario.replace(**({"measure": "worst", "measure_parameter": None} | value))
    beside = {"water_price": 0, "carbon_price": 0, "further": {}} if value == "fairest" else {}
    if field == "water_price" and value and scenario.policy == "fairest":
        beside = {"policy": "equity"}
    return scenario.replace(**{field: value}, **beside)


@pytest.mark.slow
@settings(max_examples=15)
@given(policy_questions(policies=("equity",)), st.lists(STEP, min_size=3, max_size=8))
def test_a_walk_through_scenarios_leaves_no_trace(question, steps):
    dataset, scenario, pool = question.dataset, question.scenario, Pool()
    burdens = question.answer().burdens
    hours, sites = len(dataset.hours), len(dataset.site_ids)
    for field, value in steps:
        if (field == "start" and hours < 2) or sites < 2:
            continue
        scenario = stepped(scenario, field, value, burdens)
        agree(answered(scenario, dataset, pool), answered(scenario, dataset))


@pytest.mark.slow
@settings(max_examples=15)
@given(policy_questions(policies=("equity",)), LIMITS)
def test_points_of_a_frontier_are_answers_of_their_own(question, limits):
    scenario = question.scenario.replace(water_weight=60, carbon_weight=1500)
    scenario = with_limits(scenario, question.answer().burdens, limits)
    if isinstance(answered(scenario, question.dataset), str):
        return
    frame = frontier(scenario, question.dataset, 4, tolerance=TOLERANCE)
    for point in frame.to_dict(orient="records"):
        weights = {name: point[name] for name in ("water_weight", "carbon_weight")}
        alone = solve(scenario.replace(**weights), question.dataset)
        size = sum(map(abs, alone.terms.values()))
        assert point["objective"] == approx(alone.objective, rel=0, abs=2e-9 * size)
        assert point["gap"] <= TOLERANCE


def test_the_paper_s_frontier_holds_single_answers(paper):
    frame = frontier(Scenario(), paper, 4, tolerance=TOLERANCE)
    for point in frame.to_dict(orient="records"):
        weights = {name: point[name] for name in ("water_weight", "carbon_weight")}
        alone = solve(Scenario(**weights), paper)
        figures = {"cost_usd": alone.cost_usd, "worst_water_m3": alone.worst("water_m3")}
        figures |= {"worst_carbon_t": alone.worst("carbon_t"), "objective": alone.objective}
        assert {name: point[name] for name in figures} == approx(figures, rel=1e-9)


def test_duals_that_are_best_from_the_start_do_not_make_the_finish_ask_the_same_for_ever():
    """It went on for 400 rounds, and then began anew without what had been learnt."""
    world, pool = load_dataset("world-2023"), Pool()
    asked = Scenario(
        dataset="world-2023", policy="fairest", reach="partial", water_weight=5, carbon_weight=20000
    )
    solve(asked, world, pool)
    again = solve(asked.replace(water_weight=5.5), world, pool)
    assert again.gap <= TOLERANCE
    assert again.rounds < 100


@pytest.mark.slow
@settings(max_examples=20, derandomize=True)
@given(policy_questions(policies=("equity",)), st.sampled_from([1.5, 3.0, 6.0]))
def test_all_that_waits_is_served_under_a_norm_as_well(question, exponent):
    """DAQP's own tolerance let a window lose some ten-millionths of its load."""
    asked = {"measure": "lq", "measure_parameter": exponent, "deferrable_share": 0.7}
    scenario, dataset = question.scenario.replace(**asked), question.dataset
    for weight in (60.0, 1500.0):
        answer = answered(scenario.replace(water_weight=weight), dataset)
        if not isinstance(answer, str):
            served = answered(scenario.replace(policy="cost"), dataset).dispatch.sum()
            assert answer.dispatch.sum() == approx(served, rel=1e-10)

"""What must hold of every answer, whatever the figures."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Scenario, solve
from tests.small import halved, questions, rearranged, small_dataset

pytestmark = pytest.mark.slow
CERTIFIED = 1e-9
FOOTPRINTS = {"water": "water_m3", "carbon": "carbon_t"}
worst_cases = questions(policies=("equity", "fairest"))


def size(outcome):
    """What 'relative' refers to: terms of both signs may cancel in the objective."""
    return sum(map(abs, outcome.terms.values()))


def demand_of(question, hours):
    """[T] MW asked for in the hours of an answer, factors included."""
    scenario, dataset = question.scenario, question.dataset
    factor = [scenario.factors_of(gateway).demand for gateway in dataset.gateways]
    return factor @ dataset.demand[:, dataset.hours.isin(hours)]


@given(questions())
def test_all_demand_is_served_within_capacity(question):
    outcome = question.answer()
    served = outcome.dispatch.sum(axis=0)
    assert served == approx(demand_of(question, outcome.hours), rel=1e-9, abs=1e-9)
    capacity = question.dataset.sites["capacity_mw"] * [
        question.scenario.factors_of(site).capacity for site in question.dataset.site_ids
    ]
    assert (outcome.dispatch.max(axis=1) <= capacity + 1e-9).all()
    assert outcome.dispatch.min() >= -1e-9
    assert outcome.total("energy_mwh") == approx(served.sum())


@given(questions())
def test_no_plan_is_better_than_the_bound_and_the_terms_add_up(question):
    outcome = question.answer()
    assert outcome.lower_bound <= outcome.objective + 1e-12 * size(outcome)
    assert outcome.gap <= CERTIFIED
    assert sum(outcome.terms.values()) == approx(outcome.objective)


@given(questions())
def test_no_plan_costs_less_than_the_cheapest(question):
    # The policy nearest has a reach of its own, and whatever narrows the reach can only cost more.
    reach = "full" if question.scenario.policy == "nearest" else question.scenario.reach
    cheapest = question.answer(policy="cost", reach=reach, water_price=0, carbon_price=0)
    cost = question.answer().cost_usd
    assert cost >= cheapest.cost_usd - 1e-9 * (1 + abs(cheapest.cost_usd))


@given(questions())
def test_a_wider_reach_is_never_worse(question):
    assume(question.scenario.policy != "nearest")
    full, partial = question.answer(reach="full"), question.answer(reach="partial")
    assert full.objective <= partial.objective + CERTIFIED * size(partial)


@given(worst_cases, st.sampled_from(list(FOOTPRINTS)), st.floats(0.1, 1e4), st.floats(1.5, 100))
def test_a_heavier_weight_never_raises_its_measure(question, footprint, weight, times):
    light = question.answer(**{f"{footprint}_weight": weight})
    heavy = question.answer(**{f"{footprint}_weight": weight * times})
    # What a certificate of 1e-9 leaves open in the measure.
    slack = CERTIFIED * (size(light) + size(heavy)) / (weight * times - weight)
    column = FOOTPRINTS[footprint]
    assert heavy.worst(column) <= light.worst(column) + slack + 1e-12


@given(worst_cases)
def test_only_the_worst_hit_regions_have_a_dual_and_all_duals_are_the_weight(question):
    outcome = question.answer()
    slack = CERTIFIED * size(outcome) + 1e-12
    for footprint, column in FOOTPRINTS.items():
        duals, burdens = outcome.duals[footprint], outcome.burdens[column]
        weight = getattr(question.scenario, f"{footprint}_weight")
        assert (duals >= 0).all()
        assert duals.sum() <= weight * (1 + 1e-9)
        assert (duals * (burdens.max() - burdens)).sum() <= slack
        assert (weight - duals.sum()) * burdens.max() <= slack


@given(questions(), st.data())
def test_names_do_not_matter(question, data):
    sites = question.dataset.site_ids
    names = data.draw(st.permutations([f"site {site}" for site in sites]))
    factors = {name: question.scenario.factors_of(site) for name, site in zip(names, sites)}  # noqa: B905
    outcome = question.answer()
    called = rearranged(question.dataset, np.arange(len(sites)), names)
    renamed = solve(question.scenario.replace(factors=factors), called)
    assert renamed.objective == outcome.objective
    assert (renamed.burdens.to_numpy() == outcome.burdens.to_numpy()).all()


@given(questions(), st.data())
def test_the_order_of_sites_does_not_matter(question, data):
    order = data.draw(st.permutations(range(len(question.dataset.site_ids))))
    outcome = question.answer()
    moved = question.of(rearranged(question.dataset, np.array(order))).answer()
    # Of equal plans the order of sites may choose, so that only their value is the same.
    assert moved.objective == approx(outcome.objective, rel=0, abs=2e-9 * size(outcome) + 1e-15)


@pytest.mark.parametrize("reach", ["full", "partial"])
@pytest.mark.parametrize("policy", ["cost", "equity", "fairest"])
def test_the_paper_s_regions_keep_their_burdens_in_another_order(policy, reach, paper, answer):
    scenario = Scenario(policy=policy, reach=reach)
    order = np.random.default_rng(7).permutation(len(paper.site_ids))
    expected = answer(scenario).burdens
    moved = solve(scenario, rearranged(paper, order)).burdens.loc[expected.index]
    for column in expected:
        assert moved[column].to_numpy() == approx(expected[column].to_numpy(), rel=1e-9), column


@settings(max_examples=50)
@given(questions())
def test_regions_cut_in_half_carry_half(question):
    scenario = question.scenario
    assume(scenario.allowed_reach != "nearest")
    halves = halved(question.dataset)
    factors = {site: scenario.factors_of(site.split("-")[0]) for site in halves.site_ids}
    outcome = question.answer()
    # The worst half carries half of the worst region, so that twice the weight counts the same.
    split = solve(
        scenario.replace(
            factors=factors,
            water_weight=min(2 * scenario.water_weight, 1e6),
            carbon_weight=min(2 * scenario.carbon_weight, 1e6),
        ),
        halves,
    )
    if max(scenario.water_weight, scenario.carbon_weight) <= 5e5:
        abs_tolerance = 2e-9 * size(outcome) + 1e-15
        assert split.objective == approx(outcome.objective, rel=0, abs=abs_tolerance)


@pytest.mark.parametrize("reach", ["full", "partial"])
def test_the_paper_s_regions_cut_in_half_leave_cost_alone(reach, paper, answer):
    whole = answer(Scenario(reach=reach))
    halves = halved(paper)
    split = solve(Scenario(reach=reach, water_weight=120, carbon_weight=3000), halves)
    assert split.cost_usd == approx(whole.cost_usd, rel=1e-9)
    for column in FOOTPRINTS.values():
        assert split.worst(column) == approx(whole.worst(column) / 2, rel=1e-9)
        assert split.total(column) == approx(whole.total(column), rel=1e-9)
    # The cheapest plan serves each region as before, whichever half takes it.
    cheapest = solve(Scenario(reach=reach, policy="cost"), halves)
    burdens = cheapest.burdens.groupby(lambda site: site.rsplit("-", 1)[0]).sum()
    expected = answer(Scenario(reach=reach, policy="cost")).burdens
    assert burdens["energy_mwh"][expected.index].to_list() == approx(
        expected["energy_mwh"].to_list(), rel=1e-9
    )


@pytest.mark.parametrize("policy", ["equity", "fairest", "carbon", "cost"])
def test_no_demand_needs_no_plan(policy):
    flat = np.ones((2, 2))
    dataset = small_dataset(flat, flat, flat, [1, 1], 0 * flat)
    outcome = solve(Scenario(dataset="small", policy=policy), dataset)
    assert outcome.objective == outcome.lower_bound == outcome.gap == 0
    assert (outcome.burdens == 0).all(axis=None)
    assert outcome.par("water_m3") == 1


def test_the_worst_case_worked_by_hand():
    # Equal water, a cheap and b dear by 10 USD/MWh: moving 1 MWh saves 1 m3 at a, costs 10 USD and
    # adds 1 m3 at b. Below a weight of 10 nothing moves, above it both carry half of 6 MWh.
    one = np.ones((2, 1))
    dataset = small_dataset([[10], [20]], one, 0 * one, [8, 8], [[6], [0]])
    for weight, loads in ((9, [6, 0]), (11, [3, 3])):
        scenario = Scenario(dataset="small", water_weight=weight, carbon_weight=0)
        outcome = solve(scenario, dataset)
        assert outcome.burdens["energy_mwh"].to_list() == approx(loads)
    assert outcome.objective == approx(3 * 10 + 3 * 20 + 11 * 3)
    # The next m3 of room at a lets 1 MWh return from b: it saves 10 of the weight of 11.
    assert outcome.duals["water"].to_list() == approx([10.5, 0.5])

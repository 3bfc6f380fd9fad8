"""The dispatcher: greedy in order of value, by the rank r(S) of docs/METHOD.md, equation 4."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx
from scipy.optimize import linprog

from equity_core import Scenario, solve
from equity_core.errors import ScenarioError
from equity_core.model.instance import build_physics
from tests.small import small_dataset, small_datasets

LP_TOLERANCE = 1e-6
REACHES = st.sampled_from(["full", "partial"])


def physics_of(dataset, reach):
    return build_physics(Scenario(dataset="small", reach=reach), dataset)


def allowed(dataset, reach):
    return dataset.partial_reach if reach == "partial" else np.ones_like(dataset.partial_reach)


def cheapest(physics, weights, order=None):
    served = physics.cheapest(
        weights, np.ones_like(weights), physics.any_order() if order is None else order
    )
    return served.value, served.load


def least_value_of_an_hour(value, capacity, demand, reach):
    """min sum value[i] x[i, j] over the plain transport polytope, by linear programming."""
    site, gateway = np.nonzero(reach)
    by_site = (site == np.arange(len(capacity))[:, None]).astype(float)
    by_gateway = (gateway == np.arange(len(demand))[:, None]).astype(float)
    found = linprog(value[site], by_site, capacity, by_gateway, demand)
    assert found.success, found.message
    return found.fun


def some_weights(sites):
    """[1 + K, N] what a unit of cost, water and carbon counts; negative prices turn up as well."""
    return arrays(float, (3, sites), elements=st.sampled_from([0.0, 0.25, 1.0, 3.0, 40.0]))


@settings(max_examples=60)
@given(st.data(), small_datasets(), REACHES)
def test_no_plan_is_cheaper(data, dataset, reach):
    weights = data.draw(some_weights(len(dataset.site_ids)))
    total, load = cheapest(physics_of(dataset, reach), weights)
    rates = np.concatenate([dataset.price[None], dataset.intensity])
    value = np.einsum("mi,mit->ti", weights, rates)
    assert total == approx((value * load).sum(), rel=1e-12, abs=1e-9)
    capacity, reached = dataset.sites["capacity_mw"].to_numpy(), allowed(dataset, reach)
    least = sum(
        least_value_of_an_hour(value[t], capacity, dataset.demand[:, t], reached)
        for t in range(len(value))
    )
    assert total == approx(least, rel=LP_TOLERANCE, abs=LP_TOLERANCE)


@given(st.data(), small_datasets(), REACHES)
def test_demand_is_served_within_capacity_and_reach(data, dataset, reach):
    weights = data.draw(some_weights(len(dataset.site_ids)))
    _, load = cheapest(physics_of(dataset, reach), weights)
    capacity, reached = dataset.sites["capacity_mw"].to_numpy(), allowed(dataset, reach)
    assert load.sum(axis=1) == approx(dataset.demand.sum(axis=0), abs=1e-12)
    assert (load >= 0).all()
    assert (load <= capacity + 1e-12).all()
    # Hall: any sites together serve no more than the gateways that they reach ask for.
    sites = range(len(capacity))
    for some in map(list, chain.from_iterable(combinations(sites, n) for n in sites)):
        asked = dataset.demand[reached[some].any(axis=0)].sum(axis=0)
        assert (load[:, some].sum(axis=1) <= asked + 1e-12).all()


@given(st.data(), small_datasets(), REACHES)
def test_the_order_left_by_an_earlier_call_changes_nothing(data, dataset, reach):
    physics = physics_of(dataset, reach)
    weights = data.draw(some_weights(len(dataset.site_ids)))
    order = physics.any_order()
    cheapest(physics, data.draw(some_weights(len(dataset.site_ids))), order)
    total, load = cheapest(physics, weights, order)
    afresh, expected = cheapest(physics, weights)
    assert total == afresh
    assert (load == expected).all()


def one_hour(price, capacity, demand, *, water=None, carbon=None, partial=None):
    """Sites a, b, c ... for one hour; figures that are not given are 1 everywhere."""
    flat = np.ones((len(price), 1))
    water, carbon = (
        flat if rate is None else np.reshape(rate, (-1, 1)) for rate in (water, carbon)
    )
    return small_dataset(
        np.reshape(price, (-1, 1)), water, carbon, capacity, np.reshape(demand, (-1, 1)),
        partial=partial,
    )  # fmt: skip


def loads(dataset, **scenario):
    outcome = solve(Scenario(**{"dataset": "small", "policy": "cost"} | scenario), dataset)
    return outcome.burdens["energy_mwh"].to_list()


def test_two_sites_and_one_hour_worked_by_hand():
    # a: 30 USD/MWh, 2 MW.  b: 20 USD/MWh, 3 MW.  Gateway a asks for 3 MW, gateway b for 1 MW.
    price, capacity, demand = [30, 20], [2, 3], [3, 1]
    # Full reach: b is cheaper and fills up, r({b}) = min(3, 4) = 3; a takes r({a, b}) - 3 = 4 - 3.
    assert loads(one_hour(price, capacity, demand)) == [1, 3]
    # a closed to gateway b: r({b}) = 3 still, and the last MW is gateway a's, which a may serve.
    closed = [[True, False], [True, True]]
    assert loads(one_hour(price, capacity, demand, partial=closed), reach="partial") == [1, 3]
    # b closed to gateway a: r({b}) = min(1, 3) = 1, and a (3 MW here) takes r({a, b}) - 1 = 3.
    closed = [[True, True], [False, True]]
    assert loads(one_hour(price, [3, 3], demand, partial=closed), reach="partial") == [3, 1]
    # Own site only: what each gateway asks for, at whatever price.
    assert loads(one_hour(price, [3, 3], demand), reach="nearest") == [3, 1]


def test_money_water_and_carbon_worked_by_hand():
    dataset = one_hour([30, 20], [2, 3], [3, 1], water=[1, 4], carbon=[0.5, 0.25])
    outcome = solve(Scenario(dataset="small", policy="cost"), dataset)
    assert outcome.burdens.loc["a"].to_list() == [1, 30, 1, 0.5]
    assert outcome.burdens.loc["b"].to_list() == [3, 60, 12, 0.75]
    assert (outcome.objective, outcome.cost_usd) == (90, 90)
    # Least water: a first with its 2 MW, b takes the other 2.
    assert loads(dataset, policy="water") == [2, 2]


def test_a_negative_price_is_the_cheapest_of_all():
    assert loads(one_hour([30, -20, 0], [2, 3, 2], [1, 1, 2])) == [0, 3, 1]


@pytest.mark.parametrize(
    ("policy", "figures", "first"),
    [
        ("water", {"price": [9, 8, 9], "water": [2, 2, 2]}, "b"),  # equal water: the cheapest
        ("carbon", {"price": [9, 9, 8], "carbon": [2, 2, 2]}, "c"),
        ("cost", {"price": [5, 5, 5], "water": [3, 2, 2], "carbon": [1, 2, 1]}, "c"),
        ("cost", {"price": [5, 5, 5], "water": [3, 1, 2], "carbon": [1, 9, 1]}, "b"),
        ("cost", {"price": [5, 5, 5]}, "a"),  # equal in everything: in order of site
        # Carbon at 600 USD/t makes up for the price; of equal values the cheaper goes first.
        ("cost_and_carbon", {"price": [605, 305, 5], "carbon": [0, 0.5, 1]}, "c"),
    ],
)
def test_of_equal_plans_the_rule_chooses(policy, figures, first):
    dataset = one_hour(capacity=[1, 1, 1], demand=[1], **figures)
    served = loads(dataset, policy=policy)
    assert served == [float(site == first) for site in dataset.site_ids]


def test_ties_look_at_the_scenario_s_figures_not_the_data_s():
    dataset = one_hour([5, 5], [1, 1], [1], water=[2, 3])
    assert loads(dataset) == [1, 0]
    assert loads(dataset, factors={"a": {"water": 2}}) == [0, 1]


def test_islands_of_reach_are_served_apart():
    # a and b serve gateways a and b; c and d serve c and d. The cheap d helps its own island only.
    island, other = [True, True, False, False], [False, False, True, True]
    dataset = one_hour(
        [30, 20, 40, 10], [3, 3, 3, 3], [2, 2, 1, 3], partial=[island, island, other, other]
    )
    assert loads(dataset, reach="partial") == [1, 3, 1, 3]
    assert loads(dataset) == [2, 3, 0, 3]


def test_a_site_that_reaches_no_gateway_stays_idle():
    dataset = one_hour([30, 5], [3, 3], [2], partial=[[True], [False]])
    assert loads(dataset, reach="partial") == [2, 0]


def test_overlapping_reach_shares_by_the_smallest_cut():
    # b is cheapest and reaches both gateways, a only its own, c only gateway b.
    reach = [[True, False], [True, True], [False, True]]
    dataset = one_hour([20, 10, 30], [2, 3, 4], [4, 3], partial=reach)
    # r({b}) = 3.  r({a, b}) = min over B: {} 2 + 3, {a} 4 + 3, {b} 3 + 2 + 3, {a, b} 7; that is 5.
    # r({a, b, c}) = min over B: {} 2 + 3 + 4, {a} 4 + 3 + 4, {b} 3 + 2 + 3, {a, b} 7; that is 7.
    assert loads(dataset, reach="partial") == [2, 3, 2]


def test_too_many_overlapping_classes_are_refused_in_words():
    # Every gateway has a site of its own and one that all share: any set of them is a cut.
    own_and_shared = np.vstack([np.eye(13, dtype=bool), np.ones((1, 13), dtype=bool)])
    flat = np.ones((14, 1))
    names = [f"site{i:02}" for i in range(14)]
    dataset = small_dataset(
        flat, flat, flat, flat[:, 0], flat[:13], partial=own_and_shared, sites=names
    )
    with pytest.raises(ScenarioError, match="overlap in more than 4096 ways") as caught:
        solve(Scenario(dataset="small", reach="partial"), dataset)
    assert caught.value.field == "reach"

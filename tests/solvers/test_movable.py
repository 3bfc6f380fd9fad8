"""A part of the load may move: between nothing (today) and everything."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Scenario, load_dataset, solve
from tests.small import small_dataset, small_datasets


@settings(max_examples=40, deadline=None)
@given(small_datasets().filter(lambda dataset: dataset.demand.any()), st.data())
def test_where_nothing_can_move_every_gateway_is_served_at_home(dataset, data):
    policy = data.draw(st.sampled_from(["cost", "equity", "fairest"]))
    still = solve(Scenario(dataset="small", policy=policy, movable_share=0.0), dataset)
    at_home = np.zeros_like(still.dispatch)
    at_home[dataset.home] = dataset.demand
    assert still.dispatch == approx(at_home)


@settings(max_examples=40, deadline=None)
@given(small_datasets().filter(lambda dataset: dataset.demand.any()), st.data())
def test_what_cannot_move_is_at_its_own_site_and_more_freedom_never_costs(dataset, data):
    room = dataset.sites["capacity_mw"].to_numpy(copy=True)
    room[dataset.home] = np.maximum(room[dataset.home], dataset.demand.max(axis=1))
    dataset = replace(dataset, sites=dataset.sites.assign(capacity_mw=room))
    less, more = sorted(data.draw(st.tuples(*[st.sampled_from([0.1, 0.25, 0.5, 0.9, 1.0])] * 2)))
    plan, freer = (
        solve(Scenario(dataset="small", movable_share=share), dataset) for share in (less, more)
    )
    staying = np.zeros_like(plan.dispatch)
    staying[dataset.home] = (1 - less) * dataset.demand
    assert (plan.dispatch >= staying - 1e-9).all()
    assert plan.dispatch.sum(axis=0) == approx(dataset.demand.sum(axis=0))
    assert freer.objective <= plan.objective + 1e-7 * max(1.0, abs(plan.objective))


def test_a_moratorium_sends_away_what_can_move_and_the_rest_stays():
    price = np.array([[10.0], [90.0]])
    flat = np.ones((2, 1))
    dataset = small_dataset(price, flat, flat, [4, 8], np.array([[4.0], [2.0]]))
    scenario = Scenario(
        dataset="small", policy="cost", movable_share=0.25, factors={"a": {"capacity": 0}}
    )
    assert solve(scenario, dataset).dispatch[:, 0] == approx(np.array([3.0, 3.0]))


@pytest.mark.parametrize("policy", ["cost", "carbon", "equity"])
def test_with_all_load_movable_the_share_changes_no_byte(policy):
    data = load_dataset("paper-2022")
    plain, stated = (
        solve(Scenario(policy=policy, **given), data) for given in ({}, {"movable_share": 1})
    )
    assert plain.dispatch.tobytes() == stated.dispatch.tobytes()
    assert plain.burdens.equals(stated.burdens)

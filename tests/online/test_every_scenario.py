"""Further footprints, reaches and a share that cannot move, played hour by hour."""

import numpy as np
import pytest
from pytest import approx

from equity_core import Scenario, load_dataset, replay
from equity_core.errors import ScenarioError
from tests.online.cases import played_on
from tests.small import enriched, small_dataset


@pytest.fixture(scope="module")
def healthy():
    figures = np.random.default_rng(7)
    data = small_dataset(
        price=figures.uniform(20, 80, (3, 48)),
        water=figures.uniform(1, 4, (3, 48)),
        carbon=figures.uniform(0.1, 0.9, (3, 48)),
        capacity=[4.0, 4.0, 4.0],
        demand=figures.uniform(0.5, 3, (2, 48)),
    )
    return enriched(data, health=figures.uniform(5, 60, (3, 48)))


def asked(**changes):
    return Scenario(dataset="small", further={"health": {"weight": 1.5, "price": 0.1}}, **changes)


@pytest.mark.slow
def test_a_further_footprint_is_weighed_as_water_is(healthy):
    played = replay(asked(), healthy, "weights")
    assert set(played.outcome.terms) >= {"health_worst", "health_total"}
    assert played.duals[:, 2].sum(axis=1) == approx(1.5)
    assert played.regret >= -1e-9


@pytest.mark.parametrize("measure", ["worst", "worst_share", "lq"])
def test_the_guarantee_counts_further_footprints_and_levies(healthy, measure):
    played = replay(asked(measure=measure, water_price=3.0), healthy, "blend", "adversary")
    assert played.outcome.objective <= played.bound * (1 + 1e-12)
    assert (
        played.bound
        < 1.06 * replay(asked(measure=measure, water_price=3.0), healthy).outcome.objective
    )


def test_the_published_rule_names_what_it_cannot_weigh(healthy):
    with pytest.raises(ScenarioError, match="not for health"):
        replay(asked(), healthy, "mirror_descent")


@pytest.mark.parametrize("method", ["weights", "mirror_descent", "forecast", "blend"])
@pytest.mark.parametrize(
    "changes",
    [
        {"reach": "nearest"},
        {"reach": "latency", "max_latency_ms": 150.0},
        {"movable_share": 0.5},
        {"new_site_like": "texas", "new_site_mw": 0.5},
        {"policy": "carbon"},
        {"policy": "nearest"},
        {"factors": {"texas": {"water": 3.0, "price": 0.5, "capacity": 1.2}}},
    ],
    ids=str,
)
def test_it_serves_all_and_beats_no_plan_that_knew(method, changes):
    played = replay(Scenario(**changes), load_dataset("paper-2022"), method)
    assert np.allclose(played.load.T, played.outcome.dispatch, atol=1e-9)
    assert played.load.sum(axis=1) == approx(played.offline.dispatch.sum(axis=0))
    assert played.regret >= -1e-9 * abs(played.offline.objective)


def test_where_nothing_can_move_nothing_is_lost():
    played = replay(Scenario(reach="nearest"), load_dataset("paper-2022"))
    assert played.price_of_not_knowing == approx(0.0, abs=1e-12)


def test_a_day_is_enough_and_an_hour_less_is_not():
    day = played_on(small_dataset([[1, 2]], [[1, 1]], [[1, 1]], [2], [[1, 1]]))
    assert len(replay(Scenario(dataset="small"), day).hours) == 24
    short = Scenario(dataset="small", end="2022-01-01T23:00Z")
    with pytest.raises(ScenarioError, match="has 23 hours"):
        replay(short, day)

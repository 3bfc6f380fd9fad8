"""The guarantee of a blend: docs/METHOD.md (32), whatever the forecast."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, raises

from equity_core import Scenario, load_dataset
from equity_core.errors import ScenarioError
from equity_core.measures.worst import Worst
from equity_core.model.instance import build_instance
from equity_core.model.limits import Reference
from equity_core.online.blend import check_measures
from equity_core.online.charges import charges_of
from equity_core.online.parameters import Parameters
from equity_core.online.replay import KNOWN_FORECASTS, replay
from equity_core.solvers.engine.warm_starts import Pool
from tests.online.cases import cases

ROUNDING = 1e-12
trusts = st.sampled_from([0.0, 0.02, 0.05, 0.3, 1.0])


def size(played):
    """What sums of both signs are made of: rounding is measured against it."""
    prices = np.abs(played.cost_usd).sum()
    return max(prices, np.abs(played.objective).max(), np.abs(played.offline_objective).max())


@given(cases(), st.sampled_from(KNOWN_FORECASTS), trusts, st.sampled_from([0.1, 1.0, 5.0]))
def test_a_blend_never_exceeds_its_bound(case, forecast, trust, error):
    parameters = Parameters(trust=trust, error=error)
    played = replay(case.scenario, case.dataset, "blend", forecast, parameters)
    assert played.outcome.objective <= played.bound + ROUNDING * size(played)
    assert (played.objective <= played.ceiling + ROUNDING * size(played)).all()
    assert played.distance == approx(played.bound - played.outcome.objective)


@given(cases(), trusts)
def test_the_bound_is_the_safe_plan_and_lambda_of_the_most_it_reached(case, trust):
    safe = replay(case.scenario, case.dataset, "weights")
    blend = replay(case.scenario, case.dataset, "blend", "adversary", Parameters(trust=trust))
    most = max(safe.objective.max(), 0.0)
    assert blend.bound <= safe.outcome.objective + trust * most + ROUNDING * size(safe)
    assert blend.bound == approx(safe.outcome.objective + trust * most, abs=1e-9 * size(safe))


@pytest.mark.slow
@given(cases(policies=("equity",)))
def test_without_trust_negative_prices_or_luck_a_blend_is_no_worse_than_without_a_forecast(case):
    safe = replay(case.scenario, case.dataset, "weights")
    blend = replay(case.scenario, case.dataset, "blend", "reversed", Parameters(trust=0.0))
    assert blend.outcome.objective <= safe.outcome.objective + ROUNDING * size(safe)


@pytest.mark.slow
@given(cases(), st.sampled_from(KNOWN_FORECASTS))
def test_with_trust_enough_a_blend_does_as_the_forecast_says(case, forecast):
    alone = replay(case.scenario, case.dataset, "forecast", forecast)
    blend = replay(case.scenario, case.dataset, "blend", forecast, Parameters(trust=1e12))
    if blend.bound > 1:  # a plan that reaches nothing leaves no room at any trust
        assert (blend.share == 1).all()
        assert blend.load == approx(alone.load, abs=1e-9)


@dataclass(frozen=True, eq=False)
class _MeanOfWorstAndAll(Worst):
    """A measure that its share and exponent do not describe."""

    def size(self, weighed):
        return (weighed.max() + weighed.mean()) / 2


def test_a_measure_that_the_guarantee_does_not_count_is_refused():
    scenario, dataset = Scenario(), load_dataset("paper-2022")
    physics = Pool().start_for(scenario, dataset).physics
    instance = build_instance(scenario, dataset, physics, Reference())
    check_measures(instance, charges_of(instance))
    sites = len(instance.objective.terms[-1].lens)
    terms = (_MeanOfWorstAndAll("water", 1, 1.0, np.ones(sites)),)
    other = replace(instance, objective=replace(instance.objective, terms=terms))
    with raises(ScenarioError, match="not known to planning hour by hour"):
        check_measures(other, charges_of(other))

"""What holds of every plan that is made hour by hour."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from equity_core.online.replay import KNOWN_FORECASTS, replay
from tests.online.cases import cases

PLAYS = [
    ("weights", "perfect"),
    *(("forecast", name) for name in KNOWN_FORECASTS),
    ("blend", "noisy"),
]
HONEST = ["yesterday", "last_week", "all_past"]
plays = st.sampled_from(PLAYS)


@pytest.mark.slow
@given(cases(), plays)
def test_demand_is_served_and_no_plan_beats_the_one_that_knew(case, play):
    played = replay(case.scenario, case.dataset, *play)
    demand = case.dataset.demand.sum(axis=0)
    assert played.load.sum(axis=1) == approx(demand, abs=1e-9)
    assert (played.load >= -1e-9).all()
    capacity = case.dataset.sites["capacity_mw"].to_numpy()
    assert (played.load <= capacity + 1e-9).all()
    room = 1e-9 * max(abs(played.offline.objective), np.abs(played.cost_usd).sum())
    assert played.regret >= -room


@pytest.mark.slow
@given(cases(), plays)
def test_hours_add_up_to_the_totals(case, play):
    played = replay(case.scenario, case.dataset, *play)
    outcome, size = played.outcome, 1 + np.abs(played.cost_usd).sum()
    assert played.cost_usd.sum() == approx(outcome.cost_usd, abs=1e-9 * size)
    for k, footprint in enumerate(outcome.footprints):
        carried = outcome.burdens[footprint.column].to_numpy()
        assert played.burdens[-1, k] == approx(carried, rel=1e-9, abs=1e-9)
    assert played.objective[-1] == approx(outcome.objective, rel=1e-9, abs=1e-9 * size)
    assert played.offline_objective[-1] == approx(
        played.offline.objective, rel=1e-9, abs=1e-9 * size
    )


@pytest.mark.slow
@given(cases(), st.sampled_from(["weights", "mirror_descent", *HONEST]))
def test_the_past_does_not_depend_on_the_future(case, name):
    if name == "mirror_descent" and case.scenario.measure != "worst":
        return
    method, forecast = ("forecast", name) if name in HONEST else (name, "perfect")
    known = len(case.dataset.hours) // 2
    dearer = case.dataset.price.copy()
    dearer[:, known:] = 100 - dearer[::-1, known:]
    other = replace(case.dataset, version="another", price=dearer)
    one, two = (replay(case.scenario, data, method, forecast) for data in (case.dataset, other))
    assert one.load[:known] == approx(two.load[:known], abs=1e-9)


@pytest.mark.slow
@given(cases(policies=("cost_and_carbon", "carbon")))
def test_without_a_worst_region_in_the_objective_nothing_is_lost(case):
    played = replay(case.scenario, case.dataset, "weights")
    assert played.outcome.objective == approx(played.offline.objective, rel=1e-9, abs=1e-9)


@given(cases(policies=("equity",)))
def test_shares_of_a_weight_never_exceed_what_the_measure_allows(case):
    played = replay(case.scenario, case.dataset, "weights")
    if case.scenario.measure == "lq" or case.scenario.lens != "equal":
        return
    for k, weight in enumerate((case.scenario.water_weight, case.scenario.carbon_weight)):
        total = played.duals[:, k].sum(axis=1)
        if total.any():
            assert total == approx(weight, rel=1e-9)
        if case.scenario.measure == "worst_share":
            most = weight / max(1.0, case.scenario.share_or_exponent * len(case.dataset.site_ids))
            assert (played.duals[:, k] <= most * (1 + 1e-9)).all()

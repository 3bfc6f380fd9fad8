"""How far the worth of a limit reaches: what is said to be saved is saved."""

import pytest

from equity_core import Pool, Scenario, load_dataset, solve
from equity_core.scenario.limits import with_limit
from equity_core.solvers.sensitivity import HOLDS, room_range

DATA = load_dataset("paper-2022")


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(policy="cost", water_limit_m3=1900),
        Scenario(policy="fairest", cost_increase_limit=0.05),
        Scenario(policy="equity", no_region_worse=True),
        Scenario(policy="carbon", water_total_limit_m3=13_000),
    ],
    ids=lambda scenario: scenario.policy,
)
def test_the_worth_holds_as_far_as_is_said(scenario):
    outcome = solve(scenario, DATA)
    (use,) = outcome.limits
    found = room_range(outcome, DATA, use, Pool())
    assert use.worth > 0
    assert found.more > 0
    looser = solve(with_limit(scenario, use.field, use.asked + found.more), DATA)
    assert outcome.objective - looser.objective == pytest.approx(found.saved, rel=1e-6)
    # Never more than the dual promises, and nearly as much.
    assert (1 - HOLDS) * use.worth * found.more <= found.saved
    assert found.saved <= use.worth * found.more * (1 + 1e-6)

"""The 23 US states with real loads: certified over the whole year, part of it in the textbook.

The textbook model has 529 pairs of state and gateway in every hour: 4.6 million variables for the
year, which take it far longer than a test may. So it solves a month where the program falls apart
into hours or little may move, and a week where weights tie the hours together.
"""

import pytest
from pytest import approx

from equity_core import Scenario, load_dataset, solve
from equity_core.solvers.textbook.model import solve_textbook

EQUITY = Scenario(dataset="us-2023", water_weight=60, carbon_weight=1500)
MONTH = {"start": "2023-07-01", "end": "2023-08-01"}
WEEK = {"start": "2023-07-01", "end": "2023-07-08"}

CASES = {
    "cost": (EQUITY.replace(policy="cost"), MONTH),
    "equity, a fifth may move": (EQUITY.replace(movable_share=0.2), MONTH),
    "equity": (EQUITY, WEEK),
    "equity with health": (EQUITY.replace(further={"health": {"weight": 0.5}}), WEEK),
    "equity by energy burden": (EQUITY.replace(lens="energy_burden"), WEEK),
    "fairest, 2% dearer": (EQUITY.replace(policy="fairest", cost_increase_limit=0.02), WEEK),
}

EACH = pytest.mark.parametrize("name", CASES)


@pytest.fixture(scope="module")
def states():
    return load_dataset("us-2023")


@EACH
@pytest.mark.slow
def test_the_whole_year_is_certified(name, states):
    scenario, _ = CASES[name]
    assert 0 <= solve(scenario, states).gap <= 1e-9


@EACH
@pytest.mark.slow
def test_the_textbook_finds_the_same(name, states):
    scenario, period = CASES[name]
    part = scenario.replace(**period)
    outcome = solve(part, states)
    assert 0 <= outcome.gap <= 1e-9
    assert solve_textbook(part, states).objective == approx(outcome.objective, rel=1e-6)
